//! From an empty database to the schemas of this version: roles, ground, the services' migrations.

use saldo_kernel::{Error, reasons};
use sqlx::{
    Connection, Executor, PgConnection, Row, SqlSafeStr,
    migrate::{Migrate, MigrateError, MigrationType, Migrator},
};

use crate::{
    DOMAIN, error,
    schema::{BUS, Schema},
};

/// Migrations of ours come first; a service's own are numbered from here.
const OWN_MIGRATIONS_FROM: i64 = 1_000;
/// Roles are the cluster's, not a database's, and what makes them is not made for several at once.
const ROLES_LOCK: i64 = 0x5a1d_0001;

/// Where a schema stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As this version needs it.
    Current,
    /// `saldo migrate` has not been run for this version.
    Behind,
    /// A newer version has migrated it; this one may work only if it was the one before.
    Ahead,
}

/// One migration that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The schema.
    pub schema: &'static str,
    /// How many migrations it got.
    pub migrations: usize,
}

/// The migrations of a schema as sqlx takes them.
fn migrator(schema: &Schema) -> Migrator {
    let common = schema.of_service.then_some((1, "tables of every service", include_str!("sql/service.sql")));
    let own = schema.migrations.iter().map(|one| (OWN_MIGRATIONS_FROM + i64::from(one.version), one.name, one.sql));
    let all = common.into_iter().chain(own);
    let migrations = all.map(|(version, name, sql)| {
        sqlx::migrate::Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    migrator.dangerous_set_table_name(table(schema));
    migrator
}

/// The numbers of the migrations of a schema of this version.
pub(crate) fn versions(schema: &Schema) -> Vec<i64> {
    migrator(schema).iter().map(|one| one.version).collect()
}

fn table(schema: &Schema) -> String {
    format!("\"{}\".migrations", schema.name)
}

/// Brings every schema to this version. Several at once wait for each other.
///
/// # Errors
/// The database is away, the user may not make roles, or a migration was edited after it was applied.
pub(crate) async fn migrate(connection: &mut PgConnection, schemas: &[Schema]) -> Result<Vec<Applied>, Error> {
    connection.lock().await.map_err(migration_failed)?;
    let migrated = migrate_locked(connection, schemas).await;
    connection.unlock().await.map_err(migration_failed)?;
    migrated
}

async fn migrate_locked(connection: &mut PgConnection, schemas: &[Schema]) -> Result<Vec<Applied>, Error> {
    // What is there already is no news.
    execute(connection, "set client_min_messages = warning".to_owned()).await?;
    make_roles(connection, schemas).await?;
    execute(connection, include_str!("sql/ground.sql").to_owned()).await?;
    let mut applied = Vec::new();
    for schema in schemas {
        let (name, role, system) = (schema.name, schema.role(), schema.system_role());
        execute(
            connection,
            format!(
                "create schema if not exists \"{name}\" authorization saldo_migrator; \
                 grant usage on schema \"{name}\" to {role}, {system}; \
                 set role saldo_migrator; set search_path = \"{name}\""
            ),
        )
        .await?;
        let before = count(connection, schema).await.unwrap_or_default();
        let mut migrator = migrator(schema);
        migrator.set_locking(false);
        let run = migrator.run_direct(None, connection, false).await.map_err(migration_failed);
        let after = count(connection, schema).await;
        if run.is_ok() {
            execute(connection, allowances(schema, schemas)).await?;
        }
        execute(connection, "reset role; reset search_path".to_owned()).await?;
        run?;
        applied.push(Applied { schema: name, migrations: after?.saturating_sub(before) });
    }
    Ok(applied)
}

/// What roles of other schemas may do in this one: they read where it stands; a tenant's transaction adds to outbox and
/// inbox and sees neither; the bus reads every outbox and marks what it has published.
fn allowances(schema: &Schema, all: &[Schema]) -> String {
    let (role, table) = (schema.role(), table(schema));
    let mut sql = format!("grant select on {table} to {role}, {};", schema.system_role());
    if schema.of_service {
        sql.push_str(include_str!("sql/order.sql"));
        sql.push_str(&format!(
            "grant insert on outbox, inbox to {role};
             drop policy if exists tell on outbox;
             create policy tell on outbox for insert to {role} with check (org_id = (select saldo.org_id())
               and workspace_id is not distinct from (select saldo.workspace_id()));
             drop policy if exists system on outbox;
             create policy system on outbox to {system} using (true) with check (true);
             drop policy if exists migrator on outbox;
             create policy migrator on outbox to saldo_migrator using (true) with check (true);",
            system = schema.system_role(),
        ));
        if all.iter().any(|schema| schema.name == BUS) {
            sql.push_str(&format!(
                "grant usage on schema \"{name}\" to saldo_{BUS}_system;
                 grant select, update, delete on outbox to saldo_{BUS}_system;
                 drop policy if exists bus on outbox;
                 create policy bus on outbox to saldo_{BUS}_system using (true) with check (true);",
                name = schema.name,
            ));
        }
    }
    sql
}

/// Roles that own, roles that work, and the right of whoever is connected to work as each.
async fn make_roles(connection: &mut PgConnection, schemas: &[Schema]) -> Result<(), Error> {
    let services = schemas.iter().flat_map(|schema| [schema.role(), schema.system_role()]);
    let roles: Vec<String> = std::iter::once("saldo_migrator".to_owned()).chain(services).collect();
    let mut transaction = connection.begin().await.map_err(error::of)?;
    // Locks of this kind are a database's; another database of the cluster may make the same role at the same time.
    sqlx::query("select pg_advisory_xact_lock($1)")
        .bind(ROLES_LOCK)
        .execute(&mut *transaction)
        .await
        .map_err(error::of)?;
    for role in roles {
        let sql = format!(
            "do $$ begin
               if not exists (select from pg_roles where rolname = '{role}') then
                 begin create role {role} nologin; exception when duplicate_object or unique_violation then null; end;
               end if;
               if not pg_has_role(current_user, '{role}', 'member') then execute format('grant {role} to %I', current_user); end if;
             end $$"
        );
        execute(&mut transaction, sql).await?;
    }
    transaction.commit().await.map_err(error::of)
}

/// Where a schema stands.
///
/// # Errors
/// The database is away.
pub(crate) async fn state(connection: &mut PgConnection, schema: &Schema) -> Result<State, Error> {
    let wanted = versions(schema);
    let exists = sqlx::query_scalar::<_, bool>("select to_regclass($1) is not null").bind(table(schema));
    if !exists.fetch_one(&mut *connection).await.map_err(error::of)? {
        return Ok(State::Behind);
    }
    let sql = format!("select version from {} where success", table(schema));
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(connection).await.map_err(error::of)?;
    let have: Vec<i64> = rows.iter().map(|row| row.get(0)).collect();
    Ok(if wanted.iter().any(|version| !have.contains(version)) {
        State::Behind
    } else if have.iter().any(|version| !wanted.contains(version)) {
        State::Ahead
    } else {
        State::Current
    })
}

async fn count(connection: &mut PgConnection, schema: &Schema) -> Result<usize, Error> {
    let sql = format!("select count(*) from {}", table(schema));
    let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(connection).await.map_err(error::of)?;
    Ok(usize::try_from(count).unwrap_or_default())
}

async fn execute(connection: &mut PgConnection, sql: String) -> Result<(), Error> {
    connection.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql))).await.map_err(refused)?;
    Ok(())
}

/// Missing rights are the administrator's to give.
fn refused(cause: sqlx::Error) -> Error {
    let denied = cause.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == "42501");
    if denied {
        let message = "The user of the database may not make what Saldo needs.";
        return Error::known(&reasons::MIGRATION_FAILED, DOMAIN, message)
            .hint("Give saldo migrate a user that owns the database and may create roles (CREATEROLE).")
            .caused_by(cause);
    }
    error::of(cause)
}

fn migration_failed(cause: MigrateError) -> Error {
    match cause {
        MigrateError::Execute(cause) => refused(cause),
        other => {
            let message = format!("The database cannot be brought to this version: {other}.");
            Error::known(&reasons::MIGRATION_FAILED, DOMAIN, message).caused_by(other)
        }
    }
}
