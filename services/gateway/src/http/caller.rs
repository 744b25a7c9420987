//! Who makes a request, while there are no accounts: the one user, where it comes from this machine itself.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, header, uri::Authority},
    middleware::Next,
    response::Response,
};
use saldo_kernel::Caller;

use super::Edge;

/// What a proxy adds: the request came from elsewhere.
const FORWARDED: &[&str] =
    &["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/// Notes who makes the request, for the handlers behind.
pub(crate) async fn identify(State(edge): State<Arc<Edge>>, mut request: Request, next: Next) -> Response {
    let caller = edge.user.clone().filter(|_| is_local(&request)).unwrap_or(Caller::Anonymous);
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// Who [`identify`] found.
pub(crate) fn of(request: &Request) -> Caller {
    request.extensions().get::<Caller>().cloned().unwrap_or(Caller::Anonymous)
}

/// Whether a request comes from this machine, is meant for it, and no other site's page makes it in the user's browser: that
/// can reach a loopback address too, under a name of its own or by a form.
fn is_local(request: &Request) -> bool {
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let headers = request.headers();
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = request.uri().authority().cloned().or_else(|| text(header::HOST)?.parse().ok());
    address.is_some_and(|address| address.to_canonical().is_loopback())
        && host.is_some_and(|host| is_loopback(&host) && is_own_page(headers, &host))
        && !FORWARDED.iter().any(|name| headers.contains_key(*name))
}

fn is_loopback(host: &Authority) -> bool {
    let name = host.host().trim_start_matches('[').trim_end_matches(']');
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Browsers say where a request comes from; other programs say nothing.
fn is_own_page(headers: &HeaderMap, host: &Authority) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = text("sec-fetch-site").is_none_or(|site| ["same-origin", "none"].contains(&site));
    let origin = text("origin").is_none_or(|origin| origin == format!("http://{host}"));
    site && origin
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn local(address: &str, host: &str, more: &[(&str, &str)]) -> bool {
        let mut request = Request::builder().uri("/v1/server").header("host", host);
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).expect("a request");
        request
            .extensions_mut()
            .insert(ConnectInfo(format!("{address}:4000").parse::<SocketAddr>().expect("an address")));
        is_local(&request)
    }

    #[test]
    fn programs_and_the_page_of_this_machine_are_local() {
        for host in ["127.0.0.1:8080", "localhost:8080", "saldo.localhost", "[::1]:8080"] {
            assert!(local("127.0.0.1", host, &[]), "{host}");
            let origin = format!("http://{host}");
            assert!(local("127.0.0.1", host, &[("origin", &origin), ("sec-fetch-site", "same-origin")]), "{host}");
        }
        assert!(local("[::1]", "localhost", &[("sec-fetch-site", "none")]));
        assert!(local("[::ffff:127.0.0.1]", "localhost", &[]));
    }

    #[test]
    fn other_machines_names_sites_and_proxies_are_not() {
        assert!(!local("192.0.2.7", "127.0.0.1:8080", &[]));
        assert!(!local("127.0.0.1", "evil.example", &[]), "a name that leads to this machine");
        assert!(!local("127.0.0.1", "localhost:8080", &[("origin", "https://evil.example")]));
        assert!(!local("127.0.0.1", "localhost:8080", &[("origin", "http://localhost:3000")]));
        assert!(!local("127.0.0.1", "localhost:8080", &[("origin", "null")]));
        assert!(!local("127.0.0.1", "localhost:8080", &[("sec-fetch-site", "cross-site")]));
        assert!(!local("127.0.0.1", "localhost:8080", &[("x-forwarded-for", "192.0.2.7")]));
    }
}
