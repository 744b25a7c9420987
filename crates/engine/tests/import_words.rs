//! What a user notices of the words of statements: headers, sides, states, months and currencies of many languages.
#![allow(missing_docs, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::io::Cursor;

use encoding_rs::{WINDOWS_1253, WINDOWS_1255};
use saldo_engine::{BalanceKind, Hints, Import, Outcome, Proof, Question, import};

fn outcome(bytes: &[u8]) -> Outcome {
    import(Cursor::new(bytes), &Hints::default(), &mut ()).expect("an outcome")
}

fn imported(bytes: &[u8]) -> Import {
    match outcome(bytes) {
        Outcome::Import(import) => {
            let counts = import.counts;
            assert_eq!(counts.read, import.transactions.len() as u64 + counts.recognized + counts.rejected);
            *import
        }
        Outcome::Question(question) => panic!("asked: {}", question.text),
    }
}

fn asked(bytes: &[u8]) -> Question {
    match outcome(bytes) {
        Outcome::Question(question) => *question,
        Outcome::Import(_) => panic!("read without a question"),
    }
}

/// Date, amount and currency of each movement.
fn rows(import: &Import) -> Vec<String> {
    let row = |one: &saldo_engine::Transaction| {
        let currency = one.amount.currency.map_or("-".to_owned(), |code| code.to_string());
        format!("{} {} {currency}", one.date, one.amount)
    };
    import.transactions.to_vec().iter().map(row).collect()
}

const SPENT: &str = "2024-03-04 -650.00 EUR";
const EARNED: &str = "2024-03-28 2500.00 EUR";

#[test]
fn columns_of_sides_are_read_in_many_languages() {
    for (header, out, into) in [
        ("Data;Paaiškinimai;Suma;Valiuta;D/K", "D", "K"),
        ("Datums;Informācija saņēmējam;Summa;Valūta;Debets/Kredīts", "D", "K"),
        ("Kuupäev;Selgitus;Summa;Valuuta;Deebet/Kreedit (D/C)", "D", "C"),
        ("Dátum valuty;Popis;Suma;Mena;Kredit/Debet", "Debet", "Kredit"),
        ("Datum provedení;Popis;Částka;Měna;Směr úhrady", "Odchozí", "Příchozí"),
        ("Ημερομηνία;Περιγραφή;Ποσό;Νόμισμα;Πρόσημο ποσού", "Χ", "Π"),
        ("ΗΜΕΡΟΜΗΝΙΑ;ΠΕΡΙΓΡΑΦΗ;ΠΟΣΟ;ΝΟΜΙΣΜΑ;ΧΡΕΩΣΗ/ΠΙΣΤΩΣΗ", "Χρέωση", "Πίστωση"),
        ("Tarih;Açıklama;Tutar;Para Birimi;Borç/Alacak", "Borç", "Alacak"),
        ("TARİH;AÇIKLAMA;TUTAR;PARA BİRİMİ;BORÇ/ALACAK", "BORÇ", "ALACAK"),
        ("Datum;Opis;Iznos;Valuta;Duguje/Potražuje", "Duguje", "Potražuje"),
        ("Датум;Сврха плаћања;Износ;Валута;Дугује/Потражује", "Дугује", "Потражује"),
        ("Дата операції;Призначення платежу;Сума;Валюта;Напрямок", "Видаток", "Надходження"),
        ("תאריך;תיאור;סכום;מטבע;חובה/זכות", "חובה", "זכות"),
        ("التاريخ;البيان;المبلغ;العملة;مدين/دائن", "مدين", "دائن"),
        ("日付;摘要;金額;通貨;入出金", "出金", "入金"),
        ("거래일자;적요;거래금액;통화;입출금구분", "출금", "입금"),
        ("日期;摘要;金額;幣別;借貸別", "借", "貸"),
        ("วันที่;รายละเอียด;จำนวนเงิน;สกุลเงิน;ถอน/ฝาก", "ถอน", "ฝาก"),
        ("Ngày giao dịch;Nội dung;Số tiền;Loại tiền;Nợ/Có", "Nợ", "Có"),
        ("Tanggal;Keterangan;Jumlah;Mata Uang;DB/CR", "DB", "CR"),
    ] {
        let table = format!("{header}\n2024-03-04;a b c;650,00;EUR;{out}\n2024-03-28;d e f;2500,00;EUR;{into}\n");
        assert_eq!(rows(&imported(table.as_bytes())), [SPENT, EARNED], "{header}");
    }
}

