//! Takes delimited text apart: rows of the usual form in place, every other row by the reader of the import.

use csv_core::{ReadRecordResult, Reader};
use memchr::{memchr, memchr2};

use super::{
    Bytes,
    blocks::{Blocks, Seen},
};
use crate::{
    Error,
    import::{
        limits::MAX_RECORD_BYTES,
        table::records::{Dialect, Record},
    },
};

/// What stands at the current place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A row that [`Scanner::row`] gives.
    Row,
    /// A row that only [`Scanner::read_odd`] reads.
    Odd,
    /// The end of the file.
    End,
}

/// Where a cell starts and ends in the text, without white space around it.
type Span = (usize, usize);

/// Reads row after row.
pub(crate) struct Scanner<'s> {
    blocks: Blocks<'s>,
    dialect: Dialect,
    reader: Reader,
    /// The place of the current row.
    at: usize,
    /// The physical line it starts on, from 1.
    line: u64,
    cells: Vec<Span>,
    /// Behind the row that was found.
    next: usize,
}

/// A row of the usual form.
#[derive(Clone, Copy)]
pub(crate) struct Row<'t> {
    text: &'t str,
    cells: &'t [Span],
}

impl<'t> Row<'t> {
    /// One cell without white space around it; empty where the row is shorter.
    pub(crate) fn cell(self, place: usize) -> &'t str {
        self.cells.get(place).and_then(|(start, end)| self.text.get(*start..*end)).unwrap_or("")
    }

    /// How many cells it has.
    pub(crate) fn len(self) -> usize {
        self.cells.len()
    }
}

/// What came of splitting a row.
enum Split {
    Whole(usize),
    Odd,
    /// The text ends before the row does.
    Cut,
}

impl<'s> Scanner<'s> {
    /// Starts behind `skip` bytes of the source.
    pub(crate) fn open(source: &'s mut dyn Bytes, skip: u64, dialect: Dialect) -> Result<Self, Error> {
        Ok(Self {
            blocks: Blocks::open(source, skip)?,
            dialect,
            reader: dialect.reader(),
            at: 0,
            line: 1,
            cells: Vec::new(),
            next: 0,
        })
    }

    /// What the text held so far.
    pub(crate) fn seen(&self) -> Seen {
        self.blocks.seen
    }

    /// Bytes of the file that were read so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.blocks.bytes_read()
    }

    /// Goes to the next row that is not empty.
    pub(crate) fn find(&mut self) -> Result<Found, Error> {
        loop {
            let text = self.blocks.text().as_bytes();
            match text.get(self.at) {
                None => {
                    if !self.more()? {
                        return Ok(Found::End);
                    }
                }
                Some(b'\n') => (self.at, self.line) = (self.at + 1, self.line + 1),
                Some(b'\r') => self.at += 1,
                Some(_) => match self.split() {
                    Split::Whole(next) => {
                        self.next = next;
                        return Ok(Found::Row);
                    }
                    Split::Odd => return Ok(Found::Odd),
                    Split::Cut => {
                        let long = self.blocks.text().len() - self.at > MAX_RECORD_BYTES;
                        if long || !self.more()? {
                            return Ok(Found::Odd);
                        }
                    }
                },
            }
        }
    }

    fn more(&mut self) -> Result<bool, Error> {
        let done = std::mem::take(&mut self.at);
        self.blocks.more(done)
    }

    /// Splits the row at the current place.
    fn split(&mut self) -> Split {
        let text = self.blocks.text();
        let (bytes, delimiter) = (text.as_bytes(), self.dialect.delimiter);
        self.cells.clear();
        let mut start = self.at;
        loop {
            let quoted = self.dialect.quoting && bytes.get(start) == Some(&b'"');
            let (from, to, end) = if quoted {
                let rest = bytes.get(start + 1..).unwrap_or_default();
                let Some(length) = memchr(b'"', rest) else { return Split::Cut };
                let inside = rest.get(..length).unwrap_or_default();
                if memchr2(b'\n', b'\r', inside).is_some() {
                    return Split::Odd;
                }
                let close = start + 1 + length;
                let behind = match (bytes.get(close + 1), bytes.get(close + 2)) {
                    (Some(b'\r'), Some(b'\n')) => close + 2,
                    (None, _) | (Some(b'\r'), None) => return Split::Cut,
                    _ => close + 1,
                };
                (start + 1, close, behind)
            } else {
                let rest = bytes.get(start..).unwrap_or_default();
                let Some(length) = memchr2(delimiter, b'\n', rest) else { return Split::Cut };
                let end = start + length;
                let at_return = bytes.get(end) == Some(&b'\n') && length > 0 && bytes.get(end - 1) == Some(&b'\r');
                (start, if at_return { end - 1 } else { end }, end)
            };
            let last = match bytes.get(end) {
                Some(b'\n') => true,
                Some(byte) if *byte == delimiter => false,
                _ => return Split::Odd,
            };
            if self.cells.len() + 1 >= self.dialect.columns || self.blocks.seen.returns && has_return(bytes, from, to) {
                return Split::Odd;
            }
            self.cells.push(trimmed(text, from, to));
            start = end + 1;
            if last {
                return if start - self.at > MAX_RECORD_BYTES { Split::Odd } else { Split::Whole(start) };
            }
        }
    }

    /// The row that was found.
    pub(crate) fn row(&self) -> Row<'_> {
        Row { text: self.blocks.text(), cells: &self.cells }
    }

    /// Goes behind the row that was found.
    pub(crate) fn pass(&mut self) {
        (self.at, self.line) = (self.next, self.line + 1);
    }

    /// Reads the row at the current place as the import does, whatever its form, and goes behind it.
    pub(crate) fn read_odd(&mut self, record: &mut Record) -> Result<(), Error> {
        record.start(self.line, self.dialect.columns);
        loop {
            let input = self.blocks.text().as_bytes().get(self.at..).unwrap_or_default();
            if input.is_empty() && self.more()? {
                continue;
            }
            let input = self.blocks.text().as_bytes().get(self.at..).unwrap_or_default();
            let at_end = input.is_empty();
            // A line feed ends a last row without one; inside quotation marks it does not, which tells a cut-off file.
            let (result, read) = record.feed(&mut self.reader, if at_end { b"\n" } else { input })?;
            if !at_end {
                self.line += input.get(..read).map_or(0, |read| memchr::memchr_iter(b'\n', read).count() as u64);
                self.at += read;
            }
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => return Ok(()),
                ReadRecordResult::InputEmpty if at_end => return Err(Error::CutOff { line: record.line }),
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
            }
        }
    }
}

fn has_return(bytes: &[u8], from: usize, to: usize) -> bool {
    memchr(b'\r', bytes.get(from..to).unwrap_or_default()).is_some()
}

/// The span without white space around it.
fn trimmed(text: &str, from: usize, to: usize) -> Span {
    let bytes = text.as_bytes();
    let plain = |byte: Option<&u8>| byte.is_some_and(|byte| (b'!'..0x7f).contains(byte));
    if from >= to || plain(bytes.get(from)) && plain(bytes.get(to - 1)) {
        return (from, to);
    }
    let cell = text.get(from..to).unwrap_or_default();
    let start = from + cell.len() - cell.trim_start().len();
    (start, start + cell.trim().len())
}
