//! The words that statements use, read from the data files of this crate: headers, directions, statuses, currencies.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::LazyLock,
};

use saldo_kernel::Currency;
use serde::Deserialize;

pub(crate) use super::phrases::{Meaning, Phrase};
use super::{
    books::Chart,
    months::{Calendar, CalendarWords, by_name},
    phrases::{MeaningWords, phrases},
    statuses::{StatusLists, StatusWords},
    table::DocumentWords,
};
use crate::Error;

#[derive(Deserialize)]
struct ValueWords {
    directions: Sides,
    status: StatusLists,
    rows: RowWords,
    preamble: PreambleWords,
    turning: TurningWords,
    hints: HintWords,
    spending: SpendingWords,
    parties: PartyWords,
    units: UnitWords,
    sections: SectionWords,
    weekdays: Vec<String>,
    months: BTreeMap<String, Vec<String>>,
    months_elsewhere: Vec<CalendarWords>,
}

#[derive(Deserialize)]
struct Sides {
    out: Vec<String>,
    #[serde(rename = "in")]
    into: Vec<String>,
    neither: Vec<String>,
}

#[derive(Deserialize)]
struct PartyWords {
    payer: Vec<String>,
    payee: Vec<String>,
}

#[derive(Deserialize)]
struct SectionWords {
    out: Vec<String>,
    #[serde(rename = "in")]
    into: Vec<String>,
    again: Vec<String>,
}

#[derive(Deserialize)]
struct UnitWords {
    headers: Vec<String>,
    lines: Vec<String>,
}

#[derive(Deserialize)]
struct RowWords {
    opening: Vec<String>,
    closing: Vec<String>,
    total: Vec<String>,
    balance: Vec<String>,
    available: Vec<String>,
    dates: Vec<String>,
}

#[derive(Deserialize)]
struct TurningWords {
    last: Vec<String>,
    planned: Vec<String>,
    before_fees: Vec<String>,
    sent: Vec<[String; 2]>,
    owed: Vec<String>,
}

#[derive(Deserialize)]
struct PreambleWords {
    currency: Vec<String>,
    before_currency: Vec<String>,
}

#[derive(Deserialize)]
struct HintWords {
    out: Vec<String>,
    #[serde(rename = "in")]
    into: Vec<String>,
    card_payment: Vec<String>,
}

#[derive(Deserialize)]
struct SpendingWords {
    headers: Vec<String>,
}

#[derive(Deserialize)]
struct CurrencyWords {
    iso: Vec<String>,
    three_decimals: Vec<String>,
    words: Vec<String>,
    vague: Vec<String>,
    names: BTreeMap<String, Vec<String>>,
    marks: BTreeMap<String, Vec<String>>,
    numeric: BTreeMap<String, String>,
}

/// One way in which money moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Money in.
    In,
    /// Money out.
    Out,
}

/// What a row that is no movement states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowWord {
    /// A balance before the first movement.
    Opening,
    /// A balance after the last movement.
    Closing,
    /// A sum of rows.
    Total,
    /// Some other balance.
    Balance,
    /// What may be spent, which is no balance of the books.
    Available,
}

/// How much of a cell the words for a balance or a total are, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Extent {
    /// All of it but numbers behind them.
    Whole,
    /// All of it but a day, a month or a currency behind them.
    WithDate,
    /// Its start.
    Start,
}

