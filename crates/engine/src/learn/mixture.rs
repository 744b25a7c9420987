//! How much each source of evidence counts, by how often it was seen and how sure it is.
//!
//! A log-linear pool (Genest & Zidek 1986) whose weights are chosen by the evidence and learnt online, as in the logistic
//! mixing of context models (Mattern 2012).

use super::memory::{Counts, SOURCES};

/// Steps of how often a context was seen: 0, 1, 2–3, 4–7, … 128 and more.
const SEEN: usize = 9;

/// Steps of how sure it is: its most common label has less than half, half, four fifths, nearly all of its rows.
const SURE: usize = 4;

/// Weights of one source.
pub(super) const BINS: usize = SEEN * SURE;

/// Sources with the linear model and the prior.
pub(super) const ALL: usize = SOURCES + 2;

/// The place of the linear model among the sources.
pub(super) const LINEAR: usize = SOURCES;

/// The place of the prior among the sources.
pub(super) const PRIOR: usize = SOURCES + 1;

/// The length of the first step.
const RATE: f32 = 0.02;

/// A weight and its accumulated squared gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Weight {
    pub(super) value: f32,
    pub(super) gradient: f32,
}

/// The weights of all sources.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mixture {
    pub(super) weights: Vec<Weight>,
}

impl Default for Mixture {
    /// A little of every context, some of the linear model, all of the prior.
    fn default() -> Self {
        let value = |source| match source {
            LINEAR => 0.3,
            PRIOR => 1.0,
            _ => 0.1,
        };
        let weights = (0..ALL * BINS).map(|place| Weight { value: value(place / BINS), gradient: 1.0 });
        Self { weights: weights.collect() }
    }
}

impl Mixture {
    /// The place of a source's weight for evidence like this.
    pub(super) fn place(source: usize, counts: Option<&Counts>) -> usize {
        let (seen, sure) = counts.map_or((0, 0), |counts| (seen(counts.total()), sure(counts)));
        let sure = if source >= SOURCES { 0 } else { sure };
        source * BINS + seen * SURE + sure
    }

    pub(super) fn weight(&self, place: usize) -> f32 {
        self.weights.get(place).map_or(0.0, |weight| weight.value)
    }

    /// One step against the gradient.
    pub(super) fn step(&mut self, place: usize, gradient: f32) {
        if let Some(weight) = self.weights.get_mut(place) {
            weight.gradient += gradient * gradient;
            weight.value -= RATE * gradient / weight.gradient.sqrt();
        }
    }
}

fn seen(total: f32) -> usize {
    [0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 63.5, 127.5].iter().filter(|limit| total > **limit).count()
}

fn sure(counts: &Counts) -> usize {
    let part = counts.largest() / counts.total().max(f32::MIN_POSITIVE);
    [0.5, 0.8, 0.97].iter().filter(|limit| part >= **limit).count()
}
