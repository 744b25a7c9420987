//! Dead letters that someone wants tried again, whichever engine carried them.

use std::sync::Arc;

use saldo_kernel::Error;
use tokio::time::sleep;

use crate::{delivery::Delivery, replays::Group};

/// Tries what waits for it until the bus stops. One try each: what fails is parked again.
pub(crate) async fn run(delivery: Arc<Delivery>) {
    let ground = &delivery.ground;
    let mut control = ground.wake.control();
    loop {
        control.mark_unchanged();
        if let Err(error) = all(&delivery).await {
            tracing::warn!(group = delivery.subscription.group, %error, "dead letters cannot be tried again yet");
        }
        tokio::select! {
            () = ground.stop.asked() => return,
            _ = control.changed() => {}
            () = sleep(ground.options.look) => {}
        }
    }
}

async fn all(delivery: &Delivery) -> Result<(), Error> {
    let (ground, group) = (&delivery.ground, &delivery.subscription.group);
    // Longer than a try takes, so that two processes do not try the same.
    let hold = ground.options.try_limit * 2;
    while !ground.stop.is_asked() {
        let Some(letter) = ground.letters.claim(group, hold).await? else { break };
        let known = Group::of(ground.begin().await?.connection(), group).await?;
        let consumer = known.consumer(&letter.event);
        match delivery.try_once(&letter.event, &consumer).await {
            Ok(()) => ground.letters.settled(letter.id).await?,
            Err(error) => ground.letters.park(group, &letter.event, 1, &error).await?,
        }
    }
    Ok(())
}
