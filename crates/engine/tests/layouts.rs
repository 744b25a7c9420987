//! What a user notices of layouts that could be read wrongly in silence: they are read for certain, asked about, or refused.
#![allow(missing_docs, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::io::Cursor;

use saldo_engine::{Hints, Import, Outcome, Proof, import};

fn imported(table: &str) -> Import {
    match import(Cursor::new(table.as_bytes()), &Hints::default(), &mut ()).expect("an outcome") {
        Outcome::Import(import) => {
            let counts = import.counts;
            assert_eq!(counts.read, import.transactions.len() as u64 + counts.recognized + counts.rejected);
            *import
        }
        Outcome::Question(question) => panic!("asked: {}", question.text),
    }
}

fn asked(table: &str) -> &'static str {
    match import(Cursor::new(table.as_bytes()), &Hints::default(), &mut ()).expect("an outcome") {
        Outcome::Question(question) => question.reason,
        Outcome::Import(_) => panic!("read without a question"),
    }
}

fn refused(table: &str) -> String {
    let error = import(Cursor::new(table.as_bytes()), &Hints::default(), &mut ()).expect_err("a refusal");
    saldo_kernel::Error::from(error).reason.to_string()
}

/// Date and amount of each movement.
fn rows(import: &Import) -> Vec<String> {
    import.transactions.iter().map(|one| format!("{} {}", one.date, one.amount)).collect()
}

/// Line and reason of each rejected row.
fn faults(import: &Import) -> Vec<(u64, &'static str)> {
    import.rejected.iter().map(|one| (one.line, one.reason)).collect()
}

#[test]
fn decimal_commas_in_a_table_of_commas_are_put_together_where_the_width_proves_them() {
    let import = imported(
        "Fecha,Concepto,Importe,Saldo\n15/09/2023,ALQUILER,-650,00,500,00\n20/09/2023,MERCADO,-23,45,476,55\n\
         28/09/2023,NOMINA,1.500,00,1.976,55\n",
    );
    assert_eq!(rows(&import), ["2023-09-15 -650.00", "2023-09-20 -23.45", "2023-09-28 1500.00"]);
    assert!(matches!(import.proof, Proof::Reconciled { .. }));
    let without_header = imported("15.09.2023,Miete,-650,00\n20.09.2023,Markt,-23,05\n28.09.2023,Lohn,1500,00\n");
    assert_eq!(rows(&without_header), ["2023-09-15 -650.00", "2023-09-20 -23.05", "2023-09-28 1500.00"]);
}

#[test]
fn decimal_commas_that_could_stand_at_two_places_are_refused() {
    // 12,23,45 is 12 and 23.45, or 12.23 and 45.
    let table = "Date,Text,Number,Amount\n15.09.2023,A,12,23,45\n16.09.2023,B,17,10,20\n";
    assert_eq!(refused(table), "FORMAT_NOT_SUPPORTED");
    let only_some = "Date,Text,Amount\n15.09.2023,A,12,23\n16.09.2023,B,17\n17.09.2023,C,19,99\n";
    assert_eq!(refused(only_some), "FORMAT_NOT_SUPPORTED");
    let without_header = "15.09.2023,Rent,-650,50,499,50\n20.09.2023,Shop,-23,45,476,05\n";
    assert_eq!(refused(without_header), "FORMAT_NOT_SUPPORTED");
    assert_eq!(refused("15.09.2023,Rent,-650,50\n20.09.2023,Shop,-23,45\n"), "FORMAT_NOT_SUPPORTED");
}

#[test]
fn a_row_with_more_fields_than_the_table_has_columns_is_rejected() {
    let mut table = "Date,Payee,Amount\n".to_owned();
    (1..=12).for_each(|day| table += &format!("2024-01-{day:02},Shop {day},-{day}.50\n"));
    table += "2024-01-20,Smith, 12,-99.00\n";
    let import = imported(&table);
    assert_eq!((import.transactions.len(), faults(&import)), (12, vec![(14, "TOO_MANY_FIELDS")]));
}

#[test]
fn a_month_that_two_languages_call_alike_is_the_one_of_the_language_of_the_file() {
    let croatian = imported("Datum;Opis;Iznos\n5. listopada 2023;Najam;-650,00\n28. rujna 2023;Plaća;1500,00\n");
    assert_eq!(rows(&croatian), ["2023-10-05 -650.00", "2023-09-28 1500.00"]);
    let by_headers = imported("Datum;Opis;Iznos\n5. listopada 2023;Najam;-650,00\n20. listopada 2023;Kruh;-2,10\n");
    assert_eq!(rows(&by_headers), ["2023-10-05 -650.00", "2023-10-20 -2.10"]);
    let polish = imported("Data;Opis;Kwota\n5 listopada 2023;Czynsz;-650,00\n20 listopada 2023;Sklep;-2,10\n");
    assert_eq!(rows(&polish), ["2023-11-05 -650.00", "2023-11-20 -2.10"]);
    assert_eq!(
        refused("Date;Text;Amount\n5 listopada 2023;Rent;-650,00\n20 listopada 2023;Shop;-2,10\n"),
        "FORMAT_NOT_SUPPORTED"
    );
}

