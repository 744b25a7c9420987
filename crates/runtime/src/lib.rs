//! What every target needs to run: the module and its assembly, configuration, telemetry, health, the gRPC server and
//! the channels between targets, the gate before every handler, and an orderly end.
//! It is a crate of its own because a service must not know how it is deployed.
//!
//! Invariant: a call takes the same server stack in one process (an in-memory connection) and between processes.
//! Invariant: readiness is this process's own state, never the health of what it depends on.

mod assembly;
mod bus;
mod channels;
pub mod config;
mod database;
mod gate;
mod http_server;
mod identity;
mod memory;
mod metrics;
mod module;
mod ops;
mod patient;
mod single;
pub mod telemetry;
mod trace;

pub use assembly::{Addresses, Assembly, Running, schemas};
pub use bus::bus_options;
pub use channels::{Channels, TracedChannel};
pub use config::{Problem, Settings};
pub use database::{data_dir, open_database, open_database_beside};
pub use gate::Gatekeeper;
pub use http_server::Patience;
pub use identity::Identity;
pub use metrics::Metrics;
pub use module::{Context, Module, Started, Starting, Web, Work};
pub use saldo_store::{Stop, current_trace_id, interrupted};
pub use single::single_user;
pub use trace::http_span;

/// The domain of this crate's errors on the wire.
pub const DOMAIN: &str = "saldo.runtime";
