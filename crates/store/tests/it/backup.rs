//! Backups: what comes back, and what is refused before anything is touched.

use std::{fs, path::Path};

use saldo_store::{
    Database, Migration, Schema, State,
    backup::{Backup, Folder, save},
};
use sqlx::{Connection, Executor, PgConnection, Row};

use crate::support::empty;

/// Books with lines. By its name the table of lines comes first, by what it refers to last.
const LEDGER: Schema = Schema::of_service(
    "ledger",
    &[Migration {
        version: 1,
        name: "books",
        sql: "create table books (id bigint generated always as identity primary key, org_id uuid not null, name text not null, \
                length integer generated always as (length(name)) stored); \
              call saldo.tenant_table('books'); \
              create table \"All lines\" (org_id uuid not null, book bigint not null references books, text text, bytes bytea, \
                amount numeric, at timestamptz); \
              call saldo.tenant_table('\"All lines\"');",
    }],
);

/// The bus with its cursors.
const BUS: Schema = Schema {
    name: saldo_store::BUS,
    migrations: &[Migration {
        version: 1,
        name: "cursors",
        sql: "create table cursors (consumer text, outbox text not null, transaction_id xid8 not null, id bigint not null, \
                primary key (consumer, outbox)); \
              call saldo.system_table('cursors');",
    }],
    of_service: false,
};

const ALL: &[Schema] = &[LEDGER, BUS];

async fn migrated() -> Database {
    let database = empty().await;
    database.migrate(ALL).await.unwrap();
    database
}

async fn run(database: &Database, sql: &'static str) {
    let mut connection = database.connection().await.unwrap();
    connection.execute(sqlx::raw_sql(sql)).await.unwrap();
    connection.close().await.unwrap();
}

/// Rows as text, however they look.
async fn rows(database: &Database, sql: &'static str) -> Vec<String> {
    let mut connection: PgConnection = database.connection().await.unwrap();
    let rows = connection.fetch_all(sql).await.unwrap().iter().map(|row| row.get(0)).collect();
    connection.close().await.unwrap();
    rows
}

const LINES: &str = "select l::text from ledger.\"All lines\" l order by l::text";
const BOOKS: &str = "select b::text from ledger.books b order by b::text";
const EVENTS: &str = "select kind from ledger.outbox order by transaction_id, id";
/// What a consumer has not read yet.
const UNREAD: &str = "select o.kind from ledger.outbox o join bus.cursors c on c.outbox = 'ledger' and c.consumer = 'one' \
                      where (o.transaction_id, o.id) > (c.transaction_id, c.id) \
                        and o.transaction_id < pg_snapshot_xmin(pg_current_snapshot()) order by o.transaction_id, o.id";

/// A database with something of everything, and a folder of files.
async fn full(folder: &Path) -> (Database, Vec<Folder>) {
    let database = migrated().await;
    run(
        &database,
        r#"insert into ledger.books (org_id, name) select gen_random_uuid(), 'book ' || n from generate_series(1, 500) n;
        insert into ledger."All lines" select org_id, id, e'a\tb\nc\\N \\. "q" Ü 💶', '\x00ff0a09', 12.3400, '2025-02-03 04:05:06.789012+03' from ledger.books;
        insert into ledger."All lines" select org_id, id, null, null, 'NaN', 'infinity' from ledger.books limit 3;
        insert into ledger."All lines" select org_id, id, '\N', '', 0, null from ledger.books limit 3;
        -- As another cluster would count them, which has seen many more transactions.
        insert into ledger.outbox (transaction_id, event_id, kind, aggregate, aggregate_version, key, payload)
          select x::text::xid8, gen_random_uuid(), kind, kind, 1, '', '' from
            (values (9000000002, 'second'), (9000000001, 'first'), (9000000002, 'third'), (9000000007, 'fourth')) v (x, kind);
        insert into bus.cursors select 'one', 'ledger', transaction_id, id from ledger.outbox where kind = 'second';
        insert into bus.cursors values ('new', 'ledger', '0', 0);"#,
    )
    .await;
    let files = folder.join("files");
    fs::create_dir_all(files.join("org/deep")).unwrap();
    fs::write(files.join("org/deep/one"), vec![7; 700_000]).unwrap();
    fs::write(files.join("org/empty"), "").unwrap();
    fs::write(files.join("org/three#1"), "not complete").unwrap();
    (database, folders(&files))
}

