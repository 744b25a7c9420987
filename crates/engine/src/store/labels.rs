//! What enrichment found for each transaction, at a fixed width beside the transactions.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use super::{
    Scratch,
    log::{Log, LogReader, LogWriter},
};
use crate::{
    Error, Label, LabelReason,
    enrich::{CategoryIndex, PartyIndex, UNCATEGORIZED, categories},
};

/// Bytes of one tag.
const WIDTH: usize = 16;

/// Stands for no counterparty.
const NO_PARTY: u32 = u32::MAX;

/// A label as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// What tells the counterparty from all others; 0 where none is known.
    pub(crate) key: u64,
    /// Its place among the names that are kept.
    pub(crate) party: Option<PartyIndex>,
    pub(crate) category: CategoryIndex,
    pub(crate) reason: LabelReason,
}

impl Tag {
    fn encode(self) -> [u8; WIDTH] {
        let mut out = [0; WIDTH];
        let (reason, percent) = match self.reason {
            LabelReason::None => (0, 0),
            LabelReason::File => (1, 0),
            LabelReason::Rule => (2, 0),
            LabelReason::Transfer => (3, 0),
            LabelReason::Corrected => (4, 0),
            LabelReason::Learned { percent } => (5, percent),
        };
        let [a, b] = self.category.to_le_bytes();
        let tail = [a, b, reason, percent];
        let party = self.party.unwrap_or(NO_PARTY).to_le_bytes();
        let bytes = self.key.to_le_bytes().into_iter().chain(party).chain(tail);
        out.iter_mut().zip(bytes).for_each(|(place, byte)| *place = byte);
        out
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (key, rest) = bytes.split_first_chunk()?;
        let (party, rest) = rest.split_first_chunk()?;
        let (category, rest) = rest.split_first_chunk()?;
        let party = u32::from_le_bytes(*party);
        Some(Self {
            key: u64::from_le_bytes(*key),
            party: (party != NO_PARTY).then_some(party),
            category: u16::from_le_bytes(*category),
            reason: match rest.first()? {
                1 => LabelReason::File,
                2 => LabelReason::Rule,
                3 => LabelReason::Transfer,
                4 => LabelReason::Corrected,
                5 => LabelReason::Learned { percent: rest.get(1).copied()? },
                _ => LabelReason::None,
            },
        })
    }
}

/// Takes tags in file order.
pub(crate) struct TagWriter(LogWriter);

impl TagWriter {
    pub(crate) fn new(scratch: &Scratch) -> Self {
        Self(LogWriter::new(scratch.clone()))
    }

    pub(crate) fn push(&mut self, tag: Tag) -> Result<(), Error> {
        self.0.append(&tag.encode())
    }

    /// The labels; `names` are those of the counterparties by place.
    pub(crate) fn finish(self, names: Vec<Arc<str>>) -> Result<Labels, Error> {
        let store = Store { tags: self.0.finish()?, names, fault: OnceLock::new() };
        Ok(Labels { store: Arc::new(store), keys: Arc::default() })
    }
}

/// What enrichment found, one label for each transaction, in order.
///
/// Those of a large file are read back from the disk. Where that fails, walks end early and [`Labels::check`] tells it.
#[derive(Clone, Default)]
pub struct Labels {
    store: Arc<Store>,
    /// Of the categories by place.
    keys: Arc<[Arc<str>]>,
}

#[derive(Default)]
struct Store {
    tags: Log,
    names: Vec<Arc<str>>,
    fault: OnceLock<String>,
}

impl Labels {
    /// How many.
    pub fn len(&self) -> usize {
        usize::try_from(self.store.tags.len()).unwrap_or(usize::MAX) / WIDTH
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The one at a place, from 0.
    pub fn get(&self, place: usize) -> Option<Label> {
        self.tag(place).map(|tag| self.label(tag))
    }

    /// All in file order.
    pub fn iter(&self) -> impl Iterator<Item = Label> {
        self.tags().map(|tag| self.label(tag))
    }

    /// Whether everything that was walked over could be read.
    ///
    /// # Errors
    /// The first failure to read a file back.
    pub fn check(&self) -> Result<(), Error> {
        match self.store.fault.get() {
            None => Ok(()),
            Some(text) => Err(Error::ScratchNotReadable(std::io::Error::other(text.clone()))),
        }
    }

    /// The same with some tags changed; `change` gets the number of each transaction, from 1.
    pub(crate) fn changed(&self, scratch: &Scratch, mut change: impl FnMut(u32, Tag) -> Tag) -> Result<Self, Error> {
        let mut tags = TagWriter::new(scratch);
        (1..).zip(self.tags()).try_for_each(|(number, tag)| tags.push(change(number, tag)))?;
        self.check()?;
        Ok(Self { keys: Arc::clone(&self.keys), ..tags.finish(self.names())? })
    }

    /// The same with the keys of the categories by place.
    pub(crate) fn with_keys(self, keys: Vec<Arc<str>>) -> Self {
        Self { keys: keys.into(), ..self }
    }

    /// The names of the counterparties by place.
    pub(crate) fn names(&self) -> Vec<Arc<str>> {
        self.store.names.clone()
    }

    /// The key of a category: of the user's own ones the name.
    pub(crate) fn category(&self, category: CategoryIndex) -> &str {
        self.key(category).map_or(UNCATEGORIZED, |key| key)
    }

    /// Names of the user's own categories, as a file or a correction writes them.
    pub fn own_categories(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().skip(categories().len()).map(|name| &**name)
    }

    /// Whether a category is one of the user's own.
    pub(crate) fn is_own(&self, category: CategoryIndex) -> bool {
        usize::from(category) >= categories().len()
    }

    /// The name of a counterparty.
    pub(crate) fn name(&self, party: PartyIndex) -> &str {
        self.shown(party).map_or("", |name| name)
    }

    pub(crate) fn tag(&self, place: usize) -> Option<Tag> {
        if place >= self.len() {
            return None;
        }
        let mut bytes = [0; WIDTH];
        let read = self.store.tags.read_at((place as u64) * WIDTH as u64, &mut bytes);
        self.store.told(read.map(|()| Tag::decode(&bytes)))
    }

    pub(crate) fn tags(&self) -> Tags<'_> {
        Tags { store: &self.store, reader: self.store.tags.reader(0), left: self.len() }
    }

    fn shown(&self, party: PartyIndex) -> Option<&Arc<str>> {
        self.store.names.get(usize::try_from(party).ok()?)
    }

    fn key(&self, category: CategoryIndex) -> Option<&Arc<str>> {
        self.keys.get(usize::from(category))
    }

    fn label(&self, tag: Tag) -> Label {
        Label {
            counterparty: tag.party.and_then(|party| self.shown(party)).cloned().unwrap_or_default(),
            category: self.key(tag.category).cloned().unwrap_or_else(|| UNCATEGORIZED.into()),
            reason: tag.reason,
        }
    }
}

impl Store {
    /// The value; an error ends the walk and is kept.
    fn told(&self, result: Result<Option<Tag>, Error>) -> Option<Tag> {
        result.map_err(|error| self.fault.get_or_init(|| error.to_string())).ok().flatten()
    }
}

/// Walks over tags.
pub(crate) struct Tags<'l> {
    store: &'l Store,
    reader: LogReader<'l>,
    left: usize,
}

impl Iterator for Tags<'_> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        self.left = self.left.checked_sub(1)?;
        let tag = self.reader.take(WIDTH).map(Tag::decode);
        self.store.told(tag)
    }
}

impl fmt::Debug for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for Labels {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}
