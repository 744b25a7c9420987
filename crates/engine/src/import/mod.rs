//! From bytes to proved transactions: `survey → encoding → container → table or tagged file → proof`.
//!
//! Each format has a module; [`container`] tells which one a file is. Words that statements use are data, see
//! [`words`]; no bank is known by name.

mod container;
mod dates;
mod encoding;
mod latin;
mod limits;
mod lines;
mod numbers;
mod ofx;
mod onec;
mod phrases;
mod plain;
mod proof;
mod survey;
mod table;
mod text;
mod words;

use std::io::{Read, Seek};

use self::{container::Container, limits::HEAD_BYTES, table::Opened, text::Text, words::Words};
use crate::{Error, Hints, Outcome, Source, Stage, Watch};

/// Reads a file of money movements.
///
/// The source is read from its start, up to three times. Every row that is not empty is a transaction, recognised as
/// something else, or rejected with its line and reason: `counts.read` is the sum of the three.
///
/// # Errors
///
/// A typed refusal for files that hold no readable movements, and [`Error::Cancelled`] where the watch breaks.
pub fn import<S: Read + Seek>(mut source: S, hints: &Hints, watch: &mut dyn Watch) -> Result<Outcome, Error> {
    let survey = survey::survey(&mut source, watch)?;
    if survey.blank {
        return Err(Error::Empty);
    }
    container::refuse_binary(&survey.head)?;
    let encoding = encoding::decide(&survey).ok_or(Error::Binary("unknown"))?;
    let newline = if survey.line_feeds > 0 { b'\n' } else { b'\r' };
    let head = Text::open(&mut source, &encoding, newline)?.head(HEAD_BYTES)?;
    let found =
        Source { encoding: encoding.name.clone(), sha256: survey.sha256, size_bytes: survey.size, ..Source::default() };
    if watch.progress(Stage::Detecting, survey.size, survey.size).is_break() {
        return Err(Error::Cancelled);
    }
    let words = Words::load()?;
    let container = container::of_text(&head)?;
    let file = Opened { source: &mut source, encoding: &encoding, newline, size: survey.size, head: &head };
    match container {
        Container::Table => table::import(file, found, hints, &words, watch),
        Container::Ofx => ofx::import(file, found, &words, watch),
        Container::OneC => onec::import(file, found, hints, &words, watch),
    }
}
