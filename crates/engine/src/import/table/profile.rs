//! What the columns of a whole table hold: one pass over all rows that have a date, before any role is given.

use std::collections::HashMap;

use saldo_kernel::Currency;

use super::records::{Record, RowReader};
use crate::{
    Error, Stage, Watch,
    import::{
        dates::{self, DateStats},
        limits::{ROWS_PER_REPORT, SAMPLE_ROWS},
        numbers::{self, NumberStats},
        words::{Side, Words},
    },
};

/// What one column holds in rows with a date.
#[derive(Clone, Debug, Default)]
pub(crate) struct ColumnProfile {
    /// Cells that hold anything but a dash.
    pub(crate) filled: u64,
    pub(crate) dates: DateStats,
    pub(crate) numbers: NumberStats,
    /// Cells that name a currency and nothing else.
    pub(crate) currencies: u64,
    pub(crate) currency: Option<Currency>,
    pub(crate) currencies_differ: bool,
    /// Cells that name money in and money out.
    pub(crate) side_in: u64,
    pub(crate) side_out: u64,
    /// Characters of all cells.
    pub(crate) letters: u64,
}

/// What a cell says that is no number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) side: Option<Side>,
    pub(crate) currency: Option<Currency>,
}

impl Text {
    /// Looks at a whole cell; one that is a date names no currency.
    pub(crate) fn of(cell: &str, is_date: bool, words: &Words) -> Self {
        let currency = if cell.len() <= 32 && !is_date { words.currency(cell) } else { None };
        Self { side: words.side(cell), currency }
    }
}

/// What a table holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    /// In file order.
    pub(crate) columns: Vec<ColumnProfile>,
    /// Rows with a date.
    pub(crate) rows: u64,
    /// Rows by which of the first 128 columns hold a number other than zero; a bounded number of kinds.
    pub(crate) masks: HashMap<u128, u64>,
    /// The first rows with a date.
    pub(crate) sample: Vec<Vec<Box<str>>>,
}

const MAX_MASKS: usize = 4_096;

/// Cells that stand for "nothing".
pub(crate) fn is_dash(cell: &str) -> bool {
    cell.len() <= 12 && cell.chars().all(|letter| matches!(letter, '-' | '—' | '–' | '/' | '.'))
}

/// Profiles all rows behind the first ones, which are skipped.
pub(crate) fn profile(
    records: &mut dyn RowReader,
    skipped: u64,
    words: &Words,
    total: u64,
    watch: &mut dyn Watch,
) -> Result<Profile, Error> {
    let limit = watch.limits().table_rows;
    let (mut out, mut record, mut rows) = (Profile::default(), Record::default(), 0_u64);
    while records.read(&mut record)? {
        rows += 1;
        if rows <= skipped {
            continue;
        }
        if rows > limit {
            return Err(Error::TooManyRows { limit });
        }
        if rows % ROWS_PER_REPORT == 0 && watch.progress(Stage::Detecting, records.done(), total).is_break() {
            return Err(Error::Cancelled);
        }
        out.see(&record, words);
    }
    Ok(out)
}

impl Profile {
    /// Adds one row; one without a date counts for nothing.
    pub(crate) fn see(&mut self, record: &Record, words: &Words) {
        let quiet = |place: usize| self.columns.get(place).is_some_and(ColumnProfile::is_quiet);
        let date = |(place, cell)| if quiet(place) { None } else { dates::scan(cell, words) };
        let found: Vec<Option<dates::Parts>> = record.cells().enumerate().map(date).collect();
        if found.iter().all(Option::is_none) {
            return;
        }
        self.rows += 1;
        if self.columns.len() < record.len() {
            self.columns.resize_with(record.len(), ColumnProfile::default);
        }
        let mut mask = 0_u128;
        for ((place, cell), date) in record.cells().enumerate().zip(found) {
            let Some(column) = self.columns.get_mut(place) else { continue };
            if column.see(cell, date, words) && place < 128 {
                mask |= 1 << place;
            }
        }
        self.see_mask(mask, 1);
        if self.sample.len() < SAMPLE_ROWS {
            self.sample.push(record.cells().map(Box::from).collect());
        }
    }

