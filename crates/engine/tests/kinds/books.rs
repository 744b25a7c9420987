//! Journals, ledgers and account cards: a debit is no money out, and every entry balances.

use proptest::prelude::*;
use saldo_engine::{DocumentKind, FigureBasis, Hints, Proof, ProofMethod, import};

use crate::support::{along, analyzed, imported, rows, value};

const JOURNAL: &str = "\
Date,Voucher,Account,Account name,Description,Debit,Credit
2024-01-05,1,1010,Bank,Sale to Oak Ltd,1190.00,
2024-01-05,1,4000,Sales revenue,Sale to Oak Ltd,,1000.00
2024-01-05,1,2200,VAT payable,Sale to Oak Ltd,,190.00
2024-01-09,2,6100,Rent expense,Office rent,800.00,
2024-01-09,2,1010,Bank,Office rent,,800.00
2024-02-01,3,6200,Office supplies,Paper,55.50,
2024-02-01,3,2000,Accounts payable,Paper,,55.50
2024-02-10,4,2000,Accounts payable,Pay paper,55.50,
2024-02-10,4,1010,Bank,Pay paper,,55.50
";

#[test]
fn a_journal_gives_the_movements_of_its_money_accounts() {
    let import = imported(JOURNAL);
    assert_eq!(import.source.kind, DocumentKind::Ledger);
    assert_eq!(import.source.basis, FigureBasis::MoneyAccounts);
    assert_eq!(import.source.kind_evidence, ["Voucher"]);
    assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::DoubleEntry });
    assert_eq!(rows(&import), ["2024-01-05 1190.00 ", "2024-01-09 -800.00 ", "2024-02-10 -55.50 "]);
    let other: Vec<String> = import.transactions.iter().map(|one| one.category.to_string()).collect();
    assert_eq!(other, ["4000 Sales revenue", "6100 Rent expense", "2000 Accounts payable"]);
    let analysis = analyzed(&import);
    let figure = |id: &str| value(analysis.fact(id).unwrap_or_else(|| panic!("{id}")));
    assert_eq!((figure("income/XXX"), figure("expenses/XXX")), ("1000.00".to_owned(), "855.50".to_owned()));
    assert_eq!(figure("profit/XXX"), "144.50");
    assert_eq!((figure("debit/XXX"), figure("credit/XXX")), ("2101.00".to_owned(), "2101.00".to_owned()));
    assert!(along(&analysis, "credit", "account").contains(&"1010 Bank 855.50".to_owned()));
}

#[test]
fn an_entry_that_does_not_balance_is_told_with_its_line() {
    let broken = JOURNAL.replace("6100,Rent expense,Office rent,800.00", "6100,Rent expense,Office rent,700.00");
    let Proof::NotReconciled { by: ProofMethod::DoubleEntry, missing, line } = imported(&broken).proof else {
        panic!("no fault told")
    };
    assert_eq!((missing.to_string(), line), ("100.00".to_owned(), Some(5)));
}

#[test]
fn a_journal_without_money_accounts_gives_income_and_expenses() {
    let table = "\
Date,Journal,Account name,Debit,Credit
2024-01-05,1,Accounts receivable,1190.00,
2024-01-05,1,Sales,,1190.00
2024-01-09,2,Rent,800.00,
2024-01-09,2,Accounts payable,,800.00
";
    let import = imported(table);
    assert_eq!(import.source.basis, FigureBasis::IncomeAndExpenses);
    assert_eq!(rows(&import), ["2024-01-05 1190.00 ", "2024-01-09 -800.00 "]);
}

#[test]
fn a_journal_whose_accounts_tell_nothing_gives_sums_by_account_and_no_movements() {
    let table = "\
Date,Voucher,Account,Debit,Credit
2024-01-05,1,701,1190.00,
2024-01-05,1,702,,1190.00
2024-01-09,2,703,800.00,
2024-01-09,2,701,,800.00
";
    let import = imported(table);
    assert_eq!(
        (import.source.basis, import.transactions.len(), import.counts.recognized),
        (FigureBasis::Accounts, 0, 4)
    );
    assert_eq!(along(&analyzed(&import), "debit", "account"), ["701 1190.00", "702 0.00", "703 800.00"]);
}

#[test]
fn a_statement_of_two_accounts_at_banks_is_no_journal() {
    let table = "\
Account,Date,Description,Debit,Credit
DE02120300000000202051,2024-01-05,To savings,100.00,
DE02500105170137075030,2024-01-05,From daily,,100.00
";
    let import = imported(table);
    assert_eq!(import.source.kind, DocumentKind::Statement);
    assert_eq!(rows(&import), ["2024-01-05 -100.00 ", "2024-01-05 100.00 "]);
}

