//! Several files as one ledger: what two of them both have is counted once, and real twins are kept.
//!
//! A movement is the same where its own account, date, amount, currency and texts are, and where it is the same copy of
//! such a row. Which copy a row is, its file and the files that continue it tell, see docs/decisions/0006.
//!
//! Invariant: a file all of whose rows another file has adds nothing.
//! Invariant: what is counted does not depend on the order of the files, unless they have the same rows of one day in
//! different orders and no balances tell which one is right.
//! Invariant: memory does not grow with the rows, but for one bit each.

mod key;
mod merge;
mod occurrences;
mod overlap;
mod runs;
mod sequence;
mod sorter;

use std::ops::ControlFlow;

use crate::{BalancesStated, Counts, Error, Import, Proof, Rejected, RowSet, Scratch, Source, Stage, Watch};
use sequence::Sequence;

/// Files that were read, to be made into one.
#[derive(Default)]
pub struct Collection {
    scratch: Scratch,
    imports: Vec<Import>,
}

/// Several files as one.
#[derive(Clone, Debug)]
pub struct Union {
    /// All movements, each once, the oldest first as far as the files are ordered by date.
    /// Its counts are the sums. Its proof is the first that failed, without a line; else every file's, if they all have one.
    pub import: Import,
    /// The files, in the order of adding.
    pub parts: Vec<Part>,
}

/// What one file gave.
#[derive(Clone, Debug)]
pub struct Part {
    /// How it was understood.
    pub source: Source,
    /// Its rows by their fate; `repeated` are those that a file before it has.
    pub counts: Counts,
    /// Its first rejected rows.
    pub rejected: Vec<Rejected>,
    /// What its balances prove of all of its own movements.
    pub proof: Proof,
    /// Which balances it states.
    pub stated: BalancesStated,
    /// How many movements it holds.
    pub transactions: u64,
    /// Its movements in the union, by number (from 1): those that no file before it has.
    pub rows: RowSet,
}

/// One file as it is.
impl From<Import> for Union {
    fn from(import: Import) -> Self {
        let last = u32::try_from(import.transactions.len()).unwrap_or(u32::MAX);
        let part = Part { rows: RowSet::from(1..=last), ..merge::part(&import) };
        Self { import, parts: vec![part] }
    }
}

impl Union {
    /// The file of each transaction, by its place in [`Union::parts`]; of the first `count` transactions.
    pub fn files(&self, count: usize) -> Vec<u32> {
        let mut files = vec![0; count.min(self.import.transactions.len())];
        for (file, part) in (0..).zip(&self.parts) {
            let places = part.rows.iter().map(|number| number as usize - 1);
            for place in places.take_while(|place| *place < count) {
                if let Some(found) = files.get_mut(place) {
                    *found = file;
                }
            }
        }
        files
    }
}

impl Collection {
    /// Without files. What does not fit into memory is kept in the scratch folder.
    pub fn new(scratch: Scratch) -> Self {
        Self { scratch, ..Self::default() }
    }

    /// Adds a file.
    pub fn add(&mut self, import: Import) {
        self.imports.push(import);
    }

    /// All of it as one. A single file stays in its own order.
    ///
    /// # Errors
    /// There is no file ([`Error::Empty`]), the scratch folder cannot be written or read, or the watch breaks
    /// ([`Error::Cancelled`]).
    pub fn union(mut self, watch: &mut dyn Watch) -> Result<Union, Error> {
        if self.imports.len() == 1 {
            return self.imports.pop().map(Union::from).ok_or(Error::Empty);
        }
        let total = self.imports.iter().map(|import| import.transactions.len() as u64).sum();
        let mut tell = || match watch.progress(Stage::Reading, total, total) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Cancelled),
        };
        let mut sequences = Vec::with_capacity(self.imports.len());
        for import in &self.imports {
            tell()?;
            sequences.push(Sequence::of(&import.transactions, &self.scratch)?);
        }
        let sequences: Vec<&Sequence> = sequences.iter().collect();
        let positions = runs::positions(&sequences, &mut tell)?;
        let kept = occurrences::first_seen(&sequences, &positions, &self.scratch)?;
        tell()?;
        let rows = merge::Rows::new(&self.imports, &sequences, &positions, &kept);
        merge::union(rows, &self.imports, &self.scratch)
    }
}
