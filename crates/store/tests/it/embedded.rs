//! The server of our own: it keeps what it is given, has one owner, and survives a crash.

use saldo_store::{Database, Options, Source, State, embedded::Server};
use sqlx::{Connection, Executor, PgConnection};

use crate::support::{config, folder};

async fn count(server: &Server) -> i64 {
    let mut connection = PgConnection::connect(&server.url("postgres")).await.unwrap();
    sqlx::query_scalar("select count(*) from kept").fetch_one(&mut connection).await.unwrap()
}

async fn make(server: &Server) {
    let mut connection = PgConnection::connect(&server.url("postgres")).await.unwrap();
    connection.execute("create table kept as select 1 as number").await.unwrap();
}

#[tokio::test]
async fn data_is_there_after_a_stop_and_after_a_crash() {
    let folder = folder();
    let durable = saldo_store::embedded::Config { durable: true, ..config(folder.path()) };
    let server = Server::start(&durable).unwrap();
    make(&server).await;
    server.stop();
    let server = Server::start(&durable).unwrap();
    assert_eq!(count(&server).await, 1);
    server.kill();
    let server = Server::start(&durable).unwrap();
    assert_eq!(count(&server).await, 1);
}

#[tokio::test]
async fn another_process_may_work_beside_the_owner_of_the_folder() {
    let folder = folder();
    let open = || Options {
        source: Source::Embedded(config(folder.path())),
        connections: 1,
        wait: std::time::Duration::from_secs(10),
    };
    let owner = Database::open(&open()).await.unwrap();
    let beside = Database::open_beside(&open()).await.unwrap();
    assert_eq!(beside.state(&[]).await.unwrap(), State::Current);
    assert!(beside.folder().is_none(), "the server is the owner's");
    owner.close().await;
    assert!(beside.state(&[]).await.is_err());
    let alone = Database::open_beside(&open()).await.unwrap();
    assert_eq!(alone.state(&[]).await.unwrap(), State::Current);
}

#[test]
fn a_second_owner_of_the_folder_is_refused() {
    let folder = folder();
    let _server = Server::start(&config(folder.path())).unwrap();
    let refused = Server::start(&config(folder.path())).unwrap_err();
    assert_eq!(refused.reason.as_str(), "DATA_DIR_IN_USE");
}

#[test]
fn nobody_else_can_open_the_socket() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let _server = Server::start(&config(folder.path())).unwrap();
    let cluster = folder.path().join("cluster");
    assert_eq!(std::fs::metadata(&cluster).unwrap().permissions().mode() & 0o077, 0);
    let sockets = std::fs::read_dir(&cluster).unwrap().flatten();
    assert!(sockets.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with(".s.PGSQL.")));
}

#[test]
fn missing_programs_and_unusable_folders_are_told() {
    let folder = folder();
    let nowhere = saldo_store::embedded::Config { binaries: Some("/nonexistent".into()), ..config(folder.path()) };
    assert_eq!(Server::start(&nowhere).unwrap_err().reason.as_str(), "DATABASE_NOT_FOUND");
    let too_long = config(&folder.path().join("long".repeat(30)));
    assert_eq!(Server::start(&too_long).unwrap_err().reason.as_str(), "DATA_DIR_UNUSABLE");
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    assert_eq!(Server::start(&config(&file)).unwrap_err().reason.as_str(), "DATA_DIR_UNUSABLE");
}

#[test]
fn data_of_a_version_that_is_not_installed_is_told() {
    let folder = folder();
    let cluster = folder.path().join("cluster");
    std::fs::create_dir(&cluster).unwrap();
    std::fs::write(cluster.join("PG_VERSION"), "9\n").unwrap();
    let refused = Server::start(&config(folder.path())).unwrap_err();
    assert_eq!(refused.reason.as_str(), "DATABASE_NOT_FOUND");
    assert!(refused.message.contains("PostgreSQL 9"), "{refused}");
}
