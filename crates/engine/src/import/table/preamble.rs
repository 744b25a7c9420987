//! What stands before a table: the period, the currency, balances.

use saldo_kernel::{Currency, Money};
use time::Date;

use super::{dialect::Row, sections::Section};
use crate::{
    BalanceKind, DateOrder, StatedBalance,
    import::{
        dates::{self, Parts},
        numbers,
        words::{RowWord, Words, fold},
    },
};

/// What the lines before the header say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Preamble {
    /// Every date in them.
    pub(crate) dates: Vec<Parts>,
    /// The currency they name.
    pub(crate) currency: Option<Currency>,
    /// The first words of each.
    pub(crate) lines: Vec<String>,
    /// All words of each.
    pub(crate) whole: Vec<String>,
    /// What they say of the rows right below the header.
    pub(crate) section: Section,
}

/// Reads the lines before the header.
pub(crate) fn read(rows: &[Row], words: &Words) -> Preamble {
    let section = Section::above(rows.iter().map(|row| row.cells.as_slice()), words);
    let (mut out, mut label_before) = (Preamble { section, ..Preamble::default() }, false);
    let mut codes = Vec::new();
    for row in rows {
        out.lines.extend(row.cells.iter().find(|cell| !cell.is_empty()).cloned());
        let filled: Vec<&str> = row.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        out.whole.push(filled.join(" "));
        if let Some(first) = row.cells.first().filter(|_| label_before) {
            out.currency = out.currency.or_else(|| words.currency(first));
        }
        let mut filled = row.cells.iter().filter(|cell| !cell.is_empty());
        label_before =
            filled.next().is_some_and(|cell| words.currency_labels.contains(&fold(cell))) && filled.next().is_none();
        for cell in &row.cells {
            let pieces = cell.split(|letter: char| letter.is_whitespace() || "[](){}:;,\"".contains(letter));
            let parts = pieces.filter_map(|piece| dates::scan(piece.trim_matches(['-', '–', '—']), words));
            out.dates.extend(parts.take(8));
        }
        out.currency = out.currency.or_else(|| currency(&row.cells, words));
        let pieces = row.cells.iter().flat_map(|cell| cell.split(|letter: char| !letter.is_alphanumeric()));
        codes.extend(pieces.filter_map(|piece| words.sure_code(piece)));
    }
    // `Account 12345 EUR`: the only code that is named.
    codes.dedup();
    if let (None, [only]) = (out.currency, codes.as_slice()) {
        out.currency = Some(*only);
    }
    out
}

/// `Currency;EUR` or `Валюта: RUB`; a label alone on its line names what the next line holds, see [`read`].
fn currency(cells: &[String], words: &Words) -> Option<Currency> {
    let filled: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    filled.iter().enumerate().find_map(|(place, cell)| {
        let (label, value) = cell.split_once(':').unwrap_or((cell, ""));
        if !words.currency_labels.contains(&fold(label)) {
            return None;
        }
        words.currency(value).or_else(|| words.currency(filled.get(place + 1)?))
    })
}

/// An amount that stands outside the movements, by its own form or by the decimal separator of the movements.
pub(crate) fn amount(cell: &str, decimal: char, words: &Words) -> Option<Money> {
    let written = numbers::scan(cell, words)?;
    let other = if decimal == ',' { '.' } else { ',' };
    let (units, places) = numbers::read(written.body, decimal).or_else(|| numbers::read(written.body, other))?;
    Some(Money::new(if written.negative { -units } else { units }, places, None))
}

/// The balance that a row states in words: the first amount behind `Opening balance` and the like.
pub(crate) fn stated(
    cells: &[&str],
    line: u64,
    decimal: char,
    order: DateOrder,
    currency: Option<Currency>,
    words: &Words,
) -> Option<StatedBalance> {
    let (place, kind) = cells.iter().enumerate().find_map(|(place, cell)| match words.row_word(cell, false)? {
        RowWord::Opening => Some((place, BalanceKind::Opening)),
        RowWord::Closing => Some((place, BalanceKind::Closing)),
        RowWord::Total | RowWord::Balance | RowWord::Available => None,
    })?;
    let money = amount_behind(cells, place, decimal, words)?;
    let date = cells.iter().find_map(|cell| date_in(cell, order, words));
    Some(StatedBalance { kind, amount: Money { currency, ..money }, date, line, account: "".into() })
}

/// The first amount behind the words at a place, or in the same cell.
fn amount_behind(cells: &[&str], place: usize, decimal: char, words: &Words) -> Option<Money> {
    let inside = cells.get(place)?.split_once([':', '=']).map(|(_, value)| value.trim());
    let behind = cells.get(place + 1..).unwrap_or_default().iter().copied();
    let values = inside.into_iter().chain(behind).filter(|cell| dates::scan(cell, words).is_none());
    values.into_iter().find_map(|cell| amount(cell, decimal, words))
}

/// The balance of a day, such as `Balance on 30.04.2024: 1,234.56`, which is none of the money that is free to spend.
/// It is the closing balance if no movement is later than that day.
pub(crate) fn on_day(
    rows: &[Row],
    decimal: char,
    order: DateOrder,
    currency: Option<Currency>,
    words: &Words,
) -> Option<StatedBalance> {
    rows.iter().find_map(|row| {
        let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
        let place = cells.iter().position(|cell| words.row_word(cell, false) == Some(RowWord::Balance))?;
        let date = cells.iter().find_map(|cell| date_in(cell, order, words))?;
        let money = amount_behind(&cells, place, decimal, words)?;
        let amount = Money { currency, ..money };
        Some(StatedBalance { kind: BalanceKind::Closing, amount, date: Some(date), line: row.line, account: "".into() })
    })
}

fn date_in(cell: &str, order: DateOrder, words: &Words) -> Option<Date> {
    cell.split([' ', ':', '(', ')']).find_map(|piece| dates::scan(piece, words)?.read(order))
}
