//! A counterparty that appears late and is paid a large amount.

use std::collections::BTreeMap;

use super::{
    Candidate, Detail, Usual,
    norms::{Norms, ratio},
};
use crate::{
    FindingKind, RowSet,
    analyze::{
        ledger::{Book, Entry, Ledger},
        totals::Largest,
    },
    enrich::PartyIndex,
};

/// Large: as many times the median payment, and among the largest twentieth.
const TIMES: i128 = 10;

/// Fewer payments or days than this are no history in which somebody could be new.
const HISTORY: usize = 20;
const DAYS: i64 = 60;

/// New: the first movement stands in the last part of the days, one in so many.
const LAST_PART: i64 = 4;

pub(super) fn newcomers(ledger: &Ledger<'_>, norms: &Norms) -> Vec<Candidate> {
    // First day and largest payment of each counterparty.
    let mut parties: BTreeMap<(usize, PartyIndex), (time::Date, Option<Largest>)> = BTreeMap::new();
    for entry in ledger.entries() {
        let Some(party) = entry.party else { continue };
        let (first, largest) = parties.entry((entry.book, party)).or_insert((entry.date(), None));
        *first = (*first).min(entry.date());
        if entry.is_out() && largest.is_none_or(|largest| entry.units.abs() > largest.units) {
            *largest = Some(Largest { number: entry.number, units: entry.units.abs() });
        }
    }
    let large = |entry: &Entry| {
        let norm = norms.of(entry);
        let units = entry.units.abs();
        norm.count >= HISTORY && units >= norm.high && units >= norm.median.saturating_mul(TIMES)
    };
    let new = parties.into_iter().filter_map(|((book, _), (first, largest))| {
        let is_late = ledger.books.get(book).is_some_and(|book| is_late(first, book));
        largest.filter(|_| is_late).and_then(|largest| ledger.numbered(largest.number)).filter(large)
    });
    new.map(|entry| candidate(&entry, norms)).collect()
}

fn is_late(first: time::Date, book: &Book) -> bool {
    let days = (book.last - book.first).whole_days();
    days >= DAYS && (book.last - first).whole_days() <= days / LAST_PART
}

fn candidate(entry: &Entry, norms: &Norms) -> Candidate {
    let times = ratio(entry.units.abs(), norms.of(entry).median);
    Candidate {
        kind: FindingKind::NewCounterparty,
        score: times / (times + TIMES as f64),
        lead: entry.number,
        rows: RowSet::one(entry.number),
        usual: Usual::Book,
        detail: Detail::Nothing,
    }
}
