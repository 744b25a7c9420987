//! Sorts records of one width, however many: in memory while they are few, else by merging sorted parts of a file.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::{
    Error, Scratch,
    store::{Log, LogReader, LogWriter},
};

/// Bytes that wait to be sorted at once.
const AT_ONCE: usize = 8 << 20;

/// Takes records in any order.
pub(crate) struct Sorter<const N: usize> {
    scratch: Scratch,
    waiting: Vec<[u8; N]>,
    parts: Vec<Log>,
}

impl<const N: usize> Sorter<N> {
    pub(crate) fn new(scratch: &Scratch) -> Self {
        Self { scratch: Scratch { budget: 0, ..scratch.clone() }, waiting: Vec::new(), parts: Vec::new() }
    }

    pub(crate) fn push(&mut self, record: [u8; N]) -> Result<(), Error> {
        if (self.waiting.len() + 1) * N > AT_ONCE {
            self.part()?;
        }
        self.waiting.push(record);
        Ok(())
    }

    fn part(&mut self) -> Result<(), Error> {
        self.waiting.sort_unstable();
        let mut writer = LogWriter::new(self.scratch.clone());
        self.waiting.iter().try_for_each(|record| writer.append(record))?;
        self.waiting.clear();
        self.parts.push(writer.finish()?);
        Ok(())
    }

    /// Gives every record, ascending by its bytes.
    pub(crate) fn each(mut self, mut take: impl FnMut([u8; N]) -> Result<(), Error>) -> Result<(), Error> {
        if self.parts.is_empty() {
            self.waiting.sort_unstable();
            return self.waiting.into_iter().try_for_each(take);
        }
        self.part()?;
        let mut readers: Vec<_> = self.parts.iter().map(|part| (part.reader(0), part.len() / N as u64)).collect();
        let mut heads = BinaryHeap::new();
        for (place, reader) in readers.iter_mut().enumerate() {
            heads.extend(next::<N>(reader)?.map(|record| Reverse((record, place))));
        }
        while let Some(Reverse((record, place))) = heads.pop() {
            take(record)?;
            if let Some(reader) = readers.get_mut(place) {
                heads.extend(next::<N>(reader)?.map(|record| Reverse((record, place))));
            }
        }
        Ok(())
    }
}

/// A part and how many of its records are left.
type Rest<'l> = (LogReader<'l>, u64);

fn next<const N: usize>((reader, left): &mut Rest<'_>) -> Result<Option<[u8; N]>, Error> {
    let Some(fewer) = left.checked_sub(1) else { return Ok(None) };
    *left = fewer;
    Ok(reader.take(N)?.try_into().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_records_come_back_in_order() {
        let mut sorter = Sorter::<16>::new(&Scratch::default());
        let many = AT_ONCE as u64 / 16 * 5 / 2;
        for place in 0..many {
            let number = place.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            sorter.push(u128::from(number).to_be_bytes()).expect("room");
        }
        let (mut last, mut count) = (None, 0);
        sorter
            .each(|record| {
                assert!(last <= Some(record));
                (last, count) = (Some(record), count + 1);
                Ok(())
            })
            .expect("the records");
        assert_eq!(count, many);
    }
}
