//! Transactions: of one tenant, or of the system. Each begins by taking its role, its schema and its tenant, for itself only.

use std::{fmt::Display, time::Duration};

use saldo_kernel::{Error, Event, EventId, Tenant, WorkspaceId};
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres, Row, Transaction, postgres::PgListener};

use crate::{Aggregate, Lease, NewJob, Repeat, Schema, Stop, error, idempotency, jobs, outbox};

/// How soon a lost connection is made again.
const CONNECT_EVERY: Duration = Duration::from_secs(1);

/// The database as one service sees it. Clones share the connections.
#[derive(Clone, Debug)]
pub struct Store {
    pool: PgPool,
    schema: &'static str,
    role: String,
    system_role: String,
}

impl Store {
    pub(crate) fn new(pool: PgPool, schema: &Schema) -> Self {
        Self { pool, schema: schema.name, role: schema.role(), system_role: schema.system_role() }
    }

    /// The schema.
    pub fn schema(&self) -> &'static str {
        self.schema
    }

    /// Begins a transaction that sees this tenant's rows only: of one workspace where the tenant names one, else of all
    /// of the organisation's.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn tenant(&self, tenant: Tenant) -> Result<TenantTx, Error> {
        let organization = tenant.organization.body().to_string();
        let workspace = tenant.workspace.map(|workspace| workspace.body().to_string()).unwrap_or_default();
        let tx = self.begin(&self.role, &organization, &workspace).await?;
        Ok(TenantTx { tx, tenant })
    }

    /// Begins a transaction for what belongs to no tenant, or to all: claims of jobs, pruning, the bus.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn system(&self) -> Result<SystemTx, Error> {
        Ok(SystemTx { tx: self.begin(&self.system_role, "", "").await? })
    }

    /// Hears what transactions tell on `channel` by `pg_notify`, until `stop` is asked. What is told while the connection is
    /// lost is not heard: who listens looks by itself from time to time.
    pub async fn listen(&self, channel: &str, mut told: impl FnMut(&str), stop: &Stop) {
        let listen = async {
            loop {
                if let Ok(mut listener) = PgListener::connect_with(&self.pool).await
                    && listener.listen(channel).await.is_ok()
                {
                    while let Ok(message) = listener.recv().await {
                        told(message.payload());
                    }
                }
                tokio::time::sleep(CONNECT_EVERY).await;
            }
        };
        tokio::select! { () = listen => {}, () = stop.asked() => {} }
    }

    /// One message: what is put into the text are ids and names of our own, never a caller's words.
    async fn begin(
        &self,
        role: &str,
        organization: &str,
        workspace: &str,
    ) -> Result<Transaction<'static, Postgres>, Error> {
        let sql = format!(
            "begin; select set_config('role', '{role}', true), set_config('search_path', '\"{}\"', true), \
             set_config('saldo.org_id', '{organization}', true), set_config('saldo.workspace_id', '{workspace}', true), \
             set_config('statement_timeout', '30s', true), set_config('lock_timeout', '10s', true), \
             set_config('idle_in_transaction_session_timeout', '60s', true)",
            self.schema
        );
        self.pool.begin_with(AssertSqlSafe(sql)).await.map_err(error::of)
    }
}

/// A transaction of one tenant. Dropped without [`TenantTx::commit`] it leaves nothing.
#[derive(Debug)]
pub struct TenantTx {
    tx: Transaction<'static, Postgres>,
    tenant: Tenant,
}

impl TenantTx {
    /// Where statements run.
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// Whose it is.
    pub fn tenant(&self) -> Tenant {
        self.tenant
    }

    /// The row that this transaction has just inserted, in a table with a column `version` that begins at 1.
    pub fn created(&self, id: impl Display) -> Aggregate {
        Aggregate { id: id.to_string(), version: 1 }
    }

