//! What a person reads in a terminal: errors, a question, progress, the report.

mod progress;
mod report;
mod rows;
mod words;

use std::io::Write;

use anstyle::{AnsiColor, Style};
use saldo_analysis::narrative::Language;
use saldo_engine::BalancesStated;
use saldo_kernel::{Error, reasons};
use saldo_proto::analysis::v1::Question;

pub(crate) use progress::Progress;
pub(crate) use report::report;
use rows::rows;
use words::Words;

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const RED: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));

/// Writes much to standard output piece by piece, without styles.
pub(crate) fn stream(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Error> {
    let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    written(write(&mut out).and_then(|()| out.flush()))
}

/// Writes to standard output; styles are stripped where it is not a terminal. A reader that went away, such as `head`,
/// has what it wanted.
pub(crate) fn print(text: &str) -> Result<(), Error> {
    let mut out = anstream::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

fn written(result: std::io::Result<()>) -> Result<(), Error> {
    match result {
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => {
            let message = format!("The output cannot be written: {cause}.");
            Err(Error::known(&reasons::OUTPUT_NOT_WRITTEN, "saldo", message))
        }
        _ => Ok(()),
    }
}

/// The error with its reason, what to do, and its cause, on standard error.
pub(crate) fn error(error: &Error) {
    anstream::eprintln!("{RED}error{RED:#} {}: {}", error.reason, error.message);
    if let Some(hint) = &error.hint {
        anstream::eprintln!("  {FAINT}→{FAINT:#} {hint}");
    }
    if let Some(cause) = error.source.as_ref().filter(|cause| !error.message.contains(&cause.to_string())) {
        anstream::eprintln!("  {FAINT}because {cause}{FAINT:#}");
    }
}

/// Why nothing is proved, by the balances that a file states.
pub(crate) fn unproved(stated: BalancesStated) -> &'static str {
    Words::of(Language::English).unproved(stated.key())
}

/// The question with its readings and the flag of each, on standard error; of several files with the file.
pub(crate) fn question(question: &Question, several: bool, language: Language) {
    let column = &question.column;
    if several {
        anstream::eprintln!("{BOLD}{}{BOLD:#}", question.file_name);
    }
    let words = Words::of(language);
    let [before, after] = words.asks;
    anstream::eprintln!("{BOLD}{before}{column}{after}{BOLD:#} ({})", question.reason);
    let flag = question.hint.replace('_', "-");
    for choice in &question.choices {
        let preview: Vec<_> = choice.preview.iter().map(|one| format!("{} → {}", one.written, one.read)).collect();
        anstream::eprintln!("  --{flag} {:<4} {FAINT}{}{FAINT:#}", choice.value, preview.join("   "));
    }
    anstream::eprintln!("{}", words.answer);
}

/// Lines about the work on standard error, where standard output is for a machine.
pub(crate) fn tell(lines: &[String]) {
    for line in lines {
        anstream::eprintln!("{line}");
    }
}
