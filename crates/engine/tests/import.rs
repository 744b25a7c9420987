//! What a user notices of an import: statements in many dialects are read exactly, asked about, or refused with a reason.
#![allow(missing_docs, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::{io::Cursor, ops::ControlFlow};

use encoding_rs::{IBM866, KOI8_R, WINDOWS_1251, WINDOWS_1252};
use saldo_engine::{
    BalanceKind, DateOrder, Error, Hints, Import, Outcome, Proof, ProofMethod, Question, Role, Sign, Stage, Watch,
    import,
};

fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/import/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn outcome(bytes: &[u8], hints: &Hints) -> Outcome {
    import(Cursor::new(bytes), hints, &mut ()).expect("an outcome")
}

fn imported(bytes: &[u8]) -> Import {
    match outcome(bytes, &Hints::default()) {
        Outcome::Import(import) => {
            let counts = import.counts;
            assert_eq!(counts.read, import.transactions.len() as u64 + counts.recognized + counts.rejected);
            *import
        }
        Outcome::Question(question) => panic!("asked: {}", question.text),
    }
}

fn asked(bytes: &[u8]) -> Question {
    match outcome(bytes, &Hints::default()) {
        Outcome::Question(question) => *question,
        Outcome::Import(_) => panic!("read without a question"),
    }
}

fn refused(bytes: &[u8]) -> String {
    let error = import(Cursor::new(bytes), &Hints::default(), &mut ()).expect_err("a refusal");
    saldo_kernel::Error::from(error).reason.to_string()
}

/// Date, amount, currency and text of each movement, one to a line.
fn rows(import: &Import) -> Vec<String> {
    let row = |one: &saldo_engine::Transaction| {
        let currency = one.amount.currency.map_or("-".to_owned(), |code| code.to_string());
        let text = if one.counterparty.is_empty() { &one.description } else { &one.counterparty };
        format!("{} {} {currency} {text}", one.date, one.amount)
    };
    import.transactions.to_vec().iter().map(row).collect()
}

#[test]
fn three_dates_that_are_sorted_under_one_reading_by_chance_are_asked_about() {
    let table = "Date,Description,Amount,Currency\n11/02/2014,Stationery,-54.62,USD\n08/01/2014,Sale,38.79,USD\n\
                 02/03/2014,Grocery,-3.61,USD\n";
    assert_eq!(asked(table.as_bytes()).reason, "DATE_ORDER_AMBIGUOUS");
}

#[test]
fn a_few_rows_that_a_card_or_an_account_could_have_are_not_guessed() {
    let table = "Date,Description,Amount\n02/14/2025,Customer invoice,8400.00\n02/16/2025,Customer,1200.00\n\
                 02/20/2025,AMEX AUTOPAY PAYMENT - THANK YOU,-500.00\n";
    let question = asked(table.as_bytes());
    assert_eq!((question.reason, question.hint), ("DIRECTION_UNKNOWN", "sign"));
}

#[test]
fn purchases_with_a_refund_that_could_be_income_with_a_payment_are_asked_about_and_the_answer_is_shown() {
    let table = "Date,Text,Amount\n2025-03-02,Alder,12.00\n2025-03-03,Birch,30.50\n2025-03-05,Cedar,7.25\n\
                 2025-03-06,Birch,-30.50\n2025-03-09,Elm,61.00\n2025-03-10,Fir,8.00\n2025-03-11,Hazel,19.90\n";
    let question = asked(table.as_bytes());
    assert_eq!(question.choices[0].value, "plus_out");
    assert_eq!(question.choices[0].preview[0], ("-30.50".to_owned(), "30.50".to_owned()));
    for (sign, first) in [(Sign::PlusOut, "2025-03-02 -12.00"), (Sign::PlusIn, "2025-03-02 12.00")] {
        let hints = Hints { sign: Some(sign), ..Hints::default() };
        let Outcome::Import(import) = outcome(table.as_bytes(), &hints) else { panic!("asked again") };
        assert!(rows(&import)[0].starts_with(first), "{:?}", rows(&import));
        assert_eq!(import.source.sign, Some(sign));
    }
}

