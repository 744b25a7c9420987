//! Properties of the import: any table we can write is read back exactly, and no bytes make it panic or lose a row.
#![allow(missing_docs, clippy::expect_used, reason = "helpers of tests")]

#[path = "../formats/invariants.rs"]
mod invariants;
#[path = "../formats/packing.rs"]
mod packing;
#[path = "../formats/xls_writer.rs"]
mod xls_writer;

mod damage;
mod form;
mod languages;
mod table;
