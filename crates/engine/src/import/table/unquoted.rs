//! Amounts with a decimal comma in a table whose fields are separated by commas and not quoted: `-23,45` is two fields.

use std::collections::HashMap;

use super::{
    dialect::Row,
    records::{Record, RowReader, RowSource},
};
use crate::{
    Error,
    import::{dates, words::Words},
};

/// Where the amounts of a table are taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Split {
    Nowhere,
    /// For certain.
    At(Joins),
    /// Somewhere, and nothing tells where.
    Unclear,
}

/// Fields that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Joins {
    /// How many fields such a row has.
    width: usize,
    /// The first field of each amount.
    places: Vec<usize>,
}

/// More places that could be amounts tell nothing.
const MAX_PLACES: usize = 12;

/// Decides on the first rows of a table. Rows with more fields than there are headers hold amounts in two fields where as
/// many pairs of a whole number and two digits stand side by side in every row; without a header such a pair is an amount
/// where the two digits start with a zero, as no number does, and may be one where the whole number has a sign.
pub(crate) fn find(rows: &[Row], header: Option<usize>, words: &Words) -> Split {
    let behind = rows.get(header.map_or(0, |place| place + 1)..).unwrap_or_default();
    let is_dated = |row: &&Row| row.cells.iter().any(|cell| dates::scan(cell, words).is_some());
    let rows_of_table: Vec<&[String]> = behind.iter().filter(is_dated).map(|row| filled(&row.cells)).collect();
    let Some(width) = most_common(&rows_of_table) else { return Split::Nowhere };
    let rows_of_table: Vec<&[String]> = rows_of_table.into_iter().filter(|row| row.len() > 2).collect();
    match header.and_then(|place| rows.get(place)).map(|row| filled(&row.cells).len()) {
        Some(headers) => under_headers(&rows_of_table, headers),
        None => by_zeros(&rows_of_table, width),
    }
}

/// The fields without empty ones at the end.
fn filled(cells: &[String]) -> &[String] {
    let end = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    cells.get(..end).unwrap_or(cells)
}

fn most_common(rows: &[&[String]]) -> Option<usize> {
    let mut counts = HashMap::<usize, usize>::new();
    rows.iter().for_each(|row| *counts.entry(row.len()).or_default() += 1);
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).map(|(width, _)| width)
}

fn under_headers(rows: &[&[String]], headers: usize) -> Split {
    let (Some(least), Some(most)) = (rows.iter().map(|row| row.len()).min(), rows.iter().map(|row| row.len()).max())
    else {
        return Split::Nowhere;
    };
    if most <= headers {
        return Split::Nowhere;
    }
    if least < most {
        let mut wide = rows.iter().filter(|row| row.len() > headers);
        let fits = |row: &&&[String]| !choices(&pairs(&[row]), row.len() - headers).is_empty();
        return if wide.clone().count() * 2 >= rows.len() && wide.all(|row| fits(&row)) {
            Split::Unclear
        } else {
            Split::Nowhere
        };
    }
    match choices(&pairs(rows), most - headers).as_slice() {
        [] => Split::Nowhere,
        [only] => Split::At(Joins { width: most, places: only.clone() }),
        _ => Split::Unclear,
    }
}

fn by_zeros(rows: &[&[String]], width: usize) -> Split {
    let rows: Vec<&[String]> = rows.iter().copied().filter(|row| row.len() == width).collect();
    let starts_with_zero =
        |place: &usize| rows.iter().any(|row| row.get(place + 1).is_some_and(|cell| cell.starts_with('0')));
    let has_decimals = |cell: &String| {
        let end = cell.trim_start_matches(['-', '+', '−']).split_once(['.', ',']);
        end.is_some_and(|(whole, rest)| is_digits(whole) && rest.len() == 2 && is_digits(rest))
    };
    if rows.iter().any(|row| row.iter().any(has_decimals)) {
        return Split::Nowhere;
    }
    let all = pairs(&rows);
    let (places, others): (Vec<usize>, Vec<usize>) = all.into_iter().partition(starts_with_zero);
    // Whole amounts with a sign, each with two digits behind it, are hardly what they seem.
    let is_signed =
        |place: &usize| rows.iter().any(|row| row.get(*place).is_some_and(|cell| cell.starts_with(['-', '+', '−'])));
    let is_apart = |place: &usize| places.iter().all(|one| one.abs_diff(*place) > 1);
    if others.iter().filter(|place| is_apart(place)).any(|place| !places.is_empty() || is_signed(place)) {
        return Split::Unclear;
    }
    if places.is_empty() {
        return Split::Nowhere;
    }
    match choices(&places, places.len()).as_slice() {
        [only] => Split::At(Joins { width, places: only.clone() }),
        _ => Split::Unclear,
    }
}

