//! ISO 20022 CAMT.052, .053 and .054: fixtures follow the message definitions that they name.

use std::{io::Cursor, ops::ControlFlow};

use saldo_engine::{BalanceKind, Error, Hints, Proof, ProofMethod, Stage, Transaction, Watch, import};

use crate::support::{amounts, faults, fixture, imported, refused};

const BY: ProofMethod = ProofMethod::OpeningAndClosing;

fn texts(rows: &[Transaction]) -> Vec<(&str, &str)> {
    rows.iter().map(|one| (&*one.counterparty, &*one.description)).collect()
}

/// A statement of version 2 with what stands inside `Stmt`.
fn statement(inside: &str) -> String {
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt>\n<Stmt>{inside}</Stmt>\n\
         </BkToCstmrStmt></Document>\n"
    )
}

fn entry(inside: &str) -> String {
    format!("<Ntry>{inside}<Sts>BOOK</Sts><BookgDt><Dt>2024-01-02</Dt></BookgDt></Ntry>\n")
}

fn balance(code: &str, amount: &str, date: &str) -> String {
    format!(
        "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{amount}</Amt>\
         <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{date}</Dt></Dt></Bal>\n"
    )
}

const IN: &str = "<Amt Ccy=\"EUR\">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>";

#[test]
fn one_entry_is_one_movement_with_the_direction_that_it_states() {
    let import = imported(fixture("camt053_v02.xml").as_bytes());
    assert_eq!(amounts(&import), ["2024-03-30 1000.00 EUR", "2024-03-31 -30.00 EUR", "2024-03-31 -14.50 EUR"]);
    assert_eq!((import.source.format, import.source.decimal), ("camt.053", Some('.')));
    assert_eq!((import.counts.recognized, import.counts.rejected), (1, 0));
    assert_eq!(import.source.currency, "EUR".parse().ok());
    let lines: Vec<u64> = import.transactions.iter().map(|one| one.line).collect();
    assert_eq!(lines, [28, 45, 56]);
    assert!(import.transactions.iter().all(|one| &*one.account == "DE02120300000000202051"));
}

#[test]
fn the_counterparty_is_the_side_that_is_not_the_account_also_of_a_reversal() {
    let import = imported(fixture("camt053_v02.xml").as_bytes());
    assert_eq!(
        texts(&import.transactions.to_vec()),
        [("Müller & Söhne", "Invoice 7, thank you <3"), ("", "BATCH OF TWO"), ("Careless Customer", "")]
    );
}

#[test]
fn the_previous_closing_balance_opens_a_statement() {
    let import = imported(fixture("camt053_v02.xml").as_bytes());
    assert_eq!(import.proof, Proof::Reconciled { by: BY });
    let balances: Vec<(BalanceKind, String)> =
        import.balances.iter().map(|one| (one.kind, one.amount.to_string())).collect();
    assert_eq!(balances, [(BalanceKind::Opening, "-100.00".to_owned()), (BalanceKind::Closing, "855.50".to_owned())]);
}

#[test]
fn an_interim_balance_proves_what_it_fits_and_never_disproves() {
    let import = imported(fixture("camt052_v08.xml").as_bytes());
    assert_eq!(amounts(&import), ["2024-05-07 -8.20 CHF"]);
    assert_eq!(texts(&import.transactions.to_vec()), [("Bakery", "RF18539007547034")]);
    assert_eq!((import.source.format, import.counts.recognized, import.proof), ("camt.052", 1, Proof::None));
    let fits = fixture("camt052_v08.xml").replace("500.00", "41.80");
    assert_eq!(imported(fits.as_bytes()).proof, Proof::Reconciled { by: BY });
}

#[test]
fn a_notification_has_movements_and_no_proof() {
    let import = imported(fixture("camt054_v04.xml").as_bytes());
    assert_eq!((import.source.format, import.proof), ("camt.054", Proof::None));
    assert_eq!(texts(&import.transactions.to_vec()), [("Tenant", "Rent June")]);
}

