//! Values as each language writes them.

use saldo_engine::Value;
use saldo_kernel::{Currency, Money};

use super::{
    Language,
    words::{Case, month},
};

/// Joins what a line must not break: digits, number and unit.
const NO_BREAK: char = '\u{a0}';

/// The real minus sign.
const MINUS: char = '\u{2212}';

/// Decimal places of a percentage.
const PERCENT_PLACES: u8 = 1;

/// How a value is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form<'a> {
    /// As usual: amounts with their currency, shares in percent.
    Plain,
    /// Without its sign, where the words tell it.
    Abs,
    /// A month after "in".
    In,
    /// A count with its noun.
    Plural(&'a str),
}

/// A value as a language writes it by itself: `$1,284,530.17`, `1 284 530,17 ₽`, `7 January 2019`, `18,3 %`.
pub fn shown(value: &Value, language: Language) -> String {
    match value {
        Value::Money(amount) => money(*amount, language),
        Value::Count(count) => number(Money::new(i128::from(*count), 0, None), language),
        Value::Ratio(ratio) => percent(*ratio, language),
        Value::Number(plain) => number(*plain, language),
        Value::Date(date) => {
            let name = month(u8::from(date.month()), Case::OfDay, language);
            format!("{}{NO_BREAK}{name} {}", date.day(), date.year())
        }
        Value::Month(year, number) => format!("{} {year}", month(*number, Case::Alone, language)),
        Value::Name(name) => name.clone(),
    }
}

/// A value in a form; none where the value does not have it.
pub(crate) fn formed(value: &Value, form: Form<'_>, language: Language) -> Option<String> {
    let unsigned = |money: Money| Money { units: money.units.saturating_abs(), ..money };
    match (form, value) {
        (Form::Plain, value) => Some(shown(value, language)),
        (Form::Abs, Value::Money(amount)) => Some(money(unsigned(*amount), language)),
        (Form::Abs, Value::Ratio(ratio)) => Some(percent(unsigned(*ratio), language)),
        (Form::In, Value::Month(year, number)) => Some(format!("{} {year}", month(*number, Case::In, language))),
        (Form::Plural(_), value @ Value::Count(_)) => Some(shown(value, language)),
        (Form::Abs | Form::In | Form::Plural(_), _) => None,
    }
}

fn money(amount: Money, language: Language) -> String {
    let amount = usual_places(amount);
    let sign = if amount.units < 0 { MINUS.to_string() } else { String::new() };
    let digits = number(Money { units: amount.units.saturating_abs(), ..amount }, language);
    let Some(currency) = amount.currency else { return format!("{sign}{digits}") };
    match (language, symbol(currency, language)) {
        (Language::English, Some(symbol)) => format!("{sign}{symbol}{digits}"),
        (Language::English, None) => format!("{sign}{currency}{NO_BREAK}{digits}"),
        (Language::Russian, Some(symbol)) => format!("{sign}{digits}{NO_BREAK}{symbol}"),
        (Language::Russian, None) => format!("{sign}{digits}{NO_BREAK}{currency}"),
    }
}

/// Amounts have no decimals or at least two; noughts after the second are left out. The worth stays the same.
fn usual_places(amount: Money) -> Money {
    let mut out = amount;
    if out.exponent == 1
        && let Some(units) = out.units.checked_mul(10)
    {
        out = Money { units, exponent: 2, ..out };
    }
    while out.exponent > 2 && out.units % 10 == 0 {
        out = Money { units: out.units / 10, exponent: out.exponent - 1, ..out };
    }
    out
}

/// The symbol that readers of the language know without thinking.
fn symbol(currency: Currency, language: Language) -> Option<&'static str> {
    match (currency.code(), language) {
        ("USD", _) => Some("$"),
        ("EUR", _) => Some("€"),
        ("GBP", _) => Some("£"),
        ("JPY", _) => Some("¥"),
        ("INR", Language::English) => Some("₹"),
        ("RUB", Language::Russian) => Some("₽"),
        ("KZT", Language::Russian) => Some("₸"),
        ("UAH", Language::Russian) => Some("₴"),
        _ => None,
    }
}

