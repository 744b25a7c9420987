//! The same movement again: same account, date, amount, counterparty, and text but for its numbers.
//!
//! Equal small or habitual movements are no finding: two fares a day, rooms booked for a team. So a pair is left out where
//! its amount is below a quarter of the currency's median, or where equal amounts with the same counterparty (without a
//! counterparty: the same amount) come several times a day on three days or more.

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher, BuildHasherDefault},
};

use super::{
    Candidate, Usual,
    norms::{Norms, ratio},
};
use crate::{
    FindingKind,
    analyze::ledger::{Entry, Ledger},
    enrich::{Spread, folded},
};

/// Below the median divided by this, a repeated amount is too small to speak of.
const SMALL: i128 = 4;

/// Days with several copies that make them a habit.
const HABIT_DAYS: usize = 3;

pub(super) fn duplicates(ledger: &Ledger<'_>, norms: &Norms) -> Vec<Candidate> {
    let groups = groups(ledger);
    let mut days: HashMap<_, HashSet<_>> = HashMap::new();
    for (first, _) in &groups {
        days.entry(habit(first)).or_default().insert(first.date());
    }
    let told = groups.iter().filter(|(first, _)| {
        let is_habit = days.get(&habit(first)).is_some_and(|days| days.len() >= HABIT_DAYS);
        !is_habit && first.units.saturating_abs().saturating_mul(SMALL) >= norms.of(first).median
    });
    told.map(|(first, numbers)| candidate(first, numbers, ledger, norms)).collect()
}

/// Over all accounts: several cards of one company share its habits.
fn habit(entry: &Entry<'_>) -> (usize, bool, Result<u32, i128>) {
    (entry.book, entry.is_out(), entry.party.ok_or(entry.units))
}

/// Rows that are the same movement, first row and all numbers.
fn groups<'a>(ledger: &'a Ledger<'_>) -> Vec<(Entry<'a>, Vec<u32>)> {
    let build = BuildHasherDefault::<Spread>::default();
    let mut hashes: Vec<(u64, u32)> = Vec::with_capacity(ledger.import.transactions.len());
    for entry in ledger.entries().filter(|entry| entry.units != 0) {
        let hash = build.hash_one((entry.book, entry.date().to_julian_day(), entry.units, entry.party));
        hashes.push((hash, entry.number));
    }
    hashes.sort_unstable();
    let mut groups = Vec::new();
    for run in hashes.chunk_by(|one, other| one.0 == other.0).filter(|run| run.len() > 1) {
        // Texts are compared only here, and equal hashes are no proof.
        let mut alike: HashMap<_, Vec<u32>> = HashMap::new();
        for entry in run.iter().filter_map(|(_, number)| ledger.numbered(*number)) {
            let Some(row) = entry.transaction() else { continue };
            let key = (entry.book, row.date, entry.units, entry.party, row.account, gist(&row.description));
            alike.entry(key).or_default().push(entry.number);
        }
        let several = alike.into_values().filter(|numbers| numbers.len() > 1);
        groups.extend(several.filter_map(|numbers| Some((ledger.numbered(*numbers.first()?)?, numbers))));
    }
    groups.sort_by_key(|(first, _)| first.number);
    groups
}

/// A description without words that hold several digits: references differ where a movement is booked again.
fn gist(description: &str) -> String {
    let folded = folded(description);
    let kept = folded.split(' ').filter(|word| word.bytes().filter(u8::is_ascii_digit).count() < 3);
    kept.collect::<Vec<_>>().join(" ")
}

fn candidate(first: &Entry<'_>, numbers: &[u32], ledger: &Ledger<'_>, norms: &Norms) -> Candidate {
    let mut texts =
        numbers.iter().filter_map(|number| ledger.numbered(*number)?.transaction()).map(|row| row.description);
    let text = texts.next();
    let is_verbatim = texts.all(|other| Some(other) == text);
    let is_silent = first.party.is_none() && text.is_none_or(|text| text.trim().is_empty());
    let size = (ratio(first.units.abs(), norms.of(first).median).ln() / 100_f64.ln()).clamp(0.0, 1.0);
    let text_score = if is_silent {
        -0.2
    } else if is_verbatim {
        0.2
    } else {
        0.0
    };
    Candidate {
        kind: FindingKind::Duplicate,
        score: 0.45 + text_score + 0.3 * size,
        lead: first.number,
        rows: numbers.iter().copied().collect(),
        usual: Usual::Nothing,
        shift: None,
        due: None,
    }
}
