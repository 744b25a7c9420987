//! Archives, made by the crates that unpack them: gzip (RFC 1952) and zip (PKWARE APPNOTE 6.3.10).

use crate::{
    packing::{gzip, zip},
    support::{amounts, imported, refused},
};

const TABLE: &str = "Date,Text,Amount,Currency\n2024-01-02,Rent,-700.00,EUR\n2024-01-03,Sale,900.50,EUR\n";
const ROWS: [&str; 2] = ["2024-01-02 -700.00 EUR", "2024-01-03 900.50 EUR"];

#[test]
fn an_archive_of_one_statement_is_read_as_the_statement() {
    let around = zip(&[
        ("2024/", b""),
        ("2024/january.csv", TABLE.as_bytes()),
        ("__MACOSX/2024/._january.csv", b"x"),
        (".DS_Store", b"x"),
    ]);
    for bytes in [gzip(TABLE.as_bytes()), zip(&[("january.csv", TABLE.as_bytes())]), around] {
        let import = imported(&bytes);
        assert_eq!(amounts(&import), ROWS);
        assert_eq!((import.source.format, import.source.size_bytes), ("csv", bytes.len() as u64));
        assert_ne!(import.source.sha256, imported(TABLE.as_bytes()).source.sha256);
    }
}

#[test]
fn an_archive_of_several_parts_is_read_to_its_end() {
    let (start, end) = TABLE.split_at(50);
    assert_eq!(amounts(&imported(&[gzip(start.as_bytes()), gzip(end.as_bytes())].concat())), ROWS);
}

#[test]
fn an_archive_of_several_files_is_refused_with_their_names() {
    let error = refused(&zip(&[("may.csv", TABLE.as_bytes()), ("june.csv", TABLE.as_bytes())]));
    assert_eq!(error.reason.to_string(), "ARCHIVE_HOLDS_SEVERAL_FILES");
    assert!(error.to_string().contains("may.csv, june.csv") && error.hint.is_some(), "{error}");
}

#[test]
fn an_archive_that_unpacks_to_far_more_than_it_is_is_refused() {
    let zeros = vec![b'0'; 20 << 20];
    for bytes in [gzip(&zeros), zip(&[("zeros.csv", &zeros)])] {
        assert_eq!(refused(&bytes).reason.to_string(), "ARCHIVE_TOO_LARGE");
    }
}

#[test]
fn an_archive_with_a_password_is_refused() {
    let mut bytes = zip(&[("january.csv", TABLE.as_bytes())]);
    let central = bytes.windows(4).position(|four| four == b"PK\x01\x02").expect("a directory");
    bytes[6] |= 1;
    bytes[central + 8] |= 1;
    assert_eq!(refused(&bytes).reason.to_string(), "ARCHIVE_ENCRYPTED");
}

#[test]
fn archives_inside_archives_and_empty_and_damaged_ones_are_refused() {
    let table = gzip(TABLE.as_bytes());
    let zipped = zip(&[("january.csv", TABLE.as_bytes())]);
    for (bytes, reason) in [
        (gzip(&table), "ARCHIVE_NESTED"),
        (zip(&[("january.csv.gz", &table)]), "ARCHIVE_NESTED"),
        (gzip(&zipped), "ARCHIVE_NESTED"),
        (zip(&[]), "FILE_EMPTY"),
        (gzip(b""), "FILE_EMPTY"),
        (zip(&[("page.pdf", b"%PDF-1.7")]), "FILE_IS_PDF"),
        (table[..table.len() - 12].to_vec(), "ARCHIVE_DAMAGED"),
        (zipped[..zipped.len() / 2].to_vec(), "ARCHIVE_DAMAGED"),
        (b"PK\x03\x04 and nothing more".to_vec(), "ARCHIVE_DAMAGED"),
    ] {
        assert_eq!(refused(&bytes).reason.to_string(), reason);
    }
}

#[test]
fn a_file_inside_that_is_packed_in_an_unknown_way_is_refused() {
    let mut bytes = zip(&[("january.csv", TABLE.as_bytes())]);
    // The method stands at 10 in the directory (APPNOTE 4.3.12).
    let central = bytes.windows(4).position(|four| four == b"PK\x01\x02").expect("a directory");
    bytes[central + 11] |= 0x20;
    assert_eq!(refused(&bytes).reason.to_string(), "FORMAT_NOT_SUPPORTED");
}
