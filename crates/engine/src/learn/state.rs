//! A learner as bytes, to be kept and read again.

use std::{collections::HashMap, sync::Arc};

use super::{
    Label, Learner, MAX_CORRECTIONS, MAX_LABELS,
    calibration::{BINS, Bin, Calibration},
    codec::{Reader, Writer},
    linear::{Linear, Slot},
    memory::{Counts, Memory},
    mixture::{Mixture, Weight},
    predict::Prior,
};
use crate::enrich::SpreadMap;

/// The first bytes; the number changes with the features or the format.
const MAGIC: &[u8; 8] = b"saldol\x00\x01";

impl Learner {
    /// All that was learnt; the same learner always gives the same bytes. Rows that wait are settled first.
    pub fn to_bytes(&mut self) -> Vec<u8> {
        self.settle();
        let mut out = Writer(MAGIC.to_vec());
        out.length(self.labels.len());
        self.labels.iter().for_each(|label| out.text(label));
        out.u64(self.learnt);
        out.u64(self.corrected);
        out.length(self.corrections.len());
        for (key, (label, when)) in sorted(&self.corrections) {
            out.u64(*key);
            out.u16(*label);
            out.u64(*when);
        }
        counts(&mut out, &self.memory.everything);
        for map in [&self.memory.contexts, &self.memory.recent] {
            out.length(map.len());
            for (key, it) in sorted(map) {
                out.u64(*key);
                counts(&mut out, it);
            }
        }
        let used = self.linear.slots.iter().zip(0..=u16::MAX).filter(|(slot, _)| **slot != Slot::default());
        out.length(used.clone().count());
        for (slot, place) in used {
            out.u16(place);
            out.f32(slot.gradient);
            pairs(&mut out, slot.weights.iter().copied());
        }
        for weight in &self.mixture.weights {
            out.f32(weight.value);
            out.f32(weight.gradient);
        }
        for bin in &self.calibration.bins {
            out.f32(bin.asked);
            out.f32(bin.right);
            out.f32(bin.sum);
        }
        out.0
    }

    /// What [`Learner::to_bytes`] wrote; `None` where it is no such thing.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut read = Reader(bytes.strip_prefix(MAGIC)?);
        let count = read.length(4).filter(|count| *count <= MAX_LABELS)?;
        let labels: Vec<Arc<str>> = (0..count).map(|_| read.text().map(Arc::from)).collect::<Option<_>>()?;
        let by_label: HashMap<_, _> = labels.iter().cloned().zip(0..Label::MAX).collect();
        let (learnt, corrected) = (read.u64()?, read.u64()?);
        let count = read.length(18).filter(|count| *count <= MAX_CORRECTIONS)?;
        let corrections =
            (0..count).map(|_| Some((read.u64()?, (read.u16()?, read.u64()?)))).collect::<Option<SpreadMap<_, _>>>()?;
        let everything = read_counts(&mut read)?;
        let (contexts, recent) = (read_map(&mut read)?, read_map(&mut read)?);
        let linear = read_linear(&mut read)?;
        let mut mixture = Mixture::default();
        for weight in &mut mixture.weights {
            *weight = Weight { value: read.f32()?, gradient: read.f32()? };
        }
        let mut bins = [Bin::default(); BINS];
        for bin in &mut bins {
            *bin = Bin { asked: read.f32()?, right: read.f32()?, sum: read.f32()? };
        }
        let prior = Prior::new(&everything, labels.len());
        read.0.is_empty().then(|| Self {
            labels,
            by_label,
            corrections,
            corrected,
            memory: Memory { everything, contexts, recent },
            linear,
            mixture,
            calibration: Calibration::restore(bins),
            prior,
            learnt,
            waiting: Vec::new(),
        })
    }
}

/// By key, so that the bytes do not depend on the map's order.
fn sorted<V>(map: &SpreadMap<u64, V>) -> Vec<(&u64, &V)> {
    let mut all: Vec<_> = map.iter().collect();
    all.sort_unstable_by_key(|(key, _)| **key);
    all
}

fn counts(out: &mut Writer, counts: &Counts) {
    out.f32(counts.total());
    pairs(out, counts.labels());
}

fn pairs(out: &mut Writer, pairs: impl Iterator<Item = (Label, f32)>) {
    let pairs: Vec<_> = pairs.collect();
    out.length(pairs.len());
    for (label, value) in pairs {
        out.u16(label);
        out.f32(value);
    }
}

fn read_map(read: &mut Reader<'_>) -> Option<SpreadMap<u64, Counts>> {
    let count = read.length(16)?;
    (0..count).map(|_| Some((read.u64()?, read_counts(read)?))).collect()
}

fn read_counts(read: &mut Reader<'_>) -> Option<Counts> {
    Some(Counts::restore(read.f32()?, &read_pairs(read)?))
}

fn read_pairs(read: &mut Reader<'_>) -> Option<Vec<(Label, f32)>> {
    let count = read.length(6)?;
    (0..count).map(|_| Some((read.u16()?, read.f32()?))).collect()
}

fn read_linear(read: &mut Reader<'_>) -> Option<Linear> {
    let mut linear = Linear::default();
    for _ in 0..read.length(10)? {
        let slot = linear.slots.get_mut(usize::from(read.u16()?))?;
        *slot = Slot { gradient: read.f32()?, weights: read_pairs(read)? };
    }
    Some(linear)
}
