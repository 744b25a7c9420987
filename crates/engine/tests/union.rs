//! Several files as one ledger: windows of one account, twins, exports in other orders and formats.
#![allow(missing_docs, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::{
    collections::BTreeMap,
    io::{Cursor, Write as _},
};

use proptest::{collection::vec, prelude::*};
use saldo_engine::{
    Collection, Counts, Hints, Import, Outcome, Proof, Scratch, Source, Transaction, Transactions, Union, import,
};
use saldo_kernel::Money;
use time::Date;

fn scratch() -> Scratch {
    Scratch::default()
}

fn file(rows: &[Transaction]) -> Import {
    Import {
        source: Source::default(),
        transactions: Transactions::keep(rows, &scratch()).expect("room"),
        counts: Counts { read: rows.len() as u64, ..Counts::default() },
        rejected: Vec::new(),
        balances: Vec::new(),
        proof: Proof::None,
        accounts: Vec::new(),
    }
}

fn union(files: &[Vec<Transaction>]) -> Union {
    let mut collection = Collection::new(scratch());
    files.iter().for_each(|rows| collection.add(file(rows)));
    collection.union(&mut ()).expect("a union")
}

fn row(day: i32, units: i128, text: &str) -> Transaction {
    Transaction {
        line: 1,
        date: Date::from_julian_day(2_458_485 + day).expect("a day"),
        amount: Money::new(units, 2, "EUR".parse().ok()),
        balance: None,
        counterparty: text.into(),
        description: "".into(),
        category: "".into(),
        account: "A".into(),
    }
}

/// The rows as a set with counts, and without their lines.
fn counted(rows: impl IntoIterator<Item = Transaction>) -> BTreeMap<(Date, i128, Box<str>), usize> {
    let mut all = BTreeMap::new();
    rows.into_iter().for_each(|row| *all.entry((row.date, row.amount.units, row.counterparty)).or_default() += 1);
    all
}

fn same(union: &Union, ledger: &[Transaction]) -> Result<(), TestCaseError> {
    prop_assert_eq!(counted(&union.import.transactions), counted(ledger.iter().cloned()));
    let new: u64 = union.parts.iter().map(|part| u64::from(part.rows.len())).sum();
    prop_assert_eq!(new, ledger.len() as u64);
    let counts = union.import.counts;
    prop_assert_eq!(counts.read, union.import.transactions.len() as u64 + counts.repeated);
    Ok(())
}

/// A ledger in order of its days, with many twins; every row has its running balance.
fn ledger(days: i32, most: usize) -> impl Strategy<Value = Vec<Transaction>> {
    vec(
        (0..days, prop_oneof![Just(-250_i128), Just(-300), Just(1_000)], prop_oneof![Just("Bus"), Just("Bakery")]),
        1..most,
    )
    .prop_map(|mut rows| {
        rows.sort_by_key(|row| row.0);
        let mut balance = 0;
        let row = |(day, units, text): (i32, i128, &str)| {
            balance += units;
            Transaction { balance: Some(Money::new(balance, 2, "EUR".parse().ok())), ..row(day, units, text) }
        };
        rows.into_iter().map(row).collect()
    })
}

fn without_balance(rows: &[Transaction]) -> Vec<Transaction> {
    rows.iter().map(|row| Transaction { balance: None, ..row.clone() }).collect()
}

/// Windows by two places each, that together cover everything, some turned round, in any order.
fn shuffled(mut windows: Vec<Vec<Transaction>>, turns: &[bool], order: &[u16]) -> Vec<Vec<Transaction>> {
    for (window, turn) in windows.iter_mut().zip(turns.iter().cycle()) {
        if *turn {
            window.reverse();
        }
    }
    let mut all: Vec<_> = windows.into_iter().zip(order.iter().cycle()).collect();
    all.sort_by_key(|(_, order)| **order);
    all.into_iter().map(|(window, _)| window).collect()
}

