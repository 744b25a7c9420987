//! Invoices, sales and trial balances.

use saldo_engine::{DocumentKind, FigureBasis, Hints, Outcome, Proof, ProofMethod, Role, import};

use crate::support::{along, analyzed, imported, rows, value};

const INVOICES: &str = "\
Invoice No,Invoice Date,Due Date,Customer,Item,Quantity,Unit Price,Net,VAT,Gross,Currency,Status
INV-1,2024-01-05,2024-02-04,Oak Ltd,Chairs,4,50.00,200.00,38.00,238.00,EUR,Paid
INV-2,2024-01-09,2024-02-08,Elm GmbH,Tables,2,199.50,399.00,75.81,474.81,EUR,Open
INV-3,2024-02-01,2024-03-02,Oak Ltd,Chairs,10,48.00,480.00,91.20,571.20,USD,Overdue
INV-4,2024-02-03,2024-03-04,Oak Ltd,Credit note,-1,50.00,-50.00,-9.50,-59.50,EUR,Outstanding
INV-5,2024-02-04,2024-03-05,Oak Ltd,Chairs,1,50.00,50.00,9.50,59.50,EUR,Cancelled
";

#[test]
fn invoices_that_were_sent_are_money_in_by_their_gross_totals() {
    let import = imported(INVOICES);
    assert_eq!(import.source.kind, DocumentKind::Invoices);
    assert!(import.source.kind_evidence.contains(&"Invoice No".to_owned()), "{:?}", import.source.kind_evidence);
    let want = [
        "2024-01-05 238.00 Oak Ltd",
        "2024-01-09 474.81 Elm GmbH",
        "2024-02-01 571.20 Oak Ltd",
        "2024-02-03 -59.50 Oak Ltd",
    ];
    assert_eq!(rows(&import), want);
    assert_eq!(import.counts.recognized, 1, "what was cancelled is no invoice");
    assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::LineSums });
    let role = |header: &str| import.source.columns.iter().find(|one| one.header == header).map(|one| one.role);
    assert_eq!(role("Quantity"), Some(Role::Quantity));
    assert_eq!(role("Unit Price"), Some(Role::Price));
    assert_eq!(role("VAT"), Some(Role::Tax));
    assert_eq!(role("Due Date"), Some(Role::DueDate));
    assert_eq!(role("Item"), Some(Role::Product));
    assert_eq!(role("Gross"), Some(Role::Amount));
}

#[test]
fn a_row_whose_parts_do_not_make_its_total_is_told() {
    let mut table = "Invoice No,Invoice Date,Customer,Net,VAT,Gross\n".to_owned();
    for number in 1..=12 {
        let gross = if number == 7 { "120.00" } else { "119.00" };
        table += &format!("{number},2024-01-{number:02},Oak Ltd,100.00,19.00,{gross}\n");
    }
    let Proof::NotReconciled { by: ProofMethod::LineSums, missing, line } = imported(&table).proof else {
        panic!("no fault told")
    };
    assert_eq!((missing.to_string(), line), ("1.00".to_owned(), Some(8)));
}

#[test]
fn what_is_left_of_a_sale_is_not_its_total() {
    let table = "\
Invoice ID,City,Unit price,Quantity,Tax 5%,Total,Date,cogs,Profit,gross income
750-1,Yangon,74.69,7,26.14,548.97,1/15/2024,522.83,26.14,26.14
226-3,Naypyitaw,15.28,5,3.82,80.22,3/28/2024,76.40,3.82,3.82
631-4,Yangon,46.33,7,16.22,340.53,3/3/2024,324.31,16.22,16.22
";
    let hints = Hints { sign: Some(saldo_engine::Sign::PlusIn), ..Hints::default() };
    let Ok(Outcome::Import(import)) = import(std::io::Cursor::new(table), &hints, &mut ()) else { panic!("refused") };
    assert_eq!(rows(&import), ["2024-01-15 548.97 ", "2024-03-28 80.22 ", "2024-03-03 340.53 "]);
}

#[test]
fn invoices_of_suppliers_are_money_out() {
    let table = "\
Supplier;Bill no;Bill date;Due date;Net;VAT;Total
Paper & Co;B-1;05.01.2024;04.02.2024;100,00;19,00;119,00
Ink GmbH;77;17.01.2024;16.02.2024;50,00;9,50;59,50
";
    assert_eq!(rows(&imported(table)), ["2024-01-05 -119.00 Paper & Co", "2024-01-17 -59.50 Ink GmbH"]);
}

