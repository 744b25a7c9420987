//! Dates as they are written: the parts are told apart first; the order of day and month is decided for a whole column,
//! see [`DateStats`].

use time::{Date, Month};

pub(crate) use super::date_stats::{DateStats, Readings};
use super::{numbers::is_direction_mark, words::Words};
use crate::DateOrder;

/// A cell that is a date, perhaps with a time behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parts {
    /// Only one reading.
    Sure(Date),
    /// Two numbers, then the year.
    YearLast { first: u8, second: u8, year: i32, mark: char },
    /// Three numbers of two digits.
    Short { first: u8, second: u8, third: u8, mark: char },
}

/// The orders that a column can have, as indices of arrays here.
pub(crate) const ORDERS: [DateOrder; 3] = [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd];

/// Takes a cell apart; `None` where it is not a date.
pub(crate) fn scan(cell: &str, words: &Words) -> Option<Parts> {
    let is_around = |letter: char| letter.is_whitespace() || "\"'=".contains(letter) || is_direction_mark(letter);
    let cell = cell.trim_matches(is_around);
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    if !(3..=26).contains(&digits) || cell.len() > 64 {
        return None;
    }
    let (first, rest) = number(cell)?.unwrap_or(("", cell));
    if first.is_empty() {
        return month_first(cell, words).or_else(|| era(cell)).or_else(|| behind_weekday(cell, words));
    }
    let mark = rest.chars().next();
    match (first.len(), mark) {
        (8, None) => compact(first),
        (8, Some(mark)) if " T_-".contains(mark) && is_time(rest.get(1..)?) => compact(first),
        (14, None) => compact(first.get(..8)?).filter(|_| is_clock(first.get(8..).unwrap_or_default())),
        (4, Some('年' | '년')) => in_signs(first.parse().ok()?, rest),
        // Years of the Republic of China, as in Taiwan.
        (3, Some('/')) if first.starts_with('1') => {
            year_first(&(first.parse::<i32>().ok()? + 1911).to_string(), rest, '/', words)
        }
        (4, Some(mark @ ('-' | '.' | '/' | ' '))) => year_first(first, rest, mark, words),
        (1 | 2, Some(mark @ ('-' | '.' | '/'))) => numeric(first, rest, mark).or_else(|| day_month(first, rest, words)),
        (1 | 2, Some(_)) => day_month(first, rest, words),
        _ => None,
    }
}

/// Splits off leading digits. `Some(None)` where there are none.
#[allow(clippy::option_option, reason = "no digits is not a failure")]
fn number(text: &str) -> Option<Option<(&str, &str)>> {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    if end == 0 { Some(None) } else { Some(Some((text.get(..end)?, text.get(end..)?))) }
}

fn digits(text: &str) -> Option<(&str, &str)> {
    number(text).flatten()
}

/// `2019-12-03`, `2019. december 3.`
fn year_first(year: &str, rest: &str, mark: char, words: &Words) -> Option<Parts> {
    let named = rest.trim_start_matches(GAPS);
    if named.starts_with(char::is_alphabetic) {
        let (month, rest) = month(named, words)?;
        let (day, rest) = digits(rest.trim_start_matches(GAPS))?;
        (day.len() <= 2 && ends(rest)).then_some(())?;
        return sure(year.parse().ok()?, month, day.parse().ok()?);
    }
    let (month, rest) = digits(rest.strip_prefix(mark)?)?;
    let (day, rest) = digits(rest.strip_prefix(mark)?)?;
    (month.len() <= 2 && day.len() <= 2 && ends(rest)).then_some(())?;
    sure(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// `03.12.2019`, `3. 12. 2019`
fn numeric(first: &str, rest: &str, mark: char) -> Option<Parts> {
    let gap: &[char] = if mark == '.' { &[' ', '\u{a0}'] } else { &[] };
    let (second, rest) = digits(rest.strip_prefix(mark)?.trim_start_matches(gap))?;
    let (third, rest) = digits(rest.strip_prefix(mark)?.trim_start_matches(gap))?;
    (second.len() <= 2 && ends(rest)).then_some(())?;
    let (a, b) = (first.parse().ok()?, second.parse().ok()?);
    let parts = match third.len() {
        4 => Parts::YearLast { first: a, second: b, year: third.parse().ok()?, mark },
        2 if first.len() == 2 && second.len() == 2 => {
            Parts::Short { first: a, second: b, third: third.parse().ok()?, mark }
        }
        2 => Parts::YearLast { first: a, second: b, year: century(third.parse().ok()?), mark },
        _ => return None,
    };
    ORDERS.iter().any(|order| parts.read(*order).is_some()).then_some(parts)
}

/// What stands between a day, the name of a month and a year.
const GAPS: [char; 5] = ['-', '.', '/', ' ', '\u{a0}'];
/// Behind the number of a day.
const ORDINALS: [&str; 5] = ["st", "nd", "rd", "th", "er"];
/// "Of" before a month and before a year.
const OF: [&str; 2] = ["de ", "del "];

fn without_start<'t>(text: &'t str, starts: &[&str]) -> &'t str {
    starts.iter().find_map(|start| text.strip_prefix(start)).unwrap_or(text)
}