#[test]
fn debit_and_credit_beside_a_balance_are_read_in_many_languages() {
    for header in [
        "Päivämäärä;Selitys;Otto;Pano;Saldo",
        "Dagsetning;Skýring;Úttekt;Innborgun;Staða",
        "Ημερομηνία;Αιτιολογία;Χρέωση;Πίστωση;Υπόλοιπο",
        "Tarih;Açıklama;Borç;Alacak;Bakiye",
        "Data tranzacției;Detalii;Sume debitate;Sume creditate;Sold contabil",
        "Дата;Основание;Дебит;Кредит;Салдо",
        "Datum knjiženja;Opis plaćanja;Isplata;Uplata;Stanje",
        "Датум;Опис;На терет;У корист;Стање",
        "Datum plačila;Namen;Breme;Dobro;Stanje",
        "Dátum;Popis;Na ťarchu;V prospech;Zostatok",
        "Дата;Призначення платежу;Видаток;Надходження;Залишок",
        "תאריך;תיאור;בחובה;בזכות;היתרה בש\"\"ח",
        "التاريخ;الوصف;سحب;إيداع;الرصيد",
        "日付;お取引内容;お引出し;お預入れ;残高",
        "거래일시;기재내용;출금액;입금액;거래 후 잔액",
        "交易日;說明;提款;存款;餘額",
        "วันที่ทำรายการ;รายการ;ถอนเงิน;ฝากเงิน;ยอดเงินคงเหลือ",
        "Ngày;Diễn giải;Phát sinh nợ;Phát sinh có;Số dư",
        "Tanggal;Uraian;Pengeluaran;Pemasukan;Saldo",
        "Tarikh;Butiran;Debit;Kredit;Baki",
    ] {
        let header = header.replace(';', "\";\"");
        let table = format!("\"{header}\"\n2024-03-04;a;650,00;;350,00\n2024-03-28;b;;2500,00;2850,00\n");
        let import = imported(table.as_bytes());
        assert_eq!(rows(&import), ["2024-03-04 -650.00 -", "2024-03-28 2500.00 -"], "{header}");
        assert!(matches!(import.proof, Proof::Reconciled { .. }), "{header}: {:?}", import.proof);
    }
}

#[test]
fn months_are_known_by_their_names_in_many_languages() {
    for (date, want) in [
        ("28 septembrie 2023", "2023-09-28"),
        ("5 EKİM 2023", "2023-10-05"),
        ("5 Ekim 2023", "2023-10-05"),
        ("30 Aralık 2023", "2023-12-30"),
        ("30 ARALIK 2023", "2023-12-30"),
        ("5 Μαΐου 2023", "2023-05-05"),
        ("5 ΜΑΪΟΥ 2023", "2023-05-05"),
        ("17 серпня 2023", "2023-08-17"),
        ("17 вересня 2023 р.", "2023-09-17"),
        ("3. syyskuuta 2023", "2023-09-03"),
        ("1 oktoober 2023", "2023-10-01"),
        ("12 Agustus 2023", "2023-08-12"),
        ("12 Mac 2023", "2023-03-12"),
        ("5 בספטמבר 2023", "2023-09-05"),
        ("5 أغسطس 2023", "2023-08-05"),
        ("28 de setembro de 2023", "2023-09-28"),
        ("28 de septiembre del 2023", "2023-09-28"),
        ("2023. október 5.", "2023-10-05"),
        ("2023-Oct-05", "2023-10-05"),
        ("1st March 2023", "2023-03-01"),
        ("1er mars 2023", "2023-03-01"),
        ("5. 9. 2023", "2023-09-05"),
        ("2023년 9월 5일", "2023-09-05"),
        ("令和5年9月5日", "2023-09-05"),
        ("R5.9.5", "2023-09-05"),
        ("112/09/05", "2023-09-05"),
        ("25/09/2566", "2023-09-25"),
        ("Tue 05 Sep 2023", "2023-09-05"),
        ("Tuesday, September 5, 2023", "2023-09-05"),
        ("Di. 05.09.2023", "2023-09-05"),
        ("mar. 5 sept. 2023", "2023-09-05"),
        ("2023-09-05-10.11.12", "2023-09-05"),
        ("25/09/2023 - 10:11", "2023-09-25"),
        ("=2023-09-05", "2023-09-05"),
    ] {
        let table = format!("Date;Description;Amount\n{date};a;-1.50\n{date};b;-2.50\n{date};c;7.00\n");
        assert!(rows(&imported(table.as_bytes())).iter().all(|row| row.starts_with(want)), "{date}");
    }
}

