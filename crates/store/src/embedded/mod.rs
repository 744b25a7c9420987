//! A PostgreSQL server of our own: made, started and stopped by this process, and gone with it however it ends. It
//! listens on a socket in its own folder only, which nobody else can open.

mod binaries;
mod user;

use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal},
};
use saldo_kernel::{Error, reasons};

use self::{binaries::Binaries, user::User};
use crate::DOMAIN;

/// The first start writes a whole cluster; a later one may have to recover from a crash.
const READY_WITHIN: Duration = Duration::from_secs(120);
/// How long a server may take to write what it holds before it is stopped at once.
const STOPPED_WITHIN: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// The longest path of a Unix socket is 107 bytes, and the server adds its own name.
const LONGEST_FOLDER: usize = 85;

/// How the server is kept.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where everything is kept; made if it is not there.
    pub folder: PathBuf,
    /// The folder of `postgres` and `initdb`; found where it is not set.
    pub binaries: Option<PathBuf>,
    /// Whether what is committed is on the disk. Off for tests only.
    pub durable: bool,
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    process: Pid,
    /// Tells when the server has ended.
    ended: Mutex<mpsc::Receiver<io::Result<ExitStatus>>>,
    /// Held while the server runs: the folder has one owner.
    _lock: File,
}

impl Server {
    /// Makes the cluster if there is none, starts the server and waits until it takes connections. Blocks.
    ///
    /// # Errors
    /// There are no binaries, the folder is in use or was made by another version, or the server does not start; the error
    /// says which and quotes its log.
    pub fn start(config: &Config) -> Result<Self, Error> {
        let folder = prepare(&config.folder)?;
        let lock = lock(&folder)?;
        let cluster = folder.join("cluster");
        let made_by = fs::read_to_string(cluster.join("PG_VERSION")).ok();
        let binaries = Binaries::find(config.binaries.as_deref(), made_by.as_deref().map(str::trim))?;
        let user = User::of_server()?;
        if made_by.is_none() {
            make(&binaries, &user, &folder, &cluster)?;
        }
        end_the_last_one(&cluster)?;
        let log = folder.join("postgres.log");
        let mut command = user.command(&binaries.postgres, Some("INT"));
        command.arg("-D").arg(&cluster).arg("-k").arg(&cluster).args(["-c", "listen_addresses="]);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        if !config.durable {
            command.args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]);
        }
        let output = File::create(&log).map_err(|cause| broken("its log cannot be written", cause))?;
        let errors = output.try_clone().map_err(|cause| broken("its log cannot be written", cause))?;
        command.stdin(Stdio::null()).stdout(output).stderr(errors);
        let (process, ended) = spawn_on_a_thread_of_its_own(command)?;
        let server = Self { folder, process, ended: Mutex::new(ended), _lock: lock };
        server.wait_until_ready(&log)?;
        Ok(server)
    }

    /// The address for a client, as the user who made the cluster and may do anything.
    pub fn url(&self, database: &str) -> String {
        url(&self.folder, database)
    }

    /// Kills the server's processes without any warning, as a crash would. For tests of what survives it.
    pub fn kill(self) {
        let _ = rustix::process::kill_process(self.process, Signal::KILL);
        let _ = self.has_ended_within(STOPPED_WITHIN);
    }

    /// Ends connections, writes everything and stops. Blocks.
    pub fn stop(self) {
        drop(self);
    }

    /// How the server ended, if it did so within this time.
    fn has_ended_within(&self, time: Duration) -> Option<String> {
        let ended = self.ended.lock().ok()?.recv_timeout(time);
        match ended {
            Ok(Ok(status)) => Some(status.to_string()),
            Ok(Err(cause)) => Some(cause.to_string()),
            Err(mpsc::RecvTimeoutError::Disconnected) => Some("before".to_owned()),
            Err(mpsc::RecvTimeoutError::Timeout) => None,
        }
    }

    fn wait_until_ready(&self, log: &Path) -> Result<(), Error> {
        let start = Instant::now();
        while start.elapsed() < READY_WITHIN {
            if status(&self.folder.join("cluster")).is_some_and(|(pid, ready)| ready && pid == self.process) {
                return Ok(());
            }
            if let Some(ended) = self.has_ended_within(LOOK_EVERY) {
                return Err(failed(&format!("it ended ({ended})"), log));
            }
        }
        Err(failed("it does not become ready", log))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // `INT` is a fast stop: connections end, everything is written. It has ended already after `kill`.
        let _ = rustix::process::kill_process(self.process, Signal::INT);
        if self.has_ended_within(STOPPED_WITHIN).is_none() {
            tracing::warn!("PostgreSQL does not stop; it is stopped at once and recovers at its next start");
            let _ = rustix::process::kill_process(self.process, Signal::QUIT);
            let _ = self.has_ended_within(STOPPED_WITHIN);
        }
    }
}

