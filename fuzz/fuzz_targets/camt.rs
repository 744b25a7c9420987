//! Fuzz target, see `saldo_fuzz::camt`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| saldo_fuzz::camt(bytes));
