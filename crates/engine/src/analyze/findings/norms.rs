//! What is usual in a currency, by direction: the yardstick for what is too small to speak of.

use crate::analyze::{
    exact::median,
    ledger::{Entry, Ledger},
};

/// Absolute amounts of one book and direction, in brief.
#[derive(Clone, Copy, Default)]
pub(crate) struct Norm {
    pub(crate) count: usize,
    pub(crate) median: i128,
    /// Nineteen of twenty amounts are not larger.
    pub(crate) high: i128,
}

/// The norms of every book.
pub(crate) struct Norms(Vec<[Norm; 2]>);

impl Norms {
    pub(crate) fn new(ledger: &Ledger<'_>) -> Self {
        let mut all: Vec<[Vec<i128>; 2]> = ledger.books.iter().map(|_| [Vec::new(), Vec::new()]).collect();
        for entry in ledger.entries().filter(|entry| entry.units != 0) {
            if let Some(values) = all.get_mut(entry.book).and_then(|book| book.get_mut(usize::from(entry.is_out()))) {
                values.push(entry.units.abs());
            }
        }
        Self(all.into_iter().map(|book| book.map(norm)).collect())
    }

    /// The norm of a row's book and direction.
    pub(crate) fn of(&self, entry: &Entry<'_>) -> Norm {
        let book = self.0.get(entry.book);
        book.and_then(|book| book.get(usize::from(entry.is_out()))).copied().unwrap_or_default()
    }
}

fn norm(mut values: Vec<i128>) -> Norm {
    let median = median(&mut values).unwrap_or_default();
    let high = values.get(values.len().saturating_sub(1) * 19 / 20).copied().unwrap_or_default();
    Norm { count: values.len(), median, high }
}

/// How many times larger, for scores only.
pub(crate) fn ratio(units: i128, base: i128) -> f64 {
    if base == 0 { 1.0 } else { units as f64 / base as f64 }
}
