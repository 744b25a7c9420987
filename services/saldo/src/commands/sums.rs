//! `saldo sums`: what moved, added up by month, account and the like.

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};
use saldo_analysis::narrative::Language;
use saldo_engine::{self as engine, Grouping, Role, Sum, Sums as Found, SumsOutcome};
use saldo_kernel::{Error, Money};
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use super::{HintFlags, import::asked, open};
use crate::{exit, terminal};

#[derive(Debug, Args)]
pub(crate) struct Sums {
    /// The file; - is standard input
    file: PathBuf,
    /// What to add up by, in this order: year, month, day, account, category, counterparty, currency, column:HEADER
    #[arg(long, value_name = "KEYS", default_value = "month")]
    by: Grouping,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    hints: HintFlags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
}

impl Sums {
    pub(crate) fn run(self) -> Result<ExitCode, Error> {
        let file = open(&self.file)?;
        match engine::sums(file, &self.by, &self.hints.hints(), &mut ()).map_err(Error::from)? {
            SumsOutcome::Question(question) => {
                if self.format == Format::Json {
                    terminal::print(&format!("{}\n", asked(&question)))?;
                } else {
                    terminal::question(&saldo_analysis::question_of(&question), false, Language::English);
                }
                Ok(ExitCode::from(exit::QUESTION))
            }
            SumsOutcome::Sums(sums) => {
                match self.format {
                    Format::Text => terminal::print(&text(&sums, &self.by))?,
                    Format::Json => terminal::print(&format!("{}\n", object(&sums, &self.by)))?,
                    Format::Csv => {
                        terminal::print(&csv(&sums, &self.by))?;
                        terminal::tell(&about(&sums));
                    }
                }
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// The names of the keys without the currency, which every table shows anyway.
fn keys(by: &Grouping) -> Vec<(usize, &str)> {
    let all = by.0.iter().enumerate().filter(|(_, key)| **key != engine::GroupBy::Currency);
    all.map(|(place, key)| (place, key.name())).collect()
}

/// The keys, the currency and the figures of each group, as text.
fn rows(sums: &Found, by: &Grouping) -> Vec<Vec<String>> {
    let keys = keys(by);
    let row = |sum: &Sum| {
        let key = keys.iter().filter_map(|(place, _)| sum.key.get(*place)).map(ToString::to_string);
        key.chain(figures(sum)).collect()
    };
    sums.groups.iter().map(row).collect()
}

fn figures(sum: &Sum) -> [String; 5] {
    let code = sum.currency.map(|code| code.to_string()).unwrap_or_default();
    [code, sum.money_in.to_string(), sum.money_out.to_string(), sum.net.to_string(), sum.count.to_string()]
}

fn heads<'k>(by: &'k Grouping, figures: [&'k str; 5]) -> Vec<&'k str> {
    keys(by).into_iter().map(|(_, name)| name).chain(figures).collect()
}

const FIGURES: [&str; 5] = ["currency", "money_in", "money_out", "net", "count"];

/// What was read and how, line by line.
fn about(sums: &Found) -> Vec<String> {
    let (source, counts) = (&sums.source, sums.counts);
    let mut how = vec![source.format.to_uppercase()];
    how.extend(Some(source.encoding.clone()).filter(|encoding| !encoding.is_empty()));
    how.extend(source.delimiter.map(|one| format!("delimiter {one:?}")));
    how.extend(source.header_line.map(|line| format!("header in line {line}")));
    let mut lines = vec![
        how.join(", "),
        format!(
            "{} rows = {} counted + {} recognised + {} rejected",
            counts.read, sums.counted, counts.recognized, counts.rejected
        ),
    ];
    let column = |(place, column): (usize, &engine::Column)| {
        let title = if column.header.is_empty() { (place + 1).to_string() } else { column.header.clone() };
        (column.role != Role::Ignored).then(|| format!("{} = {title:?}", column.role.key().replace('_', " ")))
    };
    let columns: Vec<String> = source.columns.iter().enumerate().filter_map(column).collect();
    if !columns.is_empty() {
        lines.push(columns.join(", "));
    }
    let shown = sums.rejected.iter().take(SHOWN);
    lines.extend(shown.map(|row| format!("line {}: {} {} {:?}", row.line, row.reason, row.column, row.value)));
    let more = counts.rejected.saturating_sub(SHOWN as u64);
    lines.extend((more > 0).then(|| format!("… and {more} more")));
    lines
}

/// Rejected rows that are told one by one.
const SHOWN: usize = 10;

/// An aligned table with totals, and what was read, for a person.
fn text(sums: &Found, by: &Grouping) -> String {
    let mut table =
        vec![heads(by, ["", "in", "out", "net", "count"]).into_iter().map(str::to_owned).collect::<Vec<_>>()];
    table.extend(rows(sums, by));
    let labels = keys(by).len();
    // What a row does not state is told apart from a column that is not there.
    let keys = table.iter_mut().skip(1).flat_map(|row| row.iter_mut().take(labels));
    keys.filter(|key| key.is_empty()).for_each(|key| key.push('–'));
    for total in totals(sums).into_values() {
        let label = |place: usize| if place == 0 { "total".to_owned() } else { String::new() };
        let total = [total.0, total.1.to_string(), total.2.to_string(), total.3.to_string(), total.4.to_string()];
        table.push((0..labels).map(label).chain(total).collect());
    }
    // Without any currency its column says nothing.
    let shows_currency = sums.groups.iter().any(|sum| sum.currency.is_some());
    if !shows_currency {
        table.iter_mut().filter(|row| row.len() > labels).for_each(|row| drop(row.remove(labels)));
    }
    let texts = labels + usize::from(shows_currency);
    let width = |column: usize| table.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let widths: Vec<usize> = (0..labels + FIGURES.len()).map(|column| width(column).unwrap_or(0)).collect();
    let mut out = about(sums).join("\n");
    out.push_str("\n\n");
    for row in &table {
        let cell = |(place, (cell, width)): (usize, (&String, &usize))| {
            let space = " ".repeat(width.saturating_sub(cell.width()));
            if place < texts { format!("{cell}{space}") } else { format!("{space}{cell}") }
        };
        let line: Vec<String> = row.iter().zip(&widths).enumerate().map(cell).collect();
        out.push_str(line.join("  ").trim_end());
        out.push('\n');
    }
    out
}

/// Code, in, out, net and count of each currency; a figure that overflows is left out.
type Total = (String, Money, Money, Money, u64);

fn totals(sums: &Found) -> BTreeMap<String, Total> {
    let mut all = BTreeMap::<String, Option<Total>>::new();
    for sum in &sums.groups {
        let code = sum.currency.map(|code| code.to_string()).unwrap_or_default();
        let zero = Money::zero(sum.currency);
        let one = all.entry(code.clone()).or_insert(Some((code, zero, zero, zero, 0)));
        *one = one.take().and_then(|(code, money_in, money_out, net, count)| {
            let (money_in, money_out) = (money_in.checked_add(sum.money_in)?, money_out.checked_add(sum.money_out)?);
            Some((code, money_in, money_out, net.checked_add(sum.net)?, count + sum.count))
        });
    }
    all.into_iter().filter_map(|(code, total)| Some((code, total?))).collect()
}

/// RFC 4180, with a header line.
fn csv(sums: &Found, by: &Grouping) -> String {
    let labels = keys(by).len();
    let mut out = heads(by, FIGURES).into_iter().map(|head| field(head, true)).collect::<Vec<_>>().join(",");
    out.push_str("\r\n");
    for row in rows(sums, by) {
        let fields = row.iter().enumerate().map(|(place, cell)| field(cell, place < labels));
        out.push_str(&fields.collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    out
}

/// A field as CSV. A text of the file that a spreadsheet would take for a formula gets an apostrophe in front.
fn field(cell: &str, is_text: bool) -> String {
    let formula = is_text && cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

fn object(sums: &Found, by: &Grouping) -> Value {
    let (source, counts) = (&sums.source, sums.counts);
    let group = |sum: &Sum| {
        let keys = keys(by);
        let key = keys.iter().filter_map(|(place, name)| Some(((*name).to_owned(), sum.key.get(*place)?.to_string())));
        json!({
            "key": key.map(|(name, value)| (name, json!(value))).collect::<Map<_, _>>(),
            "currency": sum.currency.map(|code| code.to_string()),
            "money_in": sum.money_in.to_string(),
            "money_out": sum.money_out.to_string(),
            "net": sum.net.to_string(),
            "count": sum.count,
        })
    };
    let column =
        |column: &engine::Column| json!({"header": column.header, "role": column.role.key().replace('_', " ")});
    let rejected = |row: &engine::Rejected| json!({"line": row.line, "reason": row.reason, "column": row.column, "value": row.value});
    json!({
        "groups": sums.groups.iter().map(group).collect::<Value>(),
        "rows_read": counts.read,
        "counted": sums.counted,
        "recognized": counts.recognized,
        "rejected": counts.rejected,
        "rejected_rows": sums.rejected.iter().map(rejected).collect::<Value>(),
        "format": source.format,
        "encoding": source.encoding,
        "delimiter": source.delimiter.map(String::from),
        "header_line": source.header_line,
        "columns": source.columns.iter().map(column).collect::<Value>(),
    })
}
