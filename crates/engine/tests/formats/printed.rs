//! Statements printed as text: columns over pages, headers of several lines, days without a year.

use proptest::prelude::*;
use saldo_engine::{Outcome, Proof, ProofMethod, Role, import};
use time::{Date, Duration};

use crate::support::{amounts, faults, fixture, imported, refused};

#[test]
fn a_printed_statement_is_read_over_its_pages_and_the_turn_of_the_year() {
    let import = imported(fixture("printed.txt").as_bytes());
    assert_eq!(
        amounts(&import),
        [
            "2024-12-18 -900.00 EUR",
            "2024-12-20 1400.50 EUR",
            "2024-12-28 -1.08 EUR",
            "2025-01-02 -120.42 EUR",
            "2025-01-09 3.10 EUR",
        ]
    );
    assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::RunningBalance });
    assert_eq!((import.source.format, import.source.delimiter), ("text", None));
    assert_eq!(import.counts.rejected, 0, "{:?}", import.rejected);
    let texts: Vec<String> = import.transactions.iter().map(|one| one.description.to_string()).collect();
    assert_eq!(texts[0], "Office rent December Invoice 2024-118");
    assert_eq!(texts[2], "Card purchase 12.40 SEK");
    let names: Vec<&str> = import.source.columns.iter().map(|column| column.header.as_str()).collect();
    assert!(names.contains(&"Withdrawals"), "{names:?}");
}

#[test]
fn marks_behind_the_amounts_of_a_card_tell_the_direction() {
    let text = "ВЫПИСКА ПО КАРТЕ                                  ВАЛЮТА СЧЕТА\n\
                16ЯНВ25                                                  RUR\n\n\
                ОСТАТОК НА НАЧАЛО ПЕРИОДА:                          500.00+\n\
                -------------+-----+-------+-----------------------+----------\n\
                \u{20}КАРТА       |ДАТА |ДАТА   |    ОПИСАНИЕ           |    СУММА\n\
                \u{20}            |ОПЕР.|ОБРА-  |                       |  В ВАЛЮТЕ\n\
                \u{20}            |     |БОТКИ  |                       |     СЧЕТА\n\
                -------------+-----+-------+-----------------------+----------\n\
                ОСНОВНАЯ      29ДЕК 30ДЕК24 КНИЖНЫЙ МАГАЗИН             412.00\n\
                XX 1111                     МОСКВА\n\
                \u{20}             31ДЕК 02ЯНВ25 ПОПОЛНЕНИЕ                 1000.00CR\n\
                -------------+-----+-------+-----------------------+----------\n\
                \u{20}      ******** ИТОГО ПО СТРАНИЦЕ                      588.00CR\n\
                ОСТАТОК НА КОНЕЦ ПЕРИОДА:                          1088.00+\n";
    let import = imported(text.as_bytes());
    assert_eq!(amounts(&import), ["2024-12-30 -412.00 RUB", "2025-01-02 1000.00 RUB"]);
    assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::OpeningAndClosing });
    let texts: Vec<String> = import.transactions.iter().map(|one| one.description.to_string()).collect();
    assert_eq!(texts[0], "КНИЖНЫЙ МАГАЗИН МОСКВА");
    assert!(import.source.columns.iter().any(|one| one.header == "ДАТА ОБРАБОТКИ" && one.role == Role::Date));
}

#[test]
fn lines_that_only_nearly_are_movements_are_shown_as_rejected() {
    let text = "Date         Description             Amount      Balance\n\
                01.03.2025   Rent                   -900.00       100.00\n\
                02.03.2025   Salary                  1000.00     1100.00\n\
                32.03.2025   Damaged                  -50.00     1050.00\n\
                04.03.2025   Food                     -20.00     1030.00\n";
    let import = imported(text.as_bytes());
    assert_eq!(import.transactions.len(), 3);
    let faults = faults(&import);
    assert_eq!((faults.len(), faults[0].0), (1, 4), "{faults:?}");
    assert!(matches!(import.proof, Proof::NotReconciled { .. }));
}

#[test]
fn a_year_that_nothing_tells_is_not_made_up() {
    let text = "Date         Description             Amount      Balance\n\
                01 Mar       Rent                   -900.00       100.00\n\
                02 Mar       Salary                 1000.00      1100.00\n";
    assert_eq!(refused(text.as_bytes()).reason.to_string(), "NO_DATE_COLUMN");
}

#[test]
fn a_log_with_times_and_figures_is_no_statement() {
    let text = "2025-03-01 10:00:00   request served   12.40 ms\n2025-03-01 10:00:01   request served   8.10 ms\n";
    assert_eq!(refused(text.as_bytes()).reason.to_string(), "NOT_A_TABLE");
}

#[derive(Clone, Debug)]
struct Printed {
    rows: Vec<(Date, i64, String, Option<String>)>,
    page: usize,
    yearless: bool,
    comma: bool,
    shifts: Vec<usize>,
}