#[test]
fn the_statement_of_a_card_is_told_by_its_shops_refunds_and_payments() {
    for (name, rows) in [
        (
            "payment",
            "2025-01-05,SHELL OIL 123,41.17\n2025-01-07,COSTCO,132.88\n2025-01-09,PAYMENT - THANK YOU,-174.05\n",
        ),
        (
            "refund",
            "2025-01-05,Purchase 1,15.90\n2025-01-06,Purchase 2,80.10\n2025-01-07,Purchase 3,8.00\n2025-01-09,Refund,-8.00\n",
        ),
    ] {
        let import = imported(format!("Date,Description,Amount\n{rows}").as_bytes());
        let signs: Vec<bool> = import.transactions.iter().map(|one| one.amount.units < 0).collect();
        let last = signs.len() - 1;
        assert!(signs.iter().enumerate().all(|(place, out)| *out == (place < last)), "{name}: {signs:?}");
        assert_eq!(import.source.sign, Some(Sign::PlusOut));
    }
    let account =
        "Date,Description,Amount\n2025-01-05,Salary,4100.00\n2025-01-07,COSTCO,-132.88\n2025-01-09,Deposit,75.00\n";
    assert_eq!(imported(account.as_bytes()).source.sign, Some(Sign::PlusIn));
}

#[test]
fn a_minus_in_a_column_of_debits_is_what_the_balance_makes_of_it() {
    let as_written = "Date,Text,Debit,Credit,Balance\n2025-01-02,a,-100.00,,900.00\n2025-01-03,b,50.00,,850.00\n\
                      2025-01-04,c,,10.00,860.00\n2025-01-05,d,-60.00,,800.00\n";
    let reversing = "Date,Text,Debit,Credit,Balance\n2025-01-02,a,100.00,,900.00\n2025-01-03,b,-50.00,,950.00\n\
                     2025-01-04,c,,10.00,960.00\n2025-01-05,d,60.00,,900.00\n";
    for (table, amounts) in
        [(as_written, ["-100.00", "-50.00", "10.00", "-60.00"]), (reversing, ["-100.00", "50.00", "10.00", "-60.00"])]
    {
        let import = imported(table.as_bytes());
        let read: Vec<String> = import.transactions.iter().map(|one| one.amount.to_string()).collect();
        assert_eq!(read, amounts);
        assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::RunningBalance });
    }
}

#[test]
fn a_balance_that_agrees_here_and_there_only_is_told_as_a_fault() {
    let table = "Date,Text,Amount,Balance\n2025-01-02,a,-1200.00,3800.00\n2025-01-03,b,2500.50,6300.50\n\
                 2025-01-04,c,-15.00,6200.00\n2025-01-05,d,-15.00,6100.00\n";
    let Proof::NotReconciled { missing, line, .. } = imported(table.as_bytes()).proof else { panic!("no fault told") };
    assert_eq!((missing.to_string(), line), ("-170.50".to_owned(), Some(4)));
}

#[test]
fn a_russian_statement_reads_the_same_in_every_encoding() {
    let text = fixture("russian.csv");
    let want = [
        "2024-02-01 25000.00 RUB ООО \"Ромашка\"",
        "2024-02-05 -12500.50 RUB ИП Пример",
        "2024-02-07 -1000.00 RUB Поставщик",
    ];
    for (encoding, name) in [(WINDOWS_1251, "windows-1251"), (IBM866, "cp866"), (KOI8_R, "koi8-r")] {
        let import = imported(&encoding.encode(&text).0);
        assert_eq!(import.source.encoding, name);
        assert_eq!(rows(&import), want);
        assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::OpeningAndClosing });
        assert_eq!((import.source.header_line, import.source.delimiter), (Some(6), Some(';')));
    }
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(rows(&imported(&wide)), want);
    assert_eq!(rows(&imported(format!("\u{feff}{text}").as_bytes())), want);
}

#[test]
fn declined_and_pending_rows_are_recognised_and_not_counted_as_money() {
    let import = imported(&WINDOWS_1251.encode(&fixture("signed_semicolon.csv")).0);
    assert_eq!(rows(&import), ["2024-04-03 -250.00 RUB Кофейня", "2024-04-02 80000.00 RUB Зарплата"]);
    assert_eq!((import.counts.recognized, import.counts.rejected), (2, 0));
}

#[test]
fn a_running_balance_proves_a_statement_with_the_newest_row_first() {
    let import = imported(fixture("newest_first.csv").as_bytes());
    assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::RunningBalance });
    assert_eq!(rows(&import)[0], "2024-03-14 -20.10 GBP Grocer");
    assert_eq!(import.transactions.to_vec()[0].balance.map(|money| money.to_string()).as_deref(), Some("1479.90"));
    assert_eq!(import.source.date_order, Some(DateOrder::Dmy));
}

