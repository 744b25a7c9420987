//! A printed line as words with the columns they stand in, and the dates and amounts among them.

use super::super::{
    dates,
    numbers::{self, Shape},
    words::Words,
};

/// A run of characters without blanks; columns are counted in characters from 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'l> {
    pub(super) start: usize,
    /// Behind the last character.
    pub(super) end: usize,
    pub(super) text: &'l str,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A date, with or without its year.
    Date,
    /// An amount; the column behind its last digit, by which printed amounts are aligned.
    Amount { edge: usize },
    /// Anything else.
    Text,
}

/// A date, an amount, or one word of text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The first after at least two blanks, or of the line.
    pub(super) apart: bool,
    pub(super) text: String,
    pub(super) kind: Kind,
}

/// Where tabs end.
const TAB: usize = 8;

/// Borders that some printers draw between columns.
pub(super) fn is_border(letter: char) -> bool {
    matches!(letter, '|' | '│' | '┃' | '║' | '¦')
}

/// The words of a line. Borders count as blanks.
pub(super) fn words(line: &str) -> Vec<Word<'_>> {
    let (mut out, mut column, mut open) = (Vec::new(), 0, None);
    for (place, letter) in line.char_indices() {
        let blank = letter.is_whitespace() || is_border(letter);
        match open {
            Some((start, first)) if blank => {
                out.extend(line.get(first..place).map(|text| Word { start, end: column, text }));
                open = None;
            }
            None if !blank => open = Some((column, place)),
            _ => {}
        }
        column = if letter == '\t' { (column / TAB + 1) * TAB } else { column + 1 };
    }
    out.extend(open.and_then(|(start, first)| Some(Word { start, end: column, text: line.get(first..)? })));
    out
}

/// Words with single blanks between them.
pub(super) fn segments(line: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    for word in words(line) {
        match out.last_mut().filter(|last| word.start == last.end + 1 && !border_between(line, last.end)) {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(word.text);
                last.end = word.end;
            }
            None => out.push(token(&[word], true, Kind::Text)),
        }
    }
    out
}

fn border_between(line: &str, column: usize) -> bool {
    line.chars().nth(column).is_some_and(is_border)
}

/// Whether the line is drawn and not written: `-----+-----`, `=====`, `* * *`.
pub(super) fn is_ruler(line: &str) -> bool {
    line.chars().filter(|letter| !letter.is_whitespace()).count() >= 4 && !line.chars().any(char::is_alphanumeric)
}

/// Dates, amounts and the words between them. `spaced`: blanks stand between the thousands of this text's amounts.
pub(super) fn tokens(line: &str, spaced: bool, known: &Words) -> Vec<Token> {
    let all = words(line);
    let (mut out, mut rest, mut before) = (Vec::new(), all.as_slice(), None);
    while let Some(first) = rest.first() {
        let apart = before.is_none_or(|end| first.start >= end + 2);
        let date = date_words(rest, known);
        let amount = if date == 0 { amount_words(rest, apart, spaced, known) } else { 0 };
        let (used, kind) = match (date, amount) {
            (0, 0) => (1, Kind::Text),
            (0, used) => (used, Kind::Amount { edge: edge(rest.get(..used).unwrap_or_default()) }),
            (used, _) => (used, Kind::Date),
        };
        let (taken, behind) = rest.split_at(used.min(rest.len()));
        let token = token(taken, apart, kind);
        before = Some(token.end);
        out.push(token);
        rest = behind;
    }
    out
}

fn token(words: &[Word<'_>], apart: bool, kind: Kind) -> Token {
    Token {
        start: words.first().map_or(0, |word| word.start),
        end: words.last().map_or(0, |word| word.end),
        apart,
        text: joined(words),
        kind,
    }
}

fn joined(words: &[Word<'_>]) -> String {
    words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}

/// The first words if single blanks stand between them.
fn close<'w, 'l>(words: &'w [Word<'l>], count: usize) -> Option<&'w [Word<'l>]> {
    let some = words.get(..count)?;
    let gaps = some.iter().zip(some.iter().skip(1));
    gaps.into_iter().all(|(one, next)| next.start == one.end + 1).then_some(some)
}

/// How many of the first words are a date; 0 where they start with none.
fn date_words(words: &[Word<'_>], known: &Words) -> usize {
    let is_date = |count: &usize| {
        let Some(some) = close(words, *count) else { return false };
        let (text, last) = (joined(some), some.last().map_or("", |word| word.text));
        // The two digits behind `1 Sep` are the start of a text more often than a year.
        let whole = *count == 1 || last.contains(':') || last.trim_end_matches(['.', ',']).len() == 4 || last == "г.";
        let clock = *count == 1 || last.contains(':') || some.first().is_some_and(|one| !is_full_date(one.text, known));
        whole && clock && is_full_date(&text, known)
    };
    [4, 3, 2, 1]
        .into_iter()
        .find(is_date)
        .or_else(|| {
            [2, 1].into_iter().find(|count| close(words, *count).is_some_and(|some| is_day(&joined(some), known)))
        })
        .unwrap_or(0)
}

fn is_full_date(text: &str, known: &Words) -> bool {
    dates::scan(text, known).is_some()
}

/// `01 sep`, `17ИЮН`, `Sep 1`: a day without its year, with the year put behind it.
pub(super) fn with_year(text: &str, year: i32) -> String {
    format!("{text} {year}")
}

fn is_day(text: &str, known: &Words) -> bool {
    // A leap year, for 29 February.
    text.chars().any(char::is_alphabetic) && !is_full_date(text, known) && is_full_date(&with_year(text, 2000), known)
}

/// How many of the first words are an amount; 0 where they start with none.
fn amount_words(words: &[Word<'_>], apart: bool, spaced: bool, known: &Words) -> usize {
    let is_amount = |count: &usize| {
        let Some(some) = close(words, *count) else { return false };
        // In a text that runs up to the amount, `Shop 8 101,33` is not told from eight thousand.
        let of_digits = some.iter().filter(|word| word.text.bytes().any(|byte| byte.is_ascii_digit())).count();
        let parts = of_digits < 2 || spaced && apart;
        parts && decimal(&joined(some), known)
    };
    [4, 3, 2, 1].into_iter().find(is_amount).unwrap_or(0)
}

/// An amount that shows a separator: printed numbers without one are mostly numbers of something.
pub(super) fn decimal(text: &str, known: &Words) -> bool {
    let shape = numbers::scan(text, known).and_then(|written| numbers::shape(written.body));
    shape.is_some_and(|shape| shape != Shape::Plain)
}

/// The column behind the last digit.
fn edge(words: &[Word<'_>]) -> usize {
    let digits = |word: &Word<'_>| {
        let behind = word.text.chars().rev().position(|letter| letter.is_ascii_digit())?;
        Some(word.end - behind)
    };
    words.iter().rev().find_map(digits).unwrap_or(0)
}