#[test]
fn sales_are_money_in() {
    let orders = "\
Order ID,Order Date,Product,Quantity,Unit Price,Total
1001,2024-01-05,Mug,3,9.90,29.70
1002,2024-01-06,Plate,2,14.50,29.00
";
    let import = imported(orders);
    assert_eq!(import.source.kind, DocumentKind::Sales);
    assert_eq!(rows(&import), ["2024-01-05 29.70 ", "2024-01-06 29.00 "]);
    assert!(import.transactions.iter().all(|one| one.account.is_empty()), "a product is no account");
    assert_eq!(import.transactions.get(0).expect("a row").description.to_string(), "Mug");
    assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::LineSums });
    let russian = "\
Дата;Номер заказа;Товар;Количество;Цена;Сумма;Покупатель
05.01.2024;1;Кружка;3;990,00;2 970,00;ООО Лютик
16.01.2024;2;Тарелка;2;1 450,00;2 900,00;ИП Пион
";
    assert_eq!(rows(&imported(russian)), ["2024-01-05 2970.00 ООО Лютик", "2024-01-16 2900.00 ИП Пион"]);
}

#[test]
fn a_purchase_statement_with_an_invoice_number_stays_a_statement() {
    let table = "\
Date,Description,Invoice number,Amount,Balance
2024-01-05,Paper,77,-119.00,881.00
2024-01-06,Client,78,200.00,1081.00
";
    assert_eq!(imported(table).source.kind, DocumentKind::Statement);
}

#[test]
fn trades_in_securities_are_no_sales() {
    let table = "\
Date,Order ID,Pair,Side,Price,Quantity,Total
2024-01-05,1,A-B,buy,10.00,2,20.00
2024-01-06,2,A-B,sell,11.00,2,22.00
";
    let Ok(Outcome::Question(question)) = import(std::io::Cursor::new(table.as_bytes()), &Hints::default(), &mut ())
    else {
        panic!("read without a question")
    };
    assert_eq!(question.hint, "sign");
}

const TRIAL: &str = "\
Account,Account name,Opening debit,Opening credit,Debit,Credit,Closing debit,Closing credit
1010,Bank,1000.00,,1190.00,855.50,1334.50,
2000,Accounts payable,,,55.50,55.50,,
2200,VAT payable,,100.00,,190.00,,290.00
3000,Share capital,,900.00,,,,900.00
4000,Sales revenue,,,,1000.00,,1000.00
6100,Rent expense,,,800.00,,800.00,
6200,Office supplies,,,55.50,,55.50,
Total,,1000.00,1000.00,2101.00,2101.00,2190.00,2190.00
";

#[test]
fn a_trial_balance_gives_sums_by_account_and_the_result() {
    let import = imported(TRIAL);
    assert_eq!((import.source.kind, import.source.basis), (DocumentKind::TrialBalance, FigureBasis::Accounts));
    assert_eq!((import.counts.read, import.counts.recognized, import.transactions.len()), (8, 8, 0));
    assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::AccountBalances });
    let analysis = analyzed(&import);
    let figure = |id: &str| value(analysis.fact(id).unwrap_or_else(|| panic!("{id}")));
    assert_eq!(figure("income/XXX"), "1000.00");
    assert_eq!(figure("expenses/XXX"), "855.50");
    assert_eq!(figure("profit/XXX"), "144.50");
    assert_eq!(figure("closing_balance/XXX/account/1010 Bank"), "1334.50");
    assert_eq!(along(&analysis, "debit", "account").len(), 7);
}

#[test]
fn an_account_that_does_not_add_up_is_told_with_its_line() {
    let broken = TRIAL.replace("190.00,,290.00", "190.00,,280.00");
    let Proof::NotReconciled { by: ProofMethod::AccountBalances, missing, line } = imported(&broken).proof else {
        panic!("no fault told")
    };
    assert_eq!((missing.to_string(), line), ("10.00".to_owned(), Some(4)));
}

