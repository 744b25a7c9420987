//! A file as UTF-8: decodes chunk by chunk and knows the physical line.

use std::io::{Read, Seek, SeekFrom};

use encoding_rs::{CoderResult, Decoder};

use super::{encoding::TextEncoding, limits::CHUNK_BYTES, survey::read_chunk};
use crate::Error;

/// Decoded text that is read from the start to the end.
pub(crate) struct Text<'s, S> {
    source: &'s mut S,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    raw_end: usize,
    raw_done: bool,
    out: Vec<u8>,
    at: usize,
    end: usize,
    finished: bool,
    newline: u8,
    line: u64,
    bytes_read: u64,
}

impl<'s, S: Read + Seek> Text<'s, S> {
    /// Starts at the first character. `newline` is the byte that ends a physical line.
    pub(crate) fn open(source: &'s mut S, encoding: &TextEncoding, newline: u8) -> Result<Self, Error> {
        source.seek(SeekFrom::Start(encoding.skip))?;
        Ok(Self {
            source,
            decoder: encoding.encoding.new_decoder_without_bom_handling(),
            raw: vec![0; CHUNK_BYTES],
            raw_at: 0,
            raw_end: 0,
            raw_done: false,
            out: vec![0; CHUNK_BYTES * 3],
            at: 0,
            end: 0,
            finished: false,
            newline,
            line: 1,
            bytes_read: encoding.skip,
        })
    }

    /// The next bytes of UTF-8; empty at the end of the file.
    pub(crate) fn fill(&mut self) -> Result<&[u8], Error> {
        while self.at >= self.end && !self.finished {
            self.decode()?;
        }
        Ok(self.out.get(self.at..self.end).unwrap_or_default())
    }

    fn decode(&mut self) -> Result<(), Error> {
        if self.raw_at >= self.raw_end && !self.raw_done {
            self.raw_end = read_chunk(self.source, &mut self.raw)?;
            self.raw_at = 0;
            self.raw_done = self.raw_end < self.raw.len();
            self.bytes_read += self.raw_end as u64;
        }
        let raw = self.raw.get(self.raw_at..self.raw_end).unwrap_or_default();
        let (result, read, written, _) = self.decoder.decode_to_utf8(raw, &mut self.out, self.raw_done);
        self.raw_at += read;
        (self.at, self.end) = (0, written);
        self.finished = self.raw_done && result == CoderResult::InputEmpty;
        Ok(())
    }

    /// Marks bytes of the last [`Text::fill`] as read.
    pub(crate) fn consume(&mut self, count: usize) {
        let read = self.out.get(self.at..(self.at + count).min(self.end)).unwrap_or_default();
        self.line += read.iter().filter(|&&byte| byte == self.newline).count() as u64;
        self.at += count;
    }

    /// The physical line of the next byte, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Bytes of the file that were read so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// Everything up to `limit` bytes, whole characters only, for a first look.
    pub(crate) fn head(&mut self, limit: usize) -> Result<String, Error> {
        let mut bytes = Vec::new();
        while bytes.len() < limit {
            let more = self.fill()?;
            if more.is_empty() {
                break;
            }
            let count = more.len().min(limit - bytes.len());
            bytes.extend_from_slice(more.get(..count).unwrap_or_default());
            self.consume(count);
        }
        let whole = match std::str::from_utf8(&bytes) {
            Ok(_) => bytes.len(),
            Err(error) => error.valid_up_to(),
        };
        bytes.truncate(whole);
        Ok(String::from_utf8(bytes).unwrap_or_default())
    }
}
