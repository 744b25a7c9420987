//! Apache Kafka: one broker in KRaft mode, from Maven's jars.

use std::{
    fs,
    path::Path,
    sync::{Arc, OnceLock},
};

use super::server::{Server, free_port};

/// What every broker of a test has in common.
const PROPERTIES: &str = include_str!("../../../../infra/engines/server.properties");
const LOGGING: &str = include_str!("../../../../infra/engines/log4j2.properties");

/// A running broker. Clones are the same one.
#[derive(Clone)]
pub struct Kafka {
    bootstrap: String,
    server: Option<Arc<Server>>,
}

impl Kafka {
    /// The one of all tests: `SALDO_TEST_KAFKA=host:port`, else one of this process. Tests share it: each has topics and groups of
    /// its own names.
    pub fn shared() -> Option<Self> {
        static SHARED: OnceLock<Option<Kafka>> = OnceLock::new();
        super::shared("SALDO_TEST_KAFKA", &SHARED, Self::own, Self::bootstrap, Self::at)
    }

    /// One that the test may stop and start again; it keeps its data.
    pub fn own() -> Option<Self> {
        let home = super::tool("kafka", "complete")?;
        let home = home.parent().expect("the file is in the tool's folder");
        let (server, port) = Server::start_on_free_port("kafka", |folder, port| {
            configure(home, folder, port);
            let classes = home.join("lib/*").display().to_string();
            let logging = format!("-Dlog4j2.configurationFile={}", folder.join("log4j2.properties").display());
            let properties = folder.join("server.properties").display().to_string();
            // What starts quickly: it lives for seconds.
            let java = ["java", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", &logging, "-cp", &classes];
            let command = java.into_iter().chain(["kafka.Kafka", &properties]).map(str::to_owned).collect();
            (command, |log: &str| log.contains("Kafka Server started"))
        });
        Some(Self { bootstrap: format!("127.0.0.1:{port}"), server: Some(Arc::new(server)) })
    }

    fn at(address: &str) -> Self {
        Self { bootstrap: address.to_owned(), server: None }
    }

    /// `host:port`, for `bootstrap.servers`.
    pub fn bootstrap(&self) -> String {
        self.bootstrap.clone()
    }

    /// Asks it to end and waits for its end.
    ///
    /// # Panics
    /// It is shared, or does not run.
    pub fn stop(&self) {
        self.server().end("TERM");
    }

    /// Ends it as a crash does (`kill -9`).
    ///
    /// # Panics
    /// It is shared, or does not run.
    pub fn kill(&self) {
        self.server().end("KILL");
    }

    /// Starts it again on its port.
    ///
    /// # Panics
    /// It is shared, or runs.
    pub fn start(&self) {
        self.server().start();
    }

    fn server(&self) -> &Server {
        self.server.as_ref().expect("a broker that other tests use is not stopped")
    }
}

/// Writes the settings of a broker into `folder` and gives it a copy of the storage that was formatted once.
fn configure(home: &Path, folder: &Path, port: u16) {
    let (data, controller) = (folder.join("data"), free_port());
    fs::create_dir(&data).expect("the folder of its data");
    for entry in fs::read_dir(home.join("formatted")).expect("formatted storage") {
        let entry = entry.expect("a file");
        fs::copy(entry.path(), data.join(entry.file_name())).expect("a copy");
    }
    let of_this = format!(
        "listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}\n\
         controller.quorum.voters=1@127.0.0.1:{controller}\nlog.dirs={}\n",
        data.display()
    );
    fs::write(folder.join("server.properties"), format!("{PROPERTIES}{of_this}")).expect("its settings");
    fs::write(folder.join("log4j2.properties"), LOGGING).expect("the settings of its log");
}