#[test]
fn a_russian_trial_balance_has_a_header_of_two_lines_and_subaccounts() {
    let table = "\
Оборотно-сальдовая ведомость за 2024 г.;;;;;;
Счет;Сальдо на начало периода;;Обороты за период;;Сальдо на конец периода;
;Дебет;Кредит;Дебет;Кредит;Дебет;Кредит
51;100 000,00;;57 300,00;20 150,50;137 149,50;
60;;10 000,00;20 000,00;;10 000,00;
60.01;;10 000,00;10 000,00;;;
60.02;;;10 000,00;;10 000,00;
62;;90 000,00;;57 300,00;;147 300,00
91;;;150,50;;150,50;
91.02;;;150,50;;150,50;
Итого;100 000,00;100 000,00;77 450,50;77 450,50;147 300,00;147 300,00
";
    let import = imported(table);
    assert_eq!(import.source.kind, DocumentKind::TrialBalance);
    assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::AccountBalances });
    let names: Vec<&str> = import.accounts.iter().map(|one| &*one.account).collect();
    assert_eq!(names, ["51", "60.01", "60.02", "62", "91.02"], "a sum of subaccounts counts once");
    assert_eq!(value(analyzed(&import).fact("expenses/XXX").expect("expenses")), "150.50");
}

#[test]
fn a_list_without_days_that_does_not_balance_is_refused() {
    let table = "Account,Debit,Credit\nA,100.00,\nB,,90.00\n";
    let error = import(std::io::Cursor::new(table.as_bytes()), &Hints::default(), &mut ()).expect_err("a refusal");
    assert_eq!(error.to_string(), "no column of the table holds dates");
}

#[test]
fn the_total_of_an_order_counts_once_however_many_rows_repeat_it() {
    let table = "\
Order Number,Order Date,Billing Name,Order Total,SKU,Item Name,Quantity,Item Price
501,2024-01-13,Ann,125.00,S1,Mug,2,30.00
501,2024-01-13,Ann,125.00,S2,Plate,1,60.00
503,2024-01-15,Cid,53.00,S2,Plate,1,48.00
";
    let import = imported(table);
    assert_eq!(rows(&import), ["2024-01-13 125.00 Ann", "2024-01-15 53.00 Cid"]);
    assert_eq!((import.source.kind, import.counts.recognized), (DocumentKind::Sales, 1));
    // Where every row has its own product there is a total of each.
    let lines = table.replace("125.00,S1,Mug,2,30.00", "60.00,S1,Mug,2,30.00").replace("125.00,S2", "60.00,S2");
    assert_eq!(imported(&lines).transactions.len(), 3);
}

#[test]
fn the_total_that_holds_the_tax_is_found_by_its_sum() {
    let table = "\
Factuurnummer;Factuurdatum;Leverancier;Bedrag excl. btw;BTW;Bedrag incl. btw;Vervaldatum
A1;05-01-2024;Net;50,00;10,50;60,50;19-01-2024
A2;17-01-2024;Shop;100,00;21,00;121,00;31-01-2024
";
    assert_eq!(rows(&imported(table)), ["2024-01-05 -60.50 Net", "2024-01-17 -121.00 Shop"]);
    let unnamed = table.replace("Bedrag excl. btw", "Bedrag").replace("Bedrag incl. btw", "Te betalen");
    assert_eq!(rows(&imported(&unnamed)), ["2024-01-05 -60.50 Net", "2024-01-17 -121.00 Shop"]);
}

#[test]
fn amounts_in_other_units_and_columns_of_zeros_are_refused() {
    for table in [
        "Date,Text,Amount (USD thousands)\n2024-01-15,A,-1500.5\n2024-01-20,B,300.0\n",
        "Показатели в тыс. руб.;;\nДата;Описание;Сумма\n15.01.2024;А;-1500,5\n20.01.2024;Б;300,0\n",
        "Date,Text,Amount,Payable\n2024-01-15,A,0.00,-20.50\n2024-01-20,B,0.00,30.00\n",
    ] {
        assert!(import(std::io::Cursor::new(table), &Hints::default(), &mut ()).is_err(), "{table}");
    }
}

#[test]
fn what_is_still_open_of_an_invoice_is_no_balance_of_an_account() {
    let table = "\
Date,Type,Num,Name,Due Date,Amount,Open Balance
2024-01-05,Invoice,1,Smith,2024-02-04,190.00,0.00
2024-01-15,Invoice,2,Jones,2024-02-14,250.00,250.00
2024-01-20,Credit Memo,3,Jones,2024-01-20,-50.00,-50.00
";
    let hints = Hints { sign: Some(saldo_engine::Sign::PlusIn), ..Hints::default() };
    let Ok(Outcome::Import(read)) = import(std::io::Cursor::new(table), &hints, &mut ()) else { panic!("not read") };
    assert_eq!((read.proof, read.balances.len(), read.transactions.len()), (Proof::None, 0, 3));
}
