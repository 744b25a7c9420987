//! Where the money went.

use saldo_engine::{Fact, Value, categories};

use super::{Currency, placeholder, topic};
use crate::narrative::{Draft, Language};

/// Categories that one sentence names.
const NAMED: usize = 3;

/// The largest categories of money out; none where no category is known.
pub(super) fn sentence(currency: &Currency<'_>) -> Option<Draft> {
    let mut all: Vec<(i128, &Fact)> = currency.index.of("money_out").filter_map(|fact| known(fact, currency)).collect();
    // Stable: equals stay in the order of the table of categories.
    all.sort_by_key(|(units, _)| std::cmp::Reverse(*units));
    let (_, largest) = all.first()?;
    let key = key(largest)?;
    let share = format!("money_out_share/{}/category/{key}", currency.code);
    let share = currency.index.has(&share).then(|| placeholder(&share, ""));
    let amount = placeholder(&largest.id, "");
    let others = |language, and: &str| {
        let named =
            |fact: &Fact| Some(format!("{} ({})", quoted(self::key(fact)?, language)?, placeholder(&fact.id, "")));
        let list: Vec<String> = all.iter().take(NAMED).skip(1).filter_map(|(_, fact)| named(fact)).collect();
        list.join(and)
    };
    let (en_others, ru_others) = (others(Language::English, " and "), others(Language::Russian, " и "));
    let mut en = format!("The largest category of money out is {}: {amount}", quoted(key, Language::English)?);
    let mut ru = format!("Больше всего списано по категории {}: {amount}", quoted(key, Language::Russian)?);
    if let Some(share) = share {
        en.push_str(&format!(", or {share} of the total"));
        ru.push_str(&format!(", или {share} всех списаний"));
    }
    if !en_others.is_empty() {
        en.push_str(&format!("; next come {en_others}"));
        ru.push_str(&format!("; далее следуют {ru_others}"));
    }
    Some(Draft { topic: topic::CATEGORIES, weight: 60, en: en + ".", ru: ru + "." })
}

/// An amount by a known category of this currency.
fn known<'a>(fact: &'a Fact, currency: &Currency<'_>) -> Option<(i128, &'a Fact)> {
    let is_known = key(fact)? != "uncategorized" && fact.id.split('/').nth(1) == Some(currency.code);
    match &fact.value {
        Value::Money(amount) if is_known && amount.units > 0 => Some((amount.units, fact)),
        _ => None,
    }
}

fn key(fact: &Fact) -> Option<&str> {
    fact.dimensions.get("category").map(String::as_str)
}

/// The name of a category as it stands in a sentence.
pub(super) fn quoted(key: &str, language: Language) -> Option<String> {
    let category = categories().find(|category| category.key == key)?;
    let name = category.names.into_iter().find(|(code, _)| *code == language.code()).map(|(_, name)| name)?;
    Some(match language {
        Language::English => format!("“{name}”"),
        Language::Russian => format!("«{name}»"),
    })
}
