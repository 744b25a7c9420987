//! What shows that the columns chosen for the amounts are not what a reader of the table would take.

use super::{dialect::Row, plan::Plan, preamble::Preamble, profile::Profile};
use crate::{
    Error,
    import::words::{Meaning, RowWord, Words, fold},
};

/// Refuses amounts in another unit than the currency's own, and columns that hold nothing but zeros beside one that does
/// not: reading either would give wrong figures in silence.
pub(crate) fn refuse_doubtful(plan: &Plan, profile: &Profile, preamble: &Preamble, words: &Words) -> Result<(), Error> {
    let amounts = super::plan::money_columns(plan.money);
    let headers = amounts.iter().filter_map(|place| plan.columns.get(*place)).map(|column| column.header.as_str());
    let says = |text: &str, phrases: &[String]| {
        let text = format!(" {} ", fold(text));
        phrases.iter().any(|phrase| text.contains(&format!(" {phrase} ")))
    };
    let [of_headers, of_lines] = &words.units;
    let scaled = headers.into_iter().any(|header| says(header, of_headers))
        || preamble.lines.iter().any(|line| says(line, of_lines));
    if scaled {
        return Err(Error::FormatNotSupported("a table of amounts in thousands, millions or hundredths"));
    }
    let all_zero = |place: usize| {
        let numbers = profile.column(place).numbers;
        numbers.count > 0 && numbers.zero == numbers.count
    };
    let moves = |place: usize| {
        let meaning = plan.columns.get(place).and_then(|column| column.meaning);
        let of_money = matches!(
            meaning,
            None | Some(
                Meaning::Amount | Meaning::BookedAmount | Meaning::ForeignAmount | Meaning::Debit | Meaning::Credit
            )
        );
        let column = profile.column(place);
        of_money
            && column.is_numbers()
            && column.numbers.looks_like_money()
            && column.numbers.zero < column.numbers.count
    };
    let others = (0..plan.columns.len()).filter(|place| !amounts.contains(place));
    if amounts.iter().all(|place| all_zero(*place)) && others.into_iter().any(moves) {
        return Err(Error::NoAmountColumn);
    }
    Ok(())
}

/// Refuses ledgers whose accounts are headings between the rows, for their rows are of all accounts together, and acts
/// that set the books of two firms beside each other.
pub(crate) fn refuse_headed(rows: &[Row], header: Option<usize>, words: &Words) -> Result<(), Error> {
    let Some(header) = header else { return Ok(()) };
    let [ledgers, totals, acts] = &words.chart.headed;
    let (before, behind) = (rows.get(..header).unwrap_or_default(), rows.get(header + 1..).unwrap_or_default());
    let titled = |phrases: &[String]| {
        let mut cells = before.iter().flat_map(|row| &row.cells).map(|cell| fold(cell));
        cells.any(|cell| phrases.iter().any(|phrase| cell.starts_with(phrase.as_str())))
    };
    if titled(acts) {
        return Err(Error::FormatNotSupported("an act of reconciliation between two firms"));
    }
    if !titled(ledgers) {
        return Ok(());
    }
    let filled =
        |row: &Row| row.cells.iter().map(|cell| fold(cell)).filter(|cell| !cell.is_empty()).collect::<Vec<_>>();
    let mut open: Option<String> = None;
    for row in behind {
        let cells = filled(row);
        let Some(first) = cells.first() else { continue };
        let ends = open.as_ref().is_some_and(|name| {
            totals.iter().any(|word| first.strip_prefix(word.as_str()).is_some_and(|rest| rest.trim() == name.as_str()))
        });
        let opens = open.is_some() && cells.iter().any(|cell| words.row_word(cell, false) == Some(RowWord::Opening));
        if ends || opens {
            return Err(Error::FormatNotSupported("a ledger whose accounts are headings between the rows"));
        }
        if cells.len() == 1 {
            open = Some(first.clone());
        }
    }
    Ok(())
}
