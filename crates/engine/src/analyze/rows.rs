//! Sets of transaction numbers as ranges, which is how lineage is kept small.

/// Transaction numbers, ascending, as ranges with both ends included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows(Vec<(u32, u32)>);

impl Rows {
    pub(crate) fn one(number: u32) -> Self {
        Self(vec![(number, number)])
    }

    /// Adds a number that is larger than all before.
    pub(crate) fn push(&mut self, number: u32) {
        match self.0.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(number) => *last = number,
            _ => self.0.push((number, number)),
        }
    }

    /// Numbers in any order, each counted once.
    pub(crate) fn collect(mut numbers: Vec<u32>) -> Self {
        numbers.sort_unstable();
        numbers.dedup();
        let mut rows = Self::default();
        numbers.into_iter().for_each(|number| rows.push(number));
        rows
    }

    /// The numbers of both.
    pub(crate) fn union(&self, other: &Self) -> Self {
        Self(merge(self.0.iter().chain(&other.0).copied().collect()))
    }

    /// The numbers of all.
    pub(crate) fn union_all(all: &[&Self]) -> Self {
        Self(merge(all.iter().flat_map(|rows| &rows.0).copied().collect()))
    }

    /// How many numbers.
    pub(crate) fn count(&self) -> i64 {
        self.0.iter().map(|(first, last)| i64::from(*last) - i64::from(*first) + 1).sum()
    }

    pub(crate) fn ranges(&self) -> Vec<(u32, u32)> {
        self.0.clone()
    }
}

/// Sorts ranges and joins those that touch or overlap.
pub(crate) fn merge(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
    for (first, last) in ranges {
        match out.last_mut() {
            Some((_, end)) if first <= end.saturating_add(1) => *end = (*end).max(last),
            _ => out.push((first, last)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_join_into_one_range() {
        let rows = Rows::collect(vec![5, 1, 2, 3, 9, 5]);
        assert_eq!(rows.ranges(), [(1, 3), (5, 5), (9, 9)]);
        assert_eq!(rows.count(), 5);
        assert_eq!(rows.union(&Rows::one(4)).ranges(), [(1, 5), (9, 9)]);
    }
}
