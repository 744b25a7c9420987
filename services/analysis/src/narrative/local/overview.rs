//! What the file covers: days, number of transactions, money in and out.

use super::{Currency, topic};
use crate::narrative::Draft;

/// One sentence for each currency; the first is the main one.
pub(super) fn sentences(currencies: &[Currency<'_>]) -> Vec<Draft> {
    if currencies.is_empty() {
        return vec![Draft {
            topic: topic::OVERVIEW,
            weight: 100,
            en: "The file holds no transactions: there is nothing to add up, to compare or to look for.".into(),
            ru: "В файле нет операций: считать, сравнивать и проверять нечего.".into(),
        }];
    }
    currencies
        .iter()
        .enumerate()
        .map(|(place, currency)| if place == 0 { main(currency) } else { other(currency) })
        .collect()
}

fn main(currency: &Currency<'_>) -> Draft {
    let (first, last) = (currency.show("first_date"), currency.show("last_date"));
    let count = currency.show("transactions|plural:transaction");
    let (inward, outward) = (currency.show("money_in"), currency.show("money_out"));
    let (en, ru) = if is_one_day(currency) {
        (format!("The file has {count} on {first}"), format!("В файле {count} за {first}"))
    } else {
        (
            format!("The file has {count} from {first} to {last}"),
            format!("В файле {count} за период с {first} по {last}"),
        )
    };
    Draft {
        topic: topic::OVERVIEW,
        weight: 100,
        en: format!("{en}: {inward} came in and {outward} went out."),
        ru: format!("{ru}: поступило {inward}, списано {outward}."),
    }
}

fn other(currency: &Currency<'_>) -> Draft {
    let count = currency.show("transactions|plural:transaction");
    let (inward, outward) = (currency.show("money_in"), currency.show("money_out"));
    Draft {
        topic: topic::OVERVIEW,
        weight: 92,
        en: format!("In another currency, with {count}, {inward} came in and {outward} went out."),
        ru: format!("В другой валюте — {count}: поступило {inward}, списано {outward}."),
    }
}

fn is_one_day(currency: &Currency<'_>) -> bool {
    let day = |metric| currency.index.get(&currency.id(metric)).map(|fact| &fact.value);
    day("first_date") == day("last_date")
}
