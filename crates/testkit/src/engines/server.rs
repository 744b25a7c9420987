//! One server process: started on a free port, ended by its process id, never left behind.

use std::{
    fs::{self, File},
    hash::{BuildHasher, RandomState},
    io,
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Mutex, MutexGuard, OnceLock, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(60);
/// A free port may be taken before the server does: it is tried on others.
const PORTS_TRIED: usize = 5;

/// A server, its folder and its process while it runs.
pub(super) struct Server {
    name: &'static str,
    folder: PathBuf,
    /// The command with its arguments.
    command: Vec<String>,
    /// Tells from the log whether it answers.
    ready: Box<dyn Fn(&str) -> bool + Send + Sync>,
    child: Mutex<Option<Child>>,
}

impl Server {
    /// Starts what `of` makes of a folder and a free port, and gives that port.
    ///
    /// # Panics
    /// It does not start on any of some ports.
    pub(super) fn start_on_free_port<R: Fn(&str) -> bool + Send + Sync + 'static>(
        name: &'static str,
        of: impl Fn(&Path, u16) -> (Vec<String>, R),
    ) -> (Self, u16) {
        crate::tls::install();
        let mut failure = String::new();
        for _ in 0..PORTS_TRIED {
            let (folder, port) = (super::scratch::folder(name), free_port());
            let (command, ready) = of(&folder, port);
            let server = Self { name, folder, command, ready: Box::new(ready), child: Mutex::default() };
            match server.try_start() {
                Ok(()) => return (server, port),
                Err(log) => failure = log,
            }
        }
        panic!("{name} did not start:\n{failure}");
    }

    /// Starts it again, with its port and its data.
    ///
    /// # Panics
    /// It runs already, or does not start.
    pub(super) fn start(&self) {
        self.try_start().unwrap_or_else(|log| panic!("{} did not start again:\n{log}", self.name));
    }

    /// Asks it to end by `signal` and waits for its end.
    ///
    /// # Panics
    /// It does not run.
    pub(super) fn end(&self, signal: &str) {
        self.send(signal);
        if let Some(mut child) = self.child().take() {
            child.wait().expect("its end");
        }
    }

    /// Sends it a signal.
    ///
    /// # Panics
    /// It does not run.
    pub(super) fn send(&self, signal: &str) {
        let id = self.child().as_ref().map(Child::id).unwrap_or_else(|| panic!("{} does not run", self.name));
        let sent = Command::new("kill").args(["-s", signal, &id.to_string()]).status().expect("kill runs");
        assert!(sent.success(), "{} has ended by itself:\n{}", self.name, self.log());
    }

    /// Starts it and waits until it answers.
    ///
    /// # Errors
    /// It ended instead, or does not answer: its log.
    #[expect(clippy::disallowed_methods, reason = "a log file tells nobody that it has grown")]
    fn try_start(&self) -> Result<(), String> {
        let mut kept = self.child();
        assert!(kept.is_none(), "{} runs already", self.name);
        let log = File::create(self.log_file()).expect("a log file");
        let errors = log.try_clone().expect("the same log file");
        let (program, arguments) = self.command.split_first().expect("a command");
        let mut command = with_us("KILL", program);
        // A group of its own: an interrupt from the terminal is not for it.
        command.args(arguments).stdin(Stdio::null()).stdout(log).stderr(errors).process_group(0);
        let mut child = spawn(command).unwrap_or_else(|error| panic!("{program}: {error}"));
        let start = Instant::now();
        while !(self.ready)(&self.log()) {
            let ended = child.try_wait().expect("its state").is_some();
            if ended || start.elapsed() > PATIENCE {
                end_now(&mut child);
                return Err(self.log());
            }
            thread::sleep(Duration::from_millis(10));
        }
        *kept = Some(child);
        Ok(())
    }

    fn child(&self) -> MutexGuard<'_, Option<Child>> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn log_file(&self) -> PathBuf {
        self.folder.join("log")
    }

    fn log(&self) -> String {
        fs::read(self.log_file()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child().take() {
            end_now(&mut child);
        }
        // What cannot be removed now is removed with the whole folder at the end.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn end_now(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}

/// Runs a command of the user's beside the servers and waits for its end; it ends too if this process is ended.
///
/// # Errors
/// It cannot be started.
pub fn run_beside(program: &str, arguments: &[String], environment: &[(&str, String)]) -> io::Result<ExitStatus> {
    let mut command = with_us("TERM", program);
    command.args(arguments).envs(environment.iter().map(|(name, value)| (name, value)));
    spawn(command)?.wait()
}

/// `program`, which gets `signal` when this process ends.
fn with_us(signal: &str, program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", signal, "--", program]);
    command
}

/// Starts a process from a thread that lives as long as this process: the signal comes when the *thread* ends that started it.
fn spawn(command: Command) -> io::Result<Child> {
    type Order = (Command, mpsc::Sender<io::Result<Child>>);
    static STARTER: OnceLock<Mutex<mpsc::Sender<Order>>> = OnceLock::new();
    let starter = STARTER.get_or_init(|| {
        let (sender, orders) = mpsc::channel::<Order>();
        thread::spawn(move || {
            for (mut command, answer) in orders {
                // Who ordered it waits for the answer.
                let _ = answer.send(command.spawn());
            }
        });
        Mutex::new(sender)
    });
    let (answer, started) = mpsc::channel();
    let order = starter.lock().unwrap_or_else(PoisonError::into_inner).send((command, answer));
    order.expect("the thread that starts processes lives");
    started.recv().expect("its answer")
}

/// A port on loopback that nothing listens on. It is none of those that the system gives to outgoing connections, so that it stays
/// free while a server is away.
pub(super) fn free_port() -> u16 {
    const FIRST: u64 = 15_000;
    const COUNT: u64 = 16_000;
    let random = RandomState::new();
    (0_u64..)
        .map(|number| u16::try_from(FIRST + random.hash_one(number) % COUNT).expect("a port"))
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("a free port")
}
