//! Development tasks: `cargo xtask gen` writes the code that follows from the contract and the pages that follow from the
//! code, `cargo xtask gen --check` tells whether they are stale.

mod generate;
mod guards;
mod reference;

use std::{path::PathBuf, process::ExitCode};

/// Any error ends the task.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["gen"] => generate::write(&root()),
        ["gen", "--check"] => generate::check(&root()),
        _ => Err("usage: cargo xtask gen [--check]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}
