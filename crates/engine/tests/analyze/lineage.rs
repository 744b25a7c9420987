//! Every figure can be computed again from the rows and figures it names.

use proptest::{collection::vec, option, prelude::*};
use saldo_engine::{Analysis, BalanceKind, Import, Proof, ProofMethod, Transaction, analyze};
use saldo_kernel::Money;
use time::Date;

use crate::{
    build::{keep, money, row, stated, statement},
    evaluate::{Evaluator, same},
};

/// Checks every fact, and that findings name only facts and rows that exist.
fn check(import: &Import, analysis: &Analysis) {
    let evaluator = Evaluator::new(import, analysis);
    for fact in &analysis.facts {
        assert!(!fact.id.contains(['{', '}', '|', '\n', '\r']), "{:?} is not safe", fact.id);
        let (Some(expected), value) = (evaluator.value(fact), &fact.value) else { continue };
        assert!(same(&expected, value), "{}: {value:?} is not {expected:?}", fact.id);
    }
    for finding in &analysis.findings {
        assert!((0.0..=1.0).contains(&finding.score), "{}: {}", finding.id, finding.score);
        finding.facts.iter().for_each(|id| assert!(analysis.fact(id).is_some(), "{id} is no fact"));
        let last = finding.rows.last().map_or(0, |number| number as usize);
        assert!(last <= import.transactions.len());
    }
    assert!(analysis.findings.len() <= 50);
    assert!(analysis.findings.is_sorted_by(|one, other| one.score >= other.score), "findings are not sorted");
    assert_eq!(analysis.labels.len(), import.transactions.len());
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("Lidl".to_owned()),
        Just("LIDL 1234 BERLIN DE".to_owned()),
        Just("Gehalt".to_owned()),
        Just("ООО \"Ромашка\"".to_owned()),
        Just("{a}/b|c%\n".to_owned()),
        "[A-Z]{3,8}",
        "\\PC{0,12}",
    ]
}

prop_compose! {
    fn transaction(days: i32)(
        day in 0..days,
        units in prop_oneof![-100_000_i128..100_000, Just(-1_200), Just(-99_999_999), Just(0)],
        exponent in prop_oneof![8 => Just(2_u8), 1 => Just(0), 1 => Just(4)],
        code in prop_oneof![6 => Just("EUR"), 1 => Just("USD"), 1 => Just(""), 1 => Just("XXX")],
        balance in option::of(-10_000_i128..10_000),
        account in prop_oneof![4 => Just(""), 1 => Just("A"), 1 => Just("B")],
        counterparty in text(),
        description in text(),
        category in prop_oneof![3 => Just(String::new()), 1 => Just("Groceries".to_owned()), 1 => text()],
    ) -> Transaction {
        let currency = code.parse().ok();
        Transaction {
            line: 1,
            date: Date::from_julian_day(2_458_485 + day).expect("a day"),
            amount: Money::new(units, exponent, currency),
            balance: balance.map(|units| Money::new(units, 2, currency)),
            counterparty: counterparty.into(),
            description: description.into(),
            category: category.into(),
            account: account.into(),
        }
    }
}

fn import(days: i32, most: usize) -> impl Strategy<Value = Import> {
    (vec(transaction(days), 0..most), any::<bool>(), any::<bool>()).prop_map(|(mut transactions, sorted, proved)| {
        let mut import = statement(Vec::new());
        if sorted {
            transactions.sort_by_key(|transaction| transaction.date);
        }
        import.transactions = keep(&transactions);
        if proved {
            let missing = money("-12.30", "EUR");
            import.proof = Proof::NotReconciled { by: ProofMethod::OpeningAndClosing, missing, line: Some(1) };
            import.balances = vec![
                stated(BalanceKind::Opening, "100.00", "2019-01-01"),
                stated(BalanceKind::Closing, "1.00", "2019-12-31"),
            ];
        }
        import
    })
}

proptest! {
    #[test]
    fn every_figure_follows_from_its_lineage(import in import(40, 60)) {
        check(&import, &analyze(&import, &mut ()).expect("an analysis"));
    }

    #[test]
    fn every_figure_of_long_files_follows_from_its_lineage(import in import(900, 200)) {
        check(&import, &analyze(&import, &mut ()).expect("an analysis"));
    }

    #[test]
    fn the_same_import_gives_the_same_analysis(import in import(200, 80)) {
        let (one, other) = (analyze(&import, &mut ()).expect("one"), analyze(&import, &mut ()).expect("another"));
        prop_assert_eq!(one.facts, other.facts);
        prop_assert_eq!(one.findings, other.findings);
        prop_assert_eq!(one.labels, other.labels);
    }
}

#[test]
fn the_rows_behind_a_derived_figure_are_the_rows_of_its_parts() {
    let rows = vec![row("2019-01-02", "5.00"), row("2019-01-03", "-2.00"), row("2019-03-03", "-1.00")];
    let import = statement(rows);
    let analysis = analyze(&import, &mut ()).expect("an analysis");
    check(&import, &analysis);
    let rows = |id| analysis.rows_behind(id).iter().collect::<Vec<_>>();
    assert_eq!(rows("net/EUR"), [1, 2, 3]);
    assert_eq!(rows("money_out/EUR"), [2, 3]);
    assert_eq!(rows("money_in/EUR/month/2019-02"), []);
    assert_eq!(rows("no such figure"), []);
}
