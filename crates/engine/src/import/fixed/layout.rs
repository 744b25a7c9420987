//! The columns of one page: dates stand under each other by their first character, amounts by their last digit, and text
//! between them.

use super::{
    super::{
        table::{is_date, is_money, meanings},
        words::{Meaning, Words},
    },
    header::Cell,
    line::{Kind, Token},
};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Sort {
    Date,
    Amount,
    /// Words for money in and money out behind the amounts.
    Side,
    Currency,
    /// Text right of so many of the others.
    Text {
        region: usize,
    },
}

/// One column of a page.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) sort: Sort,
    /// Where its tokens are aligned: first characters, or for amounts the places behind the last digits.
    from: usize,
    to: usize,
    /// The first and the last character of its tokens.
    span: (usize, usize),
    pub(super) header: String,
}

/// The columns of a page: those with alignment in their order, then the texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub(super) columns: Vec<Column>,
    aligned: usize,
}

/// Tokens of one column do not stand farther from each other than this.
const SHIFT: usize = 2;
/// A header that stands farther beside a column is not its own.
const FAR: usize = 12;

/// The place of the date that starts a movement; an amount follows it.
pub(super) fn starts_movement(tokens: &[Token]) -> Option<usize> {
    let date = tokens.iter().position(|token| token.kind == Kind::Date && token.apart)?;
    let amount = |token: &Token| matches!(token.kind, Kind::Amount { .. });
    let behind = tokens.get(date + 1..)?;
    let place = behind.iter().position(amount)?;
    // Columns are wide apart somewhere; a sentence is not.
    behind.get(..=place)?.iter().any(|token| token.apart).then_some(date)
}

/// Learns the columns from the movements of a page and its header.
pub(super) fn learn(movements: &[Vec<Token>], header: &[Cell], known: &Words) -> Layout {
    let mut aligned = aligned(movements, header, known);
    aligned.sort_by_key(|column| column.from);
    name(&mut aligned, header);
    let mut out = Layout { aligned: aligned.len(), columns: aligned };
    out.columns.extend(texts(&out, movements, header));
    out
}

/// Where a token of a line is aligned, if it is of the kind that is looked for.
type Wanted<'w> = dyn Fn(&[Token], usize, &Token) -> Option<usize> + 'w;

fn aligned(movements: &[Vec<Token>], header: &[Cell], known: &Words) -> Vec<Column> {
    let all = |wanted: &Wanted<'_>| {
        let mut found: Vec<(usize, &Token)> = Vec::new();
        for tokens in movements {
            let of_line = tokens.iter().enumerate();
            found.extend(of_line.filter_map(|(place, token)| Some((wanted(tokens, place, token)?, token))));
        }
        clusters(found)
    };
    let first_amount = |tokens: &[Token]| {
        tokens.iter().position(|token| matches!(token.kind, Kind::Amount { .. })).unwrap_or(tokens.len())
    };
    let dates =
        all(&|tokens, place, token| (token.kind == Kind::Date && place < first_amount(tokens)).then_some(token.start));
    let amounts = all(&|_, _, token| match token.kind {
        Kind::Amount { edge } => Some(edge),
        Kind::Date | Kind::Text => None,
    });
    let text = |token: &Token| token.kind == Kind::Text;
    let sides = all(&|tokens, place, token| {
        let names = text(token) && place > first_amount(tokens) && known.side(&token.text).is_some();
        names.then_some(token.start)
    });
    let currencies = all(&|_, _, token| (text(token) && is_code(&token.text, known)).then_some(token.start));
    let says = |group: &Group, wanted: fn(Meaning) -> bool| {
        let above = header.iter().filter(|cell| cell.start < group.span.1 && cell.end > group.span.0);
        above.into_iter().any(|cell| meanings(&cell.text, known).first().is_some_and(|one| wanted(one.meaning)))
    };
    let count = movements.len();
    let most = |parts: usize| move |group: &Group| group.count * parts >= count;
    let column = |sort: Sort| {
        move |group: Group| Column { sort, from: group.from, to: group.to, span: group.span, header: String::new() }
    };
    let dates = dates.into_iter().filter(|group| most(2)(group) || says(group, is_date)).map(column(Sort::Date));
    let amounts = amounts
        .into_iter()
        .filter(|group| group.apart && most(5)(group) || says(group, is_number))
        .map(column(Sort::Amount));
    let sides = sides.into_iter().filter(|group| most(5)(group)).map(column(Sort::Side));
    let currencies = currencies.into_iter().filter(|group| count > 1 && most(2)(group)).map(column(Sort::Currency));
    dates.chain(amounts).chain(sides).chain(currencies).collect()
}

