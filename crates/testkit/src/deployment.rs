//! Every target in a process of its own, on PostgreSQL, Kafka, Redis and S3.

use std::sync::Arc;

use crate::{
    engines::{Kafka, Redis, S3},
    program::{Own, Program, program},
};

/// The engines of a deployment and where its processes are. Dropped, they are gone.
pub struct Deployment {
    own: Arc<Own>,
    /// `key=value` of every process.
    settings: Vec<String>,
    /// Where the targets are, for the gateways.
    peers: Vec<String>,
    /// Restarted one by one by tests of faults.
    pub processes: Vec<(&'static str, Program)>,
    /// The broker; its topics are the deployment's alone.
    pub kafka: Kafka,
    /// Counts limits.
    pub redis: Redis,
}

impl Deployment {
    /// Starts file, forecast and analysis; more settings of all processes are `key=value`. `None`, with a printed line, where an
    /// engine is not installed.
    ///
    /// # Panics
    /// A process does not become ready.
    pub fn start(settings: &[&str]) -> Option<Self> {
        Self::start_on(Own::new(), Redis::shared()?, settings)
    }

    /// The same on a database and a Redis that the test may kill.
    ///
    /// # Panics
    /// A process does not become ready.
    pub fn start_on_database(url: String, redis: Redis, settings: &[&str]) -> Option<Self> {
        Self::start_on(Own::on(url), redis, settings)
    }

    fn start_on(own: Own, redis: Redis, settings: &[&str]) -> Option<Self> {
        let (kafka, s3) = (Kafka::own()?, S3::shared()?);
        let own = Arc::new(own);
        let secret = own.folder().join("s3.secret");
        std::fs::write(&secret, s3.secret_key()).expect("the secret is written");
        let mut all = vec![
            "bus.engine=kafka".to_owned(),
            format!("bus.kafka_brokers={}", kafka.bootstrap()),
            "bus.kafka_replication=1".to_owned(),
            "cache.engine=redis".to_owned(),
            format!("cache.url={}", redis.url()),
            "blobs.kind=s3".to_owned(),
            format!("blobs.s3.endpoint={}", s3.endpoint()),
            format!("blobs.s3.bucket={}", s3.bucket()),
            // The bucket is shared with other tests.
            format!("blobs.s3.prefix={}", own.folder().file_name().expect("a name").to_string_lossy()),
            format!("blobs.s3.access_key={}", s3.access_key()),
            format!("blobs.s3.secret_key_file={}", secret.display()),
        ];
        all.extend(settings.iter().map(ToString::to_string));
        let mut deployment = Self { own, settings: all, peers: Vec::new(), processes: Vec::new(), kafka, redis };
        let migrated = program().arg("migrate").args(deployment.flags(&[])).output().expect("saldo migrate runs");
        assert!(migrated.status.success(), "{}", String::from_utf8_lossy(&migrated.stderr));
        for target in ["file", "forecast", "analysis"] {
            let process = deployment.serve(target, &["grpc.listen=127.0.0.1:0"]);
            deployment.peers.push(format!("peers.{target}={}", process.grpc()));
            deployment.processes.push((target, process));
        }
        Some(deployment)
    }

    /// Starts a gateway; what it is to differ in is `key=value`.
    ///
    /// # Panics
    /// It does not become ready.
    pub fn gateway(&self, settings: &[&str]) -> Program {
        self.serve("gateway", settings)
    }

    /// Kills a process, as a crash would, and starts it again where it was.
    ///
    /// # Panics
    /// There is no such process, or it does not become ready again.
    pub fn crash(&mut self, target: &str) {
        let place = self.processes.iter().position(|(name, _)| *name == target).expect("a process of this target");
        let (name, mut process) = self.processes.remove(place);
        let listen = format!("grpc.listen={}", process.grpc().trim_start_matches("http://"));
        process.kill();
        self.processes.push((name, self.serve(name, &[&listen])));
    }

    fn serve(&self, target: &str, settings: &[&str]) -> Program {
        let arguments = ["--target".to_owned(), target.to_owned()].into_iter().chain(self.flags(settings)).collect();
        Program::start(arguments, Arc::clone(&self.own))
    }

    fn flags(&self, settings: &[&str]) -> Vec<String> {
        let more = settings.iter().map(ToString::to_string);
        let all = self.own.pairs().into_iter().chain(self.settings.clone()).chain(self.peers.clone()).chain(more);
        all.flat_map(|one| ["--set".to_owned(), one]).collect()
    }
}
