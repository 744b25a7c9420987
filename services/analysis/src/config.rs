//! The settings of the analysis.

use std::{path::PathBuf, time::Duration};

use saldo_runtime::{Problem, Settings};
use serde::Deserialize;

/// Section `analysis`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Config {
    pub(crate) max_rows: usize,
    pub(crate) max_file_bytes: u64,
    pub(crate) queue_length: usize,
    pub(crate) max_spool_bytes: u64,
    pub(crate) table_memory_bytes: usize,
    concurrency: usize,
    timeout_seconds: u64,
    stall_timeout_ms: u64,
    spool_dir: PathBuf,
}

impl Config {
    /// Analyses at the same time.
    pub(crate) fn concurrency(&self) -> usize {
        match self.concurrency {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            set => set,
        }
    }

    /// How long one analysis may take.
    pub(crate) fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds)
    }

    /// How long a caller may neither send nor take anything.
    pub(crate) fn stall_timeout(&self) -> Duration {
        Duration::from_millis(self.stall_timeout_ms)
    }

    /// Where files are spooled.
    pub(crate) fn spool_dir(&self) -> PathBuf {
        if self.spool_dir.as_os_str().is_empty() { std::env::temp_dir() } else { self.spool_dir.clone() }
    }
}

/// Tells every problem of the section.
pub(crate) fn check(settings: &Settings, problems: &mut Vec<Problem>) {
    for (key, value, _) in settings.iter().filter(|(key, ..)| key.starts_with("analysis.")) {
        let least = i64::from(!["analysis.concurrency", "analysis.queue_length"].contains(&key));
        if value.as_integer().is_some_and(|number| number < least) {
            problems.push(Problem { key: key.to_owned(), text: format!("must be at least {least}") });
        }
    }
    let spool = settings.text("analysis.spool_dir");
    if !spool.is_empty() && !std::path::Path::new(spool).is_dir() {
        let text = format!("'{spool}' is not a folder");
        problems.push(Problem { key: "analysis.spool_dir".to_owned(), text });
    }
}
