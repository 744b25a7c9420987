//! 1CClientBankExchange: fixtures follow "Формат обмена данными 1С:Предприятия с системами Клиент банка", versions 1.01
//! to 1.03, the part on statements (sections СекцияРасчСчет and СекцияДокумент).

use encoding_rs::{IBM866, UTF_8, WINDOWS_1251};
use saldo_engine::{BalanceKind, Hints, Proof, ProofMethod};

use crate::support::{amounts, faults, fixture, imported, imported_with, refused};

const BY: ProofMethod = ProofMethod::OpeningAndClosing;

/// An exchange of one account, `40702810500000000101`, that starts with 100.00.
fn exchange(closing: &str, documents: &str) -> String {
    format!(
        "1CClientBankExchange\nВерсияФормата=1.02\nКодировка=Windows\nСекцияРасчСчет\nДатаНачала=01.03.2024\n\
         ДатаКонца=31.03.2024\nРасчСчет=40702810500000000101\nНачальныйОстаток=100,00\nКонечныйОстаток={closing}\n\
         КонецРасчСчет\n{documents}КонецФайла\n"
    )
}

fn document(fields: &str) -> String {
    format!("СекцияДокумент=Платежное поручение\nДата=05.03.2024\n{fields}\nКонецДокумента\n")
}

#[test]
fn an_exchange_of_several_accounts_and_periods_reads_the_same_in_every_encoding() {
    for (encoding, name) in [(WINDOWS_1251, "windows-1251"), (IBM866, "cp866"), (UTF_8, "utf-8")] {
        let import = imported(&encoding.encode(&fixture("exchange_1c.txt")).0);
        assert_eq!((import.source.format, import.source.encoding.as_str()), ("1c", name));
        assert_eq!(
            amounts(&import),
            ["2024-06-01 500.50 RUB", "2024-06-01 -300.00 RUB", "2024-06-02 -200.25 RUB", "2024-06-02 25.00 USD"]
        );
        assert_eq!(import.proof, Proof::Reconciled { by: BY });
        assert_eq!(import.source.currency, None);
        let kinds: Vec<(BalanceKind, String)> =
            import.balances.iter().map(|one| (one.kind, one.amount.to_string())).collect();
        assert_eq!(kinds.len(), 6);
        assert_eq!(kinds[3], (BalanceKind::Closing, "1000.25".to_owned()));
    }
}

#[test]
fn the_other_side_and_the_purpose_are_those_of_the_document() {
    let import = imported(fixture("exchange_1c.txt").as_bytes());
    let rows = import.transactions.to_vec();
    let texts: Vec<(&str, &str)> = rows.iter().map(|one| (&*one.counterparty, &*one.description)).collect();
    assert_eq!(
        texts,
        [
            ("ООО \"Ромашка\"", "Оплата по счету 11, в том числе НДС=20%"),
            ("ИП Пример", "Аренда за июнь без НДС"),
            ("Банк", "Комиссия за ведение счета"),
            ("Example Inc", "Invoice 7"),
        ]
    );
    assert_eq!(&*import.transactions.to_vec()[1].account, "40702.810.5.00000000101");
    assert_eq!(import.transactions.to_vec()[0].line, 39);
}

#[test]
fn the_dates_of_booking_tell_the_direction_where_no_account_does() {
    let text = exchange(
        "70,00",
        &(document("Сумма=50,00\nПлательщикСчет=123\nДатаСписано=06.03.2024")
            + &document("Сумма=20,00\nПолучательСчет=456\nДатаПоступило=07.03.2024")),
    );
    let import = imported(text.as_bytes());
    assert_eq!(amounts(&import), ["2024-03-06 -50.00 RUB", "2024-03-07 20.00 RUB"]);
    assert_eq!(&*import.transactions.to_vec()[0].account, "40702810500000000101");
    assert_eq!(import.proof, Proof::Reconciled { by: BY });
}

