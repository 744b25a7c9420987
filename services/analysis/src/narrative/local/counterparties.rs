//! Who matters: the share of the largest counterparty and the largest single payment.

use super::{Currency, placeholder, topic};
use crate::narrative::Draft;

/// A counterparty with a smaller share, with four places, is no concentration.
const TELLING: i128 = 1_000;

pub(super) fn sentences(currency: &Currency<'_>) -> Vec<Draft> {
    [concentration(currency), largest_payment(currency)].into_iter().flatten().collect()
}

/// The direction with the larger share.
fn concentration(currency: &Currency<'_>) -> Option<Draft> {
    let share = |direction: &str| currency.units(&format!("top_counterparty_{direction}_share")).unwrap_or(0);
    let direction = if share("in") > share("out") { "in" } else { "out" };
    if share(direction) < TELLING {
        return None;
    }
    let name = currency.show(&format!("top_counterparty_{direction}"));
    let ratio = format!("top_counterparty_{direction}_share");
    // The share is computed from the counterparty's amount and the whole.
    let amount = currency.index.get(&currency.id(&ratio))?.lineage.facts.first()?;
    let (amount, ratio) = (placeholder(amount, ""), currency.show(&ratio));
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
