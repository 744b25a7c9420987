//! Where a file has more counterparties than are told apart at once: those that matter are chosen by all of their rows.
//!
//! Of each currency the largest by turnover, and over the whole file those with the most rows. All others stay without a
//! name in figures and findings; no sum of the file, its months or categories depends on it.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use saldo_kernel::{Currency, Money};

use super::{
    STEP,
    names::{MOST, Names},
    report,
};
use crate::{
    Error, Import, Labels, Stage, Watch,
    store::{Sorter, Tag, TagWriter},
};

/// Counterparties of one currency that are chosen by turnover; more than have figures of their own.
const BY_TURNOVER: usize = 256;

/// Currencies that counterparties are chosen in by turnover.
const CURRENCIES: usize = 64;

/// Bytes of a movement as it is sorted: key, currency, amount without its sign, decimals.
const WIDTH: usize = 8 + 3 + 16 + 1;

/// The smallest of the best are dropped.
type Best = BinaryHeap<Reverse<(u128, u64)>>;

/// The labels with the counterparties that matter.
pub(super) fn choose(import: &Import, labels: &Labels, watch: &mut dyn Watch) -> Result<Labels, Error> {
    let mut names = Names::chosen(best(import, labels, watch)?.into_iter());
    let total = labels.len();
    let mut tags = TagWriter::new(&watch.scratch());
    for (place, (tag, transaction)) in labels.tags().zip(&import.transactions).enumerate() {
        if place.is_multiple_of(STEP) {
            report(watch, Stage::Enriching, place, total)?;
        }
        let party = names.place(tag.key);
        if party.is_some_and(|party| names.lacks(party)) {
            names.of(&transaction);
        }
        tags.push(Tag { party, ..tag })?;
    }
    import.transactions.check()?;
    labels.check()?;
    tags.finish(names.into_list())
}

/// The keys of those that matter, at most [`MOST`].
fn best(import: &Import, labels: &Labels, watch: &mut dyn Watch) -> Result<Vec<u64>, Error> {
    let total = labels.len();
    let mut sorter = Sorter::<WIDTH>::new(&watch.scratch());
    for (place, (tag, record)) in labels.tags().zip(import.transactions.records(0)).enumerate() {
        if place.is_multiple_of(STEP) {
            report(watch, Stage::Enriching, place, total)?;
        }
        if tag.key != 0 {
            sorter.push(sortable(tag.key, record.amount))?;
        }
    }
    let mut turnovers: BTreeMap<[u8; 3], Best> = BTreeMap::new();
    let mut counts = Best::new();
    let (mut last, mut turnover, mut count) = (None, Some(Money::zero(None)), 0_u64);
    let mut close = |group: Option<(u64, [u8; 3])>, turnover: Option<Money>, next: Option<u64>, count: &mut u64| {
        let Some((key, code)) = group else { return };
        // A turnover beyond all numbers is the largest.
        let size =
            turnover.map_or(u128::MAX, |money| money.scaled(Money::MAX_EXPONENT).unwrap_or(i128::MAX).unsigned_abs());
        if turnovers.len() < CURRENCIES || turnovers.contains_key(&code) {
            keep(turnovers.entry(code).or_default(), BY_TURNOVER, (size, key));
        }
        if next != Some(key) {
            keep(&mut counts, MOST / 2, (u128::from(*count), key));
            *count = 0;
        }
    };
    sorter.finish()?.each(|sorted| {
        let (key, code, amount) = read(&sorted);
        if last != Some((key, code)) {
            close(last, turnover, Some(key), &mut count);
            (last, turnover) = (Some((key, code)), Some(Money::zero(None)));
        }
        turnover = turnover.and_then(|sum| sum.checked_add(amount));
        count += 1;
        Ok(())
    })?;
    close(last, turnover, None, &mut count);
    let mut chosen: Vec<u64> = turnovers.into_values().chain([counts]).flatten().map(|Reverse((_, key))| key).collect();
    chosen.sort_unstable();
    chosen.dedup();
    chosen.truncate(MOST);
    Ok(chosen)
}

fn keep(best: &mut Best, most: usize, one: (u128, u64)) {
    best.push(Reverse(one));
    if best.len() > most {
        best.pop();
    }
}

fn sortable(key: u64, amount: Money) -> [u8; WIDTH] {
    let mut out = [0; WIDTH];
    let code = amount.currency.map_or([0; 3], Currency::letters);
    let units = amount.units.unsigned_abs().to_be_bytes();
    let bytes = key.to_be_bytes().into_iter().chain(code).chain(units).chain([amount.exponent]);
    out.iter_mut().zip(bytes).for_each(|(place, byte)| *place = byte);
    out
}

fn read(bytes: &[u8; WIDTH]) -> (u64, [u8; 3], Money) {
    let key = bytes.first_chunk().map_or(0, |key| u64::from_be_bytes(*key));
    let code = bytes.get(8..).and_then(|rest| rest.first_chunk()).copied().unwrap_or_default();
    let units = bytes.get(11..).and_then(|rest| rest.first_chunk()).map_or(0, |units| u128::from_be_bytes(*units));
    let exponent = bytes.last().copied().unwrap_or_default();
    (key, code, Money::new(i128::try_from(units).unwrap_or(i128::MAX), exponent, None))
}
