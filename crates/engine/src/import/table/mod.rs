//! A table, delimited text or rows from elsewhere: two passes over it, the first to decide, the second to read.

mod amounts;
mod balances;
mod booked;
mod chain;
mod currency;
pub(crate) mod dialect;
mod documents;
mod doubt;
mod formats;
mod grouped;
pub(crate) mod header;
mod headers;
pub(crate) mod heading;
mod kept;
mod ledger;
pub(crate) mod money;
mod order;
mod parties;
pub(crate) mod plan;
pub(crate) mod preamble;
pub(crate) mod profile;
mod purchases;
mod questions;
pub(crate) mod records;
mod roles;
pub(crate) mod rows;
mod sections;
mod shown;
pub(crate) mod sign;
mod statuses;
mod totals;
mod trail;
mod transfers;
mod unquoted;

use std::io::{Read, Seek};

pub(crate) use self::{
    dialect::{Row, delimited_movements, is_movement},
    documents::DocumentWords,
    doubt::{refuse_doubtful, refuse_headed},
    header::{is_date, is_money, known_words, meanings},
    ledger::BooksColumns,
    money::Money as MoneyColumns,
    order::of_dates as order_of,
    plan::Plan,
    questions::{decimal_question, sign_of_cells},
    records::{Record, RowReader, RowSource},
};
use self::{
    header::Layout,
    plan::Unplanned,
    profile::Profile,
    records::{Dialect, Records},
    rows::Rows,
    unquoted::{Joined, Split},
};
use super::{
    books::{Entries, Survey, Surveyor, trial},
    encoding::TextEncoding,
    limits::{MAX_PREAMBLE_ROWS, ROWS_PER_REPORT, SAMPLE_ROWS},
    text::Text,
    words::{Meaning, Words},
};
use crate::{
    Counts, DateOrder, DocumentKind, Error, Hints, Import, Outcome, Proof, Role, Sign, Source, Stage, Transactions,
    Watch,
};

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
    let dialect = Dialect { columns: watch.limits().columns, ..dialect };
    let mut head = dialect::rows(file.head, file.newline, dialect, HEAD_ROWS)?;
    let source = Source { format: "csv", delimiter: Some(dialect.delimiter.into()), ..source };
    let mut table = Delimited { file, dialect };
    match unquoted::find(&head, header::find(&head, words).header, words) {
        Split::At(joins) if dialect.delimiter == b',' => {
            head.iter_mut().for_each(|row| joins.join_row(row));
            import_rows(&mut Joined { table: &mut table, joins }, &head, source, hints, words, watch)
        }
        _ => import_rows(&mut table, &head, source, hints, words, watch),
    }
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
    let is_grouped = doubt::is_grouped(rows, layout.header, words);
    if !is_grouped {
        refuse_headed(rows, layout.header, words)?;
    }
    let heading = layout.header.and_then(|place| heading::of(rows, place, words));
    let above = Above {
        before: rows.get(..heading.as_ref().map_or(0, |heading| heading.first)).unwrap_or_default(),
        header: heading.as_ref().map(|heading| &heading.row),
        rows: heading.as_ref().map_or(0, |heading| heading.end as u64),
        is_grouped,
    };
    import_laid_out(table, &above, source, hints, words, watch).map_err(|error| refusal(error, &layout, rows))
}

/// What stands above the movements of a table.
pub(crate) struct Above<'r> {
    /// The rows before the header.
    pub(crate) before: &'r [Row],
    pub(crate) header: Option<&'r Row>,
    /// How many rows of the source that is; several may start on one physical line.
    pub(crate) rows: u64,
    /// Accounts are headings between the rows.
    pub(crate) is_grouped: bool,
}

