//! Fuzz target, see `saldo_fuzz::printed`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| saldo_fuzz::printed(bytes));
