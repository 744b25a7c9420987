//! A delimited table: two passes over the file, the first to decide, the second to read.

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

use self::{
    dialect::Row,
    header::Layout,
    plan::{Plan, Unplanned},
    profile::Profile,
    records::{Dialect, Record, Records},
    rows::Rows,
};
use super::{
    encoding::TextEncoding,
    limits::{MAX_PREAMBLE_ROWS, ROWS_PER_REPORT, SAMPLE_ROWS},
    proof,
    text::Text,
    words::{Meaning, Words},
};
use crate::{Counts, DateOrder, Error, Hints, Import, Outcome, Proof, Source, Stage, Watch};

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

impl<S: Read + Seek> Opened<'_, S> {
    fn records(&mut self, dialect: Dialect) -> Result<Records<'_, S>, Error> {
        Ok(Records::new(Text::open(self.source, self.encoding, self.newline)?, dialect))
    }
}

/// Reads a table. `source` has what is known of the bytes already.
pub(crate) fn import<S: Read + Seek>(
    mut file: Opened<'_, S>,
    source: Source,
    hints: &Hints,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let dialect = dialect::detect(file.head, file.newline, words).ok_or(Error::NotATable)?;
    let rows = dialect::rows(file.head, file.newline, dialect, MAX_PREAMBLE_ROWS + SAMPLE_ROWS);
    let layout = header::find(&rows, words);
    let header = layout.header.and_then(|place| rows.get(place));
    let header_line = header.map_or(0, |row| row.line);
    let size = file.size;
    let profile = profile::profile(&mut file.records(dialect)?, header_line, words, size, watch)?;
    let source = Source {
        format: "csv",
        delimiter: Some(dialect.delimiter.into()),
        header_line: header.map(|row| row.line),
        ..source
    };
    if profile.rows == 0 {
        return without_movements(&mut file, dialect, header, source, words);
    }
    let before = rows.get(..layout.header.unwrap_or(0)).unwrap_or_default();
    let preamble = preamble::read(before, words);
    let headers = header.map(|row| row.cells.as_slice()).unwrap_or_default();
    let plan = match plan::decide(headers, &profile, &preamble, hints, words) {
        Ok(plan) => plan,
        Err(Unplanned::Asked(question)) => return Ok(Outcome::Question(question)),
        Err(Unplanned::Refused(error)) => return Err(refusal(error, &layout, dialect, &rows)),
    };
    let common = plan.common_currency(&profile);
    let mut read = Rows::new(&plan, words, common);
    let stated = |row: &Row| {
        let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
        preamble::stated(&cells, row.line, plan.amounts.decimal, plan.order, common, words)
    };
    read.balances.extend(before.iter().filter_map(stated));
    read_rows(&mut file, dialect, header_line, &mut read, watch)?;
    Ok(Outcome::Import(Box::new(finished(read.finish(), &plan, &profile, source))))
}

fn read_rows<S: Read + Seek>(
    file: &mut Opened<'_, S>,
    dialect: Dialect,
    header_line: u64,
    read: &mut Rows<'_>,
    watch: &mut dyn Watch,
) -> Result<(), Error> {
    let (size, mut rows) = (file.size, 0_u64);
    let mut records = file.records(dialect)?;
    let mut record = Record::default();
    while records.read(&mut record)? {
        if record.line > header_line {
            read.see(&record);
        }
        rows += 1;
        if rows % ROWS_PER_REPORT == 1 && watch.progress(Stage::Reading, records.bytes_read(), size).is_break() {
            return Err(Error::Cancelled);
        }
    }
    Ok(())
}

fn finished(read: Rows<'_>, plan: &Plan, profile: &Profile, source: Source) -> Import {
    let stats = plan.dates.first().map(|place| profile.column(*place).dates);
    let written_out = stats.is_some_and(|stats| stats.sure < stats.count);
    Import {
        proof: proof::prove(&read.transactions, &read.balances),
        source: Source {
            columns: plan.shown(),
            date_order: Some(if written_out { plan.order } else { DateOrder::Ymd }),
            decimal: Some(plan.amounts.decimal),
            currency: plan.common_currency(profile),
            ..source
        },
        transactions: read.transactions,
        counts: read.counts,
        rejected: read.rejected,
        balances: read.balances,
    }
}

/// A table of nothing but a header, if the header is one of movements.
fn without_movements<S: Read + Seek>(
    file: &mut Opened<'_, S>,
    dialect: Dialect,
    header: Option<&Row>,
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
    let mut records = file.records(dialect)?;
    let (mut record, mut counts) = (Record::default(), Counts::default());
    while records.read(&mut record)? {
        if record.line > header.line && !record.is_blank() {
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
        transactions: Vec::new(),
        counts,
        rejected: Vec::new(),
        balances: Vec::new(),
        proof: Proof::None,
    })))
}

/// Text that only looked like a table for a few marks in it is no table.
fn refusal(error: Error, layout: &Layout, dialect: Dialect, rows: &[Row]) -> Error {
    let wide = rows.iter().filter(|row| row.cells.len() > 2).count();
    let is_table = layout.header.is_some() || layout.has_movements || wide * 2 > rows.len();
    if is_table && dialect.delimiter != 0 { error } else { Error::NotATable }
}
