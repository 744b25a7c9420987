//! Dates of SWIFT statements: six digits for a value date or balance, four for an entry date, whose year is the one that
//! brings it nearest to the value date.

use time::{Date, Month};

/// `YYMMDD`, or `YYYYMMDD` where a bank writes the century.
pub(crate) fn full(digits: &str) -> Option<Date> {
    let (year, rest) = match digits.len() {
        6 => (century(number(digits.get(..2)?)?), digits.get(2..)?),
        8 => (i32::from(number(digits.get(..2)?)?) * 100 + i32::from(number(digits.get(2..4)?)?), digits.get(4..)?),
        _ => return None,
    };
    (1900..2100).contains(&year).then_some(())?;
    let (month, day) = month_and_day(rest)?;
    of(year, month, day)
}

/// `MMDD` of an entry with this value date. The value date may be a day that no calendar has.
pub(crate) fn entry(digits: &str, value: &str) -> Option<Date> {
    let (month, day) = month_and_day(digits)?;
    let year = century(number(value.get(..2)?)?);
    let anchor = full(value).or_else(|| of(year, month_and_day(value.get(2..)?)?.0, 1))?;
    let candidates = [year - 1, year, year + 1].into_iter().filter_map(|year| of(year, month, day));
    candidates.min_by_key(|date| (*date - anchor).whole_days().abs())
}

fn number(digits: &str) -> Option<u8> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// As SWIFT has it: 80 to 99 are of the last century.
fn century(year: u8) -> i32 {
    i32::from(year) + if year >= 80 { 1900 } else { 2000 }
}

fn month_and_day(digits: &str) -> Option<(Month, u8)> {
    let month = Month::try_from(number(digits.get(..2)?)?).ok()?;
    Some((month, number(digits.get(2..4)?)?))
}

/// A bank year of twelve times thirty days has a 30 February: the last day of that month.
fn of(year: i32, month: Month, day: u8) -> Option<Date> {
    let day = if month == Month::February && (29..=30).contains(&day) { day.min(month.length(year)) } else { day };
    Date::from_calendar_date(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(date: Option<Date>) -> String {
        date.map_or("-".to_owned(), |date| date.to_string())
    }

    #[test]
    fn the_century_and_the_bank_year_are_those_of_the_standard() {
        for (digits, want) in [
            ("240229", "2024-02-29"),
            ("991231", "1999-12-31"),
            ("160230", "2016-02-29"),
            ("150229", "2015-02-28"),
            ("20240131", "2024-01-31"),
            ("021131", "-"),
            ("241301", "-"),
            ("2401", "-"),
            ("24O101", "-"),
        ] {
            assert_eq!(shown(full(digits)), want, "{digits}");
        }
    }

    #[test]
    fn an_entry_around_new_year_gets_the_year_next_to_its_value_date() {
        for (digits, value, want) in [
            ("0102", "231229", "2024-01-02"),
            ("1231", "240102", "2023-12-31"),
            ("0301", "160230", "2016-03-01"),
            ("0229", "240301", "2024-02-29"),
            ("0105", "991230", "2000-01-05"),
            ("1332", "240101", "-"),
        ] {
            assert_eq!(shown(entry(digits, value)), want, "{digits} {value}");
        }
    }
}
