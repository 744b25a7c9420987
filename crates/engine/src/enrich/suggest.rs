//! Categories that the learner suggests for rows of which neither a file, a user nor the rules tell one.

use std::collections::HashMap;

use super::{STEP, categories::Categories, is_told, lessons::Seen, names::hash, report, rules::Direction};
use crate::{
    Error, Import, LabelReason, Labels, Lessons, Stage, Transaction, Watch,
    learn::Learner,
    store::{Tag, TagWriter},
};

/// Texts that the learner is asked about, at most. Rows with further ones stay without a category.
const MOST_ASKED: usize = 1 << 15;

/// The labels with what the learner suggests.
pub(super) fn suggest(
    import: &Import,
    labels: Labels,
    lessons: Lessons,
    categories: &mut Categories,
    watch: &mut dyn Watch,
) -> Result<Labels, Error> {
    let told = labels.tags().zip(&import.transactions).filter(|(tag, _)| is_told(tag.reason));
    let Some(learner) = lessons.learner(told.map(|(tag, row)| (row, tag.key, tag.category)), categories) else {
        return Ok(labels);
    };
    let mut asking = Asking { learner: &learner, categories, answers: HashMap::new() };
    let (mut tags, total) = (TagWriter::new(&watch.scratch()), labels.len());
    for (place, (tag, row)) in labels.tags().zip(&import.transactions).enumerate() {
        if place.is_multiple_of(STEP) {
            report(watch, Stage::Enriching, place, total)?;
        }
        tags.push(if tag.reason == LabelReason::None { asking.of(&row, tag) } else { tag })?;
    }
    import.transactions.check()?;
    labels.check()?;
    tags.finish(labels.names())
}

struct Asking<'a> {
    learner: &'a Learner,
    categories: &'a mut Categories,
    /// By the hash of what the learner sees: the label, and its confidence in hundredths.
    answers: HashMap<u64, Option<(String, u8)>>,
}

impl Asking<'_> {
    fn of(&mut self, row: &Transaction, tag: Tag) -> Tag {
        let seen = Seen::of(row);
        let key = hash(&seen);
        if self.answers.len() >= MOST_ASKED && !self.answers.contains_key(&key) {
            return tag;
        }
        let learner = self.learner;
        let answer = self.answers.entry(key).or_insert_with(|| {
            let found = learner.suggest(&seen.sample())?;
            Some((found.label.to_string(), hundredths(found.confidence)))
        });
        let Some((label, percent)) = answer else { return tag };
        match self.categories.written(label, Direction::of(row.amount)) {
            Some(category) => Tag { category, reason: LabelReason::Learned { percent: *percent }, ..tag },
            None => tag,
        }
    }
}

/// Rounded down, so that it never says more than is known.
// Cannot be cut off: the number is between 0 and 100.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn hundredths(confidence: f32) -> u8 {
    (confidence.clamp(0.0, 1.0) * 100.0).floor() as u8
}
