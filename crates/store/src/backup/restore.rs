//! Restoring: all of the archive is read and compared before anything is touched; then the files, then all tables in one
//! transaction.

use std::path::Path;

use saldo_kernel::{Error, reasons};
use sqlx::{Connection, PgConnection};

use super::{
    Folder, OWNER, Summary, archive,
    archive::Reader,
    catalog, damaged, execute,
    files::{self, Restored},
    manifest::{Sequence, Table, quoted},
    positions,
};
use crate::{DOMAIN, Database, Schema, State, error};

/// What is read and sent at a time.
const CHUNK: usize = 256 * 1024;

/// An archive that is whole and of this version.
pub struct Backup {
    archive: Reader,
    schemas: Vec<Schema>,
}

impl Backup {
    /// Opens an archive and reads all of it, to its last byte.
    ///
    /// # Errors
    /// It is damaged (`BACKUP_DAMAGED`), or was written by a version with other schemas (`BACKUP_OF_ANOTHER_VERSION`).
    pub fn open(from: &Path, schemas: &[Schema]) -> Result<Self, Error> {
        let mut archive = Reader::open(from)?;
        archive.manifest.fits(schemas)?;
        archive.verify()?;
        Ok(Self { archive, schemas: schemas.to_vec() })
    }

    /// What it holds.
    pub fn summary(&self) -> Summary {
        self.archive.manifest.summary()
    }

    /// When the snapshot was taken, in seconds since 1970 UTC.
    pub fn taken_at(&self) -> i64 {
        self.archive.manifest.taken_at
    }

    /// Checks that the files have an empty place, before a database is opened.
    ///
    /// # Errors
    /// A folder is not empty (`RESTORE_NEEDS_EMPTY`) or not of this Saldo (`CONFIG_INVALID`).
    pub fn check(&self, folders: &[Folder]) -> Result<(), Error> {
        files::check(&self.archive.manifest.files, folders)
    }

    /// Brings everything back, or nothing.
    ///
    /// # Errors
    /// The database holds rows, or a folder files (`RESTORE_NEEDS_EMPTY`); the database is away or may not be changed so.
    pub async fn restore(mut self, database: &Database, folders: &[Folder]) -> Result<Summary, Error> {
        self.check(folders)?;
        let mut connection = database.connection().await?;
        if database.state(&self.schemas).await? == State::Ahead {
            let message = "The database is of a newer version. Nothing was changed.";
            return Err(Error::known(&reasons::BACKUP_OF_ANOTHER_VERSION, DOMAIN, message));
        }
        must_be_empty(&mut connection, &self.schemas).await?;
        database.migrate(&self.schemas).await?;
        let mut restored = Restored::write(&mut self.archive, folders)?;
        let mut transaction = connection.begin().await.map_err(error::of)?;
        load(&mut transaction, &mut self.archive, &self.schemas).await?;
        // No row without its file: whoever reads the rows finds the files in their place.
        restored.put_in_place()?;
        transaction.commit().await.map_err(error::of)?;
        restored.keep();
        connection.close().await.map_err(error::of)?;
        Ok(self.archive.manifest.summary())
    }
}

/// Fills all tables of a database that has none but empty ones.
async fn load(connection: &mut PgConnection, archive: &mut Reader, schemas: &[Schema]) -> Result<(), Error> {
    let tables = archive.manifest.tables.clone();
    execute(connection, format!("set local role {OWNER}")).await?;
    for table in &tables {
        // Whoever works in the database meanwhile waits, and finds the rows.
        execute(connection, format!("lock table {} in access exclusive mode", table.sql())).await?;
    }
    must_be_empty(connection, schemas).await?;
    check_tables(connection, &tables, schemas).await?;
    // Rows are not read into tables that hide rows from whoever reads them in.
    let guarded = guarded(connection, &tables).await?;
    for table in &guarded {
        execute(connection, format!("alter table {table} no force row level security")).await?;
    }
    for table in &tables {
        let landing = positions::landing(connection, table).await?;
        copy_in(connection, archive, table, &landing).await?;
    }
    positions::renumber(connection, &tables).await?;
    for table in &guarded {
        execute(connection, format!("alter table {table} force row level security")).await?;
    }
    for sequence in &archive.manifest.sequences {
        set(connection, sequence).await?;
    }
    Ok(())
}

async fn copy_in(
    connection: &mut PgConnection,
    archive: &mut Reader,
    table: &Table,
    landing: &str,
) -> Result<(), Error> {
    let sql = format!("copy {landing} ({}) from stdin", table.columns_sql());
    let name = table.entry();
    let mut entry = archive.entry(&name)?;
    let mut copy = connection.copy_in_raw(&sql).await.map_err(error::of)?;
    let mut chunk = vec![0; CHUNK];
    while let Some(length) = archive::next(&mut entry, &mut chunk, &name)? {
        copy.send(chunk.get(..length).unwrap_or_default()).await.map_err(error::of)?;
    }
    let rows = copy.finish().await.map_err(error::of)?;
    if rows != table.rows {
        return Err(damaged(format!("{name} has {rows} rows instead of {}", table.rows)));
    }
    Ok(())
}

/// The tables and columns of the archive must be those of the database: nothing that is there may stay empty in silence.
async fn check_tables(connection: &mut PgConnection, tables: &[Table], schemas: &[Schema]) -> Result<(), Error> {
    let form = |table: &Table| (table.sql(), table.columns.clone());
    let mut here: Vec<_> = catalog::tables(connection, schemas).await?.iter().map(form).collect();
    let mut there: Vec<_> = tables.iter().map(form).collect();
    here.sort();
    there.sort();
    if here == there { Ok(()) } else { Err(damaged("its tables are not those of its version")) }
}

/// The tables whose row-level security holds for their owner too.
async fn guarded(connection: &mut PgConnection, tables: &[Table]) -> Result<Vec<String>, Error> {
    let names: Vec<String> = tables.iter().map(Table::sql).collect();
    let sql = "select name from unnest($1::text[]) name join pg_class c on c.oid = name::regclass
               where c.relforcerowsecurity order by 1";
    sqlx::query_scalar(sql).bind(names).fetch_all(connection).await.map_err(error::of)
}

async fn set(connection: &mut PgConnection, sequence: &Sequence) -> Result<(), Error> {
    let name = format!("{}.{}", quoted(&sequence.schema), quoted(&sequence.name));
    let sql = sqlx::query("select setval($1::regclass, $2, $3)").bind(name).bind(sequence.last_value);
    sql.bind(sequence.is_called).execute(connection).await.map_err(error::of)?;
    Ok(())
}

/// No table of ours may hold a row.
async fn must_be_empty(connection: &mut PgConnection, schemas: &[Schema]) -> Result<(), Error> {
    for table in catalog::tables(connection, schemas).await? {
        let sql = format!("select exists (select from {})", table.sql());
        let has_rows = sqlx::query_scalar::<_, bool>(sqlx::AssertSqlSafe(sql)).fetch_one(&mut *connection).await;
        if has_rows.map_err(error::of)? {
            let message = format!("The database holds rows already, in {}. Nothing was changed.", table.sql());
            return Err(Error::known(&reasons::RESTORE_NEEDS_EMPTY, DOMAIN, message));
        }
    }
    Ok(())
}