fn is_number(meaning: Meaning) -> bool {
    is_money(meaning) || matches!(meaning, Meaning::Balance | Meaning::Fee | Meaning::OtherNumber)
}

fn is_code(text: &str, known: &Words) -> bool {
    let short = text.chars().count() <= 3 && !text.chars().any(char::is_lowercase);
    short && known.currency(text).is_some()
}

/// Tokens that are aligned.
struct Group {
    from: usize,
    to: usize,
    span: (usize, usize),
    count: usize,
    /// Whether any of them stands apart from the text before it.
    apart: bool,
}

/// Groups tokens whose places are close to their neighbours'.
fn clusters(mut found: Vec<(usize, &Token)>) -> Vec<Group> {
    found.sort_by_key(|(place, _)| *place);
    let mut out: Vec<Group> = Vec::new();
    for (place, token) in found {
        match out.last_mut().filter(|group| place <= group.to + SHIFT) {
            Some(group) => {
                group.to = place;
                group.count += 1;
                group.span = (group.span.0.min(token.start), group.span.1.max(token.end));
                group.apart |= token.apart;
            }
            None => {
                out.push(Group {
                    from: place,
                    to: place,
                    span: (token.start, token.end),
                    count: 1,
                    apart: token.apart,
                });
            }
        }
    }
    out
}

/// Gives each column the header above it, or else the nearest that is above none.
fn name(columns: &mut [Column], header: &[Cell]) {
    let shared =
        |column: &Column, cell: &Cell| cell.end.min(column.span.1).saturating_sub(cell.start.max(column.span.0));
    let mut taken = vec![false; header.len()];
    for column in columns.iter_mut() {
        let best = header.iter().enumerate().map(|(place, cell)| (shared(column, cell), place)).max_by_key(|one| one.0);
        if let Some((_, place)) = best.filter(|(shared, _)| *shared > 0) {
            column.header = header.get(place).map(|cell| cell.text.clone()).unwrap_or_default();
            taken.get_mut(place).into_iter().for_each(|one| *one = column.sort != Sort::Currency);
        }
    }
    let apart = |column: &Column, cell: &Cell| {
        cell.start.saturating_sub(column.span.1).max(column.span.0.saturating_sub(cell.end))
    };
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (place, column) in
        columns.iter().enumerate().filter(|(_, one)| one.header.is_empty() && one.sort != Sort::Currency)
    {
        pairs.extend(header.iter().enumerate().map(|(cell, one)| (apart(column, one), place, cell)));
    }
    pairs.sort_unstable();
    for (distance, place, cell) in pairs {
        let free = !taken.get(cell).copied().unwrap_or(true) && distance <= FAR;
        if let Some(column) = columns.get_mut(place).filter(|column| free && column.header.is_empty()) {
            column.header = header.get(cell).map(|cell| cell.text.clone()).unwrap_or_default();
            taken.get_mut(cell).into_iter().for_each(|one| *one = true);
        }
    }
}

