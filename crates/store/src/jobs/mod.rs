//! Work that waits in the database, and who does it. A job belongs to a tenant; it is done once, in the transaction that
//! keeps its result, by whoever holds its lease then. A worker that gives no sign of life loses the lease.

mod workers;

use saldo_kernel::{Error, JobId, OrganizationId, Tenant, WorkspaceId, reasons};
use sqlx::{PgConnection, Row, postgres::PgRow};
use uuid::Uuid;

use crate::{DOMAIN, Store, error, trace, tx::workspace_of};

pub use workers::{Worker, Workers};

/// How long a job is a worker's without a sign of life, as PostgreSQL writes it.
const LEASE: &str = "15 seconds";

/// Work to do.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Who does it: the name of a [`Worker`].
    pub kind: &'static str,
    /// What it works on: of one kind and key there is one job.
    pub key: String,
    /// What the worker needs to know.
    pub payload: Vec<u8>,
    /// How often it is begun before it is given up.
    pub max_attempts: u32,
}

/// A job that a worker has.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Whose it is.
    pub tenant: Tenant,
    /// What it works on.
    pub key: String,
    /// What was enqueued.
    pub payload: Vec<u8>,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    /// How many there are.
    pub max_attempts: u32,
    traceparent: Option<String>,
}

/// The right to end a job, as long as it lasts.
#[derive(Clone, Copy, Debug)]
pub struct Lease {
    job: JobId,
    token: Uuid,
}

/// How a job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Its result is kept.
    Done,
    /// It cannot be done.
    Failed,
    /// Its owner wants it no more.
    Cancelled,
}

impl Ended {
    fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

pub(crate) async fn add(connection: &mut PgConnection, tenant: Tenant, job: NewJob) -> Result<Option<JobId>, Error> {
    let id = JobId::generate();
    let sql = "with added as (insert into jobs (id, org_id, workspace_id, kind, key, payload, max_attempts, traceparent) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (kind, key) do nothing returning kind) \
               select pg_notify('saldo_jobs', current_schema() || '.' || kind) from added";
    let added = sqlx::query(sql)
        .bind(id.body())
        .bind(tenant.organization.body())
        .bind(workspace_of(tenant))
        .bind(job.kind)
        .bind(job.key)
        .bind(job.payload)
        .bind(i32::try_from(job.max_attempts).unwrap_or(i32::MAX))
        .bind(trace::current_traceparent())
        .fetch_optional(connection)
        .await
        .map_err(error::of)?;
    Ok(added.map(|_| id))
}

pub(crate) async fn finish(connection: &mut PgConnection, lease: &Lease, ended: Ended) -> Result<(), Error> {
    let sql = "update jobs set state = $3, ended_at = now(), leased_until = null, payload = '' \
               where id = $1 and lease = $2 and state = 'running'";
    let done = sqlx::query(sql)
        .bind(lease.job.body())
        .bind(lease.token)
        .bind(ended.word())
        .execute(connection)
        .await
        .map_err(error::of)?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(lost()) }
}

pub(crate) async fn cancel(connection: &mut PgConnection, kind: &str, key: &str) -> Result<bool, Error> {
    // One that waits is claimed at once, to be ended by its worker, which knows what else has to end.
    let sql = "with asked as (update jobs set cancel_requested = true, \
                   run_at = case state when 'queued' then now() else run_at end \
                 where kind = $1 and key = $2 and state in ('queued', 'running') returning kind) \
               select pg_notify('saldo_jobs', current_schema() || '.' || kind) from asked";
    let row = sqlx::query(sql).bind(kind).bind(key).fetch_optional(connection).await.map_err(error::of)?;
    Ok(row.is_some())
}

fn lost() -> Error {
    Error::known(&reasons::LEASE_LOST, DOMAIN, "The work took too long without a sign of life; another worker has it.")
}

/// What a sign of life shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beat {
    Held,
    CancelRequested,
    /// With this lease: the worker is about to hear of it.
    Ended,
    Lost,
}

