//! `saldo import`: exactly what was read from a file, or from several as one ledger, movement by movement.

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use saldo_analysis::{MAX_FILES, named, narrative::Language, question_of};
use saldo_engine::{self as engine, BalancesStated, Collection, Outcome, Part, Proof, Question, Union};
use saldo_kernel::{Error, Money};
use saldo_proto::analysis::v1 as pb;
use serde_json::{Map, Value, json};

use super::{Format, HintFlags, name, open};
use crate::{exit, terminal};

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file, or several as one ledger; - is standard input
    #[arg(required = true, value_name = "FILE", num_args = 1..=MAX_FILES)]
    files: Vec<PathBuf>,
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
        let mut collection = Collection::default();
        for path in &self.files {
            let of_file = |error: engine::Error| match self.files.len() {
                1 => error.into(),
                _ => named(&name(path), error.into()),
            };
            match engine::import(open(path)?, &self.hints.hints(), &mut ()).map_err(of_file)? {
                Outcome::Question(question) => return self.ask(&question, path),
                Outcome::Import(import) => collection.add(*import),
            }
        }
        self.tell(&collection.union(&mut ())?)
    }

    fn ask(&self, question: &Question, path: &Path) -> Result<ExitCode, Error> {
        match self.format {
            Format::Json => {
                terminal::print(&format!("{}\n", asked(question)))?;
                Ok(ExitCode::SUCCESS)
            }
            Format::Text => {
                terminal::question(
                    &pb::Question { file_name: name(path), ..question_of(question) },
                    self.files.len() > 1,
                    Language::English,
                );
                Ok(ExitCode::from(exit::QUESTION))
            }
        }
    }

    fn tell(&self, union: &Union) -> Result<ExitCode, Error> {
        let import = &union.import;
        match self.format {
            Format::Json => {
                let mut object = object(import)?;
                if let (true, Some(object)) = (self.files.len() > 1, object.as_object_mut()) {
                    let files = self.files.iter().zip(&union.parts).map(|(path, part)| of_part(path, part));
                    object.insert("in_other_files".to_owned(), json!(import.counts.repeated));
                    object.insert("files".to_owned(), files.collect());
                }
                let movements = import.transactions.iter().filter(|_| self.movements);
                terminal::stream(|out| {
                    if self.movements { write_json(&object, movements, out) } else { writeln!(out, "{object}") }
                })?;
                import.transactions.check()?;
                Ok(ExitCode::SUCCESS)
            }
            Format::Text => {
                let files = self.files.iter().zip(&union.parts).filter(|_| self.files.len() > 1);
                let lines: String = files.map(|(path, part)| text_of_part(path, part)).collect();
                terminal::print(&format!("{lines}{}", text(import)?))?;
                let mut movements = import.transactions.iter().filter(|_| self.movements);
                terminal::stream(|out| movements.try_for_each(|one| writeln!(out, "{}", movement(&one))))?;
                import.transactions.check()?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// One of several files.
fn of_part(path: &Path, part: &Part) -> Value {
    json!({
        "file": name(path),
        "format": part.source.format,
        "rows_read": part.counts.read,
        "transactions": part.transactions,
        "new": part.rows.len(),
        "in_other_files": part.counts.repeated,
        "recognized": part.counts.recognized,
        "rejected": part.counts.rejected,
        "reconciles": reconciles(part.proof),
    })
}

fn text_of_part(path: &Path, part: &Part) -> String {
    format!(
        "{}: {}, {} transactions: {} new, {} already in other files; {}\n",
        name(path),
        part.source.format.to_uppercase(),
        part.transactions,
        part.rows.len(),
        part.counts.repeated,
        proved(part.proof, part.stated)
    )
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
        "sign": source.sign.map(engine::Sign::name),
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

/// The question as JSON.
pub(super) fn asked(question: &Question) -> Value {
    let choices = question.choices.iter().map(|choice| json!({"value": choice.value, "preview": choice.preview}));
    json!({"transactions": Value::Null, "question": question.text, "reason": question.reason, "hint": question.hint,
        "column": question.column, "choices": choices.collect::<Value>()})
}

fn proved(proof: Proof, stated: BalancesStated) -> String {
    match proof {
        Proof::None => terminal::unproved(stated).to_owned(),
        Proof::Reconciled { .. } => "reconciled: the balances and the movements agree".to_owned(),
        Proof::NotReconciled { missing, line, .. } => {
            let line = line.map(|line| format!("; the gap opens in line {line}")).unwrap_or_default();
            format!("not reconciled: {missing} is missing{line}")
        }
    }
}

/// What was read, for a person.
fn text(import: &engine::Import) -> Result<String, Error> {
    let source = &import.source;
    let mut about = vec![source.format.to_uppercase()];
    about.extend(Some(source.encoding.clone()).filter(|encoding| !encoding.is_empty()));
    about.extend(source.delimiter.map(|one| format!("delimiter {one:?}")));
    about.extend(source.header_line.map(|line| format!("header in line {line}")));
    about.extend(source.sign.filter(|sign| *sign == engine::Sign::PlusOut).map(|_| "plus is money out".to_owned()));
    let repeated = match import.counts.repeated {
        0 => String::new(),
        count => format!(" + {count} already in other files"),
    };
    let mut lines = vec![
        about.join(", "),
        format!(
            "{} rows = {} transactions + {} recognised + {} rejected{repeated}",
            import.counts.read,
            import.transactions.len(),
            import.counts.recognized,
            import.counts.rejected
        ),
    ];
    for (code, sums) in sums(import)? {
        lines.push(format!("{code:<4}in {}, out {}, {} transactions", sums.money_in, sums.money_out, sums.count));
    }
    lines.push(proved(import.proof, import.stated()));
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