#[test]
fn a_missing_row_is_reported_with_its_amount_and_line() {
    let import = imported(fixture("broken_chain.csv").as_bytes());
    let Proof::NotReconciled { by, missing, line } = import.proof else { panic!("{:?}", import.proof) };
    assert_eq!((by, missing.to_string().as_str(), line), (ProofMethod::RunningBalance, "-25.00", Some(5)));
}

#[test]
fn balances_that_never_follow_from_the_amounts_prove_nothing() {
    let text = "Date,Text,Amount,Balance\n2024-01-02,A,-1.00,100\n2024-01-03,B,-2.00,100\n2024-01-04,C,-3.00,100\n\
                2024-01-05,D,-4.00,100\n2024-01-06,E,-5.00,100\n2024-01-07,F,-6.00,100\n";
    assert_eq!(imported(text.as_bytes()).proof, Proof::None);
}

#[test]
fn debit_and_credit_columns_make_signed_amounts_and_zero_rows_no_movement() {
    let import = imported(fixture("debit_credit.csv").as_bytes());
    assert_eq!(
        rows(&import),
        [
            "2024-01-05 -12.40 EUR Stationery",
            "2024-01-08 1000.00 EUR Client A",
            "2024-01-09 -99.00 EUR Printing, posters"
        ]
    );
    assert_eq!(import.counts.recognized, 1);
    let roles: Vec<Role> = import.source.columns.iter().map(|column| column.role).collect();
    assert_eq!(roles, [Role::Date, Role::Description, Role::Debit, Role::Credit, Role::Currency]);
}

#[test]
fn a_table_without_a_header_is_read_by_its_values() {
    let import = imported(fixture("no_header.csv").as_bytes());
    assert_eq!(import.source.header_line, None);
    assert_eq!(rows(&import)[1], "2024-01-08 2000.00 EUR Gehalt");
    assert_eq!(import.source.decimal, Some(','));
    assert_eq!(import.transactions.to_vec()[2].line, 3);
}

#[test]
fn totals_and_balances_around_the_table_are_recognised() {
    let import = imported(fixture("preamble_totals.csv").as_bytes());
    assert_eq!(rows(&import), ["2024-05-02 500.00 - Sale", "2024-05-06 -120.50 - Tools"]);
    assert_eq!((import.counts.recognized, import.source.header_line), (2, Some(5)));
    assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::OpeningAndClosing });
    let kinds: Vec<(BalanceKind, String, u64)> =
        import.balances.iter().map(|one| (one.kind, one.amount.to_string(), one.line)).collect();
    assert_eq!(
        kinds,
        [(BalanceKind::Opening, "1000.00".to_owned(), 3), (BalanceKind::Closing, "1379.50".to_owned(), 9)]
    );
}

#[test]
fn dates_that_leave_the_order_open_are_asked_about_and_answered_by_the_hint() {
    let text = fixture("ambiguous_dates.csv");
    let question = asked(text.as_bytes());
    assert_eq!(
        (question.reason, question.hint, question.column.as_str()),
        ("DATE_ORDER_AMBIGUOUS", "date_order", "Date")
    );
    let values: Vec<&str> = question.choices.iter().map(|choice| choice.value).collect();
    assert_eq!(values, ["dmy", "mdy"]);
    assert_eq!(question.choices[1].preview[1], ("05/02/2024".to_owned(), "2024-05-02".to_owned()));
    for (order, first) in [(DateOrder::Dmy, "2024-02-01"), (DateOrder::Mdy, "2024-01-02")] {
        let hints = Hints { date_order: Some(order), ..Hints::default() };
        let Outcome::Import(import) = outcome(text.as_bytes(), &hints) else { panic!("asked again") };
        assert_eq!(import.transactions.to_vec()[0].date.to_string(), first);
    }
}

#[test]
fn amounts_that_leave_the_decimal_separator_open_are_asked_about_and_answered_by_the_hint() {
    let text = fixture("ambiguous_decimals.csv");
    let question = asked(text.as_bytes());
    assert_eq!((question.reason, question.hint, question.column.as_str()), ("DECIMAL_AMBIGUOUS", "decimal", "Amount"));
    assert_eq!(question.choices[0].preview[0], ("-1,250".to_owned(), "-1250".to_owned()));
    for (decimal, first) in [('.', "-1250"), (',', "-1.250")] {
        let hints = Hints { decimal: Some(decimal), ..Hints::default() };
        let Outcome::Import(import) = outcome(text.as_bytes(), &hints) else { panic!("asked again") };
        assert_eq!(import.transactions.to_vec()[0].amount.to_string(), first);
    }
}

