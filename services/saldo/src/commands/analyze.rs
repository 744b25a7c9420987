//! `saldo analyze`: the report in the terminal, or as the API's JSON.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};
use saldo_analysis::{Answer, Forecaster, Job, MAX_FILES, Upload, analyze, narrative::Language, write_json};
use saldo_engine::{Limits, Scratch};
use saldo_kernel::Error;
use saldo_proto::{
    analysis::v1::Correction,
    forecast::v1::{ForecastSeriesRequest, ForecastSeriesResponse},
    to_json,
};

use super::{Format, HintFlags, name, open};
use crate::{exit, terminal};

#[derive(Debug, Args)]
pub(crate) struct Analyze {
    /// The file, or several as one ledger; - is standard input
    #[arg(required = true, value_name = "FILE", num_args = 1..=MAX_FILES)]
    files: Vec<PathBuf>,
    /// How the report is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The language of the report; the system's if absent
    #[arg(long, value_enum)]
    lang: Option<Lang>,
    /// A file whose categories are right, such as last year's export with your corrections; may be repeated
    #[arg(long, value_name = "FILE")]
    learn_from: Vec<PathBuf>,
    /// The category of a counterparty or description; may be repeated
    #[arg(long, value_name = "TEXT=CATEGORY", value_parser = correction)]
    correct: Vec<Correction>,
    /// List the rows before the report, each with its category and why (text only)
    #[arg(long)]
    rows: bool,
    #[command(flatten)]
    hints: HintFlags,
}

/// The last `=` parts text and category: descriptions may hold others.
fn correction(argument: &str) -> Result<Correction, String> {
    let (text, category) = argument.rsplit_once('=').ok_or("must be TEXT=CATEGORY, such as REWE=Groceries")?;
    Ok(Correction { text: text.trim().to_owned(), category: category.trim().to_owned() })
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    En,
    Ru,
}

/// The use case of the forecast service, without a server.
struct Local;

impl Forecaster for Local {
    fn forecast(&self, series: ForecastSeriesRequest) -> Result<ForecastSeriesResponse, Error> {
        saldo_forecast::forecast_series(&series)
    }
}

impl Analyze {
    pub(crate) fn run(self) -> Result<ExitCode, Error> {
        let upload = |path: &PathBuf| Ok(Upload { name: name(path), content: open(path)? });
        let uploads = self.files.iter().map(upload).collect::<Result<_, Error>>()?;
        let trusted = self.learn_from.iter().map(upload).collect::<Result<Vec<_>, Error>>()?;
        let several = self.files.len() + trusted.len() > 1;
        let language = self.language();
        let job = Job {
            languages: match (self.format, self.lang) {
                (Format::Json, None) => Language::ALL.to_vec(),
                _ => vec![language],
            },
            hints: self.hints.hints(),
            scratch: Scratch::default(),
            limits: Limits::default(),
            rows: if self.rows && self.format == Format::Text { usize::MAX } else { 0 },
            corrections: self.correct,
        };
        let mut progress = terminal::Progress::new(language);
        let answer = analyze(uploads, trusted, &job, &Local, &mut progress);
        progress.clear()?;
        match (answer?, self.format) {
            (Answer::Report(report), Format::Json) => {
                terminal::stream(|out| write_json(*report, out).and_then(|()| writeln!(out)))?;
                Ok(ExitCode::SUCCESS)
            }
            (Answer::Report(report), Format::Text) => {
                terminal::print(&terminal::report(&report, language))?;
                Ok(ExitCode::SUCCESS)
            }
            (Answer::Question(question), Format::Json) => {
                terminal::print(&format!("{}\n", to_json("saldo.analysis.v1.Question", &question)?))?;
                Ok(ExitCode::from(exit::QUESTION))
            }
            (Answer::Question(question), Format::Text) => {
                terminal::question(&question, several, language);
                Ok(ExitCode::from(exit::QUESTION))
            }
        }
    }

    /// The language asked for, else that of the system's locale, else English.
    fn language(&self) -> Language {
        match self.lang {
            Some(Lang::En) => Language::English,
            Some(Lang::Ru) => Language::Russian,
            None => {
                let set = |name: &str| std::env::var(name).ok().filter(|locale| !locale.is_empty());
                let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default();
                if locale.starts_with("ru") { Language::Russian } else { Language::English }
            }
        }
    }
}
