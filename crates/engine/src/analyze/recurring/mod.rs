//! Recurring payments: subscriptions, rent, salaries. Who is paid how often, when next, and how the price changed.

mod series;

use time::Date;

use super::{
    facts::{Facts, Place, formula, from_both, from_facts, from_rows},
    ledger::{Book, Ledger},
};
use crate::{
    RowSet, Value,
    enrich::{PartyIndex, SpreadMap},
};
use saldo_kernel::Money;
pub(crate) use series::Payment;
use series::Series;

/// A counterparty with more payments than twenty years of weeks is no subscription.
const MOST_PAYMENTS: u32 = 1_040;
const LEAST_PAYMENTS: u32 = 3;

/// Most payments looked at; of a larger file, those of the counterparties that come first.
const BUDGET: usize = 1 << 19;

/// Most series of one currency and direction with figures, those with the most money a year.
const SHOWN: usize = 30;

/// Decimal places of the confidence.
const CONFIDENCE_PLACES: u8 = 4;

/// Book, direction, counterparty.
type Group = (usize, bool, PartyIndex);

/// A series of one counterparty.
pub(crate) struct Recurring {
    pub(crate) book: usize,
    pub(crate) is_out: bool,
    pub(crate) party: PartyIndex,
    pub(crate) series: Series,
}

impl Recurring {
    /// The last price over a year. Amounts are far below the ledger's limit, times 52 as well.
    fn a_year(&self) -> i128 {
        self.series.last().map_or(0, |last| last.units * self.series.cadence.times_a_year())
    }

    /// The next payment is not overdue by so much that the series has ended.
    pub(crate) fn is_running(&self, book: &Book) -> bool {
        self.series.next().is_some_and(|next| next.saturating_add(self.series.cadence.patience()) >= book.last)
    }

    pub(crate) fn rows(&self) -> RowSet {
        self.series.payments.iter().map(|payment| payment.number).collect()
    }
}

/// Finds every series, in the order of the books, those with the most money a year first.
pub(crate) fn find(ledger: &Ledger<'_>) -> Vec<Recurring> {
    let mut groups = payments(ledger);
    let mut found = Vec::new();
    for ((book, is_out, party), payments) in &mut groups {
        payments.sort_by_key(|payment| (payment.date, payment.number));
        let series = series::series(payments).into_iter();
        found.extend(series.map(|series| Recurring { book: *book, is_out: *is_out, party: *party, series }));
    }
    found.sort_by_key(|one| {
        (one.book, !one.is_out, std::cmp::Reverse(one.a_year()), one.series.last().map(|it| it.number))
    });
    found
}

/// The payments of each counterparty that has some, but not too many.
fn payments(ledger: &Ledger<'_>) -> Vec<(Group, Vec<Payment>)> {
    let mut counts: SpreadMap<Group, u32> = SpreadMap::default();
    let groups = || ledger.entries().filter(|entry| entry.units != 0).filter_map(|entry| Some((entry, entry.party?)));
    for (entry, party) in groups() {
        *counts.entry((entry.book, entry.is_out(), party)).or_default() += 1;
    }
    counts.retain(|_, count| (LEAST_PAYMENTS..=MOST_PAYMENTS).contains(count));
    let mut chosen: Vec<(Group, u32)> = counts.into_iter().collect();
    chosen.sort_unstable();
    let mut room = BUDGET;
    chosen.retain(|(_, count)| match room.checked_sub(*count as usize) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    });
    let mut out: Vec<(Group, Vec<Payment>)> =
        chosen.iter().map(|(group, count)| (*group, Vec::with_capacity(*count as usize))).collect();
    let places: SpreadMap<Group, usize> =
        chosen.iter().enumerate().map(|(place, (group, _))| (*group, place)).collect();
    for (entry, party) in groups() {
        let place = places.get(&(entry.book, entry.is_out(), party));
        if let Some((_, payments)) = place.and_then(|place| out.get_mut(*place)) {
            payments.push(Payment { date: entry.date(), units: entry.units.abs(), number: entry.number });
        }
    }
    out
}

/// The figures of each series that is still running, and what those of a direction cost a year.
pub(crate) fn figures(found: &[Recurring], ledger: &Ledger<'_>, facts: &mut Facts) {
    for (place, book) in ledger.books.iter().enumerate() {
        let mut keys = std::collections::HashMap::new();
        for (is_out, total, number) in
            [(true, "recurring_year_out", "recurring_out_count"), (false, "recurring_year_in", "recurring_in_count")]
        {
            let running = found
                .iter()
                .filter(|one| one.book == place && one.is_out == is_out && one.is_running(book))
                .take(SHOWN);
            let ids: Vec<String> = running.filter_map(|one| figure(one, book, ledger, &mut keys, facts)).collect();
            let sum = ids.iter().filter_map(|id| units(id, facts)).sum();
            if !ids.is_empty() {
                let place = Place::book(book);
                let count = Value::Count(i64::try_from(ids.len()).unwrap_or(i64::MAX));
                facts.add(number, place, count, from_facts(ids.clone(), formula::COUNT));
                facts.add(total, place, Value::Money(book.money(sum)), from_facts(ids, formula::SUM));
            }
        }
    }
}

