//! Headers between the rows of a table: its own again, or one of another table below it.

use super::{
    dialect::is_movement,
    header::{is_date, is_money, known_words, meanings},
    plan::money_columns,
    records::Record,
    rows::{Fault, Rows},
};
use crate::import::words::Meaning;

/// Fewer known words may be those of a text.
const FEWEST_WORDS: usize = 3;

impl Rows<'_> {
    /// The header again, as at the top of each page.
    pub(super) fn is_header(&self, record: &Record) -> bool {
        let same = self
            .plan
            .columns
            .iter()
            .zip(record.cells())
            .filter(|(column, cell)| !cell.is_empty() && column.header == *cell);
        same.count() >= 2
    }

    /// The header of a table with other columns.
    pub(super) fn is_other_header(&self, record: &Record) -> bool {
        let cells: Vec<String> = record.cells().map(str::to_owned).collect();
        if known_words(&cells, self.words) < FEWEST_WORDS {
            return false;
        }
        let meaning = |cell: &String| meanings(cell, self.words).first().map(|phrase| phrase.meaning);
        let found: Vec<Option<Meaning>> = cells.iter().map(meaning).collect();
        // The same columns in other words are the same table.
        let places = |is: fn(Meaning) -> bool| {
            found.iter().enumerate().filter(move |(_, one)| one.is_some_and(is)).map(|(place, _)| place)
        };
        let is_own_date = places(is_date).next().is_none_or(|date| self.plan.dates.contains(&date));
        !(is_own_date && places(is_money).eq(money_columns(self.plan.money)))
    }

    /// Whether a row that may be a movement has more fields than the table has columns: one of them holds the delimiter, and
    /// those behind it are not where they seem to be.
    pub(super) fn is_too_wide(&self, record: &Record) -> bool {
        let behind = self.plan.statuses.iter().find(|column| column.is_behind());
        behind.is_some_and(|column| !record.get(column.place).is_empty()) && is_movement(record.cells(), self.words)
    }

    /// A row below such a header: what may be a movement is rejected, for its columns are unknown.
    pub(super) fn of_other_table(&mut self, record: &Record) -> Result<(), Fault> {
        if self.is_header(record) {
            self.section.is_other_table = false;
            self.is_below_title = self.section.is_pending || self.section != self.plan.section;
            return Ok(());
        }
        if is_movement(record.cells(), self.words) {
            return Err(Fault { reason: "OTHER_TABLE", column: 0 });
        }
        Ok(())
    }
}
