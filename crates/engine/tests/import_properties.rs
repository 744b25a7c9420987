//! Properties of the import: any table we can write is read back exactly, and no bytes make it panic or lose a row.
#![allow(missing_docs, clippy::expect_used, reason = "helpers of tests")]

#[path = "formats/packing.rs"]
mod packing;
#[path = "formats/xls_writer.rs"]
mod xls_writer;

use std::{collections::BTreeSet, io::Cursor};

use encoding_rs::{Encoding, IBM866, KOI8_R, UTF_8, UTF_16LE, WINDOWS_1251};
use proptest::prelude::*;
use saldo_engine::{Hints, Outcome, import};
use time::{Date, Month};

use crate::xls_writer::Cell;

#[derive(Clone, Debug)]
struct Table {
    delimiter: char,
    encoding: &'static Encoding,
    comma: bool,
    thousands: bool,
    dates: u8,
    quoted: bool,
    russian: bool,
    order: Vec<usize>,
    crlf: bool,
    rows: Vec<(Date, i64, String)>,
}

fn tables() -> impl Strategy<Value = Table> {
    let day = (2000..2030_i32, 1..=12_u8, 1..=28_u8).prop_map(|(year, month, day)| {
        Date::from_calendar_date(year, Month::try_from(month).expect("a month"), day).expect("a day")
    });
    let amount = prop_oneof![-9_999_999_i64..=-1, 1..=9_999_999_i64];
    // No word of ours begins with x: a row that is called a total is rightly no movement.
    let text = "x[a-z]{2,7}( x[a-z]{1,7}){0,2}";
    let rows = prop::collection::vec((day, amount, text), 3..40);
    let encoding = prop::sample::select(vec![UTF_8, UTF_16LE, WINDOWS_1251, IBM866, KOI8_R]);
    let form = (prop::sample::select(vec![',', ';', '\t', '|']), encoding, any::<[bool; 5]>(), 0..4_u8);
    (form, Just((0..4_usize).collect::<Vec<_>>()).prop_shuffle(), rows).prop_map(
        |((delimiter, encoding, [comma, thousands, quoted, russian, crlf], dates), order, rows)| Table {
            delimiter,
            encoding,
            comma,
            thousands,
            dates,
            quoted,
            // A Russian header is what the old encodings are told apart by.
            russian: russian || encoding != UTF_8 && encoding != UTF_16LE,
            order,
            crlf,
            rows,
        },
    )
}

impl Table {
    fn amount(&self, cents: i64) -> String {
        let digits = (cents.abs() / 100).to_string();
        let (decimal, group) = if self.comma { (',', '.') } else { ('.', ',') };
        let mut whole = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if self.thousands && place > 0 && (digits.len() - place).is_multiple_of(3) {
                whole.push(group);
            }
            whole.push(digit);
        }
        format!("{}{whole}{decimal}{:02}", if cents < 0 { "-" } else { "" }, cents.abs() % 100)
    }

    fn date(&self, date: Date) -> String {
        let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
        match self.dates {
            0 => format!("{year}-{month:02}-{day:02}"),
            1 => format!("{day:02}.{month:02}.{year}"),
            2 => format!("{year}{month:02}{day:02}"),
            _ => format!("{day} {} {year}", date.month()),
        }
    }

    fn write(&self) -> Vec<u8> {
        let header = if self.russian {
            ["Дата операции", "Сумма операции", "Валюта", "Назначение платежа по договору"]
        } else {
            ["Booking date", "Amount", "Currency", "Description"]
        };
        let end = if self.crlf { "\r\n" } else { "\n" };
        let mut out = self.line(&header.map(str::to_owned)) + end;
        for (date, cents, text) in &self.rows {
            out += &self.line(&[self.date(*date), self.amount(*cents), "EUR".to_owned(), text.clone()]);
            out += end;
        }
        if self.encoding == UTF_16LE {
            return out.encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        self.encoding.encode(&out).0.into_owned()
    }

    fn line(&self, fields: &[String; 4]) -> String {
        let field = |place: &usize| {
            let field = &fields[*place];
            let quote = self.quoted || field.contains(self.delimiter);
            if quote { format!("\"{field}\"") } else { field.clone() }
        };
        self.order.iter().map(field).collect::<Vec<_>>().join(&self.delimiter.to_string())
    }
}

const WORKBOOK: &[u8] = b"<workbook><sheets><sheet name=\"A\" r:id=\"1\"/></sheets></workbook>";
const RELATIONS: &[u8] = b"<Relationships><Relationship Id=\"1\" Type=\"/worksheet\" Target=\"a.xml\"/>\
    <Relationship Id=\"2\" Type=\"/sharedStrings\" Target=\"s.xml\"/>\
    <Relationship Id=\"3\" Type=\"/styles\" Target=\"t.xml\"/></Relationships>";
/// Cells, strings and styles in one, so that one damaged part is each of the three.
const SHEET: &[u8] = b"<x><sst><si><t>Rent &amp; more</t></si></sst><numFmt numFmtId=\"200\" formatCode=\"d.m.yy\"/>\
    <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"200\"/></cellXfs><sheetData><row r=\"2\"><c r=\"A2\" s=\"1\"><v>45296</v>\
    </c><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\"><v>-700.1</v></c><c t=\"inlineStr\"><is><t>EUR</t></is></c></row>\
    <row><c s=\"1\"><v>45299.5</v></c><c t=\"str\"><v>Sale</v></c><c><v>0.3</v></c></row></sheetData></x>";

