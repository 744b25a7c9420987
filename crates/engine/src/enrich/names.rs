//! Counterparties by spelling and by key.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use super::{
    PartyIndex,
    counterparty::{self, Origin},
};
use crate::Transaction;

/// Counterparties that are told apart at once. Of more, those that matter are chosen, see [`super::crowd`].
pub(super) const MOST: usize = 1 << 16;

/// Spellings whose counterparty is remembered.
const REMEMBERED: usize = 1 << 15;

/// A counterparty of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Party {
    /// What tells it from all others, never 0.
    pub(super) key: u64,
    /// Its place in the list, where it has one.
    pub(super) party: Option<PartyIndex>,
}

/// Where a counterparty's name is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Search {
    Name(Origin),
    /// What the column of names says, though it seems to be no name.
    AsWritten,
}

/// The counterparties seen so far.
#[derive(Default)]
pub(super) struct Names {
    list: Vec<Arc<str>>,
    by_key: HashMap<u64, PartyIndex>,
    /// Statements repeat their texts: a spelling is normalised once while it is remembered.
    seen: HashMap<u64, Option<Party>>,
    /// There are more counterparties than the list holds.
    pub(super) is_crowded: bool,
}

impl Names {
    /// A list of counterparties that were chosen before; names come when they are seen.
    pub(super) fn chosen(keys: impl Iterator<Item = u64>) -> Self {
        let by_key: HashMap<u64, PartyIndex> = keys.zip(0..).collect();
        Self { list: vec![Arc::default(); by_key.len()], by_key, is_crowded: true, ..Self::default() }
    }

    /// The counterparty of a row, by the column of names, else by the text of the row.
    pub(super) fn of(&mut self, row: &Transaction) -> Option<Party> {
        self.find(&row.counterparty, Search::Name(Origin::Counterparty))
            .or_else(|| self.find(&row.description, Search::Name(Origin::Description)))
            .or_else(|| self.find(&row.counterparty, Search::AsWritten))
    }

    /// The place of a chosen counterparty.
    pub(super) fn place(&self, key: u64) -> Option<PartyIndex> {
        self.by_key.get(&key).copied()
    }

    /// Whether the name of a place is still unknown.
    pub(super) fn lacks(&self, party: PartyIndex) -> bool {
        usize::try_from(party).ok().and_then(|place| self.list.get(place)).is_some_and(|name| name.is_empty())
    }

    /// The names by place; each the first spelling in the file.
    pub(super) fn into_list(self) -> Vec<Arc<str>> {
        self.list
    }

    fn find(&mut self, text: &str, search: Search) -> Option<Party> {
        if text.is_empty() {
            return None;
        }
        let spelling = hash((text, search));
        if let Some(party) = self.seen.get(&spelling) {
            return *party;
        }
        let name = match search {
            Search::Name(origin) => counterparty::name(text, origin),
            Search::AsWritten => counterparty::as_written(text),
        };
        let party = (!name.is_empty()).then(|| self.party(&name));
        if self.seen.len() >= REMEMBERED {
            self.seen.clear();
        }
        self.seen.insert(spelling, party);
        party
    }

    fn party(&mut self, name: &str) -> Party {
        let key = key_of(name);
        if let Some(party) = self.by_key.get(&key).copied() {
            let place = usize::try_from(party).ok();
            if let Some(unknown) = place.and_then(|place| self.list.get_mut(place)).filter(|name| name.is_empty()) {
                *unknown = Arc::from(name);
            }
            return Party { key, party: Some(party) };
        }
        let place = PartyIndex::try_from(self.list.len()).ok().filter(|_| !self.is_crowded && self.list.len() < MOST);
        match place {
            Some(place) => {
                self.list.push(Arc::from(name));
                self.by_key.insert(key, place);
            }
            None => self.is_crowded = true,
        }
        Party { key, party: place }
    }
}

/// What tells the counterparty of a name from all others, never 0.
pub(super) fn key_of(name: &str) -> u64 {
    hash(counterparty::key(name)).max(1)
}

/// The same on every run. Two texts of one hash are not to be expected among any number of rows (SipHash, 64 bits).
pub(super) fn hash(text: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