/// Reads a table whose header is known.
pub(crate) fn import_laid_out(
    table: &mut dyn RowSource,
    above: &Above<'_>,
    source: Source,
    hints: &Hints,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let Above { before, header, rows: skipped, is_grouped } = *above;
    let sure = Hints { sign: Some(Sign::PlusIn), ..hints.clone() };
    // A debit raises what a money account has.
    let hints = if is_grouped { &sure } else { hints };
    let total = table.total();
    let profile = profile::profile(&mut *table.open()?, skipped, words, total, watch)?;
    let source = Source { header_line: header.map(|row| row.line), ..source };
    let preamble = preamble::read(before, words);
    if profile.rows == 0 {
        if let Some((header, columns)) = header.and_then(|row| Some((row, trial::columns(&row.cells, words)?))) {
            let currency = header.cells.iter().find_map(|cell| header::currency_of(cell, words));
            let currency = currency.or(preamble.currency).or(hints.currency);
            if let Some(outcome) = trial::import(table, header, &columns, currency, source.clone(), hints, words)? {
                return Ok(outcome);
            }
        }
        return without_movements(table, header, skipped, source, words);
    }
    let headers = header.map(|row| row.cells.as_slice()).unwrap_or_default();
    let decide = |may_be_books| plan::decide(headers, &profile, &preamble, hints, words, may_be_books);
    let may_be_books = if is_grouped { None } else { decide(true).ok() };
    let may_be_books = may_be_books.and_then(|plan| plan.of_books(&preamble, words));
    let (plan, survey) = match books_of(table, may_be_books, skipped, words, watch)? {
        Some((plan, survey)) => (plan, Some(survey)),
        None => match decide(false) {
            Ok(plan) => (plan, None),
            Err(Unplanned::Asked(question)) => return Ok(Outcome::Question(question)),
            Err(Unplanned::Refused(error)) => return Err(error),
        },
    };
    let plan = match is_grouped {
        true => {
            let groups = grouped::survey(table, skipped, &plan, words)?;
            plan.of_groups(groups)
        }
        false => plan,
    };
    refuse_doubtful(&plan, &profile, &preamble, words)?;
    let common = plan.common_currency(&profile);
    let mut read = Rows::new(&plan, words, common, &watch.scratch());
    read.books = survey.as_ref().map(|survey| Entries::new(&plan, survey, words));
    let stated = |row: &Row| {
        let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
        preamble::stated(&cells, row.line, plan.amounts.decimal, plan.order, common, words)
    };
    read.balances.extend(before.iter().filter_map(stated));
    let source = described(with_kind(source, survey.as_ref(), &plan, words), &plan, &profile, words);
    read_rows(table, skipped, watch, &mut |record, watch| {
        read.see(record)?;
        match read.first_look() {
            Some(first) if watch.first_look(&source, &first).is_break() => Err(Error::Cancelled),
            _ => Ok(()),
        }
    })?;
    let on_day = preamble::on_day(before, plan.amounts.decimal, plan.order, common, words);
    let import = finished(read.finish(on_day)?, &plan, source)?;
    let proof = survey.and_then(|survey| survey.proof).unwrap_or(import.proof);
    Ok(Outcome::Import(Box::new(Import { proof, ..import })))
}

/// The plan of a table of books and what a pass over its rows shows; `None` where it is none.
fn books_of(
    table: &mut dyn RowSource,
    plan: Option<Plan>,
    skipped: u64,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Option<(Plan, Survey)>, Error> {
    let Some(plan) = plan else { return Ok(None) };
    let Some(shape) = &plan.books else { return Ok(None) };
    let mut rows = Rows::new(&plan, words, None, &watch.scratch());
    let mut surveyor = Surveyor::new(&plan, shape, words);
    read_rows(table, skipped, watch, &mut |record, _| {
        if let Ok(Some(row)) = rows.movement(record) {
            surveyor.see(record, &row);
        }
        Ok(())
    })?;
    Ok(surveyor.finish()?.map(|survey| (plan, survey)))
}

/// The kind of document with the headers that tell it.
pub(crate) fn with_kind(source: Source, survey: Option<&Survey>, plan: &Plan, words: &Words) -> Source {
    match (survey, &plan.document) {
        (Some(survey), _) => Source {
            kind: DocumentKind::Ledger,
            kind_evidence: plan.ledger_headers(words),
            basis: survey.basis,
            ..source
        },
        (None, Some(document)) => Source { kind: document.kind, kind_evidence: document.evidence.clone(), ..source },
        (None, None) => source,
    }
}

fn read_rows(
    table: &mut dyn RowSource,
    skipped: u64,
    watch: &mut dyn Watch,
    see: &mut dyn FnMut(&Record, &mut dyn Watch) -> Result<(), Error>,
) -> Result<(), Error> {
    let (total, mut rows) = (table.total(), 0_u64);
    let mut records = table.open()?;
    let mut record = Record::default();
    while records.read(&mut record)? {
        rows += 1;
        if rows > skipped {
            see(&record, watch)?;
        }
        if rows % ROWS_PER_REPORT == 1 && watch.progress(Stage::Reading, records.done(), total).is_break() {
            return Err(Error::Cancelled);
        }
    }
    Ok(())
}

/// What the plan says about how the file is understood.
pub(crate) fn described(source: Source, plan: &Plan, profile: &Profile, words: &Words) -> Source {
    let stats = plan.dates.first().map(|place| profile.column(*place).dates);
    let written_out = stats.is_some_and(|stats| stats.sure < stats.count);
    let columns = plan.shown();
    Source {
        by_card: columns.iter().any(|column| column.role == Role::Account && words.is_card(&column.header)),
        columns,
        date_order: Some(if written_out { plan.order } else { DateOrder::Ymd }),
        decimal: Some(plan.amounts.decimal),
        sign: plan.sign(),
        currency: plan.common_currency(profile),
        ..source
    }
}

fn finished(read: Rows<'_>, plan: &Plan, source: Source) -> Result<Import, Error> {
    Ok(Import {
        proof: match &plan.document {
            Some(_) => read.sums.proof(),
            None => read.proof(),
        },
        source,
        transactions: read.transactions.finish()?,
        counts: read.counts,
        rejected: read.rejected,
        balances: read.balances,
        accounts: read.accounts,
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
        accounts: Vec::new(),
    })))
}

/// Text that only looked like a table for a few marks in it is no table.
pub(crate) fn refusal(error: Error, layout: &Layout, rows: &[Row]) -> Error {
    let wide = rows.iter().filter(|row| row.cells.len() > 2).count();
    let is_table = layout.header.is_some() || layout.has_movements || wide * 2 > rows.len();
    match error {
        Error::NoDateColumn | Error::NoAmountColumn if !is_table => Error::NotATable,
        error => error,
    }
}
