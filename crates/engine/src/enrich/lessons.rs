//! What is known of categories before an analysis: a user's corrections, and files whose categories the user trusts.

use std::{collections::HashMap, sync::Arc};

use saldo_kernel::Money;

use super::{
    STEP,
    categories::Categories,
    names::{self, Names, hash},
    report,
    rules::{CategoryIndex, Direction, Rules, UNCATEGORIZED},
};
use crate::{
    Error, Import, Labels, Stage, Transaction, Watch,
    learn::{Learner, MAX_CORRECTIONS, Sample, text_key},
};

/// Rows that teach the learner, at most: of one trusted file, and of the file that is analysed.
const MOST_TAUGHT: usize = 8_192;

/// Rows of one counterparty and category that teach it; more of them tell little that is new.
const MOST_ALIKE: u8 = 16;

/// Words of a description that are looked at, from its first.
const MOST_WORDS: usize = 16;

/// Corrections and trusted files, before an analysis.
///
/// Invariant: bounded memory, whatever it is told.
#[derive(Debug, Default)]
pub struct Lessons {
    /// Made with the first lesson, so that an analysis without any costs nothing.
    learner: Option<Box<Learner>>,
    /// By the key of a counterparty: the label of a correction.
    by_party: HashMap<u64, Arc<str>>,
    /// By counterparty, or text where there is none, and direction: the label of all such rows of trusted files; `None`
    /// where they disagree.
    trusted: HashMap<(u64, Direction), Option<Arc<str>>>,
    /// Spellings of the categories above.
    categories: Categories,
}

impl Lessons {
    /// From now on a text, which is a counterparty as the report names it, or a counterparty or description as a file
    /// writes it, has this category: a built-in one by key or name, or one of the user's own. A later correction of the
    /// same text replaces an earlier one. `false` where the text or the category holds no letter.
    pub fn correct(&mut self, text: &str, category: &str) -> bool {
        let Some(label) = self.label(category) else { return false };
        if !text.chars().any(char::is_alphanumeric) {
            return false;
        }
        let party = names::key_of(text);
        if self.by_party.len() < MAX_CORRECTIONS || self.by_party.contains_key(&party) {
            self.by_party.insert(party, Arc::clone(&label));
        }
        self.learner.get_or_insert_default().correct(text, &label);
        true
    }

    /// Learns from a file whose categories are right. A counterparty that has one category in all of its rows has it from
    /// now on; of others the rows teach the learner. Gives how many rows have a category.
    ///
    /// # Errors
    /// The watch stops it, or the rows cannot be read back.
    pub fn trust(&mut self, import: &Import, watch: &mut dyn Watch) -> Result<usize, Error> {
        let (mut names, mut pupils, mut rows) = (Names::default(), Pupils::default(), 0);
        let total = import.transactions.len();
        for (place, row) in import.transactions.iter().enumerate() {
            if place.is_multiple_of(STEP) {
                report(watch, Stage::Enriching, place, total)?;
            }
            let direction = Direction::of(row.amount);
            let Some(category) = self.categories.written(&row.category, direction) else { continue };
            rows += 1;
            let (label, party) = (self.categories.label(category), names.of(&row).unwrap_or_default().key);
            if pupils.takes(party, category) {
                self.learner.get_or_insert_default().learn(&Seen::of(&row).sample(), &label);
            }
            self.agree((party_or_text(party, &row), direction), label);
        }
        import.transactions.check()?;
        Ok(rows)
    }

    /// Whether nothing was taught.
    pub(super) fn is_empty(&self) -> bool {
        self.learner.is_none()
    }

    /// What the user says of a row.
    pub(super) fn correction(&self, row: &Transaction, party: u64, direction: Direction) -> Option<Arc<str>> {
        let learner = self.learner.as_deref()?;
        // A text of its own is more particular than the name of the other side.
        let described = Sample { description: &row.description, ..Sample::default() };
        let named = Sample { counterparty: &row.counterparty, ..Sample::default() };
        let by_text = || learner.correction(&described).or_else(|| learner.correction(&named));
        let by_file = || self.trusted.get(&(party_or_text(party, row), direction)).cloned().flatten();
        by_text().or_else(|| self.by_party.get(&party).cloned()).or_else(by_file)
    }

