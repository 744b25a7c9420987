//! One event and one group: tried in a transaction, tried again, parked.

use std::{panic::AssertUnwindSafe, sync::Arc};

use futures::FutureExt;
use saldo_kernel::{Error, Event, Kind};
use saldo_store::Stop;
use tokio::time::{sleep, timeout};
use tracing::{Instrument, Span};

use crate::{DOMAIN, Subscription, ground::Ground};

/// How the delivery of an event ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is handled, or parked: the group goes on.
    Settled,
    /// Someone asked to stop before it was; it comes again.
    Stopped,
}

/// Delivers events to one group.
pub(crate) struct Delivery {
    pub(crate) subscription: Subscription,
    pub(crate) ground: Arc<Ground>,
}

impl Delivery {
    /// Delivers an event as often as it takes. `consumer` is the group's name in the inbox.
    pub(crate) async fn deliver(&self, event: &Event, consumer: &str, stop: &Stop) -> Outcome {
        let (mut failures, mut tries) = (0_u32, 0);
        loop {
            let Err(error) = self.try_once(event, consumer).await else { return Outcome::Settled };
            failures = failures.saturating_add(1);
            // An event is not to blame for what is away.
            tries += u32::from(error.kind != Kind::Unavailable);
            if tries >= self.ground.options.tries {
                match self.ground.letters.park(&self.subscription.group, event, tries, &error).await {
                    Ok(()) => {
                        tracing::error!(group = self.subscription.group, event = %event.id, kind = event.kind, %error, tries, "an event is parked");
                        return Outcome::Settled;
                    }
                    Err(parking) => {
                        tracing::warn!(event = %event.id, error = %parking, "an event cannot be parked yet");
                    }
                }
            }
            tokio::select! {
                () = stop.asked() => return Outcome::Stopped,
                () = sleep(self.ground.options.wait(failures)) => {}
            }
        }
    }

    /// Tries once, in a span that continues the trace of who published the event.
    pub(crate) async fn try_once(&self, event: &Event, consumer: &str) -> Result<(), Error> {
        let span = span(event, &self.subscription.group);
        let tried = async {
            let tried = self.limited(event, consumer).await;
            if let Err(error) = &tried {
                tracing::warn!(%error, source = error.source.as_deref().map(tracing::field::display), "an event was not handled");
            }
            tried
        };
        tried.instrument(span).await
    }

    async fn limited(&self, event: &Event, consumer: &str) -> Result<(), Error> {
        let closed = |_| Error::internal(DOMAIN, "the bus has ended");
        let _turn = self.ground.turns.acquire().await.map_err(closed)?;
        let work = AssertUnwindSafe(self.in_transaction(event, consumer)).catch_unwind();
        let limit = self.ground.options.try_limit;
        match timeout(limit, work).await {
            Ok(Ok(done)) => done,
            Ok(Err(_)) => Err(Error::internal(DOMAIN, "the handler panicked")),
            Err(_) => Err(Error::internal(DOMAIN, format!("the handler took longer than {} s", limit.as_secs_f32()))),
        }
    }

    /// The note that the event is handled comes first: who handles it at the same time waits for us, then skips it.
    async fn in_transaction(&self, event: &Event, consumer: &str) -> Result<(), Error> {
        let Subscription { store, handler, .. } = &self.subscription;
        match event.tenant {
            Some(tenant) => {
                let mut tx = store.tenant(tenant).await?;
                if tx.first_time(consumer, event.id).await? {
                    handler.handle(event, &mut tx).await?;
                    tx.commit().await?;
                }
            }
            None => {
                let mut tx = store.system().await?;
                if tx.first_time(consumer, event.id).await? {
                    handler.handle_system(event, &mut tx).await?;
                    tx.commit().await?;
                }
            }
        }
        Ok(())
    }
}

/// The span in which an event is handled.
pub(crate) fn span(event: &Event, group: &str) -> Span {
    let span = tracing::info_span!(
        "event",
        otel.name = format!("{} {group}", event.kind),
        otel.kind = "consumer",
        group,
        kind = event.kind,
        event = %event.id,
        organization = event.tenant.map(|tenant| tracing::field::display(tenant.organization)),
        workspace = event.tenant.and_then(|tenant| tenant.workspace).map(tracing::field::display),
        aggregate = event.aggregate,
        version = event.version,
    );
    saldo_store::continue_trace(&span, event.traceparent.as_deref());
    span
}
