//! Values of cells as text: numbers as a spreadsheet shows them, dates from their serial numbers.
//!
//! A workbook keeps numbers as binary floats, of which 15 digits count: `0.1 + 0.2` is kept as 0.30000000000000004 and
//! shown as 0.3. So a number is written with 15 digits and at most six decimals, which no amount of money exceeds.

use time::{Date, Duration, Month};

/// Most decimals of a number that is written out.
const MAX_DECIMALS: usize = 6;

/// A number as it is shown where the cell is wide enough.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "#NUM!".to_owned();
    }
    let shown: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    let mut text = shown.to_string();
    if text.split_once('.').is_some_and(|(_, decimals)| decimals.len() > MAX_DECIMALS) {
        text = format!("{shown:.MAX_DECIMALS$}");
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    // Three decimals could be thousands to who does not know that this is a number.
    if text.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3) {
        text.push('0');
    }
    if text == "-0" { "0".to_owned() } else { text }
}

/// A serial number as a date, with the time if there is one; `None` beyond the calendar of spreadsheets.
pub(super) fn date(serial: f64, since_1904: bool) -> Option<String> {
    const DAY_SECONDS: f64 = 86_400.0;
    const LAST: f64 = 2_958_466.0;
    if !(0.0..LAST).contains(&serial) {
        return None;
    }
    let total = (serial * DAY_SECONDS).round() as i64;
    let (days, seconds) = (total.div_euclid(86_400), total.rem_euclid(86_400));
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if days == 0 && !since_1904 {
        return Some(clock);
    }
    let day = epoch(days, since_1904)?.checked_add(Duration::days(days))?;
    let day = format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day());
    Some(if seconds == 0 { day } else { format!("{day} {clock}") })
}

/// The day that serial number 0 stands for. The calendar since 1900 counts a 29 February 1900 that never was.
fn epoch(days: i64, since_1904: bool) -> Option<Date> {
    let (year, month, day) = match (since_1904, days) {
        (true, _) => (1904, Month::January, 1),
        (false, ..60) => (1899, Month::December, 31),
        (false, _) => (1899, Month::December, 30),
    };
    Date::from_calendar_date(year, month, day).ok()
}

/// How the numbers of a cell are shown, as far as it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// As numbers.
    #[default]
    Number,
    /// As dates or times.
    Date,
}

/// By the number of a format that every program knows (ECMA-376 part 1, 18.8.30).
pub(super) fn built_in(format: u32) -> Style {
    if matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58) { Style::Date } else { Style::Number }
}

/// By the code of a format, such as `dd.mm.yyyy` or `#,##0.00 "р."`.
pub(super) fn custom(code: &str) -> Style {
    let (mut plain, mut letters) = (String::new(), code.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '"' => while letters.next().is_some_and(|next| next != '"') {},
            '[' => while letters.next().is_some_and(|next| next != ']') {},
            '\\' | '_' | '*' => {
                letters.next();
            }
            ';' => break,
            _ => plain.extend(letter.to_lowercase()),
        }
    }
    let digits = plain.contains(['#', '?']) || (plain.contains('0') && !plain.contains("ss"));
    let parts = plain.contains(['y', 'm', 'd', 'h', 's']) && plain != "general";
    if parts && !digits { Style::Date } else { Style::Number }
}

/// A number in its style.
pub(super) fn shown(value: f64, style: Style, since_1904: bool) -> String {
    match style {
        Style::Number => number(value),
        Style::Date => date(value, since_1904).unwrap_or_else(|| number(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are_shown() {
        for (value, text) in [
            (0.1 + 0.2, "0.3"),
            (1_234_567.89, "1234567.89"),
            (-50.0, "-50"),
            (60.98 / 1.2, "50.816667"),
            (12.345, "12.3450"),
            (1e-9, "0"),
            (-0.0, "0"),
            (20_160_411.0, "20160411"),
            (f64::NAN, "#NUM!"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn serial_numbers_are_days_of_their_calendar() {
        for (serial, since_1904, text) in [
            (42_471.0, false, "2016-04-11"),
            (61.0, false, "1900-03-01"),
            (1.0, false, "1900-01-01"),
            (45_943.541, false, "2025-10-13 12:59:02"),
            (0.5, false, "12:00:00"),
            (41_009.0, true, "2016-04-11"),
        ] {
            assert_eq!(date(serial, since_1904).as_deref(), Some(text));
        }
        assert_eq!((date(-1.0, false), date(1e12, false), date(f64::NAN, false)), (None, None, None));
    }

    #[test]
    fn formats_of_dates_are_told_from_those_of_numbers() {
        for code in ["dd.mm.yyyy", "yyyy\\-mm\\-dd", "[$-419]d mmm yyyy;@", "m/d/yy h:mm", "mm:ss.0"] {
            assert_eq!(custom(code), Style::Date, "{code}");
        }
        for code in
            ["General", "0.00", "#,##0.00\\ \"р.\"", "#,##0.00 [$USD]", "0.00E+00", "@", "[Red]0.00", "\"day\" 0"]
        {
            assert_eq!(custom(code), Style::Number, "{code}");
        }
    }
}
