//! Between the work of a kept analysis and who waits for it: how far it is, its rows, and the wish to stop.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use prost::Message;
use saldo_kernel::{Error, Kind, reasons};
use saldo_proto::analysis::v1::{FirstLook, Progress, Row, RowBatch, Stage};
use tokio::sync::watch;

use crate::{DOMAIN, app::analyze::Listener};

/// Encoded batches of rows, each with the number of its first row.
pub(crate) type Batches = Vec<(u32, Vec<u8>)>;

/// Listens to the work.
pub(crate) struct Keeper {
    progress: watch::Sender<Progress>,
    stopped: Arc<AtomicBool>,
    started: Instant,
    timeout: Duration,
    late: bool,
    batches: Batches,
}

/// Stops the work when it is dropped.
pub(crate) struct Stopper(Arc<AtomicBool>);

impl Drop for Stopper {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

impl Keeper {
    pub(crate) fn new(timeout: Duration) -> (Self, watch::Receiver<Progress>, Stopper) {
        let (progress, seen) = watch::channel(Progress::default());
        let stopped = Arc::new(AtomicBool::new(false));
        let stopper = Stopper(Arc::clone(&stopped));
        let keeper = Self { progress, stopped, started: Instant::now(), timeout, late: false, batches: Vec::new() };
        (keeper, seen, stopper)
    }

    /// The rows that came.
    pub(crate) fn into_batches(self) -> Batches {
        self.batches
    }

    /// Why the work was stopped, if it was for its time.
    pub(crate) fn explain(&self, error: Error) -> Error {
        if !self.late || error.kind != Kind::Cancelled {
            return error;
        }
        let seconds = self.timeout.as_secs();
        // It would take as long again: an end, not a failure that may pass.
        let message = format!("The analysis took longer than {seconds} seconds and was stopped.");
        Error::known(&reasons::ANALYSIS_TOO_LONG, DOMAIN, message).with("timeout_seconds", seconds)
    }

    fn go_on(&mut self) -> ControlFlow<()> {
        self.late |= self.started.elapsed() > self.timeout;
        if self.late || self.stopped.load(Ordering::Acquire) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

impl Listener for Keeper {
    fn progress(&mut self, stage: Stage, done: u64, total: u64) -> ControlFlow<()> {
        self.progress.send_replace(Progress { stage: stage.into(), done, total, ahead: 0 });
        self.go_on()
    }

    fn first_look(&mut self, _: FirstLook) -> ControlFlow<()> {
        self.go_on()
    }

    fn rows(&mut self, rows: Vec<Row>) -> ControlFlow<()> {
        if let Some(first) = rows.first().map(|row| row.number) {
            self.batches.push((first, RowBatch { rows }.encode_to_vec()));
        }
        self.go_on()
    }
}
