//! What callers do with analyses that are kept.

use saldo_kernel::{AnalysisId, Caller, Error, FileId, Tenant, reasons};
use saldo_proto::analysis::v1 as pb;
use saldo_runtime::Channels;
use saldo_store::{Store, keyset::Page};

use crate::{
    DOMAIN,
    kept::{
        domain::{Begun, Kept, job_key},
        events::{self, JOB},
        files::Files,
        store,
    },
};

/// Rows of a page where the caller does not say how many.
const ROWS: u32 = 1_000;

/// Begins an analysis of files that the caller may read.
pub(crate) async fn start(
    store: &Store,
    channels: &Channels,
    caller: &Caller,
    tenant: Tenant,
    request: pb::StartAnalysisRequest,
) -> Result<Kept, Error> {
    let seen = Files::of(channels, caller, tenant)?;
    let mut files = Vec::with_capacity(request.file_ids.len());
    for id in &request.file_ids {
        files.push(seen.find(parse::<FileId>(id, "file_ids")?).await?);
    }
    let begun = Begun {
        id: AnalysisId::generate(),
        title: request.title,
        files,
        answers: request.answers.unwrap_or_default(),
        created_by: caller.name(),
    };
    let mut tx = store.tenant(tenant).await?;
    events::start(&mut tx, &begun).await?;
    let kept = found(store::find(&mut tx, begun.id).await?, begun.id)?;
    tx.commit().await?;
    Ok(kept)
}

/// One analysis.
pub(crate) async fn get(store: &Store, tenant: Tenant, id: &str) -> Result<Kept, Error> {
    let (mut tx, id) = (store.tenant(tenant).await?, analysis(id)?);
    found(store::find(&mut tx, id).await?, id)
}

/// A page of analyses, and the token of the next one.
pub(crate) async fn list(
    store: &Store,
    tenant: Tenant,
    request: &pb::ListAnalysesRequest,
) -> Result<(Vec<Kept>, String), Error> {
    let filter = [request.workspace_id.as_str(), request.search.as_str()];
    let page = Page::asked(request.page_size, &request.page_token, &filter)?;
    let mut tx = store.tenant(tenant).await?;
    let rows = store::list(&mut tx, &page, &request.search).await?;
    Ok(page.cut(rows, |kept| kept.id.body()))
}

/// A report with its revision.
pub(crate) async fn report(store: &Store, tenant: Tenant, id: &str, revision: u32) -> Result<(u32, pb::Report), Error> {
    let (mut tx, id) = (store.tenant(tenant).await?, analysis(id)?);
    match store::report(&mut tx, id, revision).await? {
        Some(report) => Ok(report),
        None => {
            let kept = found(store::find(&mut tx, id).await?, id)?;
            let message = format!("{id} has no such report; it is {}.", kept.state.word());
            Err(Error::known(&reasons::REPORT_NOT_FOUND, DOMAIN, message).with("state", kept.state.word()))
        }
    }
}

/// Rows of a report, and the number of the next one.
pub(crate) async fn rows(
    store: &Store,
    tenant: Tenant,
    request: &pb::ListRowsRequest,
) -> Result<(Vec<pb::Row>, u32), Error> {
    let id = analysis(&request.analysis_id)?;
    let mut tx = store.tenant(tenant).await?;
    let kept = found(store::find(&mut tx, id).await?, id)?;
    let revision = if request.revision == 0 { kept.report_revision } else { request.revision };
    let count = if request.page_size == 0 { ROWS } else { request.page_size };
    let first = request.first.max(1);
    // One more, to know whether there is another page.
    let mut rows = store::rows(&mut tx, id, revision, first, count as usize + 1).await?;
    let next = rows.get(count as usize).map_or(0, |row| row.number);
    rows.truncate(count as usize);
    Ok((rows, next))
}

/// Works an analysis out again with other answers.
pub(crate) async fn revise(store: &Store, tenant: Tenant, id: &str, answers: pb::Answers) -> Result<Kept, Error> {
    let (mut tx, id) = (store.tenant(tenant).await?, analysis(id)?);
    let revision = store::revise(&mut tx, id, &answers).await?.ok_or_else(|| not_found(id))?;
    // The one before may still wait or run.
    tx.cancel(JOB, &job_key(id, revision.saturating_sub(1))).await?;
    events::enqueue(&mut tx, id, revision).await?;
    let kept = found(store::find(&mut tx, id).await?, id)?;
    tx.commit().await?;
    Ok(kept)
}

/// Stops an analysis that waits or runs.
pub(crate) async fn cancel(store: &Store, tenant: Tenant, id: &str) -> Result<Kept, Error> {
    let (mut tx, id) = (store.tenant(tenant).await?, analysis(id)?);
    let kept = found(store::find(&mut tx, id).await?, id)?;
    if !kept.state.has_ended() {
        tx.cancel(JOB, &job_key(id, kept.revision)).await?;
        tx.commit().await?;
    }
    Ok(kept)
}

/// Deletes an analysis with its reports.
pub(crate) async fn delete(store: &Store, tenant: Tenant, id: &str) -> Result<(), Error> {
    let (mut tx, id) = (store.tenant(tenant).await?, analysis(id)?);
    let kept = found(store::find(&mut tx, id).await?, id)?;
    let aggregate = tx.advance("analyses", id.body(), id).await?.ok_or_else(|| not_found(id))?;
    tx.cancel(JOB, &job_key(id, kept.revision)).await?;
    store::delete(&mut tx, id).await?;
    let (kind, payload) = events::deleted(tenant, id);
    tx.publish(aggregate, kind, payload).await?;
    tx.commit().await
}

/// What another tenant has is not there.
pub(crate) fn not_found(id: AnalysisId) -> Error {
    Error::known(&reasons::ANALYSIS_NOT_FOUND, DOMAIN, format!("There is no analysis {id}."))
}

/// The id of a request.
pub(crate) fn analysis(id: &str) -> Result<AnalysisId, Error> {
    parse(id, "analysis_id")
}

fn found(kept: Option<Kept>, id: AnalysisId) -> Result<Kept, Error> {
    kept.ok_or_else(|| not_found(id))
}

/// The contract's rules have passed it.
fn parse<T: std::str::FromStr>(id: &str, field: &str) -> Result<T, Error> {
    id.parse().map_err(|_| Error::known(&reasons::REQUEST_INVALID, DOMAIN, format!("{field} is no id.")))
}
