//! Analyses that are kept: begun by a call or an upload, worked on in the background, read as often as one likes.

pub(crate) mod domain;
pub(crate) mod events;
pub(crate) mod files;
pub(crate) mod keeper;
pub(crate) mod store;
pub(crate) mod watch;
pub(crate) mod worker;

use saldo_store::{Migration, Schema};

/// What the service owns in the database.
pub(crate) const SCHEMA: Schema = Schema::of_service(
    "analysis",
    &[Migration { version: 1, name: "analyses", sql: include_str!("../../migrations/0001_analyses.sql") }],
);