/// Places of fields that are a whole number with two digits behind it in every row.
fn pairs(rows: &[&[String]]) -> Vec<usize> {
    let width = rows.iter().map(|row| row.len()).min().unwrap_or(0);
    let is_pair = |row: &[String], place: usize| {
        row.get(place).is_some_and(|cell| is_whole(cell)) && row.get(place + 1).is_some_and(|cell| is_fraction(cell))
    };
    (0..width.saturating_sub(1)).filter(|place| rows.iter().all(|row| is_pair(row, *place))).collect()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number without decimals; points and blanks may set thousands apart.
fn is_whole(cell: &str) -> bool {
    let bare = cell.trim_start_matches(['-', '+', '−', ' ']);
    let mut groups = bare.split(['.', ' ', '\u{a0}']);
    let first = groups.next().is_some_and(|group| is_digits(group) && group.len() <= 12);
    let grouped = groups.clone().next().is_some();
    first && groups.all(|group| is_digits(group) && group.len() == 3) && (!grouped || bare.len() <= 16)
}

/// Two digits, with a sign or a currency behind them at most.
fn is_fraction(cell: &str) -> bool {
    let end = cell.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(cell.len());
    let (digits, rest) = cell.split_at(end);
    digits.len() == 2 && rest.chars().count() <= 4 && !rest.contains(['.', ',', ':', '/'])
}

/// All ways to take so many of these places, none beside another.
fn choices(places: &[usize], count: usize) -> Vec<Vec<usize>> {
    if places.len() > MAX_PLACES || places.len() < count {
        return Vec::new();
    }
    let chosen = |set: u32| -> Vec<usize> {
        places.iter().enumerate().filter(|(bit, _)| set & (1 << bit) != 0).map(|(_, place)| *place).collect()
    };
    let apart = |places: &Vec<usize>| places.iter().zip(places.iter().skip(1)).all(|(one, next)| next - one > 1);
    (0..1_u32 << places.len()).filter(|set| set.count_ones() as usize == count).map(chosen).filter(apart).collect()
}

/// What is said of a table whose amounts cannot be put together for certain.
pub(crate) fn refusal() -> Error {
    Error::FormatNotSupported("a table whose amounts hold its delimiter without quotation marks")
}

impl Joins {
    /// How many fields a row has when its amounts are put together.
    fn joined_width(&self) -> usize {
        self.width - self.places.len()
    }

    /// The fields with the amounts put together.
    fn join<'c>(&self, cells: &[&'c str]) -> Vec<std::borrow::Cow<'c, str>> {
        let mut out = Vec::with_capacity(cells.len());
        let mut cells = cells.iter().enumerate();
        while let Some((place, cell)) = cells.next() {
            let fraction = if self.places.contains(&place) { cells.next() } else { None };
            out.push(match fraction {
                Some((_, fraction)) => format!("{cell},{fraction}").into(),
                None => (*cell).into(),
            });
        }
        out
    }

    /// Puts the amounts of a row together, if it has any.
    pub(crate) fn join_row(&self, row: &mut Row) {
        if filled(&row.cells).len() == self.width {
            let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
            row.cells = self.join(&cells).into_iter().map(std::borrow::Cow::into_owned).collect();
        }
    }
}

/// A table whose amounts are put together.
pub(crate) struct Joined<'s> {
    pub(crate) table: &'s mut dyn RowSource,
    pub(crate) joins: Joins,
}

struct JoinedRows<'r> {
    rows: Box<dyn RowReader + 'r>,
    joins: &'r Joins,
    split: Record,
}

impl RowSource for Joined<'_> {
    fn open(&mut self) -> Result<Box<dyn RowReader + '_>, Error> {
        Ok(Box::new(JoinedRows { rows: self.table.open()?, joins: &self.joins, split: Record::default() }))
    }

    fn total(&self) -> u64 {
        self.table.total()
    }
}

impl RowReader for JoinedRows<'_> {
    /// A row that has neither the fields of the others nor those of the header cannot be put together for certain.
    fn read(&mut self, record: &mut Record) -> Result<bool, Error> {
        if !self.rows.read(&mut self.split)? {
            return Ok(false);
        }
        let cells: Vec<&str> = self.split.cells().collect();
        let width = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        if width != self.joins.width {
            if width > self.joins.joined_width() {
                return Err(refusal());
            }
            std::mem::swap(record, &mut self.split);
            return Ok(true);
        }
        let whole = |place: &usize| {
            cells.get(*place).is_some_and(|cell| is_whole(cell))
                && cells.get(place + 1).is_some_and(|cell| is_fraction(cell))
        };
        if !self.joins.places.iter().all(whole) {
            return Err(refusal());
        }
        let joined = self.joins.join(&cells);
        record.fill(self.split.line, joined.iter().enumerate().map(|(place, cell)| (place, cell.as_ref())))?;
        Ok(true)
    }

    fn done(&self) -> u64 {
        self.rows.done()
    }
}
