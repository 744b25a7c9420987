//! Tables that are served as workbooks: pages of HTML, and SpreadsheetML as Excel 2003 saved it.

use std::{
    collections::BTreeMap,
    io::{Read, Seek},
};

use super::{
    Workbook, cells,
    sheet::Sheet,
    tags::{Piece, Tags, attribute, shown},
};
use crate::{
    Error, Stage, Watch,
    import::{
        limits::{Limits, MAX_CELLS, MAX_RECORD_BYTES, ROWS_PER_REPORT},
        table::Opened,
        text::Text,
    },
};

/// Most worksheets of one file.
const MAX_SHEETS: usize = 256;

/// All sheets of a file.
pub(super) struct Markup {
    sheets: Vec<Sheet>,
}

/// Reads the whole file.
pub(super) fn open<S: Read + Seek>(file: Opened<'_, S>, watch: &mut dyn Watch) -> Result<Markup, Error> {
    let size = file.size;
    let mut tags = Tags::new(Text::open(file.source, file.encoding, file.newline)?);
    let (mut grid, mut steps) = (Grid { limits: watch.limits(), ..Grid::default() }, 0_u64);
    while let Some(piece) = tags.next()? {
        steps += 1;
        if steps % ROWS_PER_REPORT == 1 && watch.progress(Stage::Detecting, tags.bytes_read(), size).is_break() {
            return Err(Error::Cancelled);
        }
        match piece {
            Piece::Open { name, attributes } => grid.open(&name, &attributes, tags.line())?,
            Piece::Close(name) => grid.close(&name)?,
            Piece::Text(text) => grid.text(&text),
        }
    }
    grid.finish()
}

impl Workbook for Markup {
    fn count(&self) -> usize {
        self.sheets.len()
    }

    fn since_1904(&self) -> bool {
        false
    }

    fn sheet(&mut self, place: usize, _watch: &mut dyn Watch) -> Result<Sheet, Error> {
        Ok(self.sheets.get_mut(place).map(std::mem::take).unwrap_or_default())
    }
}

/// A cell that is being read.
struct Cell {
    text: String,
    columns: u32,
    rows: u32,
    is_number: bool,
}

/// Puts cells where they stand.
#[derive(Default)]
struct Grid {
    sheets: Vec<Sheet>,
    /// The next row and column, from 0.
    row: u32,
    column: u32,
    in_row: bool,
    cell: Option<Cell>,
    /// Cells that reach down into rows below: by column their text and how many rows are left, the current one
    /// included.
    hanging: BTreeMap<u32, (String, u32)>,
    cells: u64,
    /// The lines where tables and workbooks begin that have not ended.
    tables: Vec<u64>,
    limits: Limits,
}

