//! `saldo backup` and `saldo restore`: all that Saldo keeps as one file, and back.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use saldo_kernel::Error;
use saldo_runtime::{Settings, data_dir, open_database, open_database_beside};
use saldo_store::backup::{self, Folder, Summary};

use super::{Sources, block_on};
use crate::{modules, terminal};

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file to write; it must not exist yet
    file: PathBuf,
    /// Include the keys (data.dir/keys): whoever has the file can then read everything in it
    #[arg(long)]
    with_keys: bool,
    #[command(flatten)]
    sources: Sources,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// A file that `saldo backup` has written
    file: PathBuf,
    #[command(flatten)]
    sources: Sources,
}

impl Backup {
    /// Saves all that is kept; a server may go on working meanwhile.
    pub(crate) fn run(self) -> Result<ExitCode, Error> {
        let settings = self.sources.load()?;
        let mut folders = files_of(&settings);
        if self.with_keys {
            folders.push(keys_of(&settings));
        }
        let saved = block_on(async {
            let database = open_database_beside(&settings).await?;
            let saved = backup::save(&database, &modules::schemas(), &folders, &self.file).await;
            database.close().await;
            saved
        })?;
        terminal::print(&format!("Saved {} to {}.\n", told(&saved), self.file.display()))?;
        let keys = keys_of(&settings).path;
        terminal::print(&if self.with_keys {
            "The keys are in it: whoever has this file can read everything. Keep it as you keep them.\n".to_owned()
        } else {
            format!(
                "The keys are not in it, and without them nobody can read the files: keep a copy of {} in another place.\n",
                keys.display()
            )
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Restore {
    /// Brings all of it back to an empty database and an empty folder, or changes nothing.
    pub(crate) fn run(self) -> Result<ExitCode, Error> {
        let settings = self.sources.load()?;
        let backup = backup::Backup::open(&self.file, &modules::schemas())?;
        let mut folders = files_of(&settings);
        folders.push(keys_of(&settings));
        backup.check(&folders)?;
        let restored = block_on(async {
            let (database, _) = open_database(&settings).await?;
            let restored = backup.restore(&database, &folders).await;
            database.close().await;
            restored
        })?;
        terminal::print(&format!("Restored {} from {}.\n", told(&restored), self.file.display()))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The files of the users, where they are kept here and not in an object store.
fn files_of(settings: &Settings) -> Vec<Folder> {
    let kept_here = settings.text("blobs.kind") != "s3";
    kept_here.then(|| folder(settings, "files")).into_iter().collect()
}

fn keys_of(settings: &Settings) -> Folder {
    folder(settings, "keys")
}

fn folder(settings: &Settings, name: &'static str) -> Folder {
    Folder { name, path: Path::join(&data_dir(settings), name) }
}

fn told(summary: &Summary) -> String {
    let Summary { tables, rows, files, bytes } = summary;
    format!("{rows} rows of {tables} tables and {files} files of {bytes} bytes")
}
