//! The amounts of one level of detail, grouped, with their density and their last digits.

use std::hash::{BuildHasher, BuildHasherDefault};

use crate::enrich::{Spread, SpreadMap};

/// A group: side, category and counterparty as one number.
pub(super) type Key = u64;

/// Numbers of zeros at the end that are told apart: none, one, two, three, more.
pub(super) const ZERO_CLASSES: usize = 5;

/// Half widths of the kernels over logarithms with their weights: the same price, about the same, the same order, …
const KERNELS: [(f64, f64); 5] = [(0.005, 0.25), (0.05, 0.25), (0.2, 0.25), (0.6, 0.2), (1.5, 0.05)];

/// How many observations the endings of the level above are worth.
const ENDINGS_WORTH: f64 = 20.0;

pub(super) fn key(parts: (u32, Option<u32>, Option<u32>)) -> Key {
    BuildHasherDefault::<Spread>::default().hash_one(parts)
}

pub(super) fn log(units: u128) -> f64 {
    (units as f64).ln()
}

/// How many zeros the number ends in, at most [`ZERO_CLASSES`] - 1.
pub(super) fn zeros(mut units: u128) -> usize {
    let mut zeros = 0;
    while zeros + 1 < ZERO_CLASSES && units.is_multiple_of(10) {
        units /= 10;
        zeros += 1;
    }
    zeros
}

#[derive(Debug, Default)]
pub(super) struct Level {
    /// Ascending within each group.
    logs: Vec<f32>,
    groups: SpreadMap<Key, Span>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    end: u32,
    /// How many amounts of each class of zeros.
    zeros: [u32; ZERO_CLASSES],
}

impl Level {
    pub(super) fn new(amounts: impl Iterator<Item = (Key, u128)>) -> Self {
        let mut all: Vec<(Key, f32, u8)> =
            amounts.map(|(key, units)| (key, log(units) as f32, zeros(units) as u8)).collect();
        all.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let mut level = Self { logs: Vec::with_capacity(all.len()), groups: SpreadMap::default() };
        for run in all.chunk_by(|one, other| one.0 == other.0) {
            let Some((key, ..)) = run.first() else { continue };
            let mut span = Span { start: level.logs.len() as u32, ..Span::default() };
            for (_, log, zeros) in run {
                level.logs.push(*log);
                if let Some(class) = span.zeros.get_mut(usize::from(*zeros)) {
                    *class += 1;
                }
            }
            span.end = level.logs.len() as u32;
            level.groups.insert(*key, span);
        }
        level
    }

    pub(super) fn group(&self, key: Key) -> Option<Group<'_>> {
        let span = self.groups.get(&key)?;
        Some(Group { logs: self.logs.get(span.start as usize..span.end as usize)?, zeros: &span.zeros })
    }
}

/// The amounts of one group; never empty.
pub(super) struct Group<'a> {
    logs: &'a [f32],
    zeros: &'a [u32; ZERO_CLASSES],
}

impl Group<'_> {
    pub(super) fn len(&self) -> usize {
        self.logs.len()
    }

    /// How many amounts, without the one that is judged where it is one of them.
    pub(super) fn count(&self, is_own: bool) -> f64 {
        self.logs.len() as f64 - f64::from(u8::from(is_own))
    }

    pub(super) fn median(&self) -> f64 {
        self.logs.get(self.logs.len() / 2).copied().map_or(0.0, f64::from)
    }

    /// The kernel density at a logarithm, times the number of amounts.
    pub(super) fn neighbours(&self, log: f64, is_own: bool) -> f64 {
        let below = |limit: f64| self.logs.partition_point(|log| f64::from(*log) < limit);
        let kernel = |(half, weight): (f64, f64)| {
            let near = below(log + half) - below(log - half);
            weight * (near as f64 - f64::from(u8::from(is_own))) / (2.0 * half)
        };
        KERNELS.into_iter().map(kernel).sum::<f64>().max(0.0)
    }

    /// Refines how probable each class of zeros is.
    pub(super) fn endings(&self, zeros: usize, is_own: bool, endings: &mut [f64; ZERO_CLASSES]) {
        let total = self.count(is_own) + ENDINGS_WORTH;
        for (class, (ending, seen)) in endings.iter_mut().zip(self.zeros).enumerate() {
            let own = f64::from(u8::from(is_own && class == zeros));
            *ending = (f64::from(*seen) - own + ENDINGS_WORTH * *ending) / total;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_density_of_a_group_sums_to_its_number_of_amounts() {
        let level = Level::new([1_000, 1_100, 5_000].into_iter().map(|units| (7, units)));
        let group = level.group(7).expect("a group");
        let step = 0.001;
        let sum: f64 = (0..20_000).map(|place| group.neighbours(f64::from(place) * step, false) * step).sum();
        assert!((sum - 3.0).abs() < 0.05, "{sum}");
        assert!(level.group(8).is_none());
    }

    #[test]
    fn zeros_at_the_end_are_counted() {
        assert_eq!([1_234, 1_230, 1_200, 1_000, 10_000, 1_000_000].map(zeros), [0, 1, 2, 3, 4, 4]);
    }
}
