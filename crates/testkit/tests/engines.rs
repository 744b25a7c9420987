//! The engines of the tests: they answer, come back with their data, and never outlive who started them.

use std::{
    fs,
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    os::unix::process::ExitStatusExt,
    panic::{AssertUnwindSafe, catch_unwind},
    process::{Command, Stdio},
    time::Duration,
};

use saldo_store::{Database, Options, Schema, Source, State};
use saldo_testkit::{
    engines::{Kafka, Postgres, Redis, S3},
    wait_until,
};

/// What a Redis answers to some commands; `None` if it does not.
fn ask(address: &str, commands: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.write_all(commands.as_bytes()).ok()?;
    stream.shutdown(Shutdown::Write).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

#[test]
fn redis_comes_back_with_its_data_on_its_port_after_an_end_and_after_a_crash() {
    let Some(redis) = Redis::own() else { return };
    let address = redis.address();
    assert_eq!(ask(&address, "SET one 1\r\n").as_deref(), Some("+OK\r\n"));
    redis.stop();
    assert_eq!(ask(&address, "PING\r\n"), None);
    redis.start();
    assert_eq!(ask(&address, "GET one\r\nSET two 2\r\n").as_deref(), Some("$1\r\n1\r\n+OK\r\n"));
    redis.kill();
    redis.start();
    assert_eq!(ask(&address, "GET two\r\n").as_deref(), Some("$1\r\n2\r\n"));
}

#[tokio::test]
async fn an_object_store_wants_a_signature_and_comes_back() {
    let Some(s3) = S3::own() else { return };
    let url = format!("{}/{}/nothing", s3.endpoint(), s3.bucket());
    let status = async || Some(reqwest::get(&url).await.ok()?.status());
    assert_eq!(status().await.map(|status| status.as_u16()), Some(403));
    s3.kill();
    assert_eq!(status().await, None);
    s3.start();
    assert_eq!(status().await.map(|status| status.as_u16()), Some(403));
}

#[test]
fn a_kafka_broker_listens_until_it_is_stopped_and_again_when_it_is_started() {
    let Some(kafka) = Kafka::own() else { return };
    let listens = || TcpStream::connect(kafka.bootstrap()).is_ok();
    assert!(listens());
    kafka.stop();
    assert!(!listens());
    kafka.start();
    assert!(listens());
    kafka.kill();
    assert!(!listens());
}

#[test]
fn a_shared_engine_cannot_be_stopped_and_goes_on() {
    let Some(redis) = Redis::shared() else { return };
    assert!(catch_unwind(AssertUnwindSafe(|| redis.stop())).is_err());
    assert_eq!(ask(&redis.address(), "PING\r\n").as_deref(), Some("+PONG\r\n"));
}

#[tokio::test]
async fn databases_are_the_tests_own_and_start_migrated() {
    let Some(postgres) = Postgres::shared() else { return };
    let schemas = [Schema::of_service("notes", &[])];
    let (first, second) = tokio::join!(postgres.database(&schemas), postgres.database(&schemas));
    assert_ne!(first, second);
    for url in [first, second] {
        assert_eq!(open(url).await.state(&schemas).await.ok(), Some(State::Current));
    }
    assert_eq!(open(postgres.empty_database().await).await.state(&schemas).await.ok(), Some(State::Behind));
}

async fn open(url: String) -> Database {
    let options = Options { source: Source::Url(url), connections: 1, wait: Duration::from_secs(30) };
    Database::open(&options).await.expect("the address fits")
}

#[tokio::test]
async fn engines_and_command_end_with_the_process_that_started_them_even_if_it_is_killed() {
    if Redis::shared().is_none() {
        return;
    }
    let place = tempfile::tempdir().expect("a folder");
    // The command ends its parent and would go on for ever.
    let command = "echo $SALDO_TEST_REDIS; kill -9 $PPID; while :; do read line; done";
    let output = Command::new(env!("CARGO_BIN_EXE_engines"))
        .args(["sh", "-c", command])
        .env("TMPDIR", place.path())
        .env_remove("SALDO_TEST_REDIS")
        // Those are not what is tested.
        .env("SALDO_TEST_POSTGRES", "postgres://127.0.0.1:1/postgres")
        .env("SALDO_TEST_S3", "http://a:b@127.0.0.1:1/c")
        .env("SALDO_TEST_KAFKA", "127.0.0.1:1")
        .stdin(Stdio::null())
        .output()
        .expect("it runs");
    assert_eq!(output.status.signal(), Some(9));
    let address = String::from_utf8(output.stdout).expect("an address");
    let (address, place) = (address.trim(), place.path());
    wait_until("the end of the server", || async { ask(address, "PING\r\n").is_none().then_some(()) }).await;
    wait_until("an empty folder", || async { fs::read_dir(place).ok()?.next().is_none().then_some(()) }).await;
}