fn fixtures() -> Vec<Vec<u8>> {
    let folder = format!("{}/tests/fixtures/import", env!("CARGO_MANIFEST_DIR"));
    let paths: BTreeSet<_> =
        std::fs::read_dir(folder).expect("the fixtures").map(|entry| entry.expect("an entry").path()).collect();
    paths.into_iter().map(|path| std::fs::read(path).expect("a fixture")).collect()
}

/// Any outcome or error will do; rows must add up.
fn survives(bytes: &[u8]) {
    if let Ok(Outcome::Import(import)) = import(Cursor::new(bytes), &Hints::default(), &mut ()) {
        let counts = import.counts;
        assert_eq!(counts.read, import.transactions.len() as u64 + counts.recognized + counts.rejected);
        assert!(import.rejected.len() as u64 <= counts.rejected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_table_reads_back_exactly(table in tables()) {
        // Rows of one sign only would have no direction to be read from.
        prop_assume!(table.rows.iter().any(|row| row.1 < 0));
        let outcome = import(Cursor::new(table.write()), &Hints::default(), &mut ());
        let Ok(Outcome::Import(import)) = outcome else { return Err(TestCaseError::fail(format!("{outcome:?}"))) };
        let read: Vec<(Date, i128, String)> = import
            .transactions
            .iter()
            .map(|one| (one.date, one.amount.scaled(2).unwrap_or_default(), one.description.to_string()))
            .collect();
        let want: Vec<(Date, i128, String)> =
            table.rows.iter().map(|(date, cents, text)| (*date, i128::from(*cents), text.clone())).collect();
        prop_assert_eq!(read, want);
        prop_assert_eq!(import.counts.rejected + import.counts.recognized, 0);
    }

    #[test]
    fn damaged_statements_neither_panic_nor_lose_rows(
        which in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 0..12),
        cut in any::<prop::sample::Index>(),
        truncate in any::<bool>(),
    ) {
        let fixtures = fixtures();
        let mut bytes = which.get(&fixtures).clone();
        for (place, byte, kind) in edits {
            let place = place.index(bytes.len());
            match kind {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                2 => { bytes.remove(place); }
                _ => { let line = bytes[place..].to_vec(); bytes.extend(line.into_iter().take(200)); }
            }
            if bytes.is_empty() { break; }
        }
        if truncate && !bytes.is_empty() {
            bytes.truncate(cut.index(bytes.len()));
        }
        survives(&bytes);
        survives(&packing::gzip(&bytes));
    }

    #[test]
    fn damaged_archives_neither_panic_nor_lose_rows(
        packed_twice in any::<bool>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let table = fixtures().swap_remove(0);
        let mut bytes = if packed_twice { packing::zip(&[("a.csv", &table)]) } else { packing::gzip(&table) };
        for (place, byte) in edits {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        survives(&bytes);
    }

    #[test]
    fn damaged_workbooks_neither_panic_nor_lose_rows(
        old in any::<bool>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        truncate in any::<bool>(),
    ) {
        let row = |day, amount| vec![Cell::Date(day), Cell::Text("Rent"), amount, Cell::Formula("EUR")];
        let mut bytes = if old {
            xls_writer::workbook(&[row(45_296.0, Cell::Hundredths(-70_010)), row(45_299.0, Cell::Number(0.3))])
        } else {
            SHEET.to_vec()
        };
        for (place, byte) in edits {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if truncate {
            bytes.truncate(cut.index(bytes.len()));
        }
        if old {
            survives(&bytes);
        } else {
            survives(&packing::zip(&[
                ("xl/workbook.xml", WORKBOOK),
                ("xl/_rels/workbook.xml.rels", RELATIONS),
                ("xl/a.xml", &bytes),
                ("xl/s.xml", &bytes),
                ("xl/t.xml", &bytes),
            ]));
            survives(&packing::zip(&[("xl/workbook.xml", &bytes)]));
        }
    }

    #[test]
    fn any_bytes_give_an_outcome_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        survives(&bytes);
    }

    #[test]
    fn any_text_gives_an_outcome_or_an_error(
        text in "([0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}|-?[0-9.,' ]{1,9}|[A-Za-zА-я\"]{1,9}|[;,\t\n\r\"<>&]){0,200}"
    ) {
        survives(text.as_bytes());
        let keys = text.replace(',', "\nСумма=").replace(';', "\nКонецДокумента\nСекцияДокумент=\nДатаСписано=");
        survives(format!("1CClientBankExchange\n{keys}\nКонецДокумента\nКонецФайла").as_bytes());
        let tags = text.replace(',', "\nT").replace(';', "\n^\nD").replace('<', "\n$").replace('>', "\nPOpening Balance\n");
        survives(format!("!Type:Bank\nD{tags}\n^").as_bytes());
        survives(format!("OFXHEADER:100\n<OFX>{text}<STMTTRN>{text}</OFX>").as_bytes());
    }
}