fn printed() -> impl Strategy<Value = Printed> {
    let cents = prop_oneof![-9_999_999_i64..=-1, 1..=9_999_999_i64];
    let text = "x[a-z]{2,7}( x[a-z]{1,7}){0,2}";
    let row = (0..90_i64, cents, text, prop::option::of("x[a-z]{1,7}( x[a-z]{1,7}){0,2}"));
    let end = (0..9_000_i64).prop_map(|days| Date::from_ordinal_date(2001, 1).expect("a day") + Duration::days(days));
    let form = (2..12_usize, any::<bool>(), any::<bool>(), prop::collection::vec(0..6_usize, 1..6));
    (end, prop::collection::vec(row, 1..40), form).prop_map(|(end, rows, (page, yearless, comma, shifts))| {
        let mut rows: Vec<_> =
            rows.into_iter().map(|(ago, cents, text, more)| (end - Duration::days(ago), cents, text, more)).collect();
        // The date of the statement, by which years are told.
        rows.push((end, 100, "xend".to_owned(), None));
        Printed { rows, page, yearless, comma, shifts }
    })
}

impl Printed {
    fn amount(&self, cents: i64) -> String {
        let text = format!("{}.{:02}", cents.abs() / 100, cents.abs() % 100);
        let sign = if cents < 0 { "-" } else { "" };
        format!("{sign}{}", if self.comma { text.replace('.', ",") } else { text })
    }

    fn date(&self, date: Date) -> String {
        let month = date.month().to_string().chars().take(3).collect::<String>();
        let year = if self.yearless { String::new() } else { format!(" {}", date.year()) };
        format!("{:02} {month}{year}", date.day())
    }

    fn write(&self) -> String {
        let end = self.rows.last().expect("a row").0;
        let (mut out, mut balance) = (String::new(), 0_i64);
        for (number, rows) in self.rows.chunks(self.page).enumerate() {
            let shift = self.shifts[number % self.shifts.len()];
            let (text, money) = (16 + shift, 14 + shift);
            out.push_str(&format!("Some bank   Page {}\nStatement date   {end}\n\n", number + 1));
            let header = ["Date", "Description", "Withdrawals", "Deposits", "Balance"];
            let [date, about, debit, credit, after] = header;
            out.push_str(&format!("{date:<text$}{about:<40}{debit:>money$}{credit:>money$}{after:>money$}\n\n"));
            for (day, cents, about, more) in rows {
                balance += cents;
                let side = |of: bool| if of { self.amount(cents.abs()) } else { String::new() };
                let (day, debit, credit, after) =
                    (self.date(*day), side(*cents < 0), side(*cents > 0), self.amount(balance));
                out.push_str(&format!("{day:<text$}{about:<40}{debit:>money$}{credit:>money$}{after:>money$}\n"));
                more.iter().for_each(|more| out.push_str(&format!("{:text$}{more}\n", "")));
            }
            out.push_str("\nSome words below the table.\n\n");
        }
        out
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_printed_table_is_read_back_exactly(table in printed()) {
        let text = table.write();
        let import = imported(text.as_bytes());
        let want: Vec<(Date, i64, String)> = table
            .rows
            .iter()
            .map(|(date, cents, text, more)| {
                let whole = more.as_ref().map_or_else(|| text.clone(), |more| format!("{text} {more}"));
                (*date, *cents, whole)
            })
            .collect();
        let have: Vec<(Date, i64, String)> = import
            .transactions
            .iter()
            .map(|one| (one.date, i64::try_from(one.amount.units).expect("cents"), one.description.to_string()))
            .collect();
        prop_assert_eq!(have, want, "{}", text);
        prop_assert_eq!(import.counts.rejected, 0);
    }

    #[test]
    fn a_damaged_page_is_never_a_panic_and_loses_no_row(
        table in printed(), cut in 0.0..1.0_f64, flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 0..12)
    ) {
        let mut bytes = table.write().into_bytes();
        bytes.truncate((bytes.len() as f64 * cut) as usize);
        for (place, bit) in flips {
            if !bytes.is_empty() {
                let place = place.index(bytes.len());
                bytes[place] ^= 1 << bit;
            }
        }
        if let Ok(Outcome::Import(import)) = import(std::io::Cursor::new(&bytes), &saldo_engine::Hints::default(), &mut ()) {
            let counts = import.counts;
            prop_assert_eq!(counts.read, import.transactions.len() as u64 + counts.recognized + counts.rejected);
        }
    }
}

#[test]
fn titles_of_sections_tell_the_side_of_their_rows() {
    let rows =
        |title: &str, rows: &str| format!("{title}\nDate          Description                     Amount\n{rows}\n");
    let money_in =
        "01/15/2024    Payroll of Works              1,190.00\n01/20/2024    Interest                          0.15\n";
    let money_out =
        "01/16/2024    Paper                           800.00\n01/31/2024    Ink                              12.50\n";
    let text = format!(
        "SAMPLE BANK\n\n{}{}",
        rows("Deposits and other credits", money_in),
        rows("Withdrawals and other debits (continued)", money_out)
    );
    let import = imported(text.as_bytes());
    assert_eq!(
        amounts(&import),
        ["2024-01-15 1190.00 -", "2024-01-20 0.15 -", "2024-01-16 -800.00 -", "2024-01-31 -12.50 -"]
    );
}
