//! The commands, one per file.

mod analyze;
mod backup;
mod config;
mod dlq;
mod doctor;
mod import;
mod migrate;
mod serve;
mod sums;

use std::{
    fs::File,
    io::{Read, Seek},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use saldo_engine::{DateOrder, Hints, Sign};
use saldo_kernel::{Currency, Error, reasons};
use saldo_runtime::{Assembly, Settings, config as settings, config::Layers};

use crate::modules;

/// Drop a statement, read what happened.
#[derive(Debug, Parser)]
#[command(name = "saldo", version, about, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Analyse a file, or several as one ledger, and print the report
    Analyze(analyze::Analyze),
    /// Tell exactly what was read from a file, or from several as one ledger
    Import(import::Import),
    /// Add up what moved by month, account and the like
    Sums(sums::Sums),
    /// Run the server
    Serve(serve::Serve),
    /// Bring the database to this version
    Migrate(migrate::Migrate),
    /// Save all that is kept as one file
    Backup(backup::Backup),
    /// Bring back what `backup` has saved, to where nothing is yet
    Restore(backup::Restore),
    /// Look after events that could not be handled (dead letters)
    #[command(subcommand)]
    Dlq(dlq::Dlq),
    /// Show or check the settings
    #[command(subcommand)]
    Config(config::Config),
    /// Check whether a server would run here
    Doctor(doctor::Doctor),
}

/// Where settings come from.
#[derive(Clone, Debug, Default, Args)]
struct Sources {
    /// A file of settings (TOML)
    #[arg(long, env = "SALDO_CONFIG", value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// One setting, such as gateway.listen=127.0.0.1:0; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE", global = true)]
    set: Vec<String>,
}

impl Sources {
    fn layers(&self) -> Layers {
        // SALDO_CONFIG is the flag above, not a setting.
        let environment = std::env::vars().filter(|(name, _)| name != "SALDO_CONFIG").collect();
        Layers { file: self.config.clone(), environment, flags: self.set.clone() }
    }

    fn load(&self) -> Result<Settings, Error> {
        let (loaded, mut problems) = Settings::read(&self.layers());
        problems.extend(Assembly::check(&modules::table(), &loaded));
        if problems.is_empty() { Ok(loaded) } else { Err(settings::refused(&problems)) }
    }
}

/// Answers to what a file leaves open. Named as in the API.
#[derive(Clone, Debug, Args)]
struct HintFlags {
    /// The order of dates that leave it open
    #[arg(long, value_name = "ORDER")]
    date_order: Option<Order>,
    /// The decimal separator of amounts that leave it open: . or ,
    #[arg(long, value_name = "CHARACTER", value_parser = decimal)]
    decimal: Option<char>,
    /// The currency of a file that states none (ISO 4217)
    #[arg(long, value_name = "CODE", value_parser = currency)]
    currency: Option<Currency>,
    /// What a positive amount is where nothing else tells money in from money out
    #[arg(long, value_name = "SIGN")]
    sign: Option<SignFlag>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
enum SignFlag {
    /// Money in
    PlusIn,
    /// Money out, as on statements of cards
    PlusOut,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Order {
    Dmy,
    Mdy,
    Ymd,
}

impl HintFlags {
    fn hints(&self) -> Hints {
        let order = |order| match order {
            Order::Dmy => DateOrder::Dmy,
            Order::Mdy => DateOrder::Mdy,
            Order::Ymd => DateOrder::Ymd,
        };
        let sign = |sign| match sign {
            SignFlag::PlusIn => Sign::PlusIn,
            SignFlag::PlusOut => Sign::PlusOut,
        };
        Hints {
            date_order: self.date_order.map(order),
            decimal: self.decimal,
            currency: self.currency,
            sign: self.sign.map(sign),
        }
    }
}

fn decimal(text: &str) -> Result<char, String> {
    match text {
        "." => Ok('.'),
        "," => Ok(','),
        _ => Err("must be . or ,".to_owned()),
    }
}

fn currency(text: &str) -> Result<Currency, String> {
    text.parse().map_err(|_| "must be three capital letters, such as EUR".to_owned())
}

/// How a result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs one command.
pub(crate) fn run(cli: Cli) -> Result<ExitCode, Error> {
    match cli.command {
        Command::Analyze(analyze) => analyze.run(),
        Command::Import(import) => import.run(),
        Command::Sums(sums) => sums.run(),
        Command::Serve(serve) => serve.run(),
        Command::Migrate(migrate) => migrate.run(),
        Command::Backup(backup) => backup.run(),
        Command::Restore(restore) => restore.run(),
        Command::Dlq(dlq) => dlq.run(),
        Command::Config(config) => config.run(),
        Command::Doctor(doctor) => doctor.run(),
    }
}

/// Does work that waits, on this thread.
fn block_on<T>(work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|cause| Error::internal("saldo", "the runtime cannot be started").caused_by(cause))?.block_on(work)
}

/// What the user calls a file, without its folder.
fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Opens a file that the user named; `-` is standard input.
fn open(path: &Path) -> Result<File, Error> {
    let refuse =
        |text: String| Error::known(&reasons::FILE_NOT_OPENED, "saldo", format!("{}: {text}.", path.display()));
    if path.as_os_str() == "-" {
        return spooled(std::io::stdin()).map_err(|cause| refuse(cause.to_string()));
    }
    let file = File::open(path).map_err(|cause| refuse(cause.to_string()))?;
    match file.metadata() {
        Ok(metadata) if metadata.is_dir() => Err(refuse("it is a folder".to_owned())),
        Ok(metadata) if metadata.is_file() => Ok(file),
        // A pipe cannot be read twice, as the engine does.
        _ => spooled(file).map_err(|cause| refuse(cause.to_string())),
    }
}

/// What comes through a pipe, in a file without a name.
fn spooled(mut pipe: impl Read) -> std::io::Result<File> {
    let mut spool = tempfile::tempfile()?;
    std::io::copy(&mut pipe, &mut spool)?;
    spool.rewind()?;
    Ok(spool)
}
