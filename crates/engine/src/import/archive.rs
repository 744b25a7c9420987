//! Archives: gzip of one file, and zip that holds one file or is a workbook. Limits keep an archive that unpacks to far
//! more than it is from filling the memory.

use std::io::{Error as IoError, ErrorKind, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;
use zip::{ZipArchive, result::ZipError};

use super::{
    limits::{CHUNK_BYTES, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FREE_BYTES},
    survey::read_chunk,
};
use crate::{Error, Stage, Watch};

/// What a zip archive is.
pub(crate) enum Content {
    /// An archive of one file: its bytes.
    File(Vec<u8>),
    /// A workbook of the new kind (XLSX).
    Workbook,
}

/// How many names of an archive with several files are told.
const MAX_NAMES: usize = 5;
const UNCOMMON: &str = "a ZIP archive with an uncommon compression";

/// Unpacks gzip.
pub(crate) fn gunzip<S: Read + Seek>(source: &mut S, size: u64, watch: &mut dyn Watch) -> Result<Vec<u8>, Error> {
    source.seek(SeekFrom::Start(0))?;
    let mut out = Vec::new();
    unpack(&mut MultiGzDecoder::new(source), size, watch, |bytes| out.extend_from_slice(bytes))?;
    Ok(out)
}

/// Unpacks zip, unless it is a workbook.
pub(crate) fn unzip<S: Read + Seek>(source: &mut S, size: u64, watch: &mut dyn Watch) -> Result<Content, Error> {
    let mut archive = open(source)?;
    let names = names(&mut archive)?;
    let holds = |start: &str| names.iter().any(|(_, name)| name.starts_with(start));
    for (start, name) in [
        ("xl/workbook.bin", "an Excel workbook of the binary kind (XLSB)"),
        ("word/", "a Word document (DOCX)"),
        ("META-INF/manifest.xml", "an OpenDocument file (ODS)"),
    ] {
        if holds(start) {
            return Err(Error::FormatNotSupported(name));
        }
    }
    if holds("xl/") {
        return Ok(Content::Workbook);
    }
    let [(place, _)] = names.as_slice() else {
        let shown = names.into_iter().map(|(_, name)| name).take(MAX_NAMES).collect::<Vec<_>>();
        return Err(if shown.is_empty() { Error::Empty } else { Error::ArchiveHoldsSeveralFiles { names: shown } });
    };
    let mut out = Vec::new();
    let mut file = archive.by_index(*place).map_err(zip_error)?;
    unpack(&mut file, size, watch, |bytes| out.extend_from_slice(bytes))?;
    Ok(Content::File(out))
}

/// Opens a zip archive.
pub(super) fn open<S: Read + Seek>(source: &mut S) -> Result<ZipArchive<&mut S>, Error> {
    source.seek(SeekFrom::Start(0))?;
    ZipArchive::new(source).map_err(zip_error)
}

/// The files with their places, without what systems add to an archive on their own.
fn names<S: Read + Seek>(archive: &mut ZipArchive<S>) -> Result<Vec<(usize, String)>, Error> {
    let mut out = Vec::new();
    for place in 0..archive.len() {
        let entry = archive.by_index_raw(place).map_err(zip_error)?;
        if entry.is_dir() {
            continue;
        }
        if entry.encrypted() {
            return Err(Error::ArchiveEncrypted);
        }
        let name = entry.name().map_err(zip_error)?.replace('\\', "/");
        let last = name.rsplit('/').next().unwrap_or_default();
        let added =
            name.starts_with("__MACOSX/") || last.starts_with('.') || matches!(last, "Thumbs.db" | "desktop.ini");
        if !added {
            out.push((place, name.chars().filter(|letter| !letter.is_control()).take(100).collect()));
        }
    }
    Ok(out)
}

/// Reads to the end, within the limits. `size` is that of the archive.
fn unpack(packed: &mut impl Read, size: u64, watch: &mut dyn Watch, mut keep: impl FnMut(&[u8])) -> Result<(), Error> {
    let mut chunk = vec![0; CHUNK_BYTES];
    let (mut total, mut chunks) = (0_u64, 0_u64);
    loop {
        let read = read_chunk(packed, &mut chunk).map_err(damaged)?;
        if read == 0 {
            return Ok(());
        }
        total += read as u64;
        let within_ratio = total <= RATIO_FREE_BYTES || total / MAX_RATIO <= size;
        if total > MAX_UNPACKED_BYTES || !within_ratio {
            return Err(Error::ArchiveTooLarge { limit: MAX_UNPACKED_BYTES });
        }
        keep(chunk.get(..read).unwrap_or_default());
        chunks += 1;
        if chunks % 16 == 1 && watch.progress(Stage::Detecting, 0, 0).is_break() {
            return Err(Error::Cancelled);
        }
    }
}

fn damaged(error: Error) -> Error {
    match error {
        Error::Io(error) => io_error(error),
        other => other,
    }
}

/// What decoders say of damaged bytes is no fault of the disk.
fn io_error(error: IoError) -> Error {
    match error.kind() {
        ErrorKind::UnexpectedEof | ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::Other => {
            Error::ArchiveDamaged
        }
        // A file inside whose own header names another compression than the directory.
        ErrorKind::Unsupported => Error::FormatNotSupported(UNCOMMON),
        _ => Error::Io(error),
    }
}

/// What the reader of zip archives says, in our words.
pub(super) fn zip_error(error: ZipError) -> Error {
    match error {
        ZipError::Io(error) => io_error(error),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Error::ArchiveEncrypted
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            Error::FormatNotSupported(UNCOMMON)
        }
        ZipError::InvalidArchive(_) | ZipError::FileNotFound => Error::ArchiveDamaged,
        _ => Error::ArchiveDamaged,
    }
}
