//! Which columns of a table hold what moved on the account, where headers alone do not say it.
#![allow(missing_docs, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::io::Cursor;

use saldo_engine::{Hints, Import, Outcome, Proof, import};

fn outcome(table: &str) -> Outcome {
    import(Cursor::new(table.as_bytes()), &Hints::default(), &mut ()).expect("an outcome")
}

fn imported(table: &str) -> Import {
    match outcome(table) {
        Outcome::Import(import) => *import,
        Outcome::Question(question) => panic!("asked: {}", question.text),
    }
}

/// The day, the amount and the currency of each movement.
fn rows(table: &str) -> Vec<String> {
    let of = |import: Import| {
        let rows = import.transactions.iter();
        rows.map(|one| {
            let currency = one.amount.currency.map(|code| format!(" {code}")).unwrap_or_default();
            format!("{} {}{currency}", one.date, one.amount)
        })
        .collect()
    };
    of(imported(table))
}

/// The amounts of the movements.
fn amounts(table: &str) -> Vec<String> {
    imported(table).transactions.iter().map(|one| one.amount.to_string()).collect()
}

fn asked(table: &str) -> String {
    match outcome(table) {
        Outcome::Import(_) => panic!("read without a question"),
        Outcome::Question(question) => question.hint.to_owned(),
    }
}

#[test]
fn a_purchase_abroad_counts_in_the_currency_of_the_account() {
    for table in [
        "Date,Name,Amount,Currency,Local amount,Local currency\n2025-03-01,Oak,-4.50,GBP,-4.50,GBP\n\
         2025-03-05,Elm,-8.81,GBP,-10.00,EUR\n2025-03-06,Fir,150.00,GBP,150.00,GBP\n",
        "Date,Name,Transaction amount,Transaction currency,Amount in GBP,Rate\n2025-03-01,Oak,-4.50,GBP,-4.50,1\n\
         2025-03-05,Elm,-10.00,EUR,-8.81,0.881\n2025-03-06,Fir,150.00,GBP,150.00,1\n",
        "Date,Name,Credit,Debit,Currency,Amount in GBP\n2025-03-01,Oak,,4.50,GBP,-4.50\n2025-03-05,Elm,,10.00,EUR,-8.81\n\
         2025-03-06,Fir,150.00,,GBP,150.00\n",
    ] {
        assert_eq!(rows(table), ["2025-03-01 -4.50 GBP", "2025-03-05 -8.81 GBP", "2025-03-06 150.00 GBP"], "{table}");
    }
}

#[test]
fn a_currency_belongs_to_the_number_that_it_stands_beside() {
    let table = "Date,Name,Currency,Amount,Foreign currency,Amount in foreign currency,Debit/Credit\n\
                 2025-03-01,Oak,CHF,45.20,,,Debit\n2025-03-05,Elm,CHF,28.33,EUR,30.00,Debit\n2025-03-06,Fir,CHF,59.90,,,Credit\n";
    assert_eq!(rows(table), ["2025-03-01 -45.20 CHF", "2025-03-05 -28.33 CHF", "2025-03-06 59.90 CHF"]);
}

#[test]
fn what_moved_holds_its_tax_and_its_fee() {
    let tax = "Datum;Text;Netto;MwSt;Brutto;Währung\n2025-03-01;Server;-10,00;-1,90;-11,90;EUR\n\
               2025-03-05;Domain;-20,00;-3,80;-23,80;EUR\n2025-03-06;Erstattung;5,00;0,95;5,95;EUR\n";
    assert_eq!(amounts(tax), ["-11.90", "-23.80", "5.95"]);
    let fee = "Date,Text,Amount,Fee,Total\n2025-03-01,Sent,-100.00,-1.00,-101.00\n2025-03-05,Card,-50.00,0.00,-50.00\n\
               2025-03-06,Received,500.00,-2.00,498.00\n";
    assert_eq!(amounts(fee), ["-101.00", "-50.00", "498.00"]);
}

#[test]
fn a_header_that_names_a_currency_or_both_sides_names_no_side() {
    let rows = "05/09/2025,Shop,650.00,Debit\n20/09/2025,Other shop,23.45,Debit\n28/09/2025,Wages,1500.00,Credit\n";
    for header in ["Amount in INR", "Deposit/Withdrawal", "Credit/Debit amount", "Paid"] {
        let table = format!("Date,Description,{header},Type\n{rows}");
        assert_eq!(amounts(&table), ["-650.00", "-23.45", "1500.00"], "{header}");
    }
    assert_eq!(asked("Date,Name,Amount in EUR\n2025-03-01,Oak,20.00\n2025-03-02,Elm,23.45\n"), "sign");
}

