//! The settings of files and of where they are kept.

use std::{path::PathBuf, time::Duration};

use saldo_kernel::Error;
use saldo_runtime::{Problem, Settings, config::check_url};
use serde::Deserialize;

/// As long as an upload may take at most: what the collector takes for an orphan is twice as old.
const LONGEST_UPLOAD_SECONDS: i64 = 1_800;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Section `file`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Config {
    pub(crate) max_file_bytes: u64,
    quota_bytes: u64,
    retention_days: u32,
    data_key_days: u32,
    link_minutes: u32,
    pub(crate) max_transfers: usize,
    stall_timeout_ms: u64,
    upload_timeout_seconds: u64,
    collect_interval_seconds: u64,
    pub(crate) master_key_file: PathBuf,
}

impl Config {
    /// The most bytes of all files of an organisation.
    pub(crate) fn quota(&self) -> u64 {
        if self.quota_bytes == 0 { u64::MAX } else { self.quota_bytes }
    }

    /// How long a file is kept; none for ever.
    pub(crate) fn retention(&self) -> Option<Duration> {
        (self.retention_days > 0).then(|| DAY * self.retention_days)
    }

    /// For how long a data key is given to new files.
    pub(crate) fn data_key_life(&self) -> Duration {
        DAY * self.data_key_days
    }

    /// How long a link opens its file.
    pub(crate) fn link_life(&self) -> Duration {
        Duration::from_secs(60) * self.link_minutes
    }

    /// How long a caller may neither send nor take anything.
    pub(crate) fn stall_timeout(&self) -> Duration {
        Duration::from_millis(self.stall_timeout_ms)
    }

    /// How long one upload may take.
    pub(crate) fn upload_timeout(&self) -> Duration {
        Duration::from_secs(self.upload_timeout_seconds)
    }

    /// How often the collector works.
    pub(crate) fn collect_interval(&self) -> Duration {
        Duration::from_secs(self.collect_interval_seconds)
    }
}

/// Section `blobs`.
#[derive(Clone, Debug)]
pub(crate) struct BlobsConfig {
    /// The bucket; none for the local folder.
    pub(crate) s3: Option<S3Config>,
}

/// Section `blobs.s3`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct S3Config {
    pub(crate) endpoint: String,
    pub(crate) region: String,
    pub(crate) bucket: String,
    pub(crate) prefix: String,
    pub(crate) path_style: bool,
    pub(crate) access_key: String,
    pub(crate) secret_key_file: PathBuf,
}

impl BlobsConfig {
    /// What the settings say.
    ///
    /// # Errors
    /// A defect of ours: the type does not fit the defaults.
    pub(crate) fn read(settings: &Settings) -> Result<Self, Error> {
        let s3 = if settings.text("blobs.kind") == "s3" { Some(settings.section("blobs.s3")?) } else { None };
        Ok(Self { s3 })
    }
}

/// Tells every problem of both sections.
pub(crate) fn check(settings: &Settings, problems: &mut Vec<Problem>) {
    let mut wrong = |key: &str, text: &str| problems.push(Problem { key: key.to_owned(), text: text.to_owned() });
    for (key, value, _) in settings.iter().filter(|(key, ..)| key.starts_with("file.")) {
        let (least, most) = match key {
            "file.quota_bytes" | "file.retention_days" => (0, i64::from(u32::MAX)),
            "file.upload_timeout_seconds" => (1, LONGEST_UPLOAD_SECONDS),
            "file.link_minutes" => (1, 24 * 60),
            _ => (1, i64::from(u32::MAX)),
        };
        let most = if key.ends_with("_bytes") { i64::MAX } else { most };
        if value.as_integer().is_some_and(|number| !(least..=most).contains(&number)) {
            wrong(key, &format!("must be from {least} to {most}"));
        }
    }
    let kind = settings.text("blobs.kind");
    if !["local", "s3"].contains(&kind) {
        wrong("blobs.kind", &format!("'{kind}' must be local or s3"));
    }
    if kind == "s3" {
        for key in ["blobs.s3.region", "blobs.s3.bucket", "blobs.s3.access_key", "blobs.s3.secret_key_file"] {
            if settings.text(key).is_empty() {
                wrong(key, "must be set where blobs.kind is s3");
            }
        }
    }
    check_url(settings, "blobs.s3.endpoint", problems);
}

#[cfg(test)]
mod tests {
    use saldo_runtime::config::Layers;

    use super::*;

    fn told(flags: &[&str]) -> Vec<String> {
        let layers = Layers { flags: flags.iter().map(ToString::to_string).collect(), ..Layers::default() };
        let (settings, mut problems) = Settings::read(&layers);
        check(&settings, &mut problems);
        problems.into_iter().map(|problem| problem.key).collect()
    }

    #[test]
    fn defaults_fit_and_a_bucket_needs_its_settings() {
        assert_eq!(told(&[]), Vec::<String>::new());
        let missing = ["blobs.s3.bucket", "blobs.s3.access_key", "blobs.s3.secret_key_file"];
        assert_eq!(told(&["blobs.kind=s3"]), missing);
        assert_eq!(told(&["blobs.kind=ftp", "blobs.s3.endpoint=nowhere"]), ["blobs.kind", "blobs.s3.endpoint"]);
    }

    #[test]
    fn numbers_outside_of_their_bounds_are_told() {
        let flags = ["file.upload_timeout_seconds=3600", "file.link_minutes=0", "file.max_file_bytes=0"];
        assert_eq!(told(&flags), ["file.link_minutes", "file.max_file_bytes", "file.upload_timeout_seconds"]);
        assert!(told(&["file.quota_bytes=0", "file.max_file_bytes=50_000_000_000"]).is_empty());
    }
}
