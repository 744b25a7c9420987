//! What came in and went out: by month, by category, by counterparty, and in all.

use std::collections::BTreeMap;

use super::{
    facts::{formula, from_facts, from_taken_rows},
    ledger::{Entry, Ledger, MonthIndex},
};
use crate::{
    Error, Lineage, RowSet, Stage, Watch,
    enrich::{CategoryIndex, PartyIndex, STEP, SpreadMap, report},
};

/// Sums of both directions with the rows that make them.
#[derive(Default)]
pub(crate) struct Group {
    /// Zero or more.
    pub(crate) inward: i128,
    /// Zero or more: what went out, without its sign.
    pub(crate) outward: i128,
    pub(crate) rows_in: RowSet,
    pub(crate) rows_out: RowSet,
}

impl Group {
    // The ledger's invariant keeps the sums within range.
    pub(crate) fn add(&mut self, entry: &Entry) {
        if entry.is_out() {
            self.outward -= entry.units;
            self.rows_out.push(entry.number);
        } else {
            self.inward += entry.units;
            self.rows_in.push(entry.number);
        }
    }

    /// How many transactions.
    pub(crate) fn count(&self) -> i64 {
        i64::from(self.rows_in.len()) + i64::from(self.rows_out.len())
    }

    /// What their number is computed from: the figures of both directions that are there, or else the rows. So the rows, which
    /// are the largest part of a report, stand in it once.
    pub(crate) fn counted(&self, [money_in, money_out]: [Option<String>; 2]) -> Lineage {
        let told = |rows: &RowSet, id: &Option<String>| rows.is_empty() || id.is_some();
        if told(&self.rows_in, &money_in) && told(&self.rows_out, &money_out) {
            return from_facts(money_in.into_iter().chain(money_out).collect(), formula::ROWS);
        }
        from_taken_rows(self.rows_in.union(&self.rows_out), "")
    }
}

/// Sums of one counterparty; its rows are collected later and only if it is shown.
#[derive(Clone, Copy, Default)]
pub(crate) struct Turnover {
    pub(crate) inward: i128,
    pub(crate) outward: i128,
}

/// The largest transaction of one direction.
#[derive(Clone, Copy)]
pub(crate) struct Largest {
    pub(crate) number: u32,
    /// Without its sign.
    pub(crate) units: i128,
}

/// Everything that is summed in one book.
#[derive(Default)]
pub(crate) struct Totals {
    pub(crate) months: BTreeMap<MonthIndex, Group>,
    pub(crate) categories: BTreeMap<CategoryIndex, Group>,
    pub(crate) parties: SpreadMap<PartyIndex, Turnover>,
    pub(crate) largest_in: Option<Largest>,
    pub(crate) largest_out: Option<Largest>,
}

impl Totals {
    fn add(&mut self, entry: &Entry) {
        self.months.entry(entry.month()).or_default().add(entry);
        self.categories.entry(entry.category).or_default().add(entry);
        let largest = if entry.is_out() { &mut self.largest_out } else { &mut self.largest_in };
        let units = entry.units.abs();
        // The first of equals; a zero is no movement.
        if units > largest.map_or(0, |largest| largest.units) {
            *largest = Some(Largest { number: entry.number, units });
        }
        if let Some(party) = entry.party {
            let turnover = self.parties.entry(party).or_default();
            if entry.is_out() { turnover.outward -= entry.units } else { turnover.inward += entry.units }
        }
    }
}

/// One for each book of the ledger.
pub(crate) fn totals(ledger: &Ledger<'_>, watch: &mut dyn Watch) -> Result<Vec<Totals>, Error> {
    let count = ledger.import.transactions.len();
    let mut totals: Vec<Totals> = ledger.books.iter().map(|_| Totals::default()).collect();
    for entry in ledger.entries() {
        let done = usize::try_from(entry.number).unwrap_or(count);
        if done.is_multiple_of(STEP) {
            report(watch, Stage::Computing, done, count)?;
        }
        if let Some(totals) = totals.get_mut(entry.book) {
            totals.add(&entry);
        }
    }
    report(watch, Stage::Computing, count, count)?;
    Ok(totals)
}
