//! What sort of file it is: by its first bytes, then by its first words. A new format gets its line here and its reader
//! in a module of its own.

use super::{camt, mt940, ofx};
use crate::Error;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    /// Rows and columns of text with a delimiter.
    Table,
    /// Open Financial Exchange 1 (SGML) or 2 (XML).
    Ofx,
    /// SWIFT statements and interim reports (MT940, MT942).
    Mt940,
    /// ISO 20022 statements, reports and notifications (CAMT.053, 052, 054).
    Camt,
    /// An exchange of a bank with 1C accounting.
    OneC,
    /// Quicken Interchange Format.
    Qif,
    /// A page of HTML or SpreadsheetML, by its name.
    Markup(&'static str),
}

/// What the bytes are, before any decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bytes {
    /// Text, or nothing that is known.
    Text,
    /// One file, packed.
    Gzip,
    /// An archive or a workbook (XLSX).
    Zip,
    /// A compound file: a workbook of the old kind (XLS) or another document of its time.
    Compound,
}

/// What the bytes are, by the first of them. Refuses what cannot be read.
pub(crate) fn of_bytes(head: &[u8]) -> Result<Bytes, Error> {
    let starts = |magic: &[u8]| head.starts_with(magic);
    let at = |place: usize, magic: &[u8]| head.get(place..).is_some_and(|rest| rest.starts_with(magic));
    if head.get(..1_024).unwrap_or(head).windows(5).any(|five| five == b"%PDF-") {
        return Err(Error::Pdf);
    }
    let pictures: [(&[u8], &str); 8] = [
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF87a", "GIF"),
        (b"GIF89a", "GIF"),
        (b"II*\0", "TIFF"),
        (b"MM\0*", "TIFF"),
        (b"BM\0\0", "BMP"),
        (b"8BPS", "PSD"),
    ];
    if let Some((_, name)) = pictures.iter().find(|(magic, _)| starts(magic)) {
        return Err(Error::Image(name));
    }
    if starts(b"RIFF") && at(8, b"WEBP") {
        return Err(Error::Image("WebP"));
    }
    if at(4, b"ftyphei") || at(4, b"ftypmif1") || at(4, b"ftypavif") {
        return Err(Error::Image("HEIC"));
    }
    // The second starts an archive without any file.
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Ok(Bytes::Zip);
    }
    if starts(b"\x1f\x8b") {
        return Ok(Bytes::Gzip);
    }
    if at(257, b"ustar") {
        return Err(Error::FormatNotSupported("a tar archive"));
    }
    if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(Bytes::Compound);
    }
    let known: [(&[u8], &str); 4] = [
        (b"{\\rtf", "a rich text document (RTF)"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"Rar!\x1a\x07", "a RAR archive"),
    ];
    match known.iter().find(|(magic, _)| starts(magic)) {
        Some((_, name)) => Err(Error::FormatNotSupported(name)),
        None => Ok(Bytes::Text),
    }
}

/// The container of a text, by its first words.
pub(crate) fn of_text(head: &str) -> Result<Container, Error> {
    let start = head.trim_start();
    let upper: String = start.chars().take(4_096).collect::<String>().to_ascii_uppercase();
    if upper.starts_with("OFXHEADER") || upper.contains("<?OFX ") || ofx::has_root(&upper) {
        return Ok(Container::Ofx);
    }
    if start.starts_with("1CClientBankExchange") {
        return Ok(Container::OneC);
    }
    if ["!TYPE:", "!ACCOUNT", "!OPTION:", "!CLEAR:"].iter().any(|mark| upper.starts_with(mark)) {
        return Ok(Container::Qif);
    }
    if upper.split_once('\t').is_some_and(|(tag, _)| is_iif_tag(tag)) {
        return Err(Error::FormatNotSupported("a QuickBooks interchange file (IIF)"));
    }
    if camt::is_message(start, head, &upper) {
        return Ok(Container::Camt);
    }
    if mt940::is_statement(head) {
        return Ok(Container::Mt940);
    }
    if let Some(name) = markup(&upper) {
        return Ok(Container::Markup(name));
    }
    match not_yet(&upper) {
        Some(name) => Err(Error::FormatNotSupported(name)),
        None => Ok(Container::Table),
    }
}

/// `!TRNS`, `!ACCNT`, `!HDR`: the name of a list of records, by letters only.
fn is_iif_tag(tag: &str) -> bool {
    tag.strip_prefix('!').is_some_and(|name| name.len() >= 3 && name.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// Tables in tags, as banks serve them for spreadsheets.
fn markup(upper: &str) -> Option<&'static str> {
    if upper.contains("URN:SCHEMAS-MICROSOFT-COM:OFFICE:SPREADSHEET") && upper.starts_with('<') {
        return Some("an XML document");
    }
    let is_page = ["<!DOCTYPE HTML", "<HTML", "<HEAD", "<BODY", "<META", "<STYLE", "<TABLE", "<DIV", "<CENTER"];
    let is_page = is_page.iter().any(|start| upper.starts_with(start));
    (is_page || upper.starts_with("<?XML") && upper.contains("<HTML")).then_some("a web page (HTML)")
}

/// Formats that are known by sight but have no reader.
fn not_yet(upper: &str) -> Option<&'static str> {
    if upper.starts_with("<?XML") || upper.starts_with("<!DOCTYPE") {
        return Some("an XML document");
    }
    if upper.starts_with('{') && upper.trim_end().len() > 1 && upper.contains("\":") || upper.starts_with("[{") {
        return Some("a JSON document");
    }
    None
}
