//! What several tests need: a probe service of every shape, an OTLP sink, the running program, golden files,
//! the engines that Saldo stands on.
//! It is a crate of its own so that no test carries its own copy.

// Generated code names this crate from outside and inside alike.
extern crate self as saldo_testkit;

mod deployment;
pub mod engines;
mod golden;
pub mod otlp;
pub mod probe;
mod program;
mod tls;
mod wait;

pub use deployment::Deployment;
pub use golden::check_golden;
pub use program::{Program, run, shared_data};
pub use wait::wait_until;
