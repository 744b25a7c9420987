//! Accounts by index: a statement has few of them, and they stand in every row.

use std::collections::HashMap;

/// The place of an account among those of its file.
pub(crate) type AccountIndex = u32;

/// More accounts than this are references taken for accounts; those beyond it have no index.
const MAX_ACCOUNTS: usize = 4_096;

/// Longer texts are no account.
const MAX_BYTES: usize = 256;

/// The accounts seen so far.
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    names: Vec<Box<str>>,
    places: HashMap<Box<str>, AccountIndex>,
    last: Option<AccountIndex>,
}

impl Accounts {
    /// The index of an account; `None` where there are too many.
    pub(crate) fn index(&mut self, name: &str) -> Option<AccountIndex> {
        let is = |index: &AccountIndex| {
            usize::try_from(*index).is_ok_and(|at| self.names.get(at).is_some_and(|one| **one == *name))
        };
        if self.last.as_ref().is_some_and(is) {
            return self.last;
        }
        if let Some(index) = self.places.get(name) {
            self.last = Some(*index);
            return self.last;
        }
        if self.names.len() >= MAX_ACCOUNTS || name.len() > MAX_BYTES {
            return None;
        }
        let index = AccountIndex::try_from(self.names.len()).ok()?;
        self.names.push(name.into());
        self.places.insert(name.into(), index);
        self.last = Some(index);
        self.last
    }

    /// The names by index.
    pub(crate) fn into_names(self) -> Vec<Box<str>> {
        self.names
    }
}
