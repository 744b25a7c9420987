//! What is usual in a currency, by direction: the yardstick for what is too small to speak of.

use crate::{
    Error,
    analyze::{
        ledger::{Entry, Ledger},
        ranks::{Norm, Ranks},
    },
    store::Scratch,
};

/// The norms of every book and direction, over all amounts that are not zero.
pub(crate) struct Norms(Vec<Norm>);

impl Norms {
    pub(crate) fn new(ledger: &Ledger<'_>, scratch: &Scratch) -> Result<Self, Error> {
        let mut ranks = Ranks::new(ledger.books.len() * 2, scratch);
        for entry in ledger.entries().filter(|entry| entry.units != 0) {
            ranks.push(side(&entry), entry.units)?;
        }
        ranks.finish().map(Self)
    }

    /// The norm of a row's book and direction.
    pub(crate) fn of(&self, entry: &Entry) -> Norm {
        self.0.get(side(entry)).copied().unwrap_or_default()
    }
}

fn side(entry: &Entry) -> usize {
    entry.book * 2 + usize::from(entry.is_out())
}

/// How many times larger, for scores only.
pub(crate) fn ratio(units: i128, base: i128) -> f64 {
    if base == 0 { 1.0 } else { units as f64 / base as f64 }
}