/// All words, ready to be looked up by folded text.
#[derive(Clone)]
pub(crate) struct Words {
    pub(crate) headers: Vec<Phrase>,
    /// What accounts of books are.
    pub(crate) chart: Chart,
    /// What invoices and sales are.
    pub(crate) documents: DocumentWords,
    directions: HashMap<String, Side>,
    neither: Vec<String>,
    /// What tells whether a row is booked.
    pub(crate) statuses: StatusWords,
    parties: HashMap<String, Side>,
    /// Phrases of rows that are no movements, folded.
    whole_rows: HashMap<String, RowWord>,
    /// Those of them that are written without blanks.
    unspaced_rows: Vec<(String, RowWord)>,
    /// In bytes; no phrase is longer.
    longest_row: usize,
    /// Folded words between a balance and its day.
    dates: HashSet<String>,
    /// The second letters, as bits, of phrases in `whole_rows` and the marks of statuses by their first one, `a` to `z`.
    row_starts: [u32; 26],
    /// Folded words before a currency.
    pub(crate) currency_labels: Vec<String>,
    /// Units of amounts that are not the currency's own: in headers, and in lines before the table.
    pub(crate) units: [Vec<String>; 2],
    /// Last words of headers that are no amounts, such as `Deposit ID`.
    turning: Vec<String>,
    /// Words of headers over what shall move.
    planned: Vec<String>,
    /// Words of headers over amounts without their fees.
    before_fees: Vec<String>,
    /// Words that tell what was sent from what arrived.
    pub(crate) sent: Vec<[String; 2]>,
    /// Words of balances that are debts.
    owed: Vec<String>,
    /// What stands before the currency in a header, such as `in`.
    before_currency: Vec<String>,
    /// Titles of sections, and what stands behind one that goes on from the page before.
    sections: HashMap<String, Side>,
    again: Vec<String>,
    hints: HashMap<String, Side>,
    card_payments: Vec<String>,
    spending: Vec<String>,
    pub(super) months: HashMap<String, u8>,
    /// Languages in which some of these are other months.
    pub(super) calendars: Vec<Calendar>,
    weekdays: Vec<String>,
    iso: HashMap<String, Currency>,
    three_decimals: Vec<Currency>,
    /// Codes that are words as well.
    word_codes: Vec<String>,
    names: HashMap<String, Option<Currency>>,
    marks: HashMap<String, Currency>,
    numeric: HashMap<String, Currency>,
}

/// The data files are constant, so that they are read once.
static WORDS: LazyLock<Result<Words, Error>> = LazyLock::new(Words::read);

