//! A process that handles events and never finishes the third version of anything, for the tests to kill:
//! `worker DATABASE_URL SCHEMA GROUP [BROKERS]`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, unreachable_pub)]

#[path = "../tests/it/support/recorder.rs"]
mod recorder;

use std::{sync::Arc, time::Duration};

use saldo_bus::{Engine, Kafka, Options, Subscription};
use saldo_store::{Database, Source};

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, schema, group, brokers] = arguments.as_slice() else {
        panic!("worker DATABASE_URL SCHEMA GROUP BROKERS")
    };
    let source = Source::Url(url.clone());
    let options = saldo_store::Options { source, connections: 12, wait: Duration::from_secs(10) };
    let database = Database::open(&options).await.unwrap();
    let kafka = Kafka { brokers: brokers.clone(), replication: 1, ..Default::default() };
    let engine = if brokers.is_empty() { Engine::Postgres } else { Engine::Kafka(kafka) };
    let bus = saldo_bus::start(&engine, &database, Options::default()).await.unwrap();
    let mut recorder = recorder::Recorder::new("worker");
    recorder.before = Some(Box::new(|event, _| {
        let stuck = event.version == 3;
        Box::pin(async move {
            if stuck {
                println!("busy");
                std::future::pending::<()>().await;
            }
            Ok(())
        })
    }));
    let service = recorder::schema(schema);
    let topics = vec![format!("saldo.{schema}.v1")];
    let store = database.store(&service);
    bus.subscribe(Subscription { group: group.clone(), topics, store, handler: Arc::new(recorder) }).await.unwrap();
    std::future::pending::<()>().await;
}
