//! Properties of statements that state their balances: what we write is read back and proved, what is missing is told,
//! and nothing that stands inside makes the reader panic or lose a row.

use std::io::Cursor;

use proptest::prelude::*;
use saldo_engine::{Hints, Import, Outcome, Proof, ProofMethod, import};
use time::{Date, Duration};

use crate::support::imported;

#[derive(Clone, Debug)]
struct Movement {
    value: Date,
    /// Days from the value date to the entry.
    later: i64,
    cents: i64,
    text: String,
}

impl Movement {
    fn booked(&self) -> Date {
        self.value + Duration::days(self.later)
    }
}

#[derive(Clone, Debug)]
struct Statement {
    opening: i64,
    movements: Vec<Movement>,
    crlf: bool,
    envelope: bool,
}

fn statements() -> impl Strategy<Value = Statement> {
    let day = (0..9_000_i64).prop_map(|days| Date::from_ordinal_date(2001, 1).expect("a day") + Duration::days(days));
    let cents = prop_oneof![-99_999_999_i64..=-1, 1..=99_999_999_i64];
    let movement = (day, -40..40_i64, cents, "[a-z]{2,9}( [a-z]{2,9}){0,4}")
        .prop_map(|(value, later, cents, text)| Movement { value, later, cents, text });
    let movements = prop::collection::vec(movement, 1..30);
    (-9_999_999..9_999_999_i64, movements, any::<bool>(), any::<bool>())
        .prop_map(|(opening, movements, crlf, envelope)| Statement { opening, movements, crlf, envelope })
}

fn digits(cents: i64, mark: char) -> String {
    format!("{}{mark}{:02}", cents.abs() / 100, cents.abs() % 100)
}

impl Statement {
    fn closing(&self) -> i64 {
        self.opening + self.movements.iter().map(|one| one.cents).sum::<i64>()
    }

    /// Leaves out one movement of those that are written.
    fn mt940(&self, without: Option<usize>) -> String {
        let short = |date: Date| format!("{:02}{:02}{:02}", date.year() % 100, u8::from(date.month()), date.day());
        let balance = |tag: &str, cents: i64| {
            format!(":{tag}:{}240101EUR{}\n", if cents < 0 { 'D' } else { 'C' }, digits(cents, ','))
        };
        let mut out = if self.envelope { "{1:F01TESTDEFF}{2:I940}{4:\n".to_owned() } else { String::new() };
        out += &(":20:A\n:25:1/2\n:28C:1/1\n".to_owned() + &balance("60F", self.opening));
        for (place, one) in self.movements.iter().enumerate().filter(|(place, _)| Some(*place) != without) {
            let mark = if one.cents < 0 { ["D", "DR", "RC"] } else { ["C", "CR", "RD"] }[place % 3];
            let (value, entry) = (short(one.value), short(one.booked()));
            out += &format!(":61:{value}{}{mark}{}NTRFNONREF\n", &entry[2..], digits(one.cents, ','));
            out += &format!(":86:177?00X?20SVWZ+{}?32Somebody\n", one.text);
        }
        out += &(balance("62F", self.closing()) + if self.envelope { "-}\n" } else { "-\n" });
        if self.crlf { out.replace('\n', "\r\n") } else { out }
    }

    fn camt(&self, without: Option<usize>) -> String {
        let amount = |cents: i64| {
            let side = if cents < 0 { "DBIT" } else { "CRDT" };
            format!("<Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>{side}</CdtDbtInd>", digits(cents, '.'))
        };
        let balance = |code: &str, cents: i64| {
            format!("<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{}</Bal>\n", amount(cents))
        };
        let mut out = "<Document><BkToCstmrStmt><Stmt>\n".to_owned();
        out += &(balance("OPBD", self.opening) + &balance("CLBD", self.closing()));
        for (_, one) in self.movements.iter().enumerate().filter(|(place, _)| Some(*place) != without) {
            out += &format!("<Ntry>{}<Sts>BOOK</Sts><BookgDt><Dt>{}</Dt></BookgDt>", amount(one.cents), one.booked());
            out +=
                &format!("<NtryDtls><TxDtls><RmtInf><Ustrd>{}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n", one.text);
        }
        out + "</Stmt></BkToCstmrStmt></Document>\n"
    }
}

fn rows(import: &Import) -> Vec<(Date, i128, String)> {
    let row = |one: &saldo_engine::Transaction| {
        let text = one.description.strip_prefix("X ").unwrap_or(&one.description);
        (one.date, one.amount.scaled(2).unwrap_or_default(), text.to_owned())
    };
    import.transactions.to_vec().iter().map(row).collect()
}

/// Any outcome or error will do; rows must add up.
fn survives(text: &str) {
    if let Ok(Outcome::Import(import)) = import(Cursor::new(text), &Hints::default(), &mut ()) {
        let counts = import.counts;
        assert_eq!(counts.read, import.transactions.len() as u64 + counts.recognized + counts.rejected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn every_statement_reads_back_exactly_and_is_proved(statement in statements()) {
        let want: Vec<(Date, i128, String)> =
            statement.movements.iter().map(|one| (one.booked(), i128::from(one.cents), one.text.clone())).collect();
        for text in [statement.mt940(None), statement.camt(None)] {
            let import = imported(text.as_bytes());
            prop_assert_eq!(rows(&import), want.clone());
            prop_assert_eq!(import.proof, Proof::Reconciled { by: ProofMethod::OpeningAndClosing });
        }
    }

    #[test]
    fn a_movement_that_is_missing_is_told_with_its_amount(
        statement in statements(),
        which in any::<prop::sample::Index>(),
    ) {
        let lost = which.index(statement.movements.len());
        for text in [statement.mt940(Some(lost)), statement.camt(Some(lost))] {
            let proof = imported(text.as_bytes()).proof;
            let Proof::NotReconciled { missing, .. } = proof else {
                return Err(TestCaseError::fail(format!("{proof:?}")));
            };
            prop_assert_eq!(missing.scaled(2), Some(i128::from(statement.movements[lost].cents)));
        }
    }

    #[test]
    fn any_text_inside_a_statement_gives_an_outcome_or_an_error(
        text in "(:(20|25|60F|61|62M|86|34F|NS):|[CDRE]{1,3}|[0-9]{2,10}|[0-9]{0,4}[.,][0-9]{0,3}|[A-Zéж/?{}@-]{1,4}|[ \n&;]){0,80}"
    ) {
        survives(&format!(":20:A\n:25:B\n:60F:C240101EUR1,00\n:61:240101D1,00NTRF\n{text}\n"));
        survives(&format!(":20:A\n:25:B\n:60F:C240101EUR1,00\n:61:{text}\n:86:{text}\n-\n"));
        let elements = text.replace('/', "</Ntry>").replace('?', "<Ntry>").replace('@', "<Amt Ccy=\"EUR\">5</Amt>");
        survives(&format!("<Document><BkToCstmrStmt><Stmt><Ntry>{elements}</Ntry></Stmt></BkToCstmrStmt></Document>"));
    }
}
