//! The currency of the amounts: from a column, a header, marks beside the numbers, or the lines before the table.

use saldo_kernel::Currency;

use super::{
    header::currency_of,
    preamble::Preamble,
    profile::{ColumnProfile, Profile},
    roles::Headed,
};
use crate::{
    Hints,
    import::words::{Meaning, Words, fold},
};

/// Where the currency of a row is found, in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CurrencyRule {
    /// The column of codes that belongs to the amounts.
    pub(crate) column: Option<usize>,
    /// Whether marks beside the numbers differ from row to row.
    pub(crate) marks: bool,
    /// For rows where the others are silent.
    pub(crate) all: Option<Currency>,
}

/// Decides for the columns of the amounts.
pub(crate) fn decide(
    columns: &[Headed],
    profile: &Profile,
    amounts: &[usize],
    preamble: &Preamble,
    hints: &Hints,
    words: &Words,
) -> CurrencyRule {
    let header = |place: &usize| columns.get(*place).map_or("", |column| column.header.as_str());
    let in_header = amounts.iter().find_map(|place| currency_of(header(place), words));
    if in_header.is_some() {
        return CurrencyRule { column: None, marks: false, all: in_header };
    }
    let column = amounts.first().and_then(|amount| column_of(columns, profile, *amount));
    let marks: Vec<_> = amounts.iter().map(|place| profile.column(*place).numbers).collect();
    let marked = marks.iter().find_map(|numbers| numbers.currency);
    let differ = marks
        .iter()
        .any(|numbers| numbers.currencies_differ || (numbers.currency.is_some() && numbers.currency != marked));
    let all = if differ { None } else { marked }
        .or(preamble.currency)
        .or_else(|| if column.is_none() && !differ { hints.currency } else { None });
    CurrencyRule { column, marks: differ, all }
}

/// The one currency of a column of amounts: in its header, in its cells, or in its column of codes.
pub(crate) fn constant_of(columns: &[Headed], profile: &Profile, amount: usize, words: &Words) -> Option<Currency> {
    let in_header = columns.get(amount).and_then(|column| currency_of(&column.header, words));
    let numbers = profile.column(amount).numbers;
    let in_cells = numbers.currency.filter(|_| !numbers.currencies_differ);
    let in_codes = || {
        let codes = profile.column(column_of(columns, profile, amount)?);
        codes.currency.filter(|_| !codes.currencies_differ)
    };
    in_header.or(in_cells).or_else(in_codes)
}

/// The column of codes that belongs to a column of amounts: the one behind it, one whose header shares words with it, or
/// the one before it.
pub(crate) fn column_of(columns: &[Headed], profile: &Profile, amount: usize) -> Option<usize> {
    let of_amount = columns.get(amount)?;
    let amount_words: Vec<String> = fold(&of_amount.header).split(' ').map(str::to_owned).collect();
    let is_number = |place: usize| profile.columns.get(place).is_some_and(ColumnProfile::is_numbers);
    let rank = |place: usize, column: &Headed| {
        let meaning = column.meaning?;
        if profile.rows > 0 && profile.column(place).filled == 0 {
            return None;
        }
        let header = fold(&column.header);
        let shared =
            header.split(' ').filter(|word| word.len() > 2 && amount_words.iter().any(|one| one == word)).count();
        let foreign = of_amount.meaning == Some(Meaning::ForeignAmount);
        let weight = match meaning {
            Meaning::BookedCurrency => 3,
            Meaning::Currency => 2,
            Meaning::ForeignCurrency if foreign || shared > 0 || place == amount + 1 => 1,
            _ => return None,
        };
        let beside = match place {
            _ if place == amount + 1 && (foreign || shared > 0 || meaning != Meaning::ForeignCurrency) => 3,
            // What stands behind another number is that one's.
            _ if place + 1 == amount && !place.checked_sub(1).is_some_and(is_number) => 2,
            _ => 0,
        };
        Some((shared * 2 + beside, weight, usize::MAX - place))
    };
    let ranked = columns.iter().enumerate().filter_map(|(place, column)| Some((rank(place, column)?, place)));
    ranked.max().map(|(_, place)| place)
}
