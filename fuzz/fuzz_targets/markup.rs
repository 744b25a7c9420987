//! Fuzz target, see `saldo_fuzz::markup`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| saldo_fuzz::markup(bytes));
