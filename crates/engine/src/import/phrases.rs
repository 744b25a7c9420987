//! The phrases of column headers and how well one matches.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::words::{fold, is_unspaced};

/// What a header can mean. Finer than [`crate::Role`]: meanings compete for one role by weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are those of headers.toml, which tells what they are")]
pub(crate) enum Meaning {
    BookingDate,
    Date,
    TransactionDate,
    EarlyDate,
    ValueDate,
    OtherDate,
    DocumentDate,
    DueDate,
    Time,
    BookedAmount,
    Amount,
    ForeignAmount,
    Fee,
    OtherNumber,
    Quantity,
    Price,
    Tax,
    Product,
    Debit,
    Credit,
    Direction,
    Balance,
    OpeningBalance,
    ClosingBalance,
    BookedCurrency,
    Currency,
    ForeignCurrency,
    OtherCurrency,
    Counterparty,
    Description,
    Account,
    OtherAccount,
    DebitAccount,
    CreditAccount,
    Category,
    Reference,
    Status,
    Kind,
}

/// One table of headers.toml.
#[derive(Deserialize)]
pub(crate) struct MeaningWords {
    weight: u8,
    #[serde(flatten)]
    languages: BTreeMap<String, Vec<String>>,
}

/// One phrase of headers.toml.
#[derive(Clone)]
pub(crate) struct Phrase {
    /// Folded words; the last may end with `*`.
    words: Vec<String>,
    /// Matches anywhere, as its script sets no spaces between words.
    unspaced: bool,
    /// Matches as a whole header only.
    whole: bool,
    letters: usize,
    /// What it means.
    pub(crate) meaning: Meaning,
    /// How it ranks among meanings of one role.
    pub(crate) weight: u8,
    /// ISO 639 code.
    pub(crate) language: Box<str>,
}

/// All phrases of the tables.
pub(crate) fn phrases(headers: &BTreeMap<Meaning, MeaningWords>) -> Vec<Phrase> {
    let mut out = Vec::new();
    for (meaning, words) in headers {
        for (language, list) in &words.languages {
            for phrase in list {
                let (phrase, whole) = phrase.strip_prefix('=').map_or((phrase.as_str(), false), |rest| (rest, true));
                let (plain, open) = phrase.strip_suffix('*').map_or((phrase, ""), |plain| (plain, "*"));
                let folded = fold(plain) + open;
                out.push(Phrase {
                    unspaced: is_unspaced(&folded),
                    letters: folded.chars().filter(|letter| letter.is_alphanumeric()).count(),
                    whole,
                    words: folded.split(' ').map(str::to_owned).collect(),
                    meaning: *meaning,
                    weight: words.weight,
                    language: language.as_str().into(),
                });
            }
        }
    }
    out
}

impl Phrase {
    /// Whether it is all of a folded header.
    pub(crate) fn is_whole(&self, header: &str) -> bool {
        self.words.join(" ") == header
    }

    /// Its folded words.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// How well it matches the words of a folded header: letters matched, more for a whole header. 0 where it does not.
    pub(crate) fn score(&self, words: &[&str], squashed: &str) -> usize {
        if self.unspaced {
            let phrase = self.words.concat();
            return match squashed.contains(&phrase) {
                true if squashed == phrase => self.letters * 40 + 20,
                true => self.letters * 40,
                false => 0,
            };
        }
        let whole = words.len() == self.words.len();
        // Short words such as "in" or "af" occur inside other headers by chance.
        let is_short = self.letters < 4 && self.words.len() == 1;
        if (self.whole || is_short) && !whole {
            return 0;
        }
        let fits = |word: &str, want: &str| want.strip_suffix('*').map_or(word == want, |stem| word.starts_with(stem));
        let hit = words
            .windows(self.words.len())
            .any(|window| window.iter().zip(&self.words).all(|(word, want)| fits(word, want)));
        if hit { self.letters * 20 + if whole { 50 } else { 0 } } else { 0 }
    }
}
