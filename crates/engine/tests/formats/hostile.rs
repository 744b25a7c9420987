//! Files that mean harm or were harmed: each is refused with a reason, or read without losing a row, in little time.

use std::{fmt::Write, time::Duration};

use cpu_time::ThreadTime;
use saldo_engine::{Hints, Outcome, import};

use crate::{
    invariants,
    packing::{gzip, zip},
    support::{amounts, faults, imported, refused},
};

const HEADER: &str = "Date,Text,Amount,Currency\n";
const ROWS: &str = "2024-01-02,Rent,-700.00,EUR\n2024-01-03,Sale,900.50,EUR\n";
const READ: [&str; 2] = ["2024-01-02 -700.00 EUR", "2024-01-03 900.50 EUR"];

fn table() -> String {
    HEADER.to_owned() + ROWS
}

/// Checks what must always hold, and the time it takes.
fn within_limits(bytes: &[u8]) {
    let started = ThreadTime::now();
    invariants::check(bytes, &Hints::default());
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

fn workbook(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    zip(&[
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"A\" r:id=\"1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"1\" Type=\"/worksheet\" Target=\"a.xml\"/>\
              <Relationship Id=\"2\" Type=\"/sharedStrings\" Target=\"s.xml\"/></Relationships>",
        ),
        ("xl/a.xml", sheet),
        ("xl/s.xml", strings),
    ])
}

#[test]
fn endless_rows_columns_and_nesting_are_refused_with_a_reason() {
    let wide = format!("{HEADER}{}\n{ROWS}", "1,".repeat(100_000));
    let long = format!("{HEADER}2024-01-02,{},-1.00,EUR\n", "x".repeat(10 << 20));
    let quoted = table().replace("Rent", "\"Rent\"");
    let open = format!("{quoted}2024-01-04,\"{},-1.00,EUR\n", "x\n".repeat(5 << 20));
    let deep = |tag: &str| tag.repeat(100_000);
    let camt = format!("<Document><BkToCstmrStmt><Stmt>{}", deep("<a>"));
    let ofx = format!("<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\"?><OFX>{}", deep("<A>"));
    let sheet = format!("<worksheet><sheetData>{}", deep("<row>"));
    for (name, bytes, reason) in [
        ("100,000 columns", wide.into_bytes(), "TOO_MANY_COLUMNS"),
        ("a line of 10 MB", long.into_bytes(), "LINE_TOO_LONG"),
        ("a quotation mark that is never closed", open.into_bytes(), "LINE_TOO_LONG"),
        ("100,000 elements in each other", camt.into_bytes(), "FILE_DAMAGED"),
        ("100,000 open tags", ofx.into_bytes(), "FILE_CUT_OFF"),
        ("100,000 open rows of a sheet", workbook(sheet.as_bytes(), b"<sst/>"), "WORKBOOK_DAMAGED"),
        ("an archive in an archive in an archive", gzip(&gzip(&gzip(table().as_bytes()))), "ARCHIVE_NESTED"),
        ("a bomb", gzip(&vec![b'\n'; 40 << 20]), "ARCHIVE_TOO_LARGE"),
    ] {
        within_limits(&bytes);
        assert_eq!(refused(&bytes).reason.to_string(), reason, "{name}");
    }
}

#[test]
fn entities_of_a_document_are_never_expanded() {
    let mut bomb = "<!DOCTYPE lolz [<!ENTITY lol0 \"ha\">".to_owned();
    for level in 1..12 {
        let inside = format!("&lol{};", level - 1).repeat(10);
        write!(bomb, "<!ENTITY lol{level} \"{inside}\">").expect("a string");
    }
    bomb.push_str("]>");
    let ofx = format!(
        "<?xml version=\"1.0\"?>{bomb}<OFX><STMTRS><CURDEF>EUR<BANKTRANLIST><STMTTRN><DTPOSTED>20240105<TRNAMT>-1.00\
         <NAME>&lol11;</STMTTRN></BANKTRANLIST></STMTRS></OFX>"
    );
    let camt = format!("{bomb}<Document><BkToCstmrStmt><Stmt><Ntry><AddtlNtryInf>&lol11;</AddtlNtryInf></Ntry>");
    let strings = format!("{bomb}<sst><si><t>&lol11;</t></si></sst>");
    let sheet = b"<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>";
    for bytes in [ofx.into_bytes(), camt.into_bytes(), workbook(sheet, strings.as_bytes())] {
        within_limits(&bytes);
        if let Ok(Outcome::Import(read)) = import(std::io::Cursor::new(&bytes), &Hints::default(), &mut ()) {
            assert!(read.transactions.iter().all(|one| one.description.len() + one.counterparty.len() < 100));
        }
    }
}

