//! Rows of a delimited table: `csv-core` over decoded text, with physical lines, limits and the end checked.

use std::io::{Read, Seek};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::{
    Error,
    import::{limits::MAX_RECORD_BYTES, text::Text},
};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// Between two fields.
    pub(crate) delimiter: u8,
    /// Whether quotation marks enclose fields.
    pub(crate) quoting: bool,
    /// Most fields of a row.
    pub(crate) columns: usize,
}

impl Dialect {
    /// What takes rows apart.
    pub(crate) fn reader(self) -> Reader {
        ReaderBuilder::new().delimiter(self.delimiter).quoting(self.quoting).build()
    }
}

/// One row; reused from row to row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    /// The physical line it starts on, from 1.
    pub(crate) line: u64,
    text: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
    bytes: usize,
    /// Most fields of a row that is fed.
    columns: usize,
}

impl Record {
    /// One field without surrounding white space; empty where the row is shorter.
    pub(crate) fn get(&self, column: usize) -> &str {
        if column >= self.fields {
            return "";
        }
        let end = self.ends.get(column).copied().unwrap_or(0);
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before).copied()).unwrap_or(0);
        let bytes = self.text.get(start..end).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default().trim()
    }

    /// How many fields it has.
    pub(crate) fn len(&self) -> usize {
        self.fields
    }

    /// The fields in order.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.fields).map(|column| self.get(column))
    }

    /// Whether no field holds anything.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells().all(str::is_empty)
    }
}

/// A table whose rows can be read from the start as often as needed.
pub(crate) trait RowSource {
    /// Starts at the first row.
    fn open(&mut self) -> Result<Box<dyn RowReader + '_>, Error>;
    /// How much [`RowReader::done`] is at the end.
    fn total(&self) -> u64;
}

/// Reads row after row.
pub(crate) trait RowReader {
    /// Reads the next row that is not empty. `false` at the end.
    fn read(&mut self, record: &mut Record) -> Result<bool, Error>;
    /// How far it is, in the unit of [`RowSource::total`].
    fn done(&self) -> u64;
}

/// Rows of delimited text.
pub(crate) struct Records<'s, S> {
    text: Text<'s, S>,
    reader: Reader,
    columns: usize,
    done: bool,
}

impl<'s, S: Read + Seek> Records<'s, S> {
    /// Reads the text with a dialect.
    pub(crate) fn new(text: Text<'s, S>, dialect: Dialect) -> Self {
        Self { text, reader: dialect.reader(), columns: dialect.columns, done: false }
    }

    fn read_row(&mut self, record: &mut Record) -> Result<bool, Error> {
        if self.done || !self.skip_empty_lines()? {
            return Ok(false);
        }
        record.start(self.text.line(), self.columns);
        loop {
            let input = self.text.fill()?;
            let at_end = input.is_empty();
            // A line feed ends a last row without one; inside quotation marks it does not, which tells a cut-off file.
            let input = if at_end { b"\n".as_slice() } else { input };
            let (result, read) = record.feed(&mut self.reader, input)?;
            if !at_end {
                self.text.consume(read);
            }
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => {
                    self.done = at_end;
                    return Ok(true);
                }
                ReadRecordResult::InputEmpty if at_end => return Err(Error::CutOff { line: record.line }),
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
            }
        }
    }

    /// Goes to the first byte of the next row. `false` at the end of the file.
    fn skip_empty_lines(&mut self) -> Result<bool, Error> {
        loop {
            let input = self.text.fill()?;
            if input.is_empty() {
                return Ok(false);
            }
            let empty = input.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            let all = empty == input.len();
            self.text.consume(empty);
            if !all {
                return Ok(true);
            }
        }
    }
}

impl<S: Read + Seek> RowReader for Records<'_, S> {
    fn read(&mut self, record: &mut Record) -> Result<bool, Error> {
        self.read_row(record)
    }

    fn done(&self) -> u64 {
        self.text.bytes_read()
    }
}

impl Record {
    /// Becomes a row of cells, each with its column from 0 and in their order; columns between them are empty. How many
    /// there are is for the caller to bound.
    pub(crate) fn fill<'c>(&mut self, line: u64, cells: impl Iterator<Item = (usize, &'c str)>) -> Result<(), Error> {
        (self.line, self.fields, self.bytes) = (line, 0, 0);
        self.text.clear();
        self.ends.clear();
        for (column, text) in cells {
            if self.text.len() + text.len() > MAX_RECORD_BYTES {
                return Err(Error::LineTooLong { line, limit: MAX_RECORD_BYTES as u64 });
            }
            self.ends.resize(column.max(self.ends.len()), self.text.len());
            self.text.extend_from_slice(text.as_bytes());
            self.ends.push(self.text.len());
        }
        (self.fields, self.bytes) = (self.ends.len(), self.text.len());
        Ok(())
    }

    /// Becomes empty, to be fed with at most so many fields.
    pub(crate) fn start(&mut self, line: u64, columns: usize) {
        (self.line, self.fields, self.bytes, self.columns) = (line, 0, 0, columns);
        if self.text.is_empty() {
            self.text.resize(1 << 12, 0);
            self.ends.resize(64, 0);
        }
    }

    /// Feeds bytes to the reader and grows the buffers up to the limits.
    pub(crate) fn feed(&mut self, reader: &mut Reader, input: &[u8]) -> Result<(ReadRecordResult, usize), Error> {
        // Room for the end of the row, so that its last byte is never fed twice.
        if self.ends.len() < self.fields + 2 {
            self.ends.resize(self.fields + 2, 0);
        }
        let text = self.text.get_mut(self.bytes..).unwrap_or_default();
        let ends = self.ends.get_mut(self.fields..).unwrap_or_default();
        let (result, read, written, fields) = reader.read_record(input, text, ends);
        // The ends count from the start of the row, as `csv-core` keeps its place over calls.
        self.bytes += written;
        self.fields += fields;
        if self.fields > self.columns {
            return Err(Error::TooManyColumns { line: self.line, limit: self.columns as u64 });
        }
        match result {
            ReadRecordResult::OutputFull if self.text.len() >= MAX_RECORD_BYTES => {
                return Err(Error::LineTooLong { line: self.line, limit: MAX_RECORD_BYTES as u64 });
            }
            ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
            ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
            ReadRecordResult::InputEmpty | ReadRecordResult::Record | ReadRecordResult::End => {}
        }
        Ok((result, read))
    }
}
