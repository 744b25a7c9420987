//! What each column is: by its header's words where its values agree, else by its values.

use super::{
    header::{is_date, is_money, meanings},
    profile::{ColumnProfile, Profile},
};
use crate::{
    Evidence,
    import::words::{Meaning, Words, fold},
};

/// One column with its header's meaning, if its values allow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Headed {
    /// The header as written; empty where there is none.
    pub(crate) header: String,
    pub(crate) meaning: Option<Meaning>,
    pub(crate) weight: u8,
    pub(crate) evidence: Evidence,
}

/// All columns with what their headers say. `languages` gets one entry for each header that is known.
pub(crate) fn headed(
    headers: &[String],
    profile: &Profile,
    words: &Words,
    languages: &mut Vec<Box<str>>,
) -> Vec<Headed> {
    let width = headers.len().max(profile.columns.len());
    let mut out = Vec::with_capacity(width);
    for place in 0..width {
        let header = headers.get(place).cloned().unwrap_or_default();
        let column = profile.column(place);
        let found = meanings(&header, words);
        let phrase = found.iter().find(|phrase| allowed(phrase.meaning, &column, profile.rows));
        languages.extend(phrase.map(|phrase| phrase.language.clone()));
        let by_values = || match words.is_planned(&fold(&header)) {
            true => Some(Meaning::OtherNumber),
            false => of_values(&column, profile.rows, !header.trim().is_empty()),
        };
        out.push(Headed {
            meaning: phrase.map(|phrase| phrase.meaning).or_else(by_values),
            weight: phrase.map_or(0, |phrase| phrase.weight),
            evidence: if phrase.is_some() { Evidence::Header } else { Evidence::Values },
            header,
        });
    }
    out
}

/// Whether the values can be what the header says. An empty column can be anything.
fn allowed(meaning: Meaning, column: &ColumnProfile, rows: u64) -> bool {
    if column.filled == 0 {
        return rows == 0 || !(is_date(meaning) || is_money(meaning) || meaning == Meaning::Direction);
    }
    match meaning {
        _ if is_date(meaning) => column.dates.count * 10 >= column.filled * 5,
        _ if is_money(meaning) => column.numbers.count > 0 && column.numbers.count * 2 >= column.filled,
        Meaning::Balance | Meaning::Fee => column.is_numbers(),
        Meaning::OpeningBalance | Meaning::ClosingBalance => column.is_numbers(),
        Meaning::BookedCurrency | Meaning::Currency | Meaning::ForeignCurrency => {
            column.currencies * 10 >= column.filled * 8
        }
        // A time with its day is a date.
        Meaning::Time => !column.is_dates(),
        // A header that speaks of something else, such as "description of the amount", does not overrule the values.
        Meaning::Description | Meaning::Counterparty => {
            !(column.is_whole_dates() || column.is_numbers() && column.numbers.looks_like_money())
        }
        Meaning::Direction => (column.side_in + column.side_out) * 10 >= column.filled * 6,
        _ => true,
    }
}

/// What values alone tell.
fn of_values(column: &ColumnProfile, rows: u64, has_header: bool) -> Option<Meaning> {
    let mostly = column.filled * 10 >= rows * 8;
    if column.is_dates() && mostly {
        return Some(Meaning::Date);
    }
    if column.is_currencies() && column.filled * 2 >= rows {
        return Some(Meaning::Currency);
    }
    // One letter over and over may be a code of anything.
    let telling = (column.side_in > 0 && column.side_out > 0) || column.letters > column.filled;
    if column.is_sides() && telling && (!has_header || mostly) {
        return Some(Meaning::Direction);
    }
    None
}

/// The column for one kind of meaning: best weight, well filled, first.
pub(crate) fn best(columns: &[Headed], profile: &Profile, wanted: &[Meaning]) -> Option<usize> {
    // Nothing moves by an amount of zero.
    let filled = |place: usize| match profile.columns.get(place) {
        Some(column) if wanted.iter().copied().any(is_money) => column.numbers.count - column.numbers.zero,
        column => column.map_or(0, |column| column.filled),
    };
    let most = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.meaning.is_some_and(|meaning| wanted.contains(&meaning)))
        .map(|(place, _)| filled(place))
        .max()?;
    let candidates = columns.iter().enumerate().filter(|(place, column)| {
        column.meaning.is_some_and(|meaning| wanted.contains(&meaning)) && filled(*place) * 10 >= most * 9
    });
    let rank = |(place, column): &(usize, &Headed)| (column.weight, usize::MAX - *place);
    candidates.max_by_key(rank).map(|(place, _)| place)
}

/// The date of a movement and the other dates, best first.
pub(crate) fn date_columns(columns: &[Headed], profile: &Profile) -> Vec<usize> {
    let wanted = [
        Meaning::BookingDate,
        Meaning::Date,
        Meaning::TransactionDate,
        Meaning::DocumentDate,
        Meaning::EarlyDate,
        Meaning::ValueDate,
    ];
    let Some(first) = best(columns, profile, &wanted) else { return Vec::new() };
    let others = columns
        .iter()
        .enumerate()
        .filter(|(place, column)| *place != first && column.meaning.is_some_and(|meaning| wanted.contains(&meaning)));
    std::iter::once(first).chain(others.map(|(place, _)| place)).collect()
}

/// A direction column: by its header or values; types of operation count only where their values are sides.
pub(crate) fn direction(columns: &[Headed], profile: &Profile) -> Option<usize> {
    let named = best(columns, profile, &[Meaning::Direction]);
    named.or_else(|| {
        let places = (0..columns.len()).filter(|place| {
            let meaning = columns.get(*place).and_then(|column| column.meaning);
            matches!(meaning, None | Some(Meaning::Kind | Meaning::OtherNumber)) && profile.column(*place).is_sides()
        });
        places.max_by_key(|place| profile.column(*place).filled)
    })
}

/// A column's header, or its number from 1 where it has none.
pub(crate) fn title(columns: &[Headed], place: usize) -> String {
    let header = columns.get(place).map(|column| column.header.clone()).filter(|header| !header.is_empty());
    header.unwrap_or_else(|| (place + 1).to_string())
}
