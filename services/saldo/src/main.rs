//! The `saldo` program: every target in one binary, and the command line on the same engine.

mod checks;
mod commands;
mod exit;
mod modules;
mod terminal;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

/// Gives what is no longer needed back to the system, which the C library of Linux keeps.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let command = commands::Cli::parse();
    match commands::run(command) {
        Ok(code) => code,
        Err(error) => {
            terminal::error(&error);
            exit::code(error.kind)
        }
    }
}
