//! The settings of the analysis.

use std::{path::PathBuf, time::Duration};

use saldo_engine::Limits;
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
    max_columns: usize,
    max_table_rows: u64,
    max_statement_rows: u64,
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

    /// How much of a file is read.
    pub(crate) fn limits(&self) -> Limits {
        Limits { columns: self.max_columns, table_rows: self.max_table_rows, rows: self.max_statement_rows }
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

/// As many columns as a spreadsheet has. What some formats keep of a row grows with its columns.
const MOST_COLUMNS: i64 = 16_384;

/// What of the largest number of rows still has a number, with room for several files.
const MOST_ROWS: i64 = 1_000_000_000;

/// Tells every problem of the section.
pub(crate) fn check(settings: &Settings, problems: &mut Vec<Problem>) {
    for (key, value, _) in settings.iter().filter(|(key, ..)| key.starts_with("analysis.")) {
        let (least, most) = match key {
            "analysis.concurrency" | "analysis.queue_length" => (0, i64::MAX),
            "analysis.max_columns" => (1, MOST_COLUMNS),
            "analysis.max_table_rows" | "analysis.max_statement_rows" => (1, MOST_ROWS),
            _ => (1, i64::MAX),
        };
        let text = match value.as_integer() {
            Some(number) if number < least => format!("must be at least {least}"),
            Some(number) if number > most => format!("must be at most {most}"),
            _ => continue,
        };
        problems.push(Problem { key: key.to_owned(), text });
    }
    let spool = settings.text("analysis.spool_dir");
    if !spool.is_empty() && !std::path::Path::new(spool).is_dir() {
        let text = format!("'{spool}' is not a folder");
        problems.push(Problem { key: "analysis.spool_dir".to_owned(), text });
    }
}

#[cfg(test)]
mod tests {
    use saldo_runtime::config::Layers;

    use super::*;

    #[test]
    fn limits_outside_of_what_can_be_kept_are_told() {
        let flags = ["max_columns=0", "max_columns=20000", "max_table_rows=5000000000", "queue_length=0"];
        let told = |flag: &str| {
            let layers = Layers { flags: vec![format!("analysis.{flag}")], ..Layers::default() };
            let (settings, mut problems) = Settings::read(&layers);
            check(&settings, &mut problems);
            problems.into_iter().map(|one| one.text).collect::<String>()
        };
        let texts = flags.map(told);
        assert_eq!(texts, ["must be at least 1", "must be at most 16384", "must be at most 1000000000", ""]);
    }
}
