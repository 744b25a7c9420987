//! Exact medians and other ranks of many groups of amounts, in bounded memory.

use super::exact::divide;
use crate::{
    Error,
    store::{Scratch, Sorter},
};

/// Bytes of a group's number and an amount.
const WIDTH: usize = 4 + 16;

/// The amounts of one group, in brief.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Norm {
    pub(crate) count: usize,
    /// Of an even number of amounts the mean of the two in the middle, half to even.
    pub(crate) median: i128,
    /// Nineteen of twenty amounts are not smaller.
    pub(crate) low: i128,
    /// Nineteen of twenty amounts are not larger.
    pub(crate) high: i128,
}

/// Takes amounts without their sign.
pub(crate) struct Ranks {
    sorter: Sorter<WIDTH>,
    counts: Vec<usize>,
}

impl Ranks {
    /// For so many groups.
    pub(crate) fn new(groups: usize, scratch: &Scratch) -> Self {
        Self { sorter: Sorter::new(scratch), counts: vec![0; groups] }
    }

    /// Adds an amount to a group, numbered from 0. Groups beyond the number that was told are left out.
    pub(crate) fn push(&mut self, group: usize, units: i128) -> Result<(), Error> {
        let (Some(count), Ok(number)) = (self.counts.get_mut(group), u32::try_from(group)) else { return Ok(()) };
        *count += 1;
        let mut key = [0; WIDTH];
        let bytes = number.to_be_bytes().into_iter().chain(units.unsigned_abs().to_be_bytes());
        key.iter_mut().zip(bytes).for_each(|(place, byte)| *place = byte);
        self.sorter.push(key)
    }

    /// The norm of each group; all zero for one without amounts.
    pub(crate) fn finish(self) -> Result<Vec<Norm>, Error> {
        let mut norms: Vec<Norm> = self.counts.iter().map(|count| Norm { count: *count, ..Norm::default() }).collect();
        let (mut last, mut place, mut lower) = (0, 0, 0);
        self.sorter.finish()?.each(|key| {
            let (group, units) = read(&key);
            place = if group == last { place } else { 0 };
            last = group;
            if let Some(norm) = norms.get_mut(group) {
                let before_last = norm.count.saturating_sub(1);
                if place == before_last / 2 {
                    lower = units;
                }
                if place == norm.count / 2 {
                    norm.median = if norm.count % 2 == 1 { units } else { mean(lower, units) };
                }
                if place == before_last - before_last * 19 / 20 {
                    norm.low = units;
                }
                if place == before_last * 19 / 20 {
                    norm.high = units;
                }
            }
            place += 1;
            Ok(())
        })?;
        Ok(norms)
    }
}

/// The mean of two amounts, half to even.
fn mean(lower: i128, upper: i128) -> i128 {
    lower.checked_add(upper).and_then(|sum| divide(sum, 2)).unwrap_or(upper)
}

fn read(key: &[u8; WIDTH]) -> (usize, i128) {
    let group = key.first_chunk().map_or(0, |group| u32::from_be_bytes(*group));
    let units = key.last_chunk().map_or(0, |units| u128::from_be_bytes(*units));
    (usize::try_from(group).unwrap_or(usize::MAX), i128::try_from(units).unwrap_or(i128::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_median_of_an_even_number_is_between_the_two_in_the_middle() {
        let mut ranks = Ranks::new(2, &Scratch::default());
        [4, 1, 2, 3].into_iter().for_each(|units| ranks.push(1, -units).expect("room"));
        let norms = ranks.finish().expect("the norms");
        assert_eq!(norms, [Norm::default(), Norm { count: 4, median: 2, low: 2, high: 3 }]);
    }

    fn median(values: &[i128]) -> i128 {
        let at = |place: usize| values.get(place).copied().unwrap_or_default();
        match values.len() {
            0 => 0,
            odd if odd % 2 == 1 => at(odd / 2),
            even => divide(at(even / 2 - 1) + at(even / 2), 2).expect("no zero divisor"),
        }
    }

    proptest! {
        #[test]
        fn ranks_are_those_of_the_sorted_amounts(amounts in proptest::collection::vec((0..3_usize, 0..1_000_i128), 0..300)) {
            let mut ranks = Ranks::new(3, &Scratch { budget: 0, ..Scratch::default() });
            amounts.iter().try_for_each(|(group, units)| ranks.push(*group, *units)).expect("room");
            for (group, norm) in ranks.finish().expect("the norms").into_iter().enumerate() {
                let mut own: Vec<i128> = amounts.iter().filter(|one| one.0 == group).map(|one| one.1).collect();
                own.sort_unstable();
                prop_assert_eq!(norm.median, median(&own));
                let last = own.len().saturating_sub(1);
                prop_assert_eq!(norm.low, own.get(last - last * 19 / 20).copied().unwrap_or_default());
                prop_assert_eq!(norm.high, own.get(own.len().saturating_sub(1) * 19 / 20).copied().unwrap_or_default());
            }
        }
    }
}
