//! The profile of a table, gathered from rows of the usual form: what [`Profile::see`] does, with values that come again
//! and plain numbers taken quickly.

use super::{memo::Memo, scanner::Row};
use crate::import::{
    dates::{self, Readings},
    limits::SAMPLE_ROWS,
    numbers,
    plain_number::Plain,
    table::{
        profile::{Profile, Text, is_dash},
        records::Record,
    },
    words::Words,
};

/// What one cell shows, found before anything is counted.
#[derive(Clone, Copy)]
enum Glance {
    /// Nothing, or a dash.
    Blank,
    /// A cell of a column that is text throughout.
    Quiet,
    Number(Plain),
    Value(Value),
}

/// What is remembered of a cell.
#[derive(Clone, Copy)]
struct Value {
    date: Option<Readings>,
    number: Number,
    text: Text,
}

#[derive(Clone, Copy)]
enum Number {
    None,
    Plain(Plain),
    /// One that only the general code reads.
    Other,
}

/// What the cells of a row show, for whoever reads it next.
#[derive(Clone, Copy, Default)]
pub(crate) struct Glances<'g>(&'g [Glance]);

impl Glances<'_> {
    /// The number of a cell, if it is known to be a plain one.
    pub(crate) fn plain(self, place: usize) -> Option<Plain> {
        match self.0.get(place) {
            Some(Glance::Number(plain)) => Some(*plain),
            _ => None,
        }
    }

    /// The readings of a cell as a date, if it is known to be one.
    pub(crate) fn date(self, place: usize) -> Option<Readings> {
        match self.0.get(place) {
            Some(Glance::Value(value)) => value.date,
            _ => None,
        }
    }
}

/// Gathers the profile of all rows.
pub(crate) struct Gatherer<'w> {
    words: &'w Words,
    pub(crate) profile: Profile,
    memo: Memo<Value>,
    /// Columns that are known to be text throughout; they stay so.
    quiet: Vec<bool>,
    glances: Vec<Glance>,
    /// Rows that hold numbers in the same columns as the last one, not yet counted.
    mask: (u128, u64),
}

impl<'w> Gatherer<'w> {
    /// Nothing seen yet.
    pub(crate) fn new(words: &'w Words) -> Self {
        Self {
            words,
            profile: Profile::default(),
            memo: Memo::new(),
            quiet: Vec::new(),
            glances: Vec::new(),
            mask: (0, 0),
        }
    }

    /// Looks at a row and counts nothing yet. `false` where [`Gatherer::see`] must read it.
    pub(crate) fn look(&mut self, row: Row<'_>) -> bool {
        if row.len() != self.profile.columns.len() || self.profile.sample.len() < SAMPLE_ROWS {
            return false;
        }
        self.glances.clear();
        self.quiet.resize(self.profile.columns.len(), false);
        let mut dated = false;
        for (place, (quiet, column)) in self.quiet.iter_mut().zip(&self.profile.columns).enumerate() {
            *quiet = *quiet || column.is_quiet();
            let cell = row.cell(place);
            let glance = match cell {
                _ if cell.is_empty() || is_dash(cell) => Glance::Blank,
                _ if *quiet => Glance::Quiet,
                _ => match Plain::scan(cell).filter(|plain| !plain.may_be_date()) {
                    Some(plain) => Glance::Number(plain),
                    None => Glance::Value(self.memo.of(cell, || value(cell, self.words))),
                },
            };
            if let Glance::Value(value) = &glance {
                dated |= value.date.is_some();
                if matches!(value.number, Number::Other) {
                    return false;
                }
            }
            self.glances.push(glance);
        }
        dated
    }

    /// What the row that was looked at shows.
    pub(crate) fn glances(&self) -> Glances<'_> {
        Glances(&self.glances)
    }

    /// Counts the row that was looked at.
    pub(crate) fn count(&mut self, row: Row<'_>) {
        self.profile.rows += 1;
        let mut mask = 0_u128;
        for (place, (glance, column)) in self.glances.iter().zip(&mut self.profile.columns).enumerate() {
            if matches!(glance, Glance::Blank) || column.is_quiet_behind(row.cell(place)) {
                continue;
            }
            let number = match glance {
                Glance::Blank | Glance::Quiet => None,
                Glance::Number(plain) => Some(plain),
                Glance::Value(value) => {
                    if let Some(readings) = &value.date {
                        column.dates.see_readings(readings);
                    }
                    match &value.number {
                        Number::Plain(plain) => Some(plain),
                        Number::None | Number::Other => {
                            column.see_text(value.text);
                            None
                        }
                    }
                }
            };
            if let Some(plain) = number {
                column.numbers.see_plain(plain);
                if plain.units != 0 && place < 128 {
                    mask |= 1 << place;
                }
            }
        }
        match &mut self.mask {
            (last, rows) if *last == mask => *rows += 1,
            _ => {
                self.settle();
                self.mask = (mask, 1);
            }
        }
    }

    /// Counts a row of any form.
    pub(crate) fn see(&mut self, record: &Record) {
        self.settle();
        self.profile.see(record, self.words);
    }

    /// The profile of all rows.
    pub(crate) fn finish(mut self) -> Profile {
        self.settle();
        self.profile
    }

    fn settle(&mut self) {
        let (mask, rows) = std::mem::take(&mut self.mask);
        if rows > 0 {
            self.profile.see_mask(mask, rows);
        }
    }
}

fn value(cell: &str, words: &Words) -> Value {
    let date = dates::scan(cell, words).map(Readings::of);
    let number = match (numbers::scan(cell, words), Plain::scan(cell)) {
        (None, _) => Number::None,
        (Some(_), Some(plain)) => Number::Plain(plain),
        (Some(_), None) => Number::Other,
    };
    let text = if matches!(number, Number::None) { Text::of(cell, date.is_some(), words) } else { Text::default() };
    Value { date, number, text }
}
