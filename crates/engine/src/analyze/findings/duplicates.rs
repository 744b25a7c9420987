//! The same movement again: same account, date, amount, counterparty, and text but for its numbers.
//!
//! Equal small or habitual movements are no finding: two fares a day, rooms booked for a team. So a pair is left out where
//! its amount is below a quarter of the currency's median, or where equal amounts with the same counterparty (without a
//! counterparty: the same amount) come several times a day on three days or more.
//!
//! Rows are told apart by hashes that are sorted, twice: first without texts, then with the texts of the rows that have an
//! equal. Two movements of one hash of 64 bits are not to be expected among any number of rows.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use time::Date;

use super::{
    Candidate, Detail, MAX_FINDINGS, Usual,
    norms::{Norms, ratio},
};
use crate::{
    Error, FindingKind, RowSet, Transaction,
    analyze::ledger::{Entry, Ledger},
    enrich::folded,
    store::{Scratch, Sorted, Sorter},
};

/// Below the median divided by this, a repeated amount is too small to speak of.
const SMALL: i128 = 4;

/// Days with several copies that make them a habit.
const HABIT_DAYS: usize = 3;

/// Most habits that are told apart; a file with more has no habits but repetitions.
const HABITS: usize = 1 << 16;

/// Rows that are the same movement.
struct Group {
    first: Entry,
    rows: RowSet,
    /// The texts are equal in their numbers too.
    is_verbatim: bool,
    /// There is no text to compare.
    is_silent: bool,
}

pub(super) fn duplicates(ledger: &Ledger<'_>, norms: &Norms, scratch: &Scratch) -> Result<Vec<Candidate>, Error> {
    let Some(copies) = copies(ledger, scratch)? else { return Ok(Vec::new()) };
    let mut days: HashMap<_, Vec<Date>> = HashMap::new();
    each_group(&copies, ledger, |group| {
        let (habit, room) = (habit(&group.first), days.len() < HABITS);
        let days = match days.get_mut(&habit) {
            Some(days) => days,
            None if room => days.entry(habit).or_default(),
            None => return,
        };
        if days.len() < HABIT_DAYS && !days.contains(&group.first.date()) {
            days.push(group.first.date());
        }
    })?;
    let mut told = Vec::new();
    each_group(&copies, ledger, |group| {
        let is_habit = days.get(&habit(&group.first)).is_some_and(|days| days.len() >= HABIT_DAYS);
        let units = group.first.units.saturating_abs();
        if !is_habit && units.saturating_mul(SMALL) >= norms.of(&group.first).median {
            told.push(candidate(group, norms));
        }
        if told.len() >= MAX_FINDINGS * 4 {
            best(&mut told);
        }
    })?;
    best(&mut told);
    Ok(told)
}

/// Keeps as many as a report can show.
fn best(told: &mut Vec<Candidate>) {
    told.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.lead.cmp(&other.lead)));
    told.truncate(MAX_FINDINGS);
}

/// Over all accounts: several cards of one company share its habits.
fn habit(entry: &Entry) -> (usize, bool, Result<u32, i128>) {
    (entry.book, entry.is_out(), entry.party.ok_or(entry.units))
}

/// A row as it is sorted: the hash of what makes it the same movement, its number, the hash of its text as written.
const COPY: usize = 8 + 4 + 4;

