//! Rows with a date that state a balance or a total and are no movements: words propose it, the arithmetic decides.

use super::{
    records::Record,
    rows::{Fault, Rows},
};
use crate::import::words::{Extent, RowWord};

/// What a row with an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Movement,
    /// It states a balance or a total.
    Statement,
    /// Its words say so and its amount does not.
    Doubtful,
}

/// Longest text whose words may state a balance.
const MAX_BYTES: usize = 80;

impl Rows<'_> {
    /// What a row with an amount is by its words, the rows before it and the running balance beside it.
    pub(super) fn standing(&mut self, record: &Record, units: i128) -> Standing {
        let Some((word, extent)) = self.balance_words(record) else { return Standing::Movement };
        let standing = self.weigh(record, units, word, extent);
        if standing == Standing::Statement {
            if word == RowWord::Total {
                self.trail.see_total();
            } else {
                self.trail.see_balance(units);
            }
        }
        standing
    }

    fn weigh(&self, record: &Record, units: i128, word: RowWord, extent: Extent) -> Standing {
        let follows = self.trail.is_balance(units);
        if word == RowWord::Total {
            return match extent {
                _ if self.trail.is_total(units) => Standing::Statement,
                // After a row that was not read nothing can add up, and a shop would stand in the column of names.
                Extent::Whole if self.counts.rejected == 0 && !self.is_nameless(record) => Standing::Movement,
                Extent::Start => Standing::Movement,
                Extent::Whole | Extent::WithDate => Standing::Doubtful,
            };
        }
        let beside = self.balance(record, None).and_then(|balance| balance.scaled(self.plan.amounts.places));
        let is_beside = beside.map(|balance| balance.checked_abs() == units.checked_abs());
        match (extent, word) {
            (Extent::Start, _) if follows == Some(true) => Standing::Statement,
            (Extent::Start, _) => Standing::Movement,
            (_, RowWord::Opening | RowWord::Closing | RowWord::Available) => Standing::Statement,
            _ if is_beside == Some(true) || follows == Some(true) => Standing::Statement,
            // A balance of its own that is another: the amount moved it.
            (Extent::Whole, _) if is_beside == Some(false) => Standing::Movement,
            _ if follows == Some(false) => Standing::Doubtful,
            _ => Standing::Statement,
        }
    }

    /// The words for a balance or a total that a text of the row starts with, those that fill their cell first.
    fn balance_words(&self, record: &Record) -> Option<(RowWord, Extent)> {
        let texts = self.plan.descriptions.iter().chain(&self.plan.parties.columns).map(|place| record.get(*place));
        let short = texts.filter(|cell| cell.len() <= MAX_BYTES && self.words.may_be_row_word(cell));
        short.filter_map(|cell| self.words.row_words(cell)).min_by_key(|(_, extent)| *extent)
    }

    /// Whether the columns of names hold none in this row.
    fn is_nameless(&self, record: &Record) -> bool {
        let places = &self.plan.parties.columns;
        !places.is_empty() && places.iter().all(|place| record.get(*place).is_empty())
    }

    /// Whether a row without an amount states a balance: in words, or as the running balance that the rows around it
    /// have. One that changes it is a movement that was not read.
    pub(super) fn states_balance(&mut self, record: &Record) -> Result<(), Fault> {
        let missing = |column: usize| Err(Fault { reason: "AMOUNT_MISSING", column });
        if self.balance_words(record).is_some_and(|(word, extent)| word != RowWord::Total || extent != Extent::Start) {
            return Ok(());
        }
        if let Some(place) = self.unread_amount(record) {
            return missing(place);
        }
        let Some((place, format)) = self.plan.balance.filter(|(place, _)| !record.get(*place).is_empty()) else {
            return missing(self.money_column());
        };
        let signed = |cell: &str| Some(self.signed_balance(cell, format)?.units);
        let scaled = saldo_kernel::Money::new(self.trail.last, self.plan.amounts.places, None).scaled(format.places);
        let unchanged = match (signed(record.get(place)), signed(&self.trail.balance)) {
            // Nothing before it that it could differ from.
            (_, None) => true,
            (Some(balance), Some(before)) => {
                balance == before || scaled.and_then(|last| before.checked_sub(last)) == Some(balance)
            }
            (None, Some(_)) => false,
        };
        if unchanged {
            self.trail.note(record.get(place));
            return Ok(());
        }
        missing(self.money_column())
    }

    /// A column of money that is not read and holds a number other than zero in this row.
    fn unread_amount(&self, record: &Record) -> Option<usize> {
        let holds =
            |place: &usize| self.number(record.get(*place), self.plan.amounts).is_some_and(|(_, units)| units != 0);
        self.plan.unread.iter().copied().find(holds)
    }
}