/// The month that a text starts with, and what follows.
fn month<'t>(text: &'t str, words: &Words) -> Option<(u8, &'t str)> {
    let end = text.find(|letter: char| !letter.is_alphabetic())?;
    Some((words.month(text.get(..end)?)?, text.get(end..)?))
}

/// `12-Dec-2019`, `3 марта 2020 г.`, `5. März 20`, `1st March 2020`, `3 de marzo de 2020`
fn day_month(day: &str, rest: &str, words: &Words) -> Option<Parts> {
    let rest = without_start(without_start(rest, &ORDINALS).trim_start_matches(GAPS), &OF);
    let (month, rest) = month(rest, words)?;
    let rest =
        without_start(rest.trim_start_matches(GAPS), &OF).trim_start_matches(['-', '.', '/', ' ', ',', '\'', '\u{a0}']);
    let (year, rest) = digits(rest)?;
    ends(rest).then_some(())?;
    sure(full_year(year)?, month, day.parse().ok()?)
}

/// `Dec 12, 2019`
fn month_first(cell: &str, words: &Words) -> Option<Parts> {
    let (month, rest) = month(cell, words)?;
    let (day, rest) = digits(rest.trim_start_matches(GAPS))?;
    let rest = without_start(rest, &ORDINALS).trim_start_matches([',', ' ', '-', '/']);
    let (year, rest) = digits(rest)?;
    (day.len() <= 2 && ends(rest)).then_some(())?;
    sure(full_year(year)?, month, day.parse().ok()?)
}

/// `2019年12月3日`, `2019년 12월 3일`
fn in_signs(year: i32, rest: &str) -> Option<Parts> {
    let (month, rest) = digits(rest.strip_prefix(['年', '년'])?.trim_start())?;
    let (day, rest) = digits(rest.strip_prefix(['月', '월'])?.trim_start())?;
    ends(rest.strip_prefix(['日', '일'])?).then_some(())?;
    sure(year, month.parse().ok()?, day.parse().ok()?)
}

/// Japanese years: `R5.9.5`, `令和5年9月5日`
fn era(cell: &str) -> Option<Parts> {
    const ERAS: [(&str, i32); 4] = [("R", 2018), ("令和", 2018), ("H", 1988), ("平成", 1988)];
    let (rest, before) = ERAS.iter().find_map(|(name, before)| Some((cell.strip_prefix(name)?, before)))?;
    let (year, rest) = digits(rest)?;
    let year = (year.len() <= 2).then(|| year.parse::<i32>().ok()).flatten()? + before;
    if rest.starts_with('年') {
        return in_signs(year, rest);
    }
    let mark = rest.chars().next().filter(|mark| matches!(mark, '.' | '/'))?;
    let (month, rest) = digits(rest.strip_prefix(mark)?)?;
    let (day, rest) = digits(rest.strip_prefix(mark)?)?;
    (month.len() <= 2 && day.len() <= 2 && ends(rest)).then_some(())?;
    sure(year, month.parse().ok()?, day.parse().ok()?)
}

/// `Tue 3 Dec 2019`, `Di. 03.12.2019`
fn behind_weekday(cell: &str, words: &Words) -> Option<Parts> {
    let end = cell.find(|letter: char| !letter.is_alphabetic())?;
    words.is_weekday(cell.get(..end)?).then_some(())?;
    let rest = cell.get(end..)?.trim_start_matches(['.', ',', ' ', '\u{a0}']);
    // One is enough, so that this ends.
    let again = rest.find(|letter: char| !letter.is_alphabetic()).and_then(|end| rest.get(..end));
    if again.is_some_and(|word| words.is_weekday(word) && words.month(word).is_none()) {
        None
    } else {
        scan(rest, words)
    }
}

/// `20240131`, or `31012024` where that is the only reading.
fn compact(eight: &str) -> Option<Parts> {
    let at = |from: usize, to: usize| eight.get(from..to)?.parse::<i32>().ok();
    let small = |value: i32| u8::try_from(value).ok();
    if let Some(parts) = sure(at(0, 4)?, small(at(4, 6)?)?, small(at(6, 8)?)?) {
        return Some(parts);
    }
    let parts = Parts::YearLast { first: small(at(0, 2)?)?, second: small(at(2, 4)?)?, year: at(4, 8)?, mark: '8' };
    ORDERS.iter().any(|order| parts.read(*order).is_some()).then_some(parts)
}

fn sure(year: i32, month: u8, day: u8) -> Option<Parts> {
    date(year, month, day).map(Parts::Sure)
}

fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    // Years of the Buddhist calendar, as in Thailand, run 543 ahead.
    let year = if (2493..=2643).contains(&year) { year - 543 } else { year };
    if !(1950..=2100).contains(&year) {
        return None;
    }
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(century(year)),
        _ => None,
    }
}

fn century(short: i32) -> i32 {
    if short < 70 { 2000 + short } else { 1900 + short }
}

/// Behind a date stands nothing, a full stop, the word for "year" in Russian or Ukrainian, or a time.
fn ends(rest: &str) -> bool {
    let rest = rest.trim();
    let rest = rest.strip_prefix('.').unwrap_or(rest).trim_start_matches([',', 'T', '_']).trim_start();
    rest.is_empty()
        || matches!(rest, "г" | "г." | "года" | "р" | "р." | "року" | "Z")
        || is_time(rest)
        || is_joined_time(rest)
}

/// `-10:11:12`, ` - 10:11`, `-10.11.12`; a lone dash is not enough, for it may stand before anything.
fn is_joined_time(rest: &str) -> bool {
    let Some(time) = rest.strip_prefix('-').map(str::trim_start) else { return false };
    let marks = [2, 5].map(|place| time.as_bytes().get(place).copied());
    (marks == [Some(b'.'); 2] || time.bytes().take(3).any(|byte| byte == b':')) && is_time(time)
}

fn is_time(text: &str) -> bool {
    let text = text.trim();
    let clock = text.find(|letter: char| !(letter.is_ascii_digit() || ":.,".contains(letter))).unwrap_or(text.len());
    let (clock, zone) = text.split_at(clock);
    let zone = zone.trim();
    let zone_fits = zone.len() <= 12 && !zone.contains(['/', ',', ';']);
    let colon = clock.contains(':') || clock.len() >= 4 && clock.contains('.');
    (colon || is_clock(clock)) && clock.starts_with(|letter: char| letter.is_ascii_digit()) && zone_fits
}

/// `hhmm` or `hhmmss` without marks.
fn is_clock(text: &str) -> bool {
    matches!(text.len(), 4 | 6) && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Parts {
    /// The date in one order; `None` where there is no such day.
    pub(crate) fn read(self, order: DateOrder) -> Option<Date> {
        match (self, order) {
            (Self::Sure(date), _) => Some(date),
            (Self::YearLast { first, second, year, .. }, DateOrder::Dmy) => date(year, second, first),
            (Self::YearLast { first, second, year, .. }, DateOrder::Mdy) => date(year, first, second),
            (Self::YearLast { .. }, DateOrder::Ymd) => None,
            (Self::Short { first, second, third, .. }, order) => {
                let [a, b, c] = [first, second, third];
                match order {
                    DateOrder::Dmy => date(century(c.into()), b, a),
                    DateOrder::Mdy => date(century(c.into()), a, b),
                    DateOrder::Ymd => date(century(a.into()), b, c),
                }
            }
        }
    }

    /// What stands between the parts.
    pub(super) fn mark(self) -> Option<char> {
        match self {
            Self::Sure(_) => None,
            Self::YearLast { mark, .. } | Self::Short { mark, .. } => Some(mark),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, order: DateOrder) -> Option<String> {
        let words = Words::load().expect("the words");
        scan(cell, words).and_then(|parts| parts.read(order)).map(|date| date.to_string())
    }

    #[test]
    fn dates_are_read_in_every_common_form() {
        for cell in [
            "2019-12-03",
            "2019/12/3",
            "20191203",
            "03.12.2019",
            "3.12.19",
            "03.12.2019 14:05",
            "2019.12.03.",
            "2019-12-03T10:00:00Z",
            "2019-12-03T10:00:00.123+03:00",
            "03-Dec-2019",
            "3 декабря 2019 г.",
            "Dec 3, 2019",
            "3. Dezember 2019",
            "2019年12月3日",
            "03/12/2019 9:05:07",
            "20191203101500",
            "03122019",
            "3 Dec 19",
            "28.06.2013 00:00:30:989",
        ] {
            let want = if cell.starts_with("28") { "2013-06-28" } else { "2019-12-03" };
            assert_eq!(read(cell, DateOrder::Dmy).as_deref(), Some(want), "{cell}");
        }
        assert_eq!(read("12/03/2019", DateOrder::Mdy).as_deref(), Some("2019-12-03"));
    }

    #[test]
    fn what_is_not_a_date_is_not_read() {
        for cell in [
            "",
            "12.50",
            "1.234.567",
            "32.13.2020",
            "Dec",
            "2020",
            "123456789",
            "12345678901234567",
            "10-20",
            "01.02.2020 Kauf",
            "1/2/3",
        ] {
            assert_eq!(read(cell, DateOrder::Dmy), None, "{cell}");
        }
    }
}
