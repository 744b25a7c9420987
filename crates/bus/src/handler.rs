//! What services give the bus: handlers of a group, listeners of a process.

use std::sync::Arc;

use async_trait::async_trait;
use saldo_kernel::{Error, Event};
use saldo_store::{Store, SystemTx, TenantTx};

use crate::DOMAIN;

/// Handles the events of a group, each once in effect: what it writes through the transaction commits together with the
/// note that the event was handled, or not at all. What it does elsewhere may happen twice.
///
/// No long work: as long as its transaction is open, nobody reads events that came later. It enqueues a job.
#[async_trait]
pub trait Handler: Send + Sync + 'static {
    /// Handles an event of a tenant.
    ///
    /// # Errors
    /// The event is tried again later; what is away (`Kind::Unavailable`) as often as it takes, anything else until the
    /// tries are used up and the event is parked.
    async fn handle(&self, event: &Event, tx: &mut TenantTx) -> Result<(), Error>;

    /// Handles an event that belongs to no tenant. Groups that subscribe to none of those need not say how.
    ///
    /// # Errors
    /// As for [`Handler::handle`].
    async fn handle_system(&self, event: &Event, _tx: &mut SystemTx) -> Result<(), Error> {
        Err(Error::internal(DOMAIN, format!("{} belongs to no tenant, and nobody handles it so", event.kind)))
    }
}

/// Hears every event of some topics in every process, such as to drop what it has cached. It may hear one twice, and hears
/// none from before it began.
#[async_trait]
pub trait Listener: Send + Sync + 'static {
    /// Hears an event.
    async fn hear(&self, event: &Event);
}

/// Who handles which events.
#[derive(Clone)]
pub struct Subscription {
    /// The group: all processes with this name share the events. The service's name, or `<service>.<purpose>`.
    pub group: String,
    /// The topics, such as `saldo.file.v1`.
    pub topics: Vec<String>,
    /// The store of the service that handles them.
    pub store: Store,
    /// What is done with each.
    pub handler: Arc<dyn Handler>,
}
