//! Amounts of standards that fix the decimal separator; banks that ignore the standard are read where one reading is left.

use saldo_kernel::Money;

use crate::import::numbers;

/// Reads an amount without a sign; `mark` is the standard's decimal separator, which may also stand last.
pub(crate) fn exact(text: &str, mark: char) -> Option<Money> {
    let text = text.trim();
    let body = text.strip_suffix(mark).unwrap_or(text);
    let other = if mark == ',' { '.' } else { ',' };
    // Of two marks the last one is for decimals.
    let decimal = match (text.rfind(mark), text.rfind(other)) {
        (Some(own), Some(foreign)) if foreign > own => other,
        (None, Some(_)) => other,
        _ => mark,
    };
    // Three digits behind the other mark may be thousands or decimals.
    let fraction = body.rsplit_once(decimal).map_or(0, |(_, fraction)| fraction.len());
    if decimal == other && !(1..=2).contains(&fraction) {
        return None;
    }
    let (units, exponent) = numbers::read(body, decimal)?;
    Some(Money::new(units, exponent, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, mark: char) -> Option<String> {
        exact(text, mark).map(|money| money.to_string())
    }

    #[test]
    fn the_mark_of_the_standard_is_for_decimals_whatever_follows_it() {
        for (text, want) in [
            ("12,35", "12.35"),
            ("500,", "500"),
            ("500", "500"),
            ("1,234", "1.234"),
            ("000000000473,17", "473.17"),
            ("1.234,56", "1234.56"),
            ("1,234.56", "1234.56"),
            (",5", "0.5"),
        ] {
            assert_eq!(read(text, ',').as_deref(), Some(want), "{text}");
        }
        assert_eq!(read("105.750", '.').as_deref(), Some("105.750"));
    }

    #[test]
    fn the_other_mark_is_read_only_where_it_cannot_stand_between_thousands() {
        assert_eq!(read("12.35", ',').as_deref(), Some("12.35"));
        for text in ["1.234", "1.234.567", "12.", "", ",", "1,2,3", "-5,00", "1a", "1e5"] {
            assert_eq!(read(text, ','), None, "{text}");
        }
    }
}
