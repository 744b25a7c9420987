//! Sums are those of the movements that the import gives, whatever the file.
#![allow(missing_docs, clippy::expect_used, reason = "helpers of tests")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

use proptest::prelude::*;
use saldo_engine::{Error, Grouping, Hints, Import, Key, Outcome, Source, Sums, SumsOutcome, import, sums};
use saldo_kernel::Money;

/// In, out and count by key and currency.
type Groups = BTreeMap<(Vec<String>, String), (Money, Money, u64)>;

fn of_import(import: &Import) -> Groups {
    let mut out = Groups::new();
    for one in &import.transactions {
        let key = vec![one.date.to_string()[..7].to_owned(), one.account.to_string(), one.counterparty.to_string()];
        let zero = Money::zero(one.amount.currency);
        let group = out.entry((key, code(one.amount))).or_insert((zero, zero, 0));
        let negative = one.amount.units < 0;
        let size = if negative { one.amount.negated().expect("a size") } else { one.amount };
        let side = if negative { &mut group.1 } else { &mut group.0 };
        *side = side.checked_add(size).expect("a sum");
        group.2 += 1;
    }
    out
}

fn of_sums(sums: &Sums) -> Groups {
    let row = |sum: &saldo_engine::Sum| {
        assert_eq!(sum.money_in.checked_sub(sum.money_out), Some(sum.net));
        let key = sum.key.iter().map(ToString::to_string).collect();
        ((key, code(sum.net)), (sum.money_in, sum.money_out, sum.count))
    };
    sums.groups.iter().map(row).collect()
}

fn code(amount: Money) -> String {
    amount.currency.map(|code| code.to_string()).unwrap_or_default()
}

/// Amounts that differ in written decimals only are the same.
fn equal(one: &Groups, other: &Groups) -> bool {
    let same = |one: Money, other: Money| one.compare(other) == Some(std::cmp::Ordering::Equal);
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|((key, (a, b, n)), (other, (c, d, m)))| key == other && n == m && same(*a, *c) && same(*b, *d))
}

/// Reads the bytes both ways.
fn both(bytes: &[u8], hints: &Hints) -> (Result<Outcome, Error>, Result<SumsOutcome, Error>) {
    let grouping: Grouping = "month,account,counterparty".parse().expect("keys");
    let read = import(Cursor::new(bytes), hints, &mut ());
    (read, sums(Cursor::new(bytes), &grouping, hints, &mut ()))
}

fn check(bytes: &[u8], hints: &Hints) -> Result<(), TestCaseError> {
    match both(bytes, hints) {
        (Ok(Outcome::Import(import)), Ok(SumsOutcome::Sums(sums))) => {
            prop_assert_eq!(import.counts, sums.counts);
            prop_assert_eq!(import.transactions.len() as u64, sums.counted);
            prop_assert_eq!(&import.rejected, &sums.rejected);
            let of_table = Source { sha256: sums.source.sha256, ..import.source.clone() };
            prop_assert_eq!(&of_table, &sums.source);
            let (want, found) = (of_import(&import), of_sums(&sums));
            prop_assert!(equal(&want, &found), "{:?} {:?}", want.iter().next(), found.iter().next());
        }
        (Ok(Outcome::Question(one)), Ok(SumsOutcome::Question(other))) => prop_assert_eq!(one, other),
        (Err(one), Err(other)) => prop_assert_eq!(one.to_string(), other.to_string()),
        (one, other) => {
            return Err(TestCaseError::fail(format!("{:.300} {:.300}", format!("{one:?}"), format!("{other:?}"))));
        }
    }
    Ok(())
}

/// How a table is written, and what comes late in it.
#[derive(Clone, Debug)]
struct Shape {
    seed: u64,
    rows: u32,
    delimiter: char,
    comma: bool,
    dates: u8,
    quoted: bool,
    crlf: bool,
    mark: bool,
    pair: bool,
    sides: bool,
    currencies: bool,
    statuses: bool,
    /// Where, and which.
    oddities: Vec<(u32, u8)>,
}

fn shapes() -> impl Strategy<Value = Shape> {
    let oddities = prop::collection::vec((0..4_000_u32, 0..24_u8), 0..3);
    let form = (prop::sample::select(vec![',', ';', '\t']), any::<[bool; 8]>(), 0..4_u8);
    (any::<u64>(), prop_oneof![Just(40_u32), 1_500..4_500_u32], form, oddities).prop_map(
        |(seed, rows, (delimiter, flags, dates), oddities)| {
            let [comma, quoted, crlf, mark, pair, sides, currencies, statuses] = flags;
            Shape {
                seed,
                rows,
                delimiter,
                comma,
                dates,
                quoted,
                crlf,
                mark,
                pair,
                sides,
                currencies,
                statuses,
                oddities,
            }
        },
    )
}

