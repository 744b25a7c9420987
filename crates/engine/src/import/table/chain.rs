//! Whether balances follow from amounts, row by row: on a sample to choose a reading, on all rows as the proof.

use super::{money::Money, profile::Profile};
use crate::import::{numbers, words::Words};

/// Amounts and balances of sample rows in one unit.
pub(crate) struct Reading {
    /// Amount and balance of each row that has both.
    pub(crate) rows: Vec<(i128, i128)>,
}

/// How many neighbouring rows agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Links {
    /// Pairs of rows.
    pub(crate) total: usize,
    /// Pairs that hold with the oldest row first.
    pub(crate) rising: usize,
    /// Pairs that hold with the newest row first.
    pub(crate) falling: usize,
}

impl Links {
    /// Pairs that hold in the better order.
    pub(crate) fn best(self) -> usize {
        self.rising.max(self.falling)
    }
}

/// Counts the pairs that hold, with amounts multiplied by `sign`.
pub(crate) fn links(rows: &[(i128, i128)], sign: i128) -> Links {
    let mut out = Links::default();
    for (earlier, later) in rows.iter().zip(rows.iter().skip(1)) {
        out.total += 1;
        let follows = |before: i128, amount: i128, after: i128| {
            amount.checked_mul(sign).and_then(|amount| before.checked_add(amount)) == Some(after)
        };
        out.rising += usize::from(follows(earlier.1, later.0, later.1));
        out.falling += usize::from(follows(later.1, earlier.0, earlier.1));
    }
    out
}

/// Whether a minus in a column of debits or credits is how they are written (`Some(true)`) or reverses them
/// (`Some(false)`), as the running balance proves; `None` where it does not.
pub(crate) fn minus_is_usual(profile: &Profile, money: Money, balance: Option<usize>, words: &Words) -> Option<bool> {
    let holds = |reversing: bool| {
        let reading = Reading::of(profile, money, balance, None, reversing, words)?;
        Some(links(&reading.rows, 1).best())
    };
    let (usual, reversing) = (holds(false)?, holds(true)?);
    (usual != reversing).then_some(usual > reversing)
}

/// Decimals of [`units`].
const PLACES: u8 = 6;

/// A cell as a number of millionths; `None` where it is none or does not fit.
pub(crate) fn units(profile: &Profile, row: &[Box<str>], place: usize, words: &Words) -> Option<i128> {
    // A column that leaves its separator open is written as the others.
    let beside = || profile.sure_decimal().unwrap_or('.');
    let written = numbers::scan(row.get(place)?, words)?;
    let decimal = profile.columns.get(place).and_then(|column| column.numbers.decimal().ok().flatten());
    let (units, places) = numbers::read(written.body, decimal.unwrap_or_else(beside))?;
    let units = units.checked_mul(10_i128.checked_pow(PLACES.checked_sub(places)?.into())?)?;
    Some(if written.negative { -units } else { units })
}

impl Reading {
    /// Reads the sample, amounts less the fee if one is given; `None` where a number does not fit.
    pub(crate) fn new(
        profile: &Profile,
        money: Money,
        balance: Option<usize>,
        fee: Option<usize>,
        words: &Words,
    ) -> Option<Self> {
        Self::of(profile, money, balance, fee, false, words)
    }

    /// `reversing`: a minus turns a debit into money in, and a credit into money out.
    fn of(
        profile: &Profile,
        money: Money,
        balance: Option<usize>,
        fee: Option<usize>,
        reversing: bool,
        words: &Words,
    ) -> Option<Self> {
        let size = |units: i128| if reversing { Some(units) } else { units.checked_abs() };
        let number = |row: &[Box<str>], place: usize| units(profile, row, place, words);
        let balance = balance?;
        let rows = profile.sample.iter().filter_map(|row| {
            let amount = match money {
                Money::Single(one) => number(row, one)?,
                Money::Pair { debit, credit } => {
                    let debit = debit.and_then(|place| number(row, place)).unwrap_or(0);
                    let credit = credit.and_then(|place| number(row, place)).unwrap_or(0);
                    size(credit)?.checked_sub(size(debit)?)?
                }
            };
            let fee = fee.and_then(|place| number(row, place)).unwrap_or(0);
            Some((amount.checked_sub(fee.checked_abs()?)?, number(row, balance)?))
        });
        Some(Self { rows: rows.collect() })
    }
}
