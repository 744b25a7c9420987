//! What analyses publish, and what begins one.

use async_trait::async_trait;
use prost::Message;
use saldo_bus::Handler;
use saldo_kernel::{AnalysisId, Error, Event, FileId, Tenant};
use saldo_proto::{analysis::v1 as pb, file::v1::FileUploaded};
use saldo_store::{NewJob, TenantTx};

use super::{
    domain::{Begun, KeptFile, job_key},
    store,
};
use crate::DOMAIN;

/// The kind of the jobs.
pub(crate) const JOB: &str = "analyze";
/// How often an analysis is begun before it is given up.
const ATTEMPTS: u32 = 5;

/// An event's kind and payload.
pub(crate) type Told = (&'static str, Vec<u8>);

fn workspace(tenant: Tenant) -> String {
    tenant.workspace.map(|workspace| workspace.to_string()).unwrap_or_default()
}

pub(crate) fn completed(tenant: Tenant, id: AnalysisId, revision: u32) -> Told {
    let event = pb::AnalysisCompleted { analysis_id: id.to_string(), workspace_id: workspace(tenant), revision };
    ("saldo.analysis.v1.AnalysisCompleted", event.encode_to_vec())
}

pub(crate) fn asked(tenant: Tenant, id: AnalysisId, revision: u32, reason: &str) -> Told {
    let (analysis_id, workspace_id, reason) = (id.to_string(), workspace(tenant), reason.to_owned());
    let event = pb::AnalysisAsked { analysis_id, workspace_id, revision, reason };
    ("saldo.analysis.v1.AnalysisAsked", event.encode_to_vec())
}

pub(crate) fn failed(tenant: Tenant, id: AnalysisId, revision: u32, reason: &str) -> Told {
    let (analysis_id, workspace_id, reason) = (id.to_string(), workspace(tenant), reason.to_owned());
    let event = pb::AnalysisFailed { analysis_id, workspace_id, revision, reason };
    ("saldo.analysis.v1.AnalysisFailed", event.encode_to_vec())
}

pub(crate) fn deleted(tenant: Tenant, id: AnalysisId) -> Told {
    let event = pb::AnalysisDeleted { analysis_id: id.to_string(), workspace_id: workspace(tenant) };
    ("saldo.analysis.v1.AnalysisDeleted", event.encode_to_vec())
}

/// Keeps an analysis and the work on it; nothing where it is there already.
pub(crate) async fn start(tx: &mut TenantTx, begun: &Begun) -> Result<(), Error> {
    if store::insert(tx, begun).await?.is_some() {
        enqueue(tx, begun.id, 1).await?;
    }
    Ok(())
}

/// Sets a revision to work.
pub(crate) async fn enqueue(tx: &mut TenantTx, id: AnalysisId, revision: u32) -> Result<(), Error> {
    let job = NewJob { kind: JOB, key: job_key(id, revision), payload: Vec::new(), max_attempts: ATTEMPTS };
    tx.enqueue(job).await.map(drop)
}

/// Begins the analysis of a file that was uploaded to be analysed.
pub(crate) struct OnUpload;

#[async_trait]
impl Handler for OnUpload {
    async fn handle(&self, event: &Event, tx: &mut TenantTx) -> Result<(), Error> {
        if event.kind != "saldo.file.v1.FileUploaded" {
            return Ok(());
        }
        let broken = |what: &str| Error::internal(DOMAIN, format!("{} {what}", event.id));
        let uploaded = FileUploaded::decode(event.payload.as_slice()).map_err(|_| broken("cannot be read"))?;
        if !uploaded.analyze {
            return Ok(());
        }
        let id: FileId = uploaded.file_id.parse().map_err(|_| broken("names no file"))?;
        let begun = Begun {
            // So that who uploads knows it at once, and a repeated event begins no second one.
            id: AnalysisId::of(id.body()),
            title: String::new(),
            files: vec![KeptFile { id, name: uploaded.name }],
            answers: pb::Answers::default(),
            created_by: uploaded.uploaded_by,
        };
        start(tx, &begun).await
    }
}
