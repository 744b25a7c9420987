//! Prints what an import found as one JSON object, for scoring against a manifest.
#![allow(clippy::print_stdout, clippy::print_stderr, missing_docs)]

use std::{collections::BTreeMap, fs::File, process::ExitCode};

use saldo_engine::{Hints, Outcome, Proof, import};
use saldo_kernel::Money;

fn text(value: Option<&str>) -> String {
    value.map_or("null".to_owned(), |value| format!("{value:?}"))
}

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else { return ExitCode::FAILURE };
    let outcome = File::open(path).map_err(Into::into).and_then(|file| import(file, &Hints::default(), &mut ()));
    let import = match outcome {
        Ok(Outcome::Import(import)) => import,
        Ok(Outcome::Question(question)) => {
            println!("{{\"question\":{:?}}}", question.text);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{}", saldo_kernel::Error::from(error));
            return ExitCode::FAILURE;
        }
    };
    let mut sums = BTreeMap::<String, (u64, Money, Money)>::new();
    let code = |money: &Money| money.currency.map_or("null".to_owned(), |code| format!("\"{code}\""));
    let mut rows = Vec::new();
    for one in &import.transactions {
        let zero = Money::zero(one.amount.currency);
        let sum = sums.entry(code(&one.amount)).or_insert((0, zero, zero));
        sum.0 += 1;
        let side = if one.amount.units > 0 { &mut sum.1 } else { &mut sum.2 };
        *side = side.checked_add(one.amount).unwrap_or(zero);
        rows.push(format!("[\"{}\",\"{}\",{}]", one.date, one.amount, code(&one.amount)));
    }
    let (mut total_in, mut total_out) = (Money::zero(None), Money::zero(None));
    let untold = |money: Money| Money { currency: None, ..money };
    let mut each = Vec::new();
    for (key, (count, into, out)) in &sums {
        let out = out.negated().unwrap_or(*out);
        total_in = total_in.checked_add(untold(*into)).unwrap_or(total_in);
        total_out = total_out.checked_add(untold(out)).unwrap_or(total_out);
        each.push(format!(
            "{}:{{\"transactions\":{count},\"money_in\":\"{into}\",\"money_out\":\"{out}\"}}",
            if key == "null" { "\"null\"" } else { key }
        ));
    }
    let currency = match sums.len() {
        0 => import.source.currency.map_or("null".to_owned(), |code| format!("\"{code}\"")),
        1 => sums.keys().next().cloned().unwrap_or_default(),
        _ => "null".to_owned(),
    };
    let day = |date: Option<time::Date>| text(date.map(|date| date.to_string()).as_deref());
    let proof = match import.proof {
        Proof::None => "null",
        Proof::Reconciled { .. } => "true",
        Proof::NotReconciled { .. } => "false",
    };
    if std::env::var_os("DETAIL").is_some() {
        eprintln!(
            "{:#?}\n{:#?}\n{:?}\n{:?}\n{:?}",
            import.source, import.rejected, import.counts, import.balances, import.proof
        );
    }
    println!(
        "{{\"transactions\":{},\"money_in\":\"{total_in}\",\"money_out\":\"{total_out}\",\"currency\":{currency},\"by_currency\":{{{}}},\
         \"first_date\":{},\"last_date\":{},\"reconciles\":{proof},\"question\":null,\"rejected\":{},\"encoding\":\"{}\",\
         \"delimiter\":{},\"header_line\":{},\"movements\":[{}]}}",
        import.transactions.len(),
        each.join(","),
        day(import.transactions.iter().map(|one| one.date).min()),
        day(import.transactions.iter().map(|one| one.date).max()),
        import.counts.rejected,
        import.source.encoding,
        match import.source.delimiter {
            Some('\t') => "\"\\t\"".to_owned(),
            Some(mark) => format!("\"{mark}\""),
            None => "null".to_owned(),
        },
        import.source.header_line.map_or("null".to_owned(), |line| line.to_string()),
        rows.join(",")
    );
    ExitCode::SUCCESS
}
