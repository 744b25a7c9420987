//! Files by gRPC, on a real PostgreSQL and on both kinds of storage.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod collects;
mod keeps;
mod keys;
mod links;
mod refuses;
mod storage;
mod support;
mod tenants;
