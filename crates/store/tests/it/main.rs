//! The store on a real PostgreSQL: tenancy, migrations, events, jobs, and the server of our own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod backup;
mod embedded;
mod jobs;
mod migrations;
mod repeats;
mod support;
mod tenancy;
