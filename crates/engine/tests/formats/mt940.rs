//! SWIFT MT940 and MT942: fixtures follow the field specifications of SWIFT Standards, Category 9.

use saldo_engine::{BalanceKind, Proof, ProofMethod, Transaction};

use crate::support::{amounts, faults, fixture, imported, refused};

const BY: ProofMethod = ProofMethod::OpeningAndClosing;

/// Counterparty and description of each movement.
fn texts(rows: &[Transaction]) -> Vec<(&str, &str)> {
    rows.iter().map(|one| (&*one.counterparty, &*one.description)).collect()
}

/// A statement of one account that starts with 100.00 EUR and does not state its closing balance.
fn statement(lines: &str) -> String {
    format!(":20:A\n:25:1/2\n:28C:1\n:60F:C240101EUR100,00\n{lines}")
}

#[test]
fn pages_in_envelopes_are_proved_one_by_one() {
    let import = imported(fixture("mt940_pages.sta").as_bytes());
    assert_eq!(
        amounts(&import),
        ["2023-12-31 -250.50 EUR", "2024-01-02 1000.00 EUR", "2024-01-02 250.50 EUR", "2023-12-28 -100.00 EUR"]
    );
    assert_eq!((import.source.format, import.source.decimal), ("mt940", Some(',')));
    assert_eq!((import.source.delimiter, import.source.header_line), (None, None));
    assert_eq!((import.counts.recognized, import.proof), (1, Proof::Reconciled { by: BY }));
    assert_eq!(import.source.currency, "EUR".parse().ok());
    assert!(import.transactions.iter().all(|one| &*one.account == "10020030/0000123456"));
    let balances: Vec<(BalanceKind, String, u64)> =
        import.balances.iter().map(|one| (one.kind, one.amount.to_string(), one.line)).collect();
    assert_eq!(
        balances,
        [
            (BalanceKind::Opening, "1000.00".to_owned(), 6),
            (BalanceKind::Closing, "1749.50".to_owned(), 14),
            (BalanceKind::Opening, "1749.50".to_owned(), 20),
            (BalanceKind::Closing, "1900.00".to_owned(), 26),
        ]
    );
}

#[test]
fn numbered_subfields_tell_the_counterparty_and_what_the_payer_wrote() {
    let import = imported(fixture("mt940_pages.sta").as_bytes());
    assert_eq!(
        texts(&import.transactions.to_vec()),
        [
            ("Stadtwerke Musterstadt Gmb H und Co", "BASISLASTSCHRIFT Electricity Decembe r 2023"),
            ("Example Works", "GUTSCHRIFT Salary January"),
            ("", "STORNO Return of debit"),
            ("", "STORNO Return of credit"),
        ]
    );
    let line = import.transactions.to_vec()[3].line;
    assert_eq!(line, 23);
}

#[test]
fn full_subfields_and_lines_are_joined_without_a_space() {
    let purpose = "SVWZ+123456789 123456789 12";
    let import = imported(statement(&format!(":61:240102D1,00NTRFNONREF\n:86:177?20{purpose}?21345 end\n")).as_bytes());
    assert_eq!(&*import.transactions.to_vec()[0].description, "123456789 123456789 12345 end");
    let free = "x".repeat(65);
    let import = imported(statement(&format!(":61:240102D1,00NTRFNONREF\n:86:{free}\ny\nz\n")).as_bytes());
    assert_eq!(&*import.transactions.to_vec()[0].description, format!("{free}y z"));
}

