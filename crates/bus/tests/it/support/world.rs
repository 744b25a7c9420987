//! What a test has to itself.

use std::{
    collections::BTreeMap,
    os::unix::fs::PermissionsExt,
    sync::{Arc, OnceLock},
    time::Duration,
};

use saldo_bus::{Bus, Engine, Options, Subscription};
use saldo_kernel::{OrganizationId, Tenant, WorkspaceId};
use saldo_store::{Database, Schema, Source, Store, embedded};
use sqlx::{AssertSqlSafe, Connection, Executor, Row};
use uuid::Uuid;

use super::{Recorder, recorder::schema, wait_until};

/// A folder that another user may enter, as PostgreSQL does where tests run as root.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().permissions(std::fs::Permissions::from_mode(0o755)).tempdir().unwrap()
}

struct Shared {
    _folder: tempfile::TempDir,
    server: embedded::Server,
}

fn shared() -> &'static embedded::Server {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    let start = || {
        let folder = folder();
        let config = embedded::Config { folder: folder.path().to_owned(), binaries: None, durable: false };
        Shared { server: embedded::Server::start(&config).unwrap(), _folder: folder }
    };
    &SHARED.get_or_init(start).server
}

/// Quick to give up and to look again.
pub(crate) fn options() -> Options {
    Options {
        tries: 3,
        first_wait: Duration::from_millis(2),
        longest_wait: Duration::from_millis(50),
        look: Duration::from_millis(200),
        ..Options::default()
    }
}

/// Something that was handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Effect {
    pub(crate) aggregate: String,
    pub(crate) version: i64,
    pub(crate) by: String,
    pub(crate) trace: String,
}

impl Effect {
    pub(crate) fn of(row: &sqlx::postgres::PgRow) -> Self {
        Self { aggregate: row.get(0), version: row.get(1), by: row.get(2), trace: row.get(3) }
    }
}

/// A database, a service, an engine.
pub(crate) struct World {
    pub(crate) url: String,
    pub(crate) database: Database,
    pub(crate) engine: Engine,
    pub(crate) service: Schema,
    pub(crate) tenant: Tenant,
}

impl World {
    pub(crate) async fn on_postgres() -> Self {
        Self::on(&fresh_database(shared()).await, Engine::Postgres).await
    }

    /// None where Kafka is not installed.
    pub(crate) async fn on_kafka() -> Option<Self> {
        let kafka = tokio::task::spawn_blocking(saldo_testkit::engines::Kafka::shared).await.unwrap()?;
        Some(Self::on(&fresh_database(shared()).await, kafka_at(&kafka.bootstrap())).await)
    }

    pub(crate) async fn on(url: &str, engine: Engine) -> Self {
        let database = open(url).await;
        // Kafka is shared: topics and groups have names of their own.
        let id = Uuid::now_v7().simple().to_string();
        let service = schema(&format!("t{id}"));
        database.migrate(&[service, saldo_bus::SCHEMA]).await.unwrap();
        let tenant = Tenant { organization: OrganizationId::generate(), workspace: Some(WorkspaceId::generate()) };
        let world = Self { url: url.to_owned(), database, engine, service, tenant };
        if let Engine::Kafka(kafka) = &world.engine {
            saldo_bus::create_topics(kafka, &world.topics()).await.unwrap();
        }
        world
    }

    pub(crate) fn topics(&self) -> Vec<String> {
        vec![format!("saldo.{}.v1", self.service.name)]
    }

    pub(crate) fn store(&self) -> Store {
        self.database.store(&self.service)
    }

    /// Another process: connections of its own.
    pub(crate) async fn bus_with(&self, options: Options) -> Arc<dyn Bus> {
        saldo_bus::start(&self.engine, &open(&self.url).await, options).await.unwrap()
    }

    pub(crate) async fn bus(&self) -> Arc<dyn Bus> {
        self.bus_with(options()).await
    }

    pub(crate) fn group(&self) -> String {
        format!("{}.recorder", self.service.name)
    }

    /// A process that handles the events.
    pub(crate) async fn consumer(&self, recorder: Recorder) -> Arc<dyn Bus> {
        let bus = self.bus().await;
        self.subscribe(&*bus, recorder).await;
        bus
    }

    pub(crate) async fn subscribe(&self, bus: &dyn Bus, recorder: Recorder) {
        let store = open(&self.url).await.store(&self.service);
        let subscription =
            Subscription { group: self.group(), topics: self.topics(), store, handler: Arc::new(recorder) };
        bus.subscribe(subscription).await.unwrap();
    }

    /// Makes a thing and changes it until it has had so many versions: an event and a transaction each.
    pub(crate) async fn tell(&self, versions: u64) -> String {
        let body = Uuid::now_v7();
        for version in 1..=versions {
            self.tell_version(body, version).await;
        }
        body.to_string()
    }

    pub(crate) async fn tell_version(&self, body: Uuid, version: u64) {
        let mut tx = self.store().tenant(self.tenant).await.unwrap();
        let aggregate = if version == 1 {
            let made = sqlx::query("insert into things (id, org_id, workspace_id) values ($1, $2, $3)");
            let made =
                made.bind(body).bind(self.tenant.organization.body()).bind(self.tenant.workspace.unwrap().body());
            made.execute(tx.connection()).await.unwrap();
            tx.created(body)
        } else {
            tx.advance("things", body, body).await.unwrap().unwrap()
        };
        tx.publish(aggregate, &format!("saldo.{}.v1.ThingChanged", self.service.name), vec![]).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Everything that was handled, in the order in which it was.
    pub(crate) async fn effects(&self) -> Vec<Effect> {
        let mut tx = self.store().system().await.unwrap();
        let rows = sqlx::query("select aggregate, version, by, trace from effects order by n");
        rows.fetch_all(tx.connection()).await.unwrap().iter().map(Effect::of).collect()
    }

    /// Waits until so many are handled.
    pub(crate) async fn handled(&self, count: usize) -> Vec<Effect> {
        let what = format!("{count} events");
        wait_until(&what, || async { Some(self.effects().await).filter(|effects| effects.len() >= count) }).await
    }

    /// Waits until nothing is left to do, and gives everything that was handled.
    pub(crate) async fn at_rest(&self, bus: &dyn Bus) -> Vec<Effect> {
        let lag = || async { bus.lag().await.ok()?.iter().all(|lag| lag.events == 0).then_some(()) };
        wait_until("no lag", lag).await;
        self.effects().await
    }

    /// Every version of every thing was handled once, in order.
    pub(crate) fn assert_each_once_in_order(effects: &[Effect], things: usize, versions: i64) {
        let mut seen: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for effect in effects {
            seen.entry(&effect.aggregate).or_default().push(effect.version);
        }
        assert_eq!(seen.len(), things);
        for (thing, seen) in seen {
            assert_eq!(seen, (1..=versions).collect::<Vec<_>>(), "{thing}");
        }
    }
}

pub(crate) fn kafka_at(brokers: &str) -> Engine {
    Engine::Kafka(saldo_bus::Kafka { brokers: brokers.to_owned(), replication: 1, ..Default::default() })
}

pub(crate) async fn open(url: &str) -> Database {
    let options =
        saldo_store::Options { source: Source::Url(url.to_owned()), connections: 6, wait: Duration::from_secs(10) };
    Database::open(&options).await.unwrap()
}

/// A new database without anything in it.
pub(crate) async fn fresh_database(server: &embedded::Server) -> String {
    let name = format!("test_{}", Uuid::now_v7().simple());
    let mut connection = sqlx::PgConnection::connect(&server.url("postgres")).await.unwrap();
    connection.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    server.url(&name)
}
