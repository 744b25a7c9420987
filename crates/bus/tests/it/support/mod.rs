//! A world of its own for each test: a database, a service with a name of its own, an engine.

mod recorder;
mod world;

pub(crate) use recorder::Recorder;
pub(crate) use saldo_testkit::wait_until;
pub(crate) use world::{World, folder, fresh_database, kafka_at, options};