#[test]
fn spending_on_a_card_is_money_out_although_it_is_written_without_a_minus() {
    let import = imported(fixture("card.csv").as_bytes());
    let amounts: Vec<String> = import.transactions.iter().map(|one| one.amount.to_string()).collect();
    assert_eq!(amounts, ["-54.20", "300.00", "-12.75"]);
}

#[test]
fn a_column_of_words_tells_the_direction() {
    let import = imported(fixture("direction.csv").as_bytes());
    assert_eq!(rows(&import), ["2024-01-05 -12.40 EUR Winkel", "2024-01-08 1000.00 EUR Werkgever"]);
}

#[test]
fn amounts_without_any_direction_are_refused() {
    let unsigned = asked(b"Date,Text,Amount\n2024-01-02,Alpha,10.00\n2024-01-03,Beta,20.00\n");
    assert_eq!((unsigned.reason, unsigned.choices[1].value), ("DIRECTION_UNKNOWN", "plus_out"));
    assert_eq!(unsigned.choices[1].preview[0], ("10.00".to_owned(), "-10.00".to_owned()));
}

#[test]
fn a_known_currency_is_never_replaced_by_the_hint() {
    let hints = Hints { currency: "USD".parse().ok(), ..Hints::default() };
    for (text, want) in [(fixture("no_header.csv"), "EUR"), (fixture("preamble_totals.csv"), "USD")] {
        let Outcome::Import(import) = outcome(text.as_bytes(), &hints) else { panic!("asked") };
        assert_eq!(import.transactions.to_vec()[0].amount.currency.map(|code| code.to_string()).as_deref(), Some(want));
    }
}

#[test]
fn a_row_that_cannot_be_read_is_rejected_with_its_line_and_reason() {
    let text = "Date,Text,Amount\n2024-01-02,A,-1.00\n2024-01-03,B,about 5\n2024-01-04,C,\n,D,7.00\n99,E,1.00\n";
    let import = imported(text.as_bytes());
    let faults: Vec<(u64, &str, &str)> =
        import.rejected.iter().map(|one| (one.line, one.reason, one.value.as_str())).collect();
    assert_eq!(
        faults,
        [
            (3, "AMOUNT_NOT_READ", "about 5"),
            (4, "AMOUNT_MISSING", ""),
            (5, "DATE_MISSING", ""),
            (6, "DATE_NOT_READ", "99"),
        ]
    );
}

#[test]
fn lines_are_counted_through_quoted_line_breaks() {
    let text = "Date,Text,Amount\r\n2024-01-02,\"two\r\nlines\",-1.00\r\n\r\n2024-01-03,B,x1\r\n2024-01-04,C,2.00\r\n";
    let import = imported(text.as_bytes());
    let lines: Vec<u64> = import.transactions.iter().map(|one| one.line).collect();
    assert_eq!((lines, import.rejected[0].line), (vec![2, 6], 5));
}

#[test]
fn a_delimiter_stated_by_a_spreadsheet_is_used() {
    let import = imported(b"sep=;\nDate;Text;Amount\n2024-01-02;a, b, c;-1,50\n2024-01-03;d;2,50\n");
    assert_eq!((import.source.delimiter, import.transactions.len()), (Some(';'), 2));
}

#[test]
fn a_header_without_rows_is_an_import_without_movements() {
    let import = imported(b"Date,Description,Amount (EUR),Balance\n");
    assert_eq!((import.transactions.len(), import.counts.read), (0, 0));
    assert_eq!(import.source.currency, "EUR".parse().ok());
}

#[test]
fn ofx_1_reads_open_tags_decimal_commas_and_entities_once() {
    let import = imported(&WINDOWS_1252.encode(&fixture("statement_sgml.ofx")).0);
    assert_eq!(rows(&import), ["2024-01-05 -1250.40 EUR Books & more &lt; less", "2024-01-08 900.00 EUR Café Bleu"]);
    assert_eq!((import.source.format, import.counts.recognized, import.proof), ("ofx", 1, Proof::None));
    assert_eq!(&*import.transactions.to_vec()[0].account, "ACC-1");
    assert_eq!(import.source.currency, "EUR".parse().ok());
    assert_eq!(import.balances[0].amount.to_string(), "649.60");
}