#[test]
fn money_that_was_refused_did_not_go_and_money_that_was_sent_back_did_come() {
    let import = imported(
        "Date;Type;Interlocuteur;Montant (€)\n28/09/2023;Paiement carte;MARCHE;-23,45\n\
         27/09/2023;Virement reçu;ACME;1850,00\n15/09/2023;Paiement carte refusé;LIBRAIRIE;-99,00\n\
         14/09/2023;Virement refusé;DUPONT;40,00\n",
    );
    assert_eq!(rows(&import), ["2023-09-28 -23.45", "2023-09-27 1850.00", "2023-09-14 40.00"]);
    assert_eq!(import.counts.recognized, 1);
    // A running balance knows better: this one was booked.
    let booked = imported(
        "Date,Type,Payee,Amount,Balance\n2023-09-01,Card,A,-10.00,90.00\n2023-09-02,Card declined fee,B,-5.00,85.00\n\
         2023-09-03,Card,C,-10.00,75.00\n2023-09-04,Card,D,-10.00,65.00\n",
    );
    assert_eq!(booked.transactions.len(), 4);
}

#[test]
fn a_fee_on_top_of_what_was_sent_left_the_account_too_and_what_arrived_is_in_its_own_currency() {
    let import = imported(
        "Status,Direction,Date,Source fee amount,Source fee currency,Source amount (after fees),Source currency,\
         Target amount (after fees),Target currency,Reference\n\
         COMPLETED,OUT,2023-09-05,0.50,EUR,650.00,EUR,650.00,EUR,rent\n\
         COMPLETED,OUT,2023-09-10,0.00,EUR,9.40,EUR,10.00,USD,shop\n\
         COMPLETED,IN,2023-09-28,3.00,USD,100.00,USD,92.10,EUR,salary\n",
    );
    assert_eq!(rows(&import), ["2023-09-05 -650.50", "2023-09-10 -9.40", "2023-09-28 92.10"]);
    assert!(import.transactions.iter().all(|one| one.amount.currency.is_some_and(|code| code.code() == "EUR")));
}

#[test]
fn what_was_planned_is_no_amount() {
    let table = "Date,Category,Budget,Actual,Variance\n2024-01-31,Rent,800.00,-800.00,0.00\n\
                 2024-01-31,Food,300.00,-350.00,-50.00\n2024-01-31,Salary,2000.00,2100.00,100.00\n";
    assert_eq!(rows(&imported(table)), ["2024-01-31 -800.00", "2024-01-31 -350.00", "2024-01-31 2100.00"]);
    assert_eq!(asked(&table.replace(",-", ",")), "DIRECTION_UNKNOWN");
    assert_eq!(refused("Date,Category,Budget\n2024-01-31,Rent,800.00\n2024-01-31,Food,300.00\n"), "NO_AMOUNT_COLUMN");
}

#[test]
fn dates_of_which_a_spreadsheet_turned_some_are_refused() {
    let table = "Date;Text;Amount\n2024-05-01;A;-1,00\n13/01/2024;B;-2,00\n2024-07-01;C;-3,00\n15/01/2024;D;-4,00\n";
    assert_eq!(refused(table), "FORMAT_NOT_SUPPORTED");
    // A day that is no month was not turned.
    assert_eq!(imported(&table.replace("2024-05-01", "2024-05-21")).transactions.len(), 4);
}

#[test]
fn rows_of_a_second_table_with_other_columns_are_rejected() {
    let import = imported(
        "Date,Text,Amount\n2024-01-15,A,-10.00\n2024-01-16,B,5.00\n\nBooked,Payee,Out,In\n2024-02-15,C,20.00,\n\
         2024-02-17,D,,1.00\n",
    );
    assert_eq!(rows(&import), ["2024-01-15 -10.00", "2024-01-16 5.00"]);
    assert_eq!(faults(&import), [(6, "OTHER_TABLE"), (7, "OTHER_TABLE")]);
}

#[test]
fn lists_of_the_items_of_an_account_of_no_money_are_refused() {
    let vendor = "Vendor           70001\nCompany Code     1000\n\n\
                  |Assignment|DocumentNo|Ty|Doc. Date |Amount in LC|LCurr|Clrng doc.|\n\
                  |          |1900000001|KR|05.01.2024|   1.190,00-|EUR  |          |\n\
                  |          |1500000001|KZ|15.01.2024|   1.190,00 |EUR  |2000000001|\n";
    assert_eq!(refused(vendor), "ACCOUNT_OF_NO_MONEY");
    let costs = "Account;Document Number;Posting Date;Posting Key;Amount in local currency;Local Currency;Text\n\
                 400000;1900000001;05.01.2024;40;500,00;EUR;Consulting\n400000;1900000003;15.01.2024;50;-20,50;EUR;Credit note\n";
    assert_eq!(refused(costs), "ACCOUNT_OF_NO_MONEY");
}

#[test]
fn amounts_of_coins_are_no_money() {
    let trades = "Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Total,Notes\n\
                  2024-01-15T10:00:00Z,Buy,BTC,0.001,USD,43.00,Bought\n2024-01-17T10:00:00Z,Send,BTC,-0.0002,USD,-8.60,Sent\n";
    assert_eq!(refused(trades), "FORMAT_NOT_SUPPORTED");
    let ledger =
        "Date,Type,Coin,Amount\n2024-01-15,deposit,BTC,0.50\n2024-01-16,trade,ETH,-1.25\n2024-01-17,fee,EUR,-2.00\n";
    assert_eq!(refused(ledger), "FORMAT_NOT_SUPPORTED");
}
