//! One request is one trace: the traceparent comes in and goes out in HTTP headers and gRPC metadata alike.

use std::task::{Context, Poll};

use http::{HeaderMap, HeaderName, HeaderValue, Request, header::AUTHORIZATION};
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tower::Service;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// A span for an incoming request, child of the caller's span if it sent one.
pub fn http_span<B>(request: &Request<B>, name: &str, kind: &'static str) -> Span {
    let span = tracing::info_span!(
        "request",
        otel.name = name,
        otel.kind = "server",
        protocol = kind,
        http.method = request.method().as_str(),
        http.path = request.uri().path(),
        status = tracing::field::Empty,
    );
    // Fails only where no trace is collected.
    let _ = span.set_parent(TraceContextPropagator::new().extract(&Headers(request.headers())));
    span
}

/// Sends the current trace with every request, and the token of who calls.
#[derive(Clone, Debug)]
pub struct Traced<S> {
    pub(crate) inner: S,
    pub(crate) authorization: Option<HeaderValue>,
}

impl<S, B> Service<Request<B>> for Traced<S>
where
    S: Service<Request<B>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let current = Span::current().context();
        let headers = request.headers_mut();
        TraceContextPropagator::new().inject_context(&current, &mut HeadersMut(headers));
        // What a client says of itself is for the edge; behind it counts who the edge says it is.
        headers.remove(AUTHORIZATION);
        if let Some(token) = &self.authorization {
            headers.insert(AUTHORIZATION, token.clone());
        }
        self.inner.call(request)
    }
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(HeaderName::as_str).collect()
    }
}

struct HeadersMut<'a>(&'a mut HeaderMap);

impl Injector for HeadersMut<'_> {
    fn set(&mut self, key: &str, value: String) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(key), HeaderValue::try_from(value)) {
            self.0.insert(name, value);
        }
    }
}