#[test]
fn an_account_beside_a_card_with_transfers_between_them_is_no_journal() {
    let table = "\
Account name,Date,Description,Debit,Credit
Everyday checking,2024-01-05,Pay the card,500.00,
Visa credit card,2024-01-05,Payment,,500.00
Visa credit card,2024-01-06,Shop,20.00,
";
    for table in [table.to_owned(), table.replace("Visa credit card,2024-01-06,Shop,20.00,\n", "")] {
        let import = imported(&table);
        assert_eq!(import.source.kind, DocumentKind::Statement);
        assert_eq!(rows(&import)[..2], ["2024-01-05 -500.00 ", "2024-01-05 500.00 "]);
    }
}

const CARD: &str = "\
Карточка счёта 51;;;;;;;;;
Выводимые данные: БУ (данные бухгалтерского учета);;;;;;;;;
Период;Документ;Аналитика Дт;Аналитика Кт;Дебет;;Кредит;;Текущее сальдо;
;;;;Счет;;Счет;;;
Сальдо на начало;;;;;;;;Д;100 000,00
09.01.2024;Поступление на счет 1;Основной;ООО \"Лютик\";51;50 000,00;62.01;;Д;150 000,00
10.01.2024;Списание со счета 1;ООО \"Пион\";Основной;60.01;;51;20 000,00;Д;130 000,00
11.01.2024;Списание со счета 2;Банк;Основной;91.02;;51;150,50;Д;129 849,50
12.01.2024;Поступление на счет 2;Основной;ООО \"Лютик\";51;7 300,00;62.02;;Д;137 149,50
Обороты за период и сальдо на конец;;;;;57 300,00;;20 150,50;Д;137 149,50
";

#[test]
fn the_card_of_a_bank_account_is_read_with_debits_as_money_in() {
    for table in [CARD.to_owned(), CARD.replace(";;;;Счет;;Счет;;;\n", "")] {
        let import = imported(&table);
        let amounts: Vec<String> = import.transactions.iter().map(|one| one.amount.to_string()).collect();
        assert_eq!(amounts, ["50000.00", "-20000.00", "-150.50", "7300.00"]);
        assert_eq!((import.source.kind, import.source.basis), (DocumentKind::Ledger, FigureBasis::MoneyAccounts));
        assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::RunningBalance });
        let other: Vec<String> = import.transactions.iter().map(|one| one.category.to_string()).collect();
        assert_eq!(other, ["62.01", "60.01", "91.02", "62.02"]);
        assert!(import.transactions.iter().all(|one| &*one.account == "51"));
    }
}

#[test]
fn the_card_of_an_account_of_no_money_is_refused() {
    let table = "\
Карточка счета 60.01 за 1 квартал 2024 г.
Период;Документ;Аналитика Дт;Аналитика Кт;Дебет;;Кредит;;Текущее сальдо;
;;;;Счет;Сумма;Счет;Сумма;;
Сальдо на начало;;;;;;;;К;10 000,00
09.01.2024;Поступление товаров 1;Склад;ООО \"Лютик\";41.01;;60.01;5 000,00;К;15 000,00
10.01.2024;Списание со счета 1;ООО \"Лютик\";Основной;60.01;12 000,00;51;;К;3 000,00
11.01.2024;Списание со счета 2;ООО \"Лютик\";Основной;60.01;4 000,00;51;;Д;1 000,00
";
    let error = import(std::io::Cursor::new(table.as_bytes()), &Hints::default(), &mut ()).expect_err("a refusal");
    assert_eq!(
        error.to_string(),
        "the file is the card of account 60.01, whose entries are no money that comes in or goes out"
    );
}

#[test]
fn the_card_that_a_title_announces_has_debits_as_money_in() {
    let table = "\
Ledger account: 1010 Bank,,,,
Date,Description,Debit,Credit,Balance
2024-01-05,Sale,1190.00,,2190.00
2024-01-09,Rent,,800.00,1390.00
2024-01-10,Paper,,55.50,1334.50
";
    let import = imported(table);
    assert_eq!(rows(&import), ["2024-01-05 1190.00 ", "2024-01-09 -800.00 ", "2024-01-10 -55.50 "]);
    assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::RunningBalance });
}

