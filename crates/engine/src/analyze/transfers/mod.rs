//! Transfers between the own accounts of one file: neither income nor spending.
//!
//! A matched transfer gets the category `transfers` unless the file names another, and figures of its own, so that what
//! came in and went out can be seen without it. A transfer of which the file has one half only keeps the category that its
//! words give it.

mod pairs;

use std::hash::{BuildHasher, BuildHasherDefault};

use super::{
    facts::{Facts, Place, formula, from_facts, from_rows},
    ledger::{Ledger, known},
};
use crate::{
    Import, LabelReason, RowSet, Value,
    enrich::{CategoryIndex, Enriched, Spread, TRANSFERS, category_key, category_named},
    store::Record,
};
use pairs::{Leg, pairs};

/// A file with more movements is matched by those only that say that they are transfers, the first of them.
const MOST_LEGS: usize = 1 << 19;

/// Numbers of transactions that belong together, out and in; labels them. A file of one account has none.
pub(crate) fn label(import: &Import, enriched: &mut Enriched) -> Vec<(u32, u32)> {
    let mut accounts = import.transactions.records(0).filter_map(|record| record.account);
    let first = accounts.next();
    let (Some(first), Some(transfers)) = (first, category_named(TRANSFERS)) else { return Vec::new() };
    if accounts.all(|account| account == first) {
        return Vec::new();
    }
    let silent_too = import.transactions.len() <= MOST_LEGS;
    let legs =
        import.transactions.records(0).zip(&enriched.categories).zip(1..).filter_map(|((record, category), number)| {
            leg(&record, number, *category == transfers).filter(|leg| silent_too || leg.says_so)
        });
    let found = pairs(legs.take(MOST_LEGS).collect());
    for number in found.iter().flat_map(|(out, inward)| [out, inward]) {
        relabel(*number, transfers, enriched);
    }
    found
}

fn relabel(number: u32, transfers: CategoryIndex, enriched: &mut Enriched) {
    let place = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
    let (Some(category), Some(label)) = (enriched.categories.get_mut(place), enriched.labels.get_mut(place)) else {
        return;
    };
    if label.reason != LabelReason::File && *category != transfers {
        *category = transfers;
        label.category = category_key(transfers);
        label.reason = LabelReason::Transfer;
    }
}

fn leg(record: &Record, number: u32, says_so: bool) -> Option<Leg> {
    let (mut units, mut exponent) = (record.amount.units.unsigned_abs(), i32::from(record.amount.exponent));
    if units == 0 {
        return None;
    }
    while units.is_multiple_of(10) {
        (units, exponent) = (units / 10, exponent - 1);
    }
    let currency = known(record.amount.currency).map(|currency| currency.to_string());
    Some(Leg {
        number,
        day: record.date.to_julian_day(),
        account: record.account?,
        amount: BuildHasherDefault::<Spread>::default().hash_one((units, exponent, currency)),
        is_out: record.amount.units < 0,
        says_so,
        is_round: units < 100,
    })
}

/// `own_transfers`, `own_transfers_in` and `own_transfers_out`, and money in and out without them:
/// `external_in`, `external_out`. Nothing where the file has no matched transfer.
pub(crate) fn figures(found: &[(u32, u32)], ledger: &Ledger<'_>, facts: &mut Facts) {
    for book in &ledger.books {
        let mine = |number: &u32| book.rows.contains(*number);
        let outs: RowSet = found.iter().map(|(out, _)| *out).filter(mine).collect();
        let ins: RowSet = found.iter().map(|(_, inward)| *inward).filter(mine).collect();
        if outs.is_empty() {
            continue;
        }
        let sum = |rows: &RowSet| -> i128 {
            rows.iter().filter_map(|number| ledger.numbered(number)).map(|entry| entry.units.abs()).sum()
        };
        let at = Place::book(book);
        let money = |units| Value::Money(book.money(units));
        facts.add("own_transfers", at, Value::Count(outs.len().into()), from_rows(&outs, ""));
        for (own, external, whole, rows, formula) in [
            ("own_transfers_in", "external_in", "money_in", &ins, ""),
            ("own_transfers_out", "external_out", "money_out", &outs, formula::OUT),
        ] {
            let units = sum(rows);
            let own = facts.add(own, at, money(units), from_rows(rows, formula));
            let whole = at.id(whole);
            let Some(Value::Money(all)) = facts.get(&whole).map(|fact| &fact.value) else { continue };
            let rest = money(all.units - units);
            facts.add(external, at, rest, from_facts(vec![whole, own], formula::EXTERNAL));
        }
    }
}
