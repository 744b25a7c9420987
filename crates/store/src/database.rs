//! The database of one process: our own server or a given one, its connections, its schemas.

use std::{
    path::PathBuf,
    str::FromStr,
    sync::{Arc, Mutex},
    time::Duration,
};

use saldo_kernel::{Error, reasons};
use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    DOMAIN, Schema, State, Store, embedded, error,
    migrate::{self, Applied},
};

/// The database of our own server.
const OWN_DATABASE: &str = "saldo";

/// Which database, and how it is used.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which server.
    pub source: Source,
    /// The most connections of this process.
    pub connections: u32,
    /// How long a call waits for a connection.
    pub wait: Duration,
}

/// Which server.
#[derive(Clone, Debug)]
pub enum Source {
    /// One of our own.
    Embedded(embedded::Config),
    /// `postgres://user:password@host:port/database`, with parameters as libpq has them.
    Url(String),
}

/// A database that is connected. Clones share it.
#[derive(Clone, Debug)]
pub struct Database {
    pool: PgPool,
    connect: PgConnectOptions,
    /// Taken when it is stopped.
    server: Arc<Mutex<Option<embedded::Server>>>,
    folder: Option<PathBuf>,
}

impl Database {
    /// Starts our own server where none is given, and prepares connections; a given server need not answer yet.
    ///
    /// # Errors
    /// The server cannot be started, or the address is none.
    pub async fn open(options: &Options) -> Result<Self, Error> {
        let (server, url, folder) = match &options.source {
            Source::Url(url) => (None, url.clone(), None),
            Source::Embedded(config) => {
                let config = config.clone();
                let folder = config.folder.clone();
                let started = tokio::task::spawn_blocking(move || embedded::Server::start(&config)).await;
                let server = started
                    .map_err(|cause| Error::internal(DOMAIN, "the start of PostgreSQL broke off").caused_by(cause))??;
                make_own_database(&server).await?;
                let url = server.url(OWN_DATABASE);
                (Some(server), url, Some(folder))
            }
        };
        let connect = connect_options(&url)?;
        let pool = PgPoolOptions::new()
            .max_connections(options.connections)
            .acquire_timeout(options.wait)
            .max_lifetime(Duration::from_secs(30 * 60))
            .connect_lazy_with(connect.clone());
        Ok(Self { pool, connect, server: Arc::new(Mutex::new(server)), folder })
    }

    /// The same beside another process that works in the database: where that runs our own server, it is shared.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub async fn open_beside(options: &Options) -> Result<Self, Error> {
        if let Source::Embedded(config) = &options.source
            && let Some(url) = embedded::url_of_running(&config.folder, OWN_DATABASE)
        {
            return Self::open(&Options { source: Source::Url(url), ..options.clone() }).await;
        }
        Self::open(options).await
    }

    /// Brings `schemas` to this version.
    ///
    /// # Errors
    /// The database is away, or may not be changed so.
    pub async fn migrate(&self, schemas: &[Schema]) -> Result<Vec<Applied>, Error> {
        let mut connection = self.connection().await?;
        let applied = migrate::migrate(&mut connection, schemas).await;
        connection.close().await.map_err(error::of)?;
        applied
    }

    /// Where the schema stands that is furthest behind.
    ///
    /// # Errors
    /// The database is away.
    pub async fn state(&self, schemas: &[Schema]) -> Result<State, Error> {
        let mut connection = self.pool.acquire().await.map_err(error::of)?;
        let mut worst = State::Current;
        for schema in schemas {
            worst = match (worst, migrate::state(&mut connection, schema).await?) {
                (State::Behind, _) | (_, State::Behind) => State::Behind,
                (State::Ahead, _) | (_, State::Ahead) => State::Ahead,
                (State::Current, State::Current) => State::Current,
            };
        }
        Ok(worst)
    }

    /// The store of one schema.
    pub fn store(&self, schema: &Schema) -> Store {
        Store::new(self.pool.clone(), schema)
    }

    /// A connection of its own, outside of the pool, as the user of the address: for migrations, listening, and the whole
    /// database's matters.
    ///
    /// # Errors
    /// The database is away.
    pub async fn connection(&self) -> Result<PgConnection, Error> {
        self.connect.connect().await.map_err(error::of)
    }

    /// How to connect, for what makes its connections itself.
    pub fn connect_options(&self) -> PgConnectOptions {
        self.connect.clone()
    }

    /// Where our own server keeps its data; none for a given one.
    pub fn folder(&self) -> Option<&PathBuf> {
        self.folder.as_ref()
    }

    /// Ends the connections and stops our own server.
    pub async fn close(&self) {
        self.pool.close().await;
        let server = self.server.lock().map(|mut server| server.take()).ok().flatten();
        if let Some(server) = server {
            // Nothing waits for a defect here: the server ends with the process anyway.
            let _ = tokio::task::spawn_blocking(move || server.stop()).await;
        }
    }
}

fn connect_options(url: &str) -> Result<PgConnectOptions, Error> {
    let options = PgConnectOptions::from_str(url).map_err(|cause| {
        // The cause may quote the address, which holds a password.
        let kind = if url.contains("://") { "has a part that cannot be read" } else { "has no scheme" };
        drop(cause);
        Error::known(&reasons::CONFIG_INVALID, DOMAIN, format!("database.url {kind}."))
            .hint("Write it as postgres://user:password@host:5432/database.")
    })?;
    Ok(options.application_name("saldo"))
}

async fn make_own_database(server: &embedded::Server) -> Result<(), Error> {
    let mut connection = connect_options(&server.url("postgres"))?.connect().await.map_err(error::of)?;
    let exists = sqlx::query_scalar::<_, bool>("select exists (select from pg_database where datname = $1)");
    if !exists.bind(OWN_DATABASE).fetch_one(&mut connection).await.map_err(error::of)? {
        sqlx::query("create database saldo").execute(&mut connection).await.map_err(error::of)?;
    }
    connection.close().await.map_err(error::of)
}
