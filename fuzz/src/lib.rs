//! What the fuzz targets do with the bytes they are given: bring them into their container, import and analyse them, and
//! check what must hold for any bytes. The first byte of an input chooses how it is wrapped, so that libFuzzer finds the
//! ways itself.

#[path = "../../crates/engine/tests/formats/invariants.rs"]
mod invariants;
mod workbooks;

use std::io::{Cursor, Write};

use cpu_time::ThreadTime;
use encoding_rs::{Encoding, GB18030, IBM866, KOI8_R, UTF_8, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC};
use flate2::{Compression, write::GzEncoder};
use saldo_engine::{DateOrder, Hints, Sign};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub use workbooks::{xls, xlsx};

/// Most CPU seconds of one input.
const MAX_SECONDS: f64 = 2.0;

/// Imports and analyses, once without answers and once with answers to what the bytes leave open.
fn run(bytes: &[u8]) {
    let started = ThreadTime::now();
    if invariants::check(bytes, &Hints::default()) == invariants::End::Question {
        for (date_order, decimal, sign) in [
            (DateOrder::Dmy, ',', Sign::PlusIn),
            (DateOrder::Mdy, '.', Sign::PlusOut),
            (DateOrder::Ymd, ',', Sign::PlusIn),
        ] {
            let currency = "EUR".parse().ok();
            let hints = Hints { date_order: Some(date_order), decimal: Some(decimal), currency, sign: Some(sign) };
            invariants::check(bytes, &hints);
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    assert!(seconds < MAX_SECONDS, "{seconds} CPU seconds for {} bytes", bytes.len());
}

/// The first byte and the rest.
fn choice(bytes: &[u8]) -> Option<(u8, &[u8])> {
    bytes.split_first().map(|(first, rest)| (*first, rest))
}

const ENCODINGS: [&Encoding; 8] =
    [WINDOWS_1251, IBM866, KOI8_R, X_MAC_CYRILLIC, WINDOWS_1250, WINDOWS_1252, GB18030, UTF_8];

/// The text in one of the encodings that are read. From 16 on it stays as it is, damaged UTF-8 and all.
fn encoded(choice: u8, bytes: &[u8]) -> Vec<u8> {
    let text = || String::from_utf8_lossy(bytes);
    let wide = |to: fn(u16) -> [u8; 2]| text().encode_utf16().flat_map(to).collect::<Vec<u8>>();
    match choice {
        place @ 0..8 => ENCODINGS.get(usize::from(place)).unwrap_or(&UTF_8).encode(&text()).0.into_owned(),
        8 => wide(u16::to_le_bytes),
        9 => wide(u16::to_be_bytes),
        10 => [b"\xff\xfe".as_slice(), &wide(u16::to_le_bytes)].concat(),
        11 => [b"\xfe\xff".as_slice(), &wide(u16::to_be_bytes)].concat(),
        12 => [b"\xef\xbb\xbf".as_slice(), bytes].concat(),
        _ => bytes.to_vec(),
    }
}

/// A text that starts as its container does, unless it does already, in some encoding.
fn tagged(bytes: &[u8], starts: &[&str], is_told: fn(&str) -> bool) {
    let Some((first, rest)) = choice(bytes) else { return };
    let told = std::str::from_utf8(rest.get(..rest.len().min(64)).unwrap_or_default()).is_ok_and(is_told);
    let start = if told { "" } else { starts.get(usize::from(first / 16) % starts.len()).unwrap_or(&"") };
    run(&encoded(first % 16, &[start.as_bytes(), rest].concat()));
}

/// Tables of text in any encoding.
pub fn table(bytes: &[u8]) {
    if let Some((first, rest)) = choice(bytes) {
        run(&encoded(first % 24, rest));
    }
}

/// Statements printed in columns. Where the bytes hold no heading, they stand below one.
pub fn printed(bytes: &[u8]) {
    let starts = [
        "Statement 17 Dec 2024 - 16 Jan 2025\n\nDate     Description          Amount    Balance\n",
        "Page 1\nDate     Value    Description     With-     Deposits\n         date                     drawals\n",
        "",
    ];
    tagged(bytes, &starts, |text| text.contains("  "));
}

/// Open Financial Exchange, SGML and XML.
pub fn ofx(bytes: &[u8]) {
    let starts = [
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>",
        "<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\"?><OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS>",
        "<OFX>",
        "<OFX><STMTRS><CURDEF>EUR<BANKTRANLIST><STMTTRN>",
    ];
    tagged(bytes, &starts, |text| text.starts_with("OFXHEADER") || text.contains("<OFX>"));
}

/// Quicken Interchange Format.
pub fn qif(bytes: &[u8]) {
    tagged(bytes, &["!Type:Bank\n", "!Type:CCard\nD", "!Account\nN", "!Type:Cash\n"], |text| text.starts_with('!'));
}

/// SWIFT statements.
pub fn mt940(bytes: &[u8]) {
    let starts = [
        ":20:A\n:25:1/2\n:28C:1/1\n:60F:C240101EUR1,00\n:61:",
        "{1:F01TESTDEFF}{2:I940}{4:\n:20:A\n:25:1\n:28C:1\n:60F:",
        ":20:A\n:25:1\n:28C:1\n:34F:EURD1,\n:13D:2401011200+0100\n:61:",
        ":20:",
    ];
    tagged(bytes, &starts, |text| text.starts_with(":20:") || text.starts_with('{'));
}

/// Tables served as workbooks: pages of HTML, and SpreadsheetML.
pub fn markup(bytes: &[u8]) {
    let starts = [
        "<html><body><table><tr><th>Date</th><th>Text</th><th>Amount</th></tr><tr><td>",
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table><Row><Cell><Data>",
        "<table border=\"1\"><tr><td colspan=\"2\">",
        "<html>",
    ];
    tagged(bytes, &starts, |text| text.starts_with('<'));
}

/// ISO 20022 statements.
pub fn camt(bytes: &[u8]) {
    let starts = [
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt>",
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.052.001.08\"><BkToCstmrAcctRpt><Rpt>",
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.04\"><BkToCstmrDbtCdtNtfctn><Ntfctn>",
        "<Document><BkToCstmrStmt><Stmt><Ntry>",
    ];
    tagged(bytes, &starts, |text| text.contains("<Document"));
}

/// Exchange with 1C.
pub fn onec(bytes: &[u8]) {
    let start = "1CClientBankExchange\n";
    let starts = [
        "1CClientBankExchange\nВерсияФормата=1.03\nКодировка=Windows\n",
        "1CClientBankExchange\nРасчСчет=40702810000000000001\nСекцияРасчСчет\n",
        "1CClientBankExchange\nСекцияДокумент=Платежное поручение\n",
        start,
    ];
    tagged(bytes, &starts, |text| text.starts_with("1CClientBankExchange"));
}

/// Archives as they are, damaged archives of whole tables, and archives of whatever the bytes are.
pub fn archive(bytes: &[u8]) {
    let Some((first, rest)) = choice(bytes) else { return };
    match first % 8 {
        0 => run(rest),
        1 => run(&gzip(rest)),
        2 => run(&zip(&[("a.csv", rest)])),
        3 => run(&gzip(&zip(&[("a", rest)]))),
        4 => run(&zip(&[("a/", b""), (&String::from_utf8_lossy(rest), rest), (".b", b"")])),
        5 => run(&patched(gzip(TABLE), rest)),
        6 => run(&patched(zip(&[("a.csv", TABLE)]), rest)),
        _ => run(&[gzip(TABLE), rest.to_vec()].concat()),
    }
}

const TABLE: &[u8] = b"Date;Text;Amount;Currency\n2024-01-05;Rent;-700.10;EUR\n2024-01-08;Sale;0.30;EUR\n";

/// Every three bytes are a place and what stands there instead.
fn patched(mut whole: Vec<u8>, patches: &[u8]) -> Vec<u8> {
    for patch in patches.as_chunks::<3>().0 {
        let place = usize::from(u16::from_le_bytes([patch[0], patch[1]])) % whole.len();
        if let Some(byte) = whole.get_mut(place) {
            *byte = patch[2];
        }
    }
    whole
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).expect("bytes");
    out.finish().expect("an archive")
}

/// An archive of files that are not packed, for speed.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        // Two files of one name are not written.
        if out.start_file(*name, options).is_ok() {
            out.write_all(bytes).expect("bytes");
        }
    }
    out.finish().expect("an archive").into_inner()
}
