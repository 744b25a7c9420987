//! A whole Saldo in one archive, and back: every table of every schema as one snapshot, and folders of files. Nothing of
//! PostgreSQL's own tools is needed, and what was written by one server is read by another of any version.
//!
//! The archive is a zip: `manifest.json`, `tables/<schema>.<table>` as `COPY … TO` writes text, `files/<folder>/<path>`.
//!
//! Invariant: what is read back is what was written, to the byte, or nothing is touched: all of it is verified before.
//! Invariant: a row comes back with the files that it names: they are copied after the snapshot, and in place before it.

mod archive;
mod catalog;
mod files;
mod manifest;
mod positions;
mod restore;
mod save;

use std::path::PathBuf;

use saldo_kernel::{Error, reasons};

use crate::{DOMAIN, error};

pub use restore::Backup;
pub use save::save;

/// A folder of files that belongs to a backup.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Its name in the archive.
    pub name: &'static str,
    /// Where it is; one that does not exist is empty.
    pub path: PathBuf,
}

/// What was saved or restored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Tables.
    pub tables: u64,
    /// Rows of all tables.
    pub rows: u64,
    /// Files of all folders.
    pub files: u64,
    /// Bytes of all files.
    pub bytes: u64,
}

/// The role that owns every schema: it sees and writes all rows.
const OWNER: &str = "saldo_migrator";

fn damaged(what: impl std::fmt::Display) -> Error {
    Error::known(&reasons::BACKUP_DAMAGED, DOMAIN, format!("The backup is damaged: {what}. Nothing was changed."))
}

fn not_written(what: &str, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::known(&reasons::BACKUP_NOT_WRITTEN, DOMAIN, format!("{what}: {cause}.")).caused_by(cause)
}

async fn execute(connection: &mut sqlx::PgConnection, sql: String) -> Result<(), Error> {
    sqlx::Executor::execute(connection, sqlx::raw_sql(sqlx::AssertSqlSafe(sql))).await.map_err(error::of)?;
    Ok(())
}
