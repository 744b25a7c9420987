//! The header of a printed table: cells of several physical lines, each above its column.

use super::{
    super::{
        table::known_words,
        words::{Words, fold},
    },
    line::{self, Token},
};

/// The lines that hold a header, and its cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// Index of the first line, and how many there are.
    pub(super) first: usize,
    pub(super) lines: usize,
    pub(super) cells: Vec<Cell>,
}

/// One name and the columns it spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
}

/// Most lines of one header.
const MOST_LINES: usize = 6;
/// Most lines that are looked at as its first.
const MOST_TRIED: usize = 40;

/// The block of lines with the most known words, if it names a date or an amount.
pub(super) fn find(lines: &[&str], known: &Words) -> Option<Header> {
    let written: Vec<bool> = lines.iter().map(|text| is_written(text, known)).collect();
    let is_written = |place: usize| written.get(place).copied().unwrap_or(false);
    let alone = |place: usize| {
        let text = lines.get(place).filter(|_| is_written(place))?;
        let hits = known_words(&names(&merge(&[text])), known);
        (hits >= 2).then_some(place)
    };
    let seeds: Vec<usize> = (0..lines.len()).filter_map(alone).take(MOST_TRIED).collect();
    let mut best: Option<((usize, usize, usize), Header)> = None;
    let spans = seeds.iter().flat_map(|seed| {
        let starts = seed.saturating_sub(MOST_LINES - 1)..=*seed;
        starts.flat_map(move |first| (seed - first + 1..=MOST_LINES).map(move |count| (first, count)))
    });
    for (first, count) in spans {
        let Some(block) = lines.get(first..first + count) else { continue };
        if !(first..first + count).all(is_written) {
            continue;
        }
        let cells = merge(block);
        let hits = known_words(&names(&cells), known);
        let bounded = |place: Option<usize>| usize::from(!place.is_some_and(is_written));
        // A whole paragraph is the header rather than a part of it.
        let rank = (hits, bounded(first.checked_sub(1)) + bounded(Some(first + count)), count);
        if hits >= 2 && best.as_ref().is_none_or(|(most, _)| rank > *most) {
            best = Some((rank, Header { first, lines: count, cells }));
        }
    }
    best.map(|(_, header)| header)
}

/// Names of columns, perhaps: neither blank nor drawn nor the title of a section, and without values.
fn is_written(text: &str, known: &Words) -> bool {
    let is_value = |token: &Token| token.kind != line::Kind::Text;
    let is_title = known.section(text).is_some();
    !text.trim().is_empty()
        && !is_title
        && !line::is_ruler(text)
        && !line::tokens(text, true, known).iter().any(is_value)
}

fn names(cells: &[Cell]) -> Vec<String> {
    cells.iter().map(|cell| cell.text.clone()).collect()
}

/// What a line says, whatever its columns: a header is repeated on a page where these are the same.
pub(super) fn key(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// Puts the lines of a header together, cell by cell.
pub(super) fn merge(lines: &[&str]) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::new();
    for text in lines {
        out = below(&out, &cells(text));
    }
    out.sort_by_key(|cell| cell.start);
    out
}

/// The cells of one line: between borders where there are some, else between two blanks.
fn cells(text: &str) -> Vec<Cell> {
    let borders: Vec<usize> =
        text.chars().enumerate().filter(|(_, letter)| line::is_border(*letter)).map(|(place, _)| place).collect();
    let segments = line::segments(text);
    if borders.len() < 2 {
        return segments.into_iter().map(|one| Cell { start: one.start, end: one.end, text: one.text }).collect();
    }
    let starts = std::iter::once(0).chain(borders.iter().map(|place| place + 1));
    let ends = borders.iter().copied().chain(std::iter::once(text.chars().count()));
    let inside = |(start, end): (usize, usize)| {
        let within = |token: &&Token| token.start >= start && token.end <= end;
        let text = segments.iter().filter(within).map(|one| one.text.as_str()).collect::<Vec<_>>().join(" ");
        Cell { start, end, text }
    };
    starts.zip(ends).filter(|(start, end)| start < end).map(inside).collect()
}

fn overlap(one: &Cell, other: &Cell) -> usize {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}

/// Adds a line of cells below others. A cell above several is part of the name of each.
fn below(above: &[Cell], line: &[Cell]) -> Vec<Cell> {
    let upper = |cell: &Cell| {
        let places = above.iter().enumerate().filter(|(_, one)| overlap(one, cell) > 0);
        places.max_by_key(|(place, one)| (overlap(one, cell), usize::MAX - place)).map(|(place, _)| place)
    };
    let owners: Vec<Option<usize>> = line.iter().map(upper).collect();
    let mut out: Vec<Cell> = Vec::new();
    for (place, one) in above.iter().enumerate() {
        let own: Vec<&Cell> =
            line.iter().zip(&owners).filter(|(_, owner)| **owner == Some(place)).map(|(cell, _)| cell).collect();
        match own.as_slice() {
            [] => out.push(one.clone()),
            [only] => out.push(Cell {
                start: one.start.min(only.start),
                end: one.end.max(only.end),
                text: continued(&one.text, &only.text),
            }),
            several => out
                .extend(several.iter().map(|cell| Cell { text: continued(&one.text, &cell.text), ..(*cell).clone() })),
        }
    }
    out.extend(line.iter().zip(&owners).filter(|(_, owner)| owner.is_none()).map(|(cell, _)| cell.clone()));
    out
}

/// `ОБРА-` and `БОТКИ` are one word.
fn continued(text: &str, more: &str) -> String {
    let cut = text.strip_suffix('-').filter(|text| text.ends_with(char::is_alphabetic));
    match (cut, text.is_empty() || more.is_empty()) {
        (Some(text), false) => format!("{text}{more}"),
        (_, true) => format!("{text}{more}"),
        (None, false) => format!("{text} {more}"),
    }
}