    /// Locks the row of `table` with this id until the transaction ends and counts its `version` up; `None` where the
    /// tenant has no such row.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn advance(
        &mut self,
        table: &'static str,
        body: uuid::Uuid,
        id: impl Display,
    ) -> Result<Option<Aggregate>, Error> {
        let sql = format!("update \"{table}\" set version = version + 1 where id = $1 returning version");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(body).fetch_optional(&mut *self.tx).await.map_err(error::of)?;
        let Some(row) = row else { return Ok(None) };
        let version: i64 = row.try_get(0).map_err(error::of)?;
        Ok(Some(Aggregate { id: id.to_string(), version: version.unsigned_abs() }))
    }

    /// Tells what happened to `aggregate`. `kind` is the full name of the payload's message, `payload` its encoding.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn publish(&mut self, aggregate: Aggregate, kind: &str, payload: Vec<u8>) -> Result<Event, Error> {
        outbox::add(&mut self.tx, Some(self.tenant), aggregate, kind, payload).await
    }

    /// Whether `consumer` handles the event for the first time. Ask first, and do nothing where it is not.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn first_time(&mut self, consumer: &str, event: EventId) -> Result<bool, Error> {
        handled(&mut self.tx, consumer, event).await
    }

    /// Adds work that is done after the commit; `None` where there is work of this kind and key already.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn enqueue(&mut self, job: NewJob) -> Result<Option<saldo_kernel::JobId>, Error> {
        jobs::add(&mut self.tx, self.tenant, job).await
    }

    /// Ends the job in this transaction, so that it is done exactly where its result is kept.
    ///
    /// # Errors
    /// Another worker has the job by now (reason `LEASE_LOST`): nothing of this transaction may be kept.
    pub async fn finish(&mut self, lease: &Lease, ended: jobs::Ended) -> Result<(), Error> {
        jobs::finish(&mut self.tx, lease, ended).await
    }

    /// Asks the job of this kind and key to stop; `false` where the tenant has none that waits or runs.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn cancel(&mut self, kind: &str, key: &str) -> Result<bool, Error> {
        jobs::cancel(&mut self.tx, kind, key).await
    }

    /// The answer that a call with this key got before; see [`Repeat`].
    ///
    /// # Errors
    /// The key was used for another request (reason `IDEMPOTENCY_KEY_REUSED`).
    pub async fn repeated(&mut self, repeat: &Repeat<'_>) -> Result<Option<Vec<u8>>, Error> {
        idempotency::find(&mut self.tx, self.tenant, repeat).await
    }

    /// Keeps the answer to a call with this key.
    ///
    /// # Errors
    /// A call with the same key committed first: nothing of this transaction may be kept; ask again.
    pub async fn remember(&mut self, repeat: &Repeat<'_>, response: &[u8]) -> Result<(), Error> {
        idempotency::keep(&mut self.tx, self.tenant, repeat, response).await
    }

    /// Keeps everything.
    ///
    /// # Errors
    /// The database does not answer. Whether it was kept is then not known.
    pub async fn commit(self) -> Result<(), Error> {
        self.tx.commit().await.map_err(error::of)
    }
}

/// A transaction of the system. Dropped without [`SystemTx::commit`] it leaves nothing.
#[derive(Debug)]
pub struct SystemTx {
    tx: Transaction<'static, Postgres>,
}

impl SystemTx {
    /// Where statements run.
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// Tells what happened to something of no tenant.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn publish(&mut self, aggregate: Aggregate, kind: &str, payload: Vec<u8>) -> Result<Event, Error> {
        outbox::add(&mut self.tx, None, aggregate, kind, payload).await
    }

    /// As [`TenantTx::first_time`], for events of no tenant.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn first_time(&mut self, consumer: &str, event: EventId) -> Result<bool, Error> {
        handled(&mut self.tx, consumer, event).await
    }

    /// Keeps everything.
    ///
    /// # Errors
    /// The database does not answer. Whether it was kept is then not known.
    pub async fn commit(self) -> Result<(), Error> {
        self.tx.commit().await.map_err(error::of)
    }
}

async fn handled(connection: &mut PgConnection, consumer: &str, event: EventId) -> Result<bool, Error> {
    let sql = "insert into inbox (consumer, event_id) values ($1, $2) on conflict do nothing";
    let done = sqlx::query(sql).bind(consumer).bind(event.body()).execute(connection).await.map_err(error::of)?;
    Ok(done.rows_affected() == 1)
}

/// The workspace's column.
pub(crate) fn workspace_of(tenant: Tenant) -> Option<uuid::Uuid> {
    tenant.workspace.map(WorkspaceId::body)
}
