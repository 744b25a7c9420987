//! What everything of one bus stands on: the database, the wake-up, the way to stop.

use std::{future::Future, sync::Mutex};

use saldo_kernel::Error;
use saldo_store::{Database, Migration, Schema, Stop, Store, SystemTx};
use sqlx::{Executor, PgConnection};
use tokio::{sync::Semaphore, task::JoinSet};

use crate::{DOMAIN, DeadLetters, Options, wake::Wake};

/// The schema of the bus, for `saldo migrate`.
pub const SCHEMA: Schema = Schema {
    name: saldo_store::BUS,
    migrations: &[Migration {
        version: 1,
        name: "groups, cursors, dead letters",
        sql: include_str!("../migrations/0001_bus.sql"),
    }],
    of_service: false,
};

/// Shared by all tasks of one bus.
pub(crate) struct Ground {
    pub(crate) options: Options,
    pub(crate) stop: Stop,
    pub(crate) letters: DeadLetters,
    pub(crate) wake: Wake,
    /// One for each event that may be handled at the same time.
    pub(crate) turns: Semaphore,
    pub(crate) store: Store,
    database: Database,
    tasks: Mutex<JoinSet<()>>,
}

impl Ground {
    pub(crate) fn new(database: &Database, options: Options) -> Self {
        let store = database.store(&SCHEMA);
        Self {
            options,
            stop: Stop::default(),
            letters: DeadLetters::new(store.clone()),
            wake: Wake::default(),
            turns: Semaphore::new(options.handlers.max(1)),
            store,
            database: database.clone(),
            tasks: Mutex::default(),
        }
    }

    /// A connection that lasts, with the rights of the bus: what it locks is free as soon as this process is gone.
    pub(crate) async fn connection(&self) -> Result<PgConnection, Error> {
        let mut connection = self.database.connection().await?;
        let own = sqlx::raw_sql("set role saldo_bus_system; set search_path = bus");
        connection.execute(own).await.map_err(saldo_store::error_of)?;
        Ok(connection)
    }

    /// A connection that only listens.
    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    pub(crate) async fn begin(&self) -> Result<SystemTx, Error> {
        self.store.system().await
    }

    /// Runs a task until it ends by itself, which it does soon after the wish to stop.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) -> Result<(), Error> {
        let mut tasks = self.tasks.lock().map_err(|_| Error::internal(DOMAIN, "a task of the bus panicked"))?;
        tasks.spawn(task);
        Ok(())
    }

    /// Asks every task to stop and waits for the last one.
    pub(crate) async fn end(&self) {
        self.stop.ask();
        loop {
            let mut tasks = match self.tasks.lock() {
                Ok(mut tasks) => std::mem::take(&mut *tasks),
                Err(_) => return,
            };
            if tasks.is_empty() {
                return;
            }
            while let Some(ended) = tasks.join_next().await {
                if let Err(error) = ended {
                    tracing::error!(%error, "a task of the bus broke off");
                }
            }
        }
    }
}
