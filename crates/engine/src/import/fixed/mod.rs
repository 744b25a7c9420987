//! Statements printed as text: columns that are aligned by blanks, over pages with a heading each. Their lines become the
//! rows of a table, which is then read as any other.
//!
//! The text is kept in memory. Nothing is taken for a movement but a date with an amount behind it, each in its column;
//! what only nearly is one becomes a row that is rejected, so that no line is lost in silence.

mod header;
mod layout;
mod line;
mod pages;
mod sections;
mod year;

use std::io::{Read, Seek};

use super::{
    limits::{MAX_UNPACKED_BYTES, ROWS_PER_REPORT},
    lines::Lines,
    table::{self, Above, Opened, Record, Row, RowReader, RowSource},
    text::Text,
    words::Words,
};
use crate::{Error, Hints, Outcome, Source, Stage, Watch};

/// Most lines of a printed text.
const MAX_LINES: u64 = 1_000_000;
/// Lines that the kind of text is decided on.
const HEAD_LINES: usize = 400;

/// Whether the text is printed in columns: more of its lines hold a date and an amount wide apart than are rows of a
/// delimited table.
pub(crate) fn is_printed(head: &str, newline: u8, words: &Words) -> bool {
    let printed = head.lines().take(HEAD_LINES).filter(|line| is_movement(line, words)).count();
    printed > 0 && printed > table::delimited_movements(head, newline, HEAD_LINES, words)
}

fn is_movement(line: &str, words: &Words) -> bool {
    layout::starts_movement(&line::tokens(line, true, words)).is_some()
}

/// Reads printed text. `source` has what is known of the bytes already.
pub(crate) fn import<S: Read + Seek>(
    file: Opened<'_, S>,
    source: Source,
    hints: &Hints,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let size = file.size;
    let mut lines = Lines::new(Text::open(file.source, file.encoding, file.newline)?, file.newline);
    let limits = watch.limits();
    let most = limits.rows.min(MAX_LINES);
    let (mut text, mut bytes) = (Vec::new(), 0_u64);
    while let Some(line) = lines.next()? {
        // A form feed starts a page and takes no column.
        let line = line.trim_start_matches('\u{c}');
        bytes += line.len() as u64;
        if text.len() as u64 >= most || bytes > MAX_UNPACKED_BYTES {
            return Err(Error::TooManyRows { limit: most });
        }
        text.push(Box::<str>::from(line));
        if (text.len() as u64).is_multiple_of(ROWS_PER_REPORT)
            && watch.progress(Stage::Detecting, lines.bytes_read(), size).is_break()
        {
            return Err(Error::Cancelled);
        }
    }
    let mut printed = pages::read(&text, words).ok_or(Error::NotATable)?;
    if let Some(wide) = printed.rows.iter().find(|row| row.cells.len() > limits.columns) {
        return Err(Error::TooManyColumns { line: wide.line, limit: limits.columns as u64 });
    }
    let source = Source { format: "text", ..source };
    let (before, header) = (std::mem::take(&mut printed.before), std::mem::take(&mut printed.header));
    let above = Above { before: &before, header: Some(&header), rows: 0, is_grouped: false };
    table::import_laid_out(&mut printed, &above, source, hints, words, watch)
}

/// The lines as rows of a table.
#[derive(Debug)]
struct Printed {
    /// What stands before the first header.
    before: Vec<Row>,
    header: Row,
    /// What stands behind it.
    rows: Vec<Row>,
}

impl RowSource for Printed {
    fn open(&mut self) -> Result<Box<dyn RowReader + '_>, Error> {
        Ok(Box::new(Reader { rows: self.rows.iter(), done: 0 }))
    }

    fn total(&self) -> u64 {
        self.rows.len() as u64
    }
}

struct Reader<'p> {
    rows: std::slice::Iter<'p, Row>,
    done: u64,
}

impl RowReader for Reader<'_> {
    fn read(&mut self, record: &mut Record) -> Result<bool, Error> {
        let Some(row) = self.rows.next() else { return Ok(false) };
        self.done += 1;
        record.fill(row.line, row.cells.iter().map(String::as_str).enumerate())?;
        Ok(true)
    }

    fn done(&self) -> u64 {
        self.done
    }
}
