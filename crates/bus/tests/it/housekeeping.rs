//! What is kept and what is let go of.

use std::{sync::Arc, time::Duration};

use saldo_bus::Options;
use tokio::sync::Notify;

use crate::support::{Recorder, World, options};

crate::on_each_engine! {
    an_outbox_lets_go_of_what_everyone_has
}

async fn rows(world: &World) -> i64 {
    let mut tx = world.store().system().await.unwrap();
    sqlx::query_scalar("select count(*) from outbox").fetch_one(tx.connection()).await.unwrap()
}

async fn an_outbox_lets_go_of_what_everyone_has(world: World) {
    let go = Arc::new(Notify::new());
    let mut recorder = Recorder::new("one");
    let goes = go.clone();
    recorder.before = Some(Box::new(move |event, _| {
        let (waits, go) = (event.version == 3, goes.clone());
        Box::pin(async move {
            if waits {
                go.notified().await;
            }
            Ok(())
        })
    }));
    let bus = world.consumer(recorder).await;
    world.tell(2).await;
    world.handled(2).await;
    world.at_rest(&*bus).await;
    // What is not old is kept.
    assert_eq!((bus.prune().await.unwrap(), rows(&world).await), (0, 2));
    let sweeper = world.bus_with(Options { keep: Duration::ZERO, ..options() }).await;
    sweeper.prune().await.unwrap();
    assert_eq!(rows(&world).await, 0);
    let thing = world.tell(3).await;
    world.handled(4).await;
    // On PostgreSQL the event that is in hand is still needed; Kafka has it already.
    sweeper.prune().await.unwrap();
    go.notify_one();
    let effects = world.handled(5).await;
    assert_eq!(effects.last().map(|effect| (effect.aggregate.as_str(), effect.version)), Some((thing.as_str(), 3)));
    world.at_rest(&*bus).await;
    sweeper.prune().await.unwrap();
    assert_eq!(rows(&world).await, 0);
    for bus in [bus, sweeper] {
        bus.stop().await;
    }
}