fn folders(path: &Path) -> Vec<Folder> {
    vec![Folder { name: "files", path: path.to_owned() }]
}

fn reason<T>(result: Result<T, saldo_kernel::Error>) -> String {
    result.err().map(|error| error.reason.as_str().to_owned()).unwrap_or_default()
}

#[tokio::test]
async fn rows_files_and_the_order_of_events_come_back() {
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("saldo.backup");
    let (old, from) = full(place.path()).await;
    let saved = save(&old, ALL, &from, &archive).await.unwrap();
    assert_eq!((saved.files, saved.bytes), (2, 700_000));
    let left: Vec<_> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "the archive and the files, nothing else: {left:?}");

    let (new, to) = (empty().await, folders(&place.path().join("new/files")));
    let backup = Backup::open(&archive, ALL).unwrap();
    assert_eq!(backup.summary(), saved);
    assert_eq!(backup.restore(&new, &to).await.unwrap(), saved);
    for sql in [LINES, BOOKS] {
        assert_eq!(rows(&new, sql).await, rows(&old, sql).await);
    }
    assert_eq!(rows(&new, LINES).await.len(), 506);
    assert_eq!(fs::read(to[0].path.join("org/deep/one")).unwrap(), vec![7; 700_000]);
    assert_eq!(fs::read(to[0].path.join("org/empty")).unwrap(), b"");
    assert!(!to[0].path.join("org/three#1").exists());

    // Events are read on from where they were, and new ones come after them.
    assert_eq!(rows(&new, EVENTS).await, ["first", "second", "third", "fourth"]);
    assert_eq!(rows(&new, UNREAD).await, ["third", "fourth"]);
    run(
        &new,
        "insert into ledger.outbox (event_id, kind, aggregate, aggregate_version, key, payload) \
           values (gen_random_uuid(), 'fifth', '', 1, '', ''); \
         insert into ledger.books (org_id, name) values (gen_random_uuid(), 'next')",
    )
    .await;
    assert_eq!(rows(&new, UNREAD).await, ["third", "fourth", "fifth"]);
    assert_eq!(rows(&new, "select id::text from ledger.books where name = 'next'").await, ["501"]);

    // Tenants are as apart as before.
    let open = "select relname::text from pg_class where relname in ('books', 'All lines', 'outbox', 'jobs') and relkind = 'r' \
                and not (relrowsecurity and relforcerowsecurity)";
    assert!(rows(&new, open).await.is_empty());
    assert_eq!(new.state(ALL).await.unwrap(), State::Current);
}

#[tokio::test]
async fn what_is_not_committed_is_not_in_it_and_nobody_waits() {
    let place = tempfile::tempdir().unwrap();
    let (old, from) = full(place.path()).await;
    let mut other = old.connection().await.unwrap();
    let mut transaction = other.begin().await.unwrap();
    transaction.execute("insert into ledger.books (org_id, name) values (gen_random_uuid(), 'open')").await.unwrap();
    let archive = place.path().join("saldo.backup");
    save(&old, ALL, &from, &archive).await.unwrap();
    transaction.commit().await.unwrap();
    let (new, to) = (empty().await, folders(&place.path().join("new/files")));
    Backup::open(&archive, ALL).unwrap().restore(&new, &to).await.unwrap();
    assert_eq!(rows(&new, "select count(*)::text from ledger.books").await, ["500"]);
}

#[tokio::test]
async fn what_was_cut_off_or_changed_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let (old, from) = full(place.path()).await;
    let archive = place.path().join("saldo.backup");
    let saved = save(&old, ALL, &from, &archive).await.unwrap();
    let whole = fs::read(&archive).unwrap();
    let taken_at = Backup::open(&archive, ALL).unwrap().taken_at();
    let broken = place.path().join("broken");
    for length in [0, 1, 100, whole.len() / 2, whole.len() - 1] {
        fs::write(&broken, &whole[..length]).unwrap();
        assert_eq!(reason(Backup::open(&broken, ALL)), "BACKUP_DAMAGED", "cut to {length} bytes");
    }
    let mut refused = 0;
    for at in (0..whole.len()).step_by(whole.len() / 150) {
        let mut changed = whole.clone();
        changed[at] ^= 1 << (at % 8);
        fs::write(&broken, &changed).unwrap();
        match Backup::open(&broken, ALL) {
            // A few bytes of a zip say nothing: times, who made it.
            Ok(backup) => assert_eq!((backup.summary(), backup.taken_at()), (saved, taken_at), "at {at}"),
            Err(error) => {
                assert_eq!(error.reason.as_str(), "BACKUP_DAMAGED", "at {at}");
                refused += 1;
            }
        }
    }
    assert!(refused >= 140, "{refused}");
    assert_eq!(reason(Backup::open(&place.path().join("nothing"), ALL)), "BACKUP_DAMAGED");
}

