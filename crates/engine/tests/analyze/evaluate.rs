//! Computes a fact again from its lineage: a second, slow and plain reading of the formulas.

use std::collections::HashMap;

use saldo_engine::{Analysis, Fact, Import, Transaction, Value};
use saldo_kernel::Money;
use time::Date;

pub(crate) struct Evaluator<'a> {
    rows: Vec<Transaction>,
    analysis: &'a Analysis,
    facts: HashMap<&'a str, &'a Fact>,
}

impl<'a> Evaluator<'a> {
    pub(crate) fn new(import: &Import, analysis: &'a Analysis) -> Self {
        let facts: HashMap<_, _> = analysis.facts.iter().map(|fact| (fact.id.as_str(), fact)).collect();
        assert_eq!(facts.len(), analysis.facts.len(), "two facts have one id");
        Self { rows: import.transactions.to_vec(), analysis, facts }
    }

    /// The value that the lineage gives; `None` where the lineage is the file itself.
    pub(crate) fn value(&self, fact: &Fact) -> Option<Value> {
        let rows = self.rows(fact);
        let facts: Vec<&Fact> = fact.lineage.facts.iter().map(|id| self.facts[id.as_str()]).collect();
        let money = |place: usize| number(&facts[place].value);
        let only = || {
            assert_eq!(rows.len(), 1, "{} has not one row", fact.id);
            rows[0].1
        };
        let formula = fact.lineage.formula;
        Some(match formula {
            "" if matches!(fact.value, Value::Count(_)) => Value::Count(rows.len() as i64),
            "" => Value::Money(sum(rows.iter().map(|(_, row)| row.amount), fact)),
            "-sum(amount)" => Value::Money(sum(rows.iter().map(|(_, row)| row.amount), fact).negated().unwrap()),
            "count(rows)" => Value::Count(facts.iter().map(|fact| self.rows(fact).len() as i64).sum()),
            "sum(facts)" => Value::Money(sum(facts.iter().map(|fact| number(&fact.value)), fact)),
            "money_in - money_out"
            | "average_month_in - average_month_out"
            | "later - earlier"
            | "all - own transfers" => Value::Money(money(0).checked_sub(money(1)).unwrap()),
            "(later - earlier) / earlier" => {
                let (later, earlier) = aligned(money(0), money(1));
                Value::Ratio(rounded(later - earlier, earlier, 4))
            }
            "part / whole" => {
                let (part, whole) = aligned(money(0), money(1));
                Value::Ratio(rounded(part, whole, 4))
            }
            "sum(facts) / count(facts)" => {
                let sum = sum(facts.iter().map(|fact| number(&fact.value)), fact);
                let units = rounded(sum.units, facts.len() as i128, 0).units;
                Value::Money(Money { units, ..sum })
            }
            "closing_balance / -average_month_net" => {
                let (closing, net) = aligned(money(0), money(1));
                Value::Number(rounded(closing, -net, 1))
            }
            "|amount| / usual" => {
                let (amount, usual) = aligned(money(0), money(1));
                Value::Number(rounded(amount.abs(), usual, 1))
            }
            "5th percentile(|amount|)" => Value::Money(ranked(&rows, fact, |last| last - last * 19 / 20)),
            "95th percentile(|amount|)" => Value::Money(ranked(&rows, fact, |last| last * 19 / 20)),
            "month" => {
                let first = rows[0].1.date;
                assert!(
                    rows.iter().all(|(_, row)| (row.date.year(), row.date.month()) == (first.year(), first.month()))
                );
                Value::Month(first.year(), u8::from(first.month()))
            }
            "median(-sum(amount) by month)" => {
                let month = |date: Date| date.year() * 12 + i32::from(u8::from(date.month()));
                let (Value::Date(from), Value::Date(to)) = (&facts[0].value, &facts[1].value) else {
                    panic!("{}", fact.id)
                };
                let sums = (month(*from)..=month(*to)).map(|index| {
                    sum(rows.iter().filter(|(_, row)| month(row.date) == index).map(|(_, row)| row.amount), fact)
                });
                Value::Money(median(sums, fact))
            }
            "usual gap" => Value::Name(cadence(&days(&rows)).0.to_owned()),
            "date + usual gap" => {
                let Value::Date(date) = facts[0].value else { panic!("{}", fact.id) };
                Value::Date(due(date, &days(&rows)))
            }
            "gaps on time / gaps" => {
                let days = days(&rows);
                let (_, least, most, _) = cadence(&days);
                let gaps: Vec<i64> = days.windows(2).map(|pair| (pair[1] - pair[0]).whole_days()).collect();
                let on_time = gaps.iter().filter(|gap| (least..=most).contains(*gap)).count();
                Value::Ratio(rounded(on_time as i128, gaps.len() as i128, 4))
            }
            "amount * times a year" => {
                let Value::Name(cadence) = &facts[1].value else { panic!("{}", fact.id) };
                let times = CADENCES.iter().find(|(name, ..)| name == cadence).expect("a cadence").3;
                Value::Money(Money { units: money(0).units * times, ..money(0) })
            }
            "min(date)" => Value::Date(rows.iter().map(|(_, row)| row.date).min().unwrap()),
            "max(date)" => Value::Date(rows.iter().map(|(_, row)| row.date).max().unwrap()),
            "months(first_date, last_date)" => {
                let (Value::Date(first), Value::Date(last)) = (&facts[0].value, &facts[1].value) else {
                    panic!("{}", fact.id)
                };
                let month = |date: &time::Date| i64::from(date.year()) * 12 + i64::from(u8::from(date.month()));
                Value::Count(month(last) - month(first) + 1)
            }
            "count(facts)" => Value::Count(facts.len() as i64),
            "count(net < 0)" => Value::Count(facts.iter().filter(|fact| number(&fact.value).units < 0).count() as i64),
            "month of the largest" => month(first_largest(&facts)),
            "month of the fact" => month(facts[0]),
            "counterparty of the largest" => Value::Name(first_largest(&facts).dimensions["counterparty"].clone()),
            "amount" => Value::Money(sum([only().amount].into_iter(), fact)),
            "-amount" => Value::Money(sum([only().amount].into_iter(), fact).negated().unwrap()),
            "date" => Value::Date(only().date),
            "counterparty" => Value::Name(self.analysis.labels.get(rows[0].0 - 1).unwrap().counterparty.to_string()),
            "median(|amount|)" => Value::Money(median(rows.iter().map(|(_, row)| row.amount), fact)),
            "sum(balance)" => Value::Money(sum(rows.iter().map(|(_, row)| row.balance.unwrap()), fact)),
            "sum(balance - amount)" => Value::Money(sum(
                rows.iter().map(|(_, row)| row.balance.unwrap().checked_sub(row.amount).unwrap()),
                fact,
            )),
            "category" => {
                let label = |(number, _): &(usize, _)| self.analysis.labels.get(*number - 1).unwrap().category;
                let first = label(rows.first()?);
                assert!(rows.iter().all(|row| label(row) == first), "{} is the name of several", fact.id);
                Value::Name(first.to_string())
            }
            "stated" | "counted while reading" | "stated - computed" => return None,
            other => panic!("the formula {other:?} of {} is unknown", fact.id),
        })
    }

