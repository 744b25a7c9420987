//! The rows of all files as one list, the oldest first.

use std::{cmp::Reverse, collections::BinaryHeap};

use time::Date;

use super::{Part, Union, occurrences::Bits, runs::Position, sequence::Sequence};
use crate::{
    Counts, DocumentKind, Error, FigureBasis, Import, LedgerAccount, Proof, RowSet, Scratch, Transaction, Transactions,
    store::Appender,
};

/// Rows that are turned round at once.
const BLOCK: usize = 4_096;

/// Walks over the rows of all files that are kept, by day; within a day as their run has them.
pub(crate) struct Rows<'a> {
    files: Vec<Kept<'a>>,
    heads: BinaryHeap<Reverse<Head>>,
}

/// The next row of a file: its day, its run and place there, and the file.
type Head = (Date, u32, u64, usize);

impl<'a> Rows<'a> {
    pub(crate) fn new(
        imports: &'a [Import],
        sequences: &[&Sequence],
        positions: &[Position],
        kept: &'a [Bits],
    ) -> Self {
        let files = imports.iter().zip(sequences).zip(positions).zip(kept);
        let mut files: Vec<_> = files
            .map(|(((import, sequence), position), kept)| Kept {
                rows: Oldest::new(&import.transactions, sequence.newest_first),
                position: *position,
                kept,
                head: None,
            })
            .collect();
        let heads = files.iter_mut().enumerate().filter_map(|(place, file)| file.step(place).map(Reverse)).collect();
        Self { files, heads }
    }
}

impl Iterator for Rows<'_> {
    /// The place of the file, and the row.
    type Item = (usize, Transaction);

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((.., place)) = self.heads.pop()?;
        let file = self.files.get_mut(place)?;
        let row = file.head.take()?;
        self.heads.extend(file.step(place).map(Reverse));
        Some((place, row))
    }
}

/// The kept rows of one file.
struct Kept<'a> {
    rows: Oldest<'a>,
    position: Position,
    kept: &'a Bits,
    head: Option<Transaction>,
}

impl Kept<'_> {
    /// Goes to the next row that is kept.
    fn step(&mut self, file: usize) -> Option<Head> {
        let (place, _, row) = self.rows.by_ref().find(|(_, at, _)| self.kept.has(*at))?;
        let head = (row.date, self.position.run, self.position.start + place, file);
        self.head = Some(row);
        Some(head)
    }
}

/// The rows of one file, the oldest first: place in this order, place in the file, row.
struct Oldest<'a> {
    transactions: &'a Transactions,
    newest_first: bool,
    /// The next block, in the order of the file, is taken from its end.
    block: std::vec::IntoIter<Transaction>,
    done: usize,
    given: u64,
}

impl<'a> Oldest<'a> {
    fn new(transactions: &'a Transactions, newest_first: bool) -> Self {
        Self { transactions, newest_first, block: Vec::new().into_iter(), done: 0, given: 0 }
    }

    fn fill(&mut self) {
        let left = self.transactions.len().saturating_sub(self.done);
        let count = left.min(BLOCK);
        let start = if self.newest_first { left - count } else { self.done };
        self.block = self.transactions.from(start).take(count).collect::<Vec<_>>().into_iter();
        self.done += count;
    }
}

impl Iterator for Oldest<'_> {
    type Item = (u64, u64, Transaction);

    fn next(&mut self) -> Option<Self::Item> {
        if self.block.len() == 0 {
            self.fill();
        }
        let row = if self.newest_first { self.block.next_back()? } else { self.block.next()? };
        let place = self.given;
        self.given += 1;
        let at = if self.newest_first { (self.transactions.len() as u64).checked_sub(self.given)? } else { place };
        Some((place, at, row))
    }
}

/// Keeps the rows as one import.
pub(crate) fn union(rows: Rows<'_>, imports: &[Import], scratch: &Scratch) -> Result<Union, Error> {
    let mut parts: Vec<Part> = imports.iter().map(part).collect();
    let (mut all, mut number) = (Appender::new(scratch), 0_u32);
    for (place, row) in rows {
        all.push(&row)?;
        number = number.saturating_add(1);
        if let Some(part) = parts.get_mut(place) {
            part.rows.push(number);
        }
    }
    imports.iter().try_for_each(|import| import.transactions.check())?;
    for part in &mut parts {
        part.counts.repeated = part.transactions.saturating_sub(part.rows.len().into());
    }
    // Statements of balances follow each other as the files do.
    let mut by_day: Vec<(Option<u32>, &Import)> =
        parts.iter().zip(imports).map(|(part, import)| (part.rows.first(), import)).collect();
    by_day.sort_by_key(|(first, _)| *first);
    let first = imports.first().ok_or(Error::Empty)?;
    let mut source = first.source.clone();
    source.currency =
        source.currency.filter(|_| imports.iter().all(|import| import.source.currency == source.currency));
    source.by_card = imports.iter().all(|import| import.source.by_card);
    // Of several kinds of documents the union is none but a list of movements.
    if imports.iter().any(|import| (import.source.kind, import.source.basis) != (source.kind, source.basis)) {
        source.kind = DocumentKind::default();
        source.kind_evidence = Vec::new();
        source.basis = FigureBasis::default();
    }
    let import = Import {
        source,
        transactions: all.finish()?,
        counts: parts.iter().fold(Counts::default(), |sum, part| sum.plus(part.counts)),
        rejected: imports
            .iter()
            .flat_map(|import| &import.rejected)
            .take(Import::MAX_REJECTED_SHOWN)
            .cloned()
            .collect(),
        balances: by_day.into_iter().flat_map(|(_, import)| &import.balances).cloned().collect(),
        proof: proof(imports),
        accounts: accounts(imports),
    };
    Ok(Union { import, parts })
}

/// The sums of the accounts of books, where one file has them. Those of several may hold the same entries, and a sum does
/// not tell which.
fn accounts(imports: &[Import]) -> Vec<LedgerAccount> {
    let mut of_books = imports.iter().filter(|import| !import.accounts.is_empty());
    match (of_books.next(), of_books.next()) {
        (Some(import), None) => import.accounts.clone(),
        _ => Vec::new(),
    }
}

/// A file of which nothing is kept yet.
pub(crate) fn part(import: &Import) -> Part {
    Part {
        source: import.source.clone(),
        counts: import.counts,
        rejected: import.rejected.clone(),
        proof: import.proof,
        stated: import.stated(),
        transactions: import.transactions.len() as u64,
        rows: RowSet::default(),
    }
}

/// The first that failed, without a line, which would not tell its file; else the first, if every file is proved.
fn proof(imports: &[Import]) -> Proof {
    let failed = imports.iter().find_map(|import| match import.proof {
        Proof::NotReconciled { by, missing, .. } => Some(Proof::NotReconciled { by, missing, line: None }),
        _ => None,
    });
    let proved = imports.iter().all(|import| matches!(import.proof, Proof::Reconciled { .. }));
    let first = imports.first().map(|import| import.proof).filter(|_| proved);
    failed.or(first).unwrap_or(Proof::None)
}
