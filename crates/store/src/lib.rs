//! PostgreSQL: a server of our own where none is given, schemas and roles for each service, transactions that belong to
//! one tenant, and the tables that every service has: events to publish, events handled, work that waits, keys of
//! repeated calls. It is a crate of its own because tenancy must be built once, below every service.
//!
//! A service gets a [`Store`] of its schema. [`Store::tenant`] opens a [`TenantTx`]: it works as the service's role, and
//! row-level security shows it that tenant's rows only. [`Store::system`] opens a [`SystemTx`] for what belongs to no
//! tenant. Nothing else reaches the database.
//!
//! Invariant: a query without a tenant does not compile; one that forgets its `where` sees the tenant's rows only.
//! Invariant: an event and the rows it tells of commit together; events of one aggregate have rising versions.
//! Invariant: what a transaction sets (role, tenant) ends with it, so that a pooled connection carries nothing over.

mod aggregate;
pub mod backup;
mod database;
pub mod embedded;
mod error;
mod idempotency;
mod jobs;
pub mod keyset;
mod migrate;
mod outbox;
mod schema;
mod stop;
mod trace;
mod tx;

pub use aggregate::Aggregate;
pub use database::{Database, Options, Source};
pub use error::of as error_of;
pub use idempotency::Repeat;
pub use jobs::{Ended, Job, Lease, NewJob, Worker, Workers};
pub use migrate::{Applied, State};
pub use schema::{BUS, Migration, Schema};
pub use stop::{Stop, interrupted};
pub use trace::{continue_trace, current_trace_id, current_traceparent};
pub use tx::{Store, SystemTx, TenantTx};

/// The domain of this crate's errors on the wire.
pub const DOMAIN: &str = "saldo.store";
