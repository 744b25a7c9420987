//! Sets of transaction numbers, coded so small that every figure can carry its own.

use std::{cmp::Reverse, collections::BinaryHeap, ops::RangeInclusive};

/// Most bytes of one number: 32 bits at 7 bits a byte.
const MAX_BYTES: usize = 5;

/// A set of transaction numbers (from 1), kept as its code: for each range of numbers, ascending, how many numbers are
/// skipped since the range before (since the start, for the first), and how many the range has, minus one. Both are
/// unsigned LEB128 (DWARF 5, 7.6): 7 bits a byte, low bits first, the high bit says that more follow.
///
/// 1 to 3, 5 and 300 are the bytes `00 02`, `01 00` and `a6 02 00`.
///
/// Invariant: ranges do not touch, so a set has one code only, and equal sets have equal bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RowSet {
    code: Vec<u8>,
    /// How many numbers.
    len: u32,
    /// The last range: its last number, and its numbers minus one, which are the last ones of the code.
    last: u32,
    tail: u32,
}

impl RowSet {
    /// The set of one number; of 0, which is no number, the empty set.
    pub fn one(number: u32) -> Self {
        let mut rows = Self::default();
        rows.push(number);
        rows
    }

    /// Adds a number: quickly if it is greater than all before, else by building the set anew. 0 is no number.
    pub fn push(&mut self, number: u32) {
        if number > self.last {
            self.append(number, number);
        } else if number > 0 && !self.contains(number) {
            *self = self.union(&Self::one(number));
        }
    }

    /// The set that [`RowSet::as_bytes`] gave; `None` where the bytes are no such code.
    pub fn from_bytes(code: &[u8]) -> Option<Self> {
        let mut rows = Self::default();
        let mut ranges = Ranges { code, last: 0 };
        for (first, last) in ranges.by_ref() {
            rows.append(first, last);
        }
        (ranges.code.is_empty() && rows.code == code).then_some(rows)
    }

    /// The code, as the contract carries it.
    pub fn as_bytes(&self) -> &[u8] {
        &self.code
    }

    /// The code, without a copy.
    pub fn into_bytes(self) -> Vec<u8> {
        self.code
    }

    /// How many numbers.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The smallest number.
    pub fn first(&self) -> Option<u32> {
        self.iter_ranges().next().map(|(first, _)| first)
    }

    /// The greatest number.
    pub fn last(&self) -> Option<u32> {
        (!self.is_empty()).then_some(self.last)
    }

    /// Whether it holds the number; takes a walk over the ranges.
    pub fn contains(&self, number: u32) -> bool {
        number <= self.last
            && self.iter_ranges().take_while(|(first, _)| *first <= number).any(|(_, last)| number <= last)
    }

    /// Ranges with both ends included, ascending; between two of them is at least one number that is not in the set.
    pub fn iter_ranges(&self) -> impl Iterator<Item = (u32, u32)> {
        Ranges { code: &self.code, last: 0 }
    }

    /// Every number, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.iter_ranges().flat_map(|(first, last)| first..=last)
    }

    /// The numbers of both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::union_all([self, other])
    }

    /// The numbers of all, in one pass over each.
    pub fn union_all<'a>(all: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut waiting: Vec<_> = all.into_iter().map(|rows| Ranges { code: &rows.code, last: 0 }).collect();
        let mut next: BinaryHeap<_> = waiting
            .iter_mut()
            .enumerate()
            .filter_map(|(place, ranges)| Some(Reverse((ranges.next()?, place))))
            .collect();
        let mut rows = Self::default();
        while let Some(Reverse(((first, last), place))) = next.pop() {
            // What is below or inside of the last range is there already.
            if last > rows.last {
                rows.append(first.max(rows.last.saturating_add(1)), last);
            }
            let following = waiting.get_mut(place).and_then(Iterator::next);
            next.extend(following.map(|range| Reverse((range, place))));
        }
        rows
    }

    /// Adds a range whose first number is greater than all before.
    fn append(&mut self, first: u32, last: u32) {
        let (skipped, more) = (first - self.last - 1, last - first);
        if skipped == 0 && !self.is_empty() {
            self.code.truncate(self.code.len() - leb128_len(self.tail));
            self.tail += more + 1;
        } else {
            leb128(skipped, &mut self.code);
            self.tail = more;
        }
        leb128(self.tail, &mut self.code);
        self.last = last;
        self.len += more + 1;
    }
}

