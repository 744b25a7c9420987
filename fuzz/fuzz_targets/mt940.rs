//! Fuzz target, see `saldo_fuzz::mt940`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| saldo_fuzz::mt940(bytes));
