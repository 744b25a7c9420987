//! The edge: the page, `POST /analyze`, REST transcoded from the contract, native gRPC, OpenAPI, limits and headers.
//!
//! Invariant: nothing is written by hand that the contract can say; by hand are the page and the upload.
//! Invariant: every failure is a problem object (RFC 9457) with a stable reason, and never tells internal text.

mod config;
mod http;
mod rpc;

use std::sync::Arc;

use saldo_kernel::Error;
use saldo_proto::{gateway::v1::gateway_service_server::GatewayServiceServer, guard::Guarded};
use saldo_runtime::{Context, Module, Started, Web};
use tonic::service::Routes;

use crate::{
    config::Config,
    http::{Edge, Limiter},
};

pub use crate::http::{has_page, openapi};

/// The domain of this service's errors on the wire.
pub(crate) const DOMAIN: &str = "saldo.gateway";

/// The target.
pub fn module() -> Module {
    Module {
        name: "gateway",
        summary: "the edge: page, POST /analyze, REST and gRPC, OpenAPI, rate limits",
        serves: &["saldo.gateway.v1.GatewayService"],
        calls: &["gateway", "analysis", "file", "forecast"],
        schema: None,
        check: config::check,
        start: |context| Box::pin(start(context)),
    }
}

async fn start(context: Context) -> Result<Started, Error> {
    let config: Config = context.settings.section("gateway")?;
    let server = rpc::Server::new(&config, &context.targets);
    let grpc = Routes::new(GatewayServiceServer::new(Guarded::new(server, Arc::clone(&context.gate))));
    let here = context
        .metrics
        .gauge("saldo_gateway_cache_up", "Whether the cache answers: 1, or 0 while it is done without.")?;
    let cache = saldo_cache::open(&context.settings.section("cache")?, move |up| here.set(up.into())).await?;
    let limiter = Limiter::new(&config, cache.as_ref());
    let (listen, patience) = (config.listen, config.patience());
    let edge = Edge::new(config, limiter, &context)?;
    Ok(Started { grpc: Some(grpc), web: Some(Web { listen, router: http::router(edge)?, patience }), work: Vec::new() })
}
