//! Forecasts of time series: the service over `saldo-series`. The command line calls the same use case.
//!
//! Invariant: nothing is stored; a request gives the same answer whenever and wherever it is asked.

mod app;
mod rpc;

use std::sync::Arc;

use saldo_kernel::Error;
use saldo_proto::{forecast::v1::forecast_service_server::ForecastServiceServer, guard::Guarded};
use saldo_runtime::{Context, Module, Started};
use tonic::service::Routes;

pub use app::forecast_series::forecast_series;

/// The domain of this service's errors on the wire.
pub const DOMAIN: &str = "saldo.forecast";

/// The target.
pub fn module() -> Module {
    Module {
        name: "forecast",
        summary: "says how a series goes on: methods, back-test, intervals",
        serves: &["saldo.forecast.v1.ForecastService"],
        calls: &[],
        schema: None,
        check: |_, _| {},
        start: |context| Box::pin(async move { start(&context) }),
    }
}

fn start(context: &Context) -> Result<Started, Error> {
    let guarded = Guarded::new(rpc::Forecasts::new(&context.metrics)?, Arc::clone(&context.gate));
    Ok(Started { grpc: Some(Routes::new(ForecastServiceServer::new(guarded))), web: None, work: Vec::new() })
}
