//! The bytes of one file as a sequence of sealed chunks, so that a long file is encrypted while it arrives and a range is
//! read without the rest. The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: "Online Authenticated-Encryption
//! and its Nonce-Reuse Misuse-Resistance", CRYPTO 2015) over AES-256-GCM; each file has a key of its own, derived by HKDF
//! (RFC 5869) with a salt of its own, so that nonces of different files never meet.
//!
//! Object: header, then the chunks. Header, 48 bytes: `SLDO`, format 1, version of the data key (u32, big endian), salt
//! (32), nonce prefix (7). Chunk: [`CHUNK_BYTES`] of plain text (the last one fewer; only that of an empty file none), then a tag
//! of 16 bytes. Nonce: prefix, number of the chunk (u32, big endian), 1 in the last chunk and 0 in others.
//!
//! Invariant: a chunk that is changed, cut, repeated, left out, in another place or of another file does not open; a file
//! whose last chunks are cut off does not either. The header needs no tag: each of its bytes is part of the derived key.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf,
    rand::{SecureRandom, SystemRandom},
};

use super::keys::DataKey;
use crate::domain::Place;

/// Plain bytes of a chunk.
pub(crate) const CHUNK_BYTES: usize = 1 << 20;

/// Bytes of the header.
pub(crate) const HEADER_BYTES: usize = 48;

/// What sealing adds to a chunk.
const TAG_BYTES: u64 = 16;

const MAGIC: &[u8; 4] = b"SLDO";
const FORMAT: u8 = 1;
const SALT_BYTES: usize = 32;
const PREFIX_BYTES: usize = 7;

/// What the derived keys are for.
const PURPOSE: &[u8] = b"saldo.file.content.v1";

/// Why an object is not the content of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Broken {
    /// Another program's object, or a format that is not known.
    #[error("the header is not one of a file")]
    Header,
    /// It says another version of the data key than the row.
    #[error("the header names another data key than the file's row")]
    KeyVersion,
    /// It was changed, or it is not this chunk of this file.
    #[error("chunk {0} does not open")]
    Chunk(u64),
    /// The object ends before the chunk does.
    #[error("the object is cut off in chunk {0}")]
    CutOff(u64),
    /// More chunks than there are numbers.
    #[error("the file has too many chunks")]
    TooLong,
    /// The system gives no random numbers.
    #[error("there are no random numbers")]
    Random,
}

/// Where the chunks of a file are in its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    plain: u64,
    chunk: u64,
}

/// Chunks that hold a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cover {
    /// Their numbers.
    pub(crate) chunks: Range<u64>,
    /// Where they are in the object.
    pub(crate) object: Range<u64>,
    /// Plain bytes of the first chunk that stand before the range.
    pub(crate) skip: u64,
}

impl Layout {
    /// Of a file of `plain` bytes.
    pub(crate) fn new(plain: u64) -> Self {
        Self::with_chunk(plain, CHUNK_BYTES)
    }

    pub(super) fn with_chunk(plain: u64, chunk: usize) -> Self {
        Self { plain, chunk: chunk as u64 }
    }

    /// How many chunks there are: at least one.
    pub(crate) fn chunks(&self) -> u64 {
        self.plain.div_ceil(self.chunk).max(1)
    }

    /// The sealed bytes of the chunk of this number.
    pub(crate) fn sealed(&self, number: u64) -> u64 {
        (self.plain - (number * self.chunk).min(self.plain)).min(self.chunk) + TAG_BYTES
    }

    /// The chunks that hold the plain bytes of `range`, which lies within the file; of an empty one the chunk at its start.
    pub(crate) fn cover(&self, range: &Range<u64>) -> Cover {
        let first = (range.start / self.chunk).min(self.chunks() - 1);
        let end = range.end.div_ceil(self.chunk).clamp(first + 1, self.chunks());
        let start_of = |number: u64| HEADER_BYTES as u64 + number * (self.chunk + TAG_BYTES);
        let object = start_of(first)..start_of(end - 1) + self.sealed(end - 1);
        Cover { chunks: first..end, object, skip: range.start - first * self.chunk }
    }
}

/// What the header holds.
#[derive(Clone, Copy)]
pub(super) struct Header {
    key_version: u32,
    salt: [u8; SALT_BYTES],
    prefix: [u8; PREFIX_BYTES],
}

impl Header {
    fn new(key_version: u32) -> Result<Self, Broken> {
        let mut header = Self { key_version, salt: [0; SALT_BYTES], prefix: [0; PREFIX_BYTES] };
        let random = SystemRandom::new();
        random.fill(&mut header.salt).and_then(|()| random.fill(&mut header.prefix)).map_err(|_| Broken::Random)?;
        Ok(header)
    }

    fn encode(&self) -> Bytes {
        let version = self.key_version.to_be_bytes();
        Bytes::from([MAGIC.as_slice(), &[FORMAT], &version, &self.salt, &self.prefix].concat())
    }