#[test]
fn a_date_and_its_time_may_be_joined_by_a_dash() {
    let table = "Tarih/Saat;Açıklama;İşlem Tutarı*;Bakiye\n28/09/2023-10:11:12;Maaş;25.000,00 TL;26.476,55\n\
                 10/09/2023-18:11:00;Market;-523,45 TL;1.476,55\n";
    assert_eq!(rows(&imported(table.as_bytes())), ["2023-09-28 25000.00 TRY", "2023-09-10 -523.45 TRY"]);
}

#[test]
fn balances_and_turnovers_in_words_are_no_movements() {
    let table = "Datums;Informācija saņēmējam;Summa;Valūta;D/K\n01.03.2024;Sākuma atlikums;1000,00;EUR;K\n\
                 04.03.2024;īre;650,00;EUR;D\n31.03.2024;Apgrozījums;650,00;EUR;D\n31.03.2024;Beigu atlikums;350,00;EUR;K\n";
    let import = imported(table.as_bytes());
    assert_eq!(rows(&import), [SPENT]);
    let balances: Vec<_> = import.balances.iter().map(|one| (one.kind, one.amount.to_string())).collect();
    assert_eq!(balances, [(BalanceKind::Opening, "1000.00".to_owned()), (BalanceKind::Closing, "350.00".to_owned())]);
    assert!(matches!(import.proof, Proof::Reconciled { .. }), "{:?}", import.proof);
}

#[test]
fn rows_that_count_neither_way_are_recognised() {
    let table = "交易时间,交易类型,收/支,金额(元)\n2024-03-04 10:00:00,商户消费,支出,¥650.00\n\
                 2024-03-05 10:00:00,零钱提现,/,¥40.00\n2024-03-28 10:00:00,转账,收入,¥2500.00\n";
    let import = imported(table.as_bytes());
    assert_eq!(rows(&import), ["2024-03-04 -650.00 -", "2024-03-28 2500.00 -"]);
    assert_eq!((import.counts.recognized, import.counts.rejected), (1, 0));
}

#[test]
fn currencies_are_known_by_the_marks_that_people_write() {
    for (cell, code) in [
        ("RM 1,234.50", "MYR"),
        ("Rp1,234.50", "IDR"),
        ("R 1,234.50", "ZAR"),
        ("R1,234.50", "ZAR"),
        ("NT$1,234.50", "TWD"),
        ("MX$ 1,234.50", "MXN"),
        ("S/ 1,234.50", "PEN"),
        ("S/.1,234.50", "PEN"),
        ("KSh 1,234.50", "KES"),
        ("GH₵1,234.50", "GHS"),
        ("1,234.50 ₼", "AZN"),
        ("1,234.50 so'm", "UZS"),
        ("1,234.50 лв.", "BGN"),
        ("1,234.50KM", "BAM"),
        ("1,234.50 د.إ", "AED"),
        ("1,234.50 ر.س", "SAR"),
        ("1,234.50 ₪", "ILS"),
        ("1,234.50€", "EUR"),
        ("1,234.50 €", "EUR"),
        ("€ 1,234.50", "EUR"),
        ("R$ 1,234.50", "BRL"),
        ("US$1,234.50", "USD"),
        // Of several countries.
        ("Rs. 1,234.50", "-"),
        ("1,234.50 lei", "-"),
        ("1,234.50 kr", "-"),
        ("$1,234.50", "-"),
    ] {
        let negative = format!("-{cell}");
        let table = format!("Date;Description;Amount\n2024-03-04;a;\"{negative}\"\n2024-03-28;b;\"{cell}\"\n");
        let want = [format!("2024-03-04 -1234.50 {code}"), format!("2024-03-28 1234.50 {code}")];
        assert_eq!(rows(&imported(table.as_bytes())), want, "{cell}");
    }
}

#[test]
fn rows_that_are_not_booked_are_known_in_many_languages() {
    for (header, booked, pending, failed) in [
        ("Tarih;Açıklama;Tutar;Durum", "Tamamlandı", "Bekliyor", "Reddedildi"),
        ("Дата;Опис;Сума;Статус", "Виконано", "В обробці", "Відхилено"),
        ("日付;内容;金額;状態", "完了", "処理中", "失敗"),
        ("거래일자;내용;금액;상태", "완료", "처리중", "실패"),
        ("Tanggal;Keterangan;Jumlah;Status", "Berhasil", "Diproses", "Gagal"),
        ("التاريخ;الوصف;المبلغ;الحالة", "مكتملة", "قيد المعالجة", "مرفوضة"),
    ] {
        let table = format!(
            "{header}\n2024-03-04;a;-650.00;{booked}\n2024-03-05;b;-1.00;{pending}\n2024-03-06;c;-2.00;{failed}\n\
             2024-03-28;d;2500.00;{booked}\n"
        );
        let import = imported(table.as_bytes());
        assert_eq!(rows(&import), ["2024-03-04 -650.00 -", "2024-03-28 2500.00 -"], "{header}");
        assert_eq!(import.counts.recognized, 2, "{header}");
    }
}

