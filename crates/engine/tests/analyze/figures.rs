//! The figures of small statements, worked out by hand.

use saldo_engine::{BalanceKind, LabelReason, Proof, ProofMethod, analyze};

use crate::build::{Row, analysis, check, money, row, stated, statement, value};

/// Three full months of one account.
fn quarter() -> Vec<Row> {
    vec![
        row("2025-01-02", "3000.00").of("Acme GmbH").text("Gehalt Januar"),
        row("2025-01-03", "-1000.00").of("Hausverwaltung Meier").text("Miete Januar"),
        row("2025-01-20", "-250.50").of("Lidl"),
        row("2025-02-03", "-1000.00").of("Hausverwaltung Meier").text("Miete Februar"),
        row("2025-02-14", "-749.50").of("Zahnarzt Dr. Weiss"),
        row("2025-03-03", "1500.00").of("ACME GMBH").text("Gehalt März"),
        row("2025-03-04", "-1000.00").of("Hausverwaltung Meier").text("Miete März"),
        row("2025-03-30", "-1500.00").of("Xyzzy"),
    ]
}

#[test]
fn a_quarter_is_summed_by_month() {
    check(
        &analysis(quarter()),
        &[
            ("transactions/EUR", "8"),
            ("first_date/EUR", "2025-01-02"),
            ("last_date/EUR", "2025-03-30"),
            ("months/EUR", "3"),
            ("money_in/EUR", "4500.00"),
            ("money_out/EUR", "5500.00"),
            ("net/EUR", "-1000.00"),
            ("money_in/EUR/month/2025-01", "3000.00"),
            ("money_out/EUR/month/2025-01", "1250.50"),
            ("net/EUR/month/2025-01", "1749.50"),
            ("transactions/EUR/month/2025-01", "3"),
            ("money_in/EUR/month/2025-02", "0.00"),
            ("net/EUR/month/2025-03", "-1000.00"),
            ("busiest_month/EUR", "2025-01"),
            ("opening_balance/EUR", "-"),
            ("balance/EUR/month/2025-01", "-"),
            ("runway_months/EUR", "-"),
        ],
    );
}

#[test]
fn full_months_give_averages_and_the_change_of_the_last() {
    check(
        &analysis(quarter()),
        &[
            ("full_months/EUR", "3"),
            ("negative_months/EUR", "2"),
            ("average_month_in/EUR", "1500.00"),
            ("average_month_out/EUR", "1833.33"),
            ("average_month_net/EUR", "-333.33"),
            ("last_full_month/EUR", "2025-03"),
            ("previous_full_month/EUR", "2025-02"),
            ("money_out_change/EUR/month/2025-03", "750.50"),
            ("money_out_change_share/EUR/month/2025-03", "0.4290"),
            ("money_in_change/EUR/month/2025-03", "1500.00"),
            ("money_in_change_share/EUR/month/2025-03", "-"),
            ("net_change/EUR/month/2025-03", "749.50"),
        ],
    );
}

#[test]
fn a_month_that_the_file_covers_in_part_is_not_compared() {
    let rows = vec![
        row("2025-01-15", "-10.00"),
        row("2025-02-10", "-20.00"),
        row("2025-03-31", "-30.00"),
        row("2025-04-02", "-1.00"),
    ];
    let analysis = analysis(rows);
    check(
        &analysis,
        &[("full_months/EUR", "2"), ("average_month_out/EUR", "25.00"), ("last_full_month/EUR", "2025-03")],
    );
}

#[test]
fn dated_balances_tell_which_days_the_file_covers() {
    let mut import = statement(vec![row("2025-01-15", "-10.00")]);
    check(&analyze(&import, &mut ()).expect("an analysis"), &[("full_months/EUR", "-")]);
    import.balances =
        vec![stated(BalanceKind::Opening, "50.00", "2025-01-01"), stated(BalanceKind::Closing, "40.00", "2025-01-31")];
    let analysis = analyze(&import, &mut ()).expect("an analysis");
    check(
        &analysis,
        &[
            ("full_months/EUR", "1"),
            ("opening_balance/EUR", "50.00"),
            ("closing_balance/EUR", "40.00"),
            ("runway_months/EUR", "4.0"),
        ],
    );
}

