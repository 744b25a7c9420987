//! Office Open XML workbooks (ECMA-376 part 1, 18): relations, styles, shared strings and the cells of sheets.

use std::{
    collections::HashMap,
    io::{BufRead, Read, Seek},
};

use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};

use super::{
    Workbook,
    cells::{self, Style},
    parts::{Parts, failure},
    sheet::Sheet,
};
use crate::{
    Error, Stage, Watch,
    import::limits::{MAX_CELLS, ROWS_PER_REPORT},
};

/// A workbook with everything but its cells read.
pub(super) struct Xlsx<'s, S> {
    parts: Parts<'s, S>,
    /// Names and parts of the sheets.
    sheets: Vec<(String, String)>,
    strings: Vec<Box<str>>,
    styles: Vec<Style>,
    since_1904: bool,
}

/// Opens a workbook of `size` bytes.
pub(super) fn open<S: Read + Seek>(source: &mut S, size: u64) -> Result<Xlsx<'_, S>, Error> {
    let parts = Parts::open(source, size)?;
    let mut out = Xlsx { parts, sheets: Vec::new(), strings: Vec::new(), styles: Vec::new(), since_1904: false };
    let root = out.relations("_rels/.rels", "")?;
    let of_kind = |relations: &[Relation], kind: &str| {
        relations.iter().find(|one| one.kind.ends_with(kind)).map(|one| one.target.clone())
    };
    let workbook = of_kind(&root, "/officeDocument").unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let relations = out.relations(&format!("{folder}/_rels/{file}.rels"), folder)?;
    out.read_workbook(&workbook, &relations)?;
    if let Some(part) = of_kind(&relations, "/styles") {
        out.read_styles(&part)?;
    }
    if let Some(part) = of_kind(&relations, "/sharedStrings") {
        out.read_strings(&part)?;
    }
    Ok(out)
}

/// One part that another refers to.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl<S: Read + Seek> Xlsx<'_, S> {
    /// The relations of a part; none where it states none.
    fn relations(&mut self, name: &str, folder: &str) -> Result<Vec<Relation>, Error> {
        let mut out = Vec::new();
        let Some(part) = self.parts.part(name)? else { return Ok(out) };
        each(part, |event| {
            let Event::Start(start) = event else { return Ok(true) };
            if start.local_name().as_ref() == "Relationship" {
                let target = attribute(&start, "Target");
                let target = match target.strip_prefix('/') {
                    Some(whole) => whole.to_owned(),
                    None if folder.is_empty() => target,
                    None => format!("{folder}/{target}"),
                };
                out.push(Relation { id: attribute(&start, "Id"), kind: attribute(&start, "Type"), target });
            }
            Ok(true)
        })?;
        Ok(out)
    }

    fn read_workbook(&mut self, name: &str, relations: &[Relation]) -> Result<(), Error> {
        let part = self.parts.part(name)?.ok_or(Error::WorkbookDamaged)?;
        let (sheets, since_1904) = (&mut self.sheets, &mut self.since_1904);
        each(part, |event| {
            let Event::Start(start) = event else { return Ok(true) };
            match start.local_name().as_ref() {
                "workbookPr" => *since_1904 = matches!(attribute(&start, "date1904").as_str(), "1" | "true"),
                "sheet" => {
                    let id = attribute(&start, "id");
                    let target = relations.iter().find(|one| one.id == id && one.kind.ends_with("/worksheet"));
                    sheets.extend(target.map(|one| (attribute(&start, "name"), one.target.clone())));
                }
                _ => {}
            }
            Ok(true)
        })
    }

    fn read_styles(&mut self, name: &str) -> Result<(), Error> {
        let Some(part) = self.parts.part(name)? else { return Ok(()) };
        let (mut formats, mut in_cells, styles) = (HashMap::new(), false, &mut self.styles);
        each(part, |event| {
            match event {
                Event::Start(start) => match start.local_name().as_ref() {
                    "numFmt" => {
                        let style = cells::custom(&attribute(&start, "formatCode"));
                        formats.insert(attribute(&start, "numFmtId"), style);
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id = attribute(&start, "numFmtId");
                        let known = || id.parse().map_or(Style::Number, cells::built_in);
                        styles.push(formats.get(&id).copied().unwrap_or_else(known));
                    }
                    _ => {}
                },
                Event::End(end) => in_cells &= end.local_name().as_ref() != "cellXfs",
                _ => {}
            }
            Ok(true)
        })
    }

    fn read_strings(&mut self, name: &str) -> Result<(), Error> {
        let Some(part) = self.parts.part(name)? else { return Ok(()) };
        let (mut text, strings) = (Rich::default(), &mut self.strings);
        each(part, |event| {
            if text.see(&event, "si") {
                strings.push(std::mem::take(&mut text.text).into());
            }
            if strings.len() as u64 > MAX_CELLS {
                return Err(Error::WorkbookTooLarge { limit: MAX_CELLS });
            }
            Ok(true)
        })
    }
}

