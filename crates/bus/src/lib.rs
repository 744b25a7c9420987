//! Events: from the outbox of the service that tells of them to the groups and processes that want to know. It is a crate of
//! its own because order, repetition and failure must be the same for every service, whichever engine carries the events.
//!
//! A service publishes through its transaction (`saldo_store::TenantTx::publish`), and in no other way. It handles events by
//! a [`Subscription`]: a group, topics, and a [`Handler`] that works in the transaction which also notes that the event was
//! handled. A [`Listener`] hears every event in every process.
//!
//! ```text
//! TenantTx: rows + outbox ─┬─ Engine::Postgres: outbox read below the horizon, cursors ─┬─ lanes ─ TenantTx: inbox + rows
//!                          └─ Engine::Kafka: relay ─ topic ─ consumer group, offsets ────┘       └─ dead letters
//! ```
//!
//! Invariant: an event that is committed is delivered to every group, and has its effect through the transaction once.
//! Invariant: events of an aggregate are handled in the order of its versions: the store locks its row while it tells of
//! one, and numbers them so that who reads an outbox meets them in this order.
//! Invariant: an event that fails is tried again, then parked; nothing is dropped but by `saldo dlq drop`. A parked event
//! does not come back in order: handlers compare versions.
//! Invariant: nothing of an engine is needed to publish. When it is away, events wait in the outbox.
//!
//! Limits: a transaction that stays open, in any database of the server, holds up the events of all that began later, as
//! long as it is open. Handlers do no long work. A handler that brings its process down each time is not parked.

mod dead_letters;
mod delivery;
mod ground;
mod handler;
mod kafka;
mod lanes;
mod options;
mod outbox;
mod postgres;
mod prune;
mod redelivery;
mod replays;
mod wake;

use std::sync::Arc;

use async_trait::async_trait;
use saldo_kernel::Error;
use saldo_store::Database;
use time::OffsetDateTime;

pub use dead_letters::{Choice, DeadLetter, DeadLetters};
pub use ground::SCHEMA;
pub use handler::{Handler, Listener, Subscription};
pub use kafka::create_topics;
pub use options::{Engine, Kafka, Options};
pub use outbox::PARTITIONS;

/// The domain of this crate's errors on the wire.
pub const DOMAIN: &str = "saldo.bus";

/// Carries events. What is above does not know which engine does.
#[async_trait]
pub trait Bus: Send + Sync + 'static {
    /// Handles events of some topics from now until the bus stops, together with all processes that have the same group. A
    /// new group begins with the oldest events that are kept.
    ///
    /// # Errors
    /// A topic that is none. That an engine is away is no error: the group begins when it is back.
    async fn subscribe(&self, subscription: Subscription) -> Result<(), Error>;

    /// Hears in this process every event that is published after this returns, until the bus stops.
    ///
    /// # Errors
    /// The engine does not answer, or a topic that is none.
    async fn subscribe_all(&self, topics: &[String], listener: Arc<dyn Listener>) -> Result<(), Error>;

    /// Has a group handle again everything that has happened since `from` and is still kept, in every process of it.
    ///
    /// # Errors
    /// The database does not answer.
    async fn replay(&self, group: &str, from: OffsetDateTime) -> Result<(), Error>;

    /// How many events each group has yet to handle.
    ///
    /// # Errors
    /// The engine does not answer.
    async fn lag(&self) -> Result<Vec<Lag>, Error>;

    /// Lets go of events that everyone has and that are old enough; gives how many. It happens by itself every minute.
    ///
    /// # Errors
    /// The database does not answer.
    async fn prune(&self) -> Result<u64, Error>;

    /// What could not be handled.
    fn dead_letters(&self) -> &DeadLetters;

    /// Stops: handlers at work finish and commit, what they settled is noted, nothing else is begun. Returns when all have
    /// ended.
    async fn stop(&self);
}

/// What a group has yet to handle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lag {
    /// The group; `relay` is what has yet to reach Kafka.
    pub group: String,
    /// The service whose events they are.
    pub service: String,
    /// How many, those that are being handled included.
    pub events: u64,
}

/// Starts the bus of a process.
///
/// # Errors
/// The settings of Kafka do not fit. That PostgreSQL or Kafka is away is no error.
pub async fn start(engine: &Engine, database: &Database, options: Options) -> Result<Arc<dyn Bus>, Error> {
    Ok(match engine {
        Engine::Postgres => Arc::new(postgres::PostgresBus::start(database, options)?),
        Engine::Kafka(kafka) => Arc::new(kafka::KafkaBus::start(database, kafka, options)?),
    })
}