#[test]
fn a_journal_of_whole_entries_gives_what_its_money_accounts_get_and_give() {
    let table = "\
Дата;Документ;Счет Дт;Счет Кт;Сумма;Содержание
05.01.2024;1;51;62.01;1 190,00;Оплата от покупателя
09.01.2024;2;60.01;51;800,00;Оплата поставщику
10.01.2024;3;50;51;300,00;Снятие наличных
11.01.2024;4;26;60.01;55,50;Услуги
12.01.2024;5;51;62.01;-190,00;Сторно
";
    let import = imported(table);
    let amounts: Vec<String> = import.transactions.iter().map(|one| one.amount.to_string()).collect();
    assert_eq!(amounts, ["1190.00", "-800.00", "-190.00"]);
    assert_eq!(import.counts.recognized, 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Random entries that balance are proved, and the bank account is read to the cent.
    #[test]
    fn a_random_ledger_reads_back_exactly(entries in prop::collection::vec((1_u32..1_000_000, 0_usize..4, any::<bool>()), 2..40)) {
        let others = ["Sales revenue", "Rent expense", "Accounts payable", "Share capital"];
        let cents = |units: u32| format!("{}.{:02}", units / 100, units % 100);
        let (mut table, mut want) = ("Date,Voucher,Account name,Debit,Credit\n".to_owned(), Vec::new());
        for (place, (units, other, debit)) in entries.iter().enumerate() {
            let day = format!("2024-{:02}-{:02}", place / 28 + 1, place % 28 + 1);
            let amount = cents(*units);
            let (bank, rest) = if *debit { (format!("{amount},"), format!(",{amount}")) } else { (format!(",{amount}"), format!("{amount},")) };
            table += &format!("{day},V{place},Bank,{bank}\n{day},V{place},{},{rest}\n", others[*other]);
            want.push(format!("{day} {}{amount} ", if *debit { "" } else { "-" }));
        }
        let import = imported(&table);
        prop_assert_eq!(rows(&import), want);
        prop_assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::DoubleEntry });
    }
}

#[test]
fn the_accounts_of_a_journal_stand_under_the_headers_of_books_with_their_names_beside_them() {
    let french = "\
EcritureNum\tEcritureDate\tCompteNum\tCompteLib\tEcritureLib\tDebit\tCredit
1\t20240105\t512100\tBanque\tClient\t1200,00\t0,00
1\t20240105\t411000\tClients\tClient\t0,00\t1200,00
2\t20240110\t613200\tLocations\tLoyer\t800,00\t0,00
2\t20240110\t512100\tBanque\tLoyer\t0,00\t800,00
";
    let dutch = "\
Grootboekrekening;Omschrijving;Boekstuknr.;Datum;Debet;Credit
1100;Voorbeeldbank;1;05-01-2024;1.200,00;
1300;Debiteuren;1;05-01-2024;;1.200,00
4100;Huur;2;10-01-2024;800,00;
1100;Voorbeeldbank;2;10-01-2024;;800,00
";
    for table in [french, dutch] {
        let import = imported(table);
        assert_eq!((import.source.kind, import.source.basis), (DocumentKind::Ledger, FigureBasis::MoneyAccounts));
        let amounts: Vec<String> =
            import.transactions.iter().map(|one| format!("{} {}", one.date, one.amount)).collect();
        assert_eq!(amounts, ["2024-01-05 1200.00", "2024-01-10 -800.00"]);
    }
}

#[test]
fn a_letter_may_tell_debit_from_credit() {
    let table = "\
Datum;Beleg;Konto;Bezeichnung;Text;Betrag;S/H
05.01.2024;1;1200;Bank;Verkauf;1190,00;S
05.01.2024;1;1400;Forderungen;Verkauf;1190,00;H
15.01.2024;2;4210;Miete;Januar;800,00;S
15.01.2024;2;1200;Bank;Januar;800,00;H
";
    let amounts: Vec<String> = imported(table).transactions.iter().map(|one| one.amount.to_string()).collect();
    assert_eq!(amounts, ["1190.00", "-800.00"]);
}

#[test]
fn a_line_before_the_table_names_the_account_whose_rows_have_the_other_one() {
    let table = "\
Konto;1200;Bank;;;
Datum;Beleg-Nr.;Buchungstext;Gegenkonto;Soll;Haben
01.01.2024;;EB-Wert;9000;1.000,00;
05.01.2024;1;Verkauf;10001;1.190,00;
10.01.2024;2;Miete;4210;;800,00
";
    let import = imported(table);
    let amounts: Vec<String> = import.transactions.iter().map(|one| one.amount.to_string()).collect();
    assert_eq!(amounts, ["1190.00", "-800.00"]);
    assert_eq!(import.counts.recognized, 1);
}

