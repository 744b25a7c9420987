//! The tables of kept analyses: the only place with SQL.

use prost::Message;
use saldo_kernel::{AnalysisId, Error, FileId, Tenant, WorkspaceId};
use saldo_proto::analysis::v1 as pb;
use saldo_store::{Aggregate, TenantTx, error_of, keyset::Page};
use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

use super::domain::{Begun, Kept, KeptFile, State};
use crate::DOMAIN;

const COLUMNS: &str = "id, version, title, state, revision, report_revision, question, digest, failure_reason, \
    failure_message, failure_hint, stage, done, total, created_by, created_at, ended_at, \
    array(select file_id from analysis_files where analysis_id = analyses.id order by place) as file_ids, \
    array(select name from analysis_files where analysis_id = analyses.id order by place) as file_names";

fn workspace(tenant: Tenant) -> Option<Uuid> {
    tenant.workspace.map(WorkspaceId::body)
}

/// Keeps a new analysis; `None` where it is there already.
pub(crate) async fn insert(tx: &mut TenantTx, begun: &Begun) -> Result<Option<Aggregate>, Error> {
    let tenant = tx.tenant();
    let sql = "insert into analyses (id, org_id, workspace_id, title, state, answers, words, created_by) \
               values ($1, $2, $3, $4, 'queued', $5, $6, $7) on conflict (id) do nothing";
    let done = sqlx::query(sql)
        .bind(begun.id.body())
        .bind(tenant.organization.body())
        .bind(workspace(tenant))
        .bind(begun.title())
        .bind(begun.answers.encode_to_vec())
        .bind(begun.words())
        .bind(&begun.created_by)
        .execute(tx.connection())
        .await
        .map_err(error_of)?;
    if done.rows_affected() == 0 {
        return Ok(None);
    }
    let sql = "insert into analysis_files (analysis_id, place, org_id, workspace_id, file_id, name) \
               select $1, place, $2, $3, file_id, name from unnest($4::uuid[], $5::text[]) with ordinality \
               as given (file_id, name, place)";
    let (ids, names): (Vec<Uuid>, Vec<String>) =
        begun.files.iter().map(|file| (file.id.body(), file.name.clone())).unzip();
    sqlx::query(sql)
        .bind(begun.id.body())
        .bind(tenant.organization.body())
        .bind(workspace(tenant))
        .bind(ids)
        .bind(names)
        .execute(tx.connection())
        .await
        .map_err(error_of)?;
    Ok(Some(tx.created(begun.id)))
}

