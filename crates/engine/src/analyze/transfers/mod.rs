//! Transfers between the own accounts of one file: neither income nor spending.
//!
//! A matched transfer gets the category `transfers` unless the file or the user names another, and figures of its own, so that what
//! came in and went out can be seen without it. A transfer of which the file has one half only keeps the category that its
//! words give it.
//!
//! Invariant: equal amounts alone are no transfer; words of the rows prove it, see [`pairs`] and [`proof`].

mod pairs;
mod proof;

use std::hash::{BuildHasher, BuildHasherDefault};

use super::{
    facts::{Facts, Place, formula, from_facts, from_rows},
    ledger::{Ledger, known},
};
use crate::{
    Error, Import, LabelReason, Labels, RowSet, Value,
    enrich::{CategoryIndex, Spread, TRANSFERS, category_named},
    store::{Record, Scratch, Tag},
};
use pairs::{Leg, pairs};
use proof::{Cards, Proof};

/// A file with more movements is matched by those only that say that they are transfers, the first of them.
const MOST_LEGS: usize = 1 << 19;

/// Numbers of transactions that belong together, out and in.
pub(crate) type Pairs = Vec<(u32, u32)>;

/// Finds the transactions that belong together and labels them. A file of one account has none.
pub(crate) fn label(import: &Import, labels: Labels, scratch: &Scratch) -> Result<(Pairs, Labels), Error> {
    let mut accounts = import.transactions.records(0).filter_map(|record| record.account);
    let first = accounts.next();
    let (Some(first), Some(transfers)) = (first, category_named(TRANSFERS)) else {
        return Ok((Vec::new(), labels));
    };
    if accounts.all(|account| account == first) {
        return Ok((Vec::new(), labels));
    }
    let silent_too = import.transactions.len() <= MOST_LEGS;
    let mut cards = Cards::new(import);
    let legs = import.transactions.records(0).zip(labels.tags()).zip(1..).filter_map(|((record, tag), number)| {
        leg(&record, number, tag.category == transfers, &mut cards).filter(|leg| silent_too || leg.says_so)
    });
    let proof = Proof::new(import, &labels);
    let found = pairs(legs.take(MOST_LEGS).collect(), |out, inward| proof.belong(out.number, inward.number));
    if found.is_empty() {
        return Ok((found, labels));
    }
    let mut numbers: Vec<u32> = found.iter().flat_map(|(out, inward)| [*out, *inward]).collect();
    numbers.sort_unstable();
    let mut numbers = numbers.into_iter().peekable();
    let labels = labels.changed(scratch, |number, tag| match numbers.next_if_eq(&number) {
        Some(_) => relabelled(tag, transfers),
        None => tag,
    })?;
    Ok((found, labels))
}

fn relabelled(tag: Tag, transfers: CategoryIndex) -> Tag {
    if matches!(tag.reason, LabelReason::File | LabelReason::Corrected) || tag.category == transfers {
        return tag;
    }
    Tag { category: transfers, reason: LabelReason::Transfer, ..tag }
}

fn leg(record: &Record, number: u32, says_so: bool, cards: &mut Cards<'_>) -> Option<Leg> {
    let (mut units, mut exponent) = (record.amount.units.unsigned_abs(), i32::from(record.amount.exponent));
    if units == 0 {
        return None;
    }
    while units.is_multiple_of(10) {
        (units, exponent) = (units / 10, exponent - 1);
    }
    let currency = known(record.amount.currency).map(|currency| currency.to_string());
    let account = record.account?;
    Some(Leg {
        number,
        day: record.date.to_julian_day(),
        account,
        amount: BuildHasherDefault::<Spread>::default().hash_one((units, exponent, currency)),
        is_out: record.amount.units < 0,
        says_so,
        is_card: cards.has(account),
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