#[test]
fn plain_messages_of_several_banks_read_with_their_own_account_and_currency() {
    let import = imported(fixture("mt940_plain.sta").as_bytes());
    assert_eq!(
        amounts(&import),
        [
            "2024-01-31 45.95 EUR",
            "2024-02-01 -12.50 EUR",
            "2024-02-01 -7.45 EUR",
            "2016-03-01 -6.00 CHF",
            "2016-02-29 -1.00 CHF",
            "2016-03-01 -1000.00 CHF",
        ]
    );
    assert_eq!(
        texts(&import.transactions.to_vec()),
        [
            ("Corner Shop", "Card payment returned terminal 14"),
            ("Jansen Bloemen", "Invoice 4711"),
            ("", "Monthly fee"),
            ("", "CLOSING OF ACCOUNT Fees"),
            ("", ""),
            ("", ""),
        ]
    );
    let accounts: Vec<Box<str>> = import.transactions.iter().map(|one| one.account).collect();
    assert_eq!(accounts[2..4], ["NL00TEST0123456789", "12345678/22"].map(Box::from));
    assert_eq!(import.source.currency, None);
}

#[test]
fn the_first_statement_that_does_not_add_up_is_told_with_its_amount_and_line() {
    let import = imported(fixture("mt940_plain.sta").as_bytes());
    let Proof::NotReconciled { by, missing, line } = import.proof else { panic!("{:?}", import.proof) };
    assert_eq!((by, missing.to_string().as_str(), line), (BY, "957.00", Some(31)));
    assert_eq!(missing.currency, "CHF".parse().ok());
}

#[test]
fn lines_that_cannot_be_read_are_rejected_with_line_and_reason() {
    let import = imported(fixture("mt940_plain.sta").as_bytes());
    assert_eq!(
        faults(&import),
        [
            (27, "DATE_NOT_READ", "61", "16023"),
            (28, "DIRECTION_NOT_READ", "61", "160301X1,00N024NONREF"),
            (30, "AMOUNT_NOT_READ", "61", "1,2,3"),
        ]
    );
    let import = imported(statement(":61:\n:61:240102DNTRF\n:61:2402300D1,00NTRF\n").as_bytes());
    let reasons: Vec<&str> = import.rejected.iter().map(|one| one.reason).collect();
    assert_eq!(reasons, ["DATE_MISSING", "AMOUNT_MISSING", "DATE_NOT_READ"]);
}

#[test]
fn an_interim_report_has_no_balances_and_expected_lines_are_no_movements() {
    let import = imported(fixture("mt942_interim.sta").as_bytes());
    assert_eq!(amounts(&import), ["2024-05-07 -19.99 GBP", "2024-05-07 3.50 USD"]);
    assert_eq!((import.source.format, import.counts.recognized, import.proof), ("mt942", 1, Proof::None));
}

#[test]
fn blanks_and_zeros_for_an_entry_date_leave_the_value_date() {
    let import = imported(statement(":61:240102    D1,00NTRF\n:61:2401030000C2,NTRF\n").as_bytes());
    assert_eq!(amounts(&import), ["2024-01-02 -1.00 EUR", "2024-01-03 2.00 EUR"]);
}

#[test]
fn a_statement_goes_on_in_the_next_message_where_the_page_states_no_balance() {
    let text = format!(
        "{}-\n:20:A\n:25:1/2\n:28C:1/2\n:61:240103C5,00NTRF\n:62F:C240103EUR104,00\n-\n",
        statement(":61:240102D1,00NTRF\n")
    );
    let import = imported(text.as_bytes());
    assert_eq!((import.transactions.len(), import.proof), (2, Proof::Reconciled { by: BY }));
}

#[test]
fn a_closing_balance_may_lack_its_currency_and_its_calendar_day() {
    let text = statement(":61:240102D1,00NTRF\n:62F:C24113199,00\n-\n");
    let import = imported(text.as_bytes());
    assert_eq!(import.proof, Proof::Reconciled { by: BY });
    assert_eq!(import.balances[1].date, None);
    assert_eq!(import.balances[1].amount.currency, "EUR".parse().ok());
}

#[test]
fn text_that_looks_like_a_field_or_an_end_stays_text() {
    let text = statement(":61:240102D1,00NTRF\n:86:at 12:30\n:99:no field\n-5 % off\n:62F:C240102EUR99,00\n-\n");
    let import = imported(text.as_bytes());
    assert_eq!(&*import.transactions.to_vec()[0].description, "at 12:30 :99:no field -5 % off");
    assert_eq!(import.proof, Proof::Reconciled { by: BY });
}

