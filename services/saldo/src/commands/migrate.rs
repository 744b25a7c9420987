//! `saldo migrate`: the database of this version, before its processes start.

use std::process::ExitCode;

use clap::Args;
use saldo_kernel::Error;
use saldo_runtime::open_database;

use super::{Sources, block_on};
use crate::{modules, terminal};

#[derive(Debug, Args)]
pub(crate) struct Migrate {
    #[command(flatten)]
    sources: Sources,
}

impl Migrate {
    /// Brings the schemas of all targets to this version; what is there already stays as it is.
    pub(crate) fn run(self) -> Result<ExitCode, Error> {
        let settings = self.sources.load()?;
        let schemas = modules::schemas();
        let applied = block_on(async {
            let (database, _) = open_database(&settings).await?;
            let applied = database.migrate(&schemas).await;
            database.close().await;
            applied
        })?;
        for one in applied {
            let done = match one.migrations {
                0 => "is as this version needs it".to_owned(),
                1 => "got 1 migration".to_owned(),
                count => format!("got {count} migrations"),
            };
            terminal::print(&format!("{:<12} {done}\n", one.schema))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
