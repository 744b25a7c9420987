//! Files: streaming upload and ranged download, encrypted in a folder or a bucket, with rows and events in PostgreSQL.
//!
//! Invariant: a file's row and its event are written together, when its object is complete: a row is never without its object.
//! An object without a row is an orphan, which the collector removes.
//! Invariant: plain bytes never rest: what is stored is sealed under a key of the organisation, which is wrapped by a master
//! key.
//! Invariant: the memory of a transfer does not grow with the file.

mod app;
mod blobs;
mod config;
mod content;
mod crypto;
mod domain;
mod error;
mod events;
mod hex;
mod link;
mod metrics;
mod rpc;
mod service;
mod sniff;
mod store;
mod worker;

use saldo_kernel::Error;
use saldo_runtime::{Context, Module, Started, data_dir};

pub use service::Service;
pub use store::SCHEMA;

/// The domain of this service's errors on the wire.
pub const DOMAIN: &str = "saldo.file";

/// The target.
pub fn module() -> Module {
    Module {
        name: "file",
        summary: "keeps files, encrypted: upload, download, short links, retention",
        serves: &["saldo.file.v1.FileService"],
        calls: &[],
        schema: Some(SCHEMA),
        check: config::check,
        start: |context| Box::pin(start(context)),
    }
}

async fn start(context: Context) -> Result<Started, Error> {
    let (store, folder) = (context.store(&module())?, data_dir(&context.settings));
    let service = Service::open(&context.settings, store, &folder, &context.metrics).await?;
    let grpc = Some(service.routes(context.gate));
    Ok(Started { grpc, web: None, work: vec![Box::pin(service.collecting(context.stop))] })
}
