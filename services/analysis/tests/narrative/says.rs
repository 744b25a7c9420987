//! What the narrative says of hand-made statements, word for word.

use saldo_analysis::narrative::Language::{English, Russian};
use saldo_engine::{BalanceKind, Import, Proof, ProofMethod, StatedBalance, Transaction};

use crate::build::{lines, money, plain, row, statement, told};

/// Half a year of a small company in roubles that spends more than it earns.
fn company() -> Import {
    let mut rows: Vec<Transaction> = Vec::new();
    let mut balance = 1_500_000_i128 * 100;
    let mut add = |day: &str, amount: &str, name: &str, text: &str| {
        let mut row = row(day, &format!("{amount} RUB"), name);
        balance += row.amount.units;
        row.balance = Some(saldo_kernel::Money { units: balance, ..row.amount });
        row.description = text.into();
        rows.push(row);
    };
    for month in 1..=6 {
        let day = |day: u8| format!("2025-{month:02}-{day:02}");
        add(&day(1), "-180000.00", "ИП Кузнецов А. В.", "Аренда офиса по договору, НДС не облагается");
        add(&day(5), &format!("{}.50", 410_000 + month * 7_000), "ООО \"Вектор\"", "Оплата по счету за услуги");
        add(&day(8), "-22300.00", "ПАО Ростелеком", "Услуги связи");
        add(&day(10), "-295000.00", "", "Выплата заработной платы по реестру");
        add(&day(15), &format!("-{}.00", 41_000 + month * 3_100), "ФНС России", "Единый налоговый платеж, налог");
        add(&day(20), "120000.00", "АО Орион", "Оплата по договору");
        add(&day(28), "-2990.00", "", "Комиссия за ведение счета");
    }
    add("2025-06-28", "-250000.00", "ООО \"Новая Техника\"", "Оплата по счету за оборудование");
    add("2025-06-29", "-250000.00", "ООО \"Новая Техника\"", "Оплата по счету за оборудование");
    add("2025-06-29", "-250000.00", "ООО \"Новая Техника\"", "Оплата по счету за оборудование");
    let mut import = statement(rows);
    import.proof = Proof::Reconciled { by: ProofMethod::RunningBalance };
    import
}

#[test]
fn a_companys_half_year_is_told_in_both_languages() {
    let (_, texts) = told(&company());
    assert_eq!(
        lines(&texts, Russian),
        [
            "В файле 45 операций за период с 1 января 2025 по 29 июня 2025: поступило 3 327 003,00 ₽, списано 4 062 840,00 ₽.",
            "Списания превысили поступления на 735 837,00 ₽; так было в 3 из 6 полных месяцев.",
            "При среднемесячном темпе исходящего остатка 764 163,00 ₽ хватит на 6,2 месяца.",
            "В июне 2025 списано 1 309 890,00 ₽ — на 753 100,00 ₽ (135,3 %) больше, чем в мае 2025.",
            "Больше всего списано по категории «Выплаты сотрудникам»: 1 770 000,00 ₽, или 43,6 % всех списаний; \
         затем «Аренда» (1 080 000,00 ₽) и «Поставщики и услуги» (750 000,00 ₽).",
            "Остатки, указанные в файле, сходятся с операциями.",
            "Самый крупный отправитель — ООО Вектор: 2 607 003,00 ₽, или 78,4 % всех поступлений.",
            "Операция на 250 000,00 ₽ от 29 июня 2025 (ООО Новая Техника) встречается 2 раза с тем же текстом.",
        ]
    );
    assert_eq!(
        lines(&texts, English),
        [
            "The file has 45 transactions from 1 January 2025 to 29 June 2025: RUB 3,327,003.00 came in and RUB 4,062,840.00 went out.",
            "Money out exceeded money in by RUB 735,837.00; it did so in 3 of 6 full months.",
            "At the average monthly pace, the closing balance of RUB 764,163.00 lasts for 6.2 months.",
            "In June 2025 RUB 1,309,890.00 went out, RUB 753,100.00 (135.3%) more than in May 2025.",
            "The largest category of money out is “Payroll”: RUB 1,770,000.00, or 43.6% of the total; \
         then “Rent” (RUB 1,080,000.00) and “Suppliers and services” (RUB 750,000.00).",
            "The balances stated in the file agree with its transactions.",
            "The largest source of money in is ООО Вектор: RUB 2,607,003.00, or 78.4% of the total.",
            "RUB 250,000.00 on 29 June 2025 (ООО Новая Техника) appears 2 times with the same text.",
        ]
    );
}

/// A year of weekly shopping and a rent, then what a test adds.
fn year(added: Vec<Transaction>) -> Import {
    let mut rows = Vec::new();
    for month in 1..=12_i32 {
        for (week, day) in [3, 10, 17, 24].into_iter().enumerate() {
            let cents = 4_000 + (month * 37 + week as i32 * 411) % 1_500;
            rows.push(row(
                &format!("2025-{month:02}-{day:02}"),
                &format!("-{}.{:02} EUR", cents / 100, cents % 100),
                "Lidl",
            ));
        }
    }
    rows.extend(added);
    statement(rows)
}

