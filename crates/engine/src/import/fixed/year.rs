//! The years of dates that are printed without one: from a whole date in the same row, the period or the date of the
//! statement. Where these leave two years open, none is chosen.

use time::Date;

use super::{
    super::{dates, words::Words},
    line::{self, Kind, Token},
};
use crate::DateOrder;

/// What the headings of a page say of its time.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchors {
    /// First and last day of periods.
    periods: Vec<(Date, Date)>,
    /// Dates that stand alone, such as that of the statement.
    days: Vec<Date>,
}

/// Longer texts that hold a date are sentences.
const LONGEST_WORDS: usize = 10;
/// Days of movements around a stated period: what was bought before it is booked within, and value dates lie behind.
const BEFORE: i64 = 62;
const BEHIND: i64 = 31;
/// Days before the date of a statement that its movements go back; quarterly ones are the longest without years.
const LONGEST: i64 = 130;

impl Anchors {
    /// Adds what a line outside the table says.
    pub(super) fn see(&mut self, text: &str, known: &Words) {
        for segment in line::segments(text).iter().filter(|one| one.text.split(' ').count() <= LONGEST_WORDS) {
            let tokens = line::tokens(&segment.text, false, known);
            let found: Vec<Date> = tokens.iter().filter_map(|token| whole(token, known)).collect();
            match found.as_slice() {
                [from, to] if from < to => self.periods.push((*from, *to)),
                days => self.days.extend(days),
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.periods.is_empty() && self.days.is_empty()
    }

    /// The dates of a page in full. Each comes with the whole dates of its row; `None` where the year is open.
    pub(super) fn resolve(&self, days: &[(&str, Vec<Date>)], known: &Words) -> Vec<Option<Date>> {
        let stated: Option<Vec<Date>> = self.of_period(days, known).or_else(|| self.of_days(days, known));
        let one = |(place, (text, beside)): (usize, &(&str, Vec<Date>))| {
            let near = beside.first().and_then(|date| nearest(text, *date, known));
            near.or_else(|| stated.as_ref()?.get(place).copied())
        };
        days.iter().enumerate().map(one).collect()
    }

    /// All days in the one year in which they fit the period.
    fn of_period(&self, days: &[(&str, Vec<Date>)], known: &Words) -> Option<Vec<Date>> {
        let (from, to) = only(self.periods.iter().copied())?;
        let fitting = |text: &str, before: i64, behind: i64| {
            let years = from.year() - 1..=to.year() + 1;
            let dates = years.filter_map(|year| in_year(text, year, known));
            only(dates.filter(|date| (from - *date).whole_days() <= before && (*date - to).whole_days() <= behind))
        };
        days.iter().map(|(text, _)| fitting(text, 0, 0).or_else(|| fitting(text, BEFORE, BEHIND))).collect()
    }

    /// All days shortly before the date of the statement; other dates of the heading must not say otherwise.
    fn of_days(&self, days: &[(&str, Vec<Date>)], known: &Words) -> Option<Vec<Date>> {
        let ends = self.days.iter().chain(self.periods.iter().map(|(_, to)| to));
        let read = |end: &Date| -> Option<Vec<Date>> {
            let before = |text: &str| {
                let dates = (end.year() - 1..=end.year() + 1).filter_map(|year| in_year(text, year, known));
                only(dates.filter(|date| (-BEHIND..=LONGEST).contains(&(*end - *date).whole_days())))
            };
            days.iter().map(|(text, _)| before(text)).collect()
        };
        only(ends.filter_map(read))
    }
}

/// The one value, however often it comes.
fn only<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}

fn whole(token: &Token, known: &Words) -> Option<Date> {
    if token.kind == Kind::Date { of_text(&token.text, known) } else { None }
}

/// A whole date. The day comes first, where either could: only its year matters here.
pub(super) fn of_text(text: &str, known: &Words) -> Option<Date> {
    let parts = dates::scan(text, known)?;
    parts.read(DateOrder::Dmy).or_else(|| parts.read(DateOrder::Mdy)).or_else(|| parts.read(DateOrder::Ymd))
}

fn in_year(text: &str, year: i32, known: &Words) -> Option<Date> {
    dates::scan(&line::with_year(text, year), known)?.read(DateOrder::Dmy)
}

fn nearest(text: &str, beside: Date, known: &Words) -> Option<Date> {
    let dates = (beside.year() - 1..=beside.year() + 1).filter_map(|year| in_year(text, year, known));
    dates.min_by_key(|date| (*date - beside).whole_days().abs())
}
