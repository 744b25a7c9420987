//! Exact arithmetic: quotients of whole numbers rounded half to even, and nothing else that could round.

/// Decimal places of shares and changes.
pub(crate) const SHARE_PLACES: u8 = 4;

/// Room that the ledger keeps above its largest possible sum, so that quotients with [`SHARE_PLACES`] cannot overflow.
pub(crate) const HEADROOM: i128 = 1_000_000;

/// `dividend / divisor` to the nearest whole number, half to even (IEEE 754, roundTiesToEven). `None` on a zero divisor.
pub(crate) fn divide(dividend: i128, divisor: i128) -> Option<i128> {
    let quotient = dividend.checked_div(divisor)?;
    let rest = dividend.checked_rem(divisor)?;
    let away = if (rest < 0) == (divisor < 0) { 1 } else { -1 };
    // Compared without doubling, which could overflow.
    let half = divisor.unsigned_abs() - rest.unsigned_abs();
    Some(match rest.unsigned_abs().cmp(&half) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Equal if quotient % 2 == 0 => quotient,
        _ => quotient + away,
    })
}

/// `dividend / divisor` with so many decimal places, half to even. `None` on a zero divisor or overflow.
pub(crate) fn quotient(dividend: i128, divisor: i128, places: u8) -> Option<i128> {
    divide(dividend.checked_mul(10_i128.checked_pow(u32::from(places))?)?, divisor)
}

/// The median; of an even number of values the mean of the two in the middle, half to even. `None` of no values.
pub(crate) fn median(values: &mut [i128]) -> Option<i128> {
    values.sort_unstable();
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(values.len() / 2 - 1)?;
    divide(lower.checked_add(upper)?, 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_go_to_the_even_neighbour() {
        let cases = [
            (5, 2, 2),
            (7, 2, 4),
            (-5, 2, -2),
            (-7, 2, -4),
            (5, -2, -2),
            (7, 3, 2),
            (8, 3, 3),
            (-8, 3, -3),
            (0, 7, 0),
            (1, 3, 0),
        ];
        for (dividend, divisor, expected) in cases {
            assert_eq!(divide(dividend, divisor), Some(expected), "{dividend} / {divisor}");
        }
        assert_eq!(divide(1, 0), None);
        assert_eq!(quotient(1, 8, 4), Some(1_250));
        assert_eq!(quotient(i128::MAX, 8, 4), None);
    }

    proptest! {
        #[test]
        fn a_quotient_is_never_further_than_half_from_the_truth(dividend in -10_i128.pow(30)..10_i128.pow(30), divisor in prop_oneof![-1_000_i128..0, 1_i128..1_000]) {
            let nearest = divide(dividend, divisor).expect("no zero divisor");
            prop_assert!(2 * (dividend - nearest * divisor).abs() <= divisor.abs());
        }
    }
}
