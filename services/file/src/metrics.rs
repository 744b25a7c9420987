//! What the service counts. Labels are bounded: directions, outcomes and the collector's tasks.

use prometheus::{HistogramVec, IntCounterVec, IntGauge};
use saldo_kernel::{Error, Kind, reasons};
use saldo_runtime::Metrics;

/// The counters.
#[derive(Clone)]
pub(crate) struct Counts {
    active: IntGauge,
    transfers: IntCounterVec,
    bytes: IntCounterVec,
    seconds: HistogramVec,
    collected: IntCounterVec,
    missing: IntGauge,
}

/// Which way bytes go.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Direction {
    /// From the caller.
    Upload,
    /// To the caller.
    Download,
}

impl Direction {
    fn word(self) -> &'static str {
        match self {
            Self::Upload => "upload",
            Self::Download => "download",
        }
    }
}

impl Counts {
    pub(crate) fn new(metrics: &Metrics) -> Result<Self, Error> {
        Ok(Self {
            active: metrics.gauge("saldo_file_transfers_active", "Uploads and downloads under way.")?,
            transfers: metrics.counter(
                "saldo_file_transfers_total",
                "Uploads and downloads by how they ended.",
                &["direction", "outcome"],
            )?,
            bytes: metrics.counter("saldo_file_bytes_total", "Plain bytes of files.", &["direction"])?,
            seconds: metrics.seconds("saldo_file_upload_seconds", "Time of an upload.", &["outcome"])?,
            collected: metrics.counter("saldo_file_collected_total", "What the collector removed.", &["what"])?,
            missing: metrics.gauge("saldo_file_missing_objects", "Files whose bytes are gone, in the last check.")?,
        })
    }

    /// Counts a transfer as active until what is returned is dropped.
    pub(crate) fn begin(&self) -> Active {
        self.active.inc();
        Active(self.active.clone())
    }

    pub(crate) fn moved(&self, direction: Direction, bytes: usize) {
        self.bytes.with_label_values(&[direction.word()]).inc_by(bytes as u64);
    }

    pub(crate) fn ended(&self, direction: Direction, outcome: &'static str) {
        self.transfers.with_label_values(&[direction.word(), outcome]).inc();
    }

    pub(crate) fn upload_took(&self, outcome: &'static str, seconds: f64) {
        self.seconds.with_label_values(&[outcome]).observe(seconds);
    }

    pub(crate) fn collected(&self, what: &'static str, count: usize) {
        self.collected.with_label_values(&[what]).inc_by(count as u64);
    }

    pub(crate) fn missing(&self, count: usize) {
        self.missing.set(i64::try_from(count).unwrap_or(i64::MAX));
    }
}

/// A transfer under way.
pub(crate) struct Active(IntGauge);

impl Drop for Active {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// How a transfer ended, in one of a few words.
pub(crate) fn outcome<T>(ended: &Result<T, Error>) -> &'static str {
    match ended {
        Ok(_) => "done",
        Err(error) if error.kind == Kind::Cancelled || error.reason.as_str() == reasons::UPLOAD_BROKEN_OFF.name => {
            "cancelled"
        }
        Err(error) if error.kind.row().ours => "failed",
        Err(_) => "refused",
    }
}
