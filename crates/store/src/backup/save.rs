//! Saving: one snapshot of the database, then the files.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use futures::TryStreamExt;
use saldo_kernel::{Error, reasons};
use sqlx::{Connection, PgConnection};

use super::{
    Folder, OWNER, Summary,
    archive::Writer,
    catalog, execute,
    files::Pins,
    manifest::{FORMAT, Manifest, Table, version_of},
    not_written,
};
use crate::{DOMAIN, Database, Schema, State, error};

/// Writes all tables of `schemas` and all files of `folders` to a new archive, which only its owner can read. The database and its
/// services may go on working.
///
/// # Errors
/// The file exists or cannot be written (`BACKUP_NOT_WRITTEN`), the database is of another version
/// (`BACKUP_OF_ANOTHER_VERSION`) or away.
pub async fn save(database: &Database, schemas: &[Schema], folders: &[Folder], to: &Path) -> Result<Summary, Error> {
    if database.state(schemas).await? != State::Current {
        let message = "The database is not of this version.";
        return Err(Error::known(&reasons::BACKUP_OF_ANOTHER_VERSION, DOMAIN, message)
            .hint("Back up with the version that it is of, or run `saldo migrate` first."));
    }
    let unfinished = Unfinished::create(to)?;
    let mut archive = Writer::new(unfinished.file()?);
    let mut pins = Pins::new(folders)?;
    // Before the snapshot and after it: what it needs was there at one of the two.
    pins.add()?;
    let mut connection = database.connection().await?;
    execute(&mut connection, format!("begin isolation level repeatable read, read only; set local role {OWNER}"))
        .await?;
    let taken_at = sqlx::query_scalar("select extract(epoch from now())::int8");
    let taken_at: i64 = taken_at.fetch_one(&mut connection).await.map_err(error::of)?;
    pins.add()?;
    let mut tables = catalog::tables(&mut connection, schemas).await?;
    for table in &mut tables {
        copy_out(&mut connection, table, &mut archive).await?;
    }
    // Sequences know no snapshot: read last, they are ahead of every row.
    let sequences = catalog::sequences(&mut connection, schemas).await?;
    execute(&mut connection, "commit".to_owned()).await?;
    connection.close().await.map_err(error::of)?;
    let manifest = Manifest {
        format: FORMAT,
        saldo: env!("CARGO_PKG_VERSION").to_owned(),
        taken_at,
        schemas: schemas.iter().map(version_of).collect(),
        tables,
        sequences,
        files: pins.save(&mut archive)?,
    };
    archive.finish(&manifest)?;
    unfinished.finish(to)?;
    Ok(manifest.summary())
}

async fn copy_out(connection: &mut PgConnection, table: &mut Table, archive: &mut Writer) -> Result<(), Error> {
    let sql = format!("copy (select {} from {}) to stdout", table.columns_sql(), table.sql());
    let mut entry = archive.entry(&table.entry(), true)?;
    let mut rows = connection.copy_out_raw(&sql).await.map_err(error::of)?;
    while let Some(chunk) = rows.try_next().await.map_err(error::of)? {
        // A line end within a value is written as \n.
        table.rows += u64::try_from(chunk.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u64::MAX);
        entry.write(&chunk)?;
    }
    drop(rows);
    table.content = entry.end();
    Ok(())
}

/// An archive under another name until it is complete; gone if it never is.
struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    fn create(to: &Path) -> Result<Self, Error> {
        if to.exists() {
            let message = format!("{} exists already.", to.display());
            return Err(Error::known(&reasons::BACKUP_NOT_WRITTEN, DOMAIN, message).hint("Choose another name."));
        }
        let mut path = to.as_os_str().to_owned();
        path.push(".unfinished");
        let path = PathBuf::from(path);
        let created = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path);
        created.map_err(|cause| not_written(&format!("{} cannot be written", path.display()), cause))?;
        Ok(Self { path })
    }

    fn file(&self) -> Result<File, Error> {
        let file = OpenOptions::new().write(true).open(&self.path);
        file.map_err(|cause| not_written(&format!("{} cannot be written", self.path.display()), cause))
    }

    fn finish(self, to: &Path) -> Result<(), Error> {
        let failed = |cause| not_written(&format!("{} cannot be written", to.display()), cause);
        fs::rename(&self.path, to).map_err(failed)?;
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After `finish` it has its real name.
        let _ = fs::remove_file(&self.path);
    }
}
