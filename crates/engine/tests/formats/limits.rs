//! Bounds that a caller sets: rows and columns beyond them are refused with the limit, of every format.

use std::{fs, io::Cursor, ops::ControlFlow};

use saldo_engine::{Hints, Limits, Outcome, Sign, Stage, Watch, import};

/// Reads within limits.
struct Within(Limits);

impl Watch for Within {
    fn progress(&mut self, _: Stage, _: u64, _: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn limits(&self) -> Limits {
        self.0
    }
}

/// How many movements are read, or why none is.
fn read(bytes: &[u8], limits: Limits) -> Result<usize, (String, String)> {
    let hints = Hints { sign: Some(Sign::PlusIn), ..Hints::default() };
    match import(Cursor::new(bytes), &hints, &mut Within(limits)) {
        Ok(Outcome::Import(import)) => Ok(import.transactions.len()),
        Ok(Outcome::Question(question)) => panic!("asked: {}", question.text),
        Err(error) => {
            let error = saldo_kernel::Error::from(error);
            let limit = error.metadata.iter().find(|(key, _)| key == "limit").map(|(_, limit)| limit.clone());
            Err((error.reason.to_string(), limit.unwrap_or_default()))
        }
    }
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(format!("{}/tests/fixtures/import/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a fixture")
}

#[test]
fn more_rows_than_the_caller_wants_are_refused_whatever_the_format() {
    let few = Limits { table_rows: 2, rows: 1, ..Limits::default() };
    for (name, limit) in [
        ("debit_credit.csv", "2"),
        ("statement_sgml.ofx", "1"),
        ("mt940_plain.sta", "1"),
        ("camt053_v02.xml", "1"),
        ("exchange_1c.txt", "1"),
        ("accounts.qif", "1"),
        ("printed.txt", "1"),
    ] {
        let bytes = fixture(name);
        assert_eq!(read(&bytes, few), Err(("TOO_MANY_ROWS".to_owned(), limit.to_owned())), "{name}");
        assert!(read(&bytes, Limits::default()).is_ok(), "{name}");
    }
}

#[test]
fn a_table_may_have_as_many_columns_as_the_caller_wants() {
    let cells = |count: usize, text: &str| format!(",{text}").repeat(count);
    let rows = (1..=5).map(|day| format!("2024-01-0{day},-1.0{day}{}\n", cells(2_998, "x")));
    let table = format!("Date,Amount{}\n{}", cells(2_998, "Note"), rows.collect::<String>());
    let within = |columns| read(table.as_bytes(), Limits { columns, ..Limits::default() });
    assert_eq!(within(3_000), Ok(5));
    for columns in [3, 1_024, 2_999] {
        assert_eq!(within(columns), Err(("TOO_MANY_COLUMNS".to_owned(), columns.to_string())));
    }
    let page = "<table><tr><td>Date</td><td>Text</td><td>Amount</td></tr>\
                <tr><td>2024-01-02</td><td>Rent</td><td>-7.00</td></tr></table>";
    let within = |columns| read(page.as_bytes(), Limits { columns, ..Limits::default() });
    assert_eq!((within(3), within(2)), (Ok(1), Err(("TOO_MANY_COLUMNS".to_owned(), "2".to_owned()))));
}
