//! A month in which a category cost far more than it usually does.
//!
//! A category's months from its currency's first to its last are compared with their median: the robust z is the distance
//! over 1.4826 × the median absolute deviation, plus a tenth of the median so that steady months do not divide by zero.
//! Beyond 3.5 a value is an outlier (Iglewicz & Hoaglin, 1993). A category with no cost in most months has no usual one.

use std::collections::BTreeMap;

use super::{Candidate, Detail, TIMES_PLACES, Usual};
use crate::{
    Finding, FindingKind, RowSet, Value,
    analyze::{
        categories,
        exact::{median, quotient},
        facts::{Facts, Place, formula, from_both, from_facts, from_rows},
        ledger::{Entry, Ledger, MonthIndex, days_of, month_of},
        months::month_value,
    },
    enrich::{CategoryIndex, TRANSFERS, UNCATEGORIZED},
};
use saldo_kernel::Money;

/// From here on a month is an outlier, and fewer months than this have no outlier.
const OUTLIER: f64 = 3.5;
const LEAST_MONTHS: i32 = 6;
const MOST_MONTHS: i32 = 1_200;

/// At least this many times the usual, and at least one part in so many of a usual month of the whole currency.
const TIMES: i128 = 2;
const MATERIAL: i128 = 10;

/// Most spikes told.
const MOST: usize = 8;

/// A spike says less than a single row that stands out.
const WEIGHT: f64 = 0.8;

/// A month of a category that cost far more than usual.
pub(super) struct Spike {
    pub(super) book: usize,
    pub(super) category: CategoryIndex,
    pub(super) month: MonthIndex,
    /// What the month cost, and what is usual.
    pub(super) units: i128,
    pub(super) usual: i128,
    /// Every row of the category with money out.
    pub(super) all: RowSet,
}

/// Cost by book and category, by month.
type Months = BTreeMap<(usize, CategoryIndex), BTreeMap<MonthIndex, i128>>;

pub(super) fn spikes(ledger: &Ledger<'_>) -> Vec<Candidate> {
    let (mut by_category, mut whole) = (Months::new(), BTreeMap::<usize, BTreeMap<MonthIndex, i128>>::new());
    for entry in ledger.entries().filter(Entry::is_out) {
        let cost = -entry.units;
        *whole.entry(entry.book).or_default().entry(entry.month()).or_default() += cost;
        if !matches!(ledger.enriched.category(entry.category), UNCATEGORIZED | TRANSFERS) {
            let months = by_category.entry((entry.book, entry.category)).or_default();
            *months.entry(entry.month()).or_default() += cost;
        }
    }
    let found = by_category.iter().filter_map(|((book, category), months)| {
        let (first, last) = ledger.books.get(*book).map(|book| (month_of(book.first), month_of(book.last)))?;
        let usual_whole = median(&mut filled(whole.get(book)?, first, last)?)?;
        spike(*book, *category, months, (first, last), usual_whole)
    });
    let mut found: Vec<(Spike, f64)> = found.collect();
    found.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    found.truncate(MOST);
    found.into_iter().filter_map(|(spike, z)| candidate(spike, z, ledger)).collect()
}

/// The cost of each month, also of those without any.
fn filled(months: &BTreeMap<MonthIndex, i128>, first: MonthIndex, last: MonthIndex) -> Option<Vec<i128>> {
    let is_usual = (LEAST_MONTHS..=MOST_MONTHS).contains(&(last - first + 1));
    is_usual.then(|| (first..=last).map(|month| months.get(&month).copied().unwrap_or_default()).collect())
}

fn spike(
    book: usize,
    category: CategoryIndex,
    months: &BTreeMap<MonthIndex, i128>,
    (first, last): (MonthIndex, MonthIndex),
    usual_whole: i128,
) -> Option<(Spike, f64)> {
    let mut all = filled(months, first, last)?;
    let usual = median(&mut all).filter(|usual| *usual > 0)?;
    let mut distances: Vec<i128> = all.iter().map(|units| (units - usual).abs()).collect();
    let scale = 1.4826 * median(&mut distances)? as f64 + 0.1 * usual as f64;
    let (month, units) = months.iter().max_by_key(|(month, units)| (**units, **month))?;
    let z = (units - usual) as f64 / scale;
    let is_spike = z >= OUTLIER && *units >= usual * TIMES && (units - usual) * MATERIAL >= usual_whole;
    is_spike.then_some((Spike { book, category, month: *month, units: *units, usual, all: RowSet::default() }, z))
}

fn candidate(mut spike: Spike, z: f64, ledger: &Ledger<'_>) -> Option<Candidate> {
    let (mut rows, mut largest) = (RowSet::default(), None);
    let is_mine = |entry: &Entry| entry.book == spike.book && entry.category == spike.category && entry.is_out();
    let mut all = RowSet::default();
    for entry in ledger.entries().filter(is_mine) {
        all.push(entry.number);
        if entry.month() == spike.month {
            rows.push(entry.number);
            if largest.is_none_or(|(units, _)| entry.units < units) {
                largest = Some((entry.units, entry.number));
            }
        }
    }
    spike.all = all;
    Some(Candidate {
        kind: FindingKind::CategorySpike,
        score: WEIGHT * z / (z + OUTLIER),
        // The largest row of the month: where it is told for itself, the month need not be.
        lead: largest?.1,
        rows,
        usual: Usual::Nothing,
        detail: Detail::Spike(spike),
    })
}

/// The finding with its facts.
pub(super) fn told(candidate: &Candidate, spike: &Spike, ledger: &Ledger<'_>, facts: &mut Facts) -> Option<Finding> {
    let book = ledger.books.get(spike.book)?;
    let place = categories::place(book, spike.category, ledger, facts);
    let money = |units| Value::Money(book.money(units));
    let during = place.during(days_of(spike.month));
    let cost = facts.add("spike_out", during, money(spike.units), from_rows(&candidate.rows, formula::OUT));
    let month = from_rows(&candidate.rows, formula::MONTH_OF_ROWS);
    let month = facts.add("spike_month", during, month_value(spike.month), month);
    let days = ["first_date", "last_date"].map(|metric| Place::book(book).id(metric)).to_vec();
    let usual = from_both(&spike.all, days, formula::MEDIAN_MONTH);
    let usual = facts.add("usual_month_out", place, money(spike.usual), usual);
    let mut ids = vec![cost.clone(), month, usual.clone()];
    if let Some(times) = quotient(spike.units, spike.usual, TIMES_PLACES) {
        let times = Value::Number(Money::new(times, TIMES_PLACES, None));
        ids.push(facts.add("times_usual", place, times, from_facts(vec![cost, usual], formula::TIMES)));
    }
    Some(Finding {
        id: format!("{}/{}", candidate.kind.key(), candidate.lead),
        kind: candidate.kind,
        score: candidate.score,
        rows: candidate.rows.clone(),
        facts: ids,
    })
}
