//! Exact sums of a file's movements by month, account and the like, without keeping the movements.
//!
//! Delimited text is read by a scanner of its own that takes rows of the usual form apart and hands every other row to the
//! code of [`crate::import`]; the head of the file gives the plan, and the profile of the whole file, gathered on the way,
//! must give the same plan in the end, else the file is read once more with the right one. All other files are imported.
//!
//! Invariant: the sums are those of the movements that [`crate::import`] gives.
//! Invariant: memory does not grow with the number of rows, only with the number of groups, which is bounded.

mod blocks;
mod glance;
mod groups;
mod memo;
mod model;
mod movements;
mod pass;
mod scanner;
mod table;

use std::{
    collections::HashMap,
    io::{Read, Seek, SeekFrom},
};

use saldo_kernel::{Currency, Money};

pub use self::model::{GroupBy, Grouping, Key, Sum, Sums, SumsOutcome};
use self::{groups::Groups, table::Table};
use crate::{Error, Hints, Import, Outcome, Watch};

/// Bytes that can be read again from the start.
pub(crate) trait Bytes: Read + Seek {}

impl<T: Read + Seek + ?Sized> Bytes for T {}

/// Adds up the movements of a file by `grouping`.
///
/// The source is read from its start, delimited text mostly once. `counts.read` is the sum of the movements counted and the
/// rows recognised and rejected. The source's hash is not computed for delimited text.
///
/// # Errors
///
/// Those of [`crate::import`]; [`Error::TooManyGroups`]; [`Error::ColumnNotFound`] and [`Error::ColumnOfNoTable`] for a
/// column that is not there; [`Error::AmountOverflow`] for sums beyond 128 bits.
pub fn sums<S: Read + Seek>(
    mut source: S,
    grouping: &Grouping,
    hints: &Hints,
    watch: &mut dyn Watch,
) -> Result<SumsOutcome, Error> {
    crate::import::check(hints)?;
    of_bytes(&mut source, grouping, hints, watch)
}

/// Compiled once, whatever the source is.
fn of_bytes(
    mut source: &mut dyn Bytes,
    grouping: &Grouping,
    hints: &Hints,
    watch: &mut dyn Watch,
) -> Result<SumsOutcome, Error> {
    if let Some(table) = Table::open(source, grouping, hints)?
        && let Some(outcome) = table.sums(source, watch)?
    {
        return Ok(outcome);
    }
    source.seek(SeekFrom::Start(0))?;
    match crate::import(&mut source, hints, watch)? {
        Outcome::Question(question) => Ok(SumsOutcome::Question(question)),
        Outcome::Import(import) => imported(*import, grouping).map(|sums| SumsOutcome::Sums(Box::new(sums))),
    }
}

/// Adds up what was imported.
fn imported(import: Import, grouping: &Grouping) -> Result<Sums, Error> {
    // Each currency has the decimals of its amounts.
    let mut places = HashMap::<Option<Currency>, u8>::new();
    for amount in import.transactions.amounts() {
        let most = places.entry(amount.currency).or_default();
        *most = (*most).max(amount.exponent);
    }
    let finest = places.values().copied().max().unwrap_or(0);
    let no_table = |column: &str| Err(Error::ColumnOfNoTable { column: column.to_owned() });
    let mut groups = Groups::new(grouping, finest, &no_table)?;
    for one in &import.transactions {
        groups.add_transaction(&one, |_| "")?;
    }
    import.transactions.check()?;
    let mut groups = groups.finish()?;
    for group in &mut groups {
        let places = places.get(&group.currency).copied().unwrap_or(finest);
        for amount in [&mut group.money_in, &mut group.money_out, &mut group.net] {
            let units = amount.scaled(places).ok_or(Error::AmountOverflow)?;
            *amount = Money::new(units, places, amount.currency);
        }
    }
    Ok(Sums {
        groups,
        counted: import.transactions.len() as u64,
        source: import.source,
        counts: import.counts,
        rejected: import.rejected,
    })
}
