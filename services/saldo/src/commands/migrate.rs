//! `saldo migrate`: the database of this version, before its processes start.

use std::process::ExitCode;

use clap::Args;
use saldo_bus::Engine;
use saldo_kernel::Error;
use saldo_runtime::{Settings, bus_options, open_database};
use saldo_store::Schema;

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
        let (applied, topics) = block_on(async {
            let (database, _) = open_database(&settings).await?;
            let applied = database.migrate(&schemas).await;
            database.close().await;
            Ok((applied?, topics(&settings, &schemas).await?))
        })?;
        for one in applied {
            let done = match one.migrations {
                0 => "is as this version needs it".to_owned(),
                1 => "got 1 migration".to_owned(),
                count => format!("got {count} migrations"),
            };
            terminal::print(&format!("{:<12} {done}\n", one.schema))?;
        }
        for topic in topics {
            terminal::print(&format!("{topic:<20} is a new topic\n"))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Makes the topics that Kafka lacks, where it carries the events: one for each service that keeps something.
async fn topics(settings: &Settings, schemas: &[Schema]) -> Result<Vec<String>, Error> {
    let (Engine::Kafka(kafka), _) = bus_options(settings)? else { return Ok(Vec::new()) };
    let services = schemas.iter().filter(|schema| schema.of_service);
    let topics: Vec<String> = services.map(|schema| format!("saldo.{}.v1", schema.name)).collect();
    saldo_bus::create_topics(&kafka, &topics).await
}
