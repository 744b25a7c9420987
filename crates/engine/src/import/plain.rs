//! Amounts of formats whose standard allows no separator of thousands: a lone mark is for decimals.

use saldo_kernel::Money;

use super::{
    numbers::{self, NumberStats},
    words::Words,
};

/// How all amounts of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// What separates decimals.
    pub(crate) decimal: char,
    /// The most decimals in the file.
    pub(crate) places: u8,
}

impl Form {
    /// Decides on all amounts of a file.
    pub(crate) fn of<'r>(amounts: impl Iterator<Item = &'r str>, words: &Words) -> Self {
        let mut stats = NumberStats::default();
        amounts.filter_map(|text| numbers::scan(text, words)).for_each(|written| stats.see(&written));
        let decimal = match (stats.point, stats.comma) {
            (0, 0) if stats.either_comma > stats.either_point => ',',
            (point, comma) if comma > point => ',',
            _ => '.',
        };
        Self { decimal, places: stats.places(decimal) }
    }

    /// Reads one amount in the form of the file; it has no currency.
    pub(crate) fn read(self, text: &str, words: &Words) -> Option<Money> {
        let written = numbers::scan(text, words)?;
        let (units, own) = numbers::read(written.body, self.decimal)?;
        let units = Money::new(units, own, None).scaled(self.places)?;
        Some(Money::new(if written.negative { -units } else { units }, self.places, None))
    }
}
