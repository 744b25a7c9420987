//! The real program, run as a user runs it.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::Arc,
};

use tempfile::TempDir;

use crate::{engines::Postgres, tls};

/// A running `saldo serve`; it is killed when it is dropped.
pub struct Program {
    child: Child,
    lines: Vec<String>,
    arguments: Vec<String>,
    own: Arc<Own>,
}

/// What a program keeps things in: nobody else uses them, and they end with the test.
pub(crate) struct Own {
    folder: TempDir,
    database: Option<String>,
}

impl Own {
    pub(crate) fn new() -> Self {
        // PostgreSQL runs as a user of its own where the tests are root.
        let open = fs::Permissions::from_mode(0o755);
        let folder = tempfile::Builder::new().permissions(open).tempdir().expect("a temporary folder");
        // A test may be asynchronous itself: its thread must not wait for another runtime.
        let database = std::thread::spawn(|| {
            let postgres = Postgres::shared()?;
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            Some(runtime.block_on(postgres.empty_database()))
        });
        Self { folder, database: database.join().expect("a database") }
    }

    /// On this database.
    pub(crate) fn on(url: String) -> Self {
        let open = fs::Permissions::from_mode(0o755);
        let folder = tempfile::Builder::new().permissions(open).tempdir().expect("a temporary folder");
        Self { folder, database: Some(url) }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The settings that name them, each `key=value`.
    pub(crate) fn pairs(&self) -> Vec<String> {
        let mut settings = vec![format!("data.dir={}", self.folder.path().display())];
        if let Some(url) = &self.database {
            settings.extend([format!("database.url={url}"), "database.migrate=true".to_owned()]);
        }
        settings
    }

    fn settings(&self) -> Vec<String> {
        self.pairs().into_iter().flat_map(|one| ["--set".to_owned(), one]).collect()
    }
}

impl Program {
    /// Runs `saldo serve` with `arguments` on free ports, with a database and a folder of its own, and waits until it is ready.
    ///
    /// # Panics
    /// It does not become ready.
    pub fn serve(arguments: &[&str]) -> Self {
        Self::start(arguments.iter().map(ToString::to_string).collect(), Arc::new(Own::new()))
    }

    /// Stops it and runs it again with the same arguments, on what it has kept.
    ///
    /// # Panics
    /// It ends with a failure, or does not become ready again.
    pub fn again(self) -> Self {
        let (arguments, own) = (self.arguments.clone(), Arc::clone(&self.own));
        self.stop();
        Self::start(arguments, own)
    }

    /// Kills it (`kill -9`), so that it can finish nothing, and runs it again with the same arguments, on what it has kept.
    ///
    /// # Panics
    /// It does not become ready.
    pub fn crashed(self) -> Self {
        let (arguments, own) = (self.arguments.clone(), Arc::clone(&self.own));
        drop(self);
        Self::start(arguments, own)
    }

    /// Kills it (`kill -9`), so that it can finish nothing.
    pub fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Runs another one with other arguments on the same database and folder.
    ///
    /// # Panics
    /// It does not become ready.
    pub fn beside(&self, arguments: &[&str]) -> Self {
        Self::start(arguments.iter().map(ToString::to_string).collect(), Arc::clone(&self.own))
    }

    pub(crate) fn start(arguments: Vec<String>, own: Arc<Own>) -> Self {
        tls::install();
        let mut child = program()
            .arg("serve")
            .args(["--set", "gateway.listen=127.0.0.1:0", "--set", "ops.listen=127.0.0.1:0"])
            .args(own.settings())
            .args(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let output = child.stdout.take().expect("its output");
        // The last line that it prints when it is ready names the health address.
        let mut lines = Vec::new();
        let mut reader = BufReader::new(output).lines();
        let mut wanted = vec!["  health "];
        if arguments.iter().any(|argument| argument.starts_with("grpc.listen=")) {
            wanted.push("  grpc ");
        }
        while !wanted.iter().all(|start| lines.iter().any(|line: &String| line.starts_with(start))) {
            match reader.next() {
                Some(Ok(line)) => lines.push(line),
                _ => panic!("saldo serve {arguments:?} ended before it was ready: {lines:?}"),
            }
        }
        Self { child, lines, arguments, own }
    }

    /// The address of the page and the API, without a slash at its end.
    pub fn url(&self) -> String {
        self.address("open")
    }

    /// The address of health and metrics.
    pub fn ops(&self) -> String {
        self.address("health").split_once("/readyz").expect("the health address").0.to_owned()
    }

    /// The address for other processes.
    pub fn grpc(&self) -> String {
        self.address("grpc")
    }

    /// The folder of its data.
    pub fn folder(&self) -> &Path {
        self.own.folder.path()
    }

    /// Asks it to stop, as a supervisor does.
    ///
    /// # Panics
    /// It has ended already.
    pub fn ask_to_stop(&self) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status().expect("kill runs");
        assert!(asked.success());
    }

    /// Asks it to stop and waits for its end.
    ///
    /// # Panics
    /// It ends with a failure.
    pub fn stop(self) {
        self.ask_to_stop();
        self.ended_well();
    }

    /// Waits for its end.
    ///
    /// # Panics
    /// It ends with a failure.
    pub fn ended_well(mut self) {
        assert!(self.child.wait().expect("its end").success(), "saldo serve did not end well");
    }

    fn address(&self, name: &str) -> String {
        let line = self.lines.iter().find(|line| line.trim_start().starts_with(name));
        let line = line.unwrap_or_else(|| panic!("no line {name} in {:?}", self.lines));
        line.trim_start().trim_start_matches(name).trim().to_owned()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended already where `stop` was called.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs one command to its end.
///
/// # Panics
/// The program cannot be started.
pub fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().expect("the program starts")
}

/// A file of the corpus of real statements that stands beside the repository; `None`, with a printed line, where it
/// does not.
pub fn shared_data(path: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if file.exists() {
        return Some(file);
    }
    eprintln!("skipped: {path} of the corpus is not there");
    None
}

/// The program without what names the engines of the tests: to the program those are settings that it does not know.
pub(crate) fn program() -> Command {
    let mut command = Command::new(binary());
    for (name, _) in env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"SALDO_TEST_")) {
        command.env_remove(name);
    }
    command
}

/// The program that was built with this test.
fn binary() -> PathBuf {
    let test = env::current_exe().expect("the test's own path");
    let built = test.ancestors().nth(2).expect("the folder of the build").join("saldo");
    assert!(built.exists(), "{} is not there: run `cargo build` first", built.display());
    built
}
