//! Between the work of one analysis and its caller: tells how far it is, and the work when to stop.

use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

use saldo_kernel::{Error, Kind, reasons};
use saldo_proto::analysis::v1::{FirstLook, Progress, Row, RowBatch, Stage, analyze_response::Part};
use tokio::{runtime::Handle, sync::mpsc::error::SendTimeoutError};

use crate::{
    DOMAIN,
    app::analyze::Listener,
    config::Config,
    rpc::{Answers, message},
};

/// Progress is told at most this often, so that a fast file is not slowed by telling.
const TELL_EVERY: Duration = Duration::from_millis(50);

/// Stops the work where the caller went away or reads no more, and where it takes too long.
pub(crate) struct Teller {
    answers: Answers,
    runtime: Handle,
    timeout: Duration,
    patience: Duration,
    started: Instant,
    told: Option<(Stage, Instant)>,
    stopped: Option<Stopped>,
}

/// Why the work was stopped from here, but for a caller that went away.
#[derive(Clone, Copy)]
enum Stopped {
    Late,
    Unread,
}

impl Teller {
    /// Within a runtime; the work itself runs outside of it.
    pub(crate) fn new(answers: Answers, config: &Config) -> Self {
        let (timeout, patience) = (config.timeout(), config.stall_timeout());
        let (started, runtime) = (Instant::now(), Handle::current());
        Self { answers, runtime, timeout, patience, started, told: None, stopped: None }
    }

    /// Waits a while for a caller that reads slowly.
    fn tell(&mut self, part: Part) -> ControlFlow<()> {
        let sent = self.runtime.block_on(self.answers.send_timeout(Ok(message(part)), self.patience));
        match sent {
            Ok(()) => ControlFlow::Continue(()),
            Err(SendTimeoutError::Closed(_)) => ControlFlow::Break(()),
            Err(SendTimeoutError::Timeout(_)) => {
                self.stopped = Some(Stopped::Unread);
                ControlFlow::Break(())
            }
        }
    }

    /// Why the work was stopped, if it was this that stopped it.
    pub(crate) fn explain(&self, error: Error) -> Error {
        match self.stopped.filter(|_| error.kind == Kind::Cancelled) {
            None => error,
            Some(Stopped::Late) => {
                let seconds = self.timeout.as_secs();
                let message = format!("The analysis took longer than {seconds} seconds and was stopped.");
                Error::known(&reasons::ANALYSIS_TIMED_OUT, DOMAIN, message).with("timeout_seconds", seconds)
            }
            Some(Stopped::Unread) => {
                let seconds = self.patience.as_secs_f64();
                let message = format!("Nothing of the answer was taken for {seconds} seconds.");
                Error::known(&reasons::ANSWER_NOT_READ, DOMAIN, message)
            }
        }
    }
}

impl Listener for Teller {
    fn progress(&mut self, stage: Stage, done: u64, total: u64) -> ControlFlow<()> {
        let now = Instant::now();
        if now.duration_since(self.started) > self.timeout {
            self.stopped = Some(Stopped::Late);
            return ControlFlow::Break(());
        }
        if self.answers.is_closed() {
            return ControlFlow::Break(());
        }
        match self.told {
            Some((before, at)) if before == stage && now.duration_since(at) < TELL_EVERY => ControlFlow::Continue(()),
            _ => {
                self.told = Some((stage, now));
                self.tell(Part::Progress(Progress { stage: stage.into(), done, total, ahead: 0 }))
            }
        }
    }

    fn first_look(&mut self, look: FirstLook) -> ControlFlow<()> {
        self.tell(Part::FirstLook(look))
    }

    fn rows(&mut self, rows: Vec<Row>) -> ControlFlow<()> {
        self.tell(Part::Rows(RowBatch { rows }))
    }
}
