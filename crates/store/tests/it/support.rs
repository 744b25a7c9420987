//! A server for each test process, a database for each test, and a service of notes.

use std::{path::Path, sync::OnceLock, time::Duration};

use saldo_kernel::{OrganizationId, Tenant, WorkspaceId};
use saldo_store::{Database, Migration, Options, Schema, Source, embedded};
use sqlx::{Connection, Executor};

/// A service that keeps notes of tenants.
pub(crate) const NOTES: Schema = Schema::of_service(
    "notes",
    &[Migration {
        version: 1,
        name: "notes",
        sql: "create table notes (id uuid primary key, org_id uuid not null, workspace_id uuid not null, \
                text text not null, version bigint not null default 1); \
              call saldo.tenant_table('notes');",
    }],
);

/// Another service, which has nothing to do with notes.
pub(crate) const OTHER: Schema = Schema::of_service("other", &[]);

/// The bus has a schema but none of the services' tables.
pub(crate) const BUS: Schema = Schema { name: saldo_store::BUS, migrations: &[], of_service: false };

pub(crate) const ALL: &[Schema] = &[NOTES, OTHER, BUS];

struct Shared {
    _folder: tempfile::TempDir,
    server: embedded::Server,
}

/// A folder that another user may enter, as PostgreSQL does where tests run as root.
pub(crate) fn folder() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new().permissions(std::fs::Permissions::from_mode(0o755)).tempdir().unwrap()
}

pub(crate) fn config(folder: &Path) -> embedded::Config {
    embedded::Config { folder: folder.to_owned(), binaries: None, durable: false }
}

fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(|| {
        let folder = folder();
        let server = embedded::Server::start(&config(folder.path())).unwrap();
        Shared { _folder: folder, server }
    })
}

/// A new database without anything in it.
pub(crate) async fn empty() -> Database {
    let server = &shared().server;
    let name = format!("test_{}", uuid::Uuid::now_v7().simple());
    let mut connection = sqlx::PgConnection::connect(&server.url("postgres")).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    open(&server.url(&name)).await
}

pub(crate) async fn open(url: &str) -> Database {
    let options = Options { source: Source::Url(url.to_owned()), connections: 8, wait: Duration::from_secs(10) };
    Database::open(&options).await.unwrap()
}

/// A new database with all schemas.
pub(crate) async fn migrated() -> Database {
    let database = empty().await;
    database.migrate(ALL).await.unwrap();
    database
}

pub(crate) fn tenant() -> Tenant {
    Tenant { organization: OrganizationId::generate(), workspace: Some(WorkspaceId::generate()) }
}
