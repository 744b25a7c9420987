//! Workbooks of spreadsheets: the sheet that holds a table of movements is read like any table.
//!
//! The readers are our own and take what a table needs only: cells with their text, numbers and dates. What a file
//! claims about its own size is never believed, so that memory stays within the limits whatever the bytes are.

mod cells;
mod cfb;
mod markup;
mod parts;
mod sheet;
mod tags;
mod xls;
mod xls_strings;
mod xlsx;

use std::io::{Read, Seek};

use self::sheet::Sheet;
use super::{
    months,
    table::{self, HEAD_ROWS, Opened},
    words::Words,
};
use crate::{Error, Hints, Outcome, Source, Stage, Watch};

/// Which kind of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Office Open XML.
    Xlsx,
    /// The binary format of Excel 97 to 2003.
    Xls,
}

/// A workbook whose sheets can be read one by one.
trait Workbook {
    /// How many sheets of cells it has.
    fn count(&self) -> usize;
    /// Whether its days count from 1904.
    fn since_1904(&self) -> bool;
    /// Reads a sheet by its place from 0.
    fn sheet(&mut self, place: usize, watch: &mut dyn Watch) -> Result<Sheet, Error>;
}

/// Reads a workbook. `source` has what is known of the bytes already.
pub(crate) fn import<S: Read + Seek>(
    file: &mut S,
    kind: Kind,
    size: u64,
    source: Source,
    hints: &Hints,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let words = Words::load()?;
    let (sheet, format) = match kind {
        Kind::Xlsx => (choose(&mut xlsx::open(file, size)?, words, watch)?, "xlsx"),
        Kind::Xls => (choose(&mut xls::open(file, size)?, words, watch)?, "xls"),
    };
    import_sheet(sheet, Source { format, ..source }, hints, words, watch)
}

/// Reads a page of HTML or SpreadsheetML, which many banks serve as a workbook of Excel. `name` is what it is called where
/// it holds no movements.
pub(crate) fn import_markup<S: Read + Seek>(
    file: Opened<'_, S>,
    name: &'static str,
    source: Source,
    hints: &Hints,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let sheet = match choose(&mut markup::open(file, watch)?, words, watch) {
        Ok(sheet) if sheet.movements(words) > 0 => sheet,
        Ok(_) | Err(Error::NotATable) => return Err(Error::FormatNotSupported(name)),
        Err(error) => return Err(error),
    };
    import_sheet(sheet, Source { format: "xls", ..source }, hints, words, watch)
}

fn import_sheet(
    mut sheet: Sheet,
    source: Source,
    hints: &Hints,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let head = sheet.head(HEAD_ROWS);
    let lines: Vec<String> = head.iter().map(|row| row.cells.join("\t")).collect();
    let words = months::of_file(&lines.join("\n"), words)?;
    let words = words.as_ref();
    // Numbers are written with a point; what else the cells hold is text that tells itself.
    table::import_rows(&mut sheet, &head, source, hints, words, watch)
}

/// The sheet with the most rows that look like movements. Several with the same header are one table in parts, of which
/// none is the whole.
fn choose(workbook: &mut dyn Workbook, words: &Words, watch: &mut dyn Watch) -> Result<Sheet, Error> {
    let mut best: Option<(usize, Sheet)> = None;
    let mut tables: Vec<(String, Vec<String>)> = Vec::new();
    for place in 0..workbook.count() {
        if watch.progress(Stage::Detecting, 0, 0).is_break() {
            return Err(Error::Cancelled);
        }
        let mut sheet = workbook.sheet(place, watch)?;
        sheet.spell_dates(workbook.since_1904(), words);
        let movements = sheet.movements(words);
        if movements > 0 {
            let header = table::header_of(&sheet.head(HEAD_ROWS), words);
            tables.extend(header.map(|header| (sheet.name.clone(), header)));
        }
        if best.as_ref().is_none_or(|(most, _)| movements > *most) {
            best = Some((movements, sheet));
        }
    }
    let (_, sheet) = best.ok_or(Error::NotATable)?;
    let own = tables.iter().find(|(name, _)| *name == sheet.name).map(|(_, header)| header);
    let alike = tables.iter().filter(|(_, header)| Some(header) == own).map(|(name, _)| name.clone());
    let alike: Vec<String> = alike.collect();
    if alike.len() > 1 {
        return Err(Error::WorkbookHoldsSeveralTables { names: alike.into_iter().take(5).collect() });
    }
    Ok(sheet)
}
