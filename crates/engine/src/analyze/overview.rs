//! Figures of a whole book and of the whole file.

use super::{
    exact::{SHARE_PLACES, quotient},
    facts::{Facts, Place, formula, from_facts, from_file, from_rows},
    ledger::{Book, Ledger, month_of},
    totals::{Largest, Totals},
};
use crate::{Fact, Import, Proof, ProofMethod, RowSet, Value};
use saldo_kernel::Money;

/// `transactions`, and what was left out: `rows_read`, `recognized_rows`, `rejected_rows`.
pub(crate) fn file(import: &Import, facts: &mut Facts) {
    let count = |number: u64| Value::Count(i64::try_from(number).unwrap_or(i64::MAX));
    for (metric, number) in [
        ("rows_read", import.counts.read),
        ("recognized_rows", import.counts.recognized),
        ("rejected_rows", import.counts.rejected),
    ] {
        facts.add(metric, Place::file(), count(number), from_file(formula::READ));
    }
}

/// `missing_amount` and `missing_line`, where the balances do not agree with the movements; of books
/// `unbalanced_amount`, of sums within a row `wrong_sum_amount`.
pub(crate) fn missing(import: &Import, ledger: &Ledger<'_>, facts: &mut Facts) -> Vec<String> {
    let Proof::NotReconciled { by, missing, line } = import.proof else { return Vec::new() };
    let metric = match (by, line) {
        (ProofMethod::DoubleEntry, _) | (ProofMethod::AccountBalances, None) => "unbalanced_amount",
        (ProofMethod::LineSums, _) => "wrong_sum_amount",
        _ => "missing_amount",
    };
    let stated = super::ledger::known(missing.currency);
    let same = ledger.books.iter().find(|book| book.currency == stated);
    // A file of one currency may state its balances without naming it.
    let book = same.or_else(|| ledger.books.first().filter(|_| stated.is_none() && ledger.books.len() == 1));
    let place = book.map_or_else(Place::file, Place::book);
    let missing = Money { currency: book.map_or(stated, |book| book.currency), ..missing };
    let mut ids = vec![facts.add(metric, place, Value::Money(missing), from_file(formula::MISSING))];
    if let Some(line) = line {
        let line = Value::Count(i64::try_from(line).unwrap_or(i64::MAX));
        ids.push(facts.add("missing_line", place, line, from_file(formula::READ)));
    }
    ids
}

/// `transactions`, `first_date`, `last_date`, `months`, and the largest movement of each direction.
pub(crate) fn book(book: &Book, totals: &Totals, ledger: &Ledger<'_>, facts: &mut Facts) {
    let place = Place::book(book);
    let all = facts.add("transactions", place, Value::Count(book.rows.len().into()), from_rows(&book.rows, ""));
    let first = facts.add("first_date", place, Value::Date(book.first), from_facts(vec![all.clone()], formula::FIRST));
    let last = facts.add("last_date", place, Value::Date(book.last), from_facts(vec![all], formula::LAST));
    let months = i64::from(month_of(book.last) - month_of(book.first) + 1);
    facts.add("months", place, Value::Count(months), from_facts(vec![first, last], formula::MONTHS));
    let metrics = ["largest_in", "largest_in_date", "largest_in_counterparty"];
    largest(book, totals.largest_in, metrics, formula::AMOUNT, ledger, facts);
    let metrics = ["largest_out", "largest_out_date", "largest_out_counterparty"];
    largest(book, totals.largest_out, metrics, formula::NEGATED, ledger, facts);
}

fn largest(
    book: &Book,
    largest: Option<Largest>,
    [amount, date, counterparty]: [&'static str; 3],
    formula: &'static str,
    ledger: &Ledger<'_>,
    facts: &mut Facts,
) {
    let Some((largest, entry)) = largest.and_then(|it| Some((it, ledger.numbered(it.number)?))) else { return };
    let rows = RowSet::one(largest.number);
    let place = Place::book(book).during(Some((entry.date(), entry.date())));
    facts.add(amount, place, Value::Money(book.money(largest.units)), from_rows(&rows, formula));
    facts.add(date, place, Value::Date(entry.date()), from_rows(&rows, formula::DATE));
    if let Some(party) = entry.party {
        let name = Value::Name(ledger.enriched.name(party).to_owned());
        facts.add(counterparty, place, name, from_rows(&rows, formula::COUNTERPARTY));
    }
}

/// Adds `part / whole` as a share with four places; nothing where the whole is zero.
pub(crate) fn share(
    metric: &'static str,
    place: Place<'_>,
    part: &str,
    whole: &str,
    facts: &mut Facts,
) -> Option<String> {
    let units = |fact: &Fact| match &fact.value {
        Value::Money(money) => Some(money.units),
        Value::Count(count) => Some(i128::from(*count)),
        _ => None,
    };
    // Both are of one book, so they have the same number of decimals.
    let ratio = quotient(facts.get(part).and_then(units)?, facts.get(whole).and_then(units)?, SHARE_PLACES)?;
    let lineage = from_facts(vec![part.to_owned(), whole.to_owned()], formula::SHARE);
    Some(facts.add(metric, place, Value::Ratio(Money::new(ratio, SHARE_PLACES, None)), lineage))
}
