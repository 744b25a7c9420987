//! Books of accounts: journals, general ledgers, account cards and trial balances.
//!
//! A debit of books is no money out of a bank: it is what an account gets. So the movements of a book are those of its
//! money accounts where they can be told (debit is money in), else those of its income and expenses (credit is income);
//! where neither can be told there are sums by account and no movements. Every row that is no movement is recognised.

mod chart;
mod entries;
mod items;
mod survey;
pub(crate) mod trial;

pub(crate) use self::{
    chart::{Chart, Time, code_and_name},
    entries::Entries,
    survey::{Survey, Surveyor},
};
use super::{
    table::{BooksColumns, Record},
    words::Words,
};
use crate::AccountClass;

/// How the rows of a book tell their entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A row is one side of an entry: an account, by its number or name, and its debit or credit; a letter may tell which.
    Sides { accounts: Vec<usize>, letter: Option<usize> },
    /// A row is an entry: the account debited and the account credited. A card of one account states the sum on the side
    /// of that account only.
    Pairs { debit: usize, credit: usize },
    /// Every row is of the one account that the lines before the table name.
    Card { account: String },
}

/// The account whose card the lines before a table announce.
pub(crate) fn titled(lines: &[String], language: &str, words: &Words) -> Option<String> {
    lines.iter().find_map(|line| words.chart.titled(line, language)).filter(|account| is_book_account(account))
}

/// Accounts of banks have long numbers, those of books short ones.
const LONGEST_CODE: usize = 9;

/// The shape of a table that may be one of books. `language` is that of the headers.
pub(crate) fn shape(columns: &BooksColumns<'_>, language: &str, words: &Words) -> Option<Shape> {
    if let (Some(debit), Some(credit)) = (columns.debit_account, columns.credit_account) {
        let codes = |place: usize| {
            let cells: Vec<&str> = columns.cells(place).collect();
            let short = cells.iter().filter(|cell| is_book_account(cell)).count();
            !cells.is_empty() && short * 10 >= cells.len() * 9
        };
        return (codes(debit) && codes(credit)).then_some(Shape::Pairs { debit, credit });
    }
    if !columns.has_both_sides || columns.accounts.is_empty() {
        return None;
    }
    let mut labels: Vec<String> = columns.sample.iter().map(|row| joined(row, &columns.accounts)).collect();
    labels.retain(|label| !label.is_empty());
    labels.sort_unstable();
    labels.dedup();
    let chart = &words.chart;
    let classes = labels.iter().filter_map(|label| chart.class(label, language));
    let codes = labels.iter().filter(|label| !code_and_name(label).0.is_empty() && is_book_account(label)).count();
    let by_headers = columns.headers.iter().any(|header| chart.is_ledger_header(header));
    let told = by_headers || are_of_books(classes) || (codes == labels.len() && codes > 2);
    let sides = || Shape::Sides { accounts: columns.accounts.clone(), letter: columns.letter };
    (labels.len() > 1 && told).then(sides)
}

/// Accounts that no bank keeps beside others. Cash and what is owed are: an account, a card, a loan.
pub(crate) fn are_of_books(classes: impl Iterator<Item = AccountClass>) -> bool {
    let mut all: Vec<AccountClass> = classes.collect();
    all.sort_unstable();
    all.dedup();
    all.len() > 1 && all.iter().any(|class| !matches!(class, AccountClass::Cash | AccountClass::Liability))
}

/// Not the number of an account at a bank.
pub(crate) fn is_book_account(label: &str) -> bool {
    code_and_name(label).0.len() <= LONGEST_CODE && label.bytes().filter(u8::is_ascii_digit).count() <= LONGEST_CODE
}

/// Number and name of an account as one label.
fn joined(row: &[Box<str>], places: &[usize]) -> String {
    label(places.iter().map(|place| row.get(*place).map_or("", |cell| cell)))
}

/// Number and name of the account of a row.
fn label_of(record: &Record, places: &[usize]) -> String {
    label(places.iter().map(|place| record.get(*place)))
}

fn label<'c>(parts: impl Iterator<Item = &'c str>) -> String {
    let mut out = String::new();
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}
