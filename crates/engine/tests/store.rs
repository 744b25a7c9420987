//! A file that does not fit into the memory it may use gives the same report as one that does; what it needs meanwhile is
//! gone at the end, and a folder that takes nothing is told.
#![allow(missing_docs, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::{io::Cursor, ops::ControlFlow};

use proptest::{collection::vec, prelude::*};
use saldo_engine::{
    Analysis, Error, Hints, Import, Outcome, Role, Scratch, Sign, Source, Stage, Transaction, Watch, analyze, import,
};

/// Keeps so much in memory, breaks after so many reports, and remembers its first looks.
struct Caller {
    scratch: Scratch,
    patience: u32,
    looks: Vec<(Source, Vec<Transaction>)>,
}

impl Caller {
    fn keeping(budget: usize) -> Self {
        Self::with(Scratch { budget, ..Scratch::default() })
    }

    fn with(scratch: Scratch) -> Self {
        Self { scratch, patience: u32::MAX, looks: Vec::new() }
    }
}

impl Watch for Caller {
    fn progress(&mut self, _: Stage, _: u64, _: u64) -> ControlFlow<()> {
        self.patience -= 1;
        if self.patience == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn first_look(&mut self, source: &Source, first: &[Transaction]) -> ControlFlow<()> {
        self.looks.push((source.clone(), first.to_vec()));
        ControlFlow::Continue(())
    }

    fn scratch(&self) -> Scratch {
        self.scratch.clone()
    }
}

fn analysed(text: &str, caller: &mut Caller) -> Result<(Import, Analysis), Error> {
    let hints = Hints { sign: Some(Sign::PlusIn), ..Hints::default() };
    match import(Cursor::new(text), &hints, caller)? {
        Outcome::Import(import) => {
            let analysis = analyze(&import, caller)?;
            Ok((*import, analysis))
        }
        Outcome::Question(question) => panic!("{question:?}"),
    }
}

const HEADER: &str = "Date,Amount,Currency,Balance,Counterparty,Description,Account,Category\n";

fn line() -> impl Strategy<Value = String> {
    let name = prop_oneof![Just("Lidl"), Just("Acme GmbH"), Just(""), Just("ООО Ромашка"), Just("City Council")];
    let text = prop_oneof!["ref [0-9]{1,6}", "rent [a-z]{1,4}", Just(String::new())];
    let account = prop_oneof![Just("DE01"), Just("DE02"), Just("")];
    let code = prop_oneof![4 => Just("EUR"), 1 => Just("USD")];
    let category = prop_oneof![Just(""), Just("Groceries"), Just("Pets")];
    let cents = prop_oneof![4 => -50_000_i64..50_000, 1 => Just(-1_000), 1 => Just(-2_000_000)];
    (0..400_i32, cents, code, name, text, account, category).prop_map(
        |(day, cents, code, name, text, account, category)| {
            let date = time::Date::from_julian_day(2_459_000 + day).expect("a day");
            let amount = |cents: i64| {
                format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100)
            };
            format!("{date},{},{code},{},{name},{text},{account},{category}\n", amount(cents), amount(cents * 3))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_file_that_is_spilled_gives_the_same_report(lines in vec(line(), 2..250), twice in any::<bool>()) {
        // The same rows again are what duplicates are made of.
        let text = format!("{HEADER}{}{}", lines.concat(), if twice { lines.concat() } else { String::new() });
        prop_assume!(lines.iter().any(|line| line.contains(",-")));
        let (import, analysis) = analysed(&text, &mut Caller::keeping(Scratch::BUDGET)).expect("a report");
        for budget in [0, 1_000] {
            let (spilled, other) = analysed(&text, &mut Caller::keeping(budget)).expect("a report");
            prop_assert_eq!(&import.transactions, &spilled.transactions);
            prop_assert_eq!((import.counts, import.proof), (spilled.counts, spilled.proof));
            prop_assert_eq!(&analysis.labels, &other.labels);
            prop_assert_eq!(&analysis.facts, &other.facts);
            prop_assert_eq!(&analysis.findings, &other.findings);
        }
    }
}

/// Rows of a quiet account.
fn table(rows: u32) -> String {
    let line = |row: u32| format!("2024-01-{:02},-{row}.50,EUR,,Shop {row},purchase {row},,\n", row % 28 + 1);
    HEADER.to_owned() + &(0..rows).map(line).collect::<String>()
}

#[test]
fn a_stopped_analysis_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    for patience in [3, 5, 8] {
        let scratch = Scratch { folder: folder.path().to_owned(), budget: 0 };
        let mut caller = Caller { patience, ..Caller::with(scratch) };
        assert!(matches!(analysed(&table(9_000), &mut caller), Err(Error::Cancelled)), "{patience}");
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
    }
}

#[test]
fn a_folder_that_takes_no_file_is_told_with_its_reason() {
    let scratch = Scratch { folder: "/nowhere/at/all".into(), budget: 1_000 };
    let error = analysed(&table(100), &mut Caller::with(scratch)).expect_err("no folder");
    assert_eq!(saldo_kernel::Error::from(error).reason.to_string(), "SCRATCH_NOT_WRITABLE");
}

#[test]
fn more_counterparties_than_are_told_apart_do_not_hide_the_largest() {
    let mut text = HEADER.to_owned();
    for row in 0..70_000 {
        text += &format!("2024-01-{:02},-1.50,EUR,,{},,,\n", row / 2_500 + 1, name(row));
    }
    text += "2024-01-31,-900000.00,EUR,,Very Last Ltd,,,\n";
    let (_, analysis) = analysed(&text, &mut Caller::keeping(Scratch::BUDGET)).expect("a report");
    let largest = analysis.fact("money_out/EUR/counterparty/Very Last Ltd").expect("the largest counterparty");
    assert_eq!(largest.lineage.rows.iter().collect::<Vec<_>>(), [70_001]);
    assert_eq!(analysis.fact("transactions/EUR").map(|fact| fact.lineage.rows.len()), Some(70_001));
}

/// A name of letters only, of its own for each number.
fn name(mut number: u32) -> String {
    let mut out = String::from("Kiosk ");
    for _ in 0..4 {
        out.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    out
}

#[test]
fn a_first_look_comes_once_and_before_the_file_is_read() {
    for rows in [3, 9_000] {
        let mut caller = Caller::keeping(Scratch::BUDGET);
        let text = table(rows);
        import(Cursor::new(&text), &Hints::default(), &mut caller).expect("an import");
        let [(source, first)] = caller.looks.as_slice() else { panic!("{} looks", caller.looks.len()) };
        assert_eq!(first.len(), Import::FIRST_LOOK.min(rows as usize));
        assert_eq!(source.columns.first().map(|column| column.role), Some(Role::Date));
        assert_eq!(&*first[0].counterparty, "Shop 0");
    }
}

#[test]
fn a_file_that_asks_a_question_has_no_first_look() {
    let mut caller = Caller::keeping(Scratch::BUDGET);
    let text = "Date,Amount\n03/04/2025,-1.50\n05/06/2025,2.50\n";
    let outcome = import(Cursor::new(text), &Hints::default(), &mut caller);
    assert!(matches!(outcome, Ok(Outcome::Question(_))), "{outcome:?}");
    assert!(caller.looks.is_empty());
}