proptest! {
    #[test]
    fn windows_by_date_give_the_exact_ledger(
        ledger in ledger(30, 80),
        cuts in vec((0..30_i32, 0..10_i32), 0..6),
        turns in vec(any::<bool>(), 1..8),
        order in vec(any::<u16>(), 8),
    ) {
        // Each window begins on any day up to the one after the end of the window before.
        let start = ledger[0].date;
        let mut windows = Vec::new();
        let mut covered = -1;
        for (length, back) in cuts {
            let from = (covered + 1 - back).max(0);
            covered = covered.max(from + length);
            windows.push((from, from + length));
        }
        windows.push(((covered + 1).min(29), 400));
        let ledger = without_balance(&ledger);
        let days = |row: &Transaction| (row.date - start).whole_days() as i32;
        let windows: Vec<Vec<_>> = windows.into_iter()
            .map(|(from, to)| ledger.iter().filter(|row| (from..=to).contains(&days(row))).cloned().collect())
            .collect();
        // A file of one day cannot tell its direction, and need not.
        same(&union(&shuffled(windows, &turns, &order)), &ledger)?;
    }

    #[test]
    fn windows_by_place_give_the_exact_ledger_where_balances_are_stated(
        ledger in ledger(8, 80),
        cuts in vec((1..40_usize, 0..12_usize), 0..6),
        order in vec(any::<u16>(), 8),
    ) {
        let mut windows = Vec::new();
        let mut covered = 0_usize;
        for (length, back) in cuts {
            let from = covered.saturating_sub(back).min(ledger.len());
            let to = (from + length).min(ledger.len());
            covered = covered.max(to);
            windows.push(ledger[from..to].to_vec());
        }
        windows.push(ledger[covered.saturating_sub(1)..].to_vec());
        // Balances that come back would be two readings of the same rows.
        let mut balances: Vec<_> = ledger.iter().map(|row| (row.date, row.balance.map(|balance| balance.units))).collect();
        balances.sort_unstable();
        balances.dedup();
        prop_assume!(balances.len() == ledger.len());
        same(&union(&shuffled(windows, &[false], &order)), &ledger)?;
    }

    #[test]
    fn windows_of_a_table_in_no_order_are_joined_where_they_agree(
        ledger in vec((0..20_i32, -9_i128..9, prop_oneof![Just("Bus"), Just("Bakery")]), 100..140),
        extra in 20..40_usize,
        order in vec(any::<u16>(), 8),
    ) {
        // As published: in no order of days, so that twins are far apart.
        let ledger: Vec<_> = ledger.into_iter().map(|(day, units, text)| row(day, units, text)).collect();
        let step = 45;
        let windows = vec![ledger[..step + extra].to_vec(), ledger[step..].to_vec()];
        let within = windows.windows(2).all(|pair| {
            let (one, other) = (counted(pair[0].clone()), counted(pair[1].clone()));
            let common: usize = one.iter().map(|(key, count)| count.min(other.get(key).unwrap_or(&0))).sum();
            let overlap = pair[0].len() - step;
            let agrees = |length: &usize| pair[0][pair[0].len() - length..] == pair[1][..*length];
            let longest = (1..=pair[0].len().min(pair[1].len())).rev().find(agrees);
            longest == Some(overlap) && common < 2 * overlap && common < pair[0].len().min(pair[1].len())
        });
prop_assume!(within);
        same(&union(&shuffled(windows, &[false], &order)), &ledger)?;
    }

    #[test]
    fn the_same_files_again_add_nothing(
        ledger in ledger(12, 60),
        cut in 0..60_usize,
        order in vec(any::<u16>(), 8),
    ) {
        let ledger = without_balance(&ledger);
        let cut = cut.min(ledger.len());
        let once = vec![ledger[..cut].to_vec(), ledger[cut.saturating_sub(3)..].to_vec()];
        let mut twice = [once.clone(), once.clone()].concat();
        // A file of one day without balances does not tell its direction.
        if once[0].first().zip(once[0].last()).is_some_and(|(first, last)| first.date < last.date) {
            twice.push(once[0].iter().rev().cloned().collect());
        }
        let first = union(&once);
        let again = union(&shuffled(twice, &[false], &order));
        prop_assert_eq!(counted(&first.import.transactions), counted(&again.import.transactions));
    }
}

#[test]
fn a_file_again_adds_nothing_and_its_twins_stay() {
    let rows = vec![row(0, -250, "Bus"), row(0, -250, "Bus"), row(1, -900, "Bakery")];
    let newest_first: Vec<_> = rows.iter().rev().cloned().collect();
    let all = union(&[rows.clone(), newest_first, rows]);
    assert_eq!(all.import.transactions.len(), 3);
    let new: Vec<u32> = all.parts.iter().map(|part| part.rows.len()).collect();
    assert_eq!(new, [3, 0, 0]);
    assert_eq!(all.import.counts.repeated, 6);
}

#[test]
fn a_day_that_was_not_over_when_the_first_file_was_made_is_completed() {
    let noon = vec![row(0, -1, "Bus"), row(1, -250, "Bus")];
    let later = vec![row(1, -250, "Bus"), row(1, -250, "Bus"), row(1, -300, "Bakery"), row(2, -1, "Bus")];
    assert_eq!(union(&[noon, later]).import.transactions.len(), 5);
}

#[test]
fn balances_tell_twins_apart_at_the_border_of_two_files() {
    let at =
        |row: Transaction, units: i128| Transaction { balance: Some(Money::new(units, 2, row.amount.currency)), ..row };
    let first = vec![at(row(0, -100, "Bakery"), 900), at(row(1, -250, "Bus"), 650), at(row(1, -250, "Bus"), 400)];
    let touching = vec![at(row(1, -250, "Bus"), 150), at(row(2, -100, "Bakery"), 50)];
    assert_eq!(union(&[touching.clone(), first.clone()]).import.transactions.len(), 5);
    let overlapping = [vec![at(row(1, -250, "Bus"), 400)], touching].concat();
    assert_eq!(union(&[overlapping, first]).import.transactions.len(), 5);
}