    fn decode(bytes: &[u8]) -> Result<Self, Broken> {
        let (magic, rest) = bytes.split_first_chunk::<4>().ok_or(Broken::Header)?;
        let ([format], rest) = rest.split_first_chunk::<1>().ok_or(Broken::Header)?;
        let (version, rest) = rest.split_first_chunk::<4>().ok_or(Broken::Header)?;
        let (salt, rest) = rest.split_first_chunk::<SALT_BYTES>().ok_or(Broken::Header)?;
        let prefix = rest.try_into().map_err(|_| Broken::Header)?;
        if magic != MAGIC || *format != FORMAT {
            return Err(Broken::Header);
        }
        Ok(Self { key_version: u32::from_be_bytes(*version), salt: *salt, prefix })
    }

    /// The key of this file's chunks.
    fn key(&self, data_key: &DataKey, place: &Place) -> Result<LessSafeKey, Broken> {
        let master = hkdf::Salt::new(hkdf::HKDF_SHA256, &self.salt).extract(data_key.bytes());
        let (header, place) = (self.encode(), place.bytes());
        let info = [PURPOSE, &header, &place];
        let derived = master.expand(&info, &AES_256_GCM).map_err(|_| Broken::Header)?;
        Ok(LessSafeKey::new(UnboundKey::from(derived)))
    }

    fn nonce(&self, number: u32, last: bool) -> Nonce {
        let [a, b, c, d, e, f, g] = self.prefix;
        let [h, i, j, k] = number.to_be_bytes();
        let bytes: [u8; NONCE_LEN] = [a, b, c, d, e, f, g, h, i, j, k, u8::from(last)];
        Nonce::assume_unique_for_key(bytes)
    }
}

/// Seals a file while it arrives.
pub(crate) struct Sealer {
    header: Header,
    key: LessSafeKey,
    chunk: usize,
    next: u32,
    waiting: BytesMut,
}

impl Sealer {
    /// For the file of `place`; also the header, with which its object starts.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub(crate) fn new(data_key: &DataKey, place: &Place) -> Result<(Self, Bytes), Broken> {
        Self::with_chunk(data_key, place, CHUNK_BYTES)
    }

    pub(super) fn with_chunk(data_key: &DataKey, place: &Place, chunk: usize) -> Result<(Self, Bytes), Broken> {
        let header = Header::new(data_key.version())?;
        let key = header.key(data_key, place)?;
        Ok((Self { header, key, chunk, next: 0, waiting: BytesMut::new() }, header.encode()))
    }

    /// Takes more bytes; gives the chunks that are full and not the last.
    ///
    /// # Errors
    /// The file has more chunks than there are numbers.
    pub(crate) fn append(&mut self, mut bytes: &[u8]) -> Result<Vec<Bytes>, Broken> {
        let mut sealed = Vec::new();
        while !bytes.is_empty() {
            // A full chunk waits for one more byte: the last chunk is sealed as such.
            if self.waiting.len() == self.chunk {
                sealed.push(self.seal(false)?);
            }
            let (now, later) = bytes.split_at(bytes.len().min(self.chunk - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            bytes = later;
        }
        Ok(sealed)
    }

    /// The last chunk.
    ///
    /// # Errors
    /// The file has more chunks than there are numbers.
    pub(crate) fn finish(mut self) -> Result<Bytes, Broken> {
        self.seal(true)
    }

    fn seal(&mut self, last: bool) -> Result<Bytes, Broken> {
        let number = self.next;
        self.next = number.checked_add(1).ok_or(Broken::TooLong)?;
        let mut chunk = std::mem::take(&mut self.waiting);
        let nonce = self.header.nonce(number, last);
        self.key.seal_in_place_append_tag(nonce, Aad::empty(), &mut chunk).map_err(|_| Broken::TooLong)?;
        Ok(chunk.freeze())
    }
}

/// Opens the chunks of one file.
pub(crate) struct Opener {
    header: Header,
    key: LessSafeKey,
    chunks: u64,
}

impl Opener {
    /// For the file of `place` whose object starts with `header`.
    ///
    /// # Errors
    /// It is no header, or one for another data key.
    pub(crate) fn new(header: &[u8], data_key: &DataKey, place: &Place, layout: &Layout) -> Result<Self, Broken> {
        let header = Header::decode(header)?;
        if header.key_version != data_key.version() {
            return Err(Broken::KeyVersion);
        }
        Ok(Self { header, key: header.key(data_key, place)?, chunks: layout.chunks() })
    }

    /// The plain bytes of the chunk of this number.
    ///
    /// # Errors
    /// It does not open.
    pub(crate) fn open(&self, number: u64, mut sealed: BytesMut) -> Result<Bytes, Broken> {
        let short = u32::try_from(number).map_err(|_| Broken::TooLong)?;
        let nonce = self.header.nonce(short, number + 1 == self.chunks);
        let opened = self.key.open_in_place(nonce, Aad::empty(), &mut sealed).map_err(|_| Broken::Chunk(number))?;
        let length = opened.len();
        sealed.truncate(length);
        Ok(sealed.freeze())
    }
}
