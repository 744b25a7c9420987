//! The parts of a workbook in Office Open XML: files of a zip archive, unpacked within one limit for all of them.

use std::io::{BufReader, Error as IoError, ErrorKind, Read, Seek};

use zip::{ZipArchive, read::ZipFile};

use crate::{
    Error,
    import::{
        archive,
        limits::{CHUNK_BYTES, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FREE_BYTES},
    },
};

/// All parts of a workbook.
pub(super) struct Parts<'s, S> {
    archive: ZipArchive<&'s mut S>,
    /// Bytes that may still be unpacked.
    left: u64,
}

/// One part while it is read.
pub(super) struct Part<'p, R: Read> {
    file: ZipFile<'p, R>,
    left: &'p mut u64,
}

impl<'s, S: Read + Seek> Parts<'s, S> {
    /// Opens an archive of `size` bytes.
    pub(super) fn open(source: &'s mut S, size: u64) -> Result<Self, Error> {
        let left = size.saturating_mul(MAX_RATIO).clamp(RATIO_FREE_BYTES, MAX_UNPACKED_BYTES);
        Ok(Self { archive: archive::open(source)?, left })
    }

    /// One part by its name; `None` where there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<BufReader<Part<'_, &'s mut S>>>, Error> {
        let name = name.trim_start_matches('/');
        let same = |other: &[u8]| other.eq_ignore_ascii_case(name.as_bytes());
        let Some(place) = self.archive.file_names_raw().position(same) else { return Ok(None) };
        let file = self.archive.by_index(place).map_err(archive::zip_error)?;
        Ok(Some(BufReader::with_capacity(CHUNK_BYTES, Part { file, left: &mut self.left })))
    }
}

impl<R: Read> Read for Part<'_, R> {
    fn read(&mut self, bytes: &mut [u8]) -> Result<usize, IoError> {
        let read = self.file.read(bytes)?;
        *self.left = self.left.checked_sub(read as u64).ok_or(ErrorKind::FileTooLarge)?;
        Ok(read)
    }
}

/// What a part that cannot be read means for the file.
pub(super) fn failure(error: &quick_xml::Error) -> Error {
    match error {
        quick_xml::Error::Io(cause) if cause.kind() == ErrorKind::FileTooLarge => {
            Error::ArchiveTooLarge { limit: MAX_UNPACKED_BYTES }
        }
        _ => Error::WorkbookDamaged,
    }
}
