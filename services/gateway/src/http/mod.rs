//! Everything the edge serves over HTTP, and what each request passes before it.

mod analyze;
mod arrival;
mod body;
mod caller;
mod files;
mod headers;
mod limits;
mod native;
pub mod openapi;
mod openapi_files;
mod problem;
mod range;
mod reference;
mod rest;
mod rules;
mod upload;
mod watch;
mod web;

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    http::{Extensions, HeaderMap, Method, StatusCode, Version, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use prometheus::HistogramVec;
use saldo_kernel::{Caller, Error, reasons};
use saldo_proto::descriptors;
use saldo_runtime::{Channels, Context, http_span, single_user};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate},
    trace::TraceLayer,
};

use crate::{DOMAIN, config::Config};

pub(crate) use limits::Limiter;
use problem::Problem;
pub use web::has_page;

/// What the handlers of the edge share.
pub(crate) struct Edge {
    config: Config,
    channels: Channels,
    limiter: Limiter,
    seconds: HistogramVec,
    /// Who works at this machine, while there are no accounts.
    user: Option<Caller>,
}

impl Edge {
    pub(crate) fn new(config: Config, limiter: Limiter, context: &Context) -> Result<Arc<Self>, Error> {
        let seconds = context.metrics.seconds(
            "saldo_gateway_request_seconds",
            "Time to the first byte of the answer to an HTTP request.",
            &["route", "method", "status"],
        )?;
        let user = single_user(&context.settings);
        Ok(Arc::new(Self { config, channels: context.channels.clone(), limiter, seconds, user }))
    }
}

/// All routes. What stands later in this function sees a request earlier.
pub(crate) fn router(edge: Arc<Edge>) -> Result<Router, Error> {
    let uploads = Router::new()
        .route("/analyze", post(analyze::analyze))
        .route("/v1/workspaces/{workspace_id}/files", post(files::upload))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(Arc::clone(&edge), limits::limit_analyses))
        .layer(from_fn_with_state(Arc::clone(&edge), arrival::arrive));
    let rest = rest::router(descriptors(), &edge)?
        .merge(openapi::router(descriptors()))
        .route("/v1/workspaces/{workspace_id}/files/{file_id}/content", get(files::content))
        .route("/v1/links/{token}", get(files::linked))
        .route("/v1/workspaces/{workspace_id}/analyses/{analysis_id}/events", get(watch::watch))
        .layer(DefaultBodyLimit::max(edge.config.max_body_bytes))
        .layer(from_fn_with_state(Arc::clone(&edge), limits::limit_calls))
        .layer(from_fn_with_state(Arc::clone(&edge), arrival::arrive));
    Ok(Router::new()
        .merge(uploads)
        .merge(rest)
        .fallback(fallback)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(Arc::clone(&edge))
        .layer(CatchPanicLayer::custom(problem::of_panic))
        // Events and gRPC are not packed: they must not wait for more. Files are neither: their tags and parts are of their bytes.
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_no_file)))
        .layer(from_fn(headers::secure))
        .layer(from_fn_with_state(Arc::clone(&edge), caller::identify))
        .layer(from_fn_with_state(edge, measure))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(|request: &Request<Body>| {
                    let name = format!("{} {}", request.method(), request.uri().path());
                    http_span(request, &name, "http")
                })
                .on_request(())
                .on_response(|response: &Response, _, span: &tracing::Span| {
                    span.record("status", response.status().as_u16());
                })
                .on_body_chunk(())
                .on_eos(())
                .on_failure(()),
        ))
}

fn is_no_file(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::CONTENT_DISPOSITION)
}

/// What no route takes: native gRPC, then the page.
async fn fallback(State(edge): State<Arc<Edge>>, request: Request) -> Response {
    if native::is_grpc(&request) {
        return native::forward(&edge, request).await;
    }
    if native::is_grpc_web(&request) {
        return Problem(native::no_grpc_web()).into_response();
    }
    web::serve(request.method(), request.uri().path(), request.headers())
        .unwrap_or_else(|error| Problem(error).into_response())
}

async fn method_not_allowed(request: Request) -> Problem {
    not_allowed(request.method(), request.uri().path())
}

fn not_allowed(method: &Method, path: &str) -> Problem {
    let message = format!("{method} is not possible on {path}.");
    Problem(Error::known(&reasons::METHOD_NOT_ALLOWED, DOMAIN, message))
}

/// Records every request under its route, never under its path.
async fn measure(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let method = bounded_method(request.method());
    let start = std::time::Instant::now();
    let response = next.run(request).await;
    edge.seconds
        .with_label_values(&[route.as_str(), method, response.status().as_str()])
        .observe(start.elapsed().as_secs_f64());
    response
}

/// HTTP allows any word as a method; a label does not.
fn bounded_method(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
