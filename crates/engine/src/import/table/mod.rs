//! A table, delimited text or rows from elsewhere: two passes over it, the first to decide, the second to read.

mod chain;
mod currency;
mod dialect;
mod header;
mod money;
mod order;
mod plan;
mod preamble;
mod profile;
mod records;
mod roles;
mod rows;
mod sign;

use std::io::{Read, Seek};

pub(crate) use self::{
    dialect::{Row, delimited_movements, is_movement},
    header::{is_date, is_money, known_words, meanings},
    order::of_dates as order_of,
    plan::decimal_question,
    records::{Record, RowReader, RowSource},
};
use self::{
    header::Layout,
    plan::{Plan, Unplanned},
    profile::Profile,
    records::{Dialect, Records},
    rows::Rows,
};
use super::{
    encoding::TextEncoding,
    limits::{MAX_PREAMBLE_ROWS, ROWS_PER_REPORT, SAMPLE_ROWS},
    text::Text,
    words::{Meaning, Words},
};
use crate::{Counts, DateOrder, Error, Hints, Import, Outcome, Proof, Source, Stage, Transactions, Watch};

/// Rows at the start that header and preamble are found in.
pub(crate) const HEAD_ROWS: usize = MAX_PREAMBLE_ROWS + SAMPLE_ROWS;

/// A file that is known to be text.
pub(crate) struct Opened<'s, S> {
    pub(crate) source: &'s mut S,
    pub(crate) encoding: &'s TextEncoding,
    /// The byte that ends a physical line.
    pub(crate) newline: u8,
    pub(crate) size: u64,
    /// The start of the text.
    pub(crate) head: &'s str,
}

/// Delimited text as a table.
struct Delimited<'s, S> {
    file: Opened<'s, S>,
    dialect: Dialect,
}

impl<S: Read + Seek> RowSource for Delimited<'_, S> {
    fn open(&mut self) -> Result<Box<dyn RowReader + '_>, Error> {
        let text = Text::open(self.file.source, self.file.encoding, self.file.newline)?;
        Ok(Box::new(Records::new(text, self.dialect)))
    }

    fn total(&self) -> u64 {
        self.file.size
    }
}

/// Reads delimited text. `source` has what is known of the bytes already.
pub(crate) fn import<S: Read + Seek>(
    file: Opened<'_, S>,
    source: Source,
    hints: &Hints,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let dialect = dialect::detect(file.head, file.newline, words).ok_or(Error::NotATable)?;
    let head = dialect::rows(file.head, file.newline, dialect, HEAD_ROWS);
    let source = Source { format: "csv", delimiter: Some(dialect.delimiter.into()), ..source };
    import_rows(&mut Delimited { file, dialect }, &head, source, hints, words, watch)
}

/// The header among the first rows of a table, if it has one.
pub(crate) fn header_of(rows: &[Row], words: &Words) -> Option<Vec<String>> {
    let place = header::find(rows, words).header?;
    rows.get(place).map(|row| row.cells.clone())
}

/// Reads a table wherever its rows come from. `rows` are the first [`HEAD_ROWS`] of them.
pub(crate) fn import_rows(
    table: &mut dyn RowSource,
    rows: &[Row],
    source: Source,
    hints: &Hints,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let layout = header::find(rows, words);
    let header = layout.header.and_then(|place| rows.get(place));
    // Rows are counted, for several may start on one physical line.
    let heading = Heading {
        before: rows.get(..layout.header.unwrap_or(0)).unwrap_or_default(),
        header,
        rows: layout.header.map_or(0, |place| place as u64 + 1),
    };
    import_laid_out(table, &heading, source, hints, words, watch).map_err(|error| refusal(error, &layout, rows))
}

/// What stands above the movements of a table.
pub(crate) struct Heading<'r> {
    /// The rows before the header.
    pub(crate) before: &'r [Row],
    pub(crate) header: Option<&'r Row>,
    /// How many rows of the source that is.
    pub(crate) rows: u64,
}

