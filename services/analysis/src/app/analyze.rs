//! One file or several in, one report or one question out.

use std::{
    io::{self, Seek},
    ops::ControlFlow,
};

use saldo_engine::{Collection, Hints, Import, Lessons, Limits, Outcome, Scratch, Source, Transaction, Union, Watch};
use saldo_kernel::{Error, reasons};
use saldo_proto::analysis::v1::{Correction, FirstLook, Question, Report, Row, Stage};

use super::forecasts::{Forecaster, forecasts};
use crate::{
    DOMAIN,
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
    /// Where and from which size on files without a name are kept while a large file is analysed.
    pub scratch: Scratch,
    /// How much of a file is read; more is refused.
    pub limits: Limits,
    /// How many rows the listener gets, from the first.
    pub rows: usize,
    /// What the user says of categories; of two of one text the later one holds.
    pub corrections: Vec<Correction>,
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

    /// How the first file is understood and how it begins, once.
    fn first_look(&mut self, look: FirstLook) -> ControlFlow<()>;

    /// The next rows, by number.
    fn rows(&mut self, rows: Vec<Row>) -> ControlFlow<()>;
}

/// Analyses one file, or several as one ledger. `trusted` are files whose categories are right: they are learnt from and
/// not counted.
///
/// # Errors
/// A file cannot be read as what it is, a trusted one states no categories (`NO_CATEGORIES`), or the listener stopped the
/// work (`ANALYSIS_CANCELLED`). Of several files the message names the one. A `forecaster` that fails costs the forecast only.
pub fn analyze<S: io::Read + Seek>(
    uploads: Vec<Upload<S>>,
    trusted: Vec<Upload<S>>,
    job: &Job,
    forecaster: &dyn Forecaster,
    listener: &mut dyn Listener,
) -> Result<Answer, Error> {
    let lessons = match learn(trusted, job, listener)? {
        ControlFlow::Break(question) => return Ok(Answer::Question(question)),
        ControlFlow::Continue(lessons) => lessons,
    };
    let (names, union) = match read(uploads, job, listener)? {
        ControlFlow::Break(question) => return Ok(Answer::Question(question)),
        ControlFlow::Continue(read) => read,
    };
    let import = &union.import;
    let mut analysis = saldo_engine::analyze_taught(import, lessons, &mut Stages::new(job, listener))?;
    let mut listened = listener.progress(Stage::Writing, 0, 0);
    let both = import.transactions.iter().zip(analysis.labels.iter()).zip(union.files(job.rows));
    let mut rows = (1..).zip(both).map(|(number, ((one, label), file))| report::row(number, one, &label, file));
    while listened.is_continue() {
        let batch: Vec<Row> = rows.by_ref().take(ROWS_AT_ONCE).collect();
        if batch.is_empty() {
            break;
        }
        listened = listener.rows(batch);
    }
    drop(rows);
    import.transactions.check()?;
    analysis.labels.check()?;
    if listened.is_break() {
        return Err(saldo_engine::Error::Cancelled.into());
    }
    let forecasts = forecasts(&mut analysis, forecaster);
    let texts = narrative::write(import, &analysis, &job.languages)?;
    let corrected: Vec<&str> = job.corrections.iter().map(|one| one.text.as_str()).collect();
    let unmatched = saldo_engine::unmatched(&corrected, import, &analysis.labels)?;
    let unmatched_corrections =
        unmatched.into_iter().filter_map(|place| corrected.get(place)).map(|text| (*text).to_owned()).collect();
    let report = report::report(&names, &union, analysis, texts);
    Ok(Answer::Report(Box::new(Report { forecasts, unmatched_corrections, ..report })))
}