#[test]
fn categories_have_sums_and_shares() {
    check(
        &analysis(quarter()),
        &[
            ("money_in/EUR/category/salary", "4500.00"),
            ("money_in_share/EUR/category/salary", "1.0000"),
            ("money_out/EUR/category/rent", "3000.00"),
            ("money_out_share/EUR/category/rent", "0.5455"),
            ("money_out/EUR/category/groceries", "250.50"),
            ("transactions/EUR/category/rent", "3"),
            ("money_in/EUR/category/rent", "-"),
            ("money_out/EUR/category/uncategorized", "1500.00"),
            ("uncategorized_share/EUR", "0.1250"),
        ],
    );
}

#[test]
fn counterparties_have_sums_and_the_largest_a_share() {
    check(
        &analysis(quarter()),
        &[
            ("money_in/EUR/counterparty/Acme GmbH", "4500.00"),
            ("transactions/EUR/counterparty/Acme GmbH", "2"),
            ("money_out/EUR/counterparty/Hausverwaltung Meier", "3000.00"),
            ("top_counterparty_in/EUR", "Acme GmbH"),
            ("top_counterparty_in_share/EUR", "1.0000"),
            ("top_counterparty_out/EUR", "Hausverwaltung Meier"),
            ("top_counterparty_out_share/EUR", "0.5455"),
            ("largest_out/EUR", "1500.00"),
            ("largest_out_date/EUR", "2025-03-30"),
            ("largest_out_counterparty/EUR", "Xyzzy"),
            ("largest_in/EUR", "3000.00"),
        ],
    );
}

#[test]
fn at_most_fifty_counterparties_and_the_largest_of_each_direction_have_figures() {
    let name = |place: u32| {
        format!("Firma {}{}", char::from(b'A' + (place / 26) as u8), char::from(b'A' + (place % 26) as u8))
    };
    let mut rows: Vec<Row> =
        (0..80).map(|place| row("2025-01-02", &format!("{}.00", 1_000 + place)).of(&name(place))).collect();
    rows.push(row("2025-01-03", "-1.00").of("Kiosk"));
    let analysis = analysis(rows);
    let shown = analysis
        .facts
        .iter()
        .filter(|fact| fact.metric == "transactions" && fact.dimensions.contains_key("counterparty"));
    assert_eq!(shown.count(), 51);
    check(
        &analysis,
        &[
            ("top_counterparty_out/EUR", "Kiosk"),
            ("money_in/EUR/counterparty/Firma DB", "1079.00"),
            ("money_in/EUR/counterparty/Firma AA", "-"),
        ],
    );
}

#[test]
fn currencies_are_never_added_together() {
    let analysis = analysis(vec![
        row("2025-01-02", "10.00"),
        row("2025-01-02", "-3.5").currency("USD"),
        row("2025-01-03", "7").currency(""),
        row("2025-01-03", "8").currency("XXX"),
        row("2025-01-04", "0.125"),
    ]);
    check(&analysis, &[("net/EUR", "10.125"), ("net/USD", "-3.5"), ("net/XXX", "15"), ("transactions/XXX", "2")]);
    assert_eq!(analysis.fact("net/XXX").expect("a fact").dimensions["currency"], "");
    assert_eq!(analysis.fact("net/EUR").expect("a fact").dimensions["currency"], "EUR");
}

#[test]
fn running_balances_tell_the_ends_and_the_months() {
    let oldest_first = vec![
        row("2025-01-30", "-10.00").balance("90.00"),
        row("2025-01-31", "20.00").balance("110.00"),
        row("2025-01-31", "-5.00").balance("105.00"),
        row("2025-03-01", "-50.00").balance("55.00"),
    ];
    let newest_first: Vec<Row> = oldest_first.iter().rev().cloned().collect();
    for rows in [oldest_first, newest_first] {
        check(
            &analysis(rows),
            &[
                ("opening_balance/EUR", "100.00"),
                ("closing_balance/EUR", "55.00"),
                ("balance/EUR/month/2025-01", "105.00"),
                ("balance/EUR/month/2025-02", "105.00"),
                ("balance/EUR/month/2025-03", "55.00"),
            ],
        );
    }
}

