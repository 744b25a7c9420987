//! OFX: texts follow OFX 1.6 and 2.2, sections 3.2.9.2 (amounts), 11.4 (statements) and 13.9.2 (investment statements).

use saldo_engine::{Hints, Import, Sign};

use crate::support::{amounts, asked, faults, imported, imported_with, refused};

/// A bank statement in USD; each movement is a type and an amount.
fn statement(movements: &[(&str, &str)]) -> String {
    let rows: String = movements.iter().map(|(kind, amount)| row(kind, amount)).collect();
    format!("OFXHEADER:100\n\n<OFX><STMTRS><CURDEF>USD<BANKTRANLIST>{rows}</BANKTRANLIST></STMTRS></OFX>\n")
}

fn row(kind: &str, amount: &str) -> String {
    format!("\n<STMTTRN><TRNTYPE>{kind}<DTPOSTED>20240105<TRNAMT>{amount}</STMTTRN>")
}

fn plain(import: &Import) -> Vec<String> {
    import.transactions.to_vec().iter().map(|one| one.amount.to_string()).collect()
}

#[test]
fn amounts_without_signs_go_the_way_of_their_type() {
    let text = statement(&[("DEBIT", "150.00"), ("CREDIT", "2000.00"), ("POS", "9.90"), ("XFER", "7.00")]);
    let import = imported(text.as_bytes());
    assert_eq!(plain(&import), ["-150.00", "2000.00", "-9.90"]);
    assert_eq!(faults(&import), [(7, "DIRECTION_NOT_READ", "TRNTYPE", "XFER")]);
}

#[test]
fn signs_that_are_all_turned_are_turned_back_and_mixed_ones_are_left() {
    let turned = imported(statement(&[("DEBIT", "12.00"), ("CREDIT", "-50.00"), ("OTHER", "3.00")]).as_bytes());
    assert_eq!(plain(&turned), ["-12.00", "50.00", "-3.00"]);
    let mixed = imported(statement(&[("CHECK", "-12.00"), ("CHECK", "50.00")]).as_bytes());
    assert_eq!(plain(&mixed), ["-12.00", "50.00"]);
}

#[test]
fn types_of_one_side_with_the_sign_of_the_other_are_asked_about() {
    let text = statement(&[("DEBIT", "150.00"), ("DEBIT", "20.00")]);
    let question = asked(text.as_bytes());
    assert_eq!((question.reason, question.hint), ("DIRECTION_UNKNOWN", "sign"));
    assert_eq!(question.choices[0].preview[0], ("150.00".to_owned(), "-150.00".to_owned()));
    for (sign, want) in [(Sign::PlusOut, ["-150.00", "-20.00"]), (Sign::PlusIn, ["150.00", "20.00"])] {
        let hints = Hints { sign: Some(sign), ..Hints::default() };
        assert_eq!(plain(&imported_with(text.as_bytes(), &hints)), want);
    }
}

#[test]
fn end_tags_that_sgml_may_leave_out_are_not_missed() {
    let text = statement(&[("DEBIT", "-1.50")]);
    let short = text.replace("</STMTTRN></BANKTRANLIST>", "<LEDGERBAL><BALAMT>9.00<DTASOF>20240131</LEDGERBAL>");
    let import = imported(short.as_bytes());
    assert_eq!((amounts(&import), import.balances.len()), (vec!["2024-01-05 -1.50 USD".to_owned()], 1));
}

#[test]
fn three_digits_behind_every_comma_are_asked_about_unless_the_currency_has_three_decimals() {
    let text = statement(&[("DEBIT", "-1,500"), ("CREDIT", "2,000")]);
    let question = asked(text.as_bytes());
    assert_eq!((question.reason, question.column.as_str()), ("DECIMAL_AMBIGUOUS", "TRNAMT"));
    let hints = Hints { decimal: Some('.'), ..Hints::default() };
    assert_eq!(plain(&imported_with(text.as_bytes(), &hints)), ["-1500", "2000"]);
    assert_eq!(plain(&imported(text.replace("USD", "KWD").as_bytes())), ["-1.500", "2.000"]);
    let beside = statement(&[("DEBIT", "-1,500"), ("CREDIT", "2,000.50")]);
    assert_eq!(plain(&imported(beside.as_bytes())), ["-1500.00", "2000.50"]);
}

#[test]
fn the_root_may_have_a_prefix_or_attributes() {
    let text = statement(&[("DEBIT", "-1.50")]).replace("OFXHEADER:100\n\n", "<?xml version=\"1.0\"?>\n");
    for (from, to) in [("OFX>", "ofx:OFX>"), ("<OFX>", "<OFX xmlns=\"http://ofx.net/types/2003/04\">")] {
        assert_eq!(amounts(&imported(text.replace(from, to).as_bytes())), ["2024-01-05 -1.50 USD"]);
    }
}

#[test]
fn transactions_of_securities_are_rejected_one_by_one() {
    let text = "OFXHEADER:100\n\n<OFX><INVSTMTRS><CURDEF>USD<INVTRANLIST>\n\
                <BUYSTOCK><INVBUY><INVTRAN><DTTRADE>20240105<MEMO>BUY</INVTRAN><TOTAL>-505.00</INVBUY></BUYSTOCK>\n\
                <INVBANKTRAN><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20240103<TRNAMT>1000.00</STMTTRN></INVBANKTRAN>\n\
                <INCOME><INVTRAN><DTTRADE>20240115</INVTRAN><TOTAL>12.34</INCOME>\n</INVTRANLIST></INVSTMTRS></OFX>\n";
    let import = imported(text.as_bytes());
    assert_eq!(amounts(&import), ["2024-01-03 1000.00 USD"]);
    assert_eq!(
        faults(&import),
        [(4, "INVESTMENT_NOT_READ", "BUYSTOCK", "-505.00"), (6, "INVESTMENT_NOT_READ", "INCOME", "12.34")]
    );
}

#[test]
fn a_transaction_in_two_statements_of_an_account_counts_once() {
    let statement = |account: &str, movements: &[(&str, &str)]| {
        let row = |(id, amount): &(&str, &str)| {
            format!("<STMTTRN><TRNTYPE>OTHER<DTPOSTED>20240105<TRNAMT>{amount}<FITID>{id}</STMTTRN>\n")
        };
        let rows: String = movements.iter().map(row).collect();
        format!(
            "<STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>{account}</BANKACCTFROM><BANKTRANLIST>{rows}</BANKTRANLIST></STMTRS>"
        )
    };
    let file = |second: &str| {
        let first = statement("1", &[("F1", "-10.00"), ("F2", "-20.00"), ("F2", "-20.00")]);
        format!(
            "OFXHEADER:100\n\n<OFX>{first}{}</OFX>\n",
            statement(second, &[("F2", "-20.00"), ("F3", "-30.00"), ("F1", "7.00")])
        )
    };
    let overlap = imported(file("1").as_bytes());
    assert_eq!(plain(&overlap), ["-10.00", "-20.00", "-20.00", "-30.00", "7.00"]);
    assert_eq!(overlap.counts.recognized, 1);
    assert_eq!(imported(file("2").as_bytes()).transactions.len(), 6);
}

#[test]
fn a_message_without_a_statement_is_refused_with_what_it_says() {
    let text = "OFXHEADER:100\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR\
                <MESSAGE>Signon invalid</STATUS></SONRS></SIGNONMSGSRSV1></OFX>\n";
    let error = refused(text.as_bytes());
    assert_eq!(error.reason.as_str(), "NO_STATEMENT");
    assert!(error.message.ends_with("which says: Signon invalid"), "{}", error.message);
}
