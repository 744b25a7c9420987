//! Fuzz target, see `saldo_fuzz::onec`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| saldo_fuzz::onec(bytes));
