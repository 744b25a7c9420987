//! How often each context came with each label.

use super::{
    Label,
    features::{CONTEXTS, Features, NAME},
};
use crate::enrich::SpreadMap;

/// Contexts kept, at most; beyond it counts are halved and what was seen once is forgotten.
const MAX_CONTEXTS: usize = 1 << 20;

/// Labels of one context, at most; of further ones only the sum is kept.
const MAX_LABELS: usize = 64;

/// Part of a context's counts that stays with each new row of it: categories drift.
const STAYS: f32 = 0.995;

/// The same for the recent memory of names: about ten rows.
const RECENT: f32 = 0.9;

/// Counted labels of one context.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Counts {
    total: f32,
    /// Most contexts have one label: it needs no place of its own.
    first: Option<(Label, f32)>,
    others: Vec<(Label, f32)>,
}

impl Counts {
    /// Of all rows.
    pub(super) fn total(&self) -> f32 {
        self.total
    }

    /// Labels with their counts, in order of their first appearance.
    pub(super) fn labels(&self) -> impl Iterator<Item = (Label, f32)> {
        self.first.into_iter().chain(self.others.iter().copied())
    }

    /// The count of one label.
    pub(super) fn of(&self, label: Label) -> f32 {
        self.labels().find(|(it, _)| *it == label).map_or(0.0, |(_, count)| count)
    }

    /// The largest count of a label.
    pub(super) fn largest(&self) -> f32 {
        self.labels().fold(0.0, |largest, (_, count)| largest.max(count))
    }

    pub(super) fn restore(total: f32, labels: &[(Label, f32)]) -> Self {
        let (first, others) = labels.split_first().map_or((None, &[][..]), |(first, others)| (Some(*first), others));
        Self { total, first, others: others.to_vec() }
    }

    fn add(&mut self, label: Label, stays: f32) {
        if stays < 1.0 {
            self.scale(stays);
        }
        self.total += 1.0;
        let Some(first) = &mut self.first else {
            self.first = Some((label, 1.0));
            return;
        };
        if first.0 == label {
            first.1 += 1.0;
        } else if let Some(other) = self.others.iter_mut().find(|(it, _)| *it == label) {
            other.1 += 1.0;
        } else if self.others.len() < MAX_LABELS {
            self.others.push((label, 1.0));
        }
    }

    fn scale(&mut self, factor: f32) {
        self.total *= factor;
        self.first.iter_mut().chain(&mut self.others).for_each(|(_, count)| *count *= factor);
    }
}

/// Contexts with their counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Memory {
    pub(super) everything: Counts,
    pub(super) contexts: SpreadMap<u64, Counts>,
    /// Names once more, where older rows count much less.
    pub(super) recent: SpreadMap<u64, Counts>,
}

impl Memory {
    /// Of all rows.
    pub(super) fn everything(&self) -> &Counts {
        &self.everything
    }

    /// Of each context of a row, and of its recent name as the last one; `None` where it was never seen.
    pub(super) fn of<'a>(&'a self, features: &'a Features) -> impl Iterator<Item = Option<&'a Counts>> {
        let recent = features.contexts.get(NAME).and_then(|key| self.recent.get(key));
        features.contexts.iter().map(|key| self.contexts.get(key)).chain(std::iter::once(recent))
    }

    /// Of one context of a row.
    pub(super) fn context(&self, features: &Features, place: usize) -> Option<&Counts> {
        features.contexts.get(place).and_then(|key| self.contexts.get(key))
    }

    pub(super) fn count(&mut self, features: &Features, label: Label) {
        self.everything.add(label, 1.0);
        for key in features.contexts.iter().filter(|key| **key != 0) {
            self.contexts.entry(*key).or_default().add(label, STAYS);
        }
        if let Some(key) = features.contexts.get(NAME).filter(|key| **key != 0) {
            self.recent.entry(*key).or_default().add(label, RECENT);
        }
    }

    /// Keeps within the limits.
    pub(super) fn shrink(&mut self) {
        for map in [&mut self.contexts, &mut self.recent] {
            while map.len() > MAX_CONTEXTS {
                map.retain(|_, counts| {
                    counts.scale(0.5);
                    counts.total >= 1.0
                });
            }
        }
    }
}

/// Sources of evidence from counts: every context, and the recent name.
pub(super) const SOURCES: usize = CONTEXTS + 1;
