//! No bytes make the import or the analysis panic or lose a row.

use std::collections::BTreeSet;

use proptest::prelude::*;
use saldo_engine::Hints;

use crate::{
    invariants, packing,
    xls_writer::{self, Cell},
};

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

/// Any outcome or error will do; what must always hold is checked.
fn survives(bytes: &[u8]) {
    invariants::check(bytes, &Hints::default());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

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
