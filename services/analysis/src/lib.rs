//! Analysis of one file or several: engine, analyst, report. The command line and the service call the same use case.
//!
//! Invariant: a call of Analyze stores nothing; the upload, and what is worked out of a large one, live in files without a name
//! and end with the call.
//! Invariant: an analysis that is kept ends in one report, one question or one failure for each revision, in the transaction
//! that ends its job and tells of it.
//! Invariant: a caller that goes away stops the work.
//! Invariant: every number of a text is a fact; the analyst writes placeholders, the renderer fills them in.

mod app;
mod config;
mod forecaster;
mod kept;
pub mod narrative;
mod queue;
mod report;
mod report_json;
mod rpc;
mod spool;
mod teller;
mod thread;

use std::sync::Arc;

use saldo_bus::Subscription;
use saldo_kernel::Error;
use saldo_proto::{analysis::v1::analysis_service_server::AnalysisServiceServer, guard::Guarded};
use saldo_runtime::{Context, Module, Started};
use saldo_store::Workers;
use tonic::service::Routes;

use crate::kept::{watch::Changes, worker::Analyst};

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
        calls: &["file", "forecast"],
        schema: Some(kept::SCHEMA),
        check: config::check,
        start: |context| Box::pin(start(context)),
    }
}

async fn start(context: Context) -> Result<Started, Error> {
    let forecaster = forecaster::Remote::new(context.channels.to("forecast")?);
    let config: config::Config = context.settings.section("analysis")?;
    let at_a_time = config.concurrency();
    let shared = rpc::Shared::new(config, forecaster, &context.metrics)?;
    let (store, channels, changes) = (context.store(&module())?, context.channels.clone(), Changes::new());
    let on_upload = Subscription {
        group: "analysis".to_owned(),
        topics: vec!["saldo.file.v1".to_owned()],
        store: store.clone(),
        handler: Arc::new(kept::events::OnUpload),
    };
    context.bus()?.subscribe(on_upload).await?;
    let analyst = Analyst { shared: Arc::clone(&shared), store: store.clone(), channels: channels.clone() };
    let workers = Workers::start(&store, Arc::new(analyst), at_a_time, &context.stop);
    let listening = changes.clone().listen(store.clone(), context.stop.clone());
    let service = rpc::Analysis::new(shared, store, channels, changes);
    let guarded = Guarded::new(service, Arc::clone(&context.gate));
    let grpc = Some(Routes::new(AnalysisServiceServer::new(guarded)));
    Ok(Started { grpc, web: None, work: vec![Box::pin(workers.ended()), Box::pin(listening)] })
}
