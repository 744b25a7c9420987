//! The embedded page.

use axum::{
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};
use saldo_kernel::{Error, reasons};

use crate::DOMAIN;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Page;

/// Behind the name of a file that is packed with brotli.
const PACKED: &str = ".br";

/// How the name of the file begins that holds the Latin letters; a hash of the content follows.
const LATIN: &str = "assets/inter-latin-wght-normal";

/// Whether the page was built into this program.
pub fn has_page() -> bool {
    Page::get("index.html").is_some()
}

/// A file of the page, packed where it was packed when the page was built and the client takes that; the page itself for `/`.
pub(crate) fn serve(method: &Method, path: &str, headers: &HeaderMap) -> Result<Response, Error> {
    let name = match path.trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    let Some(file) = Page::get(name).filter(|_| !name.ends_with(PACKED)) else {
        let message = match name {
            "index.html" => "The page was not built into this program.".to_owned(),
            _ => format!("There is nothing at {path}."),
        };
        return Err(Error::known(&reasons::PATH_UNKNOWN, DOMAIN, message));
    };
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Ok(([(header::ALLOW, "GET, HEAD")], super::not_allowed(method, path)).into_response());
    }
    // What is not packed here, the layer above packs in a way that the client takes.
    let packed = if takes_brotli(headers) { Page::get(&format!("{name}{PACKED}")) } else { None };
    Ok(match packed {
        Some(packed) => {
            let coding = [(header::CONTENT_ENCODING, "br"), (header::VARY, "accept-encoding")];
            (coding, answer(name, packed)).into_response()
        }
        None => answer(name, file),
    })
}

/// Whether `Accept-Encoding` names brotli with a weight above 0 (RFC 9110, 12.5.3).
fn takes_brotli(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case("br") && weight.is_none_or(|weight| weight > 0.0)
    })
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

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn brotli_is_taken_where_it_is_named_and_not_refused() {
        for (value, takes) in [
            ("gzip, deflate, br, zstd", true),
            ("BR;q=0.5", true),
            ("gzip, br;q=0", false),
            ("gzip", false),
            ("brotli", false),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]);
            assert_eq!(takes_brotli(&headers), takes, "{value}");
        }
        assert!(!takes_brotli(&HeaderMap::new()));
    }
}
