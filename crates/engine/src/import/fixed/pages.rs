//! From lines to rows: where the pages of the table are, which lines belong to a movement, and what the others state.

use super::{
    super::{
        dates, numbers,
        table::Row,
        words::{RowWord, Side, Words, fold},
    },
    Printed,
    header::{self, Header},
    layout::{self, Layout, Sort, append},
    line::{self, Token},
    sections,
    year::{self, Anchors},
};

/// Lines among which the first header is looked for.
const HEADER_LINES: usize = 400;
/// Most lines of the text of one movement.
const MOST_CONTINUED: usize = 12;
/// Rows beyond this many columns would not fit a table; a page that adds more repeats those of the one before.
const MOST_COLUMNS: usize = 200;

/// Reads all lines; `None` where they are no table.
pub(super) fn read(lines: &[Box<str>], known: &Words) -> Option<Printed> {
    let spaced = !lines.iter().any(|text| groups_without_blanks(text, known));
    let tokens = |place: usize| lines.get(place).map(|text| line::tokens(text, spaced, known)).unwrap_or_default();
    let movements: Vec<bool> =
        (0..lines.len()).map(|place| layout::starts_movement(&tokens(place)).is_some()).collect();
    let last = movements.iter().rposition(|one| *one)?;
    let start: Vec<&str> = lines.iter().take(HEADER_LINES.min(last)).map(|text| &**text).collect();
    let first = header::find(&start, known)?;
    let mut out = Reading { known, lines, spaced, movements, names: Vec::new(), rows: Vec::new(), section: None };
    let headers = out.headers(&first);
    let (mut anchors, mut outside) = (Anchors::default(), 0..first.first);
    for (place, header) in headers.iter().enumerate() {
        let end = headers.get(place + 1).map_or(lines.len(), |next| next.first);
        let inside = header.first + header.lines..end;
        let mut found = Anchors::default();
        outside.clone().for_each(|line| found.see(lines.get(line).map_or("", |text| text), known));
        if !found.is_empty() {
            anchors = found;
        }
        outside.clone().for_each(|line| out.note_section(line));
        outside = out.page(header, inside, &anchors);
    }
    sections::add(&mut out.rows, &mut out.names, known);
    let width = out.names.len();
    if width == 0 {
        return None;
    }
    let before = (0..first.first).flat_map(|place| out.outside(place)).collect();
    // What stands outside the columns keeps clear of them.
    for row in &mut out.rows {
        if let Some(cells) = row.outside.take() {
            row.row.cells = std::iter::repeat_n(String::new(), width).chain(cells).collect();
        }
    }
    Some(Printed {
        before,
        header: Row {
            line: (first.first + first.lines) as u64,
            cells: out.names.into_iter().map(|one| one.1).collect(),
        },
        rows: out.rows.into_iter().map(|one| one.row).collect(),
    })
}

/// Whether an amount of thousands is written without blanks, so that blanks never part the digits of one here.
fn groups_without_blanks(text: &str, known: &Words) -> bool {
    line::words(text).iter().any(|word| {
        let whole = word.text.rsplit_once(['.', ',']).map_or("", |(whole, _)| whole);
        whole.bytes().filter(u8::is_ascii_digit).count() >= 4 && line::decimal(word.text, known)
    })
}

/// A row, or cells that belong to no column.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) row: Row,
    pub(super) outside: Option<Vec<String>>,
    /// The side that the title above tells.
    pub(super) section: Option<Side>,
}

struct Reading<'t> {
    known: &'t Words,
    lines: &'t [Box<str>],
    spaced: bool,
    /// Lines with a date and an amount behind it.
    movements: Vec<bool>,
    /// The columns of the table that the pages make together.
    names: Vec<((Sort, usize), String)>,
    rows: Vec<Made>,
    /// The side of the section at hand.
    section: Option<Side>,
}

