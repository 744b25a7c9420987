//! One file in, one report or one question out.

use std::{
    io::{Read, Seek},
    ops::ControlFlow,
    path::PathBuf,
};

use saldo_engine::{Hints, Outcome, Scratch, Source, Transaction, Watch};
use saldo_kernel::Error;
use saldo_proto::analysis::v1::{FirstLook, Question, Report, Row, Stage};

use crate::{
    narrative::{self, Language},
    report,
};

/// Rows handed over at once.
const ROWS_AT_ONCE: usize = 1_000;

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Job {
    /// As the user calls the file.
    pub file_name: String,
    /// Languages of the texts.
    pub languages: Vec<Language>,
    /// Answers to what the file leaves open.
    pub hints: Hints,
    /// Where files without a name are kept while a large file is analysed.
    pub scratch: PathBuf,
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

    /// How the file is understood and how it begins, once.
    fn first_look(&mut self, look: FirstLook) -> ControlFlow<()>;

    /// The next rows, in file order.
    fn rows(&mut self, rows: Vec<Row>) -> ControlFlow<()>;
}

/// Analyses one file.
///
/// # Errors
/// The file cannot be read as what it is, or the listener stopped the work (`ANALYSIS_CANCELLED`).
pub fn analyze<S: Read + Seek>(source: S, job: &Job, listener: &mut dyn Listener) -> Result<Answer, Error> {
    let import = match saldo_engine::import(source, &job.hints, &mut Stages { job, listener })? {
        Outcome::Question(question) => return Ok(Answer::Question(report::question(&question))),
        Outcome::Import(import) => import,
    };
    let analysis = saldo_engine::analyze(&import, &mut Stages { job, listener })?;
    let mut listened = listener.progress(Stage::Writing, 0, 0);
    let both = import.transactions.iter().zip(analysis.labels.iter()).take(job.rows);
    let mut rows = (1..).zip(both).map(|(number, (transaction, label))| report::row(number, transaction, &label));
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
    let texts = narrative::write(&import, &analysis, &job.languages)?;
    Ok(Answer::Report(Box::new(report::report(&job.file_name, &import, analysis, texts))))
}

/// The engine's stages as the contract names them.
struct Stages<'a> {
    job: &'a Job,
    listener: &'a mut dyn Listener,
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
        self.listener.first_look(report::first_look(&self.job.file_name, source, first))
    }

    fn scratch(&self) -> Scratch {
        Scratch { folder: self.job.scratch.clone(), ..Scratch::default() }
    }
}
