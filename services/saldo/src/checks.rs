//! What `saldo doctor` looks at: whether this machine and these settings let a server run. Nothing is changed.

use std::{
    io,
    net::{TcpListener, TcpStream, ToSocketAddrs},
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use saldo_runtime::{Assembly, Settings};

use crate::modules;

/// How long another server may take to answer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

/// Files that a process has open beside connections and analyses.
const FILES_BESIDE: u64 = 100;

/// Files that an analysis may have open.
const FILES_OF_ANALYSIS: u64 = 8;

/// Tables that an analysis keeps in memory at the same time, and what it takes beside them.
const TABLES: u64 = 4;
const BESIDE_TABLES: u64 = 64 << 20;

/// 1 January 2025, in seconds: before it nobody could have built this program.
const BUILT_AFTER: u64 = 1_735_689_600;

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Ok,
    /// It runs, and may not as it should.
    Warn,
    /// It does not run.
    Fail,
}

/// One thing that was looked at.
#[derive(Clone, Debug)]
pub(crate) struct Check {
    pub(crate) name: String,
    pub(crate) state: State,
    pub(crate) says: String,
    /// What to do; empty where all is well.
    pub(crate) hint: String,
}

impl Check {
    fn ok(name: &str, says: impl Into<String>) -> Self {
        Self { name: name.to_owned(), state: State::Ok, says: says.into(), hint: String::new() }
    }

    fn warn(name: &str, says: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { name: name.to_owned(), state: State::Warn, says: says.into(), hint: hint.into() }
    }

    fn fail(name: &str, says: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { name: name.to_owned(), state: State::Fail, says: says.into(), hint: hint.into() }
    }
}

/// Everything, in the order in which it is told.
pub(crate) fn all(settings: &Settings, problems: Vec<saldo_runtime::Problem>) -> Vec<Check> {
    let mut out = vec![configuration(settings, problems)];
    out.extend(["gateway.listen", "ops.listen", "grpc.listen"].iter().filter_map(|key| port(settings, key)));
    let folder = spool_folder(settings);
    out.push(writable(&folder));
    out.push(space(&folder, number(settings, "analysis.max_spool_bytes")));
    out.push(files(settings));
    out.push(memory(settings));
    out.push(clock(SystemTime::now()));
    out.push(page());
    for key in ["telemetry.otlp_endpoint", "peers.analysis", "peers.forecast"] {
        out.extend(reachable(settings, key));
    }
    out
}

fn configuration(settings: &Settings, mut problems: Vec<saldo_runtime::Problem>) -> Check {
    problems.extend(Assembly::check(&modules::table(), settings));
    if problems.is_empty() {
        return Check::ok("settings", "they fit");
    }
    let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
    Check::fail("settings", lines.join("; "), "`saldo config show` prints every setting with its meaning and value")
}

/// Whether an address can be listened on; nothing where none is set.
fn port(settings: &Settings, key: &str) -> Option<Check> {
    let address = settings.text(key);
    if address.is_empty() {
        return None;
    }
    Some(match TcpListener::bind(address) {
        Ok(_) => Check::ok(key, format!("{address} is free")),
        Err(error) => Check::fail(
            key,
            format!("{address} cannot be listened on: {error}"),
            format!(
                "stop what listens there (a Saldo that runs is one), or choose another with --set {key}=127.0.0.1:0"
            ),
        ),
    })
}

fn spool_folder(settings: &Settings) -> PathBuf {
    match settings.text("analysis.spool_dir") {
        "" => std::env::temp_dir(),
        folder => PathBuf::from(folder),
    }
}

fn writable(folder: &Path) -> Check {
    let name = "analysis.spool_dir";
    match tempfile::tempfile_in(folder) {
        Ok(_) => Check::ok(name, format!("{} can be written", folder.display())),
        Err(error) => {
            let says = format!("{} cannot be written: {error}", folder.display());
            Check::fail(name, says, "give it to the user of the server, or choose another folder")
        }
    }
}