/// Reads every file into one ledger, with the names of the files; breaks with the first that has two readings.
fn read<S: io::Read + Seek>(
    uploads: Vec<Upload<S>>,
    job: &Job,
    listener: &mut dyn Listener,
) -> Result<ControlFlow<Question, (Vec<String>, Union)>, Error> {
    let several = uploads.len() > 1;
    let mut collection = Collection::new(Stages::new(job, listener).scratch());
    let mut names = Vec::with_capacity(uploads.len());
    for Upload { name, content } in uploads {
        let of_file = |error: Error| if several { named(&name, error) } else { error };
        let mut stages = Stages { shown: names.is_empty().then_some(&*name), ..Stages::new(job, listener) };
        match import(content, &name, job, &mut stages).map_err(of_file)? {
            ControlFlow::Break(question) => return Ok(ControlFlow::Break(question)),
            ControlFlow::Continue(import) => collection.add(import),
        }
        names.push(name);
    }
    Ok(ControlFlow::Continue((names, collection.union(&mut Stages::new(job, listener))?)))
}

/// Reads one file; breaks where it has two readings.
fn import<S: io::Read + Seek>(
    content: S,
    name: &str,
    job: &Job,
    stages: &mut Stages<'_>,
) -> Result<ControlFlow<Question, Import>, Error> {
    Ok(match saldo_engine::import(content, &job.hints, stages)? {
        Outcome::Question(question) => {
            ControlFlow::Break(Question { file_name: name.to_owned(), ..report::question(&question) })
        }
        Outcome::Import(import) => ControlFlow::Continue(*import),
    })
}

/// What the user's corrections and trusted files teach; breaks with the first file that has two readings.
fn learn<S: io::Read + Seek>(
    trusted: Vec<Upload<S>>,
    job: &Job,
    listener: &mut dyn Listener,
) -> Result<ControlFlow<Question, Lessons>, Error> {
    let mut lessons = Lessons::default();
    for Upload { name, content } in trusted {
        let mut stages = Stages::new(job, listener);
        let import = match import(content, &name, job, &mut stages).map_err(|error| named(&name, error))? {
            ControlFlow::Break(question) => return Ok(ControlFlow::Break(question)),
            ControlFlow::Continue(import) => import,
        };
        if lessons.trust(&import, &mut stages)? == 0 {
            return Err(named(&name, no_categories()));
        }
    }
    // After the files: the user's own word is the later one.
    for Correction { text, category } in &job.corrections {
        if !lessons.correct(text, category) {
            return Err(no_correction(text, category));
        }
    }
    Ok(ControlFlow::Continue(lessons))
}

fn no_categories() -> Error {
    let message = "no row of it states a category, so nothing can be learnt from it.";
    Error::known(&reasons::NO_CATEGORIES, DOMAIN, message)
}

fn no_correction(text: &str, category: &str) -> Error {
    let message = format!("'{text}' cannot have the category '{category}': both need letters.");
    Error::known(&reasons::CORRECTION_INVALID, DOMAIN, message)
}

/// The error of one of several files.
pub fn named(file: &str, mut error: Error) -> Error {
    error.message = format!("{file}: {}", error.message);
    error.with("file_name", file)
}

/// The engine's stages as the contract names them.
struct Stages<'a> {
    job: &'a Job,
    listener: &'a mut dyn Listener,
    /// The name of a file that gets a first look.
    shown: Option<&'a str>,
}

impl<'a> Stages<'a> {
    fn new(job: &'a Job, listener: &'a mut dyn Listener) -> Self {
        Self { job, listener, shown: None }
    }
}

impl Watch for Stages<'_> {
    fn progress(&mut self, stage: saldo_engine::Stage, done: u64, total: u64) -> ControlFlow<()> {
        let stage = match stage {
            saldo_engine::Stage::Detecting => Stage::Detecting,
            saldo_engine::Stage::Reading => Stage::Reading,
            saldo_engine::Stage::Enriching => Stage::Enriching,
            saldo_engine::Stage::Computing => Stage::Computing,
        };
        self.listener.progress(stage, done, total)
    }

    fn first_look(&mut self, source: &Source, first: &[Transaction]) -> ControlFlow<()> {
        match self.shown {
            Some(name) => self.listener.first_look(report::first_look(name, source, first)),
            None => ControlFlow::Continue(()),
        }
    }

    fn scratch(&self) -> Scratch {
        self.job.scratch.clone()
    }

    fn limits(&self) -> Limits {
        self.job.limits
    }
}
