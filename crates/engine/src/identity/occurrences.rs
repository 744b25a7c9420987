//! Which row is which copy, and which copies are already there.

use super::{key::KEY, runs::Position, sequence::Sequence, sorter::Sorter};
use crate::{Error, Scratch};

/// Places of rows that are kept, one bit each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    fn set(&mut self, place: u32) {
        let word = place as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (place % 64);
        }
    }

    pub(crate) fn has(&self, place: u64) -> bool {
        usize::try_from(place / 64)
            .ok()
            .and_then(|word| self.0.get(word))
            .is_some_and(|word| word >> (place % 64) & 1 == 1)
    }
}

/// Key, run, place in the run, file, row in the file: sorted, the copies of a row stand together, run by run.
const PLACED: usize = KEY + 4 + 8 + 4 + 4;
/// Key, number of the copy, file, row in the file: sorted, the same copy of the same row stands together.
const NUMBERED: usize = KEY + 4 + 4 + 4;

/// The rows of each file that no file before it has.
///
/// Within a run, the copies of a row are numbered through; rows at one place are one row. Between runs, the k-th copy of
/// a row is the same row.
pub(crate) fn first_seen(files: &[&Sequence], positions: &[Position], scratch: &Scratch) -> Result<Vec<Bits>, Error> {
    let mut numbered = Sorter::<NUMBERED>::new(scratch);
    let (mut group, mut place, mut number) = ([0; KEY + 4], None, 0_u32);
    placed(files, positions, scratch)?.each(|record| {
        let (head, rest) = split::<{ KEY + 4 }>(&record);
        let (at, rest) = split::<8>(rest);
        if group != head || place.is_none() {
            (group, place, number) = (head, None, 0);
        }
        if place != Some(at) {
            (place, number) = (Some(at), number.saturating_add(1));
        }
        let mut out = [0; NUMBERED];
        let bytes = head.into_iter().take(KEY).chain(number.to_be_bytes()).chain(rest.iter().copied());
        out.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        numbered.push(out)
    })?;
    let mut kept = vec![Bits::default(); files.len()];
    let mut last = None;
    numbered.each(|record| {
        let (copy, rest) = split::<{ KEY + 4 }>(&record);
        let (file, row) = split::<4>(rest);
        if last != Some(copy) {
            last = Some(copy);
            let bits = usize::try_from(u32::from_be_bytes(file)).ok().and_then(|file| kept.get_mut(file));
            if let Some(bits) = bits {
                bits.set(u32::from_be_bytes(split::<4>(row).0));
            }
        }
        Ok(())
    })?;
    Ok(kept)
}

fn placed(files: &[&Sequence], positions: &[Position], scratch: &Scratch) -> Result<Sorter<PLACED>, Error> {
    let mut placed = Sorter::new(scratch);
    for ((file, sequence), position) in (0_u32..).zip(files).zip(positions) {
        let mut walk = sequence.walk(&sequence.keys.in_order, false);
        for place in 0..sequence.len {
            let Some(key) = walk.next()? else { break };
            let row = u32::try_from(sequence.turned(place)).map_err(|_| too_many())?;
            let mut out = [0; PLACED];
            let bytes = (key.to_be_bytes().into_iter())
                .chain(position.run.to_be_bytes())
                .chain((position.start + place).to_be_bytes())
                .chain(file.to_be_bytes())
                .chain(row.to_be_bytes());
            out.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
            placed.push(out)?;
        }
    }
    Ok(placed)
}

fn too_many() -> Error {
    Error::TooManyRows { limit: u64::from(u32::MAX) }
}

/// The first bytes and the others. Records are longer than what is taken from them.
fn split<const N: usize>(bytes: &[u8]) -> ([u8; N], &[u8]) {
    bytes.split_first_chunk::<N>().map_or(([0; N], &[]), |(head, rest)| (*head, rest))
}
