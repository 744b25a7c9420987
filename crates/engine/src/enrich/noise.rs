//! What stands beside a name in a row's text, as data: how it was paid, where, and legal forms.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

use super::text::folded;

/// The parsed form of an embedded constant. A broken list would strip nothing, which a test would notice first.
static NOISE: LazyLock<Noise> =
    LazyLock::new(|| Noise::parse(include_str!("../../data/counterparties.toml")).unwrap_or_default());

/// Longest phrase, in words.
const PHRASE: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    prefixes: Vec<String>,
    thanks: Vec<String>,
    parties: Vec<String>,
    stops: Vec<String>,
    tails: Vec<String>,
    countries: Vec<String>,
    states: Vec<String>,
    cities: Vec<String>,
    legal: Vec<(String, String)>,
}

/// What a phrase is, and for legal forms how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Sort {
    /// Before the name: how it was paid.
    Prefix,
    /// A label of the other side's name.
    Party,
    /// Nothing after it belongs to the name.
    Stop,
    /// Left dangling at the end.
    Tail,
    /// A country code.
    Country,
    /// A state code.
    State,
    /// A city.
    City,
    /// A legal form.
    Legal,
}

/// The lists with their index.
#[derive(Default)]
pub(crate) struct Noise {
    phrases: HashMap<(Sort, String), String>,
    /// Thanks for a payment, and other words that say that one arrived.
    thanks: Vec<String>,
}

/// Fewer letters of a phrase that was cut off tell nothing.
const CUT: usize = 4;

impl Noise {
    /// The lists that come with the product.
    pub(crate) fn builtin() -> &'static Self {
        &NOISE
    }

    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let table: Table = toml::from_str(text)?;
        let mut phrases = HashMap::new();
        let lists = [
            (Sort::Prefix, table.prefixes),
            (Sort::Party, table.parties),
            (Sort::Stop, table.stops),
            (Sort::Tail, table.tails),
            (Sort::Country, table.countries),
            (Sort::State, table.states),
            (Sort::City, table.cities),
        ];
        for (sort, list) in lists {
            phrases.extend(list.into_iter().map(|phrase| ((sort, folded(&phrase)), String::new())));
        }
        phrases.extend(table.legal.into_iter().map(|(written, shown)| ((Sort::Legal, folded(&written)), shown)));
        Ok(Self { phrases, thanks: table.thanks.iter().map(|phrase| folded(phrase)).collect() })
    }

    /// Whether what stands behind a payment is thanks for it; columns of a fixed width cut them off.
    pub(crate) fn is_thanks(&self, text: &str) -> bool {
        text.len() >= CUT && self.thanks.iter().any(|phrase| phrase.starts_with(text))
    }

    /// How many of the first words are the longest phrase of this sort, and how it is shown.
    pub(crate) fn longest(&self, sort: Sort, words: &[String]) -> Option<(usize, &str)> {
        (1..=words.len().min(PHRASE)).rev().find_map(|length| {
            let phrase = words.get(..length)?.join(" ");
            self.phrases.get(&(sort, phrase)).map(|shown| (length, shown.as_str()))
        })
    }

    /// How many of the last words are the longest phrase of this sort.
    pub(crate) fn last(&self, sort: Sort, words: &[String]) -> Option<usize> {
        (1..=words.len().min(PHRASE)).rev().find(|length| {
            let phrase = words.get(words.len() - length..).unwrap_or_default().join(" ");
            self.phrases.contains_key(&(sort, phrase))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lists_are_read_whole() {
        let table: Table = toml::from_str(include_str!("../../data/counterparties.toml")).expect("the lists");
        for phrase in table.prefixes.iter().chain(&table.cities).chain(table.legal.iter().map(|(written, _)| written)) {
            let length = folded(phrase).split(' ').count();
            assert!((1..=PHRASE).contains(&length), "{phrase:?} is too long");
        }
        assert!(Noise::builtin().longest(Sort::Legal, &["gmbh".to_owned()]).is_some());
    }
}