fn space(folder: &Path, wanted: u64) -> Check {
    let name = "disk";
    let Ok(disk) = rustix::fs::statvfs(folder) else {
        return Check::warn(name, "the space cannot be found out", "see that analysis.spool_dir has enough");
    };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let says = format!("{} are free for files of {}", megabytes(free), megabytes(wanted));
    if free >= wanted {
        Check::ok(name, says)
    } else {
        Check::warn(
            name,
            says,
            "lower analysis.max_spool_bytes, or free space: uploads would fail before they are refused",
        )
    }
}

fn files(settings: &Settings) -> Check {
    let name = "open files";
    let analyses = number(settings, "analysis.queue_length") + concurrency(settings);
    let wanted = number(settings, "gateway.max_connections") + analyses + concurrency(settings) * FILES_OF_ANALYSIS;
    let wanted = wanted + FILES_BESIDE;
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    match limit {
        Some(limit) if limit < wanted => Check::warn(
            name,
            format!("the limit is {limit}, {wanted} may be needed"),
            format!("raise it (ulimit -n {wanted}), or lower gateway.max_connections or analysis.queue_length"),
        ),
        Some(limit) => Check::ok(name, format!("the limit is {limit}, {wanted} may be needed")),
        None => Check::ok(name, "there is no limit"),
    }
}

fn memory(settings: &Settings) -> Check {
    let name = "memory";
    let each = number(settings, "analysis.table_memory_bytes").saturating_mul(TABLES).saturating_add(BESIDE_TABLES);
    let wanted = each.saturating_mul(concurrency(settings));
    let Some(free) = available_memory() else {
        return Check::warn(name, "it cannot be found out", format!("analyses may take {}", megabytes(wanted)));
    };
    let says = format!("{} are available, analyses may take {}", megabytes(free), megabytes(wanted));
    if free >= wanted {
        Check::ok(name, says)
    } else {
        Check::warn(name, says, "lower analysis.concurrency or analysis.table_memory_bytes")
    }
}

/// What Linux says can be had without swapping.
fn available_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes.saturating_mul(1_024))
}

/// The time zone does not matter: everything is told in UTC, and dates of statements have none.
fn clock(now: SystemTime) -> Check {
    let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    if seconds >= BUILT_AFTER {
        Check::ok("clock", "it is later than this program")
    } else {
        Check::fail(
            "clock",
            "it is earlier than this program",
            "set the time of the machine: certificates and traces depend on it",
        )
    }
}

fn page() -> Check {
    if saldo_gateway::has_page() {
        Check::ok("page", "it is built in")
    } else {
        Check::warn("page", "it is not built in", "`make web` before the build; the API works without it")
    }
}

/// Whether another server takes connections; nothing where none is set.
fn reachable(settings: &Settings, key: &str) -> Option<Check> {
    let address = settings.text(key);
    if address.is_empty() {
        return None;
    }
    let place = saldo_runtime::config::place_of(address)?;
    Some(match connected(&place) {
        Ok(()) => Check::ok(key, format!("{address} takes connections")),
        Err(error) => {
            let says = format!("{address} cannot be reached: {error}");
            Check::fail(key, says, "start it, or correct the address; a firewall may stand between")
        }
    })
}

/// Tries every address that the name has.
fn connected((host, port): &(String, u16)) -> io::Result<()> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    for address in (host.as_str(), *port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, ANSWERS_WITHIN) {
            Ok(_) => return Ok(()),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn concurrency(settings: &Settings) -> u64 {
    match number(settings, "analysis.concurrency") {
        0 => std::thread::available_parallelism().map_or(1, |count| count.get() as u64),
        set => set,
    }
}

/// A setting that is a number; 0 where it has a problem, which is told by itself.
fn number(settings: &Settings, key: &str) -> u64 {
    let value = settings.iter().find(|(name, ..)| *name == key).and_then(|(_, value, _)| value.as_integer());
    value.and_then(|value| u64::try_from(value).ok()).unwrap_or_default()
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_before_the_program_is_wrong() {
        assert_eq!(clock(UNIX_EPOCH).state, State::Fail);
        assert_eq!(clock(UNIX_EPOCH + Duration::from_secs(BUILT_AFTER)).state, State::Ok);
    }

    #[test]
    fn a_folder_that_is_not_there_cannot_be_written() {
        assert_eq!(writable(Path::new("/nowhere")).state, State::Fail);
    }
}