/// The reasons of the findings, English then Russian.
fn reasons(import: &Import) -> Vec<[String; 2]> {
    let (_, texts) = told(import);
    texts.findings.iter().map(|texts| [plain(texts, English), plain(texts, Russian)]).collect()
}

#[test]
fn each_finding_says_why_in_one_line() {
    let misplaced = reasons(&year(vec![row("2025-12-29", "-460.00 EUR", "Lidl")]));
    assert_eq!(
        misplaced,
        [[
            "€460.00 on 29 December 2025 (Lidl) may have a misplaced decimal point: of 48 other amounts of this counterparty \
             most lie between €40.74 and €53.81.",
            "В операции от 29 декабря 2025 (Lidl) на 460,00 € запятая могла сместиться: у этого контрагента ещё 48 операций, \
             чаще всего от 40,74 € до 53,81 €.",
        ]]
    );
    let usual = reasons(&year(vec![row("2025-12-29", "-463.17 EUR", "Lidl")]));
    assert_eq!(
        usual,
        [[
            "€463.17 on 29 December 2025 (Lidl) is 9.8 times the usual €47.07.",
            "Сумма операции от 29 декабря 2025 (Lidl) — 463,17 €, это в 9,8 раза больше обычной (47,07 €).",
        ]]
    );
    let category = reasons(&year(vec![row("2025-06-29", "-460.00 EUR", "Supermarkt Nord")]));
    assert_eq!(
        category,
        [[
            "€460.00 on 29 June 2025 (Supermarkt Nord) is 9.8 times the usual €47.07 for “Groceries”.",
            "Сумма операции от 29 июня 2025 (Supermarkt Nord) — 460,00 €, это в 9,8 раза больше обычной по категории «Продукты» (47,07 €).",
        ]]
    );
    let market = |day: u8| row(&format!("2025-05-{day:02}"), &format!("-6{day}.30 EUR"), "Supermarkt Nord");
    assert_eq!(
        reasons(&year((1..=9).map(market).collect())),
        [[
            "In May 2025 €779.76 went out for “Groceries”, 4.2 times the usual €187.52 a month.",
            "В мае 2025 по категории «Продукты» списано 779,76 €, это в 4,2 раза больше обычного месяца (187,52 €).",
        ]]
    );
    let gym = |month: u8| row(&format!("2025-{month:02}-05"), "-39.90 EUR", "Fitness Nord");
    assert_eq!(
        reasons(&year((1..=12).filter(|month| *month != 9).map(gym).collect())),
        [[
            "Fitness Nord: the regular payment of €39.90 was due around 5 September 2025 and is not in the file.",
            "Fitness Nord: регулярный платёж 39,90 € ожидался около 5 сентября 2025, но в файле его нет.",
        ]]
    );
    let new = reasons(&year(vec![row("2025-12-20", "-9000.00 EUR", "Xyzzy Trading")]));
    assert_eq!(
        new,
        [[
            "Xyzzy Trading is new here: €9,000.00 on 20 December 2025 is 191.2 times the usual payment of €47.07.",
            "Xyzzy Trading — новый контрагент: 20 декабря 2025 списано 9 000,00 €, это в 191,2 раза больше обычной суммы (47,07 €).",
        ]]
    );
}

#[test]
fn regular_payments_and_own_transfers_have_a_sentence_each() {
    let mut rows = Vec::new();
    for month in 1..=4 {
        rows.push(row(&format!("2025-{month:02}-01"), "-900.00 EUR", "Hausverwaltung Meier"));
        rows.push(row(&format!("2025-{month:02}-14"), "-9.99 EUR", "Streamly"));
    }
    for (amount, account) in [("-320.00 EUR", "Giro"), ("320.00 EUR", "Spar")] {
        let mut half = row("2025-03-20", amount, "");
        (half.description, half.account) = ("Umbuchung".into(), account.into());
        rows.push(half);
    }
    let (_, texts) = told(&statement(rows));
    for (language, sentences) in [
        (
            English,
            [
                "1 transfer between own accounts moved €320.00; without that, €0.00 came in and €3,639.96 went out.",
                "2 regular payments come to €10,919.88 a year; the largest is Hausverwaltung Meier: €900.00 monthly, \
                 next around 1 May 2025.",
            ],
        ),
        (
            Russian,
            [
                "Между своими счетами: 1 перевод на 320,00 €; без них поступило 0,00 €, списано 3 639,96 €.",
                "Найдено 2 регулярных платежа на 10 919,88 € в год; самый крупный — Hausverwaltung Meier: 900,00 € \
                 ежемесячно, следующий около 1 мая 2025.",
            ],
        ),
    ] {
        let lines = lines(&texts, language);
        sentences.iter().for_each(|sentence| assert!(lines.iter().any(|line| line == sentence), "{lines:#?}"));
    }
}

