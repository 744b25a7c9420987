//! What a usual month looks like: averages over full months, runway, and the last full month against the one before.
//!
//! Invariant: a month within a gap of the file counts neither as full nor as zero, see [`super::gaps`].

use time::{Date, Duration};

use saldo_kernel::Money;

use super::{
    exact::{SHARE_PLACES, divide, quotient},
    facts::{Facts, Place, formula, from_facts},
    gaps,
    ledger::{Book, Ledger, days_of, known, month_key},
    months::{Month, Months, month_value},
};
use crate::Value;

/// A statement's first or last month is full if it reaches this near to the month's edge: a weekend and a day.
const EDGE: Duration = Duration::days(3);

/// Decimal places of the runway.
const RUNWAY_PLACES: u8 = 1;

/// `full_months`, `negative_months`, `average_month_in|out|net`, `runway_months` and the changes of the last full month;
/// `gap_months` and `gap_last_month` where the file has gaps.
pub(crate) fn pace(book: &Book, months: &Months, ledger: &Ledger<'_>, facts: &mut Facts) {
    let (missing, full) = full(book, months, ledger);
    told(book, &missing, facts);
    let (Some(first), Some(last)) = (full.first(), full.last()) else { return };
    let period = days_of(first.month).zip(days_of(last.month)).map(|((from, _), (_, to))| (from, to));
    let place = Place::book(book).during(period);
    averages(book, &full, place, facts);
    runway(place, book, facts);
    if let [.., earlier, later] = full.as_slice() {
        changes(book, earlier, later, facts);
    }
}

/// How many months are missing within the file, and the last of them.
fn told(book: &Book, missing: &[&Month], facts: &mut Facts) {
    let Some(last) = missing.last() else { return };
    let ids = missing.iter().map(|month| month.net_id.clone()).collect();
    let count = Value::Count(i64::try_from(missing.len()).unwrap_or(i64::MAX));
    facts.add("gap_months", Place::book(book), count, from_facts(ids, formula::COUNT));
    let of_last = from_facts(vec![last.out_id.clone()], formula::MONTH);
    facts.add("gap_last_month", Place::book(book).during(days_of(last.month)), month_value(last.month), of_last);
}

/// The months within gaps of the file, and those that it covers from end to end.
fn full<'a>(book: &Book, months: &'a Months, ledger: &Ledger<'_>) -> (Vec<&'a Month>, Vec<&'a Month>) {
    if !months.complete {
        return (Vec::new(), Vec::new());
    }
    let (from, to) = covered(book, ledger);
    let is_full = |month: &&Month| {
        days_of(month.month)
            .is_some_and(|(first, last)| from.saturating_sub(EDGE) <= first && to.saturating_add(EDGE) >= last)
    };
    let empty: Vec<bool> = months.list.iter().map(Month::is_empty).collect();
    let missing = gaps::missing(&empty);
    let (missing, there): (Vec<_>, Vec<_>) = months.list.iter().zip(missing).partition(|(_, is_missing)| *is_missing);
    let month = |(month, _): (&'a Month, bool)| month;
    (missing.into_iter().map(month).collect(), there.into_iter().map(month).filter(is_full).collect())
}

/// From the first to the last day that a movement or a stated balance speaks of.
fn covered(book: &Book, ledger: &Ledger<'_>) -> (Date, Date) {
    let stated = ledger.import.balances.iter().filter(|balance| {
        let currency = known(balance.amount.currency);
        currency == book.currency || (currency.is_none() && ledger.books.len() == 1)
    });
    stated
        .filter_map(|balance| balance.date)
        .fold((book.first, book.last), |(from, to), date| (from.min(date), to.max(date)))
}

