//! Which delimiter a table uses: the one under which the most rows hold a date beside an amount.

use std::{collections::HashMap, io::Cursor};

use encoding_rs::UTF_8;

use super::{
    header,
    records::{Dialect, Record, Records, RowReader},
};
use crate::{
    Error,
    import::{dates, encoding::TextEncoding, numbers, text::Text, words::Words},
};

const DELIMITERS: [u8; 7] = *b";,\t|^~\x1f";
/// Rows that are looked at for each delimiter.
const ROWS: usize = 300;

/// One row of the head of the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// The physical line it starts on, from 1.
    pub(crate) line: u64,
    /// Without surrounding white space.
    pub(crate) cells: Vec<String>,
}

/// The dialect of a table of any number of columns; `None` where no delimiter makes one.
pub(crate) fn detect(head: &str, newline: u8, words: &Words) -> Option<Dialect> {
    let quoting = has_quoted_fields(head);
    let stated = stated(head);
    let dialects = DELIMITERS.iter().filter(|delimiter| head.as_bytes().contains(delimiter));
    let dialects = dialects.map(|delimiter| Dialect { delimiter: *delimiter, quoting, columns: usize::MAX });
    if let Some(delimiter) = stated {
        return Some(Dialect { delimiter, quoting, columns: usize::MAX });
    }
    let scored =
        dialects.map(|dialect| (score(&rows(head, newline, dialect, ROWS).unwrap_or_default(), words), dialect));
    // Of equals the first in the list wins: `max_by` keeps the last.
    let best = scored.rev().max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (best.0 > 0.0).then_some(best.1)
}

/// `sep=;` on a first line, as spreadsheets write it.
fn stated(head: &str) -> Option<u8> {
    let rest = head.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and_then(|_| head.get(4..))?;
    let line = rest.lines().next()?.trim_matches('"');
    DELIMITERS.into_iter().find(|delimiter| line.as_bytes() == [*delimiter])
}

/// Whether quotation marks enclose fields; a single mark inside a text does not.
fn has_quoted_fields(head: &str) -> bool {
    let mut marks = head.match_indices('"').peekable();
    marks.peek().is_none()
        || marks
            .filter(|(place, _)| {
                let before = head.get(..*place).and_then(|text| text.bytes().next_back());
                let after = head.get(place + 1..).and_then(|text| text.bytes().next());
                let edge = |byte: Option<u8>| byte.is_none_or(|byte| byte < b' ' || DELIMITERS.contains(&byte));
                edge(before) || edge(after)
            })
            .nth(1)
            .is_some()
}

/// The first rows of the head. A row that the head cuts off is left out.
///
/// # Errors
/// A row of more columns than the dialect has.
pub(crate) fn rows(head: &str, newline: u8, dialect: Dialect, most: usize) -> Result<Vec<Row>, Error> {
    let mut source = Cursor::new(head.as_bytes());
    let encoding = TextEncoding { name: String::new(), encoding: UTF_8, skip: 0 };
    let mut out = Vec::new();
    match read_rows(&mut source, &encoding, newline, dialect, most, &mut out) {
        Err(error @ Error::TooManyColumns { .. }) => Err(error),
        Ok(()) | Err(_) => Ok(out),
    }
}

fn read_rows(
    source: &mut Cursor<&[u8]>,
    encoding: &TextEncoding,
    newline: u8,
    dialect: Dialect,
    most: usize,
    out: &mut Vec<Row>,
) -> Result<(), Error> {
    let mut records = Records::new(Text::open(source, encoding, newline)?, dialect);
    let mut record = Record::default();
    while out.len() < most && records.read(&mut record)? {
        out.push(Row { line: record.line, cells: record.cells().map(str::to_owned).collect() });
    }
    Ok(())
}

/// Whether a row has both a date and an amount.
pub(crate) fn is_movement<'c>(cells: impl Iterator<Item = &'c str>, words: &Words) -> bool {
    let (mut date, mut amount) = (false, false);
    for cell in cells {
        if dates::scan(cell, words).is_some() {
            date = true;
        } else if numbers::scan(cell, words).is_some() {
            amount = true;
        }
    }
    date && amount
}

/// How many of the first rows are movements under the delimiter that suits best.
pub(crate) fn delimited_movements(head: &str, newline: u8, most: usize, words: &Words) -> usize {
    let dialect = detect(head, newline, words);
    let rows = dialect.and_then(|dialect| rows(head, newline, dialect, most).ok()).unwrap_or_default();
    rows.iter().filter(|row| is_movement(row.cells.iter().map(String::as_str), words)).count()
}

/// 0 where it is no table.
fn score(rows: &[Row], words: &Words) -> f64 {
    let wide: Vec<&Row> = rows.iter().filter(|row| row.cells.len() > 1).collect();
    if wide.is_empty() {
        return 0.0;
    }
    let mut lengths = HashMap::<usize, usize>::new();
    wide.iter().for_each(|row| *lengths.entry(row.cells.len()).or_default() += 1);
    let usual = lengths.values().max().copied().unwrap_or(0) as f64 / wide.len() as f64;
    let movements = wide.iter().filter(|row| is_movement(row.cells.iter().map(String::as_str), words)).count();
    let headers = wide.iter().map(|row| header::known_words(&row.cells, words)).max().unwrap_or(0);
    let width = wide.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let share = wide.len() as f64 / rows.len() as f64;
    10.0 * movements as f64 / rows.len() as f64 + headers.min(10) as f64 + usual * share + width.min(20) as f64 / 100.0
        - if movements == 0 && headers < 2 { 1.5 } else { 0.0 }
}
