//! Reads a value back from the way a language writes it: a second, independent reading of the formats.

use saldo_analysis::narrative::Language;
use saldo_engine::Value;
use saldo_kernel::Money;
use time::{Date, Month};

/// Whether the text is the value at the precision shown; a sign may be left to the words.
pub(crate) fn agrees(text: &str, value: &Value, language: Language) -> bool {
    match value {
        Value::Name(name) => text == name,
        Value::Count(count) => number(text, language) == Money::new(i128::from(*count), 0, None),
        Value::Money(amount) => {
            let code = amount.currency.map(|code| code.to_string()).unwrap_or_default();
            let digits = unit(text, &code, language);
            let read = number(&digits, language);
            same(read, Money { currency: None, ..*amount })
        }
        Value::Ratio(ratio) => match text.strip_suffix('%') {
            Some(digits) => {
                let read = number(digits.trim_end_matches('\u{a0}'), language);
                // One decimal of a percent: at most half of a thousandth away.
                let shown = read.scaled(1).expect("one decimal") * 10_i128.pow(u32::from(ratio.exponent));
                let exact = ratio.units * 1_000;
                let exact = if shown >= 0 && exact < 0 { -exact } else { exact };
                (shown - exact).abs() * 2 <= 10_i128.pow(u32::from(ratio.exponent))
            }
            None => false,
        },
        Value::Number(plain) => number(text, language) == *plain,
        Value::Date(date) => {
            let parts: Vec<&str> = text.split(['\u{a0}', ' ']).collect();
            let [day, name, year] = parts.as_slice() else { return false };
            let read = Date::from_calendar_date(
                year.parse().expect("a year"),
                month(name, language),
                day.parse().expect("a day"),
            );
            read.expect("a date") == *date
        }
        Value::Month(year, number) => {
            let (name, read) = text.split_once(' ').expect("a month and a year");
            read == year.to_string() && u8::from(month(name, language)) == *number
        }
    }
}

/// The same worth; without a sign shown, the sign is in the words.
fn same(read: Money, value: Money) -> bool {
    let unsigned = Money { units: value.units.abs(), ..value };
    let is = |value| read.compare(value) == Some(std::cmp::Ordering::Equal);
    is(value) || (read.units >= 0 && is(unsigned))
}

/// Takes the currency off, which must stand where the language puts it.
fn unit(text: &str, code: &str, language: Language) -> String {
    let symbols = [
        ("USD", "$"),
        ("EUR", "€"),
        ("GBP", "£"),
        ("JPY", "¥"),
        ("RUB", "₽"),
        ("KZT", "₸"),
        ("UAH", "₴"),
        ("INR", "₹"),
    ];
    let symbol =
        symbols.iter().find(|(known, symbol)| *known == code && text.contains(symbol)).map(|(_, symbol)| *symbol);
    let (sign, rest) = text.strip_prefix('\u{2212}').map_or(("", text), |rest| ("\u{2212}", rest));
    let digits = match (language, symbol) {
        _ if code.is_empty() => Some(rest),
        (Language::English, Some(symbol)) => rest.strip_prefix(symbol),
        (Language::English, None) => rest.strip_prefix(code).and_then(|rest| rest.strip_prefix('\u{a0}')),
        (Language::Russian, symbol) => {
            rest.strip_suffix(symbol.unwrap_or(code)).and_then(|rest| rest.strip_suffix('\u{a0}'))
        }
    };
    format!("{sign}{}", digits.unwrap_or_else(|| panic!("{text:?} does not show {code}")))
}

fn number(text: &str, language: Language) -> Money {
    let (group, point) = match language {
        Language::English => (",", "."),
        Language::Russian => ("\u{a0}", ","),
    };
    let plain = text.replace(group, "").replace(point, ".").replace('\u{2212}', "-");
    plain.parse().unwrap_or_else(|_| panic!("{text:?} is no number of {}", language.code()))
}

fn month(name: &str, language: Language) -> Month {
    let names = match language {
        Language::English => ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        Language::Russian => ["янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"],
    };
    let place = names.iter().position(|start| name.starts_with(start)).unwrap_or_else(|| panic!("{name} is no month"));
    Month::try_from(place as u8 + 1).expect("a month")
}
