//! The first pass over the bytes: size, hash, and what the encoding is decided on.

use std::io::{Read, Seek, SeekFrom};

use sha2::{Digest, Sha256};

use super::limits::{CHUNK_BYTES, ENCODING_SAMPLE_BYTES};
use crate::{Error, Stage, Watch};

/// What one pass over the bytes found.
pub(crate) struct Survey {
    /// All bytes.
    pub(crate) size: u64,
    /// Their hash.
    pub(crate) sha256: [u8; 32],
    /// The first bytes, at most one chunk.
    pub(crate) head: Vec<u8>,
    /// NUL bytes at even and odd places.
    pub(crate) nul: [u64; 2],
    /// Control characters that no text holds.
    pub(crate) control: u64,
    /// Line feeds.
    pub(crate) line_feeds: u64,
    /// Carriage returns without a line feed behind them.
    pub(crate) lone_returns: u64,
    /// The last byte but zeros was a carriage return.
    after_return: bool,
    /// How well it is UTF-8.
    pub(crate) utf8: Utf8,
    /// Words with bytes above 127, separated by spaces; a bounded sample.
    pub(crate) foreign: Vec<u8>,
    /// Nothing but white space.
    pub(crate) blank: bool,
}

/// A control character that no text holds. The end mark of old systems, 26, does stand in texts.
pub(crate) fn is_control(byte: u8) -> bool {
    matches!(byte, 1..=8 | 11 | 14..=25 | 27..=31 | 127)
}

/// Counts what is and what is not UTF-8, over chunks cut anywhere.
#[derive(Default)]
pub(crate) struct Utf8 {
    /// Characters of several bytes.
    pub(crate) multibyte: u64,
    /// Bytes that fit no character.
    pub(crate) invalid: u64,
    carry: Vec<u8>,
}

/// Reads the whole source once. The position afterwards is the end.
pub(crate) fn survey<S: Read + Seek>(source: &mut S, watch: &mut dyn Watch) -> Result<Survey, Error> {
    let size = source.seek(SeekFrom::End(0))?;
    source.seek(SeekFrom::Start(0))?;
    let mut out = Survey {
        size: 0,
        sha256: [0; 32],
        head: Vec::new(),
        nul: [0; 2],
        control: 0,
        line_feeds: 0,
        lone_returns: 0,
        after_return: false,
        utf8: Utf8::default(),
        foreign: Vec::new(),
        blank: true,
    };
    let (mut hash, mut chunk, mut chunks, mut word) = (Sha256::new(), vec![0; CHUNK_BYTES], 0_u64, Word::default());
    loop {
        let read = read_chunk(source, &mut chunk)?;
        let bytes = chunk.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        hash.update(bytes);
        out.see(bytes, &mut word);
        if out.head.is_empty() {
            out.head = bytes.to_vec();
        }
        out.size += read as u64;
        chunks += 1;
        if chunks % 16 == 1 && watch.progress(Stage::Detecting, out.size, size).is_break() {
            return Err(Error::Cancelled);
        }
    }
    word.end(&mut out.foreign);
    out.sha256 = hash.finalize().into();
    Ok(out)
}

/// Fills the chunk as far as the source allows.
pub(crate) fn read_chunk<R: Read>(source: &mut R, chunk: &mut [u8]) -> Result<usize, Error> {
    let mut filled = 0;
    while let Some(rest) = chunk.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match source.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(filled)
}

impl Survey {
    /// The byte that ends a physical line. Line feeds inside fields do not outnumber the rows of old Macintosh files.
    pub(crate) fn newline(&self) -> u8 {
        if self.lone_returns > self.line_feeds { b'\r' } else { b'\n' }
    }

    fn see(&mut self, bytes: &[u8], word: &mut Word) {
        self.utf8.feed(bytes);
        for (place, &byte) in bytes.iter().enumerate() {
            // UTF-16 has a zero between the two.
            if byte != 0 {
                self.lone_returns += u64::from(self.after_return && !matches!(byte, b'\r' | b'\n'));
                self.after_return = byte == b'\r';
            }
            match byte {
                b'\n' => self.line_feeds += 1,
                0 => self.nul[(self.size as usize + place) % 2] += 1,
                _ => self.control += u64::from(is_control(byte)),
            }
            self.blank &= byte.is_ascii_whitespace() || byte == 0;
        }
        if self.foreign.len() < ENCODING_SAMPLE_BYTES {
            bytes.iter().for_each(|&byte| word.push(byte, &mut self.foreign));
        }
    }
}

impl Utf8 {
    fn feed(&mut self, bytes: &[u8]) {
        if self.carry.is_empty() {
            self.count(bytes);
        } else {
            let mut joined = std::mem::take(&mut self.carry);
            joined.extend_from_slice(bytes);
            self.count(&joined);
        }
    }

    fn count(&mut self, mut bytes: &[u8]) {
        loop {
            let (valid, rest) = match std::str::from_utf8(bytes) {
                Ok(_) => (bytes, None),
                Err(error) => {
                    let (valid, rest) = bytes.split_at(error.valid_up_to());
                    (valid, Some((rest, error.error_len())))
                }
            };
            self.multibyte += valid.iter().filter(|&&byte| byte >= 0xC0).count() as u64;
            match rest {
                None => return,
                Some((rest, Some(length))) => {
                    self.invalid += 1;
                    bytes = rest.get(length..).unwrap_or_default();
                }
                Some((rest, None)) => {
                    self.carry = rest.to_vec();
                    return;
                }
            }
        }
    }
}

/// The word that is being read: kept only if it holds a byte above 127.
#[derive(Default)]
struct Word {
    bytes: Vec<u8>,
    foreign: bool,
}

impl Word {
    const LONGEST: usize = 64;

    fn push(&mut self, byte: u8, sample: &mut Vec<u8>) {
        // The characters of GB 18030 hold digits, the second bytes of Big5 and Shift JIS are signs as well.
        let part = byte.is_ascii_digit() || matches!(byte, 0x40..=0x7e);
        let inside = part && self.bytes.last().is_some_and(|&last| last >= 128);
        let letter = byte.is_ascii_alphabetic() || byte >= 128 || inside;
        if letter {
            self.bytes.push(byte);
            self.foreign |= byte >= 128;
        }
        if !letter || self.bytes.len() >= Self::LONGEST {
            self.end(sample);
        }
    }

    fn end(&mut self, sample: &mut Vec<u8>) {
        if self.foreign {
            sample.append(&mut self.bytes);
            sample.push(b' ');
        }
        self.bytes.clear();
        self.foreign = false;
    }
}
