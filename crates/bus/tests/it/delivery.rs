//! Order, repetition, traces.

use std::sync::Arc;

use futures::future::join_all;
use saldo_bus::Listener;
use saldo_kernel::{Error, Event};
use tokio::sync::{Mutex, Notify};
use tracing::Instrument;
use uuid::Uuid;

use crate::support::{Recorder, World, wait_until};

crate::on_each_engine! {
    events_of_a_thing_are_handled_in_order_and_once
    transactions_that_commit_out_of_order_lose_no_event
    versions_keep_their_order_whichever_transaction_began_first
    what_fails_leaves_nothing_and_is_tried_again
    a_handler_that_panics_is_tried_again
    a_handler_at_work_finishes_before_the_bus_stops
    every_process_hears_every_event_from_now_on
    handling_continues_the_trace_of_the_publisher
    a_new_group_begins_with_what_is_kept
}

async fn events_of_a_thing_are_handled_in_order_and_once(world: World) {
    let bus = world.consumer(Recorder::new("one")).await;
    join_all((0..10).map(|_| world.tell(8))).await;
    world.handled(80).await;
    World::assert_each_once_in_order(&world.at_rest(&*bus).await, 10, 8);
    bus.stop().await;
}

async fn transactions_that_commit_out_of_order_lose_no_event(world: World) {
    let bus = world.consumer(Recorder::new("one")).await;
    world.tell(1).await;
    world.handled(1).await;
    // Its row has the smaller id and transaction, and commits last.
    let (early, store) = (Uuid::now_v7(), world.store());
    let mut tx = store.tenant(world.tenant).await.unwrap();
    let aggregate = tx.created(early);
    let kind = format!("saldo.{}.v1.ThingChanged", world.service.name);
    tx.publish(aggregate, &kind, vec![]).await.unwrap();
    join_all((0..5).map(|_| world.tell(1))).await;
    // Whoever would go past it has had the time to.
    wait_until("a look at the late ones", || async {
        (bus.lag().await.ok()?.iter().any(|lag| lag.events >= 5)).then_some(())
    })
    .await;
    tx.commit().await.unwrap();
    let effects = world.handled(7).await;
    assert!(effects.iter().any(|effect| effect.aggregate == early.to_string()));
    World::assert_each_once_in_order(&world.at_rest(&*bus).await, 7, 1);
    bus.stop().await;
}

async fn versions_keep_their_order_whichever_transaction_began_first(world: World) {
    let bus = world.consumer(Recorder::new("one")).await;
    let (thing, other, store) = (Uuid::now_v7(), Uuid::now_v7(), world.store());
    world.tell_version(thing, 1).await;
    let write = "insert into effects (org_id, aggregate, version, by, trace) values ($1, '', 0, '', '')";
    let organization = world.tenant.organization.body();
    // The first has its number before the one of version 2, and tells of version 3.
    let (mut first, mut between) =
        (store.tenant(world.tenant).await.unwrap(), store.tenant(world.tenant).await.unwrap());
    for tx in [&mut first, &mut between] {
        sqlx::query(write).bind(organization).execute(tx.connection()).await.unwrap();
    }
    world.tell_version(thing, 2).await;
    let kind = format!("saldo.{}.v1.ThingChanged", world.service.name);
    let third = first.advance("things", thing, thing).await.unwrap().unwrap();
    first.publish(third, &kind, vec![]).await.unwrap();
    let aggregate = first.created(other);
    first.publish(aggregate, &kind, vec![]).await.unwrap();
    first.commit().await.unwrap();
    // What the first told is out, but for what must wait for version 2, which the one between holds up.
    let is_out = || async { world.effects().await.iter().any(|one| one.aggregate == other.to_string()).then_some(()) };
    wait_until("the other thing", is_out).await;
    between.commit().await.unwrap();
    wait_until("version 3", || async { world.effects().await.iter().any(|one| one.version == 3).then_some(()) }).await;
    let effects = world.at_rest(&*bus).await;
    let versions: Vec<_> =
        effects.iter().filter(|one| one.aggregate == thing.to_string()).map(|one| one.version).collect();
    assert_eq!(versions, [1, 2, 3]);
    bus.stop().await;
}