fn units(id: &str, facts: &Facts) -> Option<i128> {
    match facts.get(id)?.value {
        Value::Money(money) => Some(money.units),
        _ => None,
    }
}

/// The figures of one series; gives the id of what it comes to a year.
fn figure<'a>(
    one: &Recurring,
    book: &Book,
    ledger: &'a Ledger<'_>,
    keys: &mut std::collections::HashMap<&'a str, u32>,
    facts: &mut Facts,
) -> Option<String> {
    let (series, name) = (&one.series, ledger.enriched.name(one.party));
    let (first, last, next) = (series.payments.first()?, series.last()?, series.next()?);
    // Several series of one counterparty are numbered.
    let known = keys.entry(name).and_modify(|count| *count += 1).or_insert(1);
    let key = if *known > 1 { format!("{name} #{known}") } else { name.to_owned() };
    let place = Place::of(book, "recurring", &key).during(Some((first.date, last.date)));
    let (rows, last_row) = (one.rows(), RowSet::one(last.number));

    let (amount, year, as_written) = if one.is_out {
        ("recurring_out", "recurring_out_a_year", formula::NEGATED)
    } else {
        ("recurring_in", "recurring_in_a_year", formula::AMOUNT)
    };
    let amount = facts.add(amount, place, Value::Money(book.money(last.units)), from_rows(&last_row, as_written));
    let counterparty = Value::Name(name.to_owned());
    facts.add("counterparty", place, counterparty, from_rows(&last_row, formula::COUNTERPARTY));
    facts.add("payments", place, Value::Count(rows.len().into()), from_rows(&rows, ""));
    let cadence = Value::Name(series.cadence.key().to_owned());
    let cadence = facts.add("cadence", place, cadence, from_rows(&rows, formula::CADENCE));
    let paid = facts.add("last_payment", place, Value::Date(last.date), from_rows(&rows, formula::LAST));
    facts.add("next_payment", place, Value::Date(next), from_both(&rows, vec![paid], formula::DUE));
    let (on_time, gaps) = series.punctuality();
    if let Some(ratio) = super::exact::quotient(on_time as i128, gaps as i128, CONFIDENCE_PLACES) {
        let confidence = Value::Ratio(Money::new(ratio, CONFIDENCE_PLACES, None));
        facts.add("on_time", place, confidence, from_rows(&rows, formula::ON_TIME));
    }
    price_change(one, place, book, &amount, facts);
    let a_year = Value::Money(book.money(one.a_year()));
    Some(facts.add(year, place, a_year, from_facts(vec![amount, cadence], formula::A_YEAR)))
}

/// The price before the latest change and the first day of the new one.
fn price_change(one: &Recurring, place: Place<'_>, book: &Book, amount: &str, facts: &mut Facts) {
    let Some((before, after)) = one.series.price_change() else { return };
    let [old, new] = [before, after].map(|payment| RowSet::one(payment.number));
    let as_written = if one.is_out { formula::NEGATED } else { formula::AMOUNT };
    let earlier =
        facts.add("earlier_price", place, Value::Money(book.money(before.units)), from_rows(&old, as_written));
    facts.add("price_changed", place, Value::Date(after.date), from_rows(&new, formula::DATE));
    let Some(last) = one.series.last() else { return };
    let change = super::exact::quotient(last.units - before.units, before.units, super::exact::SHARE_PLACES);
    if let Some(change) = change {
        let change = Value::Ratio(Money::new(change, super::exact::SHARE_PLACES, None));
        facts.add("price_change", place, change, from_facts(vec![amount.to_owned(), earlier], formula::CHANGE_SHARE));
    }
}

/// A payment that should have come and did not.
pub(crate) struct Missing<'a> {
    pub(crate) of: &'a Recurring,
    /// The payment before it.
    pub(crate) before: &'a Payment,
    pub(crate) due: Date,
}

/// At most one for each series: its last payment is overdue, or there is a hole among those of the last year.
pub(crate) fn missing<'a>(found: &'a [Recurring], ledger: &Ledger<'_>) -> Vec<Missing<'a>> {
    found.iter().filter_map(|one| missed(one, ledger.books.get(one.book)?)).collect()
}

/// Fewer payments than this make no habit that could be broken.
const HABIT: usize = 4;

/// Days of a hole that still matters, and of a series that ended only lately.
const RECENT: i64 = 366;

fn missed<'a>(one: &'a Recurring, book: &Book) -> Option<Missing<'a>> {
    let series = &one.series;
    if !series.is_fixed || series.payments.len() < HABIT {
        return None;
    }
    let (last, next) = (series.last()?, series.next()?);
    let patience = series.cadence.patience();
    if next.saturating_add(patience) < book.last {
        // Twice missed is ended, which nobody need be told of.
        let after_next = series.cadence.next(next, series.usual_day())?;
        return (after_next.saturating_add(patience) >= book.last).then_some(Missing {
            of: one,
            before: last,
            due: next,
        });
    }
    let (before, _) = series.latest_gap()?;
    let due = series.cadence.next(before.date, series.usual_day())?;
    ((book.last - due).whole_days() <= RECENT).then_some(Missing { of: one, before, due })
}