    /// Adds rows that hold numbers in the same columns.
    pub(crate) fn see_mask(&mut self, mask: u128, rows: u64) {
        if self.masks.len() < MAX_MASKS || self.masks.contains_key(&mask) {
            *self.masks.entry(mask).or_default() += rows;
        }
    }

    /// What separates decimals in the first column of money that is sure of it.
    pub(crate) fn sure_decimal(&self) -> Option<char> {
        let sure = self.columns.iter().filter(|column| column.is_numbers() && column.numbers.looks_like_money());
        sure.into_iter().find_map(|column| column.numbers.decimal().ok().flatten())
    }

    /// One column; an empty one where it does not exist.
    pub(crate) fn column(&self, place: usize) -> ColumnProfile {
        self.columns.get(place).cloned().unwrap_or_default()
    }

    /// Rows in which both columns, and in which either column, hold a number other than zero.
    pub(crate) fn both_and_either(&self, one: usize, other: usize) -> (u64, u64) {
        let bit = |place: usize| if place < 128 { 1_u128 << place } else { 0 };
        let (mut both, mut either) = (0, 0);
        for (mask, count) in &self.masks {
            let (left, right) = (mask & bit(one) != 0, mask & bit(other) != 0);
            both += if left && right { *count } else { 0 };
            either += if left || right { *count } else { 0 };
        }
        (both, either)
    }
}

impl ColumnProfile {
    /// Adds one cell; tells whether it is a number other than zero.
    fn see(&mut self, cell: &str, date: Option<dates::Parts>, words: &Words) -> bool {
        if cell.is_empty() || is_dash(cell) {
            return false;
        }
        if self.is_quiet_behind(cell) {
            return false;
        }
        if let Some(parts) = date {
            self.dates.see(parts);
        }
        if let Some(written) = numbers::scan(cell, words) {
            let before = self.numbers.zero;
            self.numbers.see(&written);
            return self.numbers.zero == before;
        }
        self.see_text(Text::of(cell, date.is_some(), words));
        false
    }

    /// Counts a cell that holds something; tells whether that is all there is to do.
    pub(crate) fn is_quiet_behind(&mut self, cell: &str) -> bool {
        self.filled += 1;
        self.letters += cell.len() as u64;
        self.is_quiet()
    }

    /// Adds what a cell says that is no number.
    pub(crate) fn see_text(&mut self, text: Text) {
        match text.side {
            Some(Side::In) => self.side_in += 1,
            Some(Side::Out) => self.side_out += 1,
            None => {}
        }
        if let Some(currency) = text.currency {
            self.currencies += 1;
            self.currencies_differ |= self.currency.is_some_and(|one| one != currency);
            self.currency = Some(currency);
        }
    }

    /// Text and nothing else in so many rows that the rest need no look.
    pub(crate) fn is_quiet(&self) -> bool {
        self.filled > 2 * SAMPLE_ROWS as u64
            && self.dates.count + self.numbers.count + self.currencies + self.side_in + self.side_out == 0
    }

    /// Most filled cells are dates.
    pub(crate) fn is_dates(&self) -> bool {
        self.dates.count > 0 && self.dates.count * 10 >= self.filled * 6
    }

    /// Every filled cell is a date.
    pub(crate) fn is_whole_dates(&self) -> bool {
        self.dates.count > 0 && self.dates.count == self.filled
    }

    /// Nearly every filled cell is a number.
    pub(crate) fn is_numbers(&self) -> bool {
        self.numbers.count > 0 && self.numbers.count * 10 >= self.filled * 8
    }

    /// Nearly every filled cell names a currency.
    pub(crate) fn is_currencies(&self) -> bool {
        self.currencies > 0 && self.currencies * 10 >= self.filled * 9
    }

    /// Nearly every filled cell names a side.
    pub(crate) fn is_sides(&self) -> bool {
        let sides = self.side_in + self.side_out;
        sides > 0 && sides * 10 >= self.filled * 9
    }
}
