//! The version of a row that events tell of.

/// A row that this transaction has made or locked, with the version that it has now. Only a transaction gives one out, so
/// an event cannot be published about a row that another transaction may change at the same time.
#[derive(Debug, PartialEq, Eq)]
pub struct Aggregate {
    pub(crate) id: String,
    pub(crate) version: u64,
}

impl Aggregate {
    /// The version that the row has when the transaction commits.
    pub fn version(&self) -> u64 {
        self.version
    }
}