    fn rows(&self, fact: &Fact) -> Vec<(usize, &Transaction)> {
        let behind = match fact.lineage.formula {
            "min(date)" | "max(date)" | "category" | "5th percentile(|amount|)" | "95th percentile(|amount|)" => {
                &self.analysis.rows_behind(&fact.id)
            }
            _ => &fact.lineage.rows,
        };
        let places = behind.iter().map(|number| number as usize);
        places.map(|number| (number, &self.rows[number - 1])).collect()
    }
}

/// Equal in worth, whatever the decimals.
pub(crate) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Money(one), Value::Money(other))
        | (Value::Ratio(one), Value::Ratio(other))
        | (Value::Number(one), Value::Number(other)) => one.compare(*other) == Some(std::cmp::Ordering::Equal),
        (one, other) => one == other,
    }
}

fn number(value: &Value) -> Money {
    match value {
        Value::Money(money) | Value::Ratio(money) | Value::Number(money) => *money,
        Value::Count(count) => Money::new(i128::from(*count), 0, None),
        other => panic!("{other:?} is no number"),
    }
}

/// The amount, without its sign, at a place of the sorted ones that the last place gives.
fn ranked(rows: &[(usize, &Transaction)], fact: &Fact, place: fn(usize) -> usize) -> Money {
    let mut amounts: Vec<Money> = rows.iter().map(|(_, row)| sum([row.amount].into_iter(), fact)).collect();
    amounts.sort_by_key(|amount| amount.units.abs());
    let found = amounts[place(amounts.len() - 1)];
    Money { units: found.units.abs(), ..found }
}

