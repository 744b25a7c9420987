//! Migrations: from nothing, again, several at once, and what is refused.

use saldo_store::{Migration, Schema, State};

use crate::support::{ALL, BUS, NOTES, OTHER, empty, migrated};

#[tokio::test]
async fn a_migration_is_applied_once() {
    let database = empty().await;
    assert_eq!(database.state(ALL).await.unwrap(), State::Behind);
    let applied = database.migrate(ALL).await.unwrap();
    let counts: Vec<_> = applied.iter().map(|one| (one.schema, one.migrations)).collect();
    assert_eq!(counts, [("notes", 2), ("other", 1), ("bus", 0)]);
    assert_eq!(database.state(ALL).await.unwrap(), State::Current);
    let again = database.migrate(ALL).await.unwrap();
    assert!(again.iter().all(|one| one.migrations == 0), "{again:?}");
}

#[tokio::test]
async fn several_processes_may_migrate_at_once() {
    let database = empty().await;
    let all = (0..4).map(|_| database.migrate(ALL));
    let done: Result<Vec<_>, _> = futures::future::join_all(all).await.into_iter().collect();
    let applied: usize = done.unwrap().iter().flatten().map(|one| one.migrations).sum();
    assert_eq!(applied, 3);
}

#[tokio::test]
async fn an_edited_migration_and_a_newer_database_are_told() {
    let database = migrated().await;
    const EDITED: Schema =
        Schema::of_service("notes", &[Migration { version: 1, name: "notes", sql: "create table notes ()" }]);
    let refused = database.migrate(&[EDITED]).await.unwrap_err();
    assert_eq!(refused.reason.as_str(), "MIGRATION_FAILED");
    const OLDER: Schema = Schema::of_service("notes", &[]);
    assert_eq!(database.state(&[OLDER, OTHER, BUS]).await.unwrap(), State::Ahead);
}

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing_of_itself() {
    let database = migrated().await;
    const BROKEN: &[Migration] =
        &[NOTES.migrations[0], Migration { version: 2, name: "broken", sql: "create table half (); select 1 / 0" }];
    let broken = Schema::of_service("notes", BROKEN);
    assert_eq!(database.migrate(&[broken]).await.unwrap_err().reason.as_str(), "MIGRATION_FAILED");
    let mut connection = database.connection().await.unwrap();
    let half: bool =
        sqlx::query_scalar("select to_regclass('notes.half') is not null").fetch_one(&mut connection).await.unwrap();
    assert!(!half);
    assert_eq!(database.state(&[NOTES]).await.unwrap(), State::Current);
}
