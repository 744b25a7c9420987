//! Enrichment: each transaction gets the other side's name and a category, each with its reason.
//!
//! Invariant: a category is told by the file or by words in the row; where nothing tells it, it is `uncategorized`.

mod counterparty;
mod crowd;
mod names;
mod noise;
mod rules;
mod text;

use std::ops::ControlFlow;

pub use rules::{Category, categories};
pub(crate) use rules::{CategoryIndex, TRANSFERS, UNCATEGORIZED};
pub(crate) use text::{Spread, SpreadMap, folded};

use crate::{
    Error, Import, LabelReason, Labels, Stage, Transaction, Watch,
    store::{Tag, TagWriter},
};
use names::{Names, Party};
use rules::{Direction, Rules, Scratch};

/// The key of a category by its place.
pub(crate) fn category_key(category: CategoryIndex) -> &'static str {
    Rules::builtin().key(category)
}

/// The category of a key.
pub(crate) fn category_named(key: &str) -> Option<CategoryIndex> {
    Rules::builtin().place(key)
}

/// The place of a counterparty among the names that are kept.
pub(crate) type PartyIndex = u32;

/// How many rows are done between two reports of progress.
pub(crate) const STEP: usize = 8_192;

/// Labels every transaction.
pub(crate) fn enrich(import: &Import, watch: &mut dyn Watch) -> Result<Labels, Error> {
    let total = import.transactions.len();
    let rules = Rules::builtin();
    let mut scratch = Scratch::default();
    let mut names = Names::default();
    let mut tags = TagWriter::new(&watch.scratch());
    for (place, transaction) in import.transactions.iter().enumerate() {
        if place.is_multiple_of(STEP) {
            report(watch, Stage::Enriching, place, total)?;
        }
        let (category, reason) = categorize(&transaction, rules, &mut scratch);
        let Party { key, party } = names.of(&transaction).unwrap_or_default();
        tags.push(Tag { key, party, category, reason })?;
    }
    import.transactions.check()?;
    report(watch, Stage::Enriching, total, total)?;
    let is_crowded = names.is_crowded;
    let labels = tags.finish(names.into_list())?;
    if is_crowded { crowd::choose(import, &labels, watch) } else { Ok(labels) }
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

/// The file's own category wins where it is one we know; a name we do not know leaves it to the words of the row.
fn categorize(row: &Transaction, rules: &Rules, scratch: &mut Scratch) -> (CategoryIndex, LabelReason) {
    let direction = if row.amount.units < 0 { Direction::Out } else { Direction::In };
    let told = (!row.category.is_empty()).then(|| rules.named(&row.category, direction, scratch)).flatten();
    if let Some(category) = told {
        return (category, LabelReason::File);
    }
    match rules.find([&row.counterparty, &row.description], direction, scratch) {
        Some(category) => (category, LabelReason::Rule),
        None => (rules.uncategorized(), LabelReason::None),
    }
}
