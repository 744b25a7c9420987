//! Lines of a text whose format knows no quoting, with their numbers.

use std::io::{Read, Seek};

use super::{limits::MAX_RECORD_BYTES, text::Text};
use crate::Error;

/// Reads line after line.
pub(crate) struct Lines<'s, S> {
    text: Text<'s, S>,
    newline: u8,
    line: u64,
    bytes: Vec<u8>,
}

impl<'s, S: Read + Seek> Lines<'s, S> {
    /// Reads the text from its start. `newline` is the byte that ends a physical line.
    pub(crate) fn new(text: Text<'s, S>, newline: u8) -> Self {
        Self { text, newline, line: 1, bytes: Vec::new() }
    }

    /// The number of the last line, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Bytes of the file that were read so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.text.bytes_read()
    }

    /// The next line without its end, white space behind it left out; `None` at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<&str>, Error> {
        self.bytes.clear();
        self.line = self.text.line();
        let mut any = false;
        loop {
            let input = self.text.fill()?;
            if input.is_empty() {
                break;
            }
            any = true;
            let end = input.iter().position(|&byte| byte == self.newline);
            let part = input.get(..end.unwrap_or(input.len())).unwrap_or_default();
            if self.bytes.len() + part.len() > MAX_RECORD_BYTES {
                return Err(Error::LineTooLong { line: self.line, limit: MAX_RECORD_BYTES as u64 });
            }
            self.bytes.extend_from_slice(part);
            let used = part.len() + usize::from(end.is_some());
            self.text.consume(used);
            if end.is_some() {
                break;
            }
        }
        // The decoder writes whole characters only.
        Ok(any.then(|| std::str::from_utf8(&self.bytes).unwrap_or_default().trim_end()))
    }
}
