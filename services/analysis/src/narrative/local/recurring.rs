//! What is paid regularly.

use saldo_engine::{Fact, Value};

use super::{Currency, placeholder, topic};
use crate::narrative::Draft;

/// How often, by the engine's name of the cadence.
const CADENCES: [(&str, [&str; 2]); 5] = [
    ("weekly", ["weekly", "еженедельно"]),
    ("fortnightly", ["every other week", "раз в две недели"]),
    ("monthly", ["monthly", "ежемесячно"]),
    ("quarterly", ["quarterly", "ежеквартально"]),
    ("yearly", ["yearly", "ежегодно"]),
];

/// What the regular payments cost a year and which of them costs most; nothing where there are none.
pub(super) fn sentence(currency: &Currency<'_>) -> Option<Draft> {
    let index = currency.index;
    let (count, total) = (currency.id("recurring_out_count"), currency.id("recurring_year_out"));
    let is_one = index.units(&count)? == 1;
    // The engine gives the dearest first.
    let largest = index.of("recurring_out").find(|fact| currency.owns(fact))?;
    let of = |metric: &str| of(largest, metric);
    let Value::Name(cadence) = &index.get(&of("cadence"))?.value else { return None };
    let (_, [en_often, ru_often]) = CADENCES.iter().find(|(key, _)| key == cadence)?;
    let (name, amount) = (placeholder(&of("counterparty"), ""), placeholder(&largest.id, ""));
    let (next, total) = (placeholder(&of("next_payment"), ""), placeholder(&total, ""));
    let (en, ru) = if is_one {
        (
            format!("The regular payment to {name} comes to {total} a year: {amount} {en_often}, next around {next}."),
            format!("Регулярный платёж {name} — {total} в год: {amount} {ru_often}, следующий около {next}."),
        )
    } else {
        let number = placeholder(&count, "plural:regular_payment");
        (
            format!("{number} come to {total} a year; the largest is {name}: {amount} {en_often}, next around {next}."),
            format!(
                "Найдено {number} на {total} в год; самый крупный — {name}: {amount} {ru_often}, следующий около {next}."
            ),
        )
    };
    Some(Draft { topic: topic::RECURRING, weight: 54, en, ru })
}

/// The id of another figure of the same series.
fn of(fact: &Fact, metric: &str) -> String {
    fact.id.split_once('/').map_or_else(String::new, |(_, rest)| format!("{metric}/{rest}"))
}