/// Name, least and most days of a gap, times a year.
const CADENCES: [(&str, i64, i64, i128); 5] = [
    ("weekly", 5, 9, 52),
    ("fortnightly", 12, 16, 26),
    ("monthly", 25, 37, 12),
    ("quarterly", 82, 101, 4),
    ("yearly", 350, 380, 1),
];

fn days(rows: &[(usize, &Transaction)]) -> Vec<Date> {
    let mut days: Vec<Date> = rows.iter().map(|(_, row)| row.date).collect();
    days.sort();
    days
}

fn cadence(days: &[Date]) -> (&'static str, i64, i64, i128) {
    let mut gaps: Vec<i64> = days.windows(2).map(|pair| (pair[1] - pair[0]).whole_days()).collect();
    gaps.sort();
    let middle = gaps[gaps.len() / 2];
    *CADENCES.iter().find(|(_, least, most, _)| (*least..=*most).contains(&middle)).expect("a cadence")
}

/// One cadence later, on the day of the month that half of the days reach.
fn due(last: Date, days: &[Date]) -> Date {
    let (name, least, most, times) = cadence(days);
    if matches!(name, "weekly" | "fortnightly") {
        return last + time::Duration::days((least + most) / 2);
    }
    let mut in_month: Vec<u8> = days.iter().map(|day| day.day()).collect();
    in_month.sort();
    let usual = in_month[in_month.len() / 2];
    let slipped = match i16::from(last.day()) - i16::from(usual) {
        distance if distance < -15 => -15,
        distance if distance > 15 => 15,
        _ => 0,
    };
    let of = last + time::Duration::days(slipped);
    let mut first = of.replace_day(1).expect("the first");
    for _ in 0..12 / times {
        first = (first + time::Duration::days(31)).replace_day(1).expect("the first");
    }
    first.replace_day(usual.min(first.month().length(first.year()))).expect("a day of the month")
}

/// The sum at the decimals of the fact.
fn sum(amounts: impl Iterator<Item = Money>, fact: &Fact) -> Money {
    let Value::Money(value) = &fact.value else { panic!("{} is no amount", fact.id) };
    let own = |money: Money| Money { currency: value.currency, ..money };
    let zero = Money::new(0, value.exponent, value.currency);
    amounts.fold(zero, |sum, amount| sum.checked_add(own(amount)).unwrap())
}

fn aligned(one: Money, other: Money) -> (i128, i128) {
    let exponent = one.exponent.max(other.exponent);
    (one.scaled(exponent).unwrap(), other.scaled(exponent).unwrap())
}

/// Half to even, by trying the neighbours.
fn rounded(dividend: i128, divisor: i128, places: u8) -> Money {
    let exact = dividend * 10_i128.pow(u32::from(places));
    let floor = exact.div_euclid(divisor);
    let distance = |units: i128| (exact - units * divisor).abs();
    let units =
        [floor - 1, floor, floor + 1].into_iter().min_by_key(|units| (distance(*units), units.rem_euclid(2))).unwrap();
    Money::new(units, places, None)
}

fn median(amounts: impl Iterator<Item = Money>, fact: &Fact) -> Money {
    let zero = sum(std::iter::empty(), fact);
    let mut units: Vec<i128> = amounts.map(|amount| sum([amount].into_iter(), fact).units.abs()).collect();
    units.sort_unstable();
    let (lower, upper) = (units[(units.len() - 1) / 2], units[units.len() / 2]);
    Money { units: rounded(lower + upper, 2, 0).units, ..zero }
}

fn first_largest<'a>(facts: &[&'a Fact]) -> &'a Fact {
    let largest = facts.iter().map(|fact| number(&fact.value).units).max().unwrap();
    facts.iter().find(|fact| number(&fact.value).units == largest).unwrap()
}

fn month(fact: &Fact) -> Value {
    let (year, month) = fact.dimensions["month"].split_once('-').unwrap();
    Value::Month(year.parse().unwrap(), month.parse().unwrap())
}
