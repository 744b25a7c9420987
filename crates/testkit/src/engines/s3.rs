//! S3: `s3s-fs`, a server of its protocol on a folder.

use std::{
    fs,
    sync::{Arc, OnceLock},
};

use super::server::Server;

const ACCESS_KEY: &str = "saldo-test";
const SECRET_KEY: &str = "saldo-test-secret";
const BUCKET: &str = "saldo";

/// A running object store with a bucket. Clones are the same one.
#[derive(Clone)]
pub struct S3 {
    endpoint: String,
    access_key: String,
    secret_key: String,
    bucket: String,
    server: Option<Arc<Server>>,
}

impl S3 {
    /// The one of all tests: `SALDO_TEST_S3=http://access:secret@host:port/bucket`, else one of this process. Tests share its
    /// bucket: each keeps below a name of its own.
    pub fn shared() -> Option<Self> {
        static SHARED: OnceLock<Option<S3>> = OnceLock::new();
        super::shared("SALDO_TEST_S3", &SHARED, Self::own, Self::url, Self::at)
    }

    /// One that the test may stop and start again; it keeps its data.
    pub fn own() -> Option<Self> {
        let program = super::tool("s3s-fs", "bin/s3s-fs")?;
        let (server, port) = Server::start_on_free_port("s3", |folder, port| {
            let objects = folder.join("objects");
            fs::create_dir_all(objects.join(BUCKET)).expect("the folder of the bucket");
            let port = port.to_string();
            let command =
                ["--host", "127.0.0.1", "--port", &port, "--access-key", ACCESS_KEY, "--secret-key", SECRET_KEY];
            let program = ["env".to_owned(), "RUST_LOG=info".to_owned(), program.display().to_string()];
            let arguments = command.into_iter().map(str::to_owned).chain([objects.display().to_string()]);
            (program.into_iter().chain(arguments).collect(), |log: &str| log.contains("server is running"))
        });
        let url = format!("http://{ACCESS_KEY}:{SECRET_KEY}@127.0.0.1:{port}/{BUCKET}");
        Some(Self { server: Some(Arc::new(server)), ..Self::at(&url) })
    }

    fn at(url: &str) -> Self {
        let parts = || {
            let (scheme, rest) = url.split_once("://")?;
            let (keys, place) = rest.split_once('@')?;
            let (access_key, secret_key) = keys.split_once(':')?;
            let (host, bucket) = place.split_once('/')?;
            Some((format!("{scheme}://{host}"), access_key.to_owned(), secret_key.to_owned(), bucket.to_owned()))
        };
        let parts = parts().expect("SALDO_TEST_S3 is http://access:secret@host:port/bucket");
        let (endpoint, access_key, secret_key, bucket) = parts;
        Self { endpoint, access_key, secret_key, bucket, server: None }
    }

    /// All of it as one address: `http://access:secret@host:port/bucket`.
    pub fn url(&self) -> String {
        let (scheme, host) = self.endpoint.split_once("://").expect("an endpoint has a scheme");
        format!("{scheme}://{}:{}@{host}/{}", self.access_key, self.secret_key, self.bucket)
    }

    /// Such as `http://127.0.0.1:9000`; buckets are named by the path.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Who signs.
    pub fn access_key(&self) -> &str {
        &self.access_key
    }

    /// What it signs with.
    pub fn secret_key(&self) -> &str {
        &self.secret_key
    }

    /// A bucket that is there.
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// Asks it to end and waits for its end.
    ///
    /// # Panics
    /// It is shared, or does not run.
    pub fn stop(&self) {
        self.server().end("INT");
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
        self.server.as_ref().expect("an object store that other tests use is not stopped")
    }
}
