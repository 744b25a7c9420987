//! Redis, as Debian packages it.

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::Command,
    sync::{Arc, OnceLock},
    time::Duration,
};

use super::server::Server;

/// A running Redis. Clones are the same one.
#[derive(Clone)]
pub struct Redis {
    address: String,
    server: Option<Arc<Server>>,
}

impl Redis {
    /// The one of all tests: `SALDO_TEST_REDIS=host:port`, else one of this process.
    pub fn shared() -> Option<Self> {
        static SHARED: OnceLock<Option<Redis>> = OnceLock::new();
        super::shared("SALDO_TEST_REDIS", &SHARED, Self::own, |one| one.address.clone(), Self::at)
    }

    /// One that the test may stop and start again; it keeps its data.
    pub fn own() -> Option<Self> {
        if Command::new("redis-server").arg("--version").output().is_err() {
            super::missing("redis-server");
            return None;
        }
        let (server, port) = Server::start_on_free_port("redis", |folder, port| {
            let folder = folder.display().to_string();
            let number = port.to_string();
            let command = ["redis-server", "--bind", "127.0.0.1", "--port", &number, "--dir", &folder, "--save", ""];
            let durable = ["--appendonly", "yes", "--appendfsync", "no"];
            let command = command.into_iter().chain(durable).map(str::to_owned).collect();
            // While it loads its data it answers, but not with PONG.
            (command, move |log: &str| log.contains("Ready to accept connections") && answers(port))
        });
        Some(Self { address: format!("127.0.0.1:{port}"), server: Some(Arc::new(server)) })
    }

    fn at(address: &str) -> Self {
        Self { address: address.to_owned(), server: None }
    }

    /// `host:port`.
    pub fn address(&self) -> String {
        self.address.clone()
    }

    /// Its address as `redis://host:port`.
    pub fn url(&self) -> String {
        format!("redis://{}", self.address)
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

    /// Lets it hang: connections stay, nothing is answered.
    ///
    /// # Panics
    /// It is shared, or does not run.
    pub fn pause(&self) {
        self.server().send("STOP");
    }

    /// Lets it go on.
    ///
    /// # Panics
    /// It is shared, or does not run.
    pub fn resume(&self) {
        self.server().send("CONT");
    }

    fn server(&self) -> &Server {
        self.server.as_ref().expect("a Redis that other tests use is not stopped")
    }
}

fn answers(port: u16) -> bool {
    let ping = || {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream.write_all(b"PING\r\n")?;
        let mut answer = [0; 5];
        stream.read_exact(&mut answer)?;
        std::io::Result::Ok(answer == *b"+PONG")
    };
    ping().unwrap_or(false)
}
