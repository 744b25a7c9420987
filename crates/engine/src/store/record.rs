//! One transaction without its texts, at a fixed width.

use saldo_kernel::{Currency, Money};
use time::Date;

use super::AccountIndex;

/// Bytes of one record.
pub(crate) const WIDTH: usize = 64;

/// Stands for an account that has no index, and in place of the decimals for a balance that is not stated.
const NO_ACCOUNT: u32 = u32::MAX;
const NO_BALANCE: u8 = u8::MAX;

/// A transaction but for its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// In the file, from 1.
    pub(crate) line: u64,
    pub(crate) date: Date,
    pub(crate) amount: Money,
    pub(crate) balance: Option<Money>,
    pub(crate) account: Option<AccountIndex>,
    /// Where its texts start.
    pub(crate) texts: u64,
}

impl Record {
    pub(crate) fn encode(&self) -> [u8; WIDTH] {
        let mut out = [0; WIDTH];
        let mut rest = out.as_mut_slice();
        let balance = self.balance.unwrap_or(Money::new(0, NO_BALANCE, None));
        put(&mut rest, &self.amount.units.to_le_bytes());
        put(&mut rest, &balance.units.to_le_bytes());
        put(&mut rest, &self.texts.to_le_bytes());
        put(&mut rest, &self.line.to_le_bytes());
        put(&mut rest, &self.date.to_julian_day().to_le_bytes());
        put(&mut rest, &self.account.unwrap_or(NO_ACCOUNT).to_le_bytes());
        put(&mut rest, &code(self.amount.currency));
        put(&mut rest, &[self.amount.exponent]);
        put(&mut rest, &code(balance.currency));
        put(&mut rest, &[balance.exponent]);
        out
    }

    /// `None` for bytes that no record gives.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let units = i128::from_le_bytes(take(&mut rest)?);
        let balance = i128::from_le_bytes(take(&mut rest)?);
        let texts = u64::from_le_bytes(take(&mut rest)?);
        let line = u64::from_le_bytes(take(&mut rest)?);
        let date = i32::from_le_bytes(take(&mut rest)?);
        let account = u32::from_le_bytes(take(&mut rest)?);
        let amount = money(units, &mut rest)?;
        let balance = money(balance, &mut rest)?;
        Some(Self {
            line,
            date: Date::from_julian_day(date).ok()?,
            amount,
            balance: (balance.exponent != NO_BALANCE).then_some(balance),
            account: (account != NO_ACCOUNT).then_some(account),
            texts,
        })
    }
}

fn put(rest: &mut &mut [u8], bytes: &[u8]) {
    if let Some((head, tail)) = std::mem::take(rest).split_at_mut_checked(bytes.len()) {
        head.copy_from_slice(bytes);
        *rest = tail;
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

fn code(currency: Option<Currency>) -> [u8; 3] {
    currency.map_or([0; 3], Currency::letters)
}

fn money(units: i128, rest: &mut &[u8]) -> Option<Money> {
    let currency = Currency::from_letters(take(rest)?);
    let [exponent] = take(rest)?;
    Some(Money::new(units, exponent, currency))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_record_reads_back(
            line in any::<u64>(),
            day in 0..4_000_000_i32,
            units in any::<i128>(),
            balance in proptest::option::of(any::<i128>()),
            account in proptest::option::of(0..u32::MAX),
            texts in any::<u64>(),
            exponent in 0..=Money::MAX_EXPONENT,
            code in proptest::option::of("[A-Z]{3}"),
        ) {
            let currency = code.and_then(|code| code.parse().ok());
            let record = Record {
                line,
                date: Date::from_julian_day(day).expect("a day"),
                amount: Money::new(units, exponent, currency),
                balance: balance.map(|units| Money::new(units, exponent, currency)),
                account,
                texts,
            };
            prop_assert_eq!(Record::decode(&record.encode()), Some(record));
        }
    }
}
