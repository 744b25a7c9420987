//! Scores amounts by a history, for measuring: tab-separated lines `history|asked, counterparty, category, amount` in, one
//! score for each line that asks out. `infra/quality` runs it on rows with injected errors.

use std::{
    collections::HashMap,
    io::{self, BufRead, Write},
};

use saldo_engine::{Amount, UsualAmounts};

/// Two decimals, as the measured file has.
const MINOR_UNITS: f64 = 100.0;

fn main() -> io::Result<()> {
    let mut names: HashMap<String, u32> = HashMap::new();
    let (mut history, mut asked) = (Vec::new(), Vec::new());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or_default();
        let list = if next() == "history" { &mut history } else { &mut asked };
        let [party, category] = [next(), next()].map(|name| {
            let fresh = names.len() as u32;
            *names.entry(name.to_owned()).or_insert(fresh)
        });
        let amount: f64 = next().parse().map_err(io::Error::other)?;
        list.push(Amount { side: 0, category, party: Some(party), units: (amount * MINOR_UNITS).round() as u128 });
    }
    let usual = UsualAmounts::new(history.len(), || history.iter().copied());
    let mut out = io::BufWriter::new(io::stdout().lock());
    for amount in &asked {
        writeln!(out, "{:e}", usual.judge(amount).score())?;
    }
    out.flush()
}