impl Shape {
    fn next(state: &mut u64, below: u64) -> u64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*state >> 33) % below
    }

    fn write(&self) -> Vec<u8> {
        let end = if self.crlf { "\r\n" } else { "\n" };
        let mut state = self.seed;
        let mut out = if self.mark { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
        let text = if self.seed.is_multiple_of(2) { "Counterparty" } else { "Description" };
        let header = ["Date", text, "Account", "Amount", "Debit", "Credit", "Type", "Currency", "Status"];
        out.extend(self.line(header.map(str::to_owned)).into_bytes());
        out.extend(end.bytes());
        for row in 0..self.rows {
            let mut line = self.row(row, &mut state);
            let mut tail = end.as_bytes().to_vec();
            for (_, kind) in self.oddities.iter().filter(|(at, _)| *at == row) {
                self.oddity(*kind, &mut line, &mut tail);
            }
            out.extend(line);
            out.extend(tail);
        }
        out
    }

    fn row(&self, row: u32, state: &mut u64) -> Vec<u8> {
        let cents = Self::next(state, 2_000_000);
        let negative = Self::next(state, 3) > 0;
        // Days of the first months cannot be told from months.
        let (year, month) = (2019 + row / 1_200, row / 100 % 12 + 1);
        let day = if row < 3_000 { Self::next(state, 12) + 1 } else { Self::next(state, 28) + 1 };
        let date = match self.dates {
            0 => format!("{year}-{month:02}-{day:02}"),
            1 => format!("{day:02}.{month:02}.{year}"),
            2 => format!("{day:02}/{month:02}/{year}"),
            _ => format!("{year}{month:02}{day:02}"),
        };
        let party = match Self::next(state, 40) {
            0 => "Total care".to_owned(),
            4 => "PENDING - shop".to_owned(),
            1 => "ООО Ромашка".to_owned(),
            2 => format!("Müller & Söhne {}", self.delimiter),
            3 => String::new(),
            other => format!("shop {other}"),
        };
        let number = |negative: bool| {
            let (whole, rest) = (cents / 100, cents % 100);
            let mark = if self.comma { ',' } else { '.' };
            format!("{}{whole}{mark}{rest:02}", if negative { "-" } else { "" })
        };
        let account = format!("{}", 40_702 + Self::next(state, 3));
        let side = |wanted: bool| if wanted { number(false) } else { String::new() };
        let cells = [
            date,
            party,
            account,
            number(negative && !self.sides),
            side(negative),
            side(!negative),
            if negative { "debit" } else { "credit" }.to_owned(),
            ["EUR", "USD"][Self::next(state, 2) as usize].to_owned(),
            ["Booked", "Booked", "Booked", "Pending"][Self::next(state, 4) as usize].to_owned(),
        ];
        self.line(cells).into_bytes()
    }

    /// The cells of the columns that this table has.
    fn line(&self, cells: [String; 9]) -> String {
        let has = [
            true,
            true,
            true,
            !self.pair,
            self.pair,
            self.pair,
            self.sides && !self.pair,
            self.currencies,
            self.statuses,
        ];
        let field = |(cell, _): (&String, bool)| {
            let quote = self.quoted || cell.contains(self.delimiter);
            if quote { format!("\"{cell}\"") } else { cell.clone() }
        };
        let kept = cells.iter().zip(has).filter(|(_, has)| *has).map(field);
        kept.collect::<Vec<_>>().join(&self.delimiter.to_string())
    }

    /// Something that may change a decision, or that only the general reader reads.
    fn oddity(&self, kind: u8, line: &mut Vec<u8>, tail: &mut Vec<u8>) {
        let text = String::from_utf8_lossy(line).into_owned();
        let d = self.delimiter;
        *line = match kind {
            0 => text.replacen("20", "31/12/20", 1).into_bytes(),
            1 => [line.as_slice(), format!("{d}more").as_bytes()].concat(),
            2 => text.rsplit_once(d).map(|(start, _)| start.to_owned()).unwrap_or_default().into_bytes(),
            3 => text.replace(['.', ','], "'").into_bytes(),
            4 => text.replacen("shop", "sh\"op", 1).into_bytes(),
            5 => text.replacen("shop", "\"\"", 1).into_bytes(),
            6 => format!("\"a \"\"quoted\"\" {d} text\"{d}{text}").into_bytes(),
            7 => format!("2019-03-04{d}\"two\nlines\"{d}40702{d}5{d}6").into_bytes(),
            8 => [line.as_slice(), b"\xff"].concat(),
            9 => [line.as_slice(), b"\x01"].concat(),
            10 => [line.as_slice(), b"\0"].concat(),
            11 => Vec::new(),
            12 => format!("{d}{d}{d}{d}").into_bytes(),
            13 => format!("Total{d}{d}{d}12.00{d}12.00").into_bytes(),
            14 => text.replacen("shop", "Closing balance", 1).into_bytes(),
            15 => text.replace("40702", "").into_bytes(),
            16 => text.replacen(['.', ','], "", 1).into_bytes(),
            17 => format!("{}1", text.trim_end_matches('"')).into_bytes(),
            18 => text.replacen("40703", "EUR", 1).into_bytes(),
            19 => format!("{text}\r{text}").into_bytes(),
            20 => format!(" {} ", text.replace(d, &format!(" {d} "))).into_bytes(),
            21 => text.replace("20", "13.13.20").into_bytes(),
            22 => format!("\"{text}").into_bytes(),
            _ => {
                tail.clear();
                text.into_bytes()
            }
        };
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn sums_of_any_table_are_those_of_its_movements(shape in shapes()) {
        check(&shape.write(), &Hints::default())?;
    }

    #[test]
    fn sums_of_any_bytes_are_those_of_their_movements(
        text in "([0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}|-?[0-9.,' ]{1,9}|[A-Za-zА-я\"]{1,9}|[;,\t\n\r\"<>&]){0,200}"
    ) {
        check(text.as_bytes(), &Hints::default())?;
        check(format!("Date;Amount;Text\n{text}\n2024-03-04;-5;x\n{text}").as_bytes(), &Hints::default())?;
    }
}

/// A table of many rows; `row` gives each.
fn table(header: &str, rows: u32, row: impl Fn(u32) -> String) -> Vec<u8> {
    let rows: String = (0..rows).map(|number| row(number) + "\n").collect();
    format!("{header}\n{rows}").into_bytes()
}

fn summed(bytes: &[u8], keys: &str) -> Result<SumsOutcome, Error> {
    sums(Cursor::new(bytes), &keys.parse().expect("keys"), &Hints::default(), &mut ())
}

#[test]
fn a_column_is_named_by_its_header() {
    let bytes = table("Date;Amount;Cost centre", 3_000, |n| format!("2024-0{}-01;-1.10;{}", n % 3 + 1, n % 2));
    let Ok(SumsOutcome::Sums(sums)) = summed(&bytes, "column:cost Centre,month") else { panic!("no sums") };
    let keys: Vec<_> = sums.groups.iter().map(|sum| sum.key.clone()).collect();
    assert_eq!(keys[0], [Key::Text("0".to_owned()), Key::Month(2024, 1)]);
    assert_eq!(keys.len(), 6);
    assert_eq!(sums.groups[0].money_out.to_string(), "550.00");
    assert!(
        matches!(summed(&bytes, "column:centre"), Err(Error::ColumnNotFound { columns, .. }) if columns.len() == 3)
    );
}

#[test]
fn too_many_groups_are_refused_and_not_kept() {
    let bytes = table("Date;Amount;Counterparty", 260_000, |n| format!("2024-03-01;-1.10;customer {n}"));
    assert!(matches!(summed(&bytes, "counterparty"), Err(Error::TooManyGroups { .. })));
    let Ok(SumsOutcome::Sums(sums)) = summed(&bytes, "year") else { panic!("no sums") };
    assert_eq!((sums.groups.len(), sums.groups[0].net.to_string()), (1, "-286000.00".to_owned()));
}

#[test]
fn a_decision_that_the_end_of_a_file_changes_holds_for_all_of_it() {
    // 12.500 is twelve thousand and more only once 1.234,56 is read.
    let row = |n| if n == 4_000 { "2024-03-01;-1.234,56".to_owned() } else { "2024-03-01;-12.500".to_owned() };
    check(&table("Date;Amount", 4_001, row), &Hints::default()).expect("the same");
    // Nothing tells the day from the month before the last row.
    let row = |n| if n == 4_000 { "13/02/2024;-1.50".to_owned() } else { "03/02/2024;-1.50".to_owned() };
    check(&table("Date;Amount", 4_001, row), &Hints::default()).expect("the same");
}

#[test]
fn sums_of_real_files_are_those_of_their_movements() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let mut files = BTreeSet::new();
    walk(&folder.join("statements"), &mut files);
    walk(&folder.join("purchase-cards/csv"), &mut files);
    if files.is_empty() {
        println!("skipped: no real files at {}", folder.display());
    }
    for path in files {
        let bytes = fs::read(&path).expect("a file");
        if let Err(error) = check(&bytes, &Hints::default()) {
            panic!("{}: {error}", path.display());
        }
    }
}

fn walk(folder: &Path, out: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, out);
        } else {
            out.insert(path);
        }
    }
}
