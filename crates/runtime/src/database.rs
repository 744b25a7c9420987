//! The database of a process, by its settings.

use std::{fs, path::PathBuf, time::Duration};

use saldo_kernel::{Error, reasons};
use saldo_store::{Database, Options, Source, embedded};
use serde::Deserialize;

use crate::{DOMAIN, Problem, Settings};

/// Section `database`.
#[derive(Clone, Debug, Deserialize)]
struct Config {
    url: String,
    url_file: PathBuf,
    binaries: PathBuf,
    migrate: bool,
    connections: u32,
    wait_ms: u64,
}

/// Where this process keeps what is its own.
pub fn data_dir(settings: &Settings) -> PathBuf {
    let set = settings.text("data.dir");
    if !set.is_empty() {
        return PathBuf::from(set);
    }
    let root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let home = || std::env::home_dir().unwrap_or_default().join(".local/share");
    let base = || std::env::var_os("XDG_DATA_HOME").map_or_else(home, PathBuf::from);
    if root { PathBuf::from("/var/lib/saldo") } else { base().join("saldo") }
}

/// Opens the database that the settings name; tells whether its schemas are to be brought to this version now.
///
/// # Errors
/// A server of our own cannot be started, or the address cannot be read.
pub async fn open_database(settings: &Settings) -> Result<(Database, bool), Error> {
    let (options, migrate) = options(settings)?;
    Ok((Database::open(&options).await?, migrate))
}

/// Opens it beside a process that works in it, of whose own server it takes a connection.
///
/// # Errors
/// As [`open_database`].
pub async fn open_database_beside(settings: &Settings) -> Result<Database, Error> {
    Database::open_beside(&options(settings)?.0).await
}

fn options(settings: &Settings) -> Result<(Options, bool), Error> {
    let config: Config = settings.section("database")?;
    let url = match () {
        () if !config.url.is_empty() => config.url,
        () if !config.url_file.as_os_str().is_empty() => {
            let read = fs::read_to_string(&config.url_file).map_err(|cause| {
                let message = format!("database.url_file: {} cannot be read: {cause}.", config.url_file.display());
                Error::known(&reasons::CONFIG_INVALID, DOMAIN, message).caused_by(cause)
            })?;
            read.trim().to_owned()
        }
        () => String::new(),
    };
    let own = url.is_empty();
    let binaries = Some(config.binaries).filter(|folder| !folder.as_os_str().is_empty());
    let folder = data_dir(settings).join("postgres");
    let source =
        if own { Source::Embedded(embedded::Config { folder, binaries, durable: true }) } else { Source::Url(url) };
    let wait = Duration::from_millis(config.wait_ms);
    Ok((Options { source, connections: config.connections, wait }, own || config.migrate))
}

/// Tells every problem of the section.
pub(crate) fn check(settings: &Settings, problems: &mut Vec<Problem>) {
    let mut tell = |key: &str, text: &str| problems.push(Problem { key: key.to_owned(), text: text.to_owned() });
    let url = settings.text("database.url");
    if !url.is_empty() && !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        tell("database.url", "must begin with postgres:// and name a server and a database");
    }
    if !url.is_empty() && !settings.text("database.url_file").is_empty() {
        tell("database.url_file", "is set beside database.url; set one of them");
    }
    for (key, value, _) in
        settings.iter().filter(|(key, ..)| ["database.connections", "database.wait_ms"].contains(key))
    {
        if value.as_integer().is_some_and(|number| !(1..=1_000_000).contains(&number)) {
            tell(key, "must be from 1 to 1,000,000");
        }
    }
}
