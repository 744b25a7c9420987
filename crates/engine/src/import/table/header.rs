//! Where the header of a table stands, and what stands before it.

use super::dialect::{Row, is_movement};
use crate::import::{
    dates,
    limits::MAX_PREAMBLE_ROWS,
    numbers,
    words::{Meaning, Phrase, Words, fold},
};

/// Where the parts of a table stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// The header row, an index of the rows.
    pub(crate) header: Option<usize>,
    /// Whether any row of the head has a date and an amount.
    pub(crate) has_movements: bool,
}

/// The phrases that match a header, best first.
pub(crate) fn meanings<'w>(header: &str, words: &'w Words) -> Vec<&'w Phrase> {
    let folded = fold(&without_currency(header, words));
    let (parts, squashed) = (folded.split(' ').collect::<Vec<_>>(), folded.replace(' ', ""));
    let scored = words.headers.iter().map(|phrase| (phrase.score(&parts, &squashed), phrase));
    let last = parts.last().copied().unwrap_or_default();
    let turns = words.turns(last) || words.is_planned(&folded);
    let turned = |phrase: &Phrase| turns && is_money(phrase.meaning) && !phrase.is_whole(&folded);
    let mut hits: Vec<(usize, &Phrase)> = scored.filter(|(score, phrase)| *score > 0 && !turned(phrase)).collect();
    hits.sort_by(|(one, left), (other, right)| other.cmp(one).then(right.weight.cmp(&left.weight)));
    let mut out: Vec<&Phrase> = hits.into_iter().map(|(_, phrase)| phrase).collect();
    let joins = header.contains(['/', '|', '&', '+']);
    if let Some(amount) = of_both_sides(&out, words).filter(|_| joins) {
        out.insert(0, amount);
    } else if let Some(side) = side_of_amount(&out, &folded) {
        let phrase = out.remove(side);
        out.insert(0, phrase);
    }
    out
}

/// `Deposit/Withdrawal` is an amount: a header that names both sides.
fn of_both_sides<'w>(phrases: &[&'w Phrase], words: &'w Words) -> Option<&'w Phrase> {
    let first = phrases.first()?;
    let other = match first.meaning {
        Meaning::Debit => Meaning::Credit,
        Meaning::Credit => Meaning::Debit,
        _ => return None,
    };
    let other = phrases.iter().find(|phrase| phrase.meaning == other)?;
    let apart = first.words().all(|word| other.words().all(|one| one != word));
    let is_amount = |phrase: &&Phrase| phrase.meaning == Meaning::Amount && phrase.language == first.language;
    if apart { words.headers.iter().find(is_amount) } else { None }
}

/// `Amount (credit)` is money in, whatever the longer word: the one side that the header of an amount names.
fn side_of_amount(phrases: &[&Phrase], folded: &str) -> Option<usize> {
    let amount = |meaning| matches!(meaning, Meaning::BookedAmount | Meaning::Amount | Meaning::ForeignAmount);
    let of = |wanted: Meaning| phrases.iter().position(|phrase| phrase.meaning == wanted);
    let first = phrases.first().filter(|phrase| amount(phrase.meaning))?;
    // "Credit card amount" names a card, and a whole known header needs no second look.
    let named = folded.contains("card") || folded.contains("account") || first.is_whole(folded);
    match (of(Meaning::Debit), of(Meaning::Credit)) {
        (Some(one), None) | (None, Some(one)) if !named => Some(one),
        _ => None,
    }
}

/// `Betrag (EUR)` and `Betrag in EUR` as `Betrag`: the currency of a header is not part of its meaning.
fn without_currency(header: &str, words: &Words) -> String {
    let parts: Vec<&str> = header.split_whitespace().collect();
    let is_code = |part: &&&str| {
        let bare = part.trim_matches(|letter: char| "()[],.:;/".contains(letter));
        words.currency_mark(bare).is_some() && bare.chars().count() <= 4
    };
    let next_is_code = |place: usize| parts.get(place + 1).is_some_and(|next| is_code(&next));
    let keeps =
        |(place, part): &(usize, &&str)| !(is_code(part) || words.is_before_currency(part) && next_is_code(*place));
    let kept: Vec<&str> = parts.iter().enumerate().filter(keeps).map(|(_, part)| *part).collect();
    if kept.is_empty() { header.to_owned() } else { kept.join(" ") }
}

/// The currency that a header names, as in `Amount (EUR)`.
pub(crate) fn currency_of(header: &str, words: &Words) -> Option<saldo_kernel::Currency> {
    let parts = header.split(|letter: char| letter.is_whitespace() || "()[],.:;/_'’".contains(letter));
    parts.filter(|part| !part.is_empty()).find_map(|part| words.currency(part))
}

