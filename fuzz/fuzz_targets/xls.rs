//! Fuzz target, see `saldo_fuzz::xls`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| saldo_fuzz::xls(bytes));