impl Words {
    /// The words of the embedded data files.
    pub(crate) fn load() -> Result<&'static Self, Error> {
        WORDS.as_ref().map_err(|error| Error::Words(error.to_string()))
    }

    fn read() -> Result<Self, Error> {
        let headers: BTreeMap<Meaning, MeaningWords> = parse(include_str!("../../data/headers.toml"))?;
        let values: ValueWords = parse(include_str!("../../data/values.toml"))?;
        let currencies: CurrencyWords = parse(include_str!("../../data/currencies.toml"))?;
        let code = |text: &String| text.parse::<Currency>().map_err(|error| Error::Words(error.to_string()));
        let mut iso = HashMap::new();
        for text in &currencies.iso {
            iso.insert(text.clone(), code(text)?);
        }
        let three_decimals = currencies.three_decimals.iter().map(code).collect::<Result<_, _>>()?;
        let mut names: HashMap<String, Option<Currency>> =
            currencies.vague.iter().map(|sign| (sign.to_lowercase(), None)).collect();
        for (text, list) in &currencies.names {
            let currency = code(text)?;
            names.extend(list.iter().map(|name| (name.to_lowercase(), Some(currency))));
        }
        let mut marks = HashMap::new();
        for (text, list) in &currencies.marks {
            let currency = code(text)?;
            marks.extend(list.iter().map(|mark| (mark.to_lowercase(), currency)));
        }
        let mut numeric = HashMap::new();
        for (number, text) in &currencies.numeric {
            numeric.insert(number.clone(), code(text)?);
        }
        let calendars = values.months_elsewhere.into_iter().map(Calendar::read).collect::<Result<_, _>>()?;
        let folded = |list: Vec<String>| list.iter().map(|word| fold(word)).collect::<Vec<_>>();
        let row = |list: &[String], kind| list.iter().map(|word| (fold(word), kind)).collect::<Vec<_>>();
        let side = |sides: (&[String], &[String]), key: fn(&str) -> String| {
            let tag = |list: &[String], side| list.iter().map(|word| (key(word), side)).collect::<Vec<_>>();
            [tag(sides.0, Side::Out), tag(sides.1, Side::In)].concat().into_iter().collect::<HashMap<_, _>>()
        };
        let rows = [
            row(&values.rows.opening, RowWord::Opening),
            row(&values.rows.closing, RowWord::Closing),
            row(&values.rows.total, RowWord::Total),
            row(&values.rows.balance, RowWord::Balance),
            row(&values.rows.available, RowWord::Available),
        ]
        .concat();
        let statuses = StatusWords::from(values.status);
        Ok(Self {
            row_starts: starts(rows.iter().map(|(phrase, _)| phrase).chain(&statuses.marks).map(String::as_str)),
            longest_row: rows.iter().map(|(phrase, _)| phrase.len()).max().unwrap_or(0),
            whole_rows: rows.iter().cloned().collect(),
            unspaced_rows: rows.into_iter().filter(|(phrase, _)| is_unspaced(phrase)).collect(),
            dates: values.rows.dates.iter().map(|word| fold(word)).collect(),
            headers: phrases(&headers),
            chart: Chart::load()?,
            documents: DocumentWords::load()?,
            directions: side((&values.directions.out, &values.directions.into), direction_key),
            neither: values.directions.neither.iter().map(|word| direction_key(word)).collect(),
            statuses,
            parties: side((&values.parties.payee, &values.parties.payer), fold),
            currency_labels: folded(values.preamble.currency),
            units: [folded(values.units.headers), folded(values.units.lines)],
            before_currency: folded(values.preamble.before_currency),
            turning: folded(values.turning.last),
            planned: folded(values.turning.planned),
            before_fees: folded(values.turning.before_fees),
            sent: values.turning.sent.iter().map(|pair| pair.each_ref().map(|word| fold(word))).collect(),
            owed: folded(values.turning.owed),
            sections: side((&values.sections.out, &values.sections.into), fold),
            again: folded(values.sections.again),
            hints: side((&values.hints.out, &values.hints.into), fold),
            card_payments: folded(values.hints.card_payment),
            spending: folded(values.spending.headers),
            months: by_name(&values.months)?,
            calendars,
            weekdays: folded(values.weekdays),
            iso,
            three_decimals,
            word_codes: currencies.words,
            names,
            marks,
            numeric,
        })
    }

    /// The side that a whole cell names.
    pub(crate) fn side(&self, cell: &str) -> Option<Side> {
        if cell.len() > 48 {
            return None;
        }
        self.directions.get(&direction_key(cell)).copied()
    }

    /// Whether a whole cell of a direction column says that the row counts as neither.
    pub(crate) fn is_neither_side(&self, cell: &str) -> bool {
        cell.len() <= 48 && self.neither.contains(&direction_key(cell))
    }

    /// Whether a header names who pays ([`Side::In`]: money in comes from there) or who is paid.
    pub(crate) fn party(&self, header: &str) -> Option<Side> {
        self.parties.get(&fold(header)).copied()
    }

    /// The words for a balance or a total that a cell starts with, and whether it holds anything else.
    pub(crate) fn row_words(&self, cell: &str) -> Option<(RowWord, Extent)> {
        let text = joined(fold(cell));
        let bare = text.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
        if let Some(word) = self.whole_rows.get(bare) {
            return Some((*word, Extent::Whole));
        }
        let mut rest = text.as_str();
        while let Some((before, _)) = rest.rsplit_once(' ').filter(|(_, last)| self.is_of_date(last)) {
            rest = before;
            if let Some(word) = self.whole_rows.get(rest) {
                return Some((*word, Extent::WithDate));
            }
        }
        self.row_word(cell, false).map(|word| (word, Extent::Start))
    }

    /// A number, a month, a currency, or a word that leads to them.
    fn is_of_date(&self, word: &str) -> bool {
        word.bytes().all(|byte| byte.is_ascii_digit())
            || self.months.contains_key(word)
            || self.dates.contains(word)
            || self.iso.contains_key(&word.to_uppercase())
    }

    /// What a cell says about a row that is no movement. `exact`: the cell holds nothing else but digits and marks.
    pub(crate) fn row_word(&self, cell: &str, exact: bool) -> Option<RowWord> {
        let text = fold(cell);
        if text.is_empty() {
            return None;
        }
        if exact {
            let bare = text.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
            return self.whole_rows.get(bare).copied();
        }
        // The longest phrase that the text starts with, and the longest that stands anywhere in a text without blanks.
        let ends = text.match_indices(' ').map(|(end, _)| end).chain([text.len()]);
        let starts = ends.take_while(|end| *end <= self.longest_row).filter_map(|end| text.get(..end));
        let spaced = starts.filter_map(|start| Some((start.len(), *self.whole_rows.get(start)?))).last();
        let unspaced = || {
            let hits = self.unspaced_rows.iter().filter(|(phrase, _)| text.contains(phrase.as_str()));
            hits.map(|(phrase, kind)| (phrase.len(), *kind)).max_by_key(|(length, _)| *length)
        };
        let anywhere = if is_unspaced(&text) { unspaced() } else { None };
        spaced.into_iter().chain(anywhere).max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
    }

    /// Whether [`Words::row_word`], which looks at the whole cell, or [`StatusWords::is_marked_pending`] may find
    /// something: the first two letters tell that most cells hold none.
    pub(crate) fn may_be_row_word(&self, cell: &str) -> bool {
        let mut letters = cell.bytes().skip_while(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric());
        let place = |byte: u8| byte.is_ascii_alphabetic().then(|| byte.to_ascii_lowercase() - b'a');
        match (letters.next().and_then(place), letters.next().and_then(place)) {
            (Some(first), Some(second)) => {
                self.row_starts.get(usize::from(first)).is_some_and(|bits| bits & (1 << second) != 0)
            }
            _ => true,
        }
    }

    /// The side that the title of a section of a statement tells.
    pub(crate) fn section(&self, line: &str) -> Option<Side> {
        let folded = fold(line);
        let bare = self.again.iter().find_map(|word| folded.strip_suffix(word.as_str())).unwrap_or(&folded);
        self.sections.get(bare.trim_end()).copied()
    }

    /// The side that words inside a text hint at.
    pub(crate) fn hint(&self, text: &str) -> Option<Side> {
        let text = fold(text);
        let words: Vec<&str> = text.split(' ').collect();
        let found = (1..=3).flat_map(|length| words.windows(length)).find_map(|some| self.hints.get(&some.join(" ")));
        let unspaced = || self.hints.iter().find(|(hint, _)| is_unspaced(hint) && text.contains(*hint)).map(|(_, s)| s);
        found.or_else(|| if is_unspaced(&text) { unspaced() } else { None }).copied()
    }

    /// Whether the header of a balance calls it a debt.
    pub(crate) fn is_owed(&self, header: &str) -> bool {
        has_any(&fold(header), &self.owed)
    }

    /// Whether a folded header stands over what shall move and not over what did.
    pub(crate) fn is_planned(&self, header: &str) -> bool {
        has_any(header, &self.planned)
    }

    /// Whether the header of an amount says that its fee is not in it.
    pub(crate) fn is_before_fees(&self, header: &str) -> bool {
        has_any(&fold(header), &self.before_fees)
    }

    /// Whether a header that ends in this word is no amount, whatever stands before it.
    pub(crate) fn turns(&self, last: &str) -> bool {
        self.turning.iter().any(|word| word == last)
    }

    /// Whether a word of a header stands before its currency, as in `amount in EUR`.
    pub(crate) fn is_before_currency(&self, word: &str) -> bool {
        let word = fold(word);
        self.before_currency.contains(&word)
    }

    /// Whether the text is a payment to a card's own account.
    pub(crate) fn is_card_payment(&self, text: &str) -> bool {
        let text = fold(text);
        self.card_payments.iter().any(|phrase| text.contains(phrase.as_str()))
    }

    /// Whether the header belongs to a list of spending.
    pub(crate) fn is_spending(&self, header: &str) -> bool {
        self.spending.contains(&fold(header))
    }

    /// A month by its name, from 1.
    pub(crate) fn month(&self, name: &str) -> Option<u8> {
        if name.len() > 32 {
            return None;
        }
        self.months.get(&fold(name)).copied()
    }

    /// Whether it is the name of a day, or its beginning.
    pub(crate) fn is_weekday(&self, name: &str) -> bool {
        name.len() <= 32 && self.weekdays.contains(&fold(name))
    }

    /// The currency that a whole cell names by code, sign or word. Old codes give the new one.
    pub(crate) fn currency(&self, cell: &str) -> Option<Currency> {
        let cell = cell.trim();
        self.iso.get(cell).copied().or_else(|| self.names.get(&cell.to_lowercase()).copied().flatten())
    }

    /// Whether amounts of the currency have three decimals.
    pub(crate) fn has_three_decimals(&self, currency: Currency) -> bool {
        self.three_decimals.contains(&currency)
    }

    /// The currency of a code that is no word as well, such as `EUR` in a line of text.
    pub(crate) fn sure_code(&self, text: &str) -> Option<Currency> {
        self.iso.get(text).copied().filter(|_| !self.word_codes.iter().any(|code| code == text))
    }

    /// The currency of a number as account numbers hold it.
    pub(crate) fn numeric_currency(&self, number: &str) -> Option<Currency> {
        self.numeric.get(number).copied()
    }

    /// The mark of a currency inside an amount: `Some(None)` where it does not tell which one.
    pub(crate) fn currency_mark(&self, mark: &str) -> Option<Option<Currency>> {
        if let Some(code) = self.iso.get(mark) {
            return Some(Some(*code));
        }
        let lower = mark.to_lowercase();
        let code = || self.marks.get(&lower).or_else(|| self.iso.get(&mark.to_uppercase())).copied();
        self.names.get(&lower).copied().or_else(|| code().map(Some))
    }
}

