//! Which rows of a table are movements: what is pending or failed is none, nor is a balance or a total.
#![allow(missing_docs, clippy::panic, reason = "helpers of tests")]

use std::io::Cursor;

use saldo_engine::{Hints, Import, Outcome, Proof, import};

fn imported(table: &str) -> Import {
    match import(Cursor::new(table.as_bytes()), &Hints::default(), &mut ()) {
        Ok(Outcome::Import(import)) => {
            let counts = import.counts;
            assert_eq!(counts.read, import.transactions.len() as u64 + counts.recognized + counts.rejected);
            *import
        }
        Ok(Outcome::Question(question)) => panic!("asked: {}", question.text),
        Err(error) => panic!("refused: {error}"),
    }
}

/// The amounts of all movements.
fn amounts(import: &Import) -> Vec<String> {
    import.transactions.to_vec().iter().map(|one| one.amount.to_string()).collect()
}

/// The amounts of a table of which every row is read.
fn read(table: &str) -> Vec<String> {
    let import = imported(table);
    assert_eq!(import.rejected, []);
    amounts(&import)
}

fn is_reconciled(import: &Import) -> bool {
    matches!(import.proof, Proof::Reconciled { .. })
}

#[test]
fn a_column_of_statuses_needs_no_header_that_says_so() {
    let headed = "Buchungstag;Betrag;Waehrung;Verwendungszweck;Info\n28.12.2022;400,00;EUR;Miete;Umsatz gebucht\n\
                  29.12.2022;-23,45;EUR;Markt;Umsatz vorgemerkt\n29.12.2022;-7,10;EUR;Brot;Umsatz gebucht\n";
    assert_eq!(read(headed), ["400.00", "-7.10"]);
    let bare = "posted,2023-09-28,ACME PAYROLL,2500.00\nforecasted,2023-10-02,STREAMING,-15.49\n\
                posted,2023-09-05,RENT,-650.00\n";
    assert_eq!(read(bare), ["2500.00", "-650.00"]);
}

#[test]
fn a_header_may_ask_whether_a_row_is_booked() {
    let booked = "Data;Operazione;Contabilizzazione;Importo\n10/09/2023;Bonifico;SI;-350,00\n26/09/2023;Bar;NO;-4,50\n\
                  27/09/2023;Stipendio;SI;1850,00\n";
    assert_eq!(read(booked), ["-350.00", "1850.00"]);
    for (yes, no) in [("True", "False"), ("1", "0"), ("yes", "no")] {
        let pending = format!(
            "date,name,amount,pending\n2024-01-08,Taxi,-6.33,{no}\n2024-01-22,Burger,-12.00,{yes}\n\
             2024-01-23,Salary,500.00,{no}\n"
        );
        assert_eq!(read(&pending), ["-6.33", "500.00"]);
    }
}

#[test]
fn a_payment_that_failed_is_none() {
    let inside = "Date,Name,Amount,Status\n2023-09-28,Bob,50.00,PAYMENT DEPOSITED\n2023-09-14,Eve,-12.00,PAYMENT FAILED\n\
                  2023-09-15,Shop,-9.00,CARD CHARGED\n";
    assert_eq!(read(inside), ["50.00", "-9.00"]);
    let reason = "Date,Name,Amount,Decline reason\n2023-09-14,Cash machine,-50.00,INSUFFICIENT FUNDS\n\
                  2023-09-15,Shop,-9.00,\n2023-09-28,Salary,1500.00,\n";
    assert_eq!(read(reason), ["-9.00", "1500.00"]);
}

#[test]
fn a_reference_that_says_hold_is_one_of_a_row_that_is_not_booked() {
    let table = "Дата операции;Референс проводки;Описание;Приход;Расход\n12.09.24;CRD_1;Магазин;0;1234,50\n\
                 12.09.24;HOLD;Кафе;0;500,00\n13.09.24;CRD_2;Зарплата;150000,00;0\n";
    assert_eq!(read(table), ["-1234.50", "150000.00"]);
}

#[test]
fn a_running_balance_that_holds_pending_rows_shows_that_they_are_booked() {
    let with = "Date,Name,Status,Amount,Balance\n10/01/2019,Radio,Completed,-6.99,-6.99\n10/01/2019,Bank,Pending,6.99,0.00\n\
                10/13/2019,Shop,Completed,-7.00,-7.00\n10/13/2019,Bank,Pending,7.00,0.00\n";
    assert_eq!(read(with), ["-6.99", "6.99", "-7.00", "7.00"]);
    let without = "Date,Name,Status,Amount,Balance\n10/01/2019,Radio,Completed,-6.99,93.01\n\
                   10/12/2019,Bank,Pending,-50.00,43.01\n10/13/2019,Shop,Completed,-7.00,86.01\n";
    assert_eq!(read(without), ["-6.99", "-7.00"]);
}

#[test]
fn rows_below_a_title_of_pending_rows_are_left_out() {
    let one_table = "Date,Description,Withdrawal,Deposit,Balance\nPending Transactions\n05/19/2023,Phone,130.00,,\n\
                     05/19/2023,Cafe,15.00,,\nPosted Transactions\n12/30/2022,Interest,,1.00,3951.00\n\
                     12/25/2022,Grocery,50.00,,3950.00\n";
    let import = imported(one_table);
    assert_eq!(amounts(&import), ["1.00", "-50.00"]);
    assert!(is_reconciled(&import) && import.rejected.is_empty());
    let two_tables = "Pending transactions (1)\nDate,Description,Amount\n09/29/2023,Taxi,-12.00\n\n\
                      Posted transactions\nDate,Description,Amount\n09/05/2023,Rent,-650.00\n09/28/2023,Salary,1500.00\n";
    assert_eq!(read(two_tables), ["-650.00", "1500.00"]);
}

