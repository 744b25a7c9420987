//! Native gRPC at the edge: the call goes on to the target that serves it, as it is.

use axum::{
    body::Body,
    extract::Request,
    http::header,
    response::{IntoResponse, Response},
};
use saldo_kernel::{Error, reasons};
use saldo_proto::{descriptors, options_of, to_status};
use saldo_runtime::current_trace_id;
use tower::{Service, ServiceExt};

use super::{Edge, caller, limits::owner_of};
use crate::DOMAIN;

/// Services of the runtime itself, answered by this process.
const OWN: &[&str] = &["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"];

/// Whether the request is a gRPC call.
pub(crate) fn is_grpc(request: &Request) -> bool {
    let kind = content_type(request);
    kind == "application/grpc" || kind.starts_with("application/grpc+")
}

/// Whether the request is a call as browsers make them, which nobody here answers.
pub(crate) fn is_grpc_web(request: &Request) -> bool {
    content_type(request).starts_with("application/grpc-web")
}

/// What a browser is told to do instead.
pub(crate) fn no_grpc_web() -> Error {
    let message = "Calls of gRPC-web are not answered.";
    Error::known(&reasons::CONTENT_TYPE_NOT_ACCEPTED, DOMAIN, message)
        .hint("call the REST paths of /reference, or gRPC over HTTP/2 as application/grpc")
}

fn content_type(request: &Request) -> &str {
    request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Forwards a call, or refuses it as gRPC does.
pub(crate) async fn forward(edge: &Edge, request: Request) -> Response {
    match call(edge, request).await {
        Ok(response) => response,
        Err(error) => to_status(error.masked().with("trace_id", current_trace_id()))
            .into_http::<tonic::body::Body>()
            .map(Body::new)
            .into_response(),
    }
}

async fn call(edge: &Edge, request: Request) -> Result<Response, Error> {
    let (target, heavy) = target_of(request.uri().path())?;
    edge.limiter.take(owner_of(&request), heavy).await?;
    let mut channel = edge.channels.on_behalf_of(&caller::of(&request), target)?;
    let gone = |cause| {
        let message = format!("{target} does not answer.");
        Error::known(&reasons::SERVICE_UNAVAILABLE, DOMAIN, message).caused_by(cause)
    };
    let ready = channel.ready().await.map_err(gone)?;
    let response = ready.call(request.map(tonic::body::Body::new)).await.map_err(gone)?;
    Ok(response.map(Body::new))
}

/// The target that serves a path such as `/saldo.analysis.v1.AnalysisService/ListFormats`, and whether the call is heavy.
fn target_of(path: &str) -> Result<(&'static str, bool), Error> {
    let refuse = || {
        let message = format!("There is no method {path}.");
        Error::known(&reasons::METHOD_UNKNOWN, DOMAIN, message)
    };
    let (service, name) = path.trim_start_matches('/').split_once('/').ok_or_else(refuse)?;
    if OWN.contains(&service) {
        return Ok(("gateway", false));
    }
    let service = descriptors().get_service_by_name(service).ok_or_else(refuse)?;
    let method = service.methods().find(|method| method.name() == name).ok_or_else(refuse)?;
    let options = options_of(&method);
    if options.internal {
        return Err(refuse());
    }
    let target = target_of_package(service.package_name()).ok_or_else(refuse)?;
    Ok((target, options.heavy))
}

/// `saldo.analysis.v1` is served by `analysis`.
pub(crate) fn target_of_package(package: &str) -> Option<&'static str> {
    let name = package.strip_prefix("saldo.")?.split('.').next()?;
    crate::module().calls.iter().copied().find(|target| *target == name)
}
