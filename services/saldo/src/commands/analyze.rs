//! `saldo analyze`: the report in the terminal, or as the API's JSON.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};
use saldo_analysis::{Answer, Job, MAX_FILES, Upload, analyze, narrative::Language};
use saldo_kernel::Error;
use saldo_proto::to_json;

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
    #[command(flatten)]
    hints: HintFlags,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    En,
    Ru,
}

impl Analyze {
    pub(crate) fn run(self) -> Result<ExitCode, Error> {
        let upload = |path: &PathBuf| Ok(Upload { name: name(path), content: open(path)? });
        let uploads = self.files.iter().map(upload).collect::<Result<_, Error>>()?;
        let language = self.language();
        let job = Job {
            languages: match (self.format, self.lang) {
                (Format::Json, None) => Language::ALL.to_vec(),
                _ => vec![language],
            },
            hints: self.hints.hints(),
            rows: 0,
        };
        let mut progress = terminal::Progress::new(language);
        let answer = analyze(uploads, &job, &mut progress);
        progress.clear();
        match (answer?, self.format) {
            (Answer::Report(report), Format::Json) => {
                terminal::print(&format!("{}\n", to_json("saldo.analysis.v1.Report", report.as_ref())?))?;
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
                terminal::question(&question, self.files.len() > 1);
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
