//! What is asked about a table whose amounts can be read in two ways.

use super::{
    profile::Profile,
    roles::{Headed, title},
};
use crate::{
    Choice, Question, Sign,
    import::{numbers, words::Words},
};

/// Asks about amounts such as these, which `column` holds.
pub(crate) fn decimal_question(cells: &[&str], column: String, words: &Words) -> Question {
    let preview = |decimal: char| {
        let read = |cell: &&str| {
            let written = numbers::scan(cell, words)?;
            let (units, places) = numbers::read(written.body, decimal)?;
            let read = saldo_kernel::Money::new(if written.negative { -units } else { units }, places, None);
            Some(((*cell).to_owned(), read.to_string()))
        };
        cells.iter().filter_map(read).collect()
    };
    let mark = if cells.iter().any(|cell| cell.contains(',')) { ',' } else { '.' };
    // Three digits behind the mark are thousands far more often than decimals.
    let order = if mark == ',' { [".", ","] } else { [",", "."] };
    let choices = order.map(|value| Choice { value, preview: preview(value.chars().next().unwrap_or('.')) });
    Question {
        reason: "DECIMAL_AMBIGUOUS",
        hint: "decimal",
        text: format!(
            "Nothing in the file tells whether {} is written with thousands or with three decimals: what separates decimals?",
            cells.first().copied().unwrap_or_default()
        ),
        column,
        choices: choices.into(),
    }
}

/// Asks what positive amounts are.
pub(crate) fn sign_question(columns: &[Headed], profile: &Profile, amount: usize, words: &Words) -> Question {
    let numbers = profile.column(amount).numbers;
    let decimal = numbers.decimal().ok().flatten().unwrap_or('.');
    let cells: Vec<&str> = profile.sample.iter().filter_map(|row| row.get(amount)).map(|cell| &**cell).collect();
    // A list of purchases with a few refunds is the more likely one where most amounts are positive.
    let order = if numbers.negative > 0 { [Sign::PlusOut, Sign::PlusIn] } else { [Sign::PlusIn, Sign::PlusOut] };
    sign_of_cells(&cells, title(columns, amount), decimal, order, words)
}

/// Asks what amounts such as these are, which `column` holds; `order` has the more likely answer first.
pub(crate) fn sign_of_cells(
    cells: &[&str],
    column: String,
    decimal: char,
    order: [Sign; 2],
    words: &Words,
) -> Question {
    let is_negative = |cell: &&&str| numbers::scan(cell, words).is_some_and(|written| written.negative);
    // Both signs are shown where there are both.
    let shown: Vec<&str> = cells
        .iter()
        .filter(is_negative)
        .take(2)
        .chain(cells.iter().filter(|cell| !is_negative(cell)).take(3))
        .copied()
        .collect();
    let preview = |sign: Sign| {
        let read = |cell: &&str| {
            let written = numbers::scan(cell, words)?;
            let (units, places) = numbers::read(written.body, decimal)?;
            let out = written.negative != (sign == Sign::PlusOut);
            let read = saldo_kernel::Money::new(if out { -units } else { units }, places, None);
            Some(((*cell).to_owned(), read.to_string()))
        };
        shown.iter().filter_map(read).collect()
    };
    Question {
        reason: "DIRECTION_UNKNOWN",
        hint: "sign",
        text: format!(
            "Nothing in the file tells for certain which amounts in column '{column}' are money in and which are money out: \
             what are those without a minus?"
        ),
        column,
        choices: order.map(|sign| Choice { value: sign.name(), preview: preview(sign) }).into(),
    }
}
