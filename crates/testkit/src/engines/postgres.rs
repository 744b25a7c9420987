//! PostgreSQL: a server whose databases last as long as the test that made them.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use saldo_store::{Database, Migration, Options, Schema, Source, embedded};
use sqlx::{Connection, Executor, PgConnection, Row};

/// Processes that want the same template wait for the one that makes it.
const TEMPLATE_LOCK: i64 = 0x5a1d_7e57;

/// A running PostgreSQL. Clones are the same one.
#[derive(Clone)]
pub struct Postgres {
    url: String,
    own: Option<Arc<Own>>,
}

/// A server that the test may kill and start again.
struct Own {
    config: embedded::Config,
    server: Mutex<Option<embedded::Server>>,
}

impl Postgres {
    /// The one of all tests: `SALDO_TEST_POSTGRES=postgres://…/postgres` of a superuser, else one of this process.
    pub fn shared() -> Option<Self> {
        static SHARED: OnceLock<Option<Postgres>> = OnceLock::new();
        super::shared("SALDO_TEST_POSTGRES", &SHARED, Self::own, Self::url, Self::at)
    }

    /// One of the test's own.
    ///
    /// # Panics
    /// It is installed and does not start.
    pub fn own() -> Option<Self> {
        Self::start_own(false)
    }

    /// One of the test's own that keeps what it has acknowledged also when it is killed, as a real one does.
    ///
    /// # Panics
    /// It is installed and does not start.
    pub fn own_and_durable() -> Option<Self> {
        Self::start_own(true)
    }

    /// Ends it as a crash does (`kill -9`).
    ///
    /// # Panics
    /// It is shared, or does not run.
    pub fn kill(&self) {
        self.running().take().expect("it runs").kill();
    }

    /// Starts it again.
    ///
    /// # Panics
    /// It is shared, or does not start.
    pub fn start(&self) {
        let own = self.own.as_ref().expect("it is the test's own");
        *self.running() = Some(embedded::Server::start(&own.config).expect("PostgreSQL starts again"));
    }

    fn running(&self) -> MutexGuard<'_, Option<embedded::Server>> {
        let own = self.own.as_ref().expect("a PostgreSQL that other tests use is not stopped");
        own.server.lock().expect("no test panicked with it")
    }

    fn start_own(durable: bool) -> Option<Self> {
        let config = embedded::Config { folder: super::scratch::folder("postgres"), binaries: None, durable };
        match embedded::Server::start(&config) {
            Ok(server) => {
                let url = server.url("postgres");
                Some(Self { url, own: Some(Arc::new(Own { config, server: Mutex::new(Some(server)) })) })
            }
            Err(error) if error.reason.as_str() == "DATABASE_NOT_FOUND" => {
                super::missing("PostgreSQL");
                None
            }
            Err(error) => panic!("PostgreSQL did not start: {error}"),
        }
    }

    fn at(url: &str) -> Self {
        Self { url: url.to_owned(), own: None }
    }

    /// The address of its database `postgres`, as a superuser.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// The address of a new database with nothing in it.
    pub async fn empty_database(&self) -> String {
        self.copy("template1").await
    }

    /// The address of a new database with these schemas, as this version has them.
    pub async fn database(&self, schemas: &[Schema]) -> String {
        let template = format!("template_{:016x}", fingerprint(schemas));
        self.on_server(async |connection| {
            // A session's lock: making a database is not possible in a transaction.
            let lock = sqlx::query("select pg_advisory_lock($1)").bind(TEMPLATE_LOCK);
            lock.execute(&mut *connection).await.expect("the lock");
            let exists = sqlx::query_scalar::<_, bool>("select exists (select from pg_database where datname = $1)");
            if !exists.bind(&template).fetch_one(&mut *connection).await.expect("an answer") {
                let unfinished = format!("{template}_unfinished");
                execute(connection, format!("drop database if exists {unfinished} with (force)")).await;
                execute(connection, format!("create database {unfinished}")).await;
                migrate(&self.url_of(&unfinished), schemas).await;
                execute(connection, format!("alter database {unfinished} rename to {template}")).await;
            }
        })
        .await;
        self.copy(&template).await
    }

    /// A new database as a copy. Those of test processes that have ended are dropped.
    async fn copy(&self, template: &str) -> String {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        self.on_server(async |connection| {
            for old in left_behind(connection).await {
                // Another process may be about to do the same.
                let sql = format!("drop database if exists {old} with (force)");
                let _ = connection.execute(sqlx::AssertSqlSafe(sql)).await;
            }
            execute(connection, format!("create database {name} template {template}")).await;
        })
        .await;
        self.url_of(&name)
    }

    async fn on_server<F: AsyncFnOnce(&mut PgConnection)>(&self, work: F) {
        let mut connection = PgConnection::connect(&self.url).await.expect("PostgreSQL answers");
        work(&mut connection).await;
        connection.close().await.expect("the connection ends");
    }

    fn url_of(&self, database: &str) -> String {
        let (place, parameters) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let (server, _) = place.rsplit_once('/').expect("the address names a database");
        format!("{server}/{database}?{parameters}")
    }
}

/// The databases of processes that are no more.
async fn left_behind(connection: &mut PgConnection) -> Vec<String> {
    let rows = connection.fetch_all("select datname::text from pg_database where datname like 'test\\_%'").await;
    let names = rows.expect("the databases").into_iter().map(|row| row.get::<String, _>(0));
    let lives = |name: &str| name.split('_').nth(1).is_some_and(|id| Path::new("/proc").join(id).exists());
    names.filter(|name| !lives(name)).collect()
}

async fn migrate(url: &str, schemas: &[Schema]) {
    let options = Options { source: Source::Url(url.to_owned()), connections: 1, wait: Duration::from_secs(30) };
    let database = Database::open(&options).await.expect("the address fits");
    database.migrate(schemas).await.expect("it can be migrated");
    database.close().await;
}

async fn execute(connection: &mut PgConnection, sql: String) {
    connection.execute(sqlx::AssertSqlSafe(sql)).await.expect("the statement");
}

/// Differs where a migration does; the program stands for the migrations that all schemas share. (This hash has no seed.)
fn fingerprint(schemas: &[Schema]) -> u64 {
    let mut hasher = DefaultHasher::new();
    env::current_exe().and_then(fs::metadata).and_then(|file| file.modified()).expect("the program").hash(&mut hasher);
    for schema in schemas {
        (schema.name, schema.of_service).hash(&mut hasher);
        for Migration { version, name, sql } in schema.migrations {
            (version, name, sql).hash(&mut hasher);
        }
    }
    hasher.finish()
}