/// The rows that have an equal but for their texts; `None` where there is none.
fn copies(ledger: &Ledger<'_>, scratch: &Scratch) -> Result<Option<Sorted<COPY>>, Error> {
    let mut sorter = Sorter::<12>::new(scratch);
    for entry in ledger.entries().filter(|entry| entry.units != 0) {
        let hash = hash((entry.book, entry.date().to_julian_day(), entry.units, entry.party, entry.account()));
        sorter.push(joined(hash.to_be_bytes().into_iter().chain(entry.number.to_be_bytes())))?;
    }
    // A bit for each row: has an equal.
    let mut marked = vec![0_u64; ledger.import.transactions.len() / 64 + 1];
    let mut mark = |number: u32| {
        let word = usize::try_from(number / 64).ok().and_then(|word| marked.get_mut(word));
        word.into_iter().for_each(|word| *word |= 1 << (number % 64));
    };
    let (mut last, mut any) = ((0, 0), false);
    sorter.finish()?.each(|key| {
        let (hash, number) = read(&key);
        if last.1 > 0 && last.0 == hash {
            any = true;
            mark(last.1 - 1);
            mark(number - 1);
        }
        last = (hash, number);
        Ok(())
    })?;
    if !any {
        return Ok(None);
    }
    let mut sorter = Sorter::<COPY>::new(scratch);
    for (entry, row) in ledger.entries().zip(&ledger.import.transactions) {
        let place = entry.number - 1;
        let word = usize::try_from(place / 64).ok().and_then(|word| marked.get(word)).copied().unwrap_or_default();
        if word & 1 << (place % 64) != 0 {
            sorter.push(copy(&entry, &row))?;
        }
    }
    sorter.finish().map(Some)
}

fn copy(entry: &Entry, row: &Transaction) -> [u8; COPY] {
    let same = (entry.book, row.date, entry.units, entry.party, &row.account, gist(&row.description));
    // An empty text is the hash 0.
    let text = if row.description.trim().is_empty() { 0 } else { hash(&row.description) | 1 };
    let text = (text as u32).to_be_bytes();
    joined(hash(same).to_be_bytes().into_iter().chain(entry.number.to_be_bytes()).chain(text))
}

/// A description without words that hold several digits: references differ where a movement is booked again.
fn gist(description: &str) -> String {
    let folded = folded(description);
    let kept = folded.split(' ').filter(|word| word.bytes().filter(u8::is_ascii_digit).count() < 3);
    kept.collect::<Vec<_>>().join(" ")
}

/// Gives every movement that stands in several rows.
fn each_group(copies: &Sorted<COPY>, ledger: &Ledger<'_>, mut give: impl FnMut(Group)) -> Result<(), Error> {
    let mut run: Option<(u64, u32, RowSet, bool)> = None;
    let mut close = |run: Option<(u64, u32, RowSet, bool)>| {
        let Some((_, text, rows, is_verbatim)) = run.filter(|run| run.2.len() > 1) else { return };
        if let Some(first) = rows.first().and_then(|number| ledger.numbered(number)) {
            let is_silent = first.party.is_none() && text == 0;
            give(Group { first, rows, is_verbatim, is_silent });
        }
    };
    copies.each(|key| {
        let (hash, number) = read(&key);
        let text = key.last_chunk().map_or(0, |text| u32::from_be_bytes(*text));
        match &mut run {
            Some((before, first, rows, is_verbatim)) if *before == hash => {
                *is_verbatim &= *first == text;
                rows.push(number);
            }
            _ => close(run.replace((hash, text, RowSet::one(number), true))),
        }
        Ok(())
    })?;
    close(run);
    Ok(())
}

fn candidate(group: Group, norms: &Norms) -> Candidate {
    let first = group.first;
    let size = (ratio(first.units.abs(), norms.of(&first).median).ln() / 100_f64.ln()).clamp(0.0, 1.0);
    let text_score = match (group.is_silent, group.is_verbatim) {
        (true, _) => -0.2,
        (false, true) => 0.2,
        (false, false) => 0.0,
    };
    Candidate {
        kind: FindingKind::Duplicate,
        score: 0.45 + text_score + 0.3 * size,
        lead: first.number,
        rows: group.rows,
        usual: Usual::Nothing,
        detail: Detail::Nothing,
    }
}

fn hash(parts: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

fn joined<const N: usize>(bytes: impl Iterator<Item = u8>) -> [u8; N] {
    let mut out = [0; N];
    out.iter_mut().zip(bytes).for_each(|(place, byte)| *place = byte);
    out
}

/// Hash and number.
fn read(key: &[u8]) -> (u64, u32) {
    let hash = key.first_chunk().map_or(0, |hash| u64::from_be_bytes(*hash));
    let number = key.get(8..).and_then(|rest| rest.first_chunk()).map_or(0, |number| u32::from_be_bytes(*number));
    (hash, number)
}