#[test]
fn ofx_2_reads_several_statements_with_their_own_account_and_currency() {
    let import = imported(fixture("statement_xml.ofx").as_bytes());
    assert_eq!(
        rows(&import),
        ["2024-08-24 -80.00 USD Diving gear", "2024-08-11 -23.00 CAD ", "2024-08-12 350.00 CAD "]
    );
    let accounts: Vec<Box<str>> = import.transactions.iter().map(|one| one.account).collect();
    assert_eq!(accounts, ["111", "222", "222"].map(Box::from));
    assert_eq!((import.balances.len(), import.source.currency), (1, None));
}

#[test]
fn a_file_that_ends_in_the_middle_is_cut_off() {
    for name in ["statement_sgml.ofx", "statement_xml.ofx"] {
        let text = fixture(name);
        assert_eq!(refused(&text.as_bytes()[..text.len() * 2 / 3]), "FILE_CUT_OFF", "{name}");
    }
    let table = "\"Date\",\"Text\",\"Amount\"\n\"2024-01-02\",\"A\",\"-1.00\"\n\"2024-01-03\",\"a long te";
    assert_eq!(refused(table.as_bytes()), "FILE_CUT_OFF");
}

#[test]
fn what_is_no_statement_is_refused_with_a_reason() {
    for (bytes, reason) in [
        (b"".as_slice(), "FILE_EMPTY"),
        (b" \r\n \n", "FILE_EMPTY"),
        (b"%PDF-1.7\n1 0 obj", "FILE_IS_PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "FILE_IS_IMAGE"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "FILE_IS_IMAGE"),
        (b"PK\x03\x04\x14\0\0\0xl/workbook.xml", "ARCHIVE_DAMAGED"),
        (b"<!DOCTYPE html><html><body><table><tr><td>1,00</td></tr></table></body></html>", "FORMAT_NOT_SUPPORTED"),
        (b":20:START\n:25:1/2\n:60F:C240101EUR1,00\n:61:2401010101D1,0", "FILE_CUT_OFF"),
        (b"1CClientBankExchange\r\nVersion=1.03\r\n", "FILE_CUT_OFF"),
        (b"<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">", "FILE_CUT_OFF"),
        (b"\x01\x02\x03\x04\x05\x00\x06\x07\x08 binary \x00\x01\x02\x03", "FILE_IS_BINARY"),
        (b"Dear customer,\nthank you for your letter.\n", "NOT_A_TABLE"),
        (b"Name,City,Amount\nA,B,1.00\nC,D,2.00\n", "NO_DATE_COLUMN"),
        (b"Date,Name,City\n2024-01-02,A,B\n2024-01-03,C,D\n", "NO_AMOUNT_COLUMN"),
    ] {
        assert_eq!(refused(bytes), reason, "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_format_without_a_reader_is_named() {
    let page = b"<!DOCTYPE html>\n<html><body>Balance</body></html>\n";
    let error = import(Cursor::new(page), &Hints::default(), &mut ()).expect_err("a refusal");
    assert!(matches!(error, Error::FormatNotSupported(name) if name.contains("HTML")), "{error}");
}

#[test]
fn too_long_a_line_and_too_many_columns_are_refused() {
    let long = format!("Date,Text,Amount\n2024-01-02,\"{}\",1.00\n", "x".repeat(3 << 20));
    assert_eq!(refused(long.as_bytes()), "LINE_TOO_LONG");
    let wide = format!("Date,Text,Amount\n2024-01-02,A,1.00{}\n", ",".repeat(5_000));
    assert_eq!(refused(wide.as_bytes()), "TOO_MANY_COLUMNS");
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
fn a_watch_stops_the_work_at_any_report() {
    let mut text = "Date,Text,Amount\n".to_owned();
    (0..20_000).for_each(|row| text.push_str(&format!("2024-01-{:02},Row {row},-1.00\n", row % 28 + 1)));
    for reports in 1..=10 {
        let stopped = import(Cursor::new(&text), &Hints::default(), &mut StopAt(reports));
        assert!(matches!(stopped, Err(Error::Cancelled)), "report {reports}");
    }
}

#[test]
fn size_and_hash_are_those_of_the_bytes() {
    let source = imported(fixture("no_header.csv").as_bytes()).source;
    assert_eq!(source.size_bytes, fixture("no_header.csv").len() as u64);
    assert_ne!(source.sha256, [0; 32]);
}