#[test]
fn balances_of_several_accounts_are_added() {
    let analysis = analysis(vec![
        row("2025-01-02", "-1.00").account("A").balance("9.00"),
        row("2025-01-02", "5.00").account("B").balance("105.00"),
        row("2025-02-02", "1.00").account("A").balance("10.00"),
    ]);
    check(
        &analysis,
        &[
            ("opening_balance/EUR", "110.00"),
            ("closing_balance/EUR", "115.00"),
            ("balance/EUR/month/2025-01", "114.00"),
            ("balance/EUR/month/2025-02", "115.00"),
        ],
    );
}

#[test]
fn an_account_that_does_not_tell_its_balance_leaves_no_total() {
    let rows = vec![row("2025-01-02", "-1.00").account("A").balance("9.00"), row("2025-01-02", "5.00").account("B")];
    check(
        &analysis(rows),
        &[("opening_balance/EUR", "-"), ("closing_balance/EUR", "-"), ("balance/EUR/month/2025-01", "-")],
    );
}

#[test]
fn runway_is_the_closing_balance_over_what_a_month_costs() {
    let rows = vec![
        row("2025-01-01", "-100.00").balance("900.00"),
        row("2025-01-31", "-50.00").balance("850.00"),
        row("2025-02-28", "-250.00").balance("600.00"),
    ];
    check(&analysis(rows), &[("average_month_net/EUR", "-200.00"), ("runway_months/EUR", "3.0")]);
}

#[test]
fn what_the_file_left_out_is_a_figure() {
    let mut import = statement(quarter());
    import.counts.rejected = 2;
    import.counts.read += 2;
    import.proof =
        Proof::NotReconciled { by: ProofMethod::RunningBalance, missing: money("-12.30", "EUR"), line: Some(4) };
    let analysis = analyze(&import, &mut ()).expect("an analysis");
    check(
        &analysis,
        &[("rows_read", "10"), ("rejected_rows", "2"), ("missing_amount/EUR", "-12.30"), ("missing_line/EUR", "4")],
    );
}

#[test]
fn an_empty_statement_has_no_figures_but_its_counts() {
    let analysis = analysis(Vec::new());
    check(&analysis, &[("rows_read", "0"), ("money_in/XXX", "-")]);
    assert!(analysis.findings.is_empty() && analysis.labels.is_empty());
}

#[test]
fn each_row_is_labelled_with_its_reason() {
    let analysis = analysis(vec![
        row("2025-01-02", "-5.00").of("Lidl").category("Haustiere"),
        row("2025-01-02", "-5.00").of("Lidl").category("Pets"),
        row("2025-01-02", "-5.00").text("POS PURCHASE 1234 STARBUCKS STORE #04521 SEATTLE WA US"),
        row("2025-01-02", "-5.00").text("Xyzzy"),
    ]);
    let labels: Vec<_> = analysis.labels.iter().collect();
    let labels: Vec<_> = labels.iter().map(|label| (&*label.counterparty, &*label.category, label.reason)).collect();
    assert_eq!(
        labels,
        [
            ("Lidl", "Haustiere", LabelReason::File),
            ("Lidl", "shopping", LabelReason::File),
            ("Starbucks Store", "restaurants", LabelReason::Rule),
            ("Xyzzy", "uncategorized", LabelReason::None),
        ]
    );
}

#[test]
fn a_name_that_would_break_an_id_is_escaped_there_and_readable_elsewhere() {
    let analysis = analysis(vec![row("2025-01-02", "-5.00").of("A/B 100% Ltd")]);
    assert_eq!(value(&analysis, "money_out/EUR/counterparty/A%2FB 100 Ltd"), "5.00");
    assert_eq!(value(&analysis, "top_counterparty_out/EUR"), "A/B 100 Ltd");
}
