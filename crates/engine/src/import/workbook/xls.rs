//! Binary workbooks of Excel 97 to 2003 (MS-XLS 12.0): the records that hold sheets, formats, strings and cells.

use std::{
    collections::HashMap,
    io::{Read, Seek},
};

use super::{
    Workbook,
    cells::{self, Style},
    cfb::{Compound, long, word},
    sheet::Sheet,
    xls_strings::{Pieces, shared},
};
use crate::{Error, Stage, Watch, import::limits::ROWS_PER_REPORT};

/// Types of records (MS-XLS 2.3.1).
mod record {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const DATE_1904: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const CONTINUE: u16 = 0x003C;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00BD;
    pub(super) const XF: u16 = 0x00E0;
    pub(super) const SST: u16 = 0x00FC;
    pub(super) const LABEL_SST: u16 = 0x00FD;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERR: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const RK: u16 = 0x027E;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const BOF: u16 = 0x0809;
}

/// A workbook with everything but its cells read.
pub(super) struct Xls {
    stream: Vec<u8>,
    /// Names of the sheets and where they start.
    sheets: Vec<(String, usize)>,
    strings: Vec<Box<str>>,
    styles: Vec<Style>,
    since_1904: bool,
}

/// Opens a workbook of `size` bytes.
pub(super) fn open<S: Read + Seek>(source: &mut S, size: u64) -> Result<Xls, Error> {
    let mut compound = Compound::open(source, size)?;
    if compound.has("EncryptedPackage") {
        return Err(Error::WorkbookEncrypted);
    }
    let Some(stream) = compound.stream("Workbook")? else {
        let old = compound.has("Book");
        let name = if old { "an Excel workbook of before 1997" } else { "an old Office document without a workbook" };
        return Err(Error::FormatNotSupported(name));
    };
    let mut out =
        Xls { stream: Vec::new(), sheets: Vec::new(), strings: Vec::new(), styles: Vec::new(), since_1904: false };
    out.read_globals(&stream)?;
    out.stream = stream;
    Ok(out)
}

/// One record.
struct Record<'r> {
    kind: u16,
    bytes: &'r [u8],
    /// Where the next one starts.
    end: usize,
}

/// The record at a place; `None` where the stream ends.
fn at(stream: &[u8], place: usize) -> Option<Record<'_>> {
    let head = stream.get(place..place.checked_add(4)?)?;
    let end = place + 4 + usize::from(word(head, 2));
    Some(Record { kind: word(head, 0), bytes: stream.get(place + 4..end)?, end })
}

/// A record with those that continue it, and where the next one starts.
fn pieces<'r>(stream: &'r [u8], first: &Record<'r>) -> (Vec<&'r [u8]>, usize) {
    let (mut out, mut end) = (vec![first.bytes], first.end);
    while let Some(more) = at(stream, end).filter(|more| more.kind == record::CONTINUE) {
        out.push(more.bytes);
        end = more.end;
    }
    (out, end)
}

impl Xls {
    fn read_globals(&mut self, stream: &[u8]) -> Result<(), Error> {
        const BIFF8: u16 = 0x0600;
        let (mut place, mut formats) = (0, HashMap::new());
        let first = at(stream, 0).filter(|first| first.kind == record::BOF).ok_or(Error::WorkbookDamaged)?;
        if word(first.bytes, 0) != BIFF8 {
            return Err(Error::FormatNotSupported("an Excel workbook of before 1997"));
        }
        while let Some(one) = at(stream, place) {
            place = one.end;
            match one.kind {
                record::FILE_PASS => return Err(Error::WorkbookEncrypted),
                record::DATE_1904 => self.since_1904 = word(one.bytes, 0) != 0,
                record::FORMAT => {
                    let code = Pieces::new(vec![one.bytes.get(2..).unwrap_or_default()]).string();
                    formats.extend(code.map(|code| (word(one.bytes, 0), cells::custom(&code))));
                }
                record::XF => {
                    let id = word(one.bytes, 2);
                    self.styles.push(formats.get(&id).copied().unwrap_or_else(|| cells::built_in(id.into())));
                }
                record::BOUND_SHEET => self.sheets.extend(bound_sheet(one.bytes)),
                record::SST => {
                    let (bytes, end) = pieces(stream, &one);
                    (self.strings, place) = (shared(bytes)?, end);
                }
                record::EOF => return Ok(()),
                _ => {}
            }
        }
        Err(Error::WorkbookDamaged)
    }

    fn style(&self, bytes: &[u8], place: usize) -> Style {
        self.styles.get(usize::from(word(bytes, place))).copied().unwrap_or_default()
    }

    fn shown(&self, value: f64, style: Style) -> String {
        cells::shown(value, style, self.since_1904)
    }

