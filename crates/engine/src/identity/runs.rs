//! Files that continue each other, as runs.

use std::cmp::Reverse;

use super::{overlap::Pair, sequence::Sequence};
use crate::Error;

/// Where a file stands: the rows of one run are counted through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) run: u32,
    /// Of the file's oldest row.
    pub(crate) start: u64,
}

/// One file ends with the rows that another begins with.
struct Join {
    overlap: u64,
    from: usize,
    to: usize,
}

/// The position of every file. It does not depend on the order of the files.
pub(crate) fn positions(
    files: &[&Sequence],
    mut tell: impl FnMut() -> Result<(), Error>,
) -> Result<Vec<Position>, Error> {
    let common = common(files, &mut tell)?;
    let of = |one: usize, other: usize| common.get(one.max(other)).and_then(|row| row.get(one.min(other))).copied();
    let contained: Vec<bool> = (0..files.len())
        .map(|one| (0..files.len()).any(|other| other != one && is_within(files, one, other, of(one, other))))
        .collect();
    let mut joins = Vec::new();
    for (from, one) in files.iter().enumerate() {
        for (to, other) in files.iter().enumerate() {
            let free = from != to && contained.get(from) == Some(&false) && contained.get(to) == Some(&false);
            let Some(common) = of(from, to).filter(|_| free) else { continue };
            tell()?;
            joins.extend(overlap(&Pair::new(one, other), common)?.map(|overlap| Join { overlap, from, to }));
        }
    }
    let print = |place: usize| files.get(place).map(|file| file.fingerprint);
    joins.sort_by_key(|join| (Reverse(join.overlap), print(join.from), print(join.to)));
    Ok(chained(files, &joins))
}

/// The number of common rows of each file and those before it.
fn common(files: &[&Sequence], tell: &mut impl FnMut() -> Result<(), Error>) -> Result<Vec<Vec<u64>>, Error> {
    let mut all = Vec::with_capacity(files.len());
    for (place, one) in files.iter().enumerate() {
        tell()?;
        let before = files.iter().take(place);
        all.push(before.map(|other| Pair::new(one, other).common()).collect::<Result<_, _>>()?);
    }
    Ok(all)
}

/// Whether the other file has every row of the one. Of two with the same rows the first has those of the second.
fn is_within(files: &[&Sequence], one: usize, other: usize, common: Option<u64>) -> bool {
    let (Some(small), Some(large)) = (files.get(one), files.get(other)) else { return false };
    common == Some(small.len) && (large.len > small.len || (large.len == small.len && other < one))
}

/// With how many rows the one goes over into the other; `None` where it does not.
///
/// The rows that agree must be more than half of what the two have in common: else it is the same days in another order,
/// and one equal row at the ends says nothing. So a join never counts as many rows twice as it has found to agree.
fn overlap(pair: &Pair<'_>, common: u64) -> Result<Option<u64>, Error> {
    if common == 0 {
        return Ok(pair.continues().then_some(0));
    }
    Ok(Some(pair.overlap()?).filter(|overlap| overlap.saturating_mul(2) > common))
}

/// Takes the joins one by one, as long as a file has one successor and one predecessor and no run ends in itself.
fn chained(files: &[&Sequence], joins: &[Join]) -> Vec<Position> {
    let mut next: Vec<Option<(usize, u64)>> = vec![None; files.len()];
    let mut is_first = vec![true; files.len()];
    for join in joins {
        let ends_in = |mut place: usize| {
            while let Some((after, _)) = next.get(place).copied().flatten() {
                place = after;
            }
            place
        };
        if next.get(join.from) != Some(&None) || is_first.get(join.to) != Some(&true) || ends_in(join.to) == join.from {
            continue;
        }
        if let (Some(after), Some(first)) = (next.get_mut(join.from), is_first.get_mut(join.to)) {
            (*after, *first) = (Some((join.to, join.overlap)), false);
        }
    }
    let mut positions = vec![Position { run: 0, start: 0 }; files.len()];
    let firsts = is_first.iter().enumerate().filter(|(_, first)| **first).map(|(place, _)| place);
    for (run, first) in (0..).zip(firsts) {
        let (mut place, mut start) = (first, 0);
        loop {
            if let Some(position) = positions.get_mut(place) {
                *position = Position { run, start };
            }
            let Some((after, overlap)) = next.get(place).copied().flatten() else { break };
            start += files.get(place).map_or(0, |file| file.len.saturating_sub(overlap));
            place = after;
        }
    }
    positions
}
