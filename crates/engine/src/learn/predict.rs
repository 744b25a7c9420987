//! One guess, and one step of training from it.

use super::{
    Label, Learner, Origin, Waiting,
    features::{Features, NAME, TELLING},
    linear::Linear,
    memory::Counts,
    mixture::{LINEAR, Mixture, PRIOR},
};

/// Imagined rows of every label.
const IMAGINED: f32 = 0.05;

/// Rows of a name from which its label is remembered, and the part that must agree.
const REMEMBERED: (f32, f32) = (2.0, 0.9);

/// How common each label is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Prior {
    logarithms: Vec<f32>,
    /// One divided by the probability.
    inverses: Vec<f32>,
}

impl Prior {
    pub(super) fn new(everything: &Counts, labels: usize) -> Self {
        let all = everything.total() + IMAGINED * float(labels);
        let mut counts = vec![IMAGINED; labels];
        for (label, count) in everything.labels() {
            if let Some(it) = counts.get_mut(usize::from(label)) {
                *it += count;
            }
        }
        let part = |count: &f32| count / all.max(f32::MIN_POSITIVE);
        Self {
            logarithms: counts.iter().map(|count| part(count).ln()).collect(),
            inverses: counts.iter().map(|count| 1.0 / part(count)).collect(),
        }
    }

    /// What a count tells for a label: the logarithm of how much more likely it makes the label than it is at large, with one
    /// imagined row spread as the labels are at large, up to a term that is the same for all labels.
    fn evidence(&self, label: Label, count: f32) -> f32 {
        (count * self.inverses.get(usize::from(label)).copied().unwrap_or(1.0)).ln_1p()
    }
}

/// The most likely label.
pub(super) struct Guess {
    pub(super) label: Label,
    pub(super) probability: f32,
    pub(super) origin: Origin,
}

/// Buffers that are used again for every row.
#[derive(Default)]
pub(super) struct Scratch {
    /// Scores, then probabilities, by label.
    scores: Vec<f32>,
    linear: Vec<f32>,
    /// Evidence of the contexts, one after the other.
    evidence: Vec<(Label, f32)>,
    /// Of each source with evidence: the place of its weight, and its part of the evidence.
    sources: Vec<(usize, std::ops::Range<usize>)>,
    errors: Vec<(Label, f32)>,
}

impl Learner {
    /// The probabilities of all labels, in the scratch.
    fn weigh(&self, features: &Features, scratch: &mut Scratch) {
        let labels = self.prior.logarithms.len();
        scratch.evidence.clear();
        scratch.sources.clear();
        scratch.linear.clear();
        scratch.linear.resize(labels, 0.0);
        self.linear.scores(&features.slots, &mut scratch.linear);
        let name = self.memory.context(features, NAME);
        let (linear, prior) = (Mixture::place(LINEAR, name), Mixture::place(PRIOR, name));
        let (by_linear, by_prior) = (self.mixture.weight(linear), self.mixture.weight(prior));
        scratch.scores.clear();
        scratch.scores.extend(
            self.prior
                .logarithms
                .iter()
                .zip(&scratch.linear)
                .map(|(common, score)| by_prior * common + by_linear * score),
        );
        for (source, counts) in self.memory.of(features).enumerate() {
            let Some(counts) = counts else { continue };
            let place = Mixture::place(source, Some(counts));
            let weight = self.mixture.weight(place);
            let start = scratch.evidence.len();
            for (label, count) in counts.labels() {
                let told = self.prior.evidence(label, count);
                if let Some(score) = scratch.scores.get_mut(usize::from(label)) {
                    *score += weight * told;
                    scratch.evidence.push((label, told));
                }
            }
            scratch.sources.push((place, start..scratch.evidence.len()));
        }
        softmax(&mut scratch.scores);
    }

    /// The most likely label; `None` where nothing was learnt.
    pub(super) fn guess(&self, features: &Features, scratch: &mut Scratch) -> Option<Guess> {
        self.weigh(features, scratch);
        let (place, probability) = best(&scratch.scores)?;
        let label = Label::try_from(place).ok()?;
        Some(Guess { label, probability, origin: self.origin(features, label) })
    }

    fn origin(&self, features: &Features, label: Label) -> Origin {
        let remembered = |counts: &Counts| {
            let (rows, part) = REMEMBERED;
            counts.total() >= rows && counts.of(label) >= part * counts.total()
        };
        if self.memory.context(features, NAME).is_some_and(remembered) {
            return Origin::Remembered;
        }
        let told = (0..TELLING).filter_map(|place| self.memory.context(features, place));
        if told.into_iter().any(|counts| counts.of(label) > 0.0) { Origin::Alike } else { Origin::Common }
    }

    /// Asks about a row that is not learnt yet, and moves the weights towards its label.
    pub(super) fn train(&mut self, row: &Waiting, scratch: &mut Scratch) {
        self.weigh(&row.features, scratch);
        let true_place = usize::from(row.label);
        if let Some((guessed, probability)) = best(&scratch.scores) {
            self.calibration.hear(probability, guessed == true_place);
        }
        // A label that the prior does not know yet teaches nothing but its count.
        let Some(own) = scratch.scores.get_mut(true_place) else { return };
        *own -= 1.0;
        let errors = &scratch.scores;
        let error = |label: Label| errors.get(usize::from(label)).copied().unwrap_or(0.0);
        for (place, part) in &scratch.sources {
            let evidence = scratch.evidence.get(part.clone()).unwrap_or_default();
            self.mixture.step(*place, evidence.iter().map(|(label, told)| error(*label) * told).sum());
        }
        let name = self.memory.context(&row.features, NAME);
        let (linear, prior) = (Mixture::place(LINEAR, name), Mixture::place(PRIOR, name));
        let dot = |values: &[f32]| errors.iter().zip(values).map(|(error, value)| error * value).sum();
        self.mixture.step(linear, dot(&scratch.linear));
        self.mixture.step(prior, dot(&self.prior.logarithms));
        scratch.errors.clear();
        let worth = errors.iter().zip(0..Label::MAX).filter(|(error, _)| Linear::is_worth(**error));
        scratch.errors.extend(worth.map(|(error, label)| (label, *error)));
        self.linear.step(&row.features.slots, &scratch.errors);
    }
}

/// Scores become probabilities.
fn softmax(scores: &mut [f32]) {
    let largest = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - largest).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

/// The place of the largest value; the first of equals.
fn best(values: &[f32]) -> Option<(usize, f32)> {
    values.iter().copied().enumerate().reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// A count as a number to compute with; the lost digits do not matter.
#[expect(clippy::cast_precision_loss)]
pub(super) fn float(count: usize) -> f32 {
    count as f32
}
