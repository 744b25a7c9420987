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
        row("2025-03-05", "500.00").text("Gutschrift").account("Spar 7712"),
        row("2025-03-09", "-61.20").of("Lidl").account("Giro"),
        row("2025-03-12", "-318.44").text("an 7712").account("Giro"),
        row("2025-03-13", "318.44").text("von 4411").account("Spar 7712"),
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

/// A purchase and a refund on the next day.
fn by_chance(one: Row, other: Row) -> Vec<Row> {
    vec![row("2025-03-01", "2800.00").of("Werk AG").text("Gehalt").account("Giro"), one, other]
}

#[test]
fn equal_amounts_of_strangers_are_no_transfer() {
    let bought = row("2025-03-12", "-23.97").of("Blumen Nord").account("Giro");
    let refunded = row("2025-03-13", "23.97").of("Werkzeug Süd").account("Spar 7712");
    assert_eq!(value(&analysis(by_chance(bought, refunded)), "own_transfers/EUR"), "-");
}

#[test]
fn cardholders_of_one_company_send_each_other_nothing() {
    let bought = row("2016-04-11", "-23.97").of("argos retail group").account("************8738");
    let refunded = row("2016-04-12", "23.97").of("argos retail group").account("************1147");
    let rows = by_chance(bought.clone(), refunded.clone());
    assert_eq!(value(&analysis(rows), "own_transfers/EUR"), "-");
    let of = |row: Row, name: &str| row.account(name);
    let mut import = statement(by_chance(of(bought, "J. Miller"), of(refunded, "K. Meier")));
    import.source.by_card = true;
    let found = analyze(&import, &mut ()).expect("an analysis");
    assert_eq!(value(&found, "own_transfers/EUR"), "-");
}

#[test]
fn the_own_name_on_both_sides_is_a_transfer() {
    let sent = row("2025-03-12", "-723.97").of("Erika Muster").account("DE02120300000000202051");
    let received = row("2025-03-13", "723.97").of("ERIKA MUSTER").account("DE02500105170137075030");
    assert_eq!(value(&analysis(by_chance(sent, received)), "own_transfers/EUR"), "1");
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
