//! Engines that go away and come back.

use saldo_store::embedded;
use saldo_testkit::engines;

use crate::support::{Recorder, World, folder, fresh_database, kafka_at, wait_until};

/// A server of its own, which keeps what it has promised when it is killed.
fn server(folder: &std::path::Path) -> embedded::Server {
    embedded::Server::start(&embedded::Config { folder: folder.to_owned(), binaries: None, durable: true }).unwrap()
}

async fn survives_a_crash_of_postgresql(world: World, server: embedded::Server, folder: &std::path::Path) {
    let bus = world.consumer(Recorder::new("one")).await;
    world.tell(5).await;
    world.handled(2).await;
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || server.kill()).await.unwrap();
    let again = tokio::task::spawn_blocking(move || self::server(&folder)).await.unwrap();
    // Pools find out by asking.
    wait_until("the database", || async { world.store().system().await.ok() }).await;
    world.tell(5).await;
    world.handled(10).await;
    World::assert_each_once_in_order(&world.at_rest(&*bus).await, 2, 5);
    bus.stop().await;
    drop(again);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_bus_on_postgresql_survives_a_crash_of_postgresql() {
    let folder = folder();
    let server = server(folder.path());
    let world = World::on(&fresh_database(&server).await, saldo_bus::Engine::Postgres).await;
    survives_a_crash_of_postgresql(world, server, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_bus_on_kafka_survives_a_crash_of_postgresql() {
    let Some(kafka) = tokio::task::spawn_blocking(engines::Kafka::shared).await.unwrap() else { return };
    let folder = folder();
    let server = server(folder.path());
    let world = World::on(&fresh_database(&server).await, kafka_at(&kafka.bootstrap())).await;
    survives_a_crash_of_postgresql(world, server, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn events_wait_in_the_outbox_while_kafka_is_away() {
    let Some(kafka) = tokio::task::spawn_blocking(engines::Kafka::own).await.unwrap() else { return };
    let folder = folder();
    let server = server(folder.path());
    let world = World::on(&fresh_database(&server).await, kafka_at(&kafka.bootstrap())).await;
    let bus = world.consumer(Recorder::new("one")).await;
    world.tell(3).await;
    world.handled(3).await;
    let away = kafka.clone();
    tokio::task::spawn_blocking(move || away.kill()).await.unwrap();
    world.tell(3).await;
    assert_eq!(world.effects().await.len(), 3);
    let broker = kafka.clone();
    tokio::task::spawn_blocking(move || broker.start()).await.unwrap();
    // It answers some time after it has started.
    let saldo_bus::Engine::Kafka(settings) = &world.engine else { unreachable!() };
    wait_until("the broker", || async { saldo_bus::create_topics(settings, &world.topics()).await.ok() }).await;
    world.handled(6).await;
    World::assert_each_once_in_order(&world.at_rest(&*bus).await, 2, 3);
    bus.stop().await;
}
