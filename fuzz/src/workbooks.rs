//! Workbooks around the bytes: parts of Office Open XML, and records of the binary format in a compound file.

#[allow(dead_code, reason = "only the compound file is needed")]
#[path = "../../crates/engine/tests/formats/xls_writer.rs"]
mod xls_writer;

use crate::{choice, patched, run, zip};

const WORKBOOK: &[u8] = b"<workbook><sheets><sheet name=\"A\" r:id=\"1\"/></sheets></workbook>";
const RELATIONS: &[u8] = b"<Relationships><Relationship Id=\"1\" Type=\"/worksheet\" Target=\"a.xml\"/>\
    <Relationship Id=\"2\" Type=\"/sharedStrings\" Target=\"s.xml\"/>\
    <Relationship Id=\"3\" Type=\"/styles\" Target=\"t.xml\"/></Relationships>";
/// Parts one after the other in one input.
const BETWEEN: &[u8] = b"<part/>";

/// A workbook whose parts are the bytes, or the archive itself.
pub fn xlsx(bytes: &[u8]) {
    let Some((first, rest)) = choice(bytes) else { return };
    let mut parts = split(rest);
    let mut part = || parts.next().unwrap_or(rest);
    match first % 4 {
        0 => run(rest),
        1 => run(&workbook(WORKBOOK, RELATIONS, part(), part(), part())),
        2 => run(&workbook(part(), part(), part(), part(), part())),
        _ => run(&workbook(WORKBOOK, RELATIONS, rest, rest, rest)),
    }
}

fn workbook(workbook: &[u8], relations: &[u8], sheet: &[u8], strings: &[u8], styles: &[u8]) -> Vec<u8> {
    zip(&[
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/a.xml", sheet),
        ("xl/s.xml", strings),
        ("xl/t.xml", styles),
    ])
}

fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let bytes = rest?;
        let cut = bytes.windows(BETWEEN.len()).position(|some| some == BETWEEN);
        rest = cut.and_then(|cut| bytes.get(cut + BETWEEN.len()..));
        cut.map_or(Some(bytes), |cut| bytes.get(..cut))
    })
}

/// Records in a compound file that is whole, a compound file with damages, or the file itself.
pub fn xls(bytes: &[u8]) {
    let Some((first, rest)) = choice(bytes) else { return };
    match first % 4 {
        0 => run(rest),
        1 => run(&xls_writer::compound("Workbook", rest)),
        2 => run(&xls_writer::compound("Workbook", &[GLOBALS, rest].concat())),
        _ => {
            let (patches, stream) = rest.split_at(rest.len().min(24));
            run(&patched(xls_writer::compound("Book", stream), patches));
        }
    }
}

/// The start of a workbook and of its only sheet.
const GLOBALS: &[u8] = &[
    0x09, 0x08, 8, 0, 0, 6, 5, 0, 0, 0, 0, 0, // the workbook begins
    0x85, 0x00, 9, 0, 29, 0, 0, 0, 0, 0, 1, 0, b'A', // one sheet and where it is
    0x0A, 0x00, 0, 0, // the globals end
    0x09, 0x08, 8, 0, 0, 6, 0x10, 0, 0, 0, 0, 0, // the sheet begins
];