#[test]
fn months_that_the_file_lacks_are_told_and_are_no_zeros() {
    let month = |month: &str, amount: &str| row(&format!("{month}-01"), amount, "Hausverwaltung Meier");
    let mut rows: Vec<Transaction> =
        ["2023-01", "2023-02", "2023-03"].into_iter().map(|at| month(at, "-900.00 EUR")).collect();
    rows.extend(["2024-08", "2024-09", "2024-10"].into_iter().map(|at| month(at, "-900.00 EUR")));
    rows.push(row("2024-10-31", "-5.00 EUR", "Bank"));
    let (_, texts) = told(&statement(rows));
    for (language, sentences) in [
        (
            English,
            [
                "The file has no transactions in 16 months up to July 2024, longer than is usual in it: averages leave them \
                 out, and a forecast goes on from the months after them only.",
                "In an average month €0.00 comes in and €900.83 goes out.",
            ],
        ),
        (
            Russian,
            [
                "В файле нет операций за 16 месяцев, последний из них — июль 2024; это дольше, чем в нём бывает обычно. \
                 В средних эти месяцы не учтены, а прогноз возможен только по месяцам после них.",
                "В среднем за месяц поступает 0,00 €, списывается 900,83 €.",
            ],
        ),
    ] {
        let lines = lines(&texts, language);
        sentences.iter().for_each(|sentence| assert!(lines.iter().any(|line| line == sentence), "{lines:#?}"));
    }
}

#[test]
fn a_text_is_not_called_a_source_of_money() {
    let mut pay = row("2025-05-05", "33123.56 RUB", "");
    pay.description = "зарплата за май".into();
    let (_, texts) = told(&statement(vec![
        pay,
        row("2025-05-06", "-10.00 RUB", "Лента"),
        row("2025-05-07", "-10.00 RUB", "Магнит"),
    ]));
    let english = lines(&texts, English);
    assert!(
        english.iter().any(|line| line
            == "The largest part of money in is marked “зарплата за май”: RUB 33,123.56, or 100.0% of the total."),
        "{english:#?}"
    );
    let russian = lines(&texts, Russian);
    assert!(
        russian.iter().any(|line| line
            == "Больше всего поступило с пометкой «зарплата за май»: 33 123,56 ₽, или 100,0 % всех поступлений."),
        "{russian:#?}"
    );
}

#[test]
fn balances_that_prove_nothing_are_told_as_they_are() {
    let said = |kinds: &[BalanceKind]| {
        let mut import = statement(vec![row("2019-01-07", "-5.00 EUR", "Lidl"), row("2019-01-09", "7.00 EUR", "")]);
        import.balances = kinds
            .iter()
            .map(|kind| StatedBalance {
                kind: *kind,
                amount: money("12.00", "EUR"),
                date: None,
                line: 1,
                account: "".into(),
            })
            .collect();
        lines(&told(&import).1, English).last().cloned().unwrap_or_default()
    };
    for (kinds, expected) in [
        (&[][..], "The file states no balances that its transactions could be checked against."),
        (
            &[BalanceKind::Opening][..],
            "The file states an opening balance but no closing balance, so its transactions cannot be checked against it.",
        ),
        (
            &[BalanceKind::Closing][..],
            "The file states a closing balance but no opening balance, so its transactions cannot be checked against it.",
        ),
        (
            &[BalanceKind::Opening, BalanceKind::Closing][..],
            "The file states balances, but they are not enough to check its transactions.",
        ),
    ] {
        assert_eq!(said(kinds), expected);
    }
}

#[test]
fn an_empty_file_is_told_in_a_sentence() {
    let (_, texts) = told(&statement(Vec::new()));
    assert_eq!(
        lines(&texts, English),
        ["The file holds no transactions: there is nothing to add up, to compare or to look for."]
    );
    assert_eq!(lines(&texts, Russian), ["В файле нет операций: считать, сравнивать и проверять нечего."]);
}

#[test]
fn a_single_day_is_told_as_a_day() {
    let (_, texts) = told(&statement(vec![row("2019-01-07", "-5.00 USD", "Lidl")]));
    assert_eq!(
        lines(&texts, English)[0],
        "The file has 1 transaction on 7 January 2019: $0.00 came in and $5.00 went out."
    );
    assert_eq!(lines(&texts, Russian)[0], "В файле 1 операция за 7 января 2019: поступило 0,00 $, списано 5,00 $.");
}

#[test]
fn what_is_missing_and_what_was_not_read_comes_before_the_figures() {
    let mut import = statement(vec![row("2019-01-07", "-5.00 EUR", "Lidl"), row("2019-01-09", "7.00 EUR", "")]);
    import.proof =
        Proof::NotReconciled { by: ProofMethod::RunningBalance, missing: money("-1234.50", "EUR"), line: Some(1_214) };
    import.counts.rejected = 2;
    let (_, texts) = told(&import);
    assert_eq!(
        lines(&texts, English)[1..3],
        [
            "The balances stated in the file are €1,234.50 below what its transactions give; the gap opens in line 1,214.",
            "2 rows could not be read; their amounts are in no figure.",
        ]
    );
    assert_eq!(
        lines(&texts, Russian)[1..3],
        [
            "Остатки, указанные в файле, на 1 234,50 € меньше рассчитанных по операциям; расхождение начинается в строке 1 214.",
            "Не удалось прочитать 2 строки; в показатели эти данные не вошли.",
        ]
    );
}
