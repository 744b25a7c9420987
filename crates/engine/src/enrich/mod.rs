//! Enrichment: each transaction gets the other side's name and a category, each with its reason.
//!
//! A category is what the user says of the row's text, else what the file says, else what words in the row tell, else what
//! the learner is sure enough of from the rows whose category is known.
//!
//! Invariant: where nothing tells a category, it is `uncategorized`.

mod categories;
mod counterparty;
mod crowd;
mod lessons;
mod names;
mod noise;
mod rules;
mod suggest;
mod text;

use std::ops::ControlFlow;

pub use lessons::{Lessons, unmatched};
pub use rules::{Category, categories};
pub(crate) use rules::{CategoryIndex, TRANSFERS, UNCATEGORIZED};
pub(crate) use text::{Spread, SpreadMap, folded};

use crate::{
    Error, Import, LabelReason, Labels, Stage, Transaction, Watch,
    store::{Tag, TagWriter},
};
use categories::Categories;
use names::{Names, Party};
use rules::{Direction, Rules, Scratch};

/// The category of a built-in key.
pub(crate) fn category_named(key: &str) -> Option<CategoryIndex> {
    Rules::builtin().place(key)
}

/// Whether only rows of a buyer have the category; not one of the user's own.
pub(crate) fn is_of_shops(category: CategoryIndex) -> bool {
    Rules::builtin().is_of_shops(category)
}

/// The place of a counterparty among the names that are kept.
pub(crate) type PartyIndex = u32;

/// How many rows are done between two reports of progress.
pub(crate) const STEP: usize = 8_192;

/// Labels every transaction.
pub(crate) fn enrich(import: &Import, lessons: Lessons, watch: &mut dyn Watch) -> Result<Labels, Error> {
    let mut sorter = Sorter::new(&lessons, true);
    let mut labels = sorter.label(import, watch)?;
    if sorter.categories.is_crowded {
        sorter = Sorter::new(&lessons, false);
        labels = sorter.label(import, watch)?;
    }
    let Sorter { mut categories, is_open, is_told, .. } = sorter;
    let labels = if is_open && (is_told || !lessons.is_empty()) {
        suggest::suggest(import, labels, lessons, &mut categories, watch)?
    } else {
        labels
    };
    Ok(labels.with_keys(categories.into_keys()))
}

/// Finds the counterparty and the category of each row in file order.
struct Sorter<'a> {
    lessons: &'a Lessons,
    categories: Categories,
    /// Whether names that the file gives to categories of its own count: not where it has more of them than anyone has
    /// categories.
    takes_own: bool,
    /// Whether some row is without a category, and whether some row's is stated by the file or the user.
    is_open: bool,
    is_told: bool,
    rules: &'static Rules,
    scratch: Scratch,
}

impl<'a> Sorter<'a> {
    fn new(lessons: &'a Lessons, takes_own: bool) -> Self {
        Self {
            lessons,
            categories: Categories::default(),
            takes_own,
            is_open: false,
            is_told: false,
            rules: Rules::builtin(),
            scratch: Scratch::default(),
        }
    }

    fn label(&mut self, import: &Import, watch: &mut dyn Watch) -> Result<Labels, Error> {
        let total = import.transactions.len();
        let (mut names, mut tags) = (Names::default(), TagWriter::new(&watch.scratch()));
        for (place, transaction) in import.transactions.iter().enumerate() {
            if place.is_multiple_of(STEP) {
                report(watch, Stage::Enriching, place, total)?;
            }
            let Party { key, party } = names.of(&transaction).unwrap_or_default();
            let (category, reason) = self.categorize(&transaction, key);
            self.is_open |= reason == LabelReason::None;
            self.is_told |= is_told(reason);
            tags.push(Tag { key, party, category, reason })?;
            if self.takes_own && self.categories.is_crowded {
                break;
            }
        }
        import.transactions.check()?;
        report(watch, Stage::Enriching, total, total)?;
        let is_crowded = names.is_crowded;
        let labels = tags.finish(names.into_list())?;
        if is_crowded { crowd::choose(import, &labels, watch) } else { Ok(labels) }
    }

    /// The user's word comes first, then the file's, then the words of the row.
    fn categorize(&mut self, row: &Transaction, party: u64) -> (CategoryIndex, LabelReason) {
        let direction = Direction::of(row.amount);
        let stated = if self.takes_own {
            self.categories.written(&row.category, direction)
        } else {
            self.rules.named(&row.category, direction, &mut self.scratch)
        };
        if let Some(corrected) = self.corrected(row, party, direction) {
            let reason = if stated == Some(corrected) { LabelReason::File } else { LabelReason::Corrected };
            return (corrected, reason);
        }
        if let Some(category) = stated {
            return (category, LabelReason::File);
        }
        match self.rules.find([&row.counterparty, &row.description], direction, &mut self.scratch) {
            Some(category) => (category, LabelReason::Rule),
            None => (self.rules.uncategorized(), LabelReason::None),
        }
    }

    fn corrected(&mut self, row: &Transaction, party: u64, direction: Direction) -> Option<CategoryIndex> {
        let label = self.lessons.correction(row, party, direction)?;
        // To say that a text has no category is a correction too.
        let nothing = || (*label == *UNCATEGORIZED).then(|| self.rules.uncategorized());
        nothing().or_else(|| self.categories.written(&label, direction))
    }
}

/// Whether a file or a user states the category.
fn is_told(reason: LabelReason) -> bool {
    matches!(reason, LabelReason::File | LabelReason::Corrected)
}

/// Tells the watch, and stops where it says so.
pub(crate) fn report(watch: &mut dyn Watch, stage: Stage, done: usize, total: usize) -> Result<(), Error> {
    let count = |number| u64::try_from(number).unwrap_or(u64::MAX);
    match watch.progress(stage, count(done), count(total)) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::Cancelled),
    }
}

/// The category that the rules find in a row's texts.
pub(crate) fn rule_of(counterparty: &str, description: &str, out: bool) -> Option<CategoryIndex> {
    let direction = if out { Direction::Out } else { Direction::In };
    Rules::builtin().find([counterparty, description], direction, &mut Scratch::default())
}

/// Whether a text is what only a buyer has, such as the name of a shop.
pub(crate) fn is_purchase(text: &str) -> bool {
    rule_of(text, "", true).is_some_and(|category| Rules::builtin().is_of_shops(category))
        && rule_of(text, "", false).is_none()
}
