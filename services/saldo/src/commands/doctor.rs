//! `saldo doctor`: whether a server would run here, and what to do where it would not.

use std::process::ExitCode;

use anstyle::{AnsiColor, Color, Style};
use clap::Args;
use saldo_kernel::Error;
use saldo_runtime::Settings;
use serde_json::json;

use super::{Format, Sources};
use crate::{
    checks::{self, Check, State},
    terminal,
};

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// How the checks are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    sources: Sources,
}

impl Doctor {
    /// Ends with 1 if a check failed.
    pub(crate) fn run(self) -> Result<ExitCode, Error> {
        let (settings, problems) = Settings::read(&self.sources.layers());
        let checks = checks::all(&settings, problems);
        let text = match self.format {
            Format::Text => checks.iter().map(line).collect(),
            Format::Json => {
                let one = |one: &Check| json!({"name": one.name, "state": word(one.state), "says": one.says, "hint": one.hint});
                format!("{:#}\n", json!({"checks": checks.iter().map(one).collect::<Vec<_>>()}))
            }
        };
        terminal::print(&text)?;
        Ok(ExitCode::from(u8::from(checks.iter().any(|one| one.state == State::Fail))))
    }
}

fn line(check: &Check) -> String {
    let colour = match check.state {
        State::Ok => AnsiColor::Green,
        State::Warn => AnsiColor::Yellow,
        State::Fail => AnsiColor::Red,
    };
    let style = Style::new().fg_color(Some(Color::Ansi(colour)));
    let hint = if check.hint.is_empty() { String::new() } else { format!("      → {}\n", check.hint) };
    format!("{style}{:<4}{style:#}  {:<24} {}\n{hint}", word(check.state), check.name, check.says)
}

fn word(state: State) -> &'static str {
    match state {
        State::Ok => "ok",
        State::Warn => "warn",
        State::Fail => "fail",
    }
}
