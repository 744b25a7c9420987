//! A file that is UTF-8, block by block, checked on the way.

use std::io::SeekFrom;

use super::Bytes;
use crate::{
    Error,
    import::{
        limits::CHUNK_BYTES,
        survey::{is_control, read_chunk},
    },
};

/// Bytes read at a time.
const BLOCK: usize = CHUNK_BYTES * 4;
/// Of a character whose end stands in the next block.
const MAX_TAIL: usize = 3;

/// The text that is being read.
pub(crate) struct Blocks<'s> {
    source: &'s mut dyn Bytes,
    raw: Vec<u8>,
    /// Bytes at the start of `raw` that the next block completes.
    tail: usize,
    text: String,
    /// No more will come.
    at_end: bool,
    bytes_read: u64,
    pub(crate) seen: Seen,
}

/// What the text held so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Control characters that no text holds.
    pub(crate) control: u64,
    /// Characters beyond ASCII.
    pub(crate) foreign: bool,
    /// Returns of old line ends.
    pub(crate) returns: bool,
    /// Bytes that are no UTF-8, NUL, or a return without a line feed, of which only a whole file tells what it ends.
    pub(crate) no_text: bool,
    /// The last byte was a return.
    after_return: bool,
}

impl<'s> Blocks<'s> {
    /// Starts behind `skip` bytes.
    pub(crate) fn open(source: &'s mut dyn Bytes, skip: u64) -> Result<Self, Error> {
        source.seek(SeekFrom::Start(skip))?;
        Ok(Self {
            source,
            raw: vec![0; BLOCK],
            tail: 0,
            text: String::new(),
            at_end: false,
            bytes_read: skip,
            seen: Seen::default(),
        })
    }

    /// What was read and not dropped.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Bytes of the file that were read so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// Drops the first `done` bytes of the text and reads on. `false` at the end of the file, or where it is no text.
    pub(crate) fn more(&mut self, done: usize) -> Result<bool, Error> {
        self.text.drain(..done.min(self.text.len()));
        if self.at_end {
            return Ok(false);
        }
        let free = self.raw.get_mut(self.tail..).unwrap_or_default();
        let (room, read) = (free.len(), read_chunk(&mut self.source, free)?);
        self.at_end = read < room;
        self.bytes_read += read as u64;
        let bytes = self.raw.get(..self.tail + read).unwrap_or_default();
        let valid = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let cut = error.error_len().is_none() && !self.at_end;
                self.seen.no_text |= !cut;
                let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
                std::str::from_utf8(whole).unwrap_or_default()
            }
        };
        self.seen.look(valid.as_bytes());
        self.text.push_str(valid);
        let (from, to) = (valid.len(), bytes.len());
        self.tail = (to - from).min(MAX_TAIL);
        self.raw.copy_within(from..from + self.tail, 0);
        self.at_end |= self.seen.no_text;
        Ok(!self.seen.no_text && read > 0)
    }
}

impl Seen {
    fn look(&mut self, bytes: &[u8]) {
        self.foreign |= !bytes.is_ascii();
        let is_lone = |next: Option<&u8>| next.is_some_and(|next| !matches!(next, b'\r' | b'\n'));
        self.no_text |= self.after_return && is_lone(bytes.first());
        for place in memchr::memchr_iter(b'\r', bytes) {
            self.returns = true;
            self.no_text |= is_lone(bytes.get(place + 1));
        }
        self.after_return = bytes.last().map_or(self.after_return, |last| *last == b'\r');
        self.no_text |= memchr::memchr(0, bytes).is_some();
        // So few at a time that a byte counts them, which the compiler does many at once.
        let controls = |few: &[u8]| few.iter().map(|byte| u8::from(is_control(*byte))).sum::<u8>();
        self.control += bytes.chunks(128).map(|few| u64::from(controls(few))).sum::<u64>();
    }
}
