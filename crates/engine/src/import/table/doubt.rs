//! What shows that the columns chosen for the amounts are not what a reader of the table would take.

use super::{
    dialect::Row,
    grouped,
    header::{is_date, is_value, meanings},
    plan::Plan,
    preamble::Preamble,
    profile::Profile,
    unquoted::{self, Split},
};
use crate::{
    AccountClass, Error,
    import::{
        books, months,
        words::{Meaning, RowWord, Words, fold},
    },
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
    if words.documents.is_of_assets(&plan.columns, profile, words) {
        return Err(Error::FormatNotSupported(
            "a list of trades or transfers of assets, whose amounts are not all money",
        ));
    }
    refuse_items(plan, profile, preamble, words)?;
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

/// Refuses lists of the items of one account of books that is none of money: what stands there with a plus is a debt or a
/// cost, and no money that came in.
fn refuse_items(plan: &Plan, profile: &Profile, preamble: &Preamble, words: &Words) -> Result<(), Error> {
    let items = &words.chart.items;
    if plan.books.is_some() || !plan.columns.iter().any(|column| items.is_header(&column.header)) {
        return Ok(());
    }
    let titled = preamble.whole.iter().find(|line| items.is_of_debts(line)).cloned();
    let of_column = || {
        let column = plan.columns.iter().position(|column| column.meaning == Some(Meaning::Account))?;
        let mut cells = profile.sample.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty());
        let first = cells.next()?;
        let is_money = words.chart.class(first, &plan.language) == Some(AccountClass::Cash);
        (cells.all(|cell| cell == first) && books::is_book_account(first) && !is_money).then(|| first.to_string())
    };
    match titled.or_else(of_column) {
        Some(account) => Err(Error::AccountOfNoMoney { account }),
        None => Ok(()),
    }
}

/// Refuses rows that cannot be taken for what they seem: amounts in two fields, months that other languages have, and
/// ledgers whose accounts are headings between the rows, for their rows are of all accounts together, journals
/// whose entries have one date in their first row, and acts that set the books of two firms beside each other.
pub(crate) fn refuse_headed(rows: &[Row], header: Option<usize>, words: &Words) -> Result<(), Error> {
    if unquoted::find(rows, header, words) != Split::Nowhere {
        return Err(unquoted::refusal());
    }
    if months::may_differ(rows.iter().flat_map(|row| &row.cells).map(String::as_str), words) {
        return Err(months::refusal());
    }
    let Some(header) = header else { return Ok(()) };
    let [_, _, acts] = &words.chart.headed;
    let behind = rows.get(header + 1..).unwrap_or_default();
    if is_titled(rows, header, acts) {
        return Err(Error::FormatNotSupported("an act of reconciliation between two firms"));
    }
    if is_grouped(rows, Some(header), words) {
        return Err(grouped::refusal());
    }
    if rows.get(header).is_some_and(|header| is_undated_journal(&header.cells, behind, words)) {
        return Err(Error::FormatNotSupported("a journal that dates only the first row of an entry"));
    }
    Ok(())
}

/// Whether a line above the header starts with one of the titles.
fn is_titled(rows: &[Row], header: usize, titles: &[String]) -> bool {
    let before = rows.get(..header).unwrap_or_default();
    let mut cells = before.iter().flat_map(|row| &row.cells).map(|cell| fold(cell));
    cells.any(|cell| titles.iter().any(|title| cell.starts_with(title.as_str())))
}

/// Whether accounts of books are headings between the rows.
pub(crate) fn is_grouped(rows: &[Row], header: Option<usize>, words: &Words) -> bool {
    let Some(header) = header else { return false };
    let [ledgers, _, acts] = &words.chart.headed;
    let accounts = headings(rows.get(header + 1..).unwrap_or_default(), words);
    // Without a title the accounts tell: no bank keeps income or expenses.
    let classes = accounts.iter().filter_map(|account| words.chart.class(account, ""));
    let told = is_titled(rows, header, ledgers) || (accounts.len() > 1 && books::are_of_books(classes));
    !accounts.is_empty() && told && !is_titled(rows, header, acts)
}

/// Names that stand alone in a row and whose total, or opening balance, follows.
fn headings(rows: &[Row], words: &Words) -> Vec<String> {
    let [_, totals, _] = &words.chart.headed;
    let (mut open, mut out) = (Vec::<String>::new(), Vec::new());
    for row in rows {
        let mut cells = row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        let Some(first) = cells.next() else { continue };
        let is_alone = cells.next().is_none();
        let text = fold(first);
        let is_total_of = |name: &String| {
            totals.iter().any(|word| text.strip_prefix(word.as_str()).is_some_and(|rest| rest.trim() == fold(name)))
        };
        let closed = open.iter().rposition(is_total_of).or_else(|| {
            let ends = |cell: &String| matches!(words.row_word(cell, false), Some(RowWord::Opening | RowWord::Total));
            if row.cells.iter().any(ends) { open.len().checked_sub(1) } else { None }
        });
        match closed {
            Some(place) => out.extend(open.drain(place..).next()),
            None if is_alone && !is_value(first, words) => {
                // Two names without a row between them are a heading and one below it.
                if open.len() >= MAX_NESTED {
                    open.clear();
                }
                open.push(first.to_owned());
            }
            None => {}
        }
    }
    out
}

/// Headings below each other; more are no accounts.
const MAX_NESTED: usize = 16;

/// Whether most rows have an account and a side but no date, and every date starts an entry with both sides.
fn is_undated_journal(header: &[String], rows: &[Row], words: &Words) -> bool {
    let place = |wanted: &dyn Fn(Meaning) -> bool| {
        header.iter().position(|cell| meanings(cell, words).first().is_some_and(|phrase| wanted(phrase.meaning)))
    };
    let account = header.iter().position(|cell| words.chart.is_account_header(cell));
    let account = account.or_else(|| place(&|meaning| meaning == Meaning::Account));
    let (Some(date), Some(account), Some(debit), Some(credit)) = (
        place(&is_date),
        account,
        place(&|meaning| meaning == Meaning::Debit),
        place(&|meaning| meaning == Meaning::Credit),
    ) else {
        return false;
    };
    let cell = |row: &Row, place: usize| row.cells.get(place).is_some_and(|cell| !cell.trim().is_empty());
    let sides = rows.iter().filter(|row| cell(row, account) && (cell(row, debit) || cell(row, credit)));
    let mut entries: Vec<[bool; 3]> = Vec::new();
    for row in sides {
        if cell(row, date) || entries.is_empty() {
            entries.push([false; 3]);
        }
        let undated = !cell(row, date);
        if let Some([debits, credits, rest]) = entries.last_mut() {
            *debits |= cell(row, debit);
            *credits |= cell(row, credit);
            *rest |= undated;
        }
    }
    // The head may cut off the last one.
    let whole = entries.get(..entries.len().max(2) - 1).unwrap_or(&entries);
    entries.len() > 1 && whole.iter().all(|entry| entry.iter().all(|one| *one))
}
