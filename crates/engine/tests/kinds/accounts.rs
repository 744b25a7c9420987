//! Several accounts in one file, holders beside counterparties, rows that are not booked yet.

use saldo_engine::BalanceKind;

use crate::support::{along, analyzed, imported, rows};

const TWO: &str = "\
Account,Date,Description,Amount,Balance,Currency
Daily,2024-01-02,Shop,-10.00,90.00,EUR
Reserve,2024-01-02,Interest,5.00,205.00,USD
Daily,2024-01-03,Coffee,-3.50,86.50,EUR
Reserve,2024-01-05,Fee,-1.00,204.00,USD
Savings,2024-01-06,From salary,40.00,540.00,EUR
Daily,2024-01-09,Salary,1000.00,1086.50,EUR
";

#[test]
fn every_account_has_its_own_figures_and_balances() {
    let analysis = analyzed(&imported(TWO));
    assert_eq!(along(&analysis, "money_in", "account"), ["Daily 1000.00", "Savings 40.00", "Reserve 5.00"]);
    assert_eq!(along(&analysis, "money_out", "account"), ["Daily 13.50", "Savings 0.00", "Reserve 1.00"]);
    assert_eq!(along(&analysis, "opening_balance", "account"), ["Daily 100.00", "Savings 500.00", "Reserve 200.00"]);
    assert_eq!(along(&analysis, "closing_balance", "account"), ["Daily 1086.50", "Savings 540.00", "Reserve 204.00"]);
    let total = analysis.fact("closing_balance/EUR").expect("the total");
    assert_eq!(crate::support::value(total), "1626.50");
}

#[test]
fn one_account_needs_no_figures_of_its_own() {
    let table = "Account,Date,Description,Amount\nA,2024-01-02,Shop,-10.00\nA,2024-01-03,Pay,20.00\n";
    assert!(along(&analyzed(&imported(table)), "money_in", "account").is_empty());
}

#[test]
fn the_holder_of_an_account_is_no_counterparty() {
    let by_header = "\
Buchungsdatum;Status;Zahlungspflichtige*r;Zahlungsempfänger*in;Verwendungszweck;Betrag (€)
29.04.24;Gebucht;Beispiel Holder;Stadtwerke;Abschlag;-80,00 €
28.04.24;Gebucht;Beispiel GmbH;Beispiel Holder;Gehalt;2.500,00 €
";
    assert_eq!(rows(&imported(by_header)), ["2024-04-29 -80.00 Stadtwerke", "2024-04-28 2500.00 Beispiel GmbH"]);
    let by_values = "\
Date,Name,Partner name,Description,Amount
2024-04-29,Own Ltd,Power Co,Bill,-80.00
2024-04-28,Client A,Own Ltd,Invoice,2500.00
2024-04-27,Own Ltd,Landlord,Rent,-900.00
";
    let want = ["2024-04-29 -80.00 Power Co", "2024-04-28 2500.00 Client A", "2024-04-27 -900.00 Landlord"];
    assert_eq!(rows(&imported(by_values)), want);
}

#[test]
fn the_balance_of_a_day_before_the_table_is_the_closing_balance() {
    let table = |day: &str| {
        format!(
            "Konto;Girokonto\nKontostand vom {day}:;1.234,56 €\n\nBuchungstag;Verwendungszweck;Betrag (€)\n\
             29.04.2024;Strom;-80,00 €\n28.04.2024;Gehalt;2.500,00 €\n"
        )
    };
    let import = imported(&table("30.04.2024"));
    let [balance] = import.balances.as_slice() else { panic!("{:?}", import.balances) };
    let shown = (balance.kind, balance.amount.to_string(), balance.date.map(|date| date.to_string()));
    assert_eq!(shown, (BalanceKind::Closing, "1234.56".to_owned(), Some("2024-04-30".to_owned())));
    assert!(imported(&table("28.04.2024")).balances.is_empty(), "a later movement is not in it");
    let available = table("30.04.2024").replace("Kontostand vom", "Verfügbarer Betrag vom");
    assert!(imported(&available).balances.is_empty(), "what may be spent is no balance");
}

#[test]
fn rows_that_are_not_booked_yet_are_no_movements() {
    let table = "\
Date,Type,Description,Amount
2024-01-02,POS,Shop,-10.00
PENDING,POS,Shop two,-11.00
2024-01-03,HOLD,Cafe,-3.00
2024-01-03,Pending,Cafe,-3.00
2024-01-04,POS,PENDING - Bar,-4.00
2024-01-04,POS,Pending Tray Design,-5.00
2024-01-05,POS,Bakery,-6.00
";
    let import = imported(table);
    assert_eq!(import.counts.recognized, 4);
    assert_eq!(rows(&import), ["2024-01-02 -10.00 ", "2024-01-04 -5.00 ", "2024-01-05 -6.00 "]);
    let german = "\
Buchungstag;Vorgang;Buchungstext;Umsatz in EUR
offen;Umsatz vorgemerkt;Kino;-12,00
02.04.2024;Lastschrift;Strom;-50,00
01.04.2024;Gutschrift;Lohn;1.000,00
";
    assert_eq!(imported(german).counts.recognized, 1);
}
