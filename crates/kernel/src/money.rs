//! Exact amounts: whole units, the number of decimals they were written with, and a currency only if it is known.

use std::{cmp::Ordering, fmt, str::FromStr};

/// An ISO 4217 alphabetic code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The code, three capital letters.
    pub fn code(&self) -> &str {
        // Only `from_str` makes one, from ASCII letters.
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// The three letters of the code.
    pub const fn letters(self) -> [u8; 3] {
        self.0
    }

    /// The code of three letters; `None` where one is no capital letter.
    pub fn from_letters(letters: [u8; 3]) -> Option<Self> {
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }
}

impl FromStr for Currency {
    type Err = ParseMoneyError;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        match code.as_bytes() {
            [a, b, c] if code.bytes().all(|letter| letter.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(ParseMoneyError(code.to_owned())),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A text that is not a plain decimal number or not a currency code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not an exact amount or currency")]
pub struct ParseMoneyError(pub String);

/// An exact amount: `units` × 10^-`exponent`. Never a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Whole units of the last decimal place.
    pub units: i128,
    /// Decimal places, as the source writes them; at most [`Money::MAX_EXPONENT`].
    pub exponent: u8,
    /// Known only if the source states it.
    pub currency: Option<Currency>,
}

impl Money {
    /// More decimals than any statement writes; a limit so that sums stay exact.
    pub const MAX_EXPONENT: u8 = 12;

    /// `units` × 10^-`exponent`.
    pub const fn new(units: i128, exponent: u8, currency: Option<Currency>) -> Self {
        Self { units, exponent, currency }
    }

    /// Nothing, with no decimals.
    pub const fn zero(currency: Option<Currency>) -> Self {
        Self::new(0, 0, currency)
    }

    /// The sum, with the larger number of decimals. `None` on overflow or where the currencies differ.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        let exponent = self.exponent.max(other.exponent);
        let units = self.scaled(exponent)?.checked_add(other.scaled(exponent)?)?;
        Some(Self::new(units, exponent, self.currency))
    }

    /// The difference, with the larger number of decimals. `None` on overflow or where the currencies differ.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.negated()?)
    }

    /// The same amount with the other sign. `None` on overflow.
    pub fn negated(self) -> Option<Self> {
        Some(Self { units: self.units.checked_neg()?, ..self })
    }

    /// Whole units at another number of decimals. `None` where it would lose digits or overflow.
    pub fn scaled(self, exponent: u8) -> Option<i128> {
        match exponent.cmp(&self.exponent) {
            Ordering::Equal => Some(self.units),
            Ordering::Greater => self.units.checked_mul(10_i128.checked_pow(u32::from(exponent - self.exponent))?),
            Ordering::Less => {
                let step = 10_i128.checked_pow(u32::from(self.exponent - exponent))?;
                (self.units % step == 0).then(|| self.units / step)
            }
        }
    }

    /// Compares two amounts of one currency by value. `None` where the currencies differ.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        let exponent = self.exponent.max(other.exponent);
        (self.currency == other.currency).then_some(())?;
        Some(self.scaled(exponent)?.cmp(&other.scaled(exponent)?))
    }
}

/// The plain decimal number, such as `-1284530.17`, without the currency.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let digits = self.units.unsigned_abs().to_string();
        let places = usize::from(self.exponent);
        if places == 0 {
            return write!(f, "{sign}{digits}");
        }
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

/// Reads the plain decimal number that `Display` writes, with no currency.
impl FromStr for Money {
    type Err = ParseMoneyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || ParseMoneyError(text.to_owned());
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if digits.is_empty() || !plain(digits) || !plain(fraction) || text.ends_with('.') {
            return Err(refuse());
        }
        let exponent = u8::try_from(fraction.len()).map_err(|_| refuse())?;
        if exponent > Self::MAX_EXPONENT {
            return Err(refuse());
        }
        let units = format!("{whole}{fraction}").parse().map_err(|_| refuse())?;
        Ok(Self::new(units, exponent, None))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        text.parse().expect("an amount")
    }

    #[test]
    fn amounts_keep_their_decimals() {
        for text in ["0", "0.00", "-0.05", "1284530.17", "-7", "12.3456"] {
            assert_eq!(money(text).to_string(), text);
        }
        for text in ["", "-", "1.", ".5", "1,5", "1e3", "+1", " 1", "0.0000000000001"] {
            assert!(text.parse::<Money>().is_err(), "{text:?} was read");
        }
    }

    #[test]
    fn sums_are_exact_and_never_mix_currencies() {
        assert_eq!(money("0.1").checked_add(money("0.20")).map(|sum| sum.to_string()), Some("0.30".into()));
        let euro = Money::new(100, 2, "EUR".parse().ok());
        assert_eq!(euro.checked_add(Money::new(1, 0, "USD".parse().ok())), None);
        assert_eq!(Money::new(i128::MAX, 0, None).checked_add(Money::new(1, 0, None)), None);
    }

    #[test]
    fn a_currency_is_three_capital_letters() {
        assert_eq!("RUB".parse::<Currency>().map(|code| code.to_string()), Ok("RUB".to_owned()));
        for text in ["rub", "RU", "RUBL", "Р", "R1B"] {
            assert!(text.parse::<Currency>().is_err());
        }
    }

    proptest! {
        #[test]
        fn every_amount_reads_back(units in -10_i128.pow(30)..10_i128.pow(30), exponent in 0..=Money::MAX_EXPONENT) {
            let amount = Money::new(units, exponent, None);
            prop_assert_eq!(amount.to_string().parse::<Money>(), Ok(amount));
        }
    }
}
