//! Field 61, the statement line: `YYMMDD[MMDD](R|E)(C|D)[letter]amount(N|F|S)xxx reference[//reference]`, then, on a line
//! of its own, supplementary details.

use saldo_kernel::Money;
use time::Date;

use super::dates;
use crate::import::statement::{Fault, exact};

/// A statement line as it is tagged.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The entry date where one is stated, else the value date.
    pub(crate) date: Date,
    /// Positive for money in; without a currency.
    pub(crate) amount: Money,
    /// Expected and not booked.
    pub(crate) expected: bool,
    /// The four characters that say what sort of transaction it is are there.
    pub(crate) typed: bool,
    /// What stands behind the reference of sixteen characters.
    pub(crate) name: String,
    /// References and supplementary details that say something.
    pub(crate) text: String,
}

const FIELD: &str = "61";
/// Longest reference for the account owner.
const REFERENCE: usize = 16;

/// Reads a statement line.
pub(crate) fn read(text: &str) -> Result<Line, Fault> {
    let (first, supplement) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_start();
    let (date, rest) = date(first)?;
    let (expected, credit, rest) = mark(rest).ok_or_else(|| Fault::new("DIRECTION_NOT_READ", FIELD, first))?;
    let end = rest.find(|letter: char| letter.is_alphabetic()).unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    if digits.trim().is_empty() {
        return Err(Fault::new("AMOUNT_MISSING", FIELD, first));
    }
    let bad = || Fault::new("AMOUNT_NOT_READ", FIELD, digits.trim());
    let size = exact(digits, ',').ok_or_else(bad)?;
    let amount = if credit { size } else { size.negated().ok_or_else(bad)? };
    let (typed, rest) = behind_type(rest);
    let (references, name) = references(rest);
    Ok(Line { date, amount, expected, typed, name, text: told(supplement, &references) })
}

fn date(text: &str) -> Result<(Date, &str), Fault> {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let (value, entry) = match digits.len() {
        0 => return Err(Fault::new("DATE_MISSING", FIELD, text)),
        6 | 8 => (digits, ""),
        10 => digits.split_at(6),
        _ => return Err(Fault::new("DATE_NOT_READ", FIELD, digits)),
    };
    let date = if entry.is_empty() || entry == "0000" { dates::full(value) } else { dates::entry(entry, value) };
    date.map(|date| (date, rest)).ok_or_else(|| Fault::new("DATE_NOT_READ", FIELD, digits))
}

/// Whether it is expected, whether it is money in, and what follows. A reversal of a debit is money in.
fn mark(text: &str) -> Option<(bool, bool, &str)> {
    let text = text.trim_start();
    let (prefix, rest) = match text.chars().next()? {
        letter @ ('R' | 'E') => (Some(letter), text.get(1..)?.trim_start()),
        _ => (None, text),
    };
    let credit = match rest.chars().next()? {
        'C' => true,
        'D' => false,
        _ => return None,
    };
    // The last letter of the currency, or as much of it as a bank writes.
    let rest = rest.get(1..)?.trim_start();
    let funds = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = if funds <= 3 { rest.get(funds..)? } else { rest };
    Some((prefix == Some('E'), credit != (prefix == Some('R')), rest))
}

fn behind_type(rest: &str) -> (bool, &str) {
    let end = rest.char_indices().nth(4).map_or(rest.len(), |(place, _)| place);
    let (kind, behind) = rest.split_at(end);
    let typed = kind.len() >= 3 && kind.starts_with(['N', 'F', 'S']);
    if typed { (true, behind) } else { (false, rest) }
}

/// References, and the name that some banks set behind a reference padded to its full length.
fn references(rest: &str) -> (Vec<String>, String) {
    let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((own, bank)) = rest.split_once("//") {
        return (vec![clean(own), clean(bank)], String::new());
    }
    let end = rest.char_indices().nth(REFERENCE).map_or(rest.len(), |(place, _)| place);
    let (own, name) = rest.split_at(end);
    (vec![clean(own)], clean(name))
}

/// Supplementary details, else what the reference says. Codes with original amounts and charges say nothing new.
fn told(supplement: &str, references: &[String]) -> String {
    let supplement = supplement.split('\n').map(str::trim).filter(|line| {
        !["/OCMT/", "/CHGS/", "/EXCH/", "/TRCD/"].iter().any(|code| line.starts_with(code)) && !line.is_empty()
    });
    let supplement = supplement.collect::<Vec<_>>().join(" ");
    if !supplement.is_empty() {
        return supplement;
    }
    let says = |one: &&String| !one.is_empty() && !["NONREF", "NOTPROVIDED", "KREF+"].contains(&one.as_str());
    references.iter().filter(says).cloned().collect::<Vec<_>>().join(" ")
}
