//! What the dates of a column show together: under which orders of day and month they exist, and how they follow.

use time::Date;

use super::dates::{ORDERS, Parts};
use crate::DateOrder;

/// A date under every order, so that a date that comes again is read once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Readings {
    /// As in [`ORDERS`].
    dates: [Option<Date>; 3],
    is_sure: bool,
    /// A day that could be a month as well, of a date that leaves nothing open.
    is_low: bool,
    is_dotted: bool,
    is_short: bool,
}

impl Readings {
    /// Reads the parts under each order.
    pub(crate) fn of(parts: Parts) -> Self {
        Self {
            dates: ORDERS.map(|order| parts.read(order)),
            is_sure: matches!(parts, Parts::Sure(_)),
            is_low: matches!(parts, Parts::Sure(date) if date.day() <= 12),
            is_dotted: parts.mark() == Some('.'),
            is_short: matches!(parts, Parts::Short { mark, .. } if mark != '-'),
        }
    }

    /// The date under one order, if there is such a day.
    pub(crate) fn date(&self, order: DateOrder) -> Option<Date> {
        ORDERS.iter().zip(self.dates).find(|(one, _)| **one == order).and_then(|(_, date)| date)
    }
}

/// What all dates of a column show together.
#[derive(Clone, Debug, Default)]
pub(crate) struct DateStats {
    /// Cells that are dates.
    pub(crate) count: u64,
    /// Of them those with a single reading in themselves.
    pub(crate) sure: u64,
    /// Of these, dates whose day could be a month.
    low: u64,
    /// Dates that exist, by order as in [`ORDERS`].
    valid: [u64; 3],
    /// Dates with points between the parts.
    dotted: u64,
    /// Dates of two digits each without a dash: hardly anybody starts these with the year.
    short: u64,
    runs: [Run; 3],
}

/// The dates of a column under one order.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    last: Option<Date>,
    range: Option<(Date, Date)>,
    rises: u64,
    falls: u64,
}

impl DateStats {
    /// Adds one date.
    pub(crate) fn see(&mut self, parts: Parts) {
        self.see_readings(&Readings::of(parts));
    }

    /// Adds one date whose readings are known.
    pub(crate) fn see_readings(&mut self, one: &Readings) {
        self.count += 1;
        self.sure += u64::from(one.is_sure);
        self.low += u64::from(one.is_low);
        self.dotted += u64::from(one.is_dotted);
        self.short += u64::from(one.is_short);
        for ((date, valid), run) in one.dates.iter().zip(&mut self.valid).zip(&mut self.runs) {
            let Some(date) = *date else { continue };
            *valid += 1;
            run.see(date);
        }
    }

    /// The orders under which (nearly) every date exists.
    pub(crate) fn possible(&self) -> Vec<DateOrder> {
        let most = self.valid.iter().copied().max().unwrap_or(0);
        let orders = ORDERS.into_iter().zip(self.valid);
        orders.filter(|(_, valid)| *valid == most && most > 0).map(|(order, _)| order).collect()
    }

    /// Whether a spreadsheet of another country has taken the dates for its own: it turns `05/01` into the first of May and
    /// leaves `13/01`, which it cannot read, as text. So each date that leaves nothing open has a day that could be a
    /// month, and each that is written out has none.
    pub(crate) fn is_half_turned(&self) -> bool {
        let [day_first, month_first, _] = self.valid;
        let written = self.count > self.sure && self.dotted == 0;
        let one_order = day_first.min(month_first) == self.sure && day_first.max(month_first) == self.count;
        written && one_order && self.sure > 0 && self.low == self.sure
    }

    /// Points between day and month are used where the day comes first.
    pub(crate) fn is_dotted(&self) -> bool {
        self.dotted * 2 > self.count
    }

    /// First and last day under one order.
    pub(crate) fn range(&self, order: DateOrder) -> Option<(Date, Date)> {
        self.run(order).and_then(|run| run.range)
    }

    /// Whether the newest row comes first.
    pub(crate) fn falls_only(&self, order: DateOrder) -> bool {
        self.run(order).is_some_and(|run| run.rises == 0 && run.falls > 0)
    }

    /// The one order among these in which the rows are sorted by date, where the others are not. Three dates in any order
    /// are sorted under a wrong reading by chance once in three times, so a few do not tell.
    pub(crate) fn sorted(&self, orders: &[DateOrder]) -> Option<DateOrder> {
        const FEW_STEPS: u64 = 4;
        let is_sorted = |order: &&DateOrder| {
            let run = self.run(**order);
            run.is_some_and(|run| (run.rises == 0) != (run.falls == 0) && run.rises + run.falls >= FEW_STEPS)
        };
        let unsorted = |order: &DateOrder| self.run(*order).is_some_and(|run| run.rises > 0 && run.falls > 0);
        let mut sorted = orders.iter().filter(is_sorted);
        let (first, second) = (sorted.next()?, sorted.next());
        let others_are_not = orders.iter().filter(|order| *order != first).all(unsorted);
        (second.is_none() && others_are_not).then_some(*first)
    }

    /// Without the year in front of a date such as `23/09/05`, unless nothing else is left.
    pub(crate) fn usual(&self, mut orders: Vec<DateOrder>) -> Vec<DateOrder> {
        if self.short > 0 && orders.len() > 1 {
            orders.retain(|order| *order != DateOrder::Ymd);
        }
        orders
    }

    /// The orders under which the rows do not lie many years apart, where they lie within a year under another.
    pub(crate) fn near(&self, orders: &[DateOrder]) -> Vec<DateOrder> {
        let days = |order: &DateOrder| self.range(*order).map_or(0, |(from, to)| (to - from).whole_days());
        let shortest = orders.iter().map(days).min().unwrap_or(0);
        orders.iter().copied().filter(|order| shortest > 400 || days(order) <= shortest.max(100) * 8).collect()
    }

    /// The one order that puts many rows into one month or so, where the others spread them over the year.
    pub(crate) fn dense(&self, orders: &[DateOrder]) -> Option<DateOrder> {
        let days = |order: DateOrder| self.range(order).map(|(from, to)| (to - from).whole_days());
        let changes = |order: DateOrder| self.run(order).map_or(0, |run| run.rises + run.falls);
        let mut short = orders.iter().filter(|order| days(**order).is_some_and(|days| days <= 45));
        let (first, second) = (*short.next()?, short.next());
        let wide = orders.iter().filter(|order| **order != first).all(|order| days(*order).is_some_and(|d| d >= 120));
        (second.is_none() && wide && self.count >= 12 && changes(first) >= 4).then_some(first)
    }

    fn run(&self, order: DateOrder) -> Option<&Run> {
        self.runs.get(ORDERS.iter().position(|one| *one == order)?)
    }
}

impl Run {
    fn see(&mut self, date: Date) {
        if let Some(last) = self.last {
            self.rises += u64::from(date > last);
            self.falls += u64::from(date < last);
        }
        self.last = Some(date);
        self.range = Some(self.range.map_or((date, date), |(from, to)| (from.min(date), to.max(date))));
    }
}