/// The address of the server that another process runs in a folder; none if there is none that takes connections.
pub fn url_of_running(folder: &Path, database: &str) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let owned = folder.join("lock").exists() && lock(&folder).is_err();
    let ready = status(&folder.join("cluster")).is_some_and(|(_, ready)| ready);
    (owned && ready).then(|| url(&folder, database))
}

/// The address of the server of a folder, by its socket.
fn url(folder: &Path, database: &str) -> String {
    let socket = folder.join("cluster");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    let bytes = socket.as_os_str().as_encoded_bytes().iter().copied();
    let socket: String =
        bytes.map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect();
    format!("postgres://{}@localhost/{database}?host={socket}", user::SUPERUSER)
}

/// What differs from PostgreSQL's own defaults: small, and quiet.
const SETTINGS: &[&str] = &[
    "shared_buffers=64MB",
    "max_connections=100",
    "max_wal_size=512MB",
    "wal_level=minimal",
    "max_wal_senders=0",
    "log_min_messages=warning",
    "timezone=UTC",
    "log_timezone=UTC",
    // Nothing of ours waits for locks or between statements for long.
    "idle_in_transaction_session_timeout=60s",
];

fn prepare(folder: &Path) -> Result<PathBuf, Error> {
    fs::DirBuilder::new().recursive(true).mode(0o755).create(folder).map_err(|cause| unusable(folder, cause))?;
    let folder = folder.canonicalize().map_err(|cause| unusable(folder, cause))?;
    if folder.as_os_str().len() > LONGEST_FOLDER {
        let message = format!("{} is too long a path for PostgreSQL's socket.", folder.display());
        let error = Error::known(&reasons::DATA_DIR_UNUSABLE, DOMAIN, message);
        return Err(error.hint(format!("Set data.dir to a path of at most {LONGEST_FOLDER} bytes.")));
    }
    Ok(folder)
}

/// One process owns the folder.
fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join("lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|cause| unusable(folder, cause))?;
    match rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(_) => {
            let message = format!("Another Saldo already uses {}.", folder.display());
            Err(Error::known(&reasons::DATA_DIR_IN_USE, DOMAIN, message))
        }
    }
}

/// Writes a new cluster, under another name until it is complete.
fn make(binaries: &Binaries, user: &User, folder: &Path, cluster: &Path) -> Result<(), Error> {
    let unfinished = folder.join("cluster.new");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(|cause| unusable(&unfinished, cause))?;
    }
    fs::DirBuilder::new().mode(0o700).create(&unfinished).map_err(|cause| unusable(&unfinished, cause))?;
    fs::set_permissions(&unfinished, fs::Permissions::from_mode(0o700))
        .map_err(|cause| unusable(&unfinished, cause))?;
    user.own(&unfinished).map_err(|cause| unusable(&unfinished, cause))?;
    let mut command = user.command(&binaries.initdb, None);
    command.arg("-D").arg(&unfinished).args(["-U", user::SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
    // What is not synced here is synced before the server takes connections.
    command.arg("--no-sync").stdin(Stdio::null());
    let made = command.output().map_err(|cause| broken("initdb cannot be run", cause))?;
    if !made.status.success() {
        let text = String::from_utf8_lossy(&made.stderr);
        return Err(not_started(format!("initdb failed: {}", text.trim())));
    }
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|cause| unusable(folder, cause))?;
    fs::rename(&unfinished, cluster).map_err(|cause| unusable(cluster, cause))
}