#[tokio::test]
async fn a_backup_of_another_version_is_refused_and_says_which() {
    const MORE: &[Migration] =
        &[LEDGER.migrations[0], Migration { version: 2, name: "more", sql: "create table more (); " }];
    const NEWER: Schema = Schema::of_service("ledger", MORE);
    let place = tempfile::tempdir().unwrap();
    let (old, from) = full(place.path()).await;
    let archive = place.path().join("saldo.backup");
    save(&old, ALL, &from, &archive).await.unwrap();
    let schemas: [&[Schema]; 3] = [&[NEWER, BUS], &[LEDGER], &[LEDGER, BUS, Schema::of_service("other", &[])]];
    for schemas in schemas {
        let error = Backup::open(&archive, schemas).err().unwrap();
        assert_eq!(error.reason.as_str(), "BACKUP_OF_ANOTHER_VERSION");
        assert!(error.hint.as_deref().unwrap_or_default().contains(env!("CARGO_PKG_VERSION")), "{error:?}");
    }
    let newer = save(&old, &[NEWER, BUS], &from, &place.path().join("other")).await;
    assert_eq!(reason(newer), "BACKUP_OF_ANOTHER_VERSION");
    assert!(!place.path().join("other").exists());
}

#[tokio::test]
async fn nothing_is_replaced() {
    let place = tempfile::tempdir().unwrap();
    let (old, from) = full(place.path()).await;
    let archive = place.path().join("saldo.backup");
    save(&old, ALL, &from, &archive).await.unwrap();
    assert_eq!(reason(save(&old, ALL, &from, &archive).await), "BACKUP_NOT_WRITTEN");

    let to = folders(&place.path().join("new"));
    let (used, open) = (migrated().await, || Backup::open(&archive, ALL).unwrap());
    run(&used, "insert into ledger.books (org_id, name) values (gen_random_uuid(), 'mine')").await;
    assert_eq!(reason(open().restore(&used, &to).await), "RESTORE_NEEDS_EMPTY");
    assert_eq!(rows(&used, "select name from ledger.books").await, ["mine"]);
    assert!(!to[0].path.exists(), "no files without their rows");

    fs::create_dir_all(&to[0].path).unwrap();
    fs::write(to[0].path.join("mine"), "1").unwrap();
    let fresh = empty().await;
    assert_eq!(reason(open().restore(&fresh, &to).await), "RESTORE_NEEDS_EMPTY");
    assert_eq!(reason(open().restore(&fresh, &[]).await), "CONFIG_INVALID");
    assert_eq!(fresh.state(ALL).await.unwrap(), State::Behind, "not even the schemas were made");
    assert!(!to[0].path.with_extension("restoring").exists());
    // One that was migrated and never used is empty.
    let unused = migrated().await;
    open().restore(&unused, &folders(&place.path().join("other"))).await.unwrap();
    assert_eq!(rows(&unused, LINES).await.len(), 506);
}

#[tokio::test]
async fn what_was_killed_half_way_leaves_nothing_that_stays() {
    let place = tempfile::tempdir().unwrap();
    let (old, from) = full(place.path()).await;
    let archive = place.path().join("saldo.backup");
    // No process has this number; a process of this number lives.
    let (dead, alive) = (place.path().join("files.backup-999999999"), place.path().join("files.backup-1"));
    let half = place.path().join("new/files.restoring");
    for folder in [&dead, &alive, &half] {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("0"), "half").unwrap();
    }
    fs::write(place.path().join("saldo.backup.unfinished"), "half").unwrap();
    save(&old, ALL, &from, &archive).await.unwrap();
    assert!(!dead.exists() && alive.exists() && !place.path().join("saldo.backup.unfinished").exists());
    let (new, to) = (empty().await, folders(&place.path().join("new/files")));
    fs::create_dir(&to[0].path).unwrap();
    Backup::open(&archive, ALL).unwrap().restore(&new, &to).await.unwrap();
    assert!(!half.exists() && !to[0].path.join("0").exists());
    assert_eq!(fs::read(to[0].path.join("org/deep/one")).unwrap().len(), 700_000);
}