#[test]
fn impossible_dates_and_amounts_are_rejected_by_line() {
    let digits = "9".repeat(50);
    let text = format!(
        "{}2024-02-31,Never,-1.00,EUR\n9999-01-01,Late,-1.00,EUR\n0000-00-00,No day,-1.00,EUR\n\
         2024-01-05,Huge,{digits}.00,EUR\n2024-01-07,Not one,1.2.3,EUR\n",
        table()
    );
    within_limits(text.as_bytes());
    let read = imported(text.as_bytes());
    assert_eq!(amounts(&read), READ);
    let lines: Vec<(u64, &str)> = faults(&read).into_iter().map(|(line, reason, _, _)| (line, reason)).collect();
    let (date, amount) = ("DATE_NOT_READ", "AMOUNT_NOT_READ");
    assert_eq!(lines, [(4, date), (5, date), (6, date), (7, amount), (8, amount)]);
}

#[test]
fn amounts_whose_sum_is_beyond_any_number_end_as_a_refusal() {
    let huge = "9".repeat(38);
    let text = format!("{HEADER}2024-01-02,One,{huge},EUR\n2024-01-03,Two,{huge},EUR\n2024-01-04,Three,-{huge},EUR\n");
    within_limits(text.as_bytes());
    assert_eq!(invariants::check(text.as_bytes(), &Hints::default()), invariants::End::Refusal);
}

#[test]
fn mixed_newlines_and_blank_lines_keep_rows_and_their_lines() {
    let text = "Date,Text,Amount,Currency\r\n\r\n2024-01-02,Rent,-700.00,EUR\n\n\r\n2024-01-03,Sale,900.50,EUR\r\nx";
    let read = imported(text.as_bytes());
    assert_eq!(amounts(&read), READ);
    assert_eq!(read.transactions.iter().map(|one| one.line).collect::<Vec<_>>(), [3, 6]);
}

#[test]
fn files_joined_with_a_byte_order_mark_between_them_lose_no_row() {
    let joined = format!("\u{feff}{}\u{feff}{}", table(), table());
    let read = imported(joined.as_bytes());
    assert_eq!(amounts(&read), [READ, READ].concat());
    assert_eq!((read.counts.recognized, read.counts.rejected), (1, 0));
}

#[test]
fn zero_bytes_and_lone_quotation_marks_lose_no_row() {
    for text in ["Re\0nt of the office, the garage and the storage", "Re\"nt", "\"Rent\" and heating", "5\" pipe"] {
        let text = format!("{HEADER}{}", ROWS.replace("Rent", text).replace(", the", " the"));
        within_limits(text.as_bytes());
        assert_eq!(amounts(&imported(text.as_bytes())), READ, "{text}");
    }
    for bytes in [vec![0; 100_000], [table().as_bytes(), &[0; 4_096]].concat(), vec![b'"'; 100_000]] {
        within_limits(&bytes);
    }
}

#[test]
fn every_file_of_one_byte_and_every_start_of_a_statement_is_refused_or_read() {
    for byte in 0..=u8::MAX {
        assert!(import(std::io::Cursor::new([byte]), &Hints::default(), &mut ()).is_err(), "{byte}");
    }
    let text = table();
    for end in 0..text.len() {
        within_limits(&text.as_bytes()[..end]);
    }
}
