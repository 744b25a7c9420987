//! What the tests of all formats share.

use std::io::Cursor;

use saldo_engine::{Hints, Import, Outcome, Question, Transaction, import};

pub(crate) fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/import/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub(crate) fn imported_with(bytes: &[u8], hints: &Hints) -> Import {
    match import(Cursor::new(bytes), hints, &mut ()).expect("an outcome") {
        Outcome::Import(import) => {
            let counts = import.counts;
            assert_eq!(counts.read, import.transactions.len() as u64 + counts.recognized + counts.rejected);
            *import
        }
        Outcome::Question(question) => panic!("asked: {}", question.text),
    }
}

pub(crate) fn imported(bytes: &[u8]) -> Import {
    imported_with(bytes, &Hints::default())
}

#[allow(dead_code, reason = "not every format asks")]
pub(crate) fn asked(bytes: &[u8]) -> Question {
    match import(Cursor::new(bytes), &Hints::default(), &mut ()).expect("an outcome") {
        Outcome::Question(question) => *question,
        Outcome::Import(_) => panic!("read without a question"),
    }
}

pub(crate) fn refused(bytes: &[u8]) -> saldo_kernel::Error {
    import(Cursor::new(bytes), &Hints::default(), &mut ()).expect_err("a refusal").into()
}

/// Date, amount and currency of each movement, one to a line.
pub(crate) fn amounts(import: &Import) -> Vec<String> {
    let row = |one: &Transaction| {
        let currency = one.amount.currency.map_or("-".to_owned(), |code| code.to_string());
        format!("{} {} {currency}", one.date, one.amount)
    };
    import.transactions.to_vec().iter().map(row).collect()
}

/// Line, reason, column and value of each rejected row.
pub(crate) fn faults(import: &Import) -> Vec<(u64, &'static str, &str, &str)> {
    import.rejected.iter().map(|one| (one.line, one.reason, one.column.as_str(), one.value.as_str())).collect()
}
