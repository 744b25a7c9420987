//! How many events a second go through outbox and bus, and how long one takes from its commit to its handler:
//! `throughput postgres | HOST:PORT`. Its PostgreSQL is one of its own; each event is a transaction of its own, as are its
//! handling and the note that it was handled.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use futures::future::join_all;
use saldo_bus::{Engine, Handler, Kafka, Options, Subscription};
use saldo_kernel::{Error, Event, OrganizationId, Tenant, WorkspaceId};
use saldo_store::{Database, Migration, Schema, Source, TenantTx, embedded};
use tokio::sync::Notify;
use uuid::Uuid;

/// How many events are published as fast as it goes, by so many at the same time.
const MANY: usize = 10_000;
const PUBLISHERS: usize = 8;
/// How many are published one by one, at this pace, for the time that one takes.
const FEW: usize = 1_000;
const PACE: Duration = Duration::from_millis(5);

const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    name: "things",
    sql: "create table things (id uuid primary key, org_id uuid not null, version bigint not null default 1); \
          call saldo.tenant_table('things');",
}];

/// Notes when an event was handled.
#[derive(Default)]
struct Clock {
    handled: Mutex<HashMap<String, Instant>>,
    more: Notify,
}

#[async_trait]
impl Handler for Clock {
    async fn handle(&self, event: &Event, _tx: &mut TenantTx) -> Result<(), Error> {
        self.handled.lock().unwrap().insert(event.aggregate.clone(), Instant::now());
        self.more.notify_waiters();
        Ok(())
    }
}

impl Clock {
    async fn has(&self, count: usize) {
        loop {
            let more = self.more.notified();
            if self.handled.lock().unwrap().len() >= count {
                return;
            }
            more.await;
        }
    }
}

struct Publisher {
    database: Database,
    service: Schema,
    tenant: Tenant,
}

impl Publisher {
    /// Publishes an event; gives its aggregate and when it was committed.
    async fn publish(&self) -> (String, Instant) {
        let body = Uuid::now_v7();
        let mut tx = self.database.store(&self.service).tenant(self.tenant).await.unwrap();
        let made = sqlx::query("insert into things (id, org_id) values ($1, $2)");
        let made = made.bind(body).bind(self.tenant.organization.body());
        made.execute(tx.connection()).await.unwrap();
        let aggregate = tx.created(body);
        tx.publish(aggregate, &format!("saldo.{}.v1.ThingMade", self.service.name), vec![0; 64]).await.unwrap();
        tx.commit().await.unwrap();
        (body.to_string(), Instant::now())
    }
}

#[tokio::main]
async fn main() {
    let engine = match std::env::args().nth(1).as_deref() {
        Some("postgres") => Engine::Postgres,
        Some(brokers) => Engine::Kafka(Kafka { brokers: brokers.to_owned(), replication: 1, ..Default::default() }),
        None => panic!("throughput postgres | HOST:PORT"),
    };
    let folder = place();
    let server = embedded::Config { folder: folder.path().to_owned(), binaries: None, durable: true };
    let options =
        saldo_store::Options { source: Source::Embedded(server), connections: 30, wait: Duration::from_secs(30) };
    let database = Database::open(&options).await.unwrap();
    let service = Schema::of_service(Box::leak(format!("b{}", Uuid::now_v7().simple()).into_boxed_str()), MIGRATIONS);
    database.migrate(&[service, saldo_bus::SCHEMA]).await.unwrap();
    let topics = vec![format!("saldo.{}.v1", service.name)];
    if let Engine::Kafka(kafka) = &engine {
        saldo_bus::create_topics(kafka, &topics).await.unwrap();
    }
    let bus = saldo_bus::start(&engine, &database, Options::default()).await.unwrap();
    let clock = Arc::new(Clock::default());
    let (group, store) = (format!("{}.bench", service.name), database.store(&service));
    bus.subscribe(Subscription { group, topics, store, handler: clock.clone() }).await.unwrap();
    let tenant = Tenant { organization: OrganizationId::generate(), workspace: Some(WorkspaceId::generate()) };
    let publisher = Publisher { database: database.clone(), service, tenant };
    publisher.publish().await;
    clock.has(1).await;

    let start = Instant::now();
    join_all((0..PUBLISHERS).map(|_| async {
        for _ in 0..MANY / PUBLISHERS {
            publisher.publish().await;
        }
    }))
    .await;
    let published = start.elapsed();
    clock.has(1 + MANY).await;
    let handled = start.elapsed();

    let (mut committed, mut pace) = (Vec::new(), tokio::time::interval(PACE));
    for _ in 0..FEW {
        pace.tick().await;
        committed.push(publisher.publish().await);
    }
    clock.has(1 + MANY + FEW).await;
    let mut times: Vec<Duration> = {
        let handled = clock.handled.lock().unwrap();
        committed.iter().map(|(thing, at)| handled[thing].saturating_duration_since(*at)).collect()
    };
    times.sort();
    let rate = |time: Duration| MANY as f64 / time.as_secs_f64();
    let millis = |of_100: usize| times[(times.len() - 1) * of_100 / 100].as_secs_f64() * 1_000.0;
    println!("{:.0} {:.0} {:.2} {:.2}", rate(published), rate(handled), millis(50), millis(99));
    bus.stop().await;
    database.close().await;
}

/// A folder that another user may enter, as PostgreSQL does where this runs as root.
fn place() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new().permissions(std::fs::Permissions::from_mode(0o755)).tempdir().unwrap()
}
