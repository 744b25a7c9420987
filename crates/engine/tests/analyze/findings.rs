//! What counts as unusual, and what does not.

use saldo_engine::{Analysis, Finding, FindingKind, Proof, ProofMethod, analyze};

use crate::build::{Row, analysis, money, row, statement, value};

/// Kinds and first rows, most unusual first.
fn found(analysis: &Analysis) -> Vec<(FindingKind, u32)> {
    let row = |id: &str| id.split('/').nth(1).and_then(|row| row.parse().ok());
    let lead = |finding: &Finding| row(&finding.id).or(finding.rows.first()).unwrap_or_default();
    analysis.findings.iter().map(|finding| (finding.kind, lead(finding))).collect()
}

/// A year of weekly shopping that varies a little.
fn year() -> Vec<Row> {
    let mut rows = Vec::new();
    for month in 1..=12 {
        for (week, day) in [3, 10, 17, 24].into_iter().enumerate() {
            let amount = 4_000 + (month * 37 + week as i32 * 411) % 1_500;
            rows.push(
                row(&format!("2025-{month:02}-{day:02}"), &format!("-{}.{:02}", amount / 100, amount % 100)).of("Lidl"),
            );
        }
        rows.push(row(&format!("2025-{month:02}-28"), "-900.00").of("Hausverwaltung Meier").text("Miete"));
    }
    rows
}

#[test]
fn a_regular_year_has_no_findings() {
    assert_eq!(found(&analysis(year())), []);
}

#[test]
fn the_same_payment_booked_again_is_found() {
    let mut rows = year();
    rows.push(row("2025-12-30", "-120.00").of("Zahnarzt Weiss").text("Rechnung 10/2025 ref 883311"));
    rows.push(row("2025-12-30", "-120.00").of("Zahnarzt Weiss").text("Rechnung 10/2025 ref 883312"));
    let analysis = analysis(rows);
    assert_eq!(found(&analysis), [(FindingKind::Duplicate, 61)]);
    assert!(analysis.findings[0].rows.iter().eq([61, 62]));
    assert_eq!(value(&analysis, "copies/EUR/row/61"), "2");
    assert_eq!(value(&analysis, "counterparty/EUR/row/61"), "Zahnarzt Weiss");
}

#[test]
fn another_day_amount_counterparty_account_or_purpose_is_no_duplicate() {
    let base = || row("2025-12-30", "-120.00").of("Zahnarzt Weiss").text("Rechnung A");
    for other in [
        row("2025-12-29", "-120.00").of("Zahnarzt Weiss").text("Rechnung A"),
        row("2025-12-30", "-120.01").of("Zahnarzt Weiss").text("Rechnung A"),
        row("2025-12-30", "120.00").of("Zahnarzt Weiss").text("Rechnung A"),
        base().of("Hotel Post"),
        base().text("Rechnung B"),
        base().account("2"),
        base().currency("USD"),
    ] {
        assert_eq!(found(&analysis(vec![base(), other.clone()])), [], "{other:?}");
    }
}

#[test]
fn small_or_habitual_repetitions_are_no_duplicates() {
    let mut rows = year();
    rows.extend([row("2025-12-30", "-2.40").of("BVG"), row("2025-12-30", "-2.40").of("BVG")]);
    for day in 1..=3 {
        let lunch = row(&format!("2025-12-{day:02}"), "-60.00").of("Kantine");
        rows.extend([lunch.clone(), lunch]);
    }
    assert_eq!(found(&analysis(rows)), []);
}

#[test]
fn an_amount_far_above_the_counterpartys_usual_one_is_found() {
    let mut rows = year();
    rows.push(row("2025-12-29", "-463.17").of("Lidl"));
    let analysis = analysis(rows);
    assert_eq!(found(&analysis), [(FindingKind::UnusualAmount, 61)]);
    assert_eq!(value(&analysis, "amount/EUR/row/61"), "-463.17");
    assert_eq!(value(&analysis, "times_usual/EUR/row/61"), "9.8");
    assert!(analysis.findings[0].facts.iter().any(|id| id == "usual_out/EUR/counterparty/Lidl"));
}

#[test]
fn a_misplaced_decimal_point_is_found_by_the_prices_of_the_counterparty() {
    let mut rows: Vec<Row> =
        (1..=12).map(|month| row(&format!("2025-{month:02}-05"), "-12.49").of("Streamly")).collect();
    rows.extend(year());
    rows.push(row("2025-12-29", "-1249.00").of("Streamly"));
    let analysis = analysis(rows);
    assert_eq!(found(&analysis), [(FindingKind::MisplacedDecimal, 73)]);
    let finding = &analysis.findings[0];
    assert_eq!(value(&analysis, "compared/EUR/row/73"), "12");
    assert_eq!(value(&analysis, "usual_least/EUR/row/73"), "12.49");
    assert_eq!(value(&analysis, "usual_most/EUR/row/73"), "12.49");
    assert_eq!(finding.rows.iter().collect::<Vec<_>>(), (1..=12).chain([73]).collect::<Vec<_>>());
}

