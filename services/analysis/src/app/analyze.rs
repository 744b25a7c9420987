//! One file or several in, one report or one question out.

use std::{
    io::{self, Seek},
    ops::ControlFlow,
};

use saldo_engine::{Collection, Hints, Outcome, Union, Watch};
use saldo_kernel::Error;
use saldo_proto::analysis::v1::{Question, Report, Row, Stage};

use crate::{
    narrative::{self, Language},
    report,
};

/// Rows handed over at once.
const ROWS_AT_ONCE: usize = 1_000;

/// Most files of one analysis.
pub const MAX_FILES: usize = 100;

/// One file.
#[derive(Debug)]
pub struct Upload<S> {
    /// As the user calls the file.
    pub name: String,
    /// Its bytes.
    pub content: S,
}

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Job {
    /// Languages of the texts.
    pub languages: Vec<Language>,
    /// Answers to what the file leaves open.
    pub hints: Hints,
    /// How many rows the listener gets, from the first.
    pub rows: usize,
}

/// The end of an analysis that did not fail.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The report.
    Report(Box<Report>),
    /// The file has two readings.
    Question(Question),
}

/// Hears how far the work is. `Break` stops it.
pub trait Listener {
    /// `done` of `total` (0: unknown) in the stage's own unit.
    fn progress(&mut self, stage: Stage, done: u64, total: u64) -> ControlFlow<()>;

    /// The next rows, by number.
    fn rows(&mut self, rows: Vec<Row>) -> ControlFlow<()>;
}

/// Analyses one file, or several as one ledger.
///
/// # Errors
/// A file cannot be read as what it is, or the listener stopped the work (`ANALYSIS_CANCELLED`). Of several files the
/// message names the one.
pub fn analyze<S: io::Read + Seek>(
    uploads: Vec<Upload<S>>,
    job: &Job,
    listener: &mut dyn Listener,
) -> Result<Answer, Error> {
    let (names, union) = match read(uploads, job, listener)? {
        ControlFlow::Break(question) => return Ok(Answer::Question(question)),
        ControlFlow::Continue(read) => read,
    };
    let import = &union.import;
    let analysis = saldo_engine::analyze(import, &mut Stages(listener))?;
    let mut listened = listener.progress(Stage::Writing, 0, 0);
    let files = union.files(job.rows);
    let numbers = 0..files.len();
    for start in numbers.clone().step_by(ROWS_AT_ONCE) {
        if listened.is_continue() {
            let rows = (start..numbers.end.min(start + ROWS_AT_ONCE))
                .filter_map(|place| report::row(import, &analysis, place, *files.get(place)?));
            listened = listener.rows(rows.collect());
        }
    }
    if listened.is_break() {
        return Err(saldo_engine::Error::Cancelled.into());
    }
    let texts = narrative::write(import, &analysis, &job.languages)?;
    Ok(Answer::Report(Box::new(report::report(&names, &union, analysis, texts))))
}

/// Reads every file into one ledger, with the names of the files; breaks with the first that has two readings.
fn read<S: io::Read + Seek>(
    uploads: Vec<Upload<S>>,
    job: &Job,
    listener: &mut dyn Listener,
) -> Result<ControlFlow<Question, (Vec<String>, Union)>, Error> {
    let several = uploads.len() > 1;
    let mut collection = Collection::new(Stages(listener).scratch());
    let mut names = Vec::with_capacity(uploads.len());
    for Upload { name, content } in uploads {
        let of_file = |error: saldo_engine::Error| if several { named(&name, error.into()) } else { error.into() };
        let outcome = saldo_engine::import(content, &job.hints, &mut Stages(listener)).map_err(of_file)?;
        match outcome {
            Outcome::Question(question) => {
                return Ok(ControlFlow::Break(Question { file_name: name, ..report::question(&question) }));
            }
            Outcome::Import(import) => collection.add(*import),
        }
        names.push(name);
    }
    Ok(ControlFlow::Continue((names, collection.union(&mut Stages(listener))?)))
}

/// The error of one of several files.
pub fn named(file: &str, mut error: Error) -> Error {
    error.message = format!("{file}: {}", error.message);
    error.with("file_name", file)
}

/// The engine's stages as the contract names them.
struct Stages<'a>(&'a mut dyn Listener);

impl Watch for Stages<'_> {
    fn progress(&mut self, stage: saldo_engine::Stage, done: u64, total: u64) -> ControlFlow<()> {
        let stage = match stage {
            saldo_engine::Stage::Detecting => Stage::Detecting,
            saldo_engine::Stage::Reading => Stage::Reading,
            saldo_engine::Stage::Enriching => Stage::Enriching,
            saldo_engine::Stage::Computing => Stage::Computing,
        };
        self.0.progress(stage, done, total)
    }
}