/// All numbers of a range; without 0, which is no number.
impl From<RangeInclusive<u32>> for RowSet {
    fn from(numbers: RangeInclusive<u32>) -> Self {
        let mut rows = Self::default();
        if numbers.start().max(&1) <= numbers.end() {
            rows.append(*numbers.start().max(&1), *numbers.end());
        }
        rows
    }
}

/// Numbers in any order, each counted once.
impl FromIterator<u32> for RowSet {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut numbers: Vec<u32> = numbers.into_iter().collect();
        numbers.sort_unstable();
        let mut rows = Self::default();
        numbers.into_iter().for_each(|number| rows.push(number));
        rows
    }
}

/// Decodes one range after the other; ends early where the rest is no code.
struct Ranges<'a> {
    code: &'a [u8],
    last: u32,
}

impl Iterator for Ranges<'_> {
    type Item = (u32, u32);

    fn next(&mut self) -> Option<(u32, u32)> {
        let (skipped, rest) = read_leb128(self.code)?;
        let (more, rest) = read_leb128(rest)?;
        let first = self.last.checked_add(1)?.checked_add(skipped)?;
        let last = first.checked_add(more)?;
        (self.code, self.last) = (rest, last);
        Some((first, last))
    }
}

fn leb128(mut number: u32, out: &mut Vec<u8>) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// How many bytes [`leb128`] writes.
fn leb128_len(number: u32) -> usize {
    (number | 1).ilog2() as usize / 7 + 1
}

/// A number and what follows it; `None` where the bytes end before, or hold more than 32 bits.
fn read_leb128(code: &[u8]) -> Option<(u32, &[u8])> {
    let mut number = 0_u64;
    for (place, byte) in code.iter().take(MAX_BYTES).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((u32::try_from(number).ok()?, code.get(place + 1..)?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(rows: &RowSet) -> Vec<(u32, u32)> {
        rows.iter_ranges().collect()
    }

    #[test]
    fn neighbours_join_into_one_range() {
        let rows = RowSet::from_iter([5, 1, 2, 3, 9, 5]);
        assert_eq!(ranges(&rows), [(1, 3), (5, 5), (9, 9)]);
        assert_eq!(rows.len(), 5);
        assert_eq!(ranges(&rows.union(&RowSet::one(4))), [(1, 5), (9, 9)]);
    }

    #[test]
    fn the_code_is_the_one_of_the_documentation() {
        let rows = RowSet::from_iter([1, 2, 3, 5, 300]);
        assert_eq!(rows.as_bytes(), [0x00, 0x02, 0x01, 0x00, 0xa6, 0x02, 0x00]);
    }

    #[test]
    fn all_rows_of_a_long_file_are_a_few_bytes() {
        let rows: RowSet = (1..=200_000).collect();
        assert_eq!((rows.as_bytes().len(), rows.len()), (4, 200_000));
    }

    #[test]
    fn no_row_has_the_number_zero_and_the_last_possible_one_fits() {
        assert!(RowSet::one(0).is_empty());
        let rows = RowSet::from_iter([u32::MAX, 0, 1]);
        assert_eq!(ranges(&rows), [(1, 1), (u32::MAX, u32::MAX)]);
        assert_eq!(ranges(&rows.union(&RowSet::one(u32::MAX - 1))), [(1, 1), (u32::MAX - 1, u32::MAX)]);
    }

    #[test]
    fn what_is_no_code_is_refused() {
        // Cut off, touching ranges, a longer form than needed, more than 32 bits, beyond the last number.
        let broken: [&[u8]; 6] = [
            &[0],
            &[0x80],
            &[0, 0, 0, 0],
            &[0x80, 0, 0],
            &[0xff, 0xff, 0xff, 0xff, 0x7f, 0],
            &[0xff, 0xff, 0xff, 0xff, 0x0f, 0],
        ];
        broken.into_iter().for_each(|bytes| assert_eq!(RowSet::from_bytes(bytes), None, "{bytes:?}"));
        assert_eq!(RowSet::from_bytes(&[]), Some(RowSet::default()));
    }
}
