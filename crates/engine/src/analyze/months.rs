//! Cash flow by month with its totals.

use std::mem::take;

use super::{
    facts::{Facts, Place, formula, from_facts, from_taken_rows},
    ledger::{Book, MonthIndex, days_of, month_key, month_of, year_and_month},
    totals::{Group, Totals},
};
use crate::{Lineage, RowSet, Value};

/// Most months that are listed. A file over more than a hundred years has misread dates; its last months are listed.
const MAX_MONTHS: usize = 1_200;

/// The figures of one month.
pub(crate) struct Month {
    pub(crate) month: MonthIndex,
    pub(crate) inward: i128,
    pub(crate) outward: i128,
    pub(crate) in_id: String,
    pub(crate) out_id: String,
    pub(crate) net_id: String,
    transactions: i64,
    transactions_id: String,
}

impl Month {
    /// Whether nothing moved.
    pub(crate) fn is_empty(&self) -> bool {
        self.transactions == 0
    }
}

/// The months of a book, ascending.
pub(crate) struct Months {
    pub(crate) list: Vec<Month>,
    /// Every month of the book is listed, none is left out.
    pub(crate) complete: bool,
}

/// `money_in`, `money_out`, `net` and `transactions` by month, their totals and `busiest_month`.
/// A month without transactions is listed with zeros.
pub(crate) fn months(book: &Book, totals: &mut Totals, facts: &mut Facts) -> Months {
    let (listed, complete) = listed(book, totals);
    if !complete {
        totals_only(book, totals, facts);
    }
    let list = listed
        .iter()
        .map(|month| match totals.months.get_mut(month) {
            Some(group) => one(book, *month, group, facts),
            None => one(book, *month, &mut Group::default(), facts),
        })
        .collect();
    let months = Months { list, complete };
    sums(book, totals, &months, facts);
    busiest(book, &months, facts);
    months
}

fn listed(book: &Book, totals: &Totals) -> (Vec<MonthIndex>, bool) {
    let (first, last) = (month_of(book.first), month_of(book.last));
    if usize::try_from(last - first).is_ok_and(|months| months < MAX_MONTHS) {
        return ((first..=last).collect(), true);
    }
    let mut latest: Vec<MonthIndex> = totals.months.keys().rev().take(MAX_MONTHS).copied().collect();
    latest.reverse();
    (latest, false)
}

fn one(book: &Book, month: MonthIndex, group: &mut Group, facts: &mut Facts) -> Month {
    let key = month_key(month);
    let place = Place::of(book, "month", &key).during(days_of(month));
    let money = |units| Value::Money(book.money(units));
    let transactions = group.count();
    let counted = group.counted([Some(place.id("money_in")), Some(place.id("money_out"))]);
    let (rows_in, rows_out) = (take(&mut group.rows_in), take(&mut group.rows_out));
    let in_id = facts.add("money_in", place, money(group.inward), from_taken_rows(rows_in, ""));
    let out_id = facts.add("money_out", place, money(group.outward), from_taken_rows(rows_out, formula::OUT));
    let net = from_facts(vec![in_id.clone(), out_id.clone()], formula::NET);
    let net_id = facts.add("net", place, money(group.inward - group.outward), net);
    let transactions_id = facts.add("transactions", place, Value::Count(transactions), counted);
    Month { month, inward: group.inward, outward: group.outward, in_id, out_id, net_id, transactions, transactions_id }
}

fn sums(book: &Book, totals: &Totals, months: &Months, facts: &mut Facts) {
    if !months.complete {
        return;
    }
    let ids = |id: fn(&Month) -> &String| {
        from_facts(months.list.iter().map(|month| id(month).clone()).collect(), formula::SUM)
    };
    add_sums(book, totals, [ids(|month| &month.in_id), ids(|month| &month.out_id)], facts);
}

/// `money_in`, `money_out` and `net` of a book, straight from its transactions.
pub(crate) fn totals_only(book: &Book, totals: &Totals, facts: &mut Facts) {
    let rows_in = RowSet::union_all(totals.months.values().map(|group| &group.rows_in));
    let rows_out = RowSet::union_all(totals.months.values().map(|group| &group.rows_out));
    add_sums(book, totals, [from_taken_rows(rows_in, ""), from_taken_rows(rows_out, formula::OUT)], facts);
}

fn add_sums(book: &Book, totals: &Totals, [in_lineage, out_lineage]: [Lineage; 2], facts: &mut Facts) {
    let place = Place::book(book);
    let sum = |part: fn(&Group) -> i128| totals.months.values().map(part).sum::<i128>();
    let (inward, outward) = (sum(|group| group.inward), sum(|group| group.outward));
    let money = |units| Value::Money(book.money(units));
    let in_id = facts.add("money_in", place, money(inward), in_lineage);
    let out_id = facts.add("money_out", place, money(outward), out_lineage);
    facts.add("net", place, money(inward - outward), from_facts(vec![in_id, out_id], formula::NET));
}

fn busiest(book: &Book, months: &Months, facts: &mut Facts) {
    let larger = |best: &&Month, month: &&Month| best.transactions.cmp(&month.transactions);
    // `max_by` takes the last of equals, so the months go from the latest to the earliest.
    let best = months.list.iter().rev().max_by(larger);
    let Some(best) = best else { return };
    let all = months.list.iter().map(|month| month.transactions_id.clone()).collect();
    let lineage = from_facts(all, formula::LARGEST_MONTH);
    facts.add("busiest_month", Place::book(book), month_value(best.month), lineage);
}

pub(crate) fn month_value(month: MonthIndex) -> Value {
    let (year, month) = year_and_month(month);
    Value::Month(year, month)
}
