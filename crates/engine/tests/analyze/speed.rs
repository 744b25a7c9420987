//! Large and hostile files stay quick and within bounds.

use std::{ops::ControlFlow, time::Instant};

use saldo_engine::{Error, Stage, Watch, analyze};
use saldo_kernel::Money;
use time::Date;

use crate::build::{Row, money, row, statement};

/// Rows that look like a busy account, the same every time.
fn generated(count: usize) -> Vec<Row> {
    let names = [
        "Lidl",
        "REWE Markt GmbH",
        "Shell 1234",
        "Stadtwerke",
        "Café Central",
        "ООО Ромашка",
        "Amazon Marketplace",
        "",
    ];
    let texts = [
        "card payment 4411 to LIDL SAGT DANKE",
        "Оплата по счету 12 за аренду офиса, без налога",
        "SEPA LASTSCHRIFT STROM",
        "Invoice 42",
    ];
    let start = Date::from_calendar_date(2019, time::Month::January, 1).expect("a day").to_julian_day();
    let mut state = 42_u64;
    let mut next = move |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    (0..count)
        .map(|place| {
            let mut row = row("2019-01-01", "0.00");
            row.0.date = Date::from_julian_day(start + (place * 1_500 / count) as i32).expect("a day");
            row.0.amount = Money { units: next(40_000) as i128 - 34_000, ..money("0.00", "EUR") };
            row.of(names[next(8) as usize]).text(&format!("{} {}", texts[next(4) as usize], next(1_000_000)))
        })
        .collect()
}

#[test]
fn two_hundred_thousand_rows_take_about_a_second() {
    let import = statement(generated(200_000));
    let start = Instant::now();
    let analysis = analyze(&import, &mut ()).expect("an analysis");
    let took = start.elapsed();
    assert_eq!(analysis.labels.len(), 200_000);
    println!("{} facts in {took:?}", analysis.facts.len());
    // Ten times the aim, so that a busy machine does not fail the test and a quadratic step does.
    assert!(took.as_secs() < 10, "{took:?}");
}

/// Stops after some reports.
struct Patience(u32);

impl Watch for Patience {
    fn progress(&mut self, _: Stage, done: u64, total: u64) -> ControlFlow<()> {
        assert!(done <= total);
        self.0 -= 1;
        if self.0 == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn the_work_stops_when_the_watch_says_so() {
    let import = statement(generated(20_000));
    for patience in 1..6 {
        assert!(matches!(analyze(&import, &mut Patience(patience)), Err(Error::Cancelled)), "{patience}");
    }
}

#[test]
fn a_sum_that_would_not_be_exact_is_an_error() {
    let huge = |units| {
        let mut row = row("2019-01-01", "0");
        row.0.amount = Money { units, ..row.0.amount };
        row
    };
    let outcome = |rows| analyze(&statement(rows), &mut ());
    assert!(matches!(outcome(vec![huge(i128::MAX)]), Err(Error::AmountOverflow)));
    assert!(matches!(outcome(vec![huge(i128::MIN)]), Err(Error::AmountOverflow)));
    assert!(matches!(outcome(vec![huge(10_i128.pow(33)), row("2019-01-01", "0.01")]), Err(Error::AmountOverflow)));
    assert!(outcome(vec![huge(10_i128.pow(30)), huge(-(10_i128.pow(30)))]).is_ok());
}

#[test]
fn misread_dates_and_currencies_do_not_blow_the_report_up() {
    let mut rows = vec![row("0001-01-01", "1.00"), row("9999-12-31", "2.00")];
    for place in 0..2_000_u32 {
        let letter = |step: u32| char::from(b'A' + (place / step % 26) as u8);
        rows.push(
            row("2019-01-01", "-1.00").currency(&[letter(676), letter(26), letter(1)].iter().collect::<String>()),
        );
    }
    let analysis = analyze(&statement(rows), &mut ()).expect("an analysis");
    assert!(analysis.facts.len() < 60_000, "{}", analysis.facts.len());
    assert_eq!(crate::build::value(&analysis, "money_in/EUR"), "3.00");
    assert_eq!(crate::build::value(&analysis, "money_out/BZZ"), "1.00");
}