#[test]
fn the_other_side_of_debits_or_credits_needs_no_known_header() {
    for (out, into) in
        [("Outcome", "Income"), ("Withdrawal", "Lodgement"), ("Purchases", "Payments"), ("Debit", "Zugang")]
    {
        let table = format!(
            "Date,Text,{out},{into}\n2025-03-01,Oak,20.00,\n2025-03-02,Elm,,70.00\n2025-03-03,Fir,50.00,0.00\n"
        );
        assert_eq!(amounts(&table), ["-20.00", "70.00", "-50.00"], "{out}/{into}");
    }
}

#[test]
fn an_identifier_is_no_amount_and_a_day_is_a_date_whatever_the_header() {
    let table = "Date,Deposit ID,Deposit,Withdrawal,Balance\n2025-03-01,1,100.00,,100.00\n2025-03-02,2,,30.00,70.00\n";
    assert_eq!(amounts(table), ["100.00", "-30.00"]);
    let table =
        "Completion Time,Description,Importe del movimiento\n2025-03-01 10:00,Oak,-20.00\n2025-03-02 11:00,Elm,70.00\n";
    assert_eq!(amounts(table), ["-20.00", "70.00"]);
}

#[test]
fn short_dates_start_with_the_year_where_nothing_else_keeps_them_together() {
    let table =
        "Date,Description,Withdrawal,Deposit\n23/09/05,Rent,5000.00,\n23/09/10,Shop,54.50,\n23/09/28,Salary,,3000.00\n";
    assert_eq!(rows(table), ["2023-09-05 -5000.00", "2023-09-10 -54.50", "2023-09-28 3000.00"]);
    let usual =
        "Date,Description,Withdrawal,Deposit\n05/09/23,Rent,5000.00,\n10/09/23,Shop,54.50,\n28/09/23,Salary,,3000.00\n";
    assert_eq!(rows(usual), rows(table));
}

#[test]
fn a_few_words_tell_no_direction() {
    let words = "Date,Text,Amount\n2025-03-01,Salary,20.00\n2025-03-02,Salary,20.00\n2025-03-03,Oak,5.00\n2025-03-04,Elm,7.00\n";
    assert_eq!(asked(words), "sign");
}

#[test]
fn debits_that_raise_the_balance_are_asked_about_unless_they_are_a_debt() {
    let rows =
        "2025-03-01,Oak,20.00,,120.00\n2025-03-02,Elm,30.00,,150.00\n2025-03-03,PAYMENT - THANK YOU,,70.00,80.00\n";
    let plain = rows.replace("PAYMENT - THANK YOU", "Fir");
    assert_eq!(asked(&format!("Date,Text,Debit,Credit,Balance\n{plain}")), "sign");
    for table in [
        format!("Date,Text,Debit,Credit,Balance\n{rows}"),
        format!("Date,Text,Debit,Credit,Balance owed\n{plain}"),
        "Date,Text,Amount,Balance owed\n2025-03-01,Oak,20.00,120.00\n2025-03-02,Elm,30.00,150.00\n2025-03-03,Fir,-70.00,80.00\n".to_owned(),
    ] {
        assert_eq!(amounts(&table), ["-20.00", "-30.00", "70.00"], "{table}");
        assert!(matches!(imported(&table).proof, Proof::Reconciled { .. }), "{table}");
    }
}

#[test]
fn amounts_without_a_day_or_a_known_column_are_rejected_and_prove_nothing() {
    let table = "Date,Text,In,Out\n2025-03-01,Oak,100.00,\n,Elm,,30.00\n2025-03-02,Fir,5.00,\n";
    let import = imported(table);
    assert_eq!((import.transactions.len(), import.counts.rejected), (2, 1));
    let table = "Date,Text,Debit,Credit,Balance\n2025-03-01,Oak,,100.00,1100.00\n2025-03-02,Elm,30.00,,1070.00\n2025-03-03,Fir,,,1050.00\n";
    let import = imported(table);
    assert_eq!((import.counts.rejected, import.proof), (1, Proof::None));
}

#[test]
fn numbers_under_headers_that_speak_of_something_else_are_no_money() {
    for table in [
        "Date,Station,Temperature,Humidity\n2025-03-01,Oak,-3.5,80.1\n2025-03-02,Oak,1.2,75.0\n2025-03-03,Elm,4.0,70.5\n",
        "Date,Item,Alpha,Beta\n2025-03-01,Oak,20.00,9.00\n2025-03-02,Elm,23.45,8.50\n2025-03-03,Fir,5.00,8.00\n",
    ] {
        let error = import(Cursor::new(table), &Hints::default(), &mut ()).expect_err("a refusal");
        assert_eq!(saldo_kernel::Error::from(error).reason.to_string(), "NO_AMOUNT_COLUMN", "{table}");
    }
}
