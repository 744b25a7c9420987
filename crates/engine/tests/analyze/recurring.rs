//! Recurring payments: who is paid how often, when next, at which price, and what did not come.

use saldo_engine::{Analysis, FindingKind, analyze};

use crate::{
    build::{Row, analysis, check, row, statement, value},
    evaluate::{Evaluator, same},
};

/// A year of rent on the first working days, a subscription whose price rises, and shopping at random.
fn year() -> Vec<Row> {
    let mut rows = Vec::new();
    for month in 1..=12_u32 {
        let day = [1, 3, 3, 1, 2, 2, 1, 1, 1, 1, 3, 1][month as usize - 1];
        rows.push(row(&format!("2025-{month:02}-{day:02}"), "-900.00").of("Hausverwaltung Meier").text("Miete"));
        let price = if month < 8 { "-9.99" } else { "-12.99" };
        rows.push(row(&format!("2025-{month:02}-14"), price).of("Streamly"));
        rows.push(row(&format!("2025-{month:02}-27"), &format!("{}.00", 2_400 + month)).of("Werk AG").text("Gehalt"));
        for visit in 0..3 {
            let day = (month * 7 + visit * 9) % 27 + 1;
            let cents = month * 1_931 % 7_000 + visit * 1_717 + 300;
            let amount = format!("-{}.{:02}", cents / 100, cents % 100);
            rows.push(row(&format!("2025-{month:02}-{day:02}"), &amount).of("Markthalle"));
        }
    }
    rows
}

fn series(analysis: &Analysis) -> Vec<&str> {
    let found = analysis.facts.iter().filter(|fact| fact.metric == "cadence");
    found.filter_map(|fact| fact.dimensions.get("recurring").map(String::as_str)).collect()
}

#[test]
fn rent_salary_and_a_subscription_are_found_and_shopping_is_not() {
    let analysis = analysis(year());
    assert_eq!(series(&analysis), ["Hausverwaltung Meier", "Streamly", "Werk AG"]);
    check(
        &analysis,
        &[
            ("recurring_out/EUR/recurring/Hausverwaltung Meier", "900.00"),
            ("cadence/EUR/recurring/Hausverwaltung Meier", "monthly"),
            ("payments/EUR/recurring/Hausverwaltung Meier", "12"),
            ("next_payment/EUR/recurring/Hausverwaltung Meier", "2026-01-01"),
            ("on_time/EUR/recurring/Hausverwaltung Meier", "1.0000"),
            ("recurring_out_a_year/EUR/recurring/Hausverwaltung Meier", "10800.00"),
            ("recurring_in/EUR/recurring/Werk AG", "2412.00"),
            ("next_payment/EUR/recurring/Werk AG", "2026-01-27"),
            ("recurring_out_count/EUR", "2"),
            ("recurring_year_out/EUR", "10955.88"),
            ("recurring_year_in/EUR", "28944.00"),
        ],
    );
}

#[test]
fn a_new_price_stands_beside_the_old_one() {
    check(
        &analysis(year()),
        &[
            ("recurring_out/EUR/recurring/Streamly", "12.99"),
            ("earlier_price/EUR/recurring/Streamly", "9.99"),
            ("price_changed/EUR/recurring/Streamly", "2025-08-14"),
            ("price_change/EUR/recurring/Streamly", "0.3003"),
            ("earlier_price/EUR/recurring/Hausverwaltung Meier", "-"),
        ],
    );
}

#[test]
fn a_rent_that_did_not_come_is_a_finding() {
    let mut rows = year();
    rows.retain(|row| {
        !(row.0.date.month() == time::Month::September && &*row.0.counterparty == "Hausverwaltung Meier")
    });
    let analysis = analysis(rows);
    let missing: Vec<_> =
        analysis.findings.iter().filter(|finding| finding.kind == FindingKind::MissingRecurring).collect();
    assert_eq!(missing.len(), 1);
    let due = missing[0].facts.iter().find(|id| id.starts_with("due/")).expect("a due date");
    assert_eq!(value(&analysis, due), "2025-09-01");
}

#[test]
fn a_subscription_cancelled_months_ago_is_neither_missing_nor_recurring() {
    let mut rows = year();
    rows.retain(|row| row.0.date.month() as u8 <= 8 || &*row.0.counterparty != "Streamly");
    let analysis = analysis(rows);
    assert_eq!(series(&analysis), ["Hausverwaltung Meier", "Werk AG"]);
    assert!(analysis.findings.iter().all(|finding| finding.kind != FindingKind::MissingRecurring));
}

#[test]
fn every_figure_of_a_series_follows_from_its_rows() {
    let import = statement(year());
    let analysis = analyze(&import, &mut ()).expect("an analysis");
    let evaluator = Evaluator::new(&import, &analysis);
    for fact in analysis.facts.iter().filter(|fact| fact.id.contains("recurring")) {
        let expected = evaluator.value(fact).expect("a value");
        assert!(same(&expected, &fact.value), "{}: {:?} is not {expected:?}", fact.id, fact.value);
    }
}
