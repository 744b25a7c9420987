//! Sections of a printed statement whose titles tell the side of the rows below them: deposits here, withdrawals there.
//! The side becomes a column of its own, where no amount tells it already.

use super::{
    super::{
        numbers,
        words::{Side, Words},
    },
    layout::Sort,
    pages::Made,
};

/// Writes the side of its section beside every row, if there are sections of both sides and their amounts have no sign.
/// `names` are the columns.
pub(super) fn add(rows: &mut [Made], names: &mut Vec<((Sort, usize), String)>, known: &Words) {
    let inside = || rows.iter().filter(|one| one.outside.is_none());
    let has = |side: Side| inside().any(|one| one.section == Some(side));
    let amounts: Vec<usize> =
        (0..names.len()).filter(|place| names.get(*place).is_some_and(|one| one.0.0 == Sort::Amount)).collect();
    let is_signed = |cell: &String| {
        numbers::scan(cell, known).is_some_and(|written| written.negative || written.plus || written.mark.is_some())
    };
    let signed = inside().any(|one| amounts.iter().filter_map(|place| one.row.cells.get(*place)).any(is_signed));
    if !has(Side::In) || !has(Side::Out) || signed {
        return;
    }
    let place = names.len();
    names.push(((Sort::Side, usize::MAX), String::new()));
    for one in rows.iter_mut().filter(|one| one.outside.is_none()) {
        one.row.cells.resize(place, String::new());
        let word = match one.section {
            Some(Side::In) => "credit",
            Some(Side::Out) => "debit",
            None => "",
        };
        one.row.cells.push(word.to_owned());
    }
}