/// The server of a process that was killed stops by itself, but takes a moment.
fn end_the_last_one(cluster: &Path) -> Result<(), Error> {
    let Some((pid, _)) = status(cluster) else { return Ok(()) };
    let ours = fs::read(format!("/proc/{}/cmdline", pid.as_raw_nonzero())).unwrap_or_default();
    let folder = cluster.as_os_str().as_encoded_bytes();
    // Another program may have the number by now.
    if !ours.split(|byte| *byte == 0).any(|word| word == folder) {
        return Ok(());
    }
    // Without the process there is nothing to wait for.
    let Ok(process) = pidfd_open(pid, PidfdFlags::empty()) else { return Ok(()) };
    let _ = pidfd_send_signal(&process, Signal::INT);
    let limit = Timespec { tv_sec: STOPPED_WITHIN.as_secs().cast_signed(), tv_nsec: 0 };
    match poll(&mut [PollFd::new(&process, PollFlags::IN)], Some(&limit)) {
        Ok(0) => {
            let message = format!("The last PostgreSQL of {} (process {pid:?}) does not end.", cluster.display());
            Err(Error::known(&reasons::DATA_DIR_IN_USE, DOMAIN, message))
        }
        _ => Ok(()),
    }
}

/// The server's process and whether it takes connections, as its own file tells.
fn status(cluster: &Path) -> Option<(Pid, bool)> {
    let text = fs::read_to_string(cluster.join("postmaster.pid")).ok()?;
    let mut lines = text.lines();
    let pid = Pid::from_raw(lines.next()?.trim().parse().ok()?)?;
    Some((pid, lines.nth(6).is_some_and(|status| status.trim() == "ready")))
}

/// The wish that the server ends with us is tied to the thread that starts it, so that thread lives as long as the server.
fn spawn_on_a_thread_of_its_own(mut command: Command) -> Result<(Pid, mpsc::Receiver<io::Result<ExitStatus>>), Error> {
    let (tell_start, start) = mpsc::sync_channel::<io::Result<u32>>(1);
    let (tell_end, ended) = mpsc::sync_channel(1);
    let run = move || {
        let started: io::Result<Child> = command.spawn();
        let _ = tell_start
            .send(started.as_ref().map(Child::id).map_err(|cause| io::Error::new(cause.kind(), cause.to_string())));
        if let Ok(mut child) = started {
            let _ = tell_end.send(child.wait());
        }
    };
    let thread = thread::Builder::new().name("postgres".to_owned()).spawn(run);
    thread.map_err(|cause| broken("no thread can be started for it", cause))?;
    let id = start.recv().map_err(|cause| broken("its thread ended", cause))?;
    let id = id.map_err(|cause| broken("it cannot be run", cause))?;
    let pid = i32::try_from(id).ok().and_then(Pid::from_raw);
    Ok((pid.ok_or_else(|| not_started("it has no process id".to_owned()))?, ended))
}

fn unusable(path: &Path, cause: io::Error) -> Error {
    let message = format!("{} cannot be used: {cause}.", path.display());
    Error::known(&reasons::DATA_DIR_UNUSABLE, DOMAIN, message).caused_by(cause)
}

fn failed(what: &str, log: &Path) -> Error {
    let text = fs::read_to_string(log).unwrap_or_default();
    let last: Vec<_> = text.lines().rev().take(5).collect();
    let last: Vec<_> = last.into_iter().rev().collect();
    not_started(format!("{what}; {} says: {}", log.display(), last.join(" / ")))
}

fn not_started(text: String) -> Error {
    Error::known(&reasons::DATABASE_NOT_STARTED, DOMAIN, format!("PostgreSQL cannot be started: {text}."))
}

fn broken(what: &str, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    not_started(format!("{what}: {cause}")).caused_by(cause)
}
