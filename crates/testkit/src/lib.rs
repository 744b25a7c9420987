//! What several tests need: a probe service of every shape, an OTLP sink, a running program, golden files.
//! It is a crate of its own so that no test carries its own copy.

// Generated code names this crate from outside and inside alike.
extern crate self as saldo_testkit;

pub mod probe;
