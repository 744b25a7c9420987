//! Formats beside delimited tables and OFX: what a user notices of their import.
#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "helpers of tests")]

mod archive;
mod camt;
mod hostile;
#[allow(dead_code, reason = "shared with other tests")]
mod invariants;
mod limits;
mod markup;
mod mt940;
mod ofx;
mod onec;
mod packing;
mod printed;
mod properties;
mod qif;
mod support;
mod workbook;
mod xls_writer;
