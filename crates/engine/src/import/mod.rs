//! From bytes to proved transactions: `survey → archive → encoding → container → table or tagged file → proof`.
//!
//! Each format has a module; [`container`] tells which one a file is. Words that statements use are data, see
//! [`words`]; no bank is known by name.

mod accounts;
mod archive;
pub(crate) mod books;
mod camt;
pub(crate) mod container;
mod date_stats;
pub(crate) mod dates;
pub(crate) mod encoding;
pub(crate) mod fixed;
mod latin;
pub(crate) mod limits;
mod lines;
pub(crate) mod months;
mod mt940;
pub(crate) mod numbers;
mod ofx;
mod onec;
mod phrases;
mod plain;
pub(crate) mod plain_number;
mod proof;
mod qif;
mod scripts;
mod statement;
pub(crate) mod statuses;
pub(crate) mod survey;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod words;
mod workbook;

pub use limits::Limits;

use std::{
    io::{Cursor, Read, Seek},
    ops::ControlFlow,
};

use self::{
    archive::Content,
    container::{Bytes, Container},
    limits::HEAD_BYTES,
    survey::Survey,
    table::Opened,
    text::Text,
    words::Words,
};
use crate::{Error, Hints, Import, Outcome, Scratch, Source, Stage, Transaction, Watch};

/// Reads a file of money movements.
///
/// The source is read from its start, up to three times. Every row that is not empty is a transaction, recognised as
/// something else, or rejected with its line and reason: `counts.read` is the sum of the three.
///
/// # Errors
///
/// A typed refusal for files that hold no readable movements, and [`Error::Cancelled`] where the watch breaks.
pub fn import<S: Read + Seek>(source: S, hints: &Hints, watch: &mut dyn Watch) -> Result<Outcome, Error> {
    check(hints)?;
    let mut watch = Looked { watch, has_looked: false };
    let outcome = read(source, hints, &mut watch)?;
    if let (Outcome::Import(import), false) = (&outcome, watch.has_looked) {
        let first: Vec<Transaction> = import.transactions.iter().take(Import::FIRST_LOOK).collect();
        if watch.first_look(&import.source, &first).is_break() {
            return Err(Error::Cancelled);
        }
    }
    Ok(outcome)
}

/// Refuses a hint that no file could have.
pub(crate) fn check(hints: &Hints) -> Result<(), Error> {
    match hints.currency {
        Some(currency) if !Words::load()?.is_currency(currency) => {
            Err(Error::CurrencyUnknown { code: currency.to_string() })
        }
        _ => Ok(()),
    }
}

/// Knows whether the watch had its first look: tables give it while they are read, other formats at their end.
struct Looked<'w> {
    watch: &'w mut dyn Watch,
    has_looked: bool,
}

impl Watch for Looked<'_> {
    fn progress(&mut self, stage: Stage, done: u64, total: u64) -> ControlFlow<()> {
        self.watch.progress(stage, done, total)
    }

    fn first_look(&mut self, source: &Source, first: &[Transaction]) -> ControlFlow<()> {
        self.has_looked = true;
        self.watch.first_look(source, first)
    }

    fn scratch(&self) -> Scratch {
        self.watch.scratch()
    }

    fn limits(&self) -> Limits {
        self.watch.limits()
    }
}

fn read<S: Read + Seek>(mut source: S, hints: &Hints, watch: &mut dyn Watch) -> Result<Outcome, Error> {
    let survey = survey::survey(&mut source, watch)?;
    if survey.blank {
        return Err(Error::Empty);
    }
    let found = Source { sha256: survey.sha256, size_bytes: survey.size, ..Source::default() };
    let content = match container::of_bytes(&survey.head)? {
        Bytes::Text => return text(&mut source, &survey, found, hints, watch),
        Bytes::Gzip => archive::gunzip(&mut source, survey.size, watch)?,
        Bytes::Zip => match archive::unzip(&mut source, survey.size, watch)? {
            Content::File(content) => content,
            Content::Workbook => {
                return workbook::import(&mut source, workbook::Kind::Xlsx, survey.size, found, hints, watch);
            }
        },
        Bytes::Compound => {
            return workbook::import(&mut source, workbook::Kind::Xls, survey.size, found, hints, watch);
        }
    };
    unpacked(Cursor::new(content), found, hints, watch)
}

/// Reads the one file of an archive. `found` has what is known of the archive.
fn unpacked(
    mut content: Cursor<Vec<u8>>,
    found: Source,
    hints: &Hints,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let survey = survey::survey(&mut content, watch)?;
    if survey.blank {
        return Err(Error::Empty);
    }
    match container::of_bytes(&survey.head)? {
        Bytes::Text => text(&mut content, &survey, found, hints, watch),
        Bytes::Gzip => Err(Error::ArchiveNested),
        Bytes::Zip => match archive::unzip(&mut content, survey.size, watch) {
            Ok(Content::Workbook) => {
                workbook::import(&mut content, workbook::Kind::Xlsx, survey.size, found, hints, watch)
            }
            Err(error @ Error::FormatNotSupported(_)) => Err(error),
            _ => Err(Error::ArchiveNested),
        },
        Bytes::Compound => workbook::import(&mut content, workbook::Kind::Xls, survey.size, found, hints, watch),
    }
}

/// Reads bytes that are text in some encoding.
fn text<S: Read + Seek>(
    source: &mut S,
    survey: &Survey,
    found: Source,
    hints: &Hints,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let encoding = encoding::decide(survey).ok_or(Error::Binary("unknown"))?;
    let newline = survey.newline();
    let head = Text::open(source, &encoding, newline)?.head(HEAD_BYTES)?;
    let found = Source { encoding: encoding.name.clone(), ..found };
    if watch.progress(Stage::Detecting, survey.size, survey.size).is_break() {
        return Err(Error::Cancelled);
    }
    let words = months::of_file(&head, Words::load()?)?;
    let words = words.as_ref();
    let container = container::of_text(&head)?;
    let file = Opened { source, encoding: &encoding, newline, size: survey.size, head: &head };
    match container {
        Container::Table if fixed::is_printed(&head, newline, words) => fixed::import(file, found, hints, words, watch),
        Container::Table => table::import(file, found, hints, words, watch),
        Container::Ofx => ofx::import(file, found, hints, words, watch),
        Container::Mt940 => mt940::import(file, found, words, watch),
        Container::Camt => camt::import(file, found, watch),
        Container::OneC => onec::import(file, found, hints, words, watch),
        Container::Markup(name) => workbook::import_markup(file, name, found, hints, words, watch),
        Container::Qif => qif::import(file, found, hints, words, watch),
    }
}
