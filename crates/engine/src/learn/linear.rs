//! A linear model over hashed features, trained online: what a row's words and letters add to the counts.
//!
//! Feature hashing after Weinberger et al. (2009): a fixed number of slots, whatever the texts. Steps after AdaGrad (Duchi,
//! Hazan & Singer 2011) with one accumulated gradient for each slot.

use super::{Label, features::SLOT_BITS};

/// The length of the first step.
const RATE: f32 = 0.05;

/// Labels whose error is smaller take no part in a step, which keeps the slots sparse.
const LEAST_ERROR: f32 = 0.05;

/// Labels of one slot, at most; the lightest ones give way.
const MAX_LABELS: usize = 64;

/// Weights of one feature.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Slot {
    pub(super) gradient: f32,
    pub(super) weights: Vec<(Label, f32)>,
}

/// The weights of all features.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Linear {
    pub(super) slots: Vec<Slot>,
}

impl Default for Linear {
    fn default() -> Self {
        Self { slots: vec![Slot::default(); 1 << SLOT_BITS] }
    }
}

impl Linear {
    /// Adds to the score of each label.
    pub(super) fn scores(&self, slots: &[u16], scores: &mut [f32]) {
        for slot in slots.iter().filter_map(|slot| self.slots.get(usize::from(*slot))) {
            for (label, weight) in &slot.weights {
                if let Some(score) = scores.get_mut(usize::from(*label)) {
                    *score += weight;
                }
            }
        }
    }

    /// One step against the error: the probability of each label minus 1 for the true one.
    pub(super) fn step(&mut self, slots: &[u16], errors: &[(Label, f32)]) {
        let size: f32 = errors.iter().map(|(_, error)| error * error).sum();
        if errors.is_empty() {
            return;
        }
        for slot in slots {
            let Some(slot) = self.slots.get_mut(usize::from(*slot)) else { continue };
            slot.gradient += size;
            let rate = RATE / (slot.gradient + 1e-6).sqrt();
            for (label, error) in errors {
                match slot.weights.iter_mut().find(|(it, _)| it == label) {
                    Some((_, weight)) => *weight -= rate * error,
                    None => slot.weights.push((*label, -rate * error)),
                }
            }
        }
    }

    /// Whether a label's error is worth a step.
    pub(super) fn is_worth(error: f32) -> bool {
        error.abs() > LEAST_ERROR
    }

    /// Keeps within the limits.
    pub(super) fn shrink(&mut self) {
        for slot in self.slots.iter_mut().filter(|slot| slot.weights.len() > MAX_LABELS) {
            slot.weights.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
            slot.weights.truncate(MAX_LABELS);
        }
    }
}
