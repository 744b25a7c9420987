//! One file in, one report or one question out.

use std::{
    io::{Read, Seek},
    ops::ControlFlow,
};

use saldo_engine::{Hints, Outcome, Watch};
use saldo_kernel::Error;
use saldo_proto::analysis::v1::{Question, Report, Row, Stage};

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

    /// The next rows, in file order.
    fn rows(&mut self, rows: Vec<Row>) -> ControlFlow<()>;
}

/// Analyses one file.
///
/// # Errors
/// The file cannot be read as what it is, or the listener stopped the work (`ANALYSIS_CANCELLED`).
pub fn analyze<S: Read + Seek>(source: S, job: &Job, listener: &mut dyn Listener) -> Result<Answer, Error> {
    let import = match saldo_engine::import(source, &job.hints, &mut Stages(listener))? {
        Outcome::Question(question) => return Ok(Answer::Question(report::question(&question))),
        Outcome::Import(import) => import,
    };
    let analysis = saldo_engine::analyze(&import, &mut Stages(listener))?;
    let mut listened = listener.progress(Stage::Writing, 0, 0);
    let numbers = 0..import.transactions.len().min(job.rows);
    for start in numbers.clone().step_by(ROWS_AT_ONCE) {
        if listened.is_continue() {
            let rows = (start..numbers.end.min(start + ROWS_AT_ONCE))
                .filter_map(|place| report::row(&import, &analysis, place));
            listened = listener.rows(rows.collect());
        }
    }
    if listened.is_break() {
        return Err(saldo_engine::Error::Cancelled.into());
    }
    let texts = narrative::write(&import, &analysis, &job.languages)?;
    Ok(Answer::Report(Box::new(report::report(&job.file_name, &import, analysis, texts))))
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