#[test]
fn a_ledger_whose_accounts_are_headings_gives_the_movements_of_its_money_accounts() {
    let signed = "\
General Ledger,,,,
Date,Name,Split,Amount,Balance
Checking,,,,
Beginning Balance,,,,1000.00
01/15/2024,Smith,Sales,100.00,1100.00
01/16/2024,Landlord,Rent,-50.00,1050.00
Total for Checking,,,50.00,
Sales,,,,
01/15/2024,Smith,Checking,100.00,100.00
Total for Sales,,,100.00,
Rent,,,,
01/16/2024,Landlord,Checking,50.00,50.00
Total for Rent,,,50.00,
";
    let import = imported(signed);
    assert_eq!(rows(&import), ["2024-01-15 100.00 Smith", "2024-01-16 -50.00 Landlord"]);
    assert!(matches!(import.proof, Proof::Reconciled { .. }));
    assert!(import.transactions.iter().all(|one| &*one.account == "Checking"));
    // A debit is what the account gets.
    let headed = "\
ID No,Src,Date,Memo,Debit,Credit
1-1110 Cheque account,,,,,
CR1,CR,15/01/2024,Sale,1190.00,
CD1,CD,16/01/2024,Rent,,800.00
,,,Total:,1190.00,800.00
6-1200 Rent,,,,,
CD1,CD,16/01/2024,Rent,800.00,
,,,Total:,800.00,0.00
";
    assert_eq!(rows(&imported(headed)), ["2024-01-15 1190.00 ", "2024-01-16 -800.00 "]);
}

#[test]
fn a_ledger_with_headings_that_may_be_of_money_and_journals_with_few_dates_are_refused() {
    let unknown = "\
General Ledger,,,
Date,Name,Amount,Balance
Checking,,,
01/15/2024,Smith,100.00,100.00
Total for Checking,,100.00,
Blue 4411,,,
01/15/2024,Landlord,50.00,50.00
Total for Blue 4411,,50.00,
";
    let profit = "\
,Date,Transaction Type,Name,Amount,Balance
Income,,,,,
   Sales,,,,,
,01/15/2024,Invoice,Oak,1000.00,1000.00
   Total Sales,,,,1000.00,
Expenses,,,,,
   Rent,,,,,
,01/16/2024,Check,Landlord,800.00,800.00
   Total Rent,,,,800.00,
Net Income,,,,200.00,
";
    let undated = "\
Date,Account Titles and Explanation,Ref,Debit,Credit
Jan 15 2024,Cash,101,1190.00,
,     Sales Revenue,401,,1190.00
,(To record sales),,,
Jan 16 2024,Rent Expense,601,800.00,
,     Cash,101,,800.00
";
    for (table, why) in [(unknown, "headings"), (profit, "headings"), (undated, "dates only the first row")] {
        let refused = import(std::io::Cursor::new(table), &Hints::default(), &mut ()).expect_err("a refusal");
        assert!(refused.to_string().contains(why), "{refused}");
    }
}

#[test]
fn a_statement_whose_day_stands_once_is_no_journal() {
    let table = "\
Date,Account,Description,Debit,Credit
2024-01-05,Checking,Shop,20.00,
,Checking,Salary,,3000.00
2024-01-06,Checking,Rent,800.00,
,Checking,Shop,10.00,
2024-01-07,Checking,Shop,10.00,
";
    assert_eq!(imported(table).source.kind, DocumentKind::Statement);
}

#[test]
fn entries_out_of_balance_are_those_of_a_book_where_numbers_and_classes_of_its_accounts_say_so() {
    let table = "\
Entry,Date,Account,Debit,Credit
1,2024-01-15,1010 Cash,1190.00,
1,2024-01-15,4000 Sales,,1190.00
2,2024-01-16,6000 Rent,800.00,
2,2024-01-16,1010 Cash,,790.00
";
    let import = imported(table);
    assert_eq!(rows(&import), ["2024-01-15 1190.00 ", "2024-01-16 -790.00 "]);
    assert!(matches!(import.proof, Proof::NotReconciled { by: ProofMethod::DoubleEntry, .. }), "{:?}", import.proof);
}

#[test]
fn a_letter_beside_signed_amounts_does_not_turn_them() {
    let table = "\
BELNR,BUDAT,HKONT,Name,SHKZG,DMBTR,WAERS
100,20240115,1200,Bank,S,1190.00,EUR
100,20240115,1400,Forderungen,H,-1190.00,EUR
101,20240116,4210,Miete,S,800.00,EUR
101,20240116,1200,Bank,H,-800.00,EUR
";
    for table in [table.to_owned(), table.replace(",-", ",")] {
        let import = imported(&table);
        assert_eq!(rows(&import), ["2024-01-15 1190.00 ", "2024-01-16 -800.00 "]);
        assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::DoubleEntry });
    }
}

#[test]
fn what_was_there_when_books_were_opened_did_not_come_in() {
    let journal = |narration: &str, against: &str| {
        imported(&format!(
            "Journal No,Date,Account,Debit,Credit,Narration\nOB,2024-01-01,Bank,1000.00,,{narration}\n\
             OB,2024-01-01,{against},,1000.00,{narration}\n1,2024-01-15,Bank,200.00,,Sale\n1,2024-01-15,Sales,,200.00,Sale\n"
        ))
    };
    for import in [journal("Opening balances", "Capital"), journal("Start", "Opening Balance Equity")] {
        assert_eq!(rows(&import), ["2024-01-15 200.00 "]);
    }
}
