//! Headers of two lines: groups above, as `Debit` over `Account` and `Amount`, and what they hold below.

use std::collections::HashSet;

use super::{dialect::Row, header::is_value};
use crate::import::words::Words;

/// Longer texts are no words of a header.
const LONGEST_WORD: usize = 30;

/// The header of a table with all its lines in one.
pub(crate) struct Heading {
    /// Words of both lines; the line is the lower one.
    pub(crate) row: Row,
    /// Its first line, an index of the rows.
    pub(crate) first: usize,
    /// Behind its last line, an index of the rows.
    pub(crate) end: usize,
}

/// The header at a place, with the line above or below that belongs to it.
pub(crate) fn of(rows: &[Row], place: usize, words: &Words) -> Option<Heading> {
    let both = |upper: usize| {
        let (one, other) = (rows.get(upper)?, rows.get(upper + 1)?);
        let cells = joined(&one.cells, &other.cells, words)?;
        Some(Heading { row: Row { line: other.line, cells }, first: upper, end: upper + 2 })
    };
    let one = || Some(Heading { row: rows.get(place)?.clone(), first: place, end: place + 1 });
    both(place).or_else(|| place.checked_sub(1).and_then(both)).or_else(one)
}

/// Both lines as one; `None` where they are not two lines of one header: both hold words only, and the lower one says the
/// same below several groups of the upper one, once below each.
fn joined(upper: &[String], lower: &[String], words: &Words) -> Option<Vec<String>> {
    let is_word = |cell: &&String| cell.chars().count() <= LONGEST_WORD && !is_value(cell, words);
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).all(|cell| is_word(&cell));
    if !filled(upper) || !filled(lower) {
        return None;
    }
    let cell = |row: &'_ [String], place: usize| row.get(place).cloned().unwrap_or_default();
    let (mut group, mut groups, mut out) = (String::new(), 0, Vec::new());
    let (mut below, mut seen, mut repeated) = (HashSet::new(), HashSet::new(), false);
    for place in 0..upper.len().max(lower.len()) {
        let (above, word) = (cell(upper, place), cell(lower, place));
        if !above.is_empty() {
            (group, groups) = (above, groups + 1);
            below.clear();
        }
        if !word.is_empty() {
            if !below.insert(word.clone()) {
                return None;
            }
            repeated |= groups > 0 && !seen.insert(word.clone());
        }
        let parts = [group.as_str(), word.as_str()].into_iter().filter(|part| !part.is_empty());
        out.push(parts.collect::<Vec<_>>().join(" "));
    }
    repeated.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_what_they_hold_are_one_header() {
        let words = Words::load().expect("the words");
        let row = |line: &str| line.split(';').map(str::to_owned).collect::<Vec<_>>();
        let read = |upper: &str, lower: &str| joined(&row(upper), &row(lower), words).map(|cells| cells.join(";"));
        assert_eq!(
            read("Date;Debit;;Credit;", ";Account;Amount;Account;Amount").as_deref(),
            Some("Date;Debit Account;Debit Amount;Credit Account;Credit Amount")
        );
        assert_eq!(
            read("Date;Debit;;Credit;", ";Account;;Account;").as_deref(),
            Some("Date;Debit Account;Debit;Credit Account;Credit")
        );
        for (upper, lower) in [
            ("Statement;;;;", "Date;Amount;Currency;Balance;Currency"),
            ("Date;Amount;Text", "one;two;three"),
            ("Date;Debit;;Credit;", "01.02.2024;5;1;5;1"),
        ] {
            assert_eq!(read(upper, lower), None, "{upper}");
        }
    }
}