/// Whether a folded text holds any of the phrases as whole words.
fn has_any(text: &str, phrases: &[String]) -> bool {
    let text = format!(" {text} ");
    phrases
        .iter()
        .any(|phrase| text.contains(&format!(" {phrase} ")) || is_unspaced(phrase) && text.contains(phrase.as_str()))
}

/// The second letters of phrases by the first, where both are ASCII.
fn starts<'p>(phrases: impl Iterator<Item = &'p str>) -> [u32; 26] {
    let mut out = [0; 26];
    for phrase in phrases {
        let mut places = phrase.bytes().map(|byte| byte.checked_sub(b'a').filter(|place| *place < 26));
        if let (Some(Some(first)), Some(Some(second))) = (places.next(), places.next())
            && let Some(bits) = out.get_mut(usize::from(first))
        {
            *bits |= 1 << second;
        }
    }
    out
}

fn parse<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| Error::Words(error.to_string()))
}

/// Lower case, letters that are written in two ways as one of them, every other mark a single space.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut add = |letter: char| {
        if letter.is_alphanumeric() {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    };
    // Most texts are ASCII, and every row is folded.
    if text.is_ascii() {
        text.chars().for_each(|letter| add(letter.to_ascii_lowercase()));
    } else {
        text.chars().flat_map(char::to_lowercase).filter_map(one_form).for_each(add);
    }
    out.truncate(out.trim_end().len());
    out
}