impl Grid {
    fn open(&mut self, name: &str, attributes: &str, line: u64) -> Result<(), Error> {
        let number = |wanted: &str| attribute(attributes, wanted).and_then(|value| value.trim().parse::<u32>().ok());
        // The file counts from 1.
        let index = number("index").and_then(|index| index.checked_sub(1));
        match name {
            "workbook" => self.tables.push(line),
            "worksheet" => self.start_sheet(attribute(attributes, "name").unwrap_or_default())?,
            "table" => {
                self.end_row()?;
                self.hanging.clear();
                self.tables.push(line);
            }
            "tr" | "row" => {
                self.end_row()?;
                self.row = index.map_or(self.row, |index| index.max(self.row));
                self.in_row = true;
            }
            "td" | "th" | "cell" => {
                self.end_cell()?;
                self.go_to(index.unwrap_or(0))?;
                let columns = number("colspan").or_else(|| number("mergeacross").map(|more| more.saturating_add(1)));
                let rows = number("rowspan").or_else(|| number("mergedown").map(|more| more.saturating_add(1)));
                let (columns, rows) = (columns.unwrap_or(1).max(1), rows.unwrap_or(1).max(1));
                self.in_row = true;
                self.cell = Some(Cell { text: String::new(), columns, rows, is_number: false });
            }
            "data" => {
                let is_number = attribute(attributes, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("number"));
                self.cell.iter_mut().for_each(|cell| cell.is_number = is_number);
            }
            "br" | "p" | "div" | "li" => self.text(" "),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Error> {
        match name {
            "td" | "th" | "cell" => self.end_cell(),
            "tr" | "row" => self.end_row(),
            "table" | "workbook" => {
                self.tables.pop();
                self.hanging.clear();
                self.end_row()
            }
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.text.len() < MAX_RECORD_BYTES) {
            cell.text.push_str(text);
        }
    }

    fn start_sheet(&mut self, name: &str) -> Result<(), Error> {
        self.end_row()?;
        if self.sheets.len() >= MAX_SHEETS {
            return Err(Error::WorkbookTooLarge { limit: MAX_CELLS });
        }
        (self.row, self.column) = (0, 0);
        self.hanging.clear();
        self.sheets.push(Sheet::new(&shown(name), self.limits));
        Ok(())
    }

    /// Adds the cell that ends, in the first column that no cell of a row above reaches into.
    fn end_cell(&mut self) -> Result<(), Error> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        self.fill_hanging()?;
        let text = shown(&cell.text);
        let value = if cell.is_number { text.parse::<f64>().ok() } else { None };
        let text = value.map_or(text, cells::number);
        self.add(self.column, &text)?;
        let columns = cell.columns.min(self.most_columns());
        if cell.rows > 1 {
            // What reaches over several columns holds its text in the first of them.
            for column in 0..columns {
                let text = if column == 0 { text.clone() } else { String::new() };
                self.hanging.insert(self.column.saturating_add(column), (text, cell.rows));
            }
            let most = self.most_columns();
            self.hanging.retain(|column, _| *column < most);
        }
        self.column = self.column.saturating_add(columns);
        Ok(())
    }

    fn most_columns(&self) -> u32 {
        u32::try_from(self.limits.columns).unwrap_or(u32::MAX)
    }

    /// Goes on to a column that the file names.
    fn go_to(&mut self, column: u32) -> Result<(), Error> {
        let last = column.min(self.most_columns());
        while self.column < last {
            self.fill_hanging()?;
            self.column += u32::from(self.column < last);
        }
        self.column = self.column.max(column);
        Ok(())
    }

    /// Steps over columns that cells of rows above reach into, whose text counts in this row too.
    fn fill_hanging(&mut self) -> Result<(), Error> {
        while let Some((text, _)) = self.hanging.get(&self.column) {
            let text = text.clone();
            self.add(self.column, &text)?;
            self.column += 1;
        }
        Ok(())
    }

    fn add(&mut self, column: u32, text: &str) -> Result<(), Error> {
        if text.is_empty() {
            return Ok(());
        }
        self.cells += 1;
        if self.cells > MAX_CELLS {
            return Err(Error::WorkbookTooLarge { limit: MAX_CELLS });
        }
        if self.sheets.is_empty() {
            self.sheets.push(Sheet::new("", self.limits));
        }
        let row = self.row;
        self.sheets.last_mut().map_or(Ok(()), |sheet| sheet.add(row, column, text))
    }

    fn end_row(&mut self) -> Result<(), Error> {
        self.end_cell()?;
        if !std::mem::take(&mut self.in_row) {
            return Ok(());
        }
        // Only cells that began in rows above are stepped over.
        let behind: Vec<u32> = self.hanging.range(self.column..).map(|(column, _)| *column).collect();
        for column in behind {
            self.column = column;
            self.fill_hanging()?;
        }
        // Each row looks at all of them.
        self.cells += self.hanging.len() as u64;
        for (_, left) in self.hanging.values_mut() {
            *left -= 1;
        }
        (self.row, self.column) = (self.row.saturating_add(1), 0);
        self.hanging.retain(|_, (_, left)| *left > 0);
        Ok(())
    }

    fn finish(mut self) -> Result<Markup, Error> {
        self.end_row()?;
        match self.tables.first() {
            Some(line) => Err(Error::CutOff { line: *line }),
            None => Ok(Markup { sheets: self.sheets }),
        }
    }
}