/// How many cells of a row are known header words; 0 where the row holds dates, amounts or nothing about money.
pub(crate) fn known_words(cells: &[String], words: &Words) -> usize {
    let filled: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    if filled.len() < 2 || filled.iter().any(|cell| is_value(cell, words)) {
        return 0;
    }
    let best: Vec<Meaning> = filled
        .iter()
        .filter(|cell| cell.chars().count() <= 60)
        .filter_map(|cell| meanings(cell, words).first().map(|phrase| phrase.meaning))
        .collect();
    let of_date = best.iter().any(|meaning| is_date(*meaning));
    let of_money = best.iter().any(|meaning| is_money(*meaning));
    // A sentence in a preamble may hold a word or two of these.
    if (of_date || of_money) && best.len() * 3 >= filled.len() { best.len() } else { 0 }
}

/// A date or a number.
pub(crate) fn is_value(cell: &str, words: &Words) -> bool {
    dates::scan(cell, words).is_some() || numbers::scan(cell, words).is_some()
}

/// Any of the dates.
pub(crate) fn is_date(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::BookingDate
            | Meaning::Date
            | Meaning::TransactionDate
            | Meaning::EarlyDate
            | Meaning::ValueDate
            | Meaning::OtherDate
            | Meaning::DocumentDate
            | Meaning::DueDate
    )
}

/// Amounts of movements.
pub(crate) fn is_money(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::BookedAmount | Meaning::Amount | Meaning::ForeignAmount | Meaning::Debit | Meaning::Credit
    )
}

/// Finds the header.
pub(crate) fn find(rows: &[Row], words: &Words) -> Layout {
    let movement = |row: &&Row| is_movement(row.cells.iter().map(String::as_str), words);
    let first_movement = rows.iter().position(|row| movement(&row));
    // A line of the preamble may hold a date and a balance, as a movement does.
    let start = rows.get(..rows.len().min(MAX_PREAMBLE_ROWS)).unwrap_or_default();
    let allowed = |place: usize| rows.iter().take(place).filter(|row| movement(row)).count() <= 3;
    let known = start.iter().map(|row| known_words(&row.cells, words)).enumerate();
    let known: Vec<(usize, usize)> = known.filter(|(_, hits)| *hits >= 2).collect();
    let best = known.iter().max_by_key(|(place, hits)| (*hits, std::cmp::Reverse(*place))).map(|(place, _)| *place);
    let best = best.map(|best| first_of_tables(rows, &known, best, words));
    let by_words = best.filter(|place| allowed(*place));
    let header = by_words.or_else(|| unknown_header(rows, first_movement?));
    Layout { header, has_movements: first_movement.is_some() }
}

/// The header that comes first, if it has a table of its own above the one with the best header. A record of the account,
/// with a date and a balance, is no table.
fn first_of_tables(rows: &[Row], known: &[(usize, usize)], best: usize, words: &Words) -> usize {
    const FEWEST_ROWS: usize = 2;
    let has_table = |place: usize, next: usize| {
        let cells = rows.get(place).map(|row| row.cells.as_slice()).unwrap_or_default();
        let found: Vec<Meaning> =
            cells.iter().filter_map(|cell| Some(meanings(cell, words).first()?.meaning)).collect();
        let told = found.iter().any(|one| is_date(*one)) && found.iter().any(|one| is_money(*one));
        let below = rows.get(place + 1..next).unwrap_or_default().iter();
        told && below.filter(|row| is_movement(row.cells.iter().map(String::as_str), words)).count() >= FEWEST_ROWS
    };
    let nexts = known.iter().skip(1).map(|(place, _)| *place);
    let above = known.iter().map(|(place, _)| *place).zip(nexts).filter(|(place, _)| *place < best);
    above.into_iter().find(|(place, next)| has_table(*place, *next)).map_or(best, |(place, _)| place)
}

/// A row of as many different texts as the first movement has fields, right before it.
fn unknown_header(rows: &[Row], first_movement: usize) -> Option<usize> {
    let place = first_movement.checked_sub(1)?;
    let (header, movement) = (rows.get(place)?, rows.get(first_movement)?);
    let mut filled: Vec<&str> = header.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    let count = filled.len();
    filled.sort_unstable();
    filled.dedup();
    let plain = filled.iter().all(|cell| cell.chars().count() <= 40 && cell.chars().any(char::is_alphabetic));
    let wide_enough = count >= 3 && count * 10 >= movement.cells.len() * 6;
    (plain && wide_enough && filled.len() * 10 >= count * 7).then_some(place)
}