/// A share in percent, half to even.
fn percent(ratio: Money, language: Language) -> String {
    // Two places become whole percents; a ratio of two is one.
    let places = if ratio.exponent == 2 { 0 } else { PERCENT_PLACES };
    let shifted = rounded(ratio, places + 2);
    let digits = number(Money { exponent: places, ..shifted }, language);
    match language {
        Language::English => format!("{digits}%"),
        Language::Russian => format!("{digits}{NO_BREAK}%"),
    }
}

/// At so many decimal places or fewer, half to even.
fn rounded(number: Money, places: u8) -> Money {
    let Some(lost) = number.exponent.checked_sub(places) else {
        let units = number.scaled(places).unwrap_or(number.units);
        return Money { units, exponent: places, ..number };
    };
    let step = 10_i128.saturating_pow(u32::from(lost));
    let (floor, rest) = (number.units.div_euclid(step), number.units.rem_euclid(step));
    let up = match rest.cmp(&(step - rest)) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => floor.rem_euclid(2) == 1,
        std::cmp::Ordering::Greater => true,
    };
    Money { units: floor + i128::from(up), exponent: places, ..number }
}

/// A plain number with groups of three digits and a real minus.
fn number(number: Money, language: Language) -> String {
    let (group, point) = match language {
        Language::English => (',', '.'),
        Language::Russian => (NO_BREAK, ','),
    };
    let plain = number.to_string();
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::with_capacity(plain.len() * 2);
    if digits.len() < plain.len() {
        out.push(MINUS);
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use Language::{English, Russian};

    fn amount(amount: &str, code: &str) -> Value {
        Value::Money(Money { currency: code.parse().ok(), ..amount.parse().expect("an amount") })
    }

    fn ratio(ratio: &str) -> Value {
        Value::Ratio(ratio.parse().expect("a ratio"))
    }

    /// With visible no-break spaces.
    fn visible(text: &str) -> String {
        text.replace(NO_BREAK, "_")
    }

    #[test]
    fn amounts_are_written_as_the_reader_expects() {
        for (text, code, en, ru) in [
            ("1284530.17", "USD", "$1,284,530.17", "1_284_530,17_$"),
            ("20834.77", "EUR", "€20,834.77", "20_834,77_€"),
            ("1284.00", "RUB", "RUB_1,284.00", "1_284,00_₽"),
            ("-1284.5", "RUB", "−RUB_1,284.50", "−1_284,50_₽"),
            ("-0.05", "USD", "−$0.05", "−0,05_$"),
            ("1284", "CHF", "CHF_1,284", "1_284_CHF"),
            ("999.5000", "EUR", "€999.50", "999,50_€"),
            ("999.5001", "EUR", "€999.5001", "999,5001_€"),
            ("1000000", "", "1,000,000", "1_000_000"),
        ] {
            assert_eq!(visible(&shown(&amount(text, code), English)), en);
            assert_eq!(visible(&shown(&amount(text, code), Russian)), ru);
        }
    }

    #[test]
    fn days_months_counts_and_shares_are_written_as_the_reader_expects() {
        for (value, en, ru) in [
            (Value::Date(date!(2019 - 01 - 07)), "7_January 2019", "7_января 2019"),
            (Value::Month(2025, 3), "March 2025", "март 2025"),
            (Value::Count(1_204), "1,204", "1_204"),
            (ratio("0.1834"), "18.3%", "18,3_%"),
            (ratio("-0.4250"), "−42.5%", "−42,5_%"),
            (ratio("0.0025"), "0.2%", "0,2_%"),
            (ratio("0.0035"), "0.4%", "0,4_%"),
            (ratio("12.5"), "1,250.0%", "1_250,0_%"),
            (Value::Number("6.2".parse().expect("a number")), "6.2", "6,2"),
            (Value::Name("ООО Ромашка".into()), "ООО Ромашка", "ООО Ромашка"),
        ] {
            assert_eq!(visible(&shown(&value, English)), en);
            assert_eq!(visible(&shown(&value, Russian)), ru);
        }
    }

    #[test]
    fn a_form_fits_its_kind_of_value_only() {
        let of = |value: &Value, form| formed(value, form, Russian).map(|text| visible(&text));
        assert_eq!(of(&amount("-5.00", "EUR"), Form::Abs).as_deref(), Some("5,00_€"));
        assert_eq!(of(&Value::Month(2025, 3), Form::In).as_deref(), Some("марте 2025"));
        assert_eq!(of(&Value::Count(3), Form::In), None);
        assert_eq!(of(&Value::Count(3), Form::Abs), None);
    }
}