impl Reading<'_> {
    fn text(&self, place: usize) -> &str {
        self.lines.get(place).map_or("", |text| text)
    }

    fn tokens(&self, place: usize) -> Vec<Token> {
        line::tokens(self.text(place), self.spaced, self.known)
    }

    /// The first header and every place where it is repeated.
    fn headers(&self, first: &Header) -> Vec<Header> {
        let keys: Vec<String> =
            (first.first..first.first + first.lines).map(|place| header::key(self.text(place))).collect();
        let same =
            |place: &usize| keys.iter().enumerate().all(|(more, key)| header::key(self.text(place + more)) == *key);
        let mut out = vec![first.clone()];
        let behind = first.first + first.lines..self.lines.len().saturating_sub(first.lines - 1);
        for place in behind.filter(same) {
            let lines: Vec<&str> = (place..place + first.lines).map(|one| self.text(one)).collect();
            out.push(Header { first: place, lines: first.lines, cells: header::merge(&lines) });
        }
        out
    }

    /// Reads a page. Returns the lines behind its table, which may head the next one.
    fn page(&mut self, header: &Header, inside: std::ops::Range<usize>, anchors: &Anchors) -> std::ops::Range<usize> {
        let is_movement = |place: &usize| self.movements.get(*place).copied().unwrap_or(false);
        let found: Vec<usize> = inside.clone().filter(is_movement).collect();
        let Some(last) = found.last().copied() else {
            inside.clone().for_each(|place| self.add_outside(place));
            return inside;
        };
        let movements: Vec<Vec<Token>> = found.iter().map(|place| self.tokens(*place)).collect();
        let layout = layout::learn(&movements, &header.cells, self.known);
        let columns = self.columns(&layout);
        let from = self.rows.len();
        // The row that a line may continue, and how many lines it has.
        let mut open: Option<(usize, usize)> = None;
        for place in inside.clone() {
            let text = self.text(place);
            if text.trim().is_empty() || line::is_ruler(text) {
                open = None;
                continue;
            }
            let (tokens, is_movement) = (self.tokens(place), self.movements.get(place).copied().unwrap_or(false));
            let split = layout.split(&tokens, self.known);
            let within = place < last || open.is_some();
            let label = line::segments(text).first().is_some_and(|one| self.known.row_word(&one.text, false).is_some());
            if is_movement && !(split.dated && split.valued) {
                self.add_unfit(place, &layout, &columns);
                open = None;
            } else if is_movement || within && (split.valued || split.dated && !label) {
                self.add(place, split.cells, &columns);
                open = is_movement.then_some((self.rows.len() - 1, 0));
            } else if let Some((row, lines)) =
                open.filter(|one| one.1 < MOST_CONTINUED && !label && layout.may_continue(&tokens))
            {
                self.continue_row(row, &split.cells, &columns);
                open = Some((row, lines + 1));
            } else {
                self.add_outside(place);
                open = None;
            }
        }
        self.add_years(from, anchors);
        last + 1..inside.end
    }

    /// The place of each column of a page among all columns.
    fn columns(&mut self, layout: &Layout) -> Vec<usize> {
        let mut out = Vec::new();
        for column in &layout.columns {
            let sort = match column.sort {
                Sort::Text { .. } => Sort::Text { region: 0 },
                other => other,
            };
            let before = out.iter().filter(|place: &&usize| {
                self.names.get(**place).is_some_and(|((one, _), name)| *one == sort && *name == column.header)
            });
            let key = (sort, before.count());
            let known = self.names.iter().position(|(one, name)| *one == key && *name == column.header);
            out.push(known.unwrap_or_else(|| {
                if self.names.len() < MOST_COLUMNS {
                    self.names.push((key, column.header.clone()));
                }
                self.names.len() - 1
            }));
        }
        out
    }

    fn add(&mut self, place: usize, cells: Vec<String>, columns: &[usize]) {
        let mut row = vec![String::new(); self.names.len()];
        for (cell, column) in cells.iter().zip(columns) {
            row.get_mut(*column).into_iter().for_each(|text| append(text, cell));
        }
        self.push(place, row, None);
    }

    /// A line with a date and an amount that stand in no column: the table will reject it.
    fn add_unfit(&mut self, place: usize, layout: &Layout, columns: &[usize]) {
        let mut row = vec![String::new(); self.names.len()];
        let tokens = self.tokens(place);
        let date = layout::starts_movement(&tokens).and_then(|place| tokens.get(place)).map(|token| token.text.clone());
        for (sort, text) in [(Sort::Date, date.unwrap_or_default()), (Sort::Amount, self.text(place).trim().to_owned())]
        {
            let cell = layout.first(sort).and_then(|one| columns.get(one)).and_then(|one| row.get_mut(*one));
            cell.into_iter().for_each(|cell| cell.clone_from(&text));
        }
        self.push(place, row, None);
    }

    fn continue_row(&mut self, row: usize, cells: &[String], columns: &[usize]) {
        let Some(made) = self.rows.get_mut(row) else { return };
        for (cell, column) in cells.iter().zip(columns) {
            made.row.cells.get_mut(*column).into_iter().for_each(|text| append(text, cell));
        }
    }

    /// Takes note of the title of a section.
    fn note_section(&mut self, place: usize) {
        self.section = self.known.section(self.text(place)).or(self.section);
    }

    fn add_outside(&mut self, place: usize) {
        self.note_section(place);
        for row in self.outside(place) {
            self.rows.push(Made {
                row: Row { line: row.line, cells: Vec::new() },
                outside: Some(row.cells),
                section: None,
            });
        }
    }

    fn push(&mut self, place: usize, cells: Vec<String>, outside: Option<Vec<String>>) {
        let section = self.section;
        self.rows.push(Made { row: Row { line: place as u64 + 1, cells }, outside, section });
    }

    /// A line outside the table: a balance or a currency with its label, else the line as it is.
    fn outside(&self, place: usize) -> Vec<Row> {
        let text = self.text(place);
        if text.trim().is_empty() || line::is_ruler(text) {
            return Vec::new();
        }
        let (line, segments) = (place as u64 + 1, line::segments(text));
        let beside = |label: usize| segments.get(label + 1).is_some_and(|next| self.is_value(next));
        let mut above =
            segments.iter().enumerate().filter(|(place, one)| self.is_label(one) && !beside(*place)).peekable();
        if above.peek().is_none() {
            let labelled = segments.iter().any(|one| self.is_label(one));
            let whole = || vec![text.trim().to_owned()];
            return vec![Row { line, cells: if labelled { self.signed(&segments) } else { whole() } }];
        }
        let next = (place + 1..place + 3).map(|next| line::segments(self.text(next)));
        let below: Vec<Token> = next.into_iter().find(|one| !one.is_empty()).unwrap_or_default();
        above.map(|(_, label)| Row { line, cells: self.labelled(label, &below) }).collect()
    }

    /// A label with the value that stands nearest below it.
    fn labelled(&self, label: &Token, below: &[Token]) -> Vec<String> {
        let apart = |one: &Token| one.start.saturating_sub(label.end).max(label.start.saturating_sub(one.end));
        let values = below.iter().enumerate().filter(|(_, one)| self.is_value(one));
        let nearest = values.min_by_key(|(_, one)| apart(one)).map(|(place, _)| place);
        let value = nearest.and_then(|place| self.signed(below.get(place..)?).into_iter().next());
        std::iter::once(label.text.clone()).chain(value).collect()
    }

    fn is_label(&self, segment: &Token) -> bool {
        matches!(self.known.row_word(&segment.text, false), Some(RowWord::Opening | RowWord::Closing))
            || self.known.currency_labels.contains(&fold(&segment.text))
    }

    fn is_value(&self, segment: &Token) -> bool {
        line::decimal(&segment.text, self.known) || self.known.currency(&segment.text).is_some()
    }

    /// The segments, with a minus before an amount that a word for money out follows: what a card owes.
    fn signed(&self, segments: &[Token]) -> Vec<String> {
        let behind = segments.iter().skip(1).map(Some).chain(std::iter::once(None));
        let cell = |(one, next): (&Token, Option<&Token>)| {
            let owed = next.is_some_and(|next| self.known.side(&next.text) == Some(Side::Out));
            let plain = numbers::scan(&one.text, self.known).is_some_and(|written| !written.negative);
            if owed && plain { format!("-{}", one.text) } else { one.text.clone() }
        };
        segments.iter().zip(behind).map(cell).collect()
    }

    /// Puts years to the dates of rows that have none.
    fn add_years(&mut self, from: usize, anchors: &Anchors) {
        let dates: Vec<usize> = self
            .names
            .iter()
            .enumerate()
            .filter(|(_, ((sort, _), _))| *sort == Sort::Date)
            .map(|(place, _)| place)
            .collect();
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut days = Vec::new();
        for (place, made) in self.rows.iter().enumerate().skip(from) {
            let cells: Vec<(usize, &str)> = dates
                .iter()
                .filter_map(|date| Some((*date, made.row.cells.get(*date)?.as_str())))
                .filter(|one| !one.1.is_empty())
                .collect();
            let whole: Vec<_> = cells.iter().filter_map(|(_, text)| year::of_text(text, self.known)).collect();
            for (date, text) in cells.iter().filter(|(_, text)| dates::scan(text, self.known).is_none()) {
                open.push((place, *date));
                days.push((*text, whole.clone()));
            }
        }
        let read = anchors.resolve(&days, self.known);
        for ((row, cell), date) in open.into_iter().zip(read) {
            let cell = self.rows.get_mut(row).and_then(|made| made.row.cells.get_mut(cell));
            if let (Some(cell), Some(date)) = (cell, date) {
                *cell = date.to_string();
            }
        }
    }
}
