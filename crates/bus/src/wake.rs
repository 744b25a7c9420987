//! LISTEN and NOTIFY: they only wake; whoever misses one looks again after a while.

use std::{collections::HashMap, sync::Arc, time::Duration};

use saldo_store::error_of;
use sqlx::postgres::{PgListener, PgPoolOptions};
use tokio::{sync::watch, time::sleep};

use crate::{ground::Ground, outbox::Source};

/// Told by the store when a transaction with events commits.
const EVENTS: &str = "saldo_outbox";
/// Told by the bus when members, replays or dead letters change.
const CONTROL: &str = "saldo_bus";

/// How long to wait before listening again.
const AGAIN: Duration = Duration::from_millis(500);

/// Wakes whoever waits for events, or for news of the bus itself.
#[derive(Clone, Debug)]
pub(crate) struct Wake {
    /// How often each schema has told of events; under the empty name what concerns all.
    events: watch::Sender<HashMap<String, u64>>,
    control: watch::Sender<()>,
}

impl Default for Wake {
    fn default() -> Self {
        Self { events: watch::channel(HashMap::new()).0, control: watch::channel(()).0 }
    }
}

impl Wake {
    /// Changes when there may be new events in one of these outboxes.
    pub(crate) fn events(&self, sources: &[Source]) -> Events {
        let schemas = sources.iter().map(|source| source.schema.clone()).chain([String::new()]).collect();
        Events { schemas: Some(schemas), seen: 0, told: self.events.subscribe() }
    }

    /// Changes when there may be new events anywhere.
    pub(crate) fn all_events(&self) -> Events {
        Events { schemas: None, seen: 0, told: self.events.subscribe() }
    }

    /// Changes when members, replays or dead letters may have changed.
    pub(crate) fn control(&self) -> watch::Receiver<()> {
        self.control.subscribe()
    }

    fn tell(&self, schema: &str) {
        self.events.send_modify(|told| *told.entry(schema.to_owned()).or_default() += 1);
    }
}

/// Waits for events of some outboxes.
pub(crate) struct Events {
    /// None: all of them.
    schemas: Option<Vec<String>>,
    seen: u64,
    told: watch::Receiver<HashMap<String, u64>>,
}

impl Events {
    /// Ends when there may be new ones since it did the last time.
    pub(crate) async fn changed(&mut self) {
        let (schemas, seen) = (&self.schemas, self.seen);
        let is_wanted = |schema: &String| schemas.as_ref().is_none_or(|wanted| wanted.contains(schema));
        let sum = |told: &HashMap<String, u64>| {
            told.iter().filter(|(schema, _)| is_wanted(schema)).map(|(_, count)| count).sum::<u64>()
        };
        let found = self.told.wait_for(|told| sum(told) != seen).await.map(|told| sum(&told));
        match found {
            Ok(sum) => self.seen = sum,
            // The bus has ended; whoever waits here is asked to stop.
            Err(_) => std::future::pending().await,
        }
    }
}

/// Listens until the bus stops.
pub(crate) async fn listen(ground: Arc<Ground>) {
    loop {
        tokio::select! {
            () = ground.stop.asked() => return,
            ended = listen_once(&ground) => if let Err(error) = ended {
                tracing::warn!(error = %error_of(error), "nobody wakes the bus for now; it looks by itself");
            },
        }
        tokio::select! {
            () = ground.stop.asked() => return,
            () = sleep(AGAIN) => {}
        }
    }
}

async fn listen_once(ground: &Ground) -> Result<(), sqlx::Error> {
    let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(ground.database().connect_options());
    let mut listener = PgListener::connect_with(&pool).await?;
    listener.listen_all([EVENTS, CONTROL]).await?;
    // Whatever happened before.
    ground.wake.tell("");
    ground.wake.control.send_replace(());
    while let Some(told) = listener.try_recv().await? {
        match told.channel() {
            EVENTS => ground.wake.tell(told.payload()),
            _ => ground.wake.control.send_replace(()),
        }
    }
    Ok(())
}
