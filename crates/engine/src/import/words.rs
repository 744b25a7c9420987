//! The words that statements use, read from the data files of this crate: headers, directions, statuses, currencies.

mod folding;
mod lists;

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use saldo_kernel::Currency;

use self::folding::{direction_key, has_any, joined};
pub(crate) use self::folding::{fold, is_unspaced, one_form};
pub(crate) use super::phrases::{Meaning, Phrase};
use super::{books::Chart, months::Calendar, statuses::StatusWords, table::DocumentWords};
use crate::Error;

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
    cards: Vec<String>,
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

    /// Whether ISO 4217 knows the code.
    pub(crate) fn is_currency(&self, currency: Currency) -> bool {
        self.iso.values().any(|known| *known == currency)
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

    /// Whether the header of an own account is that of a card or of whoever holds it.
    pub(crate) fn is_card(&self, header: &str) -> bool {
        self.cards.contains(&fold(header))
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
}
