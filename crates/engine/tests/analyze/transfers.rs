//! Money that moves between two accounts of one file is neither income nor spending.

use saldo_engine::{Analysis, LabelReason, analyze};

use crate::{
    build::{Row, analysis, check, row, statement, value},
    evaluate::{Evaluator, same},
};

fn two_accounts() -> Vec<Row> {
    vec![
        row("2025-03-01", "2800.00").of("Werk AG").text("Gehalt").account("Giro"),
        row("2025-03-03", "-500.00").text("Umbuchung Sparkonto").account("Giro"),
        row("2025-03-03", "-500.00").of("Maklerbuero Nord").text("Provision").account("Giro"),
        row("2025-03-05", "500.00").text("Gutschrift").account("Spar"),
        row("2025-03-09", "-61.20").of("Lidl").account("Giro"),
        row("2025-03-12", "-318.44").text("an 4411").account("Giro"),
        row("2025-03-13", "318.44").text("von 7712").account("Spar"),
    ]
}

fn categories(analysis: &Analysis) -> Vec<String> {
    analysis.labels.iter().map(|label| label.category.to_string()).collect()
}

#[test]
fn both_halves_are_transfers_and_a_fee_of_the_same_amount_is_not() {
    let analysis = analysis(two_accounts());
    let found = categories(&analysis);
    for place in [1, 3, 5, 6] {
        assert_eq!(found[place], "transfers", "{place}");
    }
    assert_ne!(found[2], "transfers");
    assert_eq!(analysis.labels.get(3).expect("a label").reason, LabelReason::Transfer);
    assert_eq!(analysis.labels.get(1).expect("a label").reason, LabelReason::Rule);
}

#[test]
fn transfers_stand_apart_and_the_parts_still_make_the_whole() {
    let import = statement(two_accounts());
    let analysis = analyze(&import, &mut ()).expect("an analysis");
    check(
        &analysis,
        &[
            ("own_transfers/EUR", "2"),
            ("own_transfers_in/EUR", "818.44"),
            ("own_transfers_out/EUR", "818.44"),
            ("money_in/EUR", "3618.44"),
            ("external_in/EUR", "2800.00"),
            ("money_out/EUR", "1379.64"),
            ("external_out/EUR", "561.20"),
            ("money_out/EUR/category/transfers", "818.44"),
        ],
    );
    let evaluator = Evaluator::new(&import, &analysis);
    for fact in analysis.facts.iter().filter(|fact| fact.id.contains("own_") || fact.id.contains("external")) {
        assert!(same(&evaluator.value(fact).expect("a value"), &fact.value), "{}", fact.id);
    }
}

#[test]
fn one_account_or_one_half_has_no_transfers_between_accounts() {
    let one: Vec<Row> = two_accounts().into_iter().map(|row| row.account("Giro")).collect();
    assert_eq!(value(&analysis(one), "own_transfers/EUR"), "-");
    let half = vec![
        row("2025-03-03", "-500.00").text("Umbuchung Sparkonto").account("Giro"),
        row("2025-03-05", "-20.00").of("Lidl").account("Karte"),
    ];
    let analysis = analysis(half);
    assert_eq!(value(&analysis, "own_transfers/EUR"), "-");
    assert_eq!(categories(&analysis)[0], "transfers");
}

#[test]
fn the_files_own_category_stays() {
    let mut rows = two_accounts();
    rows[3] = rows[3].clone().category("Groceries");
    assert_eq!(categories(&analysis(rows))[3], "groceries");
}