#[test]
fn rows_are_in_order_whatever_the_order_of_the_files() {
    let (january, february) = (vec![row(9, 1, "x"), row(3, 2, "y")], vec![row(40, 3, "x"), row(31, 4, "z")]);
    let all = union(&[february, january]);
    let days: Vec<Date> = all.import.transactions.iter().map(|row| row.date).collect();
    assert!(days.is_sorted());
    assert!(all.parts[0].rows.iter().eq([3, 4]) && all.parts[1].rows.iter().eq([1, 2]));
}

fn read(bytes: impl AsRef<[u8]>) -> Import {
    match import(Cursor::new(bytes), &Hints::default(), &mut ()).expect("a statement") {
        Outcome::Import(import) => *import,
        Outcome::Question(question) => panic!("{question:?}"),
    }
}

fn added(files: Vec<Import>) -> Vec<u32> {
    let mut collection = Collection::new(scratch());
    files.into_iter().for_each(|import| collection.add(import));
    collection.union(&mut ()).expect("a union").parts.iter().map(|part| part.rows.len()).collect()
}

#[test]
fn the_same_table_in_another_dialect_and_encoding_adds_nothing() {
    let plain = "Date,Payee,Amount,Currency\n2025-01-13,Café Noir,-4.50,EUR\n2025-01-14,Café  Noir,-4.50,EUR\n\
                 2025-01-14,Café Noir,-4.50,EUR\n2025-01-25,Employer,1200.00,EUR\n";
    let other = "Currency;Date;Amount;Payee\nEUR;25.01.2025;1200,0;Employer\nEUR;14.01.2025;-4,5;Café Noir\n\
                 EUR;14.01.2025;-4,5;Café Noir\nEUR;13.01.2025;-4,5;Café Noir\n";
    let latin: Vec<u8> = other.chars().map(|letter| u8::try_from(u32::from(letter)).expect("latin")).collect();
    assert_eq!(added(vec![read(plain), read(latin)]), [4, 0]);
}

#[test]
fn another_account_or_currency_is_another_movement() {
    let of = |account: &str, code: &str| {
        read(format!(
            "Date,Account,Payee,Amount,Currency\n2025-01-13,{account},Bus,-4.50,{code}\n2025-01-14,{account},Pay,9.00,{code}\n"
        ))
    };
    assert_eq!(added(vec![of("DE1", "EUR"), of("DE2", "EUR"), of("DE1", "USD"), of("DE1", "EUR")]), [2, 2, 2, 0]);
}

/// The fields of a line of comma-separated values.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.last_mut().expect("a field").push(letter),
        }
    }
    fields.into_iter().map(|field| field.trim().to_owned()).collect()
}

/// The published purchase-card lines, where they stand beside the repository.
#[test]
fn the_exact_twins_of_published_purchase_cards_are_kept() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/purchase-cards/csv");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: the purchase cards are not there");
        return;
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    // One ledger of all months: date, amount, merchant and category of the lines that have a category.
    let mut ledger = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(path).expect("UTF-8");
        let mut lines = text.trim_start_matches('\u{feff}').lines().map(fields);
        let header = lines.next().expect("a header");
        let place = |name: &str| header.iter().position(|other| other == name).expect("the column");
        let places = ["TRANS DATE", "ORIGINAL GROSS AMT", "MERCHANT NAME", "TRANS CAC DESC 1"].map(place);
        let values = lines.map(|line| places.map(|place| line.get(place).cloned().unwrap_or_default()));
        ledger.extend(values.filter(|values| values.iter().all(|value| !value.is_empty())));
    }
    let mut distinct = ledger.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(ledger.len() - distinct.len(), 11_039);

    let written = |lines: &[[String; 4]]| {
        let mut out = b"Date,Amount,Merchant,Description\n".to_vec();
        for [date, amount, merchant, category] in lines {
            let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
            writeln!(out, "{date},{amount},{},{}", quoted(merchant), quoted(category)).expect("memory");
        }
        read(out)
    };
    let whole = written(&ledger);
    assert_eq!(whole.transactions.len(), ledger.len());
    assert_eq!(added(vec![written(&ledger), whole]), [ledger.len() as u32, 0]);
    // Windows in the order of publication, in which two months are the same lines.
    let windows = vec![written(&ledger[..100_000]), written(&ledger[60_000..150_000]), written(&ledger[130_000..])];
    assert_eq!(added(windows).iter().sum::<u32>() as usize, ledger.len());
}
