//! QIF: fixtures follow "Quicken Interchange Format (QIF) files", the specification of Quicken for Windows (2006):
//! headers, items of non-investment and split transactions, account records.

use saldo_engine::{BalanceKind, DateOrder, Hints, Proof};

use crate::support::{amounts, asked, faults, fixture, imported, imported_with, refused};

#[test]
fn accounts_of_a_file_are_read_each_with_its_movements() {
    let import = imported(fixture("accounts.qif").as_bytes());
    assert_eq!((import.source.format, import.source.date_order), ("qif", Some(DateOrder::Mdy)));
    assert_eq!(
        amounts(&import),
        ["2024-01-05 -1250.75 -", "2024-01-31 2500.00 -", "2024-02-01 -300.00 -", "2023-12-28 -45.10 -"]
    );
    let rows = import.transactions.to_vec();
    let texts: Vec<(&str, &str, &str, &str)> =
        rows.iter().map(|one| (&*one.account, &*one.counterparty, &*one.description, &*one.category)).collect();
    assert_eq!(
        texts,
        [
            ("Checking", "City Rentals", "Rent & heating", "Housing"),
            ("Checking", "Employer", "", ""),
            ("Checking", "Card", "", ""),
            ("Card", "Books", "", ""),
        ]
    );
    assert_eq!(import.transactions.to_vec()[0].line, 22);
}

#[test]
fn an_opening_balance_is_no_movement_and_splits_must_add_up() {
    let import = imported(fixture("accounts.qif").as_bytes());
    let balance = &import.balances[0];
    assert_eq!((balance.kind, balance.amount.to_string().as_str()), (BalanceKind::Opening, "1000.00"));
    assert_eq!((import.counts.recognized, import.proof), (2, Proof::None));
    assert_eq!(faults(&import), [(43, "SPLITS_DIFFER", "T", "-10.00")]);
}

#[test]
fn the_opening_balance_names_the_account_where_nothing_else_does() {
    let text = "!Type:Bank\nD31.12.2023\nT5,00\nPOpening Balance\nL[Giro]\n^\nD02.01.2024\nT-1.234,50\nPMiete\n^\n";
    let import = imported(text.as_bytes());
    assert_eq!(amounts(&import), ["2024-01-02 -1234.50 -"]);
    assert_eq!((&*import.transactions.to_vec()[0].account, import.source.decimal), ("Giro", Some(',')));
}

#[test]
fn dates_and_amounts_that_leave_two_readings_open_are_asked_about() {
    let text = "!Type:Bank\nD01/02/2024\nT-1.00\nPA\n^\nD05/02/2024\nT-2.00\nPB\n^\n";
    let question = asked(text.as_bytes());
    assert_eq!((question.reason, question.column.as_str()), ("DATE_ORDER_AMBIGUOUS", "D"));
    assert_eq!(question.choices[0].preview[1], ("05/02/2024".to_owned(), "2024-02-05".to_owned()));
    let hints = Hints { date_order: Some(DateOrder::Dmy), currency: "GBP".parse().ok(), ..Hints::default() };
    assert_eq!(amounts(&imported_with(text.as_bytes(), &hints)), ["2024-02-01 -1.00 GBP", "2024-02-05 -2.00 GBP"]);

    let question = asked(b"!Type:Cash\nD2024-01-31\nT-1,250\nPA\n^\n");
    assert_eq!((question.reason, question.column.as_str()), ("DECIMAL_AMBIGUOUS", "T"));
}

#[test]
fn a_transfer_of_an_account_to_itself_opens_it() {
    let text =
        "!Account\nNCash\nTCash\n^\n!Type:Cash\nD2024-01-01\nT50.00\nPStart\nL[Cash]\n^\nD2024-01-02\nT-1.00\n^\n";
    let import = imported(text.as_bytes());
    assert_eq!((amounts(&import), import.balances.len()), (vec!["2024-01-02 -1.00 -".to_owned()], 1));
}

#[test]
fn a_short_year_behind_an_apostrophe_may_be_of_either_century_and_behind_any_mark() {
    let text = "!Type:Bank\nD12/25'94\nT-1.00\n^\nD 1/ 2' 5\nT-2.00\n^\n";
    assert_eq!(amounts(&imported(text.as_bytes())), ["1994-12-25 -1.00 -", "2005-01-02 -2.00 -"]);
    let text = "!Type:Bank\nD15.3'2024\nT-1.00\n^\nD16.3'24\nT-2.00\n^\n";
    assert_eq!(amounts(&imported(text.as_bytes())), ["2024-03-15 -1.00 -", "2024-03-16 -2.00 -"]);
}

#[test]
fn records_that_cannot_be_read_are_rejected_with_their_line() {
    let text = "!Type:Bank\nD2024-01-31\nTmuch\n^\nD2024-01-32\nT1.00\n^\nT2.00\n^\nD2024-01-30\nPA\n^\n\
                !Type:Invst\nD2024-01-31\nNBuy\nT9.00\n^\n";
    let import = imported(text.as_bytes());
    assert_eq!(
        faults(&import),
        [
            (2, "AMOUNT_NOT_READ", "T", "much"),
            (5, "DATE_NOT_READ", "D", "2024-01-32"),
            (8, "DATE_MISSING", "D", ""),
            (10, "AMOUNT_MISSING", "T", ""),
            (14, "INVESTMENT_NOT_READ", "T", "9.00"),
        ]
    );
}

#[test]
fn a_record_that_is_not_ended_is_a_file_that_was_cut_off() {
    assert_eq!(refused(b"!Type:Bank\nD2024-01-31\nT-1.00\n^\nD2024-02-01\nT-1").reason.to_string(), "FILE_CUT_OFF");
}