    /// The learner with what the rows of an import add, whose category a file or a user states; `None` where nothing was
    /// taught. `rows` are those rows with their counterparty and category.
    pub(super) fn learner(
        self,
        rows: impl Iterator<Item = (Transaction, u64, CategoryIndex)>,
        categories: &Categories,
    ) -> Option<Box<Learner>> {
        let (mut learner, mut pupils) = (self.learner, Pupils::default());
        for (row, party, category) in rows {
            if pupils.takes(party, category) {
                learner.get_or_insert_default().learn(&Seen::of(&row).sample(), &categories.label(category));
            }
            if pupils.taught >= MOST_TAUGHT {
                break;
            }
        }
        learner.as_deref_mut().into_iter().for_each(Learner::settle);
        learner
    }

    /// What a written category is called here: a built-in one that does not depend on the direction by its key, else the
    /// name as written.
    fn label(&mut self, category: &str) -> Option<Arc<str>> {
        if Rules::builtin().names_nothing(category) {
            return Some(Arc::from(UNCATEGORIZED));
        }
        let [out, inward] = [Direction::Out, Direction::In].map(|side| self.categories.written(category, side));
        Some(if out == inward { self.categories.label(out?) } else { Arc::from(category.trim()) })
    }

    fn agree(&mut self, key: (u64, Direction), label: Arc<str>) {
        let is_full = self.trusted.len() >= MAX_CORRECTIONS;
        match self.trusted.get_mut(&key) {
            Some(known) if known.as_ref() == Some(&label) => {}
            Some(known) => *known = None,
            None if is_full => {}
            None => {
                self.trusted.insert(key, Some(label));
            }
        }
    }
}

/// The places of those texts of corrections that no row has, neither as its counterparty nor as it writes it.
///
/// # Errors
/// The rows cannot be read back.
pub fn unmatched(texts: &[&str], import: &Import, labels: &Labels) -> Result<Vec<usize>, Error> {
    let mut open: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, text) in texts.iter().enumerate() {
        [Some(names::key_of(text)), text_key(text)]
            .into_iter()
            .flatten()
            .for_each(|key| open.entry(key).or_default().push(place));
    }
    let mut is_found = vec![false; texts.len()];
    let rows = import.transactions.iter().zip(labels.tags()).take(if texts.is_empty() { 0 } else { usize::MAX });
    for (row, tag) in rows {
        let keys = [Some(tag.key), text_key(&row.counterparty), text_key(&row.description)];
        for place in keys.into_iter().flatten().filter_map(|key| open.remove(&key)).flatten() {
            is_found.get_mut(place).into_iter().for_each(|found| *found = true);
        }
        if open.is_empty() {
            break;
        }
    }
    import.transactions.check()?;
    labels.check()?;
    Ok((0..).zip(is_found).filter(|(_, found)| !found).map(|(place, _)| place).collect())
}

/// What the learner sees of a row: of the amount the direction alone, for one text has one category whatever it costs, and of
/// the description the words without digits, for references and dates tell nothing. So what comes again is asked about once.
#[derive(Hash)]
pub(super) struct Seen<'a> {
    counterparty: &'a str,
    description: String,
    account: &'a str,
    direction: Direction,
}

impl<'a> Seen<'a> {
    pub(super) fn of(row: &'a Transaction) -> Self {
        let words = row.description.split_whitespace().filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()));
        let mut description = String::with_capacity(row.description.len());
        for word in words.take(MOST_WORDS) {
            description.push_str(if description.is_empty() { "" } else { " " });
            description.push_str(word);
        }
        let direction = Direction::of(row.amount);
        Self { counterparty: &row.counterparty, description, account: &row.account, direction }
    }

    pub(super) fn sample(&self) -> Sample<'_> {
        let units = if self.direction == Direction::Out { -1 } else { 1 };
        Sample {
            counterparty: self.counterparty,
            description: &self.description,
            account: self.account,
            amount: Some(Money::new(units, 0, None)),
        }
    }
}

/// What tells a row's counterparty from all others, else its text.
fn party_or_text(party: u64, row: &Transaction) -> u64 {
    if party == 0 { hash(&*row.description) } else { party }
}

/// Chooses the rows that teach.
#[derive(Default)]
struct Pupils {
    taught: usize,
    alike: HashMap<(u64, CategoryIndex), u8>,
}

impl Pupils {
    fn takes(&mut self, party: u64, category: CategoryIndex) -> bool {
        if self.taught >= MOST_TAUGHT {
            return false;
        }
        let alike = self.alike.entry((party, category)).or_default();
        if party != 0 && *alike >= MOST_ALIKE {
            return false;
        }
        *alike = alike.saturating_add(1);
        self.taught += 1;
        true
    }
}
