//! Nobody sees another tenant's rows, whatever a statement forgets; and what belongs to the system stays its own.

use saldo_kernel::{Tenant, WorkspaceId};
use saldo_store::{Database, Store, TenantTx};
use sqlx::Row;
use uuid::Uuid;

use crate::support::{NOTES, OTHER, migrated, tenant};

async fn note(store: &Store, tenant: Tenant, text: &str) -> Uuid {
    let mut tx = store.tenant(tenant).await.unwrap();
    let id = insert(&mut tx, tenant, text).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn insert(tx: &mut TenantTx, tenant: Tenant, text: &str) -> Result<Uuid, sqlx::Error> {
    let id = Uuid::now_v7();
    sqlx::query("insert into notes (id, org_id, workspace_id, text) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(tenant.organization.body())
        .bind(tenant.workspace.map(WorkspaceId::body))
        .bind(text)
        .execute(tx.connection())
        .await?;
    Ok(id)
}

/// What a statement sees that forgot its `where`.
async fn texts(store: &Store, tenant: Tenant) -> Vec<String> {
    let mut tx = store.tenant(tenant).await.unwrap();
    let rows = sqlx::query("select text from notes order by id").fetch_all(tx.connection()).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn a_statement_without_a_filter_sees_one_workspace_or_one_organisation() {
    let store = migrated().await.store(&NOTES);
    let (mine, theirs) = (tenant(), tenant());
    let beside = Tenant { workspace: Some(WorkspaceId::generate()), ..mine };
    for (whose, text) in [(mine, "mine"), (beside, "beside"), (theirs, "theirs")] {
        note(&store, whose, text).await;
    }
    assert_eq!(texts(&store, mine).await, ["mine"]);
    assert_eq!(texts(&store, beside).await, ["beside"]);
    assert_eq!(texts(&store, Tenant { workspace: None, ..mine }).await, ["mine", "beside"]);
    assert_eq!(texts(&store, theirs).await, ["theirs"]);
    assert_eq!(texts(&store, tenant()).await, [""; 0]);
}

#[tokio::test]
async fn a_row_of_another_tenant_cannot_be_written() {
    let store = migrated().await.store(&NOTES);
    let (mine, theirs) = (tenant(), tenant());
    let id = note(&store, theirs, "theirs").await;
    let mut tx = store.tenant(mine).await.unwrap();
    let changed = sqlx::query("update notes set text = 'mine'").execute(tx.connection()).await.unwrap();
    assert_eq!(changed.rows_affected(), 0);
    assert_eq!(sqlx::query("delete from notes").execute(tx.connection()).await.unwrap().rows_affected(), 0);
    assert!(tx.advance("notes", id, "not_1").await.unwrap().is_none());
    assert!(insert(&mut tx, theirs, "slipped in").await.is_err());
    assert_eq!(texts(&store, theirs).await, ["theirs"]);
}

/// Every tenant table that the catalogue knows, read as the service's role: with one tenant set, with none.
#[tokio::test]
async fn every_tenant_table_of_the_catalogue_shows_the_set_tenant_only() {
    let database = migrated().await;
    let tables = tables(&database, "tenant").await;
    assert_eq!(tables.iter().filter(|(schema, _)| schema == "notes").count(), 3, "{tables:?}");
    let store = database.store(&NOTES);
    let (mine, theirs) = (tenant(), tenant());
    for whose in [mine, theirs] {
        note(&store, whose, "text").await;
        let mut tx = store.tenant(whose).await.unwrap();
        let job = saldo_store::NewJob {
            kind: "read",
            key: whose.organization.to_string(),
            payload: Vec::new(),
            max_attempts: 1,
        };
        tx.enqueue(job).await.unwrap();
        tx.remember(&crate::repeats::repeat("key", b"request"), b"answer").await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut connection = database.connection().await.unwrap();
    for (schema, table) in tables {
        for (set, least) in [(mine.organization.body().to_string(), 1), (String::new(), 0)] {
            let sql = format!(
                "begin; set local role saldo_{schema}; select set_config('saldo.org_id', '{set}', true); \
                 set local search_path = \"{schema}\""
            );
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
            let sql = format!("select org_id::text from \"{table}\"");
            let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap();
            assert!(rows.iter().all(|row| row.get::<String, _>(0) == set), "{schema}.{table}");
            assert!(schema != "notes" || rows.len() == least, "{schema}.{table}: {} rows", rows.len());
            sqlx::raw_sql("rollback").execute(&mut connection).await.unwrap();
        }
        // A role that never set any tenant gets nothing rather than an error that tells something.
        let sql = format!("set role saldo_{schema}; select * from \"{schema}\".\"{table}\"");
        let mut fresh = database.connection().await.unwrap();
        let seen = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).fetch_all(&mut fresh).await.unwrap();
        assert!(seen.is_empty(), "{schema}.{table}");
    }
}

#[tokio::test]
async fn every_table_has_a_class_and_every_tenant_table_is_forced() {
    let database = migrated().await;
    let mut connection = database.connection().await.unwrap();
    let rows = sqlx::query(
        "select nspname || '.' || relname, obj_description(pg_class.oid, 'pg_class'), relrowsecurity and relforcerowsecurity \
         from pg_class join pg_namespace on pg_namespace.oid = relnamespace \
         where relkind in ('r', 'p') and relname <> 'migrations' and nspname in ('notes', 'other', 'bus', 'saldo')",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert!(rows.len() >= 9);
    for row in rows {
        let (name, class, forced): (String, Option<String>, bool) = (row.get(0), row.get(1), row.get(2));
        match class.as_deref() {
            Some("tenant" | "user") => assert!(forced, "{name} is not forced"),
            Some("system") => {}
            other => panic!("{name} has the class {other:?}"),
        }
    }
}

async fn tables(database: &Database, class: &str) -> Vec<(String, String)> {
    let mut connection = database.connection().await.unwrap();
    let sql = "select nspname::text, relname::text from pg_class join pg_namespace on pg_namespace.oid = relnamespace \
               where obj_description(pg_class.oid, 'pg_class') = $1 order by 1, 2";
    let rows = sqlx::query(sql).bind(class).fetch_all(&mut connection).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

#[tokio::test]
async fn a_service_sees_nothing_of_another_and_a_tenant_nothing_of_the_system() {
    let database = migrated().await;
    let mine = tenant();
    let mut tx = database.store(&OTHER).tenant(mine).await.unwrap();
    let foreign = sqlx::query("select * from notes.notes").fetch_all(tx.connection()).await.unwrap_err();
    assert!(foreign.to_string().contains("permission denied"), "{foreign}");
    for table in ["outbox", "inbox"] {
        let mut tx = database.store(&NOTES).tenant(mine).await.unwrap();
        let sql = format!("select * from {table}");
        let hidden = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(tx.connection()).await.unwrap_err();
        assert!(hidden.to_string().contains("permission denied"), "{hidden}");
    }
}

#[tokio::test]
async fn nothing_of_a_transaction_is_left_on_its_connection() {
    let store = migrated().await.store(&NOTES);
    let mine = tenant();
    note(&store, mine, "mine").await;
    for _ in 0..20 {
        let mut tx = store.system().await.unwrap();
        let left = "select current_setting('saldo.org_id', true)";
        let left: Option<String> = sqlx::query_scalar(left).fetch_one(tx.connection()).await.unwrap();
        assert_eq!(left.unwrap_or_default(), "");
        assert_eq!(texts(&store, mine).await, ["mine"]);
    }
}

#[tokio::test]
async fn an_event_is_kept_with_its_row_or_not_at_all() {
    let database = migrated().await;
    let store = database.store(&NOTES);
    let mine = tenant();
    let id = note(&store, mine, "first").await;
    for (text, commits) in [("second", true), ("third", false), ("fourth", true)] {
        let mut tx = store.tenant(mine).await.unwrap();
        let aggregate = tx.advance("notes", id, "not_1").await.unwrap().unwrap();
        let changed = sqlx::query("update notes set text = $1").bind(text).execute(tx.connection()).await.unwrap();
        assert_eq!(changed.rows_affected(), 1);
        let event = tx.publish(aggregate, "saldo.notes.v1.NoteChanged", text.into()).await.unwrap();
        assert!(event.occurred_at_micros > 0);
        if commits {
            tx.commit().await.unwrap();
        }
    }
    let mut tx = store.system().await.unwrap();
    let sql = "select payload, aggregate_version, org_id, key from outbox order by transaction_id, id";
    let rows = sqlx::query(sql).fetch_all(tx.connection()).await.unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row.get::<Vec<u8>, _>(0), row.get::<i64, _>(1))).collect();
    assert_eq!(told, [(b"second".to_vec(), 2), (b"fourth".to_vec(), 3)]);
    assert!(rows.iter().all(|row| row.get::<Uuid, _>(2) == mine.organization.body()));
    assert!(rows.iter().all(|row| row.get::<String, _>(3) == format!("{}/not_1", mine.organization)));
    assert_eq!(texts(&store, mine).await, ["fourth"]);
}

#[tokio::test]
async fn an_event_is_handled_once_by_each_consumer() {
    let store = migrated().await.store(&NOTES);
    let event = saldo_kernel::EventId::generate();
    let ask = async |consumer: &str, commits: bool| {
        let mut tx = store.tenant(tenant()).await.unwrap();
        let first = tx.first_time(consumer, event).await.unwrap();
        if commits {
            tx.commit().await.unwrap();
        }
        first
    };
    assert!(ask("one", false).await, "it broke off: not handled");
    assert!(ask("one", true).await);
    assert!(!ask("one", true).await);
    assert!(ask("two", true).await);
}
