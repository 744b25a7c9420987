//! Enrichment: each transaction gets the other side's name and a category, each with its reason.
//!
//! Invariant: a category is told by the file or by words in the row; where nothing tells it, it is `uncategorized`.

mod counterparty;
mod noise;
mod rules;
mod text;

use std::{collections::HashMap, ops::ControlFlow, sync::Arc};

pub use rules::{Category, categories};
pub(crate) use rules::{CategoryIndex, TRANSFERS, UNCATEGORIZED};
pub(crate) use text::{Spread, SpreadMap, folded};

use crate::{Error, Import, Label, LabelReason, Stage, Transaction, Watch};
use counterparty::Origin;
use rules::{Direction, Rules, Scratch};

/// The key of a category by its place.
pub(crate) fn category_key(category: CategoryIndex) -> &'static str {
    Rules::builtin().key(category)
}

/// The category of a key.
pub(crate) fn category_named(key: &str) -> Option<CategoryIndex> {
    Rules::builtin().place(key)
}

/// The place of a counterparty in [`Enriched::parties`].
pub(crate) type PartyIndex = u32;

/// How many rows are done between two reports of progress.
pub(crate) const STEP: usize = 8_192;

/// What enrichment gives to the figures.
pub(crate) struct Enriched {
    /// One for each transaction.
    pub(crate) labels: Vec<Label>,
    /// The category of each transaction.
    pub(crate) categories: Vec<CategoryIndex>,
    /// The counterparty of each transaction, where known.
    pub(crate) parties: Vec<Option<PartyIndex>>,
    /// Names by index; each the first spelling in the file.
    pub(crate) names: Vec<Arc<str>>,
}

impl Enriched {
    pub(crate) fn name(&self, party: PartyIndex) -> &str {
        self.names.get(usize::try_from(party).unwrap_or(usize::MAX)).map_or("", |name| name)
    }
}

/// Labels every transaction.
pub(crate) fn enrich(import: &Import, watch: &mut dyn Watch) -> Result<Enriched, Error> {
    let total = import.transactions.len();
    let rules = Rules::builtin();
    let mut scratch = Scratch::default();
    let mut names = Names::default();
    let mut out = Enriched {
        labels: Vec::with_capacity(total),
        categories: Vec::with_capacity(total),
        parties: Vec::with_capacity(total),
        names: Vec::new(),
    };
    for (place, transaction) in import.transactions.iter().enumerate() {
        if place.is_multiple_of(STEP) {
            report(watch, Stage::Enriching, place, total)?;
        }
        let (category, reason) = categorize(&transaction, rules, &mut scratch);
        let party = names.of(&transaction);
        out.labels.push(Label {
            counterparty: party.map(|party| names.shown(party)).unwrap_or_default(),
            category: rules.key(category),
            reason,
        });
        out.categories.push(category);
        out.parties.push(party);
    }
    report(watch, Stage::Enriching, total, total)?;
    out.names = names.list;
    Ok(out)
}

/// Tells the watch, and stops where it says so.
pub(crate) fn report(watch: &mut dyn Watch, stage: Stage, done: usize, total: usize) -> Result<(), Error> {
    let count = |number| u64::try_from(number).unwrap_or(u64::MAX);
    match watch.progress(stage, count(done), count(total)) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::Cancelled),
    }
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

/// Where a counterparty's name is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Search {
    Name(Origin),
    /// What the column of names says, though it seems to be no name.
    AsWritten,
}

impl Search {
    const fn place(self) -> usize {
        match self {
            Self::Name(Origin::Counterparty) => 0,
            Self::Name(Origin::Description) => 1,
            Self::AsWritten => 2,
        }
    }
}

/// Counterparties by spelling and by key.
#[derive(Default)]
struct Names {
    list: Vec<Arc<str>>,
    by_key: HashMap<String, PartyIndex>,
    /// Statements repeat their texts: a spelling is normalised once.
    seen: [HashMap<Box<str>, Option<PartyIndex>>; 3],
}

impl Names {
    fn of(&mut self, row: &Transaction) -> Option<PartyIndex> {
        self.find(&row.counterparty, Search::Name(Origin::Counterparty))
            .or_else(|| self.find(&row.description, Search::Name(Origin::Description)))
            .or_else(|| self.find(&row.counterparty, Search::AsWritten))
    }

    fn find(&mut self, text: &str, search: Search) -> Option<PartyIndex> {
        if text.is_empty() {
            return None;
        }
        let seen = self.seen.get_mut(search.place());
        if let Some(party) = seen.and_then(|seen| seen.get(text)) {
            return *party;
        }
        let name = match search {
            Search::Name(origin) => counterparty::name(text, origin),
            Search::AsWritten => counterparty::as_written(text),
        };
        let party = (!name.is_empty()).then(|| self.party(&name)).flatten();
        if let Some(seen) = self.seen.get_mut(search.place()) {
            seen.insert(text.into(), party);
        }
        party
    }

    fn party(&mut self, name: &str) -> Option<PartyIndex> {
        let key = counterparty::key(name);
        if let Some(party) = self.by_key.get(&key) {
            return Some(*party);
        }
        let party = PartyIndex::try_from(self.list.len()).ok()?;
        self.list.push(Arc::from(name));
        self.by_key.insert(key, party);
        Some(party)
    }

    fn shown(&self, party: PartyIndex) -> Arc<str> {
        self.list.get(usize::try_from(party).unwrap_or(usize::MAX)).cloned().unwrap_or_default()
    }
}