/// The queue of one kind, as the system sees it.
#[derive(Clone, Debug)]
struct Queue {
    store: Store,
    kind: &'static str,
}

impl Queue {
    /// Takes the job that has waited longest; one whose worker gave no sign of life waits again.
    async fn claim(&self) -> Result<Option<(Job, Lease, bool)>, Error> {
        let mut tx = self.store.system().await?;
        let token = Uuid::now_v7();
        let sql = format!(
            "update jobs set state = 'running', attempts = attempts + 1, lease = $2, \
               leased_until = now() + interval '{LEASE}' \
             where id = (select id from jobs where kind = $1 and \
                 (state = 'queued' and run_at <= now() or state = 'running' and leased_until < now()) \
               order by run_at limit 1 for update skip locked) \
             returning id, org_id, workspace_id, key, payload, attempts, max_attempts, traceparent, cancel_requested"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(self.kind)
            .bind(token)
            .fetch_optional(tx.connection())
            .await
            .map_err(error::of)?;
        tx.commit().await?;
        let Some(row) = row else { return Ok(None) };
        let (job, cancelled) = read(&row).map_err(error::of)?;
        let lease = Lease { job: job.id, token };
        Ok(Some((job, lease, cancelled)))
    }

    async fn beat(&self, lease: Lease) -> Result<Beat, Error> {
        let mut tx = self.store.system().await?;
        let sql = format!(
            "update jobs set leased_until = now() + interval '{LEASE}' \
             where id = $1 and lease = $2 and state = 'running' returning cancel_requested"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(lease.job.body())
            .bind(lease.token)
            .fetch_optional(tx.connection())
            .await
            .map_err(error::of)?;
        let Some(row) = row else {
            let sql = "select exists (select from jobs where id = $1 and lease = $2)";
            let ended = sqlx::query_scalar(sql).bind(lease.job.body()).bind(lease.token);
            let ended: bool = ended.fetch_one(tx.connection()).await.map_err(error::of)?;
            return Ok(if ended { Beat::Ended } else { Beat::Lost });
        };
        tx.commit().await?;
        Ok(if row.try_get(0).map_err(error::of)? { Beat::CancelRequested } else { Beat::Held })
    }

    /// Puts the job back: for another attempt after `delay_ms`, or as if this one had not been begun.
    async fn put_back(&self, lease: Lease, reason: &str, delay_ms: u64, begun: bool) -> Result<(), Error> {
        let mut tx = self.store.system().await?;
        let sql = "update jobs set state = 'queued', lease = null, leased_until = null, last_reason = nullif($3, ''), \
                     run_at = now() + $4 * interval '1 millisecond', attempts = attempts - $5 \
                   where id = $1 and lease = $2 and state = 'running'";
        sqlx::query(sql)
            .bind(lease.job.body())
            .bind(lease.token)
            .bind(reason)
            .bind(i64::try_from(delay_ms).unwrap_or(i64::MAX))
            .bind(i32::from(!begun))
            .execute(tx.connection())
            .await
            .map_err(error::of)?;
        tx.commit().await
    }
}

fn read(row: &PgRow) -> Result<(Job, bool), sqlx::Error> {
    let tenant = Tenant {
        organization: OrganizationId::of(row.try_get("org_id")?),
        workspace: row.try_get::<Option<Uuid>, _>("workspace_id")?.map(WorkspaceId::of),
    };
    let job = Job {
        id: JobId::of(row.try_get("id")?),
        tenant,
        key: row.try_get("key")?,
        payload: row.try_get("payload")?,
        attempt: row.try_get::<i32, _>("attempts")?.unsigned_abs(),
        max_attempts: row.try_get::<i32, _>("max_attempts")?.unsigned_abs(),
        traceparent: row.try_get("traceparent")?,
    };
    Ok((job, row.try_get("cancel_requested")?))
}