fn averages(book: &Book, full: &[&Month], place: Place<'_>, facts: &mut Facts) {
    let number = i64::try_from(full.len()).unwrap_or(i64::MAX);
    let ids = |id: fn(&Month) -> &String| full.iter().map(|month| id(month).clone()).collect::<Vec<_>>();
    let nets = ids(|month| &month.net_id);
    facts.add("full_months", place, Value::Count(number), from_facts(nets.clone(), formula::COUNT));
    let negative = full.iter().filter(|month| month.inward < month.outward).count();
    let negative = Value::Count(i64::try_from(negative).unwrap_or(i64::MAX));
    facts.add("negative_months", place, negative, from_facts(nets, formula::NEGATIVE));

    let average = |part: fn(&Month) -> i128| divide(full.iter().map(|month| part(month)).sum(), i128::from(number));
    let (Some(inward), Some(outward)) = (average(|month| month.inward), average(|month| month.outward)) else { return };
    let money = |units| Value::Money(book.money(units));
    let in_lineage = from_facts(ids(|month| &month.in_id), formula::AVERAGE);
    let out_lineage = from_facts(ids(|month| &month.out_id), formula::AVERAGE);
    let in_id = facts.add("average_month_in", place, money(inward), in_lineage);
    let out_id = facts.add("average_month_out", place, money(outward), out_lineage);
    facts.add(
        "average_month_net",
        place,
        money(inward - outward),
        from_facts(vec![in_id, out_id], formula::AVERAGE_NET),
    );
}

/// How many months the closing balance lasts where more goes out than comes in.
fn runway(place: Place<'_>, book: &Book, facts: &mut Facts) {
    let (closing_id, net_id) = (place.id("closing_balance"), place.id("average_month_net"));
    let money = |id: &str| match facts.get(id).map(|fact| &fact.value) {
        Some(Value::Money(money)) => Some(*money),
        _ => None,
    };
    let (Some(closing), Some(net)) = (money(&closing_id), money(&net_id)) else { return };
    if closing.units <= 0 || net.units >= 0 {
        return;
    }
    let exponent = closing.exponent.max(net.exponent);
    let months = closing
        .scaled(exponent)
        .zip(net.scaled(exponent))
        .and_then(|(closing, net)| quotient(closing, -net, RUNWAY_PLACES));
    if let Some(months) = months {
        let lineage = from_facts(vec![closing_id, net_id], formula::RUNWAY);
        let place = place.during(Some((book.last, book.last)));
        facts.add("runway_months", place, Value::Number(Money::new(months, RUNWAY_PLACES, None)), lineage);
    }
}

fn changes(book: &Book, earlier: &Month, later: &Month, facts: &mut Facts) {
    let month_of = |month: &Month| from_facts(vec![month.out_id.clone()], formula::MONTH);
    let at = |month: &Month| Place::book(book).during(days_of(month.month));
    facts.add("last_full_month", at(later), month_value(later.month), month_of(later));
    facts.add("previous_full_month", at(earlier), month_value(earlier.month), month_of(earlier));

    let key = month_key(later.month);
    let place = Place::of(book, "month", &key).during(days_of(later.month));
    let mut change = |metric, share: Option<&'static str>, ids: [&String; 2], before: i128, after: i128| {
        let ids = || ids.into_iter().cloned().collect();
        facts.add(metric, place, Value::Money(book.money(after - before)), from_facts(ids(), formula::CHANGE));
        let ratio = quotient(after - before, before, SHARE_PLACES);
        if let Some((share, ratio)) = share.zip(ratio) {
            let ratio = Value::Ratio(Money::new(ratio, SHARE_PLACES, None));
            facts.add(share, place, ratio, from_facts(ids(), formula::CHANGE_SHARE));
        }
    };
    change(
        "money_in_change",
        Some("money_in_change_share"),
        [&later.in_id, &earlier.in_id],
        earlier.inward,
        later.inward,
    );
    change(
        "money_out_change",
        Some("money_out_change_share"),
        [&later.out_id, &earlier.out_id],
        earlier.outward,
        later.outward,
    );
    let net = |month: &Month| month.inward - month.outward;
    // No share: a share of a number that may be negative says nothing.
    change("net_change", None, [&later.net_id, &earlier.net_id], net(earlier), net(later));
}
