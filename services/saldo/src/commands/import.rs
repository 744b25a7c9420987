//! `saldo import`: exactly what was read from a file, movement by movement.

use std::{collections::BTreeMap, io::Write, path::PathBuf, process::ExitCode};

use clap::Args;
use saldo_engine::{self as engine, Outcome, Proof, Question};
use saldo_kernel::{Error, Money};
use serde_json::{Map, Value, json};

use super::{Format, HintFlags, open};
use crate::{exit, terminal};

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file; - is standard input
    file: PathBuf,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Print every movement too: date, signed amount, currency
    #[arg(long)]
    movements: bool,
    #[command(flatten)]
    hints: HintFlags,
}

impl Import {
    pub(crate) fn run(self) -> Result<ExitCode, Error> {
        let file = open(&self.file)?;
        let outcome = engine::import(file, &self.hints.hints(), &mut ()).map_err(Error::from)?;
        match (&outcome, self.format) {
            (Outcome::Question(question), Format::Json) => {
                terminal::print(&format!("{}\n", asked(question)))?;
                Ok(ExitCode::SUCCESS)
            }
            (Outcome::Question(question), Format::Text) => {
                terminal::question(&saldo_analysis::question_of(question));
                Ok(ExitCode::from(exit::QUESTION))
            }
            (Outcome::Import(import), Format::Json) => {
                let object = object(import)?;
                let movements = import.transactions.iter().filter(|_| self.movements);
                terminal::stream(|out| {
                    if self.movements { write_json(&object, movements, out) } else { writeln!(out, "{object}") }
                })?;
                import.transactions.check()?;
                Ok(ExitCode::SUCCESS)
            }
            (Outcome::Import(import), Format::Text) => {
                terminal::print(&text(import)?)?;
                let mut movements = import.transactions.iter().filter(|_| self.movements);
                terminal::stream(|out| movements.try_for_each(|one| writeln!(out, "{}", movement(&one))))?;
                import.transactions.check()?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// Writes the object with every movement as its last member, one by one.
fn write_json(
    object: &Value,
    movements: impl Iterator<Item = engine::Transaction>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let text = object.to_string();
    write!(out, "{},\"movements\":[", text.strip_suffix('}').unwrap_or(&text))?;
    for (place, one) in movements.enumerate() {
        let comma = if place > 0 { "," } else { "" };
        let currency = one.amount.currency.map(|code| code.to_string());
        write!(out, "{comma}{}", json!([one.date.to_string(), one.amount.to_string(), currency]))?;
    }
    writeln!(out, "]}}")
}

/// Sums of one currency, both positive.
#[derive(Clone, Copy)]
struct Sums {
    count: usize,
    money_in: Money,
    money_out: Money,
}

/// By currency code; a file that states none has the empty one.
fn sums(import: &engine::Import) -> Result<BTreeMap<String, Sums>, Error> {
    let mut all = BTreeMap::new();
    for amount in import.transactions.amounts() {
        let zero = Money::zero(amount.currency);
        let sums = all.entry(amount.currency.map(|code| code.to_string()).unwrap_or_default()).or_insert(Sums {
            count: 0,
            money_in: zero,
            money_out: zero,
        });
        sums.count += 1;
        let side = if amount.units < 0 { &mut sums.money_out } else { &mut sums.money_in };
        let size = if amount.units < 0 { amount.negated() } else { Some(amount) };
        *side =
            size.and_then(|size| side.checked_add(size)).ok_or_else(|| Error::from(engine::Error::AmountOverflow))?;
    }
    Ok(all)
}

fn object(import: &engine::Import) -> Result<Value, Error> {
    let sums = sums(import)?;
    let plain = Money::zero(None);
    let one = match sums.values().next() {
        Some(one) if sums.len() == 1 => *one,
        _ => Sums { count: 0, money_in: plain, money_out: plain },
    };
    let several = sums.len() > 1;
    let amount = |money: Money| if several { Value::Null } else { json!(money.to_string()) };
    let by_currency: Map<_, _> = sums
        .iter()
        .map(|(code, sums)| {
            let value = json!({"transactions": sums.count, "money_in": sums.money_in.to_string(),
            "money_out": sums.money_out.to_string()});
            (code.clone(), value)
        })
        .collect();
    let days = import.transactions.days();
    let source = &import.source;
    Ok(json!({
        "transactions": import.transactions.len(),
        "money_in": amount(one.money_in),
        "money_out": amount(one.money_out),
        "currency": currency(import, &sums),
        "by_currency": by_currency,
        "first_date": days.map(|(first, _)| first.to_string()),
        "last_date": days.map(|(_, last)| last.to_string()),
        "reconciles": reconciles(import.proof),
        "question": Value::Null,
        "rows_read": import.counts.read,
        "recognized": import.counts.recognized,
        "rejected": import.counts.rejected,
        "format": source.format,
        "encoding": source.encoding,
        "delimiter": source.delimiter.map(String::from),
        "header_line": source.header_line,
    }))
}

/// The one currency of the file; null where it states none or has several.
fn currency(import: &engine::Import, sums: &BTreeMap<String, Sums>) -> Value {
    match sums.keys().next() {
        Some(code) if sums.len() == 1 && !code.is_empty() => json!(code),
        None => json!(import.source.currency.map(|code| code.to_string())),
        _ => Value::Null,
    }
}

fn reconciles(proof: Proof) -> Value {
    match proof {
        Proof::None => Value::Null,
        Proof::Reconciled { .. } => json!(true),
        Proof::NotReconciled { .. } => json!(false),
    }
}

fn asked(question: &Question) -> Value {
    let choices = question.choices.iter().map(|choice| json!({"value": choice.value, "preview": choice.preview}));
    json!({"transactions": Value::Null, "question": question.text, "reason": question.reason, "hint": question.hint,
        "column": question.column, "choices": choices.collect::<Value>()})
}

/// What was read, for a person.
fn text(import: &engine::Import) -> Result<String, Error> {
    let source = &import.source;
    let mut about = vec![source.format.to_uppercase()];
    about.extend(Some(source.encoding.clone()).filter(|encoding| !encoding.is_empty()));
    about.extend(source.delimiter.map(|one| format!("delimiter {one:?}")));
    about.extend(source.header_line.map(|line| format!("header in line {line}")));
    let mut lines = vec![
        about.join(", "),
        format!(
            "{} rows = {} transactions + {} recognised + {} rejected",
            import.counts.read,
            import.transactions.len(),
            import.counts.recognized,
            import.counts.rejected
        ),
    ];
    for (code, sums) in sums(import)? {
        lines.push(format!("{code:<4}in {}, out {}, {} transactions", sums.money_in, sums.money_out, sums.count));
    }
    lines.push(match import.proof {
        Proof::None => "the balances in the file, if any, cannot prove it".to_owned(),
        Proof::Reconciled { .. } => "reconciled: the balances and the movements agree".to_owned(),
        Proof::NotReconciled { missing, line, .. } => {
            let line = line.map(|line| format!("; the gap opens in line {line}")).unwrap_or_default();
            format!("not reconciled: {missing} is missing{line}")
        }
    });
    let rejected = |row: &engine::Rejected| format!("line {}: {} {} {:?}", row.line, row.reason, row.column, row.value);
    lines.extend(import.rejected.iter().map(rejected));
    lines.push(String::new());
    Ok(lines.join("\n"))
}

fn movement(transaction: &engine::Transaction) -> String {
    let code = transaction.amount.currency.map(|code| code.to_string()).unwrap_or_default();
    format!(
        "{}  {:>16} {code:<3}  {} {}",
        transaction.date,
        transaction.amount.to_string(),
        transaction.counterparty,
        transaction.description
    )
}
