//! Files: streaming upload and ranged download, encrypted in a folder or a bucket, with rows and events in PostgreSQL.
//!
//! Invariant: a file's row and its event are written together, when its object is complete: a row is never without its object.
//! An object without a row is an orphan, which the collector removes.
//! Invariant: plain bytes never rest: what is stored is sealed under a key of the organisation, which is wrapped by a master
//! key.
//! Invariant: the memory of a transfer does not grow with the file.

mod app;
mod blobs;
mod config;
mod content;
mod crypto;
mod domain;
mod error;
mod events;
mod hex;
mod link;
mod metrics;
mod rpc;
mod sniff;
mod store;
mod worker;

/// The domain of this service's errors on the wire.
pub const DOMAIN: &str = "saldo.file";
