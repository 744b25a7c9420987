//! Amounts of the most common form, read in one go: an optional minus, digits, at most one point or comma with digits
//! behind it. All they show is what [`numbers`](super::numbers) would say of them, only faster.

use super::numbers::{Shape, Traits};

/// One such amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plain {
    pub(crate) negative: bool,
    /// All digits as one number, without the sign and the mark.
    pub(crate) units: u64,
    /// What stands between the digits.
    pub(crate) mark: Option<u8>,
    /// Digits before and behind it.
    whole: u8,
    pub(crate) places: u8,
    starts_with_zero: bool,
}

impl Plain {
    /// More digits do not fit into `units`.
    const MAX_DIGITS: usize = 18;

    /// Reads a cell without white space around it; `None` where it is not of this form.
    pub(crate) fn scan(cell: &str) -> Option<Self> {
        let bytes = cell.as_bytes();
        let (negative, digits) = match bytes {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, bytes),
        };
        if digits.len() > Self::MAX_DIGITS + 1 {
            return None;
        }
        let (mut units, mut mark, mut whole) = (0_u64, None, digits.len());
        for (place, &byte) in digits.iter().enumerate() {
            match byte {
                b'0'..=b'9' => units = units * 10 + u64::from(byte - b'0'),
                b'.' | b',' if mark.is_none() => (mark, whole) = (Some(byte), place),
                _ => return None,
            }
        }
        let places = digits.len() - whole - usize::from(mark.is_some());
        let ends_well = whole > 0 && (places > 0 || mark.is_none()) && whole + places <= Self::MAX_DIGITS;
        ends_well.then_some(Self {
            negative,
            units,
            mark,
            whole: u8::try_from(whole).ok()?,
            places: u8::try_from(places).ok()?,
            starts_with_zero: digits.first() == Some(&b'0'),
        })
    }

    /// Whether the digits could also be a date without marks.
    pub(crate) fn may_be_date(&self) -> bool {
        !self.negative && self.mark.is_none() && matches!(self.whole, 8 | 14)
    }

    /// What it adds to its column.
    pub(crate) fn traits(&self) -> Traits {
        let open = self.places == 3 && self.whole <= 3 && !self.starts_with_zero;
        let shape = match (self.mark, open) {
            (None, _) => Shape::Plain,
            (Some(b'.'), false) => Shape::Point,
            (Some(b'.'), true) => Shape::EitherPoint,
            (Some(_), false) => Shape::Comma,
            (Some(_), true) => Shape::EitherComma,
        };
        let zero = self.units == 0;
        Traits {
            shape,
            places: match self.mark {
                None => [0; 2],
                Some(b'.') => [self.places, 0],
                Some(_) => [0, self.places],
            },
            zero,
            negative: self.negative,
            like_id: shape == Shape::Plain && (self.whole > 12 || self.starts_with_zero && !zero),
        }
    }

    /// Whole units at a number of decimals, without the sign, where `decimal` separates decimals. `None` where it does
    /// not, or where digits would be lost.
    pub(crate) fn read(&self, decimal: char, places: u8) -> Option<i128> {
        let fits = self.mark.is_none_or(|mark| char::from(mark) == decimal);
        let shift = places.checked_sub(self.places).filter(|_| fits)?;
        i128::from(self.units).checked_mul(10_i128.checked_pow(shift.into())?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use saldo_kernel::Money;

    use super::*;
    use crate::import::{
        dates,
        numbers::{self, NumberStats},
        words::Words,
    };

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_usual_form_is_read_as_every_other(cell in "-?[0-9]{0,16}[.,]?[0-9]{0,4}", places in 0..6_u8, comma: bool) {
            let words = Words::load().expect("the words");
            let decimal = if comma { ',' } else { '.' };
            let Some(plain) = Plain::scan(&cell) else { return Ok(()) };
            let written = numbers::scan(&cell, words).expect("an amount");
            prop_assert_eq!(written.negative, plain.negative);
            let [mut one, mut other] = [NumberStats::default(), NumberStats::default()];
            one.see(&written);
            other.see_plain(&plain);
            prop_assert_eq!(format!("{one:?}"), format!("{other:?}"));
            prop_assert!(dates::scan(&cell, words).is_none() || plain.may_be_date());
            if let Some(units) = plain.read(decimal, places) {
                let (all, own) = numbers::read(written.body, decimal).expect("a number");
                prop_assert_eq!(Money::new(all, own, None).scaled(places), Some(units));
            }
        }
    }
}
