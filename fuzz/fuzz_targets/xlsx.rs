//! Fuzz target, see `saldo_fuzz::xlsx`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| saldo_fuzz::xlsx(bytes));
