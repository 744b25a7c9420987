//! Every event to this process, from now on.

use std::sync::Arc;

use saldo_kernel::Error;
use tokio::time::sleep;
use tracing::Instrument;

use crate::{
    Listener,
    delivery::span,
    ground::Ground,
    outbox::{self, PARTITIONS, Position, SOON, SOON_AT_MOST, Source},
    wake::Events,
};

/// How many rows are read at once.
const BATCH: usize = 256;

/// One listener and how far it has heard, in memory only.
pub(super) struct Broadcast {
    ground: Arc<Ground>,
    events: Events,
    sources: Vec<(Source, Position)>,
    listener: Arc<dyn Listener>,
}

impl Broadcast {
    /// Whatever commits after this returns is heard.
    pub(super) async fn begin(
        ground: Arc<Ground>,
        sources: Vec<Source>,
        listener: Arc<dyn Listener>,
    ) -> Result<Self, Error> {
        let events = ground.wake.events(&sources);
        let now = Position::at(outbox::horizon(ground.begin().await?.connection()).await?);
        let sources = sources.into_iter().map(|source| (source, now)).collect();
        Ok(Self { ground, events, sources, listener })
    }

    /// Tells the listener until the bus stops.
    pub(super) async fn run(mut self) {
        let (mut failures, mut soon) = (0, SOON);
        loop {
            let (ground, stop) = (self.ground.clone(), self.ground.stop.clone());
            let heard = self.hear().await;
            soon = if matches!(heard, Ok(true)) { (soon * 2).min(SOON_AT_MOST) } else { SOON };
            let wait = match heard {
                Ok(true) => soon,
                Ok(false) => ground.options.look,
                Err(error) => {
                    failures += 1;
                    tracing::warn!(%error, "a listener hears nothing for now");
                    ground.options.wait(failures).min(ground.options.look)
                }
            };
            tokio::select! {
                () = stop.asked() => return,
                () = self.events.changed() => failures = 0,
                () = sleep(wait) => {}
            }
        }
    }

    /// Hears what there is; true if the horizon hides more.
    async fn hear(&mut self) -> Result<bool, Error> {
        let mut hidden = false;
        for (source, heard) in &mut self.sources {
            loop {
                // Not kept open while the listener works: an open transaction would hold up every reader.
                let (told, horizon, more) = {
                    let mut tx = self.ground.begin().await?;
                    let horizon = outbox::horizon(tx.connection()).await?;
                    let from: Vec<_> = (0..PARTITIONS).map(|partition| (partition, *heard)).collect();
                    let told = outbox::read(tx.connection(), source, &from, horizon, BATCH).await?;
                    (told, horizon, outbox::is_more_beyond(tx.connection(), &source.schema, horizon).await?)
                };
                let full = told.len() == BATCH;
                for told in told {
                    let span = span(&told.event, "broadcast");
                    self.listener.hear(&told.event).instrument(span).await;
                    *heard = told.position;
                }
                if !full {
                    *heard = (*heard).max(Position::at(horizon));
                    hidden |= more;
                    break;
                }
            }
        }
        Ok(hidden)
    }
}