/// A small letter without what capitals leave out or change: the points of `ё`, Greek accents, the dot of the Turkish `İ`,
/// a hamza. `None` for an accent that stands behind its letter.
pub(super) fn one_form(letter: char) -> Option<char> {
    Some(match letter {
        _ if letter.is_ascii() => letter,
        'ё' => 'е',
        'ı' => 'i',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'أ' | 'إ' | 'آ' => 'ا',
        '\u{300}'..='\u{36f}' => return None,
        _ => letter,
    })
}

/// `s a l d o` as `saldo`: letters that are set apart to fill a line.
fn joined(text: String) -> String {
    let is_spaced = text.len() > 6 && text.split(' ').all(|part| part.chars().nth(1).is_none());
    if is_spaced { text.replace(' ', "") } else { text }
}

/// Direction cells may be a bare sign, which folding would lose.
fn direction_key(cell: &str) -> String {
    let cell = cell.trim();
    if matches!(cell, "+" | "-" | "−" | "–" | "/") { cell.to_owned() } else { fold(cell) }
}

/// Whether it holds Chinese, Japanese, Korean or Thai, whose words have no spaces between them or need none.
pub(crate) fn is_unspaced(text: &str) -> bool {
    text.chars().any(|letter| {
        matches!(letter, '\u{4e00}'..='\u{9fff}' | '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}' | '\u{e00}'..='\u{e7f}')
    })
}

#[cfg(test)]
mod tests {
    use super::{super::statuses::Status, *};

    #[test]
    fn the_embedded_words_are_readable() {
        let words = Words::load().expect("the words");
        assert_eq!(words.side("Af"), Some(Side::Out));
        assert_eq!(words.side(" приход "), Some(Side::In));
        assert_eq!(words.currency("RUR").map(|code| code.to_string()).as_deref(), Some("RUB"));
        assert_eq!(words.currency_mark("$"), Some(None));
        assert_eq!(words.row_word("Saldo Anterior", true), Some(RowWord::Opening));
        assert_eq!(words.row_word("Total Wine & More", true), None);
        assert_eq!(words.statuses.of("PENDING"), Some(Status::Pending));
        for cell in words.whole_rows.keys() {
            assert!(words.may_be_row_word(cell), "{cell}");
            assert!(words.may_be_row_word(&format!(" * {} 12", cell.to_uppercase())), "{cell}");
        }
        assert!(!words.may_be_row_word("Jewellery"));
    }

    #[test]
    fn folding_keeps_letters_and_digits_only() {
        assert_eq!(fold("  Счёт — №1 (RUB) "), "счет 1 rub");
        assert_eq!(fold("收/支"), "收 支");
    }
}