#[test]
fn a_title_that_names_another_account_starts_its_own_balances() {
    let table = "Account: Checking 1234\nDate,Description,Debit,Credit,Balance\n09/05/2023,Rent,650.00,,500.00\n\
                 09/28/2023,Salary,,1500.00,2000.00\n\nAccount: Savings 5678\nDate,Description,Debit,Credit,Balance\n\
                 09/15/2023,Transfer,,100.00,5100.00\n09/30/2023,Interest,,12.34,5112.34\n";
    let import = imported(table);
    assert_eq!(amounts(&import), ["-650.00", "1500.00", "100.00", "12.34"]);
    assert!(is_reconciled(&import));
}

#[test]
fn balances_are_no_movements_however_they_are_written() {
    let spaced = "Data,Histórico,Valor\n31/08/2023,Saldo Anterior,2000.00\n15/09/2023,Pix,-1000.00\n\
                  16/09/2023,Compra,-300.00\n17/09/2023,Compra,-200.00\n28/09/2023,Salário,3500.00\n\
                  30/09/2023,S A L D O,4000.00\n";
    assert_eq!(read(spaced), ["-1000.00", "-300.00", "-200.00", "3500.00"]);
    let dated = "Datum;Text;Betrag\n31.08.2023;Saldovortrag zum 31.08.2023;1.000,00\n05.09.2023;Miete;-650,00\n\
                 28.09.2023;Gehalt;1.500,00\n30.09.2023;Kontostand am 30.09.2023;1.850,00\n";
    assert_eq!(read(dated), ["-650.00", "1500.00"]);
    let sided = "Date,Details,Debit,Credit,Balance\n31/08/2023,BALANCE BROUGHT FORWARD AS AT 31 AUG,,1000.00,1000.00\n\
                 05/09/2023,RENT,650.00,,350.00\n28/09/2023,SALARY,,1500.00,1850.00\n\
                 30/09/2023,CLOSING BALANCE AS AT 30 SEP,1850.00,,1850.00\n";
    let import = imported(sided);
    assert_eq!(amounts(&import), ["-650.00", "1500.00"]);
    assert!(is_reconciled(&import));
}

#[test]
fn totals_between_rows_are_told_from_shops_of_that_name_by_their_sum() {
    let totals = "Date,Description,Amount\n09/05/2023,RENT,-650.00\n09/28/2023,SALARY,1500.00\n\
                  09/30/2023,Total for September 2023,850.00\n10/05/2023,RENT,-640.00\n10/28/2023,SALARY,1500.00\n\
                  10/31/2023,Total,860.00\n";
    assert_eq!(read(totals), ["-650.00", "1500.00", "-640.00", "1500.00"]);
    let shops =
        "Date;Libellé;Débit;Crédit\n15/09/2023;TOTAL;65,40;\n20/09/2023;SALAIRE;;1500,00\n28/09/2023;TOTAL;23,45;\n";
    assert_eq!(read(shops), ["-65.40", "1500.00", "-23.45"]);
    let nameless = "Date;Payee;Text;Amount\n2023-09-15;Baker;Bread;-5.40\n2023-09-20;Owner;Rent;-650.00\n\
                    2023-09-28;;Total;-700.00\n";
    assert_eq!(amounts(&imported(nameless)), ["-5.40", "-650.00"]);
    let differs = "Date,Description,Amount\n09/05/2023,RENT,-650.00\n09/28/2023,SALARY,1500.00\n\
                   09/30/2023,Total for September 2023,900.00\n";
    let import = imported(differs);
    assert_eq!(amounts(&import), ["-650.00", "1500.00"]);
    assert_eq!(import.rejected.iter().map(|row| row.reason).collect::<Vec<_>>(), ["TOTAL_DIFFERS"]);
}

#[test]
fn a_row_of_nothing_but_a_fee_is_that_fee() {
    let table = "Date,Description,Money In,Money Out,Fee,Balance\n2023-09-05,Rent,,-650.00,-2.00,498.00\n\
                 2023-09-10,Shop,,-23.45,-1.50,473.05\n2023-09-28,Salary,1500.00,,,1973.05\n\
                 2023-09-30,Monthly fee,,,-7.50,1965.55\n";
    let import = imported(table);
    assert_eq!(amounts(&import), ["-652.00", "-24.95", "1500.00", "-7.50"]);
    assert!(is_reconciled(&import));
}

#[test]
fn a_row_without_an_amount_that_changes_the_balance_is_no_balance() {
    let table = |row: &str| {
        format!(
            "Date,Description,Amount,Balance\n2023-09-05,Rent,-650.00,350.00\n{row}\n2023-09-28,Salary,1500.00,1850.00\n"
        )
    };
    let reasons = |import: &Import| import.rejected.iter().map(|row| row.reason).collect::<Vec<_>>();
    assert_eq!(read(&table("2023-09-10,No movements,,350.00")), ["-650.00", "1500.00"]);
    assert_eq!(reasons(&imported(&table("2023-09-10,Shop,,326.55"))), ["AMOUNT_MISSING"]);
    // What stands in a column that is not read.
    let unread = "Date,Description,Blorb,Credit,Balance\n2023-09-05,Rent,650.00,,350.00\n2023-09-28,Salary,,1500.00,1850.00\n\
                  2023-09-29,Gift,,10.00,1860.00\n";
    let import = imported(unread);
    assert!(import.transactions.len() == 3 || reasons(&import) == ["AMOUNT_MISSING"], "{:?}", amounts(&import));
}