#[test]
fn three_digits_are_thousands_where_the_currency_has_no_such_decimals() {
    for (header, mark) in [
        ("取引日,内容,出金金額(円),入金金額(円),残高(円)", ""),
        ("Date,Description,Debit,Credit,Balance", "₹"),
        ("Date,Description,Debit (EUR),Credit (EUR),Balance (EUR)", ""),
        ("交易日,說明,提款,存款,餘額", ""),
    ] {
        let table = format!(
            "{header}\n2024-03-04,a,\"{mark}80,000\",,\"{mark}120,000\"\n2024-03-28,b,,\"{mark}250,000\",\"{mark}370,000\"\n"
        );
        let amounts: Vec<_> =
            imported(table.as_bytes()).transactions.to_vec().iter().map(|one| one.amount.to_string()).collect();
        assert_eq!(amounts, ["-80000", "250000"], "{header}");
    }
    for header in ["Date,Description,Debit,Credit,Balance", "Date,Description,Debit (KWD),Credit (KWD),Balance (KWD)"] {
        let table = format!("{header}\n2024-03-04,a,\"80,000\",,\"120,000\"\n2024-03-28,b,,\"250,000\",\"370,000\"\n");
        assert_eq!(asked(table.as_bytes()).reason, "DECIMAL_AMBIGUOUS", "{header}");
    }
}

#[test]
fn a_code_that_stands_alone_before_the_table_names_the_currency() {
    let movements = "Data mov.;Descrição;Débito;Crédito\n2024-03-04;a;650,00;\n2024-03-28;b;;2500,00\n";
    for (before, code) in [
        ("Conta ;0123456789012 - EUR - Conta à ordem\n", "EUR"),
        ("Conta;0123456789012;Taxa EUR/USD\n", "-"),
        ("ALL ACCOUNTS;TOP\n", "-"),
    ] {
        let want = [format!("2024-03-04 -650.00 {code}"), format!("2024-03-28 2500.00 {code}")];
        assert_eq!(rows(&imported(format!("{before}\n{movements}").as_bytes())), want, "{before}");
    }
}

#[test]
fn sides_and_signs_may_be_letters_and_triangles() {
    let table = "Buchungstag;Text;Betrag\n04.03.2024;a;650,00 S\n28.03.2024;b;2.500,00 H\n";
    assert_eq!(rows(&imported(table.as_bytes())), ["2024-03-04 -650.00 -", "2024-03-28 2500.00 -"]);
    let table = "日付,内容,金額,残高\n2024-03-04,a,\"△650\",\"1,350\"\n2024-03-05,b,▲100,\"1,250\"\n2024-03-28,c,\"2,500\",\"3,750\"\n";
    assert_eq!(rows(&imported(table.as_bytes())), ["2024-03-04 -650 -", "2024-03-05 -100 -", "2024-03-28 2500 -"]);
    let table = "Date;Text;Amount\n2024-03-04;a;-650,00*\n2024-03-28;b;=\"2500,00\"\n";
    assert_eq!(rows(&imported(table.as_bytes())), ["2024-03-04 -650.00 -", "2024-03-28 2500.00 -"]);
}

#[test]
fn old_encodings_of_other_scripts_are_read() {
    let table = "Ημερομηνία;Περιγραφή;Ποσό;Πρόσημο\n04/03/2024;ΕΝΟΙΚΙΟ;650,00;Χ\n28/03/2024;ΜΙΣΘΟΔΟΣΙΑ;2500,00;Π\n";
    let import = imported(&WINDOWS_1253.encode(table).0);
    assert_eq!(rows(&import), ["2024-03-04 -650.00 -", "2024-03-28 2500.00 -"]);
    assert_eq!(&*import.transactions.to_vec()[0].description, "ΕΝΟΙΚΙΟ");
    let table = "תאריך;תיאור;חובה;זכות\n04/03/2024;שכר דירה;650.00;\n28/03/2024;משכורת;;2500.00\n";
    assert_eq!(&*imported(&WINDOWS_1255.encode(table).0).transactions.to_vec()[0].description, "שכר דירה");
}