#[test]
fn a_transfer_between_own_accounts_is_a_movement_on_each() {
    let second = "СекцияРасчСчет\nРасчСчет=40702810500000000999\nНачальныйОстаток=0\nКонечныйОстаток=40\n\
                  КонецРасчСчет\n";
    let transfer = |dates: &str| {
        document(&format!(
            "Номер=5\nСумма=40.00\nПлательщикСчет=40702810500000000101\nПолучательСчет=40702810500000000999\n{dates}"
        ))
    };
    let both = "ДатаСписано=05.03.2024\nДатаПоступило=06.03.2024";
    let twice = transfer("ДатаСписано=05.03.2024") + &transfer("ДатаПоступило=06.03.2024");
    for documents in [transfer(both), twice] {
        let import = imported(exchange("60,00", &(second.to_owned() + &documents)).as_bytes());
        assert_eq!(amounts(&import), ["2024-03-05 -40.00 RUB", "2024-03-06 40.00 RUB"]);
        let accounts: Vec<Box<str>> = import.transactions.iter().map(|one| one.account).collect();
        assert_eq!(accounts, ["40702810500000000101", "40702810500000000999"].map(Box::from));
        assert_eq!(import.proof, Proof::Reconciled { by: BY });
    }
    for documents in [transfer(""), transfer("") + &transfer("")] {
        let import = imported(exchange("60,00", &(second.to_owned() + &documents)).as_bytes());
        assert_eq!(amounts(&import), ["2024-03-05 -40.00 RUB", "2024-03-05 40.00 RUB"]);
    }
}

#[test]
fn a_section_that_does_not_add_up_is_reported_with_its_amount_and_line() {
    let text = exchange("80,00", &document("Сумма=50.00\nПлательщикСчет=40702810500000000101"));
    let import = imported(text.as_bytes());
    let Proof::NotReconciled { missing, line, .. } = import.proof else { panic!("{:?}", import.proof) };
    assert_eq!((missing.to_string().as_str(), line), ("30.00", Some(4)));
}

#[test]
fn documents_that_cannot_be_read_are_rejected_and_zero_is_no_movement() {
    let own = "ПлательщикСчет=40702810500000000101";
    let text = exchange(
        "100,00",
        &(document(&format!("Сумма=много\n{own}"))
            + &document(&format!("Сумма=\n{own}"))
            + &document("Сумма=1.00\nПлательщикСчет=1\nПолучательСчет=2")
            + &document(&format!("Сумма=1.00\n{own}\nДатаСписано=99.99.2024"))
            + &document(&format!("Сумма=0.00\n{own}"))),
    );
    let import = imported(text.as_bytes());
    assert_eq!(
        faults(&import),
        [
            (11, "AMOUNT_NOT_READ", "Сумма", "много"),
            (16, "AMOUNT_MISSING", "Сумма", ""),
            (21, "DIRECTION_NOT_READ", "ПлательщикСчет", "1"),
            (27, "DATE_NOT_READ", "ДатаСписано", "99.99.2024"),
        ]
    );
    assert_eq!((import.counts.recognized, import.transactions.len()), (1, 0));
}

#[test]
fn an_account_of_another_country_has_no_currency_unless_the_hint_says_it() {
    let text = exchange("50,00", &document("Сумма=50\nПлательщикСчет=KZ86125KZT2020130123"))
        .replace("40702810500000000101", "KZ86125KZT2020130123");
    assert_eq!(amounts(&imported(text.as_bytes())), ["2024-03-05 -50 -"]);
    let hints = Hints { currency: "KZT".parse().ok(), ..Hints::default() };
    assert_eq!(amounts(&imported_with(text.as_bytes(), &hints)), ["2024-03-05 -50 KZT"]);
}

#[test]
fn an_exchange_that_ends_in_the_middle_is_cut_off() {
    let text = fixture("exchange_1c.txt");
    let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
    for share in [20, 40, 60, 80, 99] {
        let cut = &text[..places[places.len() * share / 100]];
        assert_eq!(refused(cut.as_bytes()).reason.to_string(), "FILE_CUT_OFF", "{share} %");
    }
    let forgotten = text.replace("КонецФайла\n", "");
    assert_eq!(imported(forgotten.as_bytes()).transactions.len(), 4);
}