impl<S: Read + Seek> Workbook for Xlsx<'_, S> {
    fn count(&self) -> usize {
        self.sheets.len()
    }

    fn since_1904(&self) -> bool {
        self.since_1904
    }

    fn sheet(&mut self, place: usize, watch: &mut dyn Watch) -> Result<Sheet, Error> {
        let Some((name, target)) = self.sheets.get(place) else { return Err(Error::WorkbookDamaged) };
        let mut reader = Cells {
            sheet: Sheet::new(name, watch.limits()),
            strings: &self.strings,
            styles: &self.styles,
            since_1904: self.since_1904,
            at: (0, 0),
            cell: None,
            ended: false,
        };
        // A sheet whose part is missing is one without cells.
        let Some(part) = self.parts.part(target)? else { return Ok(reader.sheet) };
        let mut steps = 0_u64;
        each(part, |event| {
            steps += 1;
            if steps.is_multiple_of(ROWS_PER_REPORT * 16) && watch.progress(Stage::Detecting, 0, 0).is_break() {
                return Err(Error::Cancelled);
            }
            reader.see(&event)?;
            Ok(!reader.ended)
        })?;
        Ok(reader.sheet)
    }
}

/// Reads the cells of one sheet.
struct Cells<'w> {
    sheet: Sheet,
    strings: &'w [Box<str>],
    styles: &'w [Style],
    since_1904: bool,
    /// Row and column of the next cell that does not say it.
    at: (u32, u32),
    cell: Option<Cell>,
    ended: bool,
}

/// A cell while it is read.
struct Cell {
    at: (u32, u32),
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    inline: Rich,
}

impl Cells<'_> {
    fn see(&mut self, event: &Event<'_>) -> Result<(), Error> {
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "row" => {
                    let row = attribute(start, "r").parse::<u32>().ok().and_then(|row| row.checked_sub(1));
                    self.at = (row.unwrap_or(self.at.0), 0);
                }
                "c" => self.cell = Some(self.begin(start)),
                "v" => self.cell.iter_mut().for_each(|cell| cell.in_value = true),
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "row" => self.at = (self.at.0.saturating_add(1), 0),
                "v" => self.cell.iter_mut().for_each(|cell| cell.in_value = false),
                "c" => return self.end(),
                "sheetData" => self.ended = true,
                _ => {}
            },
            _ => {}
        }
        if let Some(cell) = &mut self.cell {
            if cell.in_value {
                push_text(&mut cell.value, event);
            }
            cell.inline.see(event, "is");
        }
        Ok(())
    }

    fn begin(&self, start: &BytesStart<'_>) -> Cell {
        Cell {
            at: position(&attribute(start, "r")).unwrap_or(self.at),
            kind: attribute(start, "t"),
            style: attribute(start, "s").parse().unwrap_or(0),
            value: String::new(),
            in_value: false,
            inline: Rich::default(),
        }
    }

    fn end(&mut self) -> Result<(), Error> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let (row, column) = cell.at;
        self.at = (row, column.saturating_add(1));
        let value = cell.value.trim();
        match cell.kind.as_str() {
            "s" => {
                let text = value.parse::<usize>().ok().and_then(|place| self.strings.get(place));
                // A text that is not there makes the row unreadable, not empty.
                self.sheet.add(row, column, text.map_or("#REF!", |text| text))
            }
            "inlineStr" => self.sheet.add(row, column, &cell.inline.text),
            "str" | "e" | "d" | "b" => self.sheet.add(row, column, value),
            _ => match value.parse::<f64>() {
                Ok(number) => {
                    let style = self.styles.get(cell.style).copied().unwrap_or_default();
                    self.sheet.add(row, column, &cells::shown(number, style, self.since_1904))
                }
                Err(_) => self.sheet.add(row, column, value),
            },
        }
    }
}

/// Text in runs with fonts of their own; what tells its pronunciation does not belong to it.
#[derive(Default)]
struct Rich {
    text: String,
    in_text: bool,
    phonetic: bool,
}

impl Rich {
    /// Whether the element `end` ends with this event.
    fn see(&mut self, event: &Event<'_>, end: &str) -> bool {
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "t" => self.in_text = !self.phonetic,
                "rPh" => self.phonetic = true,
                _ => {}
            },
            Event::End(name) => match name.local_name().as_ref() {
                "t" => self.in_text = false,
                "rPh" => self.phonetic = false,
                name => return name == end,
            },
            _ if self.in_text => push_text(&mut self.text, event),
            _ => {}
        }
        false
    }
}

/// `BC12` as row 11 and column 54.
fn position(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |sum, letter| {
        let place = letter.to_ascii_uppercase().checked_sub(b'A').filter(|place| *place < 26)?;
        sum.checked_mul(26)?.checked_add(u32::from(place) + 1)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// Hands on event after event, while it is told to go on.
fn each(part: impl BufRead, mut see: impl FnMut(Event<'_>) -> Result<bool, Error>) -> Result<(), Error> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().expand_empty_elements = true;
    let (mut buffer, mut depth) = (Vec::new(), 0_u64);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|error| failure(&error))?;
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof if depth > 0 => return Err(Error::WorkbookDamaged),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if !see(event)? {
            return Ok(());
        }
    }
}

/// An attribute by its local name; empty where there is none.
fn attribute(start: &BytesStart<'_>, name: &str) -> String {
    let found = start.attributes().with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name);
    found.map_or_else(String::new, |one| match quick_xml::escape::unescape(&one.value) {
        Ok(text) => text.into_owned(),
        Err(_) => one.value.into_owned(),
    })
}

fn push_text(out: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(text) => out.push_str(text),
        Event::CData(text) => out.push_str(text),
        Event::GeneralRef(reference) => out.push_str(&resolved(reference)),
        _ => {}
    }
}

/// The five entities of XML and numbers; others stay as written.
fn resolved(reference: &BytesRef<'_>) -> String {
    let written = format!("&{};", &**reference);
    quick_xml::escape::unescape(&written).map_or_else(|_| written.clone(), std::borrow::Cow::into_owned)
}
