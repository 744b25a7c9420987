//! Categories learnt from labelled rows: a file that states categories, or the corrections of a user.
//!
//! Every row is seen through a fixed list of contexts (its name, its first words, its amount, its account, …). Each context
//! counts the labels it came with; what the counts tell is added up with weights, together with a linear model over words and
//! letter n-grams that learns what the counts leave open. Weights and confidence are fitted on rows that the model had not
//! learnt yet when it was asked about them (prequential evaluation, Dawid 1984), so no part of the data is set aside and
//! nothing is trained in advance. `docs/how-categories-are-found.md` gives the formulas and the measured figures.
//!
//! Invariant: the same rows in the same order give the same model; no clock, no randomness.
//! Invariant: bounded memory whatever is learnt: labels, contexts, weights, corrections and rows in waiting have limits.

mod calibration;
mod codec;
mod features;
mod linear;
mod memory;
mod mixture;
mod predict;
mod state;

use std::{collections::HashMap, sync::Arc};

use saldo_kernel::Money;

use calibration::Calibration;
pub(crate) use features::text_key;
use features::{Features, features};
use linear::Linear;
use memory::Memory;
use mixture::Mixture;

/// Confidence from which [`Learner::suggest`] speaks.
pub const THRESHOLD: f32 = 0.8;

/// Labels kept; rows of further ones are not learnt.
const MAX_LABELS: usize = 4_096;

/// Corrections kept; beyond it the older half is forgotten.
pub(crate) const MAX_CORRECTIONS: usize = 65_536;

/// Rows that wait to be learnt, at most; see [`Learner::settle`].
const MAX_WAITING: usize = 16_384;

/// A row waits while fewer than one row in this many waits: about what a user adds between two looks at the result.
const WAIT_PART: u64 = 8;

/// What the learner sees of a row. Texts as written; empty where the row states none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sample<'a> {
    /// The other side.
    pub counterparty: &'a str,
    /// What for.
    pub description: &'a str,
    /// The own account.
    pub account: &'a str,
    /// Negative for money out; `None` where unknown.
    pub amount: Option<Money>,
}

/// A category for a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The label as it was taught.
    pub label: Arc<str>,
    /// From 0 to 1: how often a suggestion like this one is right.
    pub confidence: f32,
    /// How it is known.
    pub origin: Origin,
}

/// How a suggestion is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A correction of this very text.
    Corrected,
    /// Rows of this very name had this label, nearly always.
    Remembered,
    /// Rows like it had this label.
    Alike,
    /// Nothing in the text was seen before: the label that is most common at large.
    Common,
}

/// The index of a label.
type Label = u16;

/// A row that waits to be learnt.
#[derive(Clone, Debug)]
struct Waiting {
    features: Features,
    label: Label,
}

/// What labelled rows taught.
#[derive(Clone, Debug, Default)]
pub struct Learner {
    labels: Vec<Arc<str>>,
    by_label: HashMap<Arc<str>, Label>,
    /// By hash of the folded text: the label and when it was corrected, counted in corrections.
    corrections: crate::enrich::SpreadMap<u64, (Label, u64)>,
    corrected: u64,
    memory: Memory,
    linear: Linear,
    mixture: Mixture,
    calibration: Calibration,
    /// How common each label is, as logarithm and inverse; from the last settling.
    prior: predict::Prior,
    learnt: u64,
    waiting: Vec<Waiting>,
}

impl Learner {
    /// Knows nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Learns a labelled row. It tells later suggestions after [`Learner::settle`]; an empty label is no label.
    pub fn learn(&mut self, row: &Sample<'_>, label: &str) {
        let Some(label) = self.label(label) else { return };
        let features = features(row);
        self.waiting.push(Waiting { features, label });
        let waiting = u64::try_from(self.waiting.len()).unwrap_or(u64::MAX);
        if waiting > self.learnt / WAIT_PART || self.waiting.len() >= MAX_WAITING {
            self.settle();
        }
    }

    /// Learns that a text has this label from now on, whatever other rows tell. Only letters and digits of the text count.
    pub fn correct(&mut self, text: &str, label: &str) {
        let Some(place) = self.label(label) else { return };
        let Some(key) = features::text_key(text) else { return };
        if self.corrections.len() >= MAX_CORRECTIONS && !self.corrections.contains_key(&key) {
            let half = self.corrected.saturating_sub(u64::try_from(MAX_CORRECTIONS / 2).unwrap_or(0));
            self.corrections.retain(|_, (_, when)| *when > half);
        }
        self.corrected += 1;
        self.corrections.insert(key, (place, self.corrected));
        self.learn(&Sample { counterparty: text, ..Sample::default() }, label);
    }

    /// Learns the rows that wait: first asks the model about each, to fit the weights and the confidence, then counts it.
    pub fn settle(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return;
        }
        self.calibration.fade();
        let mut scratch = predict::Scratch::default();
        for row in &waiting {
            self.train(row, &mut scratch);
        }
        for row in &waiting {
            self.memory.count(&row.features, row.label);
        }
        self.learnt += u64::try_from(waiting.len()).unwrap_or(0);
        self.memory.shrink();
        self.linear.shrink();
        self.calibration.settle();
        self.prior = predict::Prior::new(self.memory.everything(), self.labels.len());
    }

    /// The category of a row with its confidence; `None` where it is not known well enough.
    pub fn suggest(&self, row: &Sample<'_>) -> Option<Suggestion> {
        self.rank(row).filter(|it| it.origin != Origin::Common && it.confidence >= THRESHOLD)
    }

    /// The most likely category of a row, however unlikely it is; `None` only where nothing was learnt.
    pub fn rank(&self, row: &Sample<'_>) -> Option<Suggestion> {
        if let Some(label) = self.correction(row) {
            return Some(Suggestion { label, confidence: 1.0, origin: Origin::Corrected });
        }
        let features = features(row);
        let guess = self.guess(&features, &mut predict::Scratch::default())?;
        let label = self.labels.get(usize::from(guess.label))?.clone();
        let confidence = self.calibration.confidence(guess.probability) * self.known_part();
        Some(Suggestion { label, confidence, origin: guess.origin })
    }

    /// The label that a user gave to this text.
    pub fn correction(&self, row: &Sample<'_>) -> Option<Arc<str>> {
        if self.corrections.is_empty() {
            return None;
        }
        let (label, _) = [row.counterparty, row.description]
            .into_iter()
            .filter_map(features::text_key)
            .find_map(|key| self.corrections.get(&key))?;
        self.labels.get(usize::from(*label)).cloned()
    }

    /// Rows learnt, without those that wait.
    pub fn learnt(&self) -> u64 {
        self.learnt
    }

    /// The probability that the next row's label is one of those known, after Good (1953): the part of the rows whose label
    /// was seen more than once.
    fn known_part(&self) -> f32 {
        let once = self.memory.everything().labels().filter(|(_, count)| *count < 1.5).count();
        let (once, learnt) = (predict::float(once), predict::float(usize::try_from(self.learnt).unwrap_or(usize::MAX)));
        1.0 - (once + 0.5) / (learnt + 1.0)
    }

    /// The index of a label, made where it is new.
    fn label(&mut self, label: &str) -> Option<Label> {
        let label = label.trim();
        if let Some(known) = self.by_label.get(label) {
            return Some(*known);
        }
        if label.is_empty() || self.labels.len() >= MAX_LABELS {
            return None;
        }
        let index = Label::try_from(self.labels.len()).ok()?;
        let shared: Arc<str> = Arc::from(label);
        self.labels.push(Arc::clone(&shared));
        self.by_label.insert(shared, index);
        Some(index)
    }
}
