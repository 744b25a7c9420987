//! Fuzz target, see `saldo_fuzz::qif`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| saldo_fuzz::qif(bytes));