/// The texts between aligned columns, parted where the header parts them and no word stands across.
fn texts(layout: &Layout, movements: &[Vec<Token>], header: &[Cell]) -> Vec<Column> {
    let mut out = Vec::new();
    for region in 0..=layout.aligned {
        let words: Vec<&Token> = movements
            .iter()
            .flatten()
            .filter(|one| layout.is_loose(one) && layout.region(one.start) == region)
            .collect();
        let named = |cell: &&Cell| {
            let own = layout.columns.iter().any(|one| one.header == cell.text && one.sort != Sort::Currency);
            !cell.text.is_empty() && !own && layout.region(cell.start) == region
        };
        let column = |from: usize, header: String| Column {
            sort: Sort::Text { region },
            from,
            to: from,
            span: (from, from),
            header,
        };
        let mut parts: Vec<Column> = Vec::new();
        for cell in header.iter().filter(named) {
            let Some(last) = parts.last_mut() else {
                parts.push(column(0, cell.text.clone()));
                continue;
            };
            let across = |place: &usize| words.iter().any(|word| word.start < *place && word.end > *place);
            let near = (last.from.max(1)..=cell.end).rev().filter(|place| *place > last.to && !across(place));
            match near.min_by_key(|place| place.abs_diff(cell.start)) {
                Some(place) => parts.push(column(place, cell.text.clone())),
                None => last.header = format!("{} {}", last.header, cell.text),
            }
        }
        if parts.is_empty() {
            parts.push(column(0, String::new()));
        }
        out.append(&mut parts);
    }
    out
}

impl Layout {
    /// How many aligned columns stand left of a word.
    fn region(&self, start: usize) -> usize {
        self.columns.iter().take(self.aligned).filter(|column| column.from < start).count()
    }

    fn at(&self, sort: Sort, place: usize, shift: usize) -> Option<usize> {
        let aligned = self.columns.iter().take(self.aligned);
        let near = |column: &Column| place + shift >= column.from && place <= column.to + shift;
        aligned.enumerate().find(|(_, column)| column.sort == sort && near(column)).map(|(place, _)| place)
    }

    /// The aligned column that a token may stand in.
    fn column(&self, token: &Token) -> Option<usize> {
        match token.kind {
            Kind::Date => self.at(Sort::Date, token.start, SHIFT),
            Kind::Amount { edge } => self.at(Sort::Amount, edge, SHIFT),
            Kind::Text => self.at(Sort::Side, token.start, 0).or_else(|| self.at(Sort::Currency, token.start, 0)),
        }
    }

    fn is_loose(&self, token: &Token) -> bool {
        self.column(token).is_none()
    }

    /// The text column of a word.
    fn text(&self, start: usize) -> Option<usize> {
        let region = self.region(start);
        let texts = self.columns.iter().enumerate();
        let fits = |(_, column): &(usize, &Column)| column.sort == Sort::Text { region } && column.from <= start;
        texts.rev().find(fits).map(|(place, _)| place)
    }

    /// The cells of a line, one for each column, and whether a date, and an amount, stand in their columns.
    pub(super) fn split(&self, tokens: &[Token], known: &Words) -> Split {
        let mut out = Split { cells: vec![String::new(); self.columns.len()], dated: false, valued: false };
        for token in tokens {
            let free = |place: &usize| out.cells.get(*place).is_some_and(String::is_empty);
            let means = |place: &usize| match self.columns.get(*place).map(|column| column.sort) {
                Some(Sort::Side) => known.side(&token.text).is_some(),
                Some(Sort::Currency) => is_code(&token.text, known),
                _ => true,
            };
            let place = self.column(token).filter(free).filter(means);
            out.dated |= place.is_some() && token.kind == Kind::Date;
            out.valued |= place.is_some() && token.kind != Kind::Date && token.kind != Kind::Text;
            let place = place.or_else(|| self.text(token.start));
            if let Some(cell) = place.and_then(|place| out.cells.get_mut(place)) {
                append(cell, &token.text);
            }
        }
        out
    }

    /// Whether a line below a movement may be the rest of its text: not farther left than the dates, unless a column of
    /// text stands left of them.
    pub(super) fn may_continue(&self, tokens: &[Token]) -> bool {
        let text_first = self.columns.iter().any(|one| one.sort == Sort::Text { region: 0 } && !one.header.is_empty());
        let dates = self.columns.iter().find(|one| one.sort == Sort::Date).map_or(0, |one| one.from);
        text_first || tokens.first().is_some_and(|token| token.start > dates)
    }

    /// The first column of a sort.
    pub(super) fn first(&self, sort: Sort) -> Option<usize> {
        self.columns.iter().position(|column| column.sort == sort)
    }
}

/// A line by columns.
pub(super) struct Split {
    pub(super) cells: Vec<String>,
    pub(super) dated: bool,
    pub(super) valued: bool,
}

/// Adds words to a text.
pub(super) fn append(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}