#[test]
fn a_missing_entry_is_told_with_its_amount_and_the_line_of_the_closing_balance() {
    let text = fixture("camt053_v02.xml").replace("855.5<", "900.00<");
    let Proof::NotReconciled { missing, line, .. } = imported(text.as_bytes()).proof else { panic!("it holds") };
    assert_eq!((missing.to_string().as_str(), line), ("44.50", Some(19)));
}

#[test]
fn balances_of_many_days_in_one_statement_count_from_the_first_to_the_last() {
    let days = [("OPBD", "0.00", "2024-01-01"), ("CLBD", "5.00", "2024-01-02"), ("OPBD", "5.00", "2024-01-03")];
    let days: String = days.iter().map(|(code, amount, date)| balance(code, amount, date)).collect();
    let text = statement(&(days + &balance("CLBD", "10.00", "2024-01-03") + &entry(IN) + &entry(IN)));
    assert_eq!(imported(text.as_bytes()).proof, Proof::Reconciled { by: BY });
}

#[test]
fn balances_in_another_currency_than_the_entries_prove_nothing() {
    let balances = balance("OPBD", "1.00", "2024-01-01") + &balance("CLBD", "2.00", "2024-01-02");
    let text = statement(&(balances + &entry("<Amt Ccy=\"SEK\">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>")));
    assert_eq!(imported(text.as_bytes()).proof, Proof::None);
}

#[test]
fn entries_that_cannot_be_read_are_rejected_with_line_and_reason() {
    let text = statement(
        &[
            entry("<Amt Ccy=\"EUR\">about 5</Amt><CdtDbtInd>CRDT</CdtDbtInd>"),
            entry("<CdtDbtInd>CRDT</CdtDbtInd>"),
            entry("<Amt Ccy=\"EUR\">5.00</Amt>"),
            entry("<Amt Ccy=\"EUR\">-5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>"),
            entry("<Amt Ccy=\"EUR\">-5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>"),
            format!("<Ntry>{IN}</Ntry>\n"),
            format!("<Ntry>{IN}<BookgDt><Dt>2024-02-30</Dt></BookgDt></Ntry>\n"),
        ]
        .concat(),
    );
    let import = imported(text.as_bytes());
    assert_eq!(amounts(&import), ["2024-01-02 -5.00 EUR"]);
    assert_eq!(
        faults(&import),
        [
            (2, "AMOUNT_NOT_READ", "Amt", "about 5"),
            (3, "AMOUNT_MISSING", "Amt", ""),
            (4, "DIRECTION_NOT_READ", "CdtDbtInd", ""),
            (5, "AMOUNT_NOT_READ", "Amt", "-5.00"),
            (7, "DATE_MISSING", "BookgDt", ""),
            (8, "DATE_NOT_READ", "BookgDt", "2024-02-30"),
        ]
    );
}

#[test]
fn entities_that_a_document_declares_are_never_expanded() {
    let details = "<NtryDtls><TxDtls><RmtInf><Ustrd>A &boom; B & C</Ustrd></RmtInf></TxDtls></NtryDtls>";
    let text = format!(
        "<!DOCTYPE Document [<!ENTITY boom \"lol\"><!ENTITY five \"5.00\">]>\n{}",
        statement(
            &(entry(&format!("{IN}{details}")) + &entry("<Amt Ccy=\"EUR\">&five;</Amt><CdtDbtInd>CRDT</CdtDbtInd>"))
        )
    );
    let import = imported(format!("<?xml version=\"1.0\"?>\n{text}").as_bytes());
    assert_eq!(&*import.transactions.to_vec()[0].description, "A &boom; B & C");
    assert_eq!((import.rejected[0].reason, import.rejected[0].value.as_str()), ("AMOUNT_NOT_READ", "&five;"));
}

