//! A progress bar on standard error, where that is a terminal.

use std::ops::ControlFlow;

use indicatif::{ProgressBar, ProgressStyle};
use saldo_analysis::{Listener, narrative::Language};
use saldo_proto::analysis::v1::{FirstLook, Row, Stage};

use super::words::Words;

/// Shows how far an analysis is; never stops it.
pub(crate) struct Progress {
    bar: ProgressBar,
    words: &'static Words,
}

impl Progress {
    pub(crate) fn new(language: Language) -> Self {
        // The bar hides itself where standard error is not a terminal.
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg:<24} {bar:30} {percent:>3} %") {
            bar.set_style(style);
        }
        Self { bar, words: Words::of(language) }
    }

    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
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

    fn rows(&mut self, _: Vec<Row>) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
