//! The embedded page.

use axum::{
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};
use saldo_kernel::{Error, reasons};

use crate::DOMAIN;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Page;

/// How the name of the file begins that holds the Latin letters; a hash of the content follows.
const LATIN: &str = "assets/inter-latin-wght-normal";

/// Whether the page was built into this program.
pub fn has_page() -> bool {
    Page::get("index.html").is_some()
}

/// A file of the page; the page itself for `/`.
pub(crate) fn serve(method: &Method, path: &str) -> Result<Response, Error> {
    let name = match path.trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    let Some(file) = Page::get(name) else {
        let message = match name {
            "index.html" => "The page was not built into this program.".to_owned(),
            _ => format!("There is nothing at {path}."),
        };
        return Err(Error::known(&reasons::PATH_UNKNOWN, DOMAIN, message));
    };
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Ok(([(header::ALLOW, "GET, HEAD")], super::not_allowed(method, path)).into_response());
    }
    Ok(answer(name, file))
}

/// The typeface of the page for pages of the server's own, as style rules; none where no page was built.
pub(crate) fn fonts() -> String {
    let latin = Page::iter().filter(|name| name.starts_with(LATIN) && name.ends_with(".woff2"));
    let rule = |name| {
        format!(
            "@font-face {{ font-family: \"Inter Variable\"; font-weight: 100 900; font-display: swap; \
             src: url(\"/{name}\") format(\"woff2\"); }}\n"
        )
    };
    latin.map(rule).collect()
}

fn answer(name: &str, file: EmbeddedFile) -> Response {
    // Names below assets/ carry a hash of the content.
    let caching = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let headers = [(header::CONTENT_TYPE, kind.as_ref()), (header::CACHE_CONTROL, caching)];
    (StatusCode::OK, headers, file.data.into_owned()).into_response()
}
