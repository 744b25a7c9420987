//! The cells of one sheet that hold anything, within limits.

use std::collections::BTreeMap;

use crate::{
    Error,
    import::{
        dates,
        limits::{Limits, MAX_CELLS, MAX_UNPACKED_BYTES},
        numbers,
        table::{Record, Row, RowReader, RowSource, is_date, is_movement, meanings},
        words::Words,
        workbook::cells,
    },
};

/// A sheet as rows of text.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// By row from 0: columns from 0, in their order.
    rows: BTreeMap<u32, Vec<(u32, Box<str>)>>,
    cells: u64,
    bytes: u64,
    limits: Limits,
}

impl Sheet {
    pub(super) fn new(name: &str, limits: Limits) -> Self {
        Self { name: name.to_owned(), limits, ..Self::default() }
    }

    /// Adds a cell; row and column count from 0.
    pub(super) fn add(&mut self, row: u32, column: u32, text: &str) -> Result<(), Error> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if column as usize >= self.limits.columns {
            return Err(Error::TooManyColumns { line: u64::from(row) + 1, limit: self.limits.columns as u64 });
        }
        (self.cells, self.bytes) = (self.cells + 1, self.bytes + text.len() as u64);
        if self.cells > MAX_CELLS || self.bytes > MAX_UNPACKED_BYTES {
            return Err(Error::WorkbookTooLarge { limit: MAX_CELLS });
        }
        let cells = self.rows.entry(row).or_default();
        match cells.binary_search_by_key(&column, |cell| cell.0) {
            Ok(place) => cells.get_mut(place).into_iter().for_each(|cell| cell.1 = text.into()),
            Err(place) => cells.insert(place, (column, text.into())),
        }
        if self.rows.len() as u64 > self.limits.rows {
            return Err(Error::TooManyRows { limit: self.limits.rows });
        }
        Ok(())
    }

    /// Rows with a date beside an amount.
    pub(super) fn movements(&self, words: &Words) -> usize {
        let of_row = |row: &&Vec<(u32, Box<str>)>| is_movement(row.iter().map(|cell| &*cell.1), words);
        self.rows.values().filter(of_row).count()
    }

    /// The first rows, with empty cells where there are none.
    pub(super) fn head(&self, most: usize) -> Vec<Row> {
        let row = |(line, cells): (&u32, &Vec<(u32, Box<str>)>)| {
            let width = cells.last().map_or(0, |cell| cell.0 as usize + 1);
            let mut out = vec![String::new(); width];
            for (column, text) in cells {
                out.get_mut(*column as usize).into_iter().for_each(|cell| *cell = text.to_string());
            }
            Row { line: u64::from(*line) + 1, cells: out }
        };
        self.rows.iter().take(most).map(row).collect()
    }

    /// Writes out the dates of columns that a header calls dates and that hold nothing but plausible serial numbers:
    /// programs that export workbooks forget to give such cells the format of a date.
    pub(super) fn spell_dates(&mut self, since_1904: bool, words: &Words) {
        let mut columns: BTreeMap<u32, (bool, u64, u64)> = BTreeMap::new();
        for row in self.rows.values() {
            for (column, text) in row {
                let (headed, serials, others) = columns.entry(*column).or_default();
                if is_serial(text) {
                    *serials += 1;
                } else if *serials == 0 && dates::scan(text, words).is_none() && numbers::scan(text, words).is_none() {
                    *headed = text.len() <= 80 && meanings(text, words).first().is_some_and(|one| is_date(one.meaning));
                } else {
                    *others += 1;
                }
            }
        }
        columns.retain(|_, (headed, serials, others)| *headed && *serials > 0 && *others == 0);
        for (column, text) in self.rows.values_mut().flatten().filter(|cell| columns.contains_key(&cell.0)) {
            let day = if is_serial(text) { text.parse().ok() } else { None };
            if let (Some(day), true) = (day.and_then(|day| cells::date(day, since_1904)), columns.contains_key(column))
            {
                *text = day.into();
            }
        }
    }
}

/// A whole number of days between 1970 and 2100, perhaps with a time.
fn is_serial(text: &str) -> bool {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    whole.len() == 5 && text.parse::<f64>().is_ok_and(|day| (25_569.0..73_051.0).contains(&day))
}

impl RowSource for Sheet {
    fn open(&mut self) -> Result<Box<dyn RowReader + '_>, Error> {
        Ok(Box::new(Reader { rows: self.rows.iter(), done: 0 }))
    }

    fn total(&self) -> u64 {
        self.rows.len() as u64
    }
}

struct Reader<'s> {
    rows: std::collections::btree_map::Iter<'s, u32, Vec<(u32, Box<str>)>>,
    done: u64,
}

impl RowReader for Reader<'_> {
    fn read(&mut self, record: &mut Record) -> Result<bool, Error> {
        let Some((row, cells)) = self.rows.next() else { return Ok(false) };
        self.done += 1;
        record.fill(u64::from(*row) + 1, cells.iter().map(|(column, text)| (*column as usize, &**text)))?;
        Ok(true)
    }

    fn done(&self) -> u64 {
        self.done
    }
}