/// Reads a table whose header is known.
pub(crate) fn import_laid_out(
    table: &mut dyn RowSource,
    heading: &Heading<'_>,
    source: Source,
    hints: &Hints,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let Heading { before, header, rows: skipped } = *heading;
    let total = table.total();
    let profile = profile::profile(&mut *table.open()?, skipped, words, total, watch)?;
    let source = Source { header_line: header.map(|row| row.line), ..source };
    if profile.rows == 0 {
        return without_movements(table, header, skipped, source, words);
    }
    let preamble = preamble::read(before, words);
    let headers = header.map(|row| row.cells.as_slice()).unwrap_or_default();
    let plan = match plan::decide(headers, &profile, &preamble, hints, words) {
        Ok(plan) => plan,
        Err(Unplanned::Asked(question)) => return Ok(Outcome::Question(question)),
        Err(Unplanned::Refused(error)) => return Err(error),
    };
    let common = plan.common_currency(&profile);
    let mut read = Rows::new(&plan, words, common, &watch.scratch());
    let stated = |row: &Row| {
        let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
        preamble::stated(&cells, row.line, plan.amounts.decimal, plan.order, common, words)
    };
    read.balances.extend(before.iter().filter_map(stated));
    let source = described(&plan, &profile, source);
    read_rows(table, skipped, &mut read, &source, watch)?;
    Ok(Outcome::Import(Box::new(finished(read.finish(), source)?)))
}

fn read_rows(
    table: &mut dyn RowSource,
    skipped: u64,
    read: &mut Rows<'_>,
    source: &Source,
    watch: &mut dyn Watch,
) -> Result<(), Error> {
    let (total, mut rows) = (table.total(), 0_u64);
    let mut records = table.open()?;
    let mut record = Record::default();
    while records.read(&mut record)? {
        rows += 1;
        if rows > skipped {
            read.see(&record)?;
            if let Some(first) = read.first_look()
                && watch.first_look(source, &first).is_break()
            {
                return Err(Error::Cancelled);
            }
        }
        if rows % ROWS_PER_REPORT == 1 && watch.progress(Stage::Reading, records.done(), total).is_break() {
            return Err(Error::Cancelled);
        }
    }
    Ok(())
}

/// The source as it is understood before its rows are read.
fn described(plan: &Plan, profile: &Profile, source: Source) -> Source {
    let stats = plan.dates.first().map(|place| profile.column(*place).dates);
    let written_out = stats.is_some_and(|stats| stats.sure < stats.count);
    Source {
        columns: plan.shown(),
        date_order: Some(if written_out { plan.order } else { DateOrder::Ymd }),
        decimal: Some(plan.amounts.decimal),
        currency: plan.common_currency(profile),
        ..source
    }
}

fn finished(read: Rows<'_>, source: Source) -> Result<Import, Error> {
    Ok(Import {
        proof: read.prover.prove(&read.balances),
        source,
        transactions: read.transactions.finish()?,
        counts: read.counts,
        rejected: read.rejected,
        balances: read.balances,
    })
}

/// A table of nothing but a header, if the header is one of movements.
fn without_movements(
    table: &mut dyn RowSource,
    header: Option<&Row>,
    skipped: u64,
    source: Source,
    words: &Words,
) -> Result<Outcome, Error> {
    let Some(header) = header else { return Err(Error::NotATable) };
    let known: Vec<Meaning> = header
        .cells
        .iter()
        .filter_map(|cell| header::meanings(cell, words).first().map(|phrase| phrase.meaning))
        .collect();
    if !known.iter().any(|meaning| header::is_date(*meaning)) {
        return Err(Error::NoDateColumn);
    }
    if !known.iter().any(|meaning| header::is_money(*meaning)) {
        return Err(Error::NoAmountColumn);
    }
    let mut records = table.open()?;
    let (mut record, mut counts, mut rows) = (Record::default(), Counts::default(), 0_u64);
    while records.read(&mut record)? {
        rows += 1;
        if rows > skipped && !record.is_blank() {
            // A row without any date is no movement; one with an amount might have been.
            if record.cells().any(|cell| super::numbers::scan(cell, words).is_some()) {
                return Err(Error::NoDateColumn);
            }
            counts.read += 1;
            counts.recognized += 1;
        }
    }
    let currency = header.cells.iter().find_map(|cell| header::currency_of(cell, words));
    Ok(Outcome::Import(Box::new(Import {
        source: Source { currency, ..source },
        transactions: Transactions::default(),
        counts,
        rejected: Vec::new(),
        balances: Vec::new(),
        proof: Proof::None,
    })))
}

/// Text that only looked like a table for a few marks in it is no table.
fn refusal(error: Error, layout: &Layout, rows: &[Row]) -> Error {
    let wide = rows.iter().filter(|row| row.cells.len() > 2).count();
    let is_table = layout.header.is_some() || layout.has_movements || wide * 2 > rows.len();
    match error {
        Error::NoDateColumn | Error::NoAmountColumn | Error::DirectionUnknown { .. } if !is_table => Error::NotATable,
        error => error,
    }
}
