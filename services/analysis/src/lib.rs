//! Analysis of one file or several: engine, analyst, report. The command line and the service call the same use case.
//!
//! Invariant: nothing is stored; the upload, and what is worked out of a large one, live in files without a name and end with
//! the call.
//! Invariant: a caller that goes away stops the work.
//! Invariant: every number of a text is a fact; the analyst writes placeholders, the renderer fills them in.

mod app;
mod config;
mod forecaster;
pub mod narrative;
mod queue;
mod report;
mod report_json;
mod rpc;
mod spool;
mod teller;
mod thread;

use std::sync::Arc;

use saldo_kernel::Error;
use saldo_proto::{analysis::v1::analysis_service_server::AnalysisServiceServer, guard::Guarded};
use saldo_runtime::{Context, Module, Started};
use tonic::service::Routes;

pub use app::{
    analyze::{Answer, Job, Listener, MAX_FILES, Upload, analyze, named},
    forecasts::Forecaster,
};
pub use report::{hints_of, question as question_of};
pub use report_json::write_json;

/// The domain of this service's errors on the wire.
pub const DOMAIN: &str = "saldo.analysis";

/// The target.
pub fn module() -> Module {
    Module {
        name: "analysis",
        summary: "reads statements and explains them: import, facts, findings, narrative",
        serves: &["saldo.analysis.v1.AnalysisService"],
        calls: &["forecast"],
        schema: None,
        check: config::check,
        start: |context| Box::pin(async move { start(&context) }),
    }
}

fn start(context: &Context) -> Result<Started, Error> {
    let forecaster = forecaster::Remote::new(context.channels.to("forecast")?);
    let service = rpc::Analysis::new(context.settings.section("analysis")?, forecaster, &context.metrics)?;
    let guarded = Guarded::new(service, Arc::clone(&context.gate));
    Ok(Started { grpc: Some(Routes::new(AnalysisServiceServer::new(guarded))), web: None, work: Vec::new() })
}
