//! Measures the learner on a folder of files with categories: trains on the rows before a day, asks about the rest.
//!
//!     categories FOLDER 2017-05-01
//!
//! Prints one JSON object for each set of inputs: rows, accuracy, confidence, CPU seconds of training and asking.

use std::{
    collections::BTreeSet,
    error::Error,
    fs::File,
    io::{self, Write},
};

use saldo_engine::{
    Hints, Outcome, Transaction, import,
    learn::{Learner, Origin, Sample, Suggestion, THRESHOLD},
};
use time::{Date, Month};

/// What the learner may see of a row.
#[derive(Clone, Copy)]
struct Inputs {
    name: &'static str,
    amount: bool,
    account: bool,
}

const INPUTS: [Inputs; 3] = [
    Inputs { name: "name", amount: false, account: false },
    Inputs { name: "name, amount", amount: true, account: false },
    Inputs { name: "name, amount, own account", amount: true, account: true },
];

impl Inputs {
    fn of<'a>(self, row: &'a Transaction) -> Sample<'a> {
        Sample {
            counterparty: &row.counterparty,
            description: &row.description,
            account: if self.account { &row.account } else { "" },
            amount: self.amount.then_some(row.amount),
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(split)) = (arguments.next(), arguments.next()) else {
        return Err("usage: categories FOLDER DATE".into());
    };
    let only = arguments.next();
    let split = day(&split)?;
    let mut rows = read(&folder)?;
    rows.sort_by_key(|row| row.date);
    let labels: BTreeSet<_> = rows.iter().map(|row| row.category.to_lowercase()).collect();
    let mut out = io::stdout().lock();
    writeln!(out, "{{\"rows\": {}, \"labels\": {}}}", rows.len(), labels.len())?;
    let (train, test) = rows.split_at(rows.partition_point(|row| row.date < split));
    for inputs in INPUTS.into_iter().filter(|inputs| only.as_deref().is_none_or(|only| only == inputs.name)) {
        writeln!(out, "{}", measure(inputs, train, test))?;
    }
    Ok(())
}

/// Every row with a category, of every file, through the product's own import.
fn read(folder: &str) -> Result<Vec<Transaction>, Box<dyn Error>> {
    let mut paths =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    paths.sort();
    let mut rows = Vec::new();
    for path in paths {
        match import(File::open(&path)?, &Hints::default(), &mut ())? {
            Outcome::Import(import) => rows.extend(import.transactions.iter().filter(|row| !row.category.is_empty())),
            Outcome::Question(question) => return Err(format!("{}: {}", path.display(), question.text).into()),
        }
    }
    Ok(rows)
}

fn measure(inputs: Inputs, train: &[Transaction], test: &[Transaction]) -> String {
    let start = cpu_seconds();
    let mut learner = Learner::new();
    for row in train {
        learner.learn(&inputs.of(row), &row.category.to_lowercase());
    }
    learner.settle();
    let asked = |row: &Transaction| (learner.rank(&inputs.of(row)), row.category.trim().to_lowercase());
    let right =
        |(guess, label): (Option<Suggestion>, String)| guess.map(|guess| (guess.label.as_ref() == label, guess));
    let mut guesses: Vec<(bool, Suggestion)> = test.iter().map(asked).filter_map(right).collect();
    let seconds = cpu_seconds() - start;
    let kilobytes = learner.to_bytes().len() / 1_024;
    guesses.sort_by(|a, b| b.1.confidence.total_cmp(&a.1.confidence));
    let spoken = guesses.iter().filter(|(_, it)| it.origin != Origin::Common && it.confidence >= THRESHOLD);
    let said: Vec<bool> = spoken.map(|(right, _)| *right).collect();
    let expected: f32 = guesses.iter().map(|(_, it)| it.confidence).sum();
    format!(
        "{{\"inputs\": \"{}\", \"train\": {}, \"test\": {}, \"accuracy\": {:.4}, \"expected\": {:.4}, \
         \"coverage_at_92\": {:.4}, \"right_at_40\": {:.4}, \"said\": {:.4}, \"said_right\": {:.4}, \
         \"cpu_seconds\": {seconds:.2}, \"state_kb\": {kilobytes}}}",
        inputs.name,
        train.len(),
        test.len(),
        share(guesses.iter().filter(|(right, _)| *right).count(), test.len()),
        f64::from(expected) / float(test.len()),
        coverage(&guesses, test.len()),
        share(guesses.iter().take(test.len() * 2 / 5).filter(|(right, _)| *right).count(), test.len() * 2 / 5),
        share(said.len(), test.len()),
        share(said.iter().filter(|right| **right).count(), said.len()),
    )
}

/// The largest part of the rows, surest first, of which 92 % are right.
fn coverage(guesses: &[(bool, Suggestion)], all: usize) -> f64 {
    let mut right = 0;
    let mut best = 0;
    for (place, (is_right, _)) in guesses.iter().enumerate() {
        right += usize::from(*is_right);
        if right * 100 >= (place + 1) * 92 {
            best = place + 1;
        }
    }
    share(best, all)
}

/// User and system time of this process; 0 where the system does not tell it in `/proc` (fields 14 and 15, hundredths).
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    after_name.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn share(part: usize, all: usize) -> f64 {
    float(part) / float(all.max(1))
}

#[expect(clippy::cast_precision_loss)]
fn float(count: usize) -> f64 {
    count as f64
}

fn day(text: &str) -> Result<Date, Box<dyn Error>> {
    let mut parts = text.splitn(3, '-').map(str::parse::<u16>);
    let mut next = || parts.next().ok_or("a day is written 2017-05-01")?.map_err(Box::<dyn Error>::from);
    let (year, month, day) = (next()?, next()?, next()?);
    Ok(Date::from_calendar_date(i32::from(year), Month::try_from(u8::try_from(month)?)?, u8::try_from(day)?)?)
}