async fn what_fails_leaves_nothing_and_is_tried_again(world: World) {
    let mut recorder = Recorder::new("one");
    recorder.before = Some(Box::new(|event, tries| {
        let error = Error::internal("saldo.test", "not yet");
        let fails = event.version == 2 && tries < 3;
        Box::pin(async move { if fails { Err(error) } else { Ok(()) } })
    }));
    let bus = world.consumer(recorder).await;
    world.tell(4).await;
    world.handled(4).await;
    World::assert_each_once_in_order(&world.at_rest(&*bus).await, 1, 4);
    bus.stop().await;
}

async fn a_handler_that_panics_is_tried_again(world: World) {
    let mut recorder = Recorder::new("one");
    recorder.before = Some(Box::new(|_, tries| {
        Box::pin(async move {
            assert!(tries > 1, "a panic on purpose");
            Ok(())
        })
    }));
    let bus = world.consumer(recorder).await;
    world.tell(2).await;
    world.handled(2).await;
    World::assert_each_once_in_order(&world.at_rest(&*bus).await, 1, 2);
    bus.stop().await;
}

async fn a_handler_at_work_finishes_before_the_bus_stops(world: World) {
    let (begun, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let mut recorder = Recorder::new("first");
    let (begins, goes) = (begun.clone(), go.clone());
    recorder.before = Some(Box::new(move |_, _| {
        let (begun, go) = (begins.clone(), goes.clone());
        Box::pin(async move {
            begun.notify_one();
            go.notified().await;
            Ok(())
        })
    }));
    let bus = world.consumer(recorder).await;
    world.tell(2).await;
    begun.notified().await;
    let stopping = tokio::spawn({
        let bus = bus.clone();
        async move { bus.stop().await }
    });
    // It waits for the handler, and begins no other.
    tokio::task::yield_now().await;
    assert!(!stopping.is_finished());
    go.notify_one();
    stopping.await.unwrap();
    assert_eq!(world.effects().await.len(), 1);
    let next = world.consumer(Recorder::new("second")).await;
    let effects = world.handled(2).await;
    assert_eq!(
        effects.iter().map(|effect| (effect.version, effect.by.as_str())).collect::<Vec<_>>(),
        [(1, "first"), (2, "second")]
    );
    next.stop().await;
}

struct Heard(Mutex<Vec<String>>);

#[async_trait::async_trait]
impl Listener for Heard {
    async fn hear(&self, event: &Event) {
        self.0.lock().await.push(event.aggregate.clone());
    }
}

async fn every_process_hears_every_event_from_now_on(world: World) {
    let buses = [world.bus().await, world.bus().await];
    world.tell(1).await;
    // On Kafka it is past only once it is relayed.
    wait_until("the first event is out", || async { world.at_rest(&*buses[0]).await.is_empty().then_some(()) }).await;
    let heard = [(), ()].map(|()| Arc::new(Heard(Mutex::default())));
    for (bus, heard) in buses.iter().zip(&heard) {
        bus.subscribe_all(&world.topics(), heard.clone()).await.unwrap();
    }
    let things = join_all((0..5).map(|_| world.tell(1))).await;
    for heard in &heard {
        wait_until("all that happened", || async { (heard.0.lock().await.len() >= 5).then_some(()) }).await;
        let mut heard = heard.0.lock().await.clone();
        let mut things = things.clone();
        heard.sort();
        things.sort();
        assert_eq!(heard, things);
    }
    for bus in &buses {
        bus.stop().await;
    }
}

async fn handling_continues_the_trace_of_the_publisher(world: World) {
    traced();
    let bus = world.consumer(Recorder::new("one")).await;
    let span = tracing::info_span!("publisher");
    let published = async {
        world.tell(1).await;
        saldo_store::current_trace_id()
    };
    let trace = published.instrument(span).await;
    assert_eq!(trace.len(), 32);
    assert_eq!(world.handled(1).await[0].trace, trace);
    bus.stop().await;
}

async fn a_new_group_begins_with_what_is_kept(world: World) {
    world.tell(3).await;
    let bus = world.consumer(Recorder::new("late")).await;
    world.handled(3).await;
    World::assert_each_once_in_order(&world.at_rest(&*bus).await, 1, 3);
    bus.stop().await;
}

/// Spans have ids from now on, as in the program.
fn traced() {
    use opentelemetry::trace::TracerProvider;
    use tracing_subscriber::layer::SubscriberExt;
    let provider = opentelemetry_sdk::trace::SdkTracerProvider::builder().build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("test"));
    // Another test of this process may have done so.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::Registry::default().with(layer));
}
