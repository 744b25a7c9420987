//! How far the end of one file is the beginning of another.

use super::{
    key::Key,
    sequence::{Sequence, Table, Walk},
};
use crate::{Error, store::Log};

/// The prime 2^61 − 1, by which remainders are quick.
const PRIME: u64 = (1 << 61) - 1;

/// Any number below the prime does; equal sequences are compared row by row in the end.
const BASE: u64 = 0x0b4e_2f1c_9d83_6a57;

/// Two files as the comparison sees them: with the running balances where both state them for every row.
pub(crate) struct Pair<'s> {
    one: (&'s Sequence, &'s Table),
    other: (&'s Sequence, &'s Table),
    balanced: bool,
}

impl<'s> Pair<'s> {
    pub(crate) fn new(one: &'s Sequence, other: &'s Sequence) -> Self {
        match (&one.balanced, &other.balanced) {
            (Some(first), Some(second)) => Self { one: (one, first), other: (other, second), balanced: true },
            _ => Self { one: (one, &one.keys), other: (other, &other.keys), balanced: false },
        }
    }

    /// How many rows they have in common, in any order.
    pub(crate) fn common(&self) -> Result<u64, Error> {
        let apart =
            self.one.0.days.zip(self.other.0.days).is_none_or(|(one, other)| one.1 < other.0 || other.1 < one.0);
        if apart { Ok(0) } else { common(&self.one.1.sorted, &self.other.1.sorted) }
    }

    /// The greatest number of rows with which the one ends and the other begins.
    ///
    /// Both are read once: the hash of the first rows of the other and that of the last rows of the one, as polynomials
    /// (Karp & Rabin, 1987), grow row by row and are compared at each length.
    pub(crate) fn overlap(&self) -> Result<u64, Error> {
        let ((one, ends), (other, begins)) = (self.one, self.other);
        let mut backward = one.walk(&ends.in_order, true);
        let mut forward = other.walk(&begins.in_order, false);
        let (mut suffix, mut prefix, mut power) = (0, 0, 1);
        let (mut length, mut longest) = (0, 0);
        while let (Some(last), Some(first)) = (backward.next()?, forward.next()?) {
            suffix = sum(product(low(last), power), suffix);
            prefix = sum(product(prefix, BASE), low(first));
            power = product(power, BASE);
            length += 1;
            if suffix == prefix {
                longest = length;
            }
        }
        let end = one.walk(&ends.in_order, false).from(one.len - longest);
        Ok(if same(end, other.walk(&begins.in_order, false), longest)? { longest } else { 0 })
    }

    /// Whether the other begins with the balance that the one ends with, on the same day and account.
    pub(crate) fn continues(&self) -> bool {
        let (one, other) = (self.one.0, self.other.0);
        let day = one.days.zip(other.days).is_some_and(|(one, other)| one.1 == other.0);
        let balance = one.closes.as_ref().zip(other.opens.as_ref()).is_some_and(|(closes, opens)| {
            closes.0 == opens.0 && closes.1.compare(opens.1) == Some(std::cmp::Ordering::Equal)
        });
        self.balanced && day && balance
    }
}

fn common(one: &Log, other: &Log) -> Result<u64, Error> {
    let (mut ones, mut others) = (Walk::ascending(one), Walk::ascending(other));
    let (mut first, mut second, mut count) = (ones.next()?, others.next()?, 0);
    while let (Some(left), Some(right)) = (first, second) {
        count += u64::from(left == right);
        if left <= right {
            first = ones.next()?;
        }
        if right <= left {
            second = others.next()?;
        }
    }
    Ok(count)
}

fn same(mut one: Walk<'_>, mut other: Walk<'_>, length: u64) -> Result<bool, Error> {
    for _ in 0..length {
        if one.next()? != other.next()? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn low(key: Key) -> u64 {
    key as u64 & PRIME
}

fn sum(one: u64, other: u64) -> u64 {
    (one + other) % PRIME
}

fn product(one: u64, other: u64) -> u64 {
    let wide = u128::from(one) * u128::from(other);
    // 2^61 is 1 modulo the prime.
    sum(wide as u64 & PRIME, (wide >> 61) as u64)
}
