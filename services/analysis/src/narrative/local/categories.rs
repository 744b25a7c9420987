//! Where the money went.

use saldo_engine::{Fact, Value, categories};

use super::{Currency, placeholder, topic};
use crate::narrative::{Draft, Index, Language};

/// Categories that one sentence names.
const NAMED: usize = 3;

/// The key of rows that nothing tells.
const UNKNOWN: &str = "uncategorized";

/// The largest categories of money out, or that most of it has none; nothing where no money went out.
pub(super) fn sentence(currency: &Currency<'_>) -> Option<Draft> {
    let mut known: Vec<&Fact> = currency.index.of("money_out").filter(|fact| is_known(fact, currency)).collect();
    let units = |id: &str| currency.index.units(id).unwrap_or(0);
    // Stable: equals stay in the order of the table of categories.
    known.sort_by_key(|fact| std::cmp::Reverse(units(&fact.id)));
    let unknown = currency.id("money_out") + "/category/" + UNKNOWN;
    match known.first() {
        Some(largest) if units(&largest.id) >= units(&unknown) => largest_known(&known, currency),
        _ => mostly_unknown(known.first().copied(), currency),
    }
}

fn largest_known(known: &[&Fact], currency: &Currency<'_>) -> Option<Draft> {
    let largest = known.first()?;
    let (amount, share) = (placeholder(&largest.id, ""), share(key(largest)?, currency)?);
    let name = |fact: &Fact, language| quoted(fact, currency.index, language);
    let named = |fact: &Fact, language| Some(format!("{} ({})", name(fact, language)?, placeholder(&fact.id, "")));
    let next = |language, and: &str, words: &str| {
        let list: Vec<String> = known.iter().take(NAMED).skip(1).filter_map(|fact| named(fact, language)).collect();
        if list.is_empty() { String::new() } else { format!("; {words} {}", list.join(and)) }
    };
    let (en, ru) = (name(largest, Language::English)?, name(largest, Language::Russian)?);
    let (en_next, ru_next) = (next(Language::English, " and ", "then"), next(Language::Russian, " и ", "затем"));
    Some(Draft {
        topic: topic::CATEGORIES,
        weight: 60,
        en: format!("The largest category of money out is {en}: {amount}, or {share} of the total{en_next}."),
        ru: format!("Больше всего списано по категории {ru}: {amount}, или {share} всех списаний{ru_next}."),
    })
}

fn mostly_unknown(largest: Option<&Fact>, currency: &Currency<'_>) -> Option<Draft> {
    let unknown = share(UNKNOWN, currency)?;
    let known = largest.and_then(|fact| {
        let (amount, name) = (placeholder(&fact.id, ""), |language| quoted(fact, currency.index, language));
        let (en, ru) = (name(Language::English)?, name(Language::Russian)?);
        Some((
            format!("; the largest known category is {en} with {amount}"),
            format!("; самая крупная из известных — {ru}: {amount}"),
        ))
    });
    let (en_known, ru_known) = known.unwrap_or_default();
    Some(Draft {
        topic: topic::CATEGORIES,
        weight: 50,
        en: format!("For {unknown} of money out the category is not known{en_known}."),
        ru: format!("Для {unknown} списаний категория неизвестна{ru_known}."),
    })
}

/// A placeholder for the share of a category in money out; its key as in ids.
fn share(key: &str, currency: &Currency<'_>) -> Option<String> {
    let id = format!("{}/category/{key}", currency.id("money_out_share"));
    currency.index.has(&id).then(|| placeholder(&id, ""))
}

/// Whether it is an amount by a known category of this currency.
fn is_known(fact: &Fact, currency: &Currency<'_>) -> bool {
    let is_amount = matches!(&fact.value, Value::Money(amount) if amount.units > 0);
    is_amount && currency.owns(fact) && key(fact).is_some_and(|key| key != UNKNOWN)
}

/// The key of a fact's category as ids write it.
fn key(fact: &Fact) -> Option<&str> {
    fact.dimensions.get("category")?;
    fact.id.split('/').nth(3)
}

/// The name of a fact's category as it stands in a sentence: words of ours, or for one of the user's own a placeholder.
pub(super) fn quoted(fact: &Fact, index: &Index<'_>, language: Language) -> Option<String> {
    let key = fact.dimensions.get("category")?;
    let name = match categories().find(|category| category.key == key) {
        Some(known) => known.names.into_iter().find(|(code, _)| *code == language.code())?.1.to_owned(),
        None => {
            let (_, place) = fact.id.split_once('/')?;
            let id = format!("category_name/{place}");
            index.has(&id).then(|| placeholder(&id, ""))?
        }
    };
    Some(match language {
        Language::English => format!("“{name}”"),
        Language::Russian => format!("«{name}»"),
    })
}
