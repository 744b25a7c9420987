//! Processes that share the events of a group, come, go, and are killed.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
};

use futures::future::join_all;
use saldo_bus::Engine;

use crate::support::{Recorder, World, wait_until};

crate::on_each_engine! {
    processes_share_a_group_and_hand_over_without_loss_or_repetition
    what_a_killed_process_had_in_hand_is_handled_once
    a_replay_handles_again_what_happened_since_and_nothing_else
}

/// Tells of things until every one of `names` has handled something since; gives how many things.
async fn until_all_work(world: &World, names: &[&str]) -> usize {
    let (things, before) = (AtomicUsize::new(0), world.effects().await.len());
    wait_until("everyone works", || async {
        join_all((0..8).map(|_| world.tell(3))).await;
        things.fetch_add(8, Ordering::Relaxed);
        let effects = world.effects().await;
        let busy: BTreeSet<_> = effects.iter().skip(before).map(|effect| effect.by.as_str()).collect();
        names.iter().all(|name| busy.contains(name)).then_some(())
    })
    .await;
    things.into_inner()
}

async fn processes_share_a_group_and_hand_over_without_loss_or_repetition(world: World) {
    let mut things = 0;
    let one = world.consumer(Recorder::new("one")).await;
    things += until_all_work(&world, &["one"]).await;
    let two = world.consumer(Recorder::new("two")).await;
    things += until_all_work(&world, &["one", "two"]).await;
    let three = world.consumer(Recorder::new("three")).await;
    things += until_all_work(&world, &["one", "two", "three"]).await;
    two.stop().await;
    things += until_all_work(&world, &["one", "three"]).await;
    world.handled(things * 3).await;
    World::assert_each_once_in_order(&world.at_rest(&*one).await, things, 3);
    one.stop().await;
    three.stop().await;
}

/// The example `worker`, which handles events until it is killed.
struct Worker(Child);

impl Worker {
    fn start(world: &World) -> Self {
        let test = std::env::current_exe().unwrap();
        let program = test.ancestors().nth(2).unwrap().join("examples/worker");
        assert!(program.exists(), "{} is not there: build the examples", program.display());
        let brokers = if let Engine::Kafka(kafka) = &world.engine { kafka.brokers.as_str() } else { "" };
        let child = Command::new(program)
            .args([&world.url, world.service.name, &world.group(), brokers])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self(child)
    }

    /// Waits until it has an event in hand.
    fn wait_until_busy(&mut self) {
        let said = self.0.stdout.take().unwrap();
        assert!(BufReader::new(said).lines().any(|line| line.unwrap() == "busy"));
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

async fn what_a_killed_process_had_in_hand_is_handled_once(world: World) {
    let mut worker = Worker::start(&world);
    join_all((0..6).map(|_| world.tell(3))).await;
    // It never finishes a third version.
    let worker = tokio::task::spawn_blocking(move || {
        worker.wait_until_busy();
        worker
    });
    let worker = worker.await.unwrap();
    let bus = world.consumer(Recorder::new("survivor")).await;
    drop(worker);
    world.handled(18).await;
    World::assert_each_once_in_order(&world.at_rest(&*bus).await, 6, 3);
    bus.stop().await;
}

async fn a_replay_handles_again_what_happened_since_and_nothing_else(world: World) {
    let bus = world.consumer(Recorder::new("one")).await;
    join_all((0..3).map(|_| world.tell(2))).await;
    world.handled(6).await;
    let mut tx = world.store().system().await.unwrap();
    let now = sqlx::query_scalar("select clock_timestamp()").fetch_one(tx.connection()).await.unwrap();
    let since = world.tell(4).await;
    world.handled(10).await;
    drop(tx);
    bus.replay(&world.group(), now).await.unwrap();
    let effects = world.handled(14).await;
    let again: Vec<_> = effects.iter().skip(10).map(|effect| (effect.aggregate.as_str(), effect.version)).collect();
    assert_eq!(again, (1..=4).map(|version| (since.as_str(), version)).collect::<Vec<_>>());
    // What comes afterwards is handled once.
    world.tell(1).await;
    world.handled(15).await;
    assert_eq!(world.at_rest(&*bus).await.len(), 15);
    bus.stop().await;
}
