//! The `saldo` program.
fn main() {}
