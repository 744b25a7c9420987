//! `saldo config`: every setting with its value, origin and meaning; and whether they fit.

use std::process::ExitCode;

use clap::Subcommand;
use saldo_kernel::Error;
use saldo_runtime::{Settings, config};

use super::Sources;
use crate::terminal;

#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Print every setting with its value and where it comes from
    Show(Sources),
    /// Tell every problem of the settings at once
    Check(Sources),
}

impl Config {
    pub(crate) fn run(self) -> Result<ExitCode, Error> {
        match self {
            Self::Show(sources) => terminal::print(&shown(&sources.load()?))?,
            Self::Check(sources) => check(&sources)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn check(sources: &Sources) -> Result<(), Error> {
    let settings = sources.load()?;
    let changed = settings.iter().filter(|(_, _, origin)| **origin != config::Origin::Default).count();
    let all = settings.iter().count();
    terminal::print(&format!("The settings fit. {changed} of {all} differ from their default.\n"))
}

/// The default file again, comments and all, with the values in force.
fn shown(settings: &Settings) -> String {
    let mut lines = Vec::new();
    let mut section = String::new();
    for line in config::DEFAULTS.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            name.clone_into(&mut section);
        }
        let key = line.split_once(" = ").map(|(key, _)| format!("{section}.{key}"));
        let setting = key.and_then(|key| settings.iter().find(|(name, ..)| *name == key));
        match setting {
            Some((name, value, origin)) => {
                let from =
                    if *origin == config::Origin::Default { String::new() } else { format!("  # from {origin}") };
                lines.push(format!("{} = {}{from}", short(name), config::shown(name, value)));
            }
            None => lines.push(line.to_owned()),
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn short(key: &str) -> &str {
    key.split_once('.').map_or(key, |(_, name)| name)
}
