//! A progress bar on standard error, where that is a terminal; rows on standard output.

use std::ops::ControlFlow;

use indicatif::{ProgressBar, ProgressStyle};
use saldo_analysis::{Listener, narrative::Language};
use saldo_kernel::Error;
use saldo_proto::analysis::v1::{FirstLook, Row, Stage};

use super::{print, rows, words::Words};

/// Shows how far an analysis is; never stops it.
pub(crate) struct Progress {
    bar: ProgressBar,
    words: &'static Words,
    language: Language,
    /// What went wrong when rows were printed.
    failed: Option<Error>,
}

impl Progress {
    pub(crate) fn new(language: Language) -> Self {
        // The bar hides itself where standard error is not a terminal.
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg:<24} {bar:30} {percent:>3} %") {
            bar.set_style(style);
        }
        Self { bar, words: Words::of(language), language, failed: None }
    }

    /// Takes the bar away.
    ///
    /// # Errors
    /// The rows could not be printed.
    pub(crate) fn clear(self) -> Result<(), Error> {
        self.bar.finish_and_clear();
        self.failed.map_or(Ok(()), Err)
    }
}

impl Listener for Progress {
    fn progress(&mut self, stage: Stage, done: u64, total: u64) -> ControlFlow<()> {
        self.bar.set_message(self.words.stage(stage));
        self.bar.set_length(total.max(1));
        self.bar.set_position(done);
        ControlFlow::Continue(())
    }

    fn first_look(&mut self, _: FirstLook) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn rows(&mut self, batch: Vec<Row>) -> ControlFlow<()> {
        let printed = self.bar.suspend(|| print(&rows(&batch, self.language)));
        self.failed = printed.err();
        if self.failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
