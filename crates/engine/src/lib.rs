//! The financial analysis: `Read + Seek` in, facts and findings out.
//! It is a crate of its own so that the command line, the analysis service and a fuzzer use the very same code.
//!
//! Two steps: [`import`] turns bytes into proved transactions or one question, [`analyze`] turns those into facts with
//! lineage and findings. Both report to a [`Watch`], which may stop them.
//!
//! Invariant: no network, no async, no clock, no globals; depends on `saldo-kernel` only.
//! Invariant: memory does not grow with the rows but for their sets behind figures; the rest is in files without a name, in the
//! folder that the watch names.
//! Invariant: rows read = transactions + recognised + rejected. No row is lost in silence.

mod analyze;
mod enrich;
mod error;
mod identity;
mod import;
pub mod learn;
mod model;
mod rows;
mod store;
mod sums;

pub use analyze::{Amount, Basis, Odds, UsualAmounts, analyze, analyze_taught};
pub use enrich::{Category, Lessons, categories, unmatched};
pub use error::Error;
pub use identity::{Collection, Part, Union};
pub use import::{Limits, import};
pub use model::*;
pub use rows::RowSet;
pub use store::{Iter, Labels, Scratch, Transactions};
pub use sums::{GroupBy, Grouping, Key, Sum, Sums, SumsOutcome, sums};
