//! The reference pages of settings and of errors, from `config.default.toml` and the table of reasons.

use std::{fmt::Write as _, fs, path::Path};

use saldo_kernel::reasons::{self, Known, Met};

use crate::Result;

const MADE: &str = "<!-- Made by `make gen`; not edited by hand. -->\n\n";

/// The pages by their path below the root.
pub(crate) fn pages(root: &Path) -> Result<[(&'static str, String); 2]> {
    let defaults = fs::read_to_string(root.join("crates/runtime/src/config.default.toml"))?;
    let is_target = |section: &str| root.join("services").join(section).is_dir();
    Ok([
        ("docs/reference/configuration.md", configuration(&defaults, is_target)?),
        ("docs/reference/errors.md", errors()?),
    ])
}

/// Every setting with its variable, type, default and meaning, by section. A section named like a target is its own.
fn configuration(defaults: &str, is_target: impl Fn(&str) -> bool) -> Result<String> {
    let mut out = format!(
        "# Settings\n\n{MADE}From the weakest to the strongest: these defaults, a file (`--config FILE`), the environment, flags \
         (`--set gateway.listen=…`). Every\nproblem is told at once, with the nearest name for one that is not known. `saldo \
         config show` prints all settings with their values\nand origins, `saldo config check` whether they fit.\n"
    );
    let (mut section, mut says) = ("", String::new());
    for line in defaults.lines() {
        if let Some(text) = line.strip_prefix('#') {
            says.push_str(text);
        } else if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
            says.clear();
            let of = if is_target(name) { format!("target `{name}`") } else { "every process".to_owned() };
            write!(
                out,
                "\n## {name}\n\nRead by {of}.\n\n| setting | variable | type | default | what it says |\n|---|---|---|---|---|\n"
            )?;
        } else if let Some((name, value)) = line.split_once(" = ") {
            if says.is_empty() {
                return Err(format!("{section}.{name} has no comment").into());
            }
            let variable = format!("SALDO_{section}_{name}").to_uppercase();
            let kind = kind(name, value);
            writeln!(out, "| `{section}.{name}` | `{variable}` | {kind} | `{value}` | {} |", cell(&says))?;
            says.clear();
        }
    }
    Ok(out)
}

/// The type and unit of a setting: names end in their unit.
fn kind(name: &str, value: &str) -> &'static str {
    const UNITS: &[(&str, &str)] = &[
        ("_bytes_per_second", "bytes a second"),
        ("_bytes", "bytes"),
        ("_ms", "milliseconds"),
        ("_seconds", "seconds"),
    ];
    match value.chars().next() {
        Some('"') => "text",
        Some('t' | 'f') => "`true` or `false`",
        _ => UNITS.iter().find(|(ending, _)| name.ends_with(ending)).map_or("whole number", |(_, unit)| unit),
    }
}

/// Every reason with its statuses, meaning and advice, by where it is met.
fn errors() -> Result<String> {
    let mut out = format!(
        "# Errors\n\n{MADE}A failure is a problem object over HTTP, the same as details of the status over gRPC ([the API](../api.md#problems)), \
         and the last\nline of a command in a terminal. Match on the reason: reasons are stable, sentences and hints are not.\n"
    );
    for (met, title, what) in [
        (Met::Call, "On any call", "HTTP and gRPC."),
        (Met::Upload, "On a file", "`POST /analyze`, `AnalysisService.Analyze` and the commands that read a file."),
        (Met::File, "On files that are kept", "Paths of `/v1/workspaces/{workspace_id}/files` and `FileService`."),
        (Met::Forecast, "On a forecast", "`POST /v1/forecasts` and `ForecastService.ForecastSeries`."),
        (Met::Terminal, "In a terminal", "Commands, and the start of a server; no client of a server meets them."),
    ] {
        let is_served = met != Met::Terminal;
        let heads = if is_served { "| HTTP | gRPC " } else { "" };
        let rule = if is_served { "|---|---" } else { "" };
        write!(out, "\n## {title}\n\n{what}\n\n| reason {heads}| what it means | what to do |\n|---{rule}|---|---|\n")?;
        let mut rows: Vec<&Known> = reasons::ALL.iter().filter(|one| one.met == met).collect();
        rows.sort_by_key(|one| (one.kind.row().http, one.name));
        for one in rows {
            let row = one.kind.row();
            let statuses = if is_served { format!("| {} | {} ", row.http, grpc_name(row.grpc)) } else { String::new() };
            writeln!(out, "| `{}` {statuses}| {} | {} |", one.name, cell(one.says), cell(one.hint))?;
        }
    }
    Ok(out)
}

/// The names of gRPC's codes, by their number.
const GRPC: [&str; 17] = [
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
];

fn grpc_name(code: i32) -> &'static str {
    usize::try_from(code).ok().and_then(|code| GRPC.get(code)).copied().unwrap_or("UNKNOWN")
}

/// A text as a cell of a table.
fn cell(text: &str) -> String {
    text.trim().replace('|', "\\|")
}