#[test]
fn a_document_in_utf_16_or_an_old_encoding_reads_the_same_whatever_it_declares() {
    let text = fixture("camt053_v02.xml");
    let want = imported(text.as_bytes()).transactions;
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(imported(&wide).transactions, want);
    let old = imported(&encoding_rs::WINDOWS_1252.encode(&text).0);
    assert_eq!((old.source.encoding.as_str(), old.transactions), ("windows-1252", want));
}

#[test]
fn a_document_that_breaks_off_is_cut_off_and_one_that_does_not_fit_together_is_damaged() {
    for name in ["camt053_v02.xml", "camt052_v08.xml", "camt054_v04.xml"] {
        let text = fixture(name);
        for part in 3..8 {
            let mut cut = text.len() * part / 8;
            cut += usize::from(!text.is_char_boundary(cut));
            assert_eq!(refused(&text.as_bytes()[..cut]).reason.to_string(), "FILE_CUT_OFF", "{name}, {part} of 8");
        }
        let crossed = text.replacen("</Amt>", "</Sum>", 1).replacen("</ns2:Amt>", "</ns2:Sum>", 1);
        assert_eq!(refused(crossed.as_bytes()).reason.to_string(), "FILE_DAMAGED", "{name}");
    }
}

#[test]
fn deep_nesting_and_endless_values_are_refused() {
    let deep = statement(&"<A>".repeat(200));
    assert_eq!(refused(deep.as_bytes()).reason.to_string(), "FILE_DAMAGED");
    let long = statement(&format!("<Id>{}</Id>", "x".repeat(3 << 20)));
    assert_eq!(refused(long.as_bytes()).reason.to_string(), "LINE_TOO_LONG");
    let long = statement(&format!("<Id a=\"{}\"/>", "x".repeat(3 << 20)));
    assert_eq!(refused(long.as_bytes()).reason.to_string(), "LINE_TOO_LONG");
}

#[test]
fn a_message_without_any_statement_is_no_statement() {
    let text = statement("").replace("Stmt>", "Other>");
    assert_eq!(refused(text.as_bytes()).reason.to_string(), "NOT_A_TABLE");
}

/// Stops at the n-th report.
struct StopAt(u32);

impl Watch for StopAt {
    fn progress(&mut self, _: Stage, done: u64, total: u64) -> ControlFlow<()> {
        assert!(done <= total);
        self.0 = self.0.saturating_sub(1);
        if self.0 == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn a_watch_stops_the_reading_of_statements_at_any_report() {
    let camt = statement(&entry(IN).repeat(5_000));
    let mt940 = ":20:A\n:60F:C240101EUR1,00\n".to_owned() + &":61:240101D1,00NTRF\n".repeat(20_000);
    for text in [camt, mt940] {
        assert_eq!(imported(text.as_bytes()).counts.rejected, 0);
        for reports in 1..=4 {
            let stopped = import(Cursor::new(&text), &Hints::default(), &mut StopAt(reports));
            assert!(matches!(stopped, Err(Error::Cancelled)), "report {reports}");
        }
    }
}

#[test]
fn a_copy_of_a_statement_and_the_notification_of_its_entries_count_once() {
    let inside = balance("OPBD", "10.00", "2024-01-01") + &balance("CLBD", "15.00", "2024-01-02") + &entry(IN);
    let twice = statement(&inside).replace("</BkToCstmrStmt>", &format!("<Stmt>{inside}</Stmt></BkToCstmrStmt>"));
    let import = imported(twice.as_bytes());
    assert_eq!((amounts(&import), import.counts.recognized), (vec!["2024-01-02 5.00 EUR".to_owned()], 1));

    let notice = format!("<Ntfctn>{}{}</Ntfctn></BkToCstmrStmt>", entry(IN), entry(IN));
    let import = imported(statement(&inside).replace("</BkToCstmrStmt>", &notice).as_bytes());
    assert_eq!(amounts(&import), ["2024-01-02 5.00 EUR"; 2]);
    assert_eq!((import.counts.recognized, import.proof), (1, Proof::Reconciled { by: BY }));
}
