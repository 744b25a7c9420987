//! Who matters: the share of the largest counterparty and the largest single payment.

use saldo_engine::Import;

use super::{Currency, placeholder, topic};
use crate::narrative::Draft;

/// A counterparty with a smaller share, with four places, is no concentration.
const TELLING: i128 = 1_000;

pub(super) fn sentences(currency: &Currency<'_>, import: &Import) -> Vec<Draft> {
    [concentration(currency, import), largest_payment(currency)].into_iter().flatten().collect()
}

/// The direction with the larger share. A name that the file states is that of a sender or recipient; what was made of a
/// row's text may be anything.
fn concentration(currency: &Currency<'_>, import: &Import) -> Option<Draft> {
    let share = |direction: &str| currency.units(&format!("top_counterparty_{direction}_share")).unwrap_or(0);
    let direction = if share("in") > share("out") { "in" } else { "out" };
    if share(direction) < TELLING {
        return None;
    }
    let name = currency.show(&format!("top_counterparty_{direction}"));
    let ratio = format!("top_counterparty_{direction}_share");
    // The share is computed from the counterparty's amount and the whole.
    let amount = currency.index.get(&currency.id(&ratio))?.lineage.facts.first()?;
    let is_stated = is_stated(amount, currency, import);
    let (amount, ratio) = (placeholder(amount, ""), currency.show(&ratio));
    if !is_stated {
        let (en, [ru, ru_all]) = match direction {
            "in" => ("money in", ["поступило", "поступлений"]),
            _ => ("money out", ["списано", "списаний"]),
        };
        return Some(Draft {
            topic: topic::COUNTERPARTIES,
            weight: 55,
            en: format!("The largest part of {en} is marked “{name}”: {amount}, or {ratio} of the total."),
            ru: format!("Больше всего {ru} с пометкой «{name}»: {amount}, или {ratio} всех {ru_all}."),
        });
    }
    let (en, ru) = match direction {
        "in" => ("source of money in", ["отправитель", "поступлений"]),
        _ => ("recipient of money out", ["получатель", "списаний"]),
    };
    Some(Draft {
        topic: topic::COUNTERPARTIES,
        weight: 55,
        en: format!("The largest {en} is {name}: {amount}, or {ratio} of the total."),
        ru: format!("Самый крупный {} — {name}: {amount}, или {ratio} всех {}.", ru[0], ru[1]),
    })
}

/// Whether the file itself names the other side of the rows behind an amount.
fn is_stated(amount: &str, currency: &Currency<'_>, import: &Import) -> bool {
    let first = currency.index.get(amount).and_then(|fact| fact.lineage.rows.first());
    let place = first.and_then(|number| usize::try_from(number).ok()?.checked_sub(1));
    place.and_then(|place| import.transactions.get(place)).is_some_and(|row| !row.counterparty.is_empty())
}

fn largest_payment(currency: &Currency<'_>) -> Option<Draft> {
    if !currency.has("largest_out") {
        return None;
    }
    let (amount, date) = (currency.show("largest_out"), currency.show("largest_out_date"));
    let name = currency.has("largest_out_counterparty").then(|| currency.show("largest_out_counterparty"));
    // The name may come from the row's text, so the sentence does not say that it was paid "to" it.
    let name = name.map_or_else(String::new, |name| format!(" ({name})"));
    Some(Draft {
        topic: topic::COUNTERPARTIES,
        weight: 45,
        en: format!("The largest payment is {amount} on {date}{name}."),
        ru: format!("Самое крупное списание — {amount}, {date}{name}."),
    })
}
