//! Fuzz target, see `saldo_fuzz::ofx`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| saldo_fuzz::ofx(bytes));