#[test]
fn a_misplaced_decimal_point_is_told_by_amounts_that_the_file_has() {
    let mut rows = year();
    rows.push(row("2025-12-28", "-463.00").of("Lidl"));
    rows.push(row("2025-12-29", "-4680.00").of("Lidl"));
    let analysis = analysis(rows.clone());
    let shifted: Vec<_> = analysis.findings.iter().filter(|one| one.kind == FindingKind::MisplacedDecimal).collect();
    assert!(!shifted.is_empty());
    for finding in shifted {
        let of = |metric: &str| {
            let id = finding.facts.iter().find(|id| id.starts_with(metric)).expect("the fact");
            value(&analysis, id)
        };
        for amount in [of("usual_least"), of("usual_most")] {
            assert!(rows.iter().any(|row| row.0.amount.to_string() == format!("-{amount}")), "{amount}");
        }
    }
}

#[test]
fn other_digits_or_an_amount_like_no_other_are_no_misplaced_decimal_point() {
    for amount in ["-463.17", "-2100.00", "-400.00"] {
        let mut rows = year();
        rows.push(row("2025-12-29", amount).of("Lidl"));
        assert_eq!(found(&analysis(rows)), [(FindingKind::UnusualAmount, 61)], "{amount}");
    }
}

#[test]
fn prices_that_vary_widely_are_nothing_unusual() {
    let amounts = [3, 7, 12, 18, 25, 40, 55, 90, 140, 220, 310, 480];
    let rows = (0..120_usize).map(|place| {
        let day = format!("2025-{:02}-{:02}", place / 10 + 1, place % 10 * 2 + 1);
        row(&day, &format!("-{}.{:02}", amounts[place * 7 % 12], place % 97)).of("Online Shop")
    });
    assert_eq!(found(&analysis(rows.collect())), []);
}

#[test]
fn without_history_of_its_own_a_counterparty_is_judged_by_its_category() {
    let mut rows = year();
    rows.push(row("2025-06-01", "-473.19").of("Supermarkt Nord"));
    let analysis = analysis(rows);
    assert_eq!(found(&analysis), [(FindingKind::UnusualAmount, 61)]);
    assert!(analysis.findings[0].facts.iter().any(|id| id == "usual_out/EUR/category/groceries"));
}

#[test]
fn a_new_counterparty_is_found_only_if_late_and_large() {
    let with = |day: &str, amount: &str| {
        let mut rows = year();
        rows.push(row(day, amount).of("Xyzzy Trading"));
        found(&analysis(rows))
    };
    assert_eq!(with("2025-12-20", "-9000.00"), [(FindingKind::NewCounterparty, 61)]);
    assert_eq!(with("2025-03-20", "-9000.00"), []);
    assert_eq!(with("2025-12-20", "-90.00"), []);
    assert_eq!(with("2025-12-20", "9000.00"), []);
}

#[test]
fn a_month_that_cost_far_more_than_usual_in_a_category_is_found() {
    let mut rows = year();
    for day in 1..=9 {
        rows.push(row(&format!("2025-05-{day:02}"), &format!("-6{day}.30")).of("Rewe").category("Groceries"));
    }
    let import = statement(rows);
    let analysis = analyze(&import, &mut ()).expect("an analysis");
    let found: Vec<_> = analysis.findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(found, [FindingKind::CategorySpike]);
    assert_eq!(value(&analysis, "spike_month/EUR/category/groceries"), "2025-05");
    let evaluator = crate::evaluate::Evaluator::new(&import, &analysis);
    for id in &analysis.findings[0].facts {
        let fact = analysis.fact(id).expect("a fact");
        assert!(crate::evaluate::same(&evaluator.value(fact).expect("a value"), &fact.value), "{id}");
    }
}

#[test]
fn a_missing_amount_stands_first() {
    let mut rows = year();
    rows.push(row("2025-12-29", "-463.17").of("Lidl"));
    let mut import = statement(rows);
    import.proof =
        Proof::NotReconciled { by: ProofMethod::RunningBalance, missing: money("5.00", "EUR"), line: Some(4) };
    let analysis = analyze(&import, &mut ()).expect("an analysis");
    assert_eq!(found(&analysis), [(FindingKind::MissingAmount, 3), (FindingKind::UnusualAmount, 61)]);
    assert_eq!(analysis.findings[0].facts, ["missing_amount/EUR", "missing_line/EUR"]);
}

#[test]
fn at_most_fifty_findings_are_kept() {
    let mut rows = year();
    for place in 0..80_u32 {
        let name = format!("Firma {}{}", char::from(b'A' + (place / 26) as u8), char::from(b'A' + (place % 26) as u8));
        let twin = row("2025-12-30", "-300.00").of(&name);
        rows.extend([twin.clone(), twin]);
    }
    assert_eq!(analysis(rows).findings.len(), 50);
}
