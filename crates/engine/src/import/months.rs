//! Names of months that languages use for different months: which of them a file means.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
};

use serde::Deserialize;

use super::{
    limits::MAX_PREAMBLE_ROWS,
    words::{Words, fold},
};
use crate::Error;

/// One entry of `months_elsewhere` in values.toml.
#[derive(Deserialize)]
pub(super) struct CalendarWords {
    language: Box<str>,
    own: Vec<String>,
    others: Vec<String>,
    other_languages: Vec<Box<str>>,
    months: BTreeMap<String, Vec<String>>,
}

/// A language that calls other months by names that mean others elsewhere. All names are folded.
#[derive(Clone)]
pub(super) struct Calendar {
    /// ISO 639 code.
    language: Box<str>,
    /// Names that only this language has.
    own: HashSet<String>,
    /// Names that only the languages have that mean other months.
    others: HashSet<String>,
    other_languages: Vec<Box<str>>,
    /// The months in question, from 1.
    months: HashMap<String, u8>,
}

impl Calendar {
    /// Takes an entry over.
    pub(super) fn read(words: CalendarWords) -> Result<Self, Error> {
        let folded = |list: &[String]| list.iter().map(|name| fold(name)).collect();
        Ok(Self {
            own: folded(&words.own),
            others: folded(&words.others),
            months: by_name(&words.months)?,
            language: words.language,
            other_languages: words.other_languages,
        })
    }

    /// Whether one of the names in question is among these.
    fn is_asked(&self, months: &HashSet<String>) -> bool {
        months.iter().any(|name| self.months.contains_key(name))
    }

    /// Whether other names of months say that this language is meant; `None` where they do not tell.
    fn by_months(&self, months: &HashSet<String>) -> Option<bool> {
        told(months.iter().any(|name| self.own.contains(name)), months.iter().any(|name| self.others.contains(name)))
    }

    /// Whether headers say so.
    fn by_headers(&self, languages: &HashSet<&str>) -> Option<bool> {
        told(languages.contains(&*self.language), self.other_languages.iter().any(|other| languages.contains(&**other)))
    }
}

/// What is said for one side and not for the other.
fn told(own: bool, others: bool) -> Option<bool> {
    (own != others).then_some(own)
}

/// Months by their folded names; the numbers of the lists count from 1.
pub(super) fn by_name(lists: &BTreeMap<String, Vec<String>>) -> Result<HashMap<String, u8>, Error> {
    let mut out = HashMap::new();
    for (number, list) in lists {
        let number = number.parse::<u8>().map_err(|error| Error::Words(error.to_string()))?;
        out.extend(list.iter().map(|name| (fold(name), number)));
    }
    Ok(out)
}

/// The words as the file means them, told by the months and headers of its first text. Refused where a month could be
/// either of two and nothing tells.
pub(crate) fn of_file<'w>(head: &str, words: &'w Words) -> Result<Cow<'w, Words>, Error> {
    let months: HashSet<String> = behind_numbers(head).map(fold).collect();
    let mut out = Cow::Borrowed(words);
    for calendar in words.calendars.iter().filter(|one| one.is_asked(&months)) {
        match calendar.by_months(&months).or_else(|| calendar.by_headers(&languages(head, words))) {
            Some(true) => out.to_mut().months.extend(calendar.months.clone()),
            Some(false) => {}
            None => return Err(refusal()),
        }
        out.to_mut().calendars.retain(|one| one.language != calendar.language);
    }
    Ok(out)
}

/// What is said of a file whose months could be others.
pub(crate) fn refusal() -> Error {
    Error::FormatNotSupported("a table with names of months that mean different months in different languages")
}

/// Whether the name of a month may mean another one than `words` say and [`of_file`] has not told yet.
pub(crate) fn may_differ<'c>(mut cells: impl Iterator<Item = &'c str>, words: &Words) -> bool {
    let is_listed = |name: &str| {
        let name = fold(name);
        words
            .calendars
            .iter()
            .any(|one| one.months.get(&name).is_some_and(|month| words.months.get(&name) != Some(month)))
    };
    cells.any(|cell| behind_numbers(cell).any(is_listed))
}

/// Words that stand right behind a number, as months do in `5. listopada` and `05-lis-2024`.
fn behind_numbers(text: &str) -> impl Iterator<Item = &str> {
    const LONGEST: usize = 24;
    let bytes = text.as_bytes();
    let is_gap = |byte: &u8| matches!(byte, b'.' | b'-' | b'/' | b' ');
    let ends = (0..bytes.len()).filter(move |place| {
        let next = bytes.get(place + 1);
        bytes.get(*place).is_some_and(u8::is_ascii_digit) && next.is_some_and(is_gap)
    });
    ends.filter_map(move |place| {
        let rest = text.get(place + 1..)?.trim_start_matches(['.', '-', '/', ' ']);
        let end = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
        rest.get(..end).filter(|word| (3..=LONGEST).contains(&word.len()))
    })
}

/// Languages of the headers among the first lines: of each whole phrase those that have it, if they agree on what it means.
fn languages<'w>(head: &str, words: &'w Words) -> HashSet<&'w str> {
    let lines = head.lines().take(MAX_PREAMBLE_ROWS);
    let cells: HashSet<String> = lines.flat_map(|line| line.split([',', ';', '\t', '|'])).map(fold).collect();
    let mut by_phrase = HashMap::<String, HashSet<&str>>::new();
    for phrase in &words.headers {
        let text = phrase.words().collect::<Vec<_>>().join(" ");
        if cells.contains(&text) {
            by_phrase.entry(text).or_default().insert(&phrase.language);
        }
    }
    // What every language writes alike tells none of them.
    let one = |languages: &HashSet<&'w str>| languages.iter().next().copied().filter(|_| languages.len() == 1);
    by_phrase.values().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month_of(name: &str, head: &str) -> Option<u8> {
        let words = Words::load().expect("the words");
        of_file(head, words).ok().and_then(|words| words.month(name))
    }

    #[test]
    fn a_month_is_what_the_language_of_the_file_calls_it() {
        assert_eq!(month_of("listopada", "Datum;Opis;Iznos\n5. listopada 2023;Najam;-650,00\n"), Some(10));
        assert_eq!(month_of("listopada", "5. listopada 2023;Najam;-6\n7. rujna 2023;Konzum;-1\n"), Some(10));
        assert_eq!(month_of("listopada", "Data;Opis;Kwota\n5 listopada 2023;Czynsz;-650,00\n"), Some(11));
        assert_eq!(month_of("lis", "5-lis-2023;Czynsz;-650,00\n7-paź-2023;Sklep;-1\n"), Some(11));
        assert_eq!(month_of("listopada", "Date,Text,Amount\n5 listopada 2023,A,-6\n"), None);
        assert_eq!(month_of("listopada", "Datum;Opis;Iznos\n05.10.2023;Najam;-650,00\n"), Some(11));
    }
}
