//! `saldo serve`: the server, all targets or some.

use std::process::ExitCode;

use clap::Args;
use saldo_kernel::Error;
use saldo_runtime::{Addresses, Assembly, Module, interrupted, telemetry};

use super::Sources;
use crate::{modules, terminal};

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The targets to run, with a comma between; all if absent
    #[arg(long, value_delimiter = ',', value_name = "TARGETS")]
    target: Vec<String>,
    /// List the targets with what each one owns, and end
    #[arg(long)]
    list_targets: bool,
    #[command(flatten)]
    sources: Sources,
}

impl Serve {
    pub(crate) fn run(self) -> Result<ExitCode, Error> {
        if self.list_targets {
            let line = |module: &Module| format!("{:<12} {}\n", module.name, module.summary);
            terminal::print(&modules::table().iter().map(line).collect::<String>())?;
            return Ok(ExitCode::SUCCESS);
        }
        let settings = self.sources.load()?;
        let assembly = Assembly::new(&modules::table(), &self.target, settings.clone())?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|cause| Error::internal("saldo", "the runtime cannot be started").caused_by(cause))?;
        runtime.block_on(async {
            let telemetry = telemetry::start(&settings, &assembly.targets())?;
            let ended = serve(assembly).await;
            telemetry.flush();
            ended
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn serve(assembly: Assembly) -> Result<(), Error> {
    let targets = assembly.targets().join(", ");
    let running = assembly.start().await?;
    terminal::print(&announcement(running.addresses(), &targets))?;
    running
        .until(async {
            match interrupted().await {
                Ok(()) => tracing::info!("stopping"),
                Err(error) => tracing::error!(%error, "signals cannot be received; stopping"),
            }
        })
        .await
}

/// Tells on standard output where to go. Programs read these lines too.
fn announcement(addresses: &Addresses, targets: &str) -> String {
    let mut out = format!("Saldo {} is ready ({targets}).\n", env!("CARGO_PKG_VERSION"));
    let lines = [
        ("open", addresses.web.map(|at| format!("http://{at}"))),
        ("health", addresses.ops.map(|at| format!("http://{at}/readyz, metrics at /metrics"))),
        ("grpc", addresses.grpc.map(|at| format!("http://{at}"))),
    ];
    for (name, text) in lines {
        if let Some(text) = text {
            out.push_str(&format!("  {name:<7} {text}\n"));
        }
    }
    out
}
