//! Reads tables and shows what became of them.

use std::io::Cursor;

use saldo_engine::{Analysis, Fact, Hints, Import, Outcome, Transaction, Value, analyze, import};

pub(crate) fn imported(table: &str) -> Import {
    match import(Cursor::new(table.as_bytes()), &Hints::default(), &mut ()).expect("an outcome") {
        Outcome::Import(import) => {
            let counts = import.counts;
            assert_eq!(counts.read, import.transactions.len() as u64 + counts.recognized + counts.rejected);
            *import
        }
        Outcome::Question(question) => panic!("asked: {}", question.text),
    }
}

pub(crate) fn analyzed(import: &Import) -> Analysis {
    analyze(import, &mut ()).expect("an analysis")
}

/// Date, amount and the other side of each movement.
pub(crate) fn rows(import: &Import) -> Vec<String> {
    let row = |one: Transaction| format!("{} {} {}", one.date, one.amount, one.counterparty);
    import.transactions.iter().map(row).collect()
}

/// Figures along a dimension: `metric key value`.
pub(crate) fn along(analysis: &Analysis, metric: &str, dimension: &str) -> Vec<String> {
    let of = |fact: &&Fact| fact.metric == metric && fact.dimensions.contains_key(dimension);
    let shown = |fact: &Fact| format!("{} {}", fact.dimensions[dimension], value(fact));
    analysis.facts.iter().filter(of).map(shown).collect()
}

pub(crate) fn value(fact: &Fact) -> String {
    match &fact.value {
        Value::Money(money) => money.to_string(),
        Value::Count(count) => count.to_string(),
        other => format!("{other:?}"),
    }
}
