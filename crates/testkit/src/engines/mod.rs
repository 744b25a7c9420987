//! The engines that Saldo stands on, as plain processes on loopback: real components, never imitations.
//!
//! Each has a `shared` one for all tests of a run (`make test` starts them once and names them in the environment; else this
//! process starts its own) and an `own` one that a test may stop and start again. Where an engine is not installed there is
//! none, and a printed line says so. `infra/setup.sh test` installs them.
//!
//! Invariant: however the process that started them ends, the servers end with it and their folders are removed.

mod kafka;
mod postgres;
mod redis;
mod s3;
mod scratch;
mod server;

use std::{env, path::PathBuf, sync::OnceLock};

pub use kafka::Kafka;
pub use postgres::Postgres;
pub use redis::Redis;
pub use s3::S3;
pub use server::run_beside;

/// Which version of what `infra/engines/install.sh` installs.
const VERSIONS: &str = include_str!("../../../../infra/engines/versions");

/// The folder of a tool that was installed for the tests; `None`, with a printed line, where it was not.
fn tool(name: &str, inside: &str) -> Option<PathBuf> {
    let version = VERSIONS.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let version = version.expect("infra/engines/versions names the tool");
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = cache.or_else(|| env::home_dir().map(|home| home.join(".cache"))).unwrap_or_default();
    let path = cache.join("saldo/tools").join(format!("{name}-{version}")).join(inside);
    if path.exists() {
        return Some(path);
    }
    missing(&format!("{name} {version}"));
    None
}

fn missing(what: &str) {
    eprintln!("skipped: {what} is not installed (`make setup-test` installs it)");
}

/// The engine that the environment names, else the one that this process starts at the first call and keeps to its end. Neither
/// can be stopped by a test: `at` makes one of an address alone.
fn shared<T>(
    variable: &str,
    kept: &OnceLock<Option<T>>,
    own: fn() -> Option<T>,
    address: fn(&T) -> String,
    at: fn(&str) -> T,
) -> Option<T> {
    let named = || env::var(variable).ok().filter(|value| !value.is_empty());
    let one = kept.get_or_init(|| named().map_or_else(own, |value| Some(at(&value))));
    one.as_ref().map(|one| at(&address(one)))
}
