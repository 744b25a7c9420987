//! Sorts any number of keys in bounded memory: sorted runs go to a file without a name and are merged while they are read
//! (Knuth, volume 3, 5.4).

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{
    Scratch,
    log::{Log, LogReader, LogWriter},
};
use crate::Error;

/// Takes keys of `N` bytes, which are compared from the first byte to the last.
pub(crate) struct Sorter<const N: usize> {
    run: Vec<[u8; N]>,
    /// Keys of a run.
    most: usize,
    /// The runs that are full already, one behind the other.
    spilled: LogWriter,
    starts: Vec<u64>,
}

impl<const N: usize> Sorter<N> {
    /// Keeps as much as the scratch says in memory.
    pub(crate) fn new(scratch: &Scratch) -> Self {
        // At least some keys a run, so that there are not too many runs to merge.
        let most = (scratch.budget / N.max(1)).max(64);
        let folder = scratch.folder.clone();
        Self { run: Vec::new(), most, spilled: LogWriter::new(Scratch { folder, budget: 0 }), starts: Vec::new() }
    }

    /// Adds a key.
    pub(crate) fn push(&mut self, key: [u8; N]) -> Result<(), Error> {
        if self.run.len() >= self.most {
            self.spill()?;
        }
        self.run.push(key);
        Ok(())
    }

    fn spill(&mut self) -> Result<(), Error> {
        self.run.sort_unstable();
        self.starts.push(self.spilled.len());
        self.run.iter().try_for_each(|key| self.spilled.append(key))?;
        self.run.clear();
        Ok(())
    }

    /// All keys, to be walked over in ascending order.
    pub(crate) fn finish(mut self) -> Result<Sorted<N>, Error> {
        if self.starts.is_empty() {
            self.run.sort_unstable();
        } else {
            self.spill()?;
            self.run = Vec::new();
        }
        Ok(Sorted { run: self.run, spilled: self.spilled.finish()?, starts: self.starts })
    }
}

/// Sorted keys.
pub(crate) struct Sorted<const N: usize> {
    run: Vec<[u8; N]>,
    spilled: Log,
    starts: Vec<u64>,
}

impl<const N: usize> Sorted<N> {
    /// Gives every key in ascending order, equal ones one after the other.
    pub(crate) fn each(&self, mut give: impl FnMut([u8; N]) -> Result<(), Error>) -> Result<(), Error> {
        if self.starts.is_empty() {
            return self.run.iter().try_for_each(|key| give(*key));
        }
        let ends = self.starts.iter().skip(1).copied().chain([self.spilled.len()]);
        let mut runs: Vec<Run<'_>> = self
            .starts
            .iter()
            .zip(ends)
            .map(|(start, end)| Run { reader: self.spilled.reader(*start), left: (end - start) / N as u64 })
            .collect();
        let mut next = BinaryHeap::with_capacity(runs.len());
        for (place, run) in runs.iter_mut().enumerate() {
            next.extend(run.next::<N>()?.map(|key| Reverse((key, place))));
        }
        while let Some(Reverse((key, place))) = next.pop() {
            give(key)?;
            if let Some(run) = runs.get_mut(place) {
                next.extend(run.next::<N>()?.map(|key| Reverse((key, place))));
            }
        }
        Ok(())
    }
}

struct Run<'l> {
    reader: LogReader<'l>,
    left: u64,
}

impl Run<'_> {
    fn next<const N: usize>(&mut self) -> Result<Option<[u8; N]>, Error> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        Ok(self.reader.take(N)?.first_chunk().copied())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keys_come_out_in_order_however_little_memory_there_is(keys in proptest::collection::vec(any::<[u8; 3]>(), 0..700)) {
            let mut sorter = Sorter::new(&Scratch { budget: 0, ..Scratch::default() });
            keys.iter().try_for_each(|key| sorter.push(*key)).expect("a writable folder");
            let mut out = Vec::new();
            let push = |key| {
                out.push(key);
                Ok(())
            };
            sorter.finish().expect("a writable folder").each(push).expect("the keys");
            let mut sorted = keys;
            sorted.sort_unstable();
            prop_assert_eq!(out, sorted);
        }
    }
}