#[test]
fn twin_signs_stand_for_line_breaks_in_old_files() {
    let text =
        statement(":61:240102D1,00NTRF\n:86:177?20Rent?32Landlord\n:62F:C240102EUR99,00\n-\n").replace('\n', "@@");
    let import = imported(text.as_bytes());
    assert_eq!(texts(&import.transactions.to_vec()), [("Landlord", "Rent")]);
    assert_eq!(import.proof, Proof::Reconciled { by: BY });
}

#[test]
fn a_file_that_breaks_off_is_cut_off_and_a_message_without_a_closing_balance_is_not() {
    let text = fixture("mt940_pages.sta");
    for part in [3, 4, 6, 7] {
        let cut = &text.as_bytes()[..text.len() * part / 8];
        assert_eq!(refused(cut).reason.to_string(), "FILE_CUT_OFF", "{part} of 8");
    }
    for lines in [":61:240102D1,0", ":61:240102D1,00NTRF\n:86:half of a te"] {
        assert_eq!(refused(statement(lines).as_bytes()).reason.to_string(), "FILE_CUT_OFF", "{lines}");
    }
    assert_eq!(imported(statement(":61:240102D1,00NTRF\n").as_bytes()).proof, Proof::None);
}

#[test]
fn lines_behind_the_end_of_a_message_belong_to_its_account() {
    let text =
        ":20:A\n:25:1/2\n:60M:C240101EUR100,00\n-\n:61:240102D1,00NTRF\n:62M:C240102EUR99,00\n-\n:61:240103D2,00NTRF\n";
    let import = imported(text.as_bytes());
    assert_eq!(amounts(&import), ["2024-01-02 -1.00 EUR", "2024-01-03 -2.00 EUR"]);
    assert_eq!(import.proof, Proof::Reconciled { by: BY });
}

#[test]
fn an_interim_report_of_the_day_and_its_statement_count_each_movement_once() {
    let interim = ":20:I\n:25:1/2\n:28C:1\n:34F:EUR0,\n:13D:2401021200+0100\n\
                   :61:240102D10,00NTRFA\n:61:240102D10,00NTRFB\n:61:240103C7,00NTRFC\n:90D:2EUR20,00\n-\n";
    let own = statement(":61:240102D10,00NTRFA\n:61:240102D10,00NTRFB\n:62F:C240102EUR80,00\n-\n");
    let both = imported(format!("{interim}{own}").as_bytes());
    assert_eq!(amounts(&both), ["2024-01-03 7.00 EUR", "2024-01-02 -10.00 EUR", "2024-01-02 -10.00 EUR"]);
    assert_eq!((both.counts.recognized, both.proof), (2, Proof::Reconciled { by: BY }));
    assert_eq!(imported(interim.as_bytes()).transactions.len(), 3);
}

#[test]
fn a_statement_that_is_sent_twice_counts_once() {
    let one = statement(":61:240102D10,00NTRFA\n:62F:C240102EUR90,00\n-\n");
    let import = imported(format!("{one}{one}").as_bytes());
    assert_eq!(amounts(&import), ["2024-01-02 -10.00 EUR"]);
    assert_eq!((import.counts.recognized, import.balances.len(), import.proof), (1, 2, Proof::Reconciled { by: BY }));
}

#[test]
fn a_balance_may_state_the_century() {
    let text = ":20:A\n:25:1/2\n:28C:1\n:60F:C20240101EUR100,00\n:61:240102D10,00NTRFA\n:62F:C20240102EUR90,00\n-\n";
    let import = imported(text.as_bytes());
    assert_eq!(
        (amounts(&import), import.proof),
        (vec!["2024-01-02 -10.00 EUR".to_owned()], Proof::Reconciled { by: BY })
    );
}
