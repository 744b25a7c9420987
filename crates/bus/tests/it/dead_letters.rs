//! Events that cannot be handled.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use saldo_bus::{Bus, Choice, DeadLetter};
use saldo_kernel::{Error, reasons};

use crate::support::{Recorder, World, wait_until};

crate::on_each_engine! {
    a_poison_event_is_parked_and_later_ones_pass
    a_parked_event_is_handled_after_all_when_it_is_replayed
    a_parked_event_that_is_dropped_is_gone
    what_is_away_parks_nothing
}

/// Refuses second versions while `poisoned`.
fn refusing(poisoned: Arc<AtomicBool>) -> Recorder {
    let mut recorder = Recorder::new("one");
    recorder.before = Some(Box::new(move |event, _| {
        let refused = event.version == 2 && poisoned.load(Ordering::SeqCst);
        let error = Error::internal("saldo.test", "it is poison");
        Box::pin(async move { if refused { Err(error) } else { Ok(()) } })
    }));
    recorder
}

async fn parked(bus: &dyn Bus) -> DeadLetter {
    let letters = || async {
        bus.dead_letters().list(&Choice::All, 0, 10).await.unwrap().into_iter().find(|one| !one.waits_for_replay)
    };
    wait_until("a dead letter", letters).await
}

async fn a_poison_event_is_parked_and_later_ones_pass(world: World) {
    let bus = world.consumer(refusing(Arc::new(AtomicBool::new(true)))).await;
    let thing = world.tell(4).await;
    let effects = world.handled(3).await;
    assert_eq!(effects.iter().map(|effect| effect.version).collect::<Vec<_>>(), [1, 3, 4]);
    let letter = parked(&*bus).await;
    assert_eq!((letter.event.aggregate.as_str(), letter.event.version), (thing.as_str(), 2));
    assert_eq!((letter.group, letter.tries, letter.reason.as_str()), (world.group(), 3, "INTERNAL"));
    assert_eq!(letter.event.tenant, Some(world.tenant));
    assert_eq!(world.at_rest(&*bus).await.len(), 3);
    bus.stop().await;
}

async fn a_parked_event_is_handled_after_all_when_it_is_replayed(world: World) {
    let poisoned = Arc::new(AtomicBool::new(true));
    let bus = world.consumer(refusing(poisoned.clone())).await;
    world.tell(3).await;
    let letter = parked(&*bus).await;
    // Still poison: it is tried once more and parked again.
    assert_eq!(bus.dead_letters().replay(&Choice::One(letter.id)).await.unwrap(), 1);
    wait_until("one more try", || async { (parked(&*bus).await.tries == letter.tries + 1).then_some(()) }).await;
    poisoned.store(false, Ordering::SeqCst);
    assert_eq!(bus.dead_letters().replay(&Choice::Group(world.group())).await.unwrap(), 1);
    let effects = world.handled(3).await;
    assert_eq!(effects.iter().map(|effect| effect.version).collect::<Vec<_>>(), [1, 3, 2]);
    let gone = || async { bus.dead_letters().list(&Choice::All, 0, 10).await.unwrap().is_empty().then_some(()) };
    wait_until("no dead letters", gone).await;
    bus.stop().await;
}

async fn a_parked_event_that_is_dropped_is_gone(world: World) {
    let bus = world.consumer(refusing(Arc::new(AtomicBool::new(true)))).await;
    world.tell(2).await;
    let letter = parked(&*bus).await;
    let letters = bus.dead_letters();
    assert_eq!(letters.show(letter.id).await.unwrap().event, letter.event);
    assert_eq!(letters.drop(&Choice::One(letter.id)).await.unwrap(), 1);
    let gone = letters.show(letter.id).await.unwrap_err();
    assert_eq!(gone.reason.as_str(), reasons::DEAD_LETTER_NOT_FOUND.name);
    assert_eq!(letters.drop(&Choice::One(letter.id)).await.unwrap_err().reason, gone.reason);
    assert_eq!(letters.replay(&Choice::All).await.unwrap(), 0);
    assert_eq!(world.effects().await.len(), 1);
    bus.stop().await;
}

async fn what_is_away_parks_nothing(world: World) {
    let mut recorder = Recorder::new("one");
    recorder.before = Some(Box::new(|_, tries| {
        let away = Error::known(&reasons::SERVICE_UNAVAILABLE, "saldo.test", "away");
        // More often than an event is tried that is to blame itself.
        Box::pin(async move { if tries < 6 { Err(away) } else { Ok(()) } })
    }));
    let bus = world.consumer(recorder).await;
    world.tell(1).await;
    world.handled(1).await;
    assert!(bus.dead_letters().list(&Choice::All, 0, 10).await.unwrap().is_empty());
    bus.stop().await;
}