/// One analysis.
pub(crate) async fn find(tx: &mut TenantTx, id: AnalysisId) -> Result<Option<Kept>, Error> {
    let tenant = tx.tenant();
    let sql = format!("select {COLUMNS} from analyses where id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.body());
    let row = row.fetch_optional(tx.connection()).await.map_err(error_of)?;
    row.map(|row| read(&row, tenant)).transpose()
}

/// A page of a workspace's analyses, newest first, whose words hold all of `search`.
pub(crate) async fn list(tx: &mut TenantTx, page: &Page, search: &str) -> Result<Vec<Kept>, Error> {
    let tenant = tx.tenant();
    let sql = format!(
        "select {COLUMNS} from analyses where ($1::uuid is null or id < $1) \
           and (select bool_and(strpos(words, word) > 0) from unnest($2::text[]) as word) is not false \
         order by id desc limit $3"
    );
    let words: Vec<String> = search.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(page.after()).bind(words).bind(page.limit());
    let rows = rows.fetch_all(tx.connection()).await.map_err(error_of)?;
    rows.iter().map(|row| read(row, tenant)).collect()
}

/// Begins the work on a revision; gives what the user said and the files. `None` where it is not wanted any more.
pub(crate) async fn begin(
    tx: &mut TenantTx,
    id: AnalysisId,
    revision: u32,
) -> Result<Option<(pb::Answers, Vec<KeptFile>)>, Error> {
    let sql = "update analyses set state = 'running', stage = 0, done = 0, total = 0 \
               where id = $1 and revision = $2 and state in ('queued', 'running') returning answers";
    let row = sqlx::query(sql).bind(id.body()).bind(number(revision));
    let Some(row) = row.fetch_optional(tx.connection()).await.map_err(error_of)? else { return Ok(None) };
    let answers: Vec<u8> = row.try_get(0).map_err(error_of)?;
    told(tx, id).await?;
    let kept = find(tx, id).await?;
    Ok(Some((decode(&answers)?, kept.map(|kept| kept.files).unwrap_or_default())))
}

/// Notes how far the work is; `false` where the revision is not worked on any more.
pub(crate) async fn progress(
    tx: &mut TenantTx,
    id: AnalysisId,
    revision: u32,
    progress: &pb::Progress,
) -> Result<bool, Error> {
    let sql = "update analyses set stage = $3, done = $4, total = $5 \
               where id = $1 and revision = $2 and state = 'running'";
    let done = sqlx::query(sql)
        .bind(id.body())
        .bind(number(revision))
        .bind(progress.stage)
        .bind(i64::try_from(progress.done).unwrap_or(i64::MAX))
        .bind(i64::try_from(progress.total).unwrap_or(i64::MAX))
        .execute(tx.connection())
        .await
        .map_err(error_of)?;
    told(tx, id).await?;
    Ok(done.rows_affected() == 1)
}

/// How a revision ended.
pub(crate) enum Outcome<'a> {
    Report { report: &'a pb::Report, digest: &'a pb::Digest },
    Question(&'a pb::Question),
    Failure { failure: &'a pb::Failure, cancelled: bool },
}

/// Ends the work on a revision; `None` where it is not wanted any more.
pub(crate) async fn end(
    tx: &mut TenantTx,
    id: AnalysisId,
    revision: u32,
    outcome: &Outcome<'_>,
) -> Result<Option<Aggregate>, Error> {
    let (state, question, digest, failure) = match outcome {
        Outcome::Report { digest, .. } => (State::Done, None, Some(digest.encode_to_vec()), None),
        Outcome::Question(question) => (State::Asking, Some(question.encode_to_vec()), None, None),
        Outcome::Failure { failure, cancelled: true } => (State::Cancelled, None, None, Some(*failure)),
        Outcome::Failure { failure, cancelled: false } => (State::Failed, None, None, Some(*failure)),
    };
    let sql = "update analyses set state = $3, question = $4, digest = coalesce($5, digest), \
                 report_revision = case when $3 = 'done' then revision else report_revision end, \
                 failure_reason = $6, failure_message = $7, failure_hint = $8, ended_at = now() \
               where id = $1 and revision = $2 and state in ('queued', 'running')";
    let done = sqlx::query(sql)
        .bind(id.body())
        .bind(number(revision))
        .bind(state.word())
        .bind(question)
        .bind(digest)
        .bind(failure.map(|failure| &failure.reason))
        .bind(failure.map(|failure| &failure.message))
        .bind(failure.map(|failure| &failure.hint))
        .execute(tx.connection())
        .await
        .map_err(error_of)?;
    if done.rows_affected() == 0 {
        return Ok(None);
    }
    if let Outcome::Report { report, .. } = outcome {
        let tenant = tx.tenant();
        let sql =
            "insert into reports (analysis_id, revision, org_id, workspace_id, report) values ($1, $2, $3, $4, $5)";
        sqlx::query(sql)
            .bind(id.body())
            .bind(number(revision))
            .bind(tenant.organization.body())
            .bind(workspace(tenant))
            .bind(report.encode_to_vec())
            .execute(tx.connection())
            .await
            .map_err(error_of)?;
    }
    told(tx, id).await?;
    tx.advance("analyses", id.body(), id).await
}

/// Keeps rows of a report: encoded batches with the number of the first row of each.
pub(crate) async fn insert_rows(
    tx: &mut TenantTx,
    id: AnalysisId,
    revision: u32,
    batches: &[(u32, Vec<u8>)],
) -> Result<(), Error> {
    let tenant = tx.tenant();
    let sql = "insert into report_rows (analysis_id, revision, first, org_id, workspace_id, rows) \
               select $1, $2, first, $3, $4, rows from unnest($5::integer[], $6::bytea[]) as given (first, rows)";
    let (firsts, rows): (Vec<i32>, Vec<&[u8]>) =
        batches.iter().map(|(first, rows)| (number(*first), rows.as_slice())).unzip();
    let insert = sqlx::query(sql).bind(id.body()).bind(number(revision)).bind(tenant.organization.body());
    let insert = insert.bind(workspace(tenant)).bind(firsts).bind(rows);
    insert.execute(tx.connection()).await.map_err(error_of)?;
    Ok(())
}

/// A report with its revision; 0 asks for the newest.
pub(crate) async fn report(
    tx: &mut TenantTx,
    id: AnalysisId,
    revision: u32,
) -> Result<Option<(u32, pb::Report)>, Error> {
    let sql = "select revision, report from reports where analysis_id = $1 and ($2 = 0 or revision = $2) \
               order by revision desc limit 1";
    let row = sqlx::query(sql).bind(id.body()).bind(number(revision));
    let Some(row) = row.fetch_optional(tx.connection()).await.map_err(error_of)? else { return Ok(None) };
    let (revision, report): (i32, Vec<u8>) = (row.try_get(0).map_err(error_of)?, row.try_get(1).map_err(error_of)?);
    Ok(Some((revision.unsigned_abs(), decode(&report)?)))
}

/// The batches that hold rows from `first` on, until they hold `count`.
pub(crate) async fn rows(
    tx: &mut TenantTx,
    id: AnalysisId,
    revision: u32,
    first: u32,
    count: usize,
) -> Result<Vec<pb::Row>, Error> {
    // From the batch that begins at the row or last before it.
    let sql = "select rows from report_rows where analysis_id = $1 and revision = $2 and first >= \
                 coalesce((select max(first) from report_rows where analysis_id = $1 and revision = $2 and first <= $3), $3) \
                 and first < $4 order by first";
    let end = first.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
    let read = sqlx::query(sql).bind(id.body()).bind(number(revision)).bind(number(first)).bind(number(end));
    let batches = read.fetch_all(tx.connection()).await.map_err(error_of)?;
    let mut rows = Vec::new();
    for batch in batches {
        let batch: pb::RowBatch = decode(&batch.try_get::<Vec<u8>, _>(0).map_err(error_of)?)?;
        rows.extend(batch.rows.into_iter().filter(|row| (first..end).contains(&row.number)));
    }
    Ok(rows)
}

/// Sets the next revision to work; gives it with the one before. `None` where there is no such analysis.
pub(crate) async fn revise(tx: &mut TenantTx, id: AnalysisId, answers: &pb::Answers) -> Result<Option<u32>, Error> {
    let sql = "update analyses set revision = revision + 1, state = 'queued', answers = $2, question = null, \
                 failure_reason = null, failure_message = null, failure_hint = null, stage = 0, done = 0, total = 0, \
                 ended_at = null, version = version + 1 where id = $1 returning revision";
    let row = sqlx::query(sql).bind(id.body()).bind(answers.encode_to_vec());
    let Some(row) = row.fetch_optional(tx.connection()).await.map_err(error_of)? else { return Ok(None) };
    told(tx, id).await?;
    Ok(Some(row.try_get::<i32, _>(0).map_err(error_of)?.unsigned_abs()))
}

/// Deletes an analysis with all that hangs on it.
pub(crate) async fn delete(tx: &mut TenantTx, id: AnalysisId) -> Result<(), Error> {
    let deleted = sqlx::query("delete from analyses where id = $1").bind(id.body());
    deleted.execute(tx.connection()).await.map_err(error_of)?;
    told(tx, id).await
}

/// Tells those who watch, when the transaction commits.
pub(crate) async fn told(tx: &mut TenantTx, id: AnalysisId) -> Result<(), Error> {
    let tell = sqlx::query("select pg_notify('saldo_analyses', $1)").bind(id.to_string());
    tell.execute(tx.connection()).await.map_err(error_of)?;
    Ok(())
}

fn read(row: &PgRow, tenant: Tenant) -> Result<Kept, Error> {
    let encoded = |name: &str| row.try_get::<Option<Vec<u8>>, _>(name).map_err(error_of);
    let text = |name: &str| row.try_get::<Option<String>, _>(name).map_err(error_of);
    let count = |name: &str| row.try_get::<i64, _>(name).map(i64::unsigned_abs).map_err(error_of);
    let small = |name: &str| row.try_get::<i32, _>(name).map(i32::unsigned_abs).map_err(error_of);
    let state: String = row.try_get("state").map_err(error_of)?;
    let state = State::of_word(&state).ok_or_else(|| Error::internal(DOMAIN, format!("a state is '{state}'")))?;
    let ids: Vec<Uuid> = row.try_get("file_ids").map_err(error_of)?;
    let names: Vec<String> = row.try_get("file_names").map_err(error_of)?;
    let failure = text("failure_reason")?.map(|reason| -> Result<_, Error> {
        Ok(pb::Failure {
            reason,
            message: text("failure_message")?.unwrap_or_default(),
            hint: text("failure_hint")?.unwrap_or_default(),
        })
    });
    let queued = state == State::Queued;
    let stage = if queued { pb::Stage::Queued.into() } else { row.try_get("stage").map_err(error_of)? };
    Ok(Kept {
        id: AnalysisId::of(row.try_get("id").map_err(error_of)?),
        tenant,
        version: row.try_get("version").map_err(error_of)?,
        title: row.try_get("title").map_err(error_of)?,
        state,
        files: ids.into_iter().zip(names).map(|(id, name)| KeptFile { id: FileId::of(id), name }).collect(),
        progress: pb::Progress { stage, done: count("done")?, total: count("total")?, ahead: 0 },
        question: encoded("question")?.map(|bytes| decode(&bytes)).transpose()?,
        failure: failure.transpose()?,
        revision: small("revision")?,
        report_revision: small("report_revision")?,
        digest: encoded("digest")?.map(|bytes| decode(&bytes)).transpose()?,
        created_by: row.try_get("created_by").map_err(error_of)?,
        created_at: row.try_get("created_at").map_err(error_of)?,
        ended_at: row.try_get("ended_at").map_err(error_of)?,
    })
}

fn decode<M: Message + Default>(bytes: &[u8]) -> Result<M, Error> {
    M::decode(bytes).map_err(|cause| Error::internal(DOMAIN, "what was kept cannot be read").caused_by(cause))
}

fn number(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