    /// Adds what one record says. `pending` is the cell of a formula whose text comes with the next record.
    fn add(&self, one: &Record<'_>, sheet: &mut Sheet, pending: &mut Option<(u32, u32)>) -> Result<(), Error> {
        let bytes = one.bytes;
        let (row, column) = (u32::from(word(bytes, 0)), u32::from(word(bytes, 2)));
        match one.kind {
            record::NUMBER => sheet.add(row, column, &self.shown(double(bytes, 6), self.style(bytes, 4))),
            record::RK => sheet.add(row, column, &self.shown(compressed(long(bytes, 6)), self.style(bytes, 4))),
            record::MUL_RK => {
                let count = bytes.len().saturating_sub(6) / 6;
                for (place, column) in (0..count).map(|place| 4 + place * 6).zip(column..) {
                    let value = compressed(long(bytes, place + 2));
                    sheet.add(row, column, &self.shown(value, self.style(bytes, place)))?;
                }
                Ok(())
            }
            record::LABEL_SST => {
                let text = self.strings.get(long(bytes, 6) as usize);
                sheet.add(row, column, text.map_or("#REF!", |text| text))
            }
            record::LABEL => {
                let text = Pieces::new(vec![bytes.get(6..).unwrap_or_default()]).string();
                sheet.add(row, column, &text.ok_or(Error::WorkbookDamaged)?)
            }
            record::BOOL_ERR => sheet.add(row, column, truth_or_error(bytes, 6, word(bytes, 7) & 0xFF != 0)),
            record::FORMULA => match (word(bytes, 12), bytes.get(6)) {
                (0xFFFF, Some(0)) => {
                    *pending = Some((row, column));
                    Ok(())
                }
                (0xFFFF, Some(kind @ 1..=2)) => sheet.add(row, column, truth_or_error(bytes, 8, *kind == 2)),
                (0xFFFF, _) => Ok(()),
                _ => sheet.add(row, column, &self.shown(double(bytes, 6), self.style(bytes, 4))),
            },
            _ => Ok(()),
        }
    }
}

impl Workbook for Xls {
    fn count(&self) -> usize {
        self.sheets.len()
    }

    fn since_1904(&self) -> bool {
        self.since_1904
    }

    fn sheet(&mut self, place: usize, watch: &mut dyn Watch) -> Result<Sheet, Error> {
        let Some((name, start)) = self.sheets.get(place) else { return Err(Error::WorkbookDamaged) };
        let (mut sheet, mut place) = (Sheet::new(name, watch.limits()), *start);
        // Charts inside a sheet are parts of their own and hold cells that are none of its.
        let (mut depth, mut pending, mut steps) = (0_u32, None, 0_u64);
        while let Some(one) = at(&self.stream, place) {
            place = one.end;
            steps += 1;
            if steps % ROWS_PER_REPORT == 0 && watch.progress(Stage::Detecting, 0, 0).is_break() {
                return Err(Error::Cancelled);
            }
            match (one.kind, depth) {
                (record::BOF, _) => depth += 1,
                (record::EOF, ..=1) => return Ok(sheet),
                (record::EOF, _) => depth -= 1,
                (record::STRING, 1) => {
                    let (bytes, end) = pieces(&self.stream, &one);
                    place = end;
                    if let Some((row, column)) = pending.take() {
                        let text = Pieces::new(bytes).string().ok_or(Error::WorkbookDamaged)?;
                        sheet.add(row, column, &text)?;
                    }
                }
                (_, 1) => self.add(&one, &mut sheet, &mut pending)?,
                _ => {}
            }
        }
        Err(Error::WorkbookDamaged)
    }
}

/// Name and start of a sheet of cells; charts and macros are none.
fn bound_sheet(bytes: &[u8]) -> Option<(String, usize)> {
    const WORKSHEET: u8 = 0;
    let is_sheet = bytes.get(5) == Some(&WORKSHEET);
    let length = usize::from(*bytes.get(6)?);
    let name = Pieces::new(vec![bytes.get(7..)?]).of_length(length)?;
    is_sheet.then_some((name, long(bytes, 0) as usize))
}

fn double(bytes: &[u8], place: usize) -> f64 {
    f64::from_bits(u64::from(long(bytes, place)) | (u64::from(long(bytes, place + 4)) << 32))
}

/// An RK number (MS-XLS 2.5.217): the upper half of a float or an integer, perhaps in hundredths.
fn compressed(bits: u32) -> f64 {
    let value =
        if bits & 2 != 0 { f64::from(bits.cast_signed() >> 2) } else { f64::from_bits(u64::from(bits & !3) << 32) };
    if bits & 1 != 0 { value / 100.0 } else { value }
}

fn truth_or_error(bytes: &[u8], place: usize, is_error: bool) -> &'static str {
    match (is_error, bytes.get(place)) {
        (true, _) => "#ERROR!",
        (false, Some(0)) => "FALSE",
        (false, _) => "TRUE",
    }
}
