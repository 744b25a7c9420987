//! Amounts that are improbable for the counterparty or, with too little history, for the category: far above the usual, or
//! with a decimal point that seems misplaced. [`UsualAmounts`] judges each amount by all the others.

use std::collections::HashMap;

use super::{Candidate, Detail, Usual, norms::Norms};
use crate::{
    FindingKind, RowSet,
    analyze::{
        amounts::{Amount, Basis, Odds, UsualAmounts},
        ledger::{Entry, Ledger},
    },
    enrich::UNCATEGORIZED,
};

/// From this probability on an amount is told as large, and as one with a misplaced decimal point.
const LIKELY: f64 = 0.4;
const LIKELY_MISPLACED: f64 = 0.5;

/// A smaller multiple of the usual is no finding, however regular the amounts are otherwise; as a logarithm.
const TWICE: f64 = std::f64::consts::LN_2;

/// Alike: within a tenth of the amount.
const ALIKE: i128 = 10;

/// A misplaced decimal point is told where so many rows are like the amount without it.
const SEEN: u32 = 2;

/// Most candidates, the most probable ones; more than a report shows.
const KEPT: usize = 200;

/// A row that is improbable in its group.
struct Improbable {
    number: u32,
    group: Group,
    odds: Odds,
    /// Without its sign, and with the decimal point where it would be usual; zero if no point is misplaced.
    likely: i128,
    /// How many rows have about that amount.
    alike: u32,
}

/// Book, direction, and the counterparty or category that the row is compared with.
type Group = (usize, bool, Usual);

pub(super) fn unusual(ledger: &Ledger<'_>, norms: &Norms) -> Vec<Candidate> {
    let usual = UsualAmounts::new(ledger.len(), || ledger.entries().map(|entry| amount(&entry)));
    let mut found: Vec<Improbable> = Vec::new();
    for (place, entry) in ledger.entries().enumerate() {
        let amount = amount(&entry);
        // What is quickly known comes first: it leaves few rows to be judged.
        if entry.units.abs() < norms.of(&entry).median.max(1) || usual.distance(&amount).1 < TWICE {
            continue;
        }
        let odds = usual.judge_own(place, &amount);
        if odds.score() >= LIKELY {
            found.extend(improbable(&entry, odds, ledger));
        }
        if found.len() >= 2 * KEPT {
            keep_most_probable(&mut found);
        }
    }
    drop(usual);
    keep_most_probable(&mut found);
    look_for_alike(&mut found, ledger);
    found.into_iter().filter_map(candidate).collect()
}

/// Both directions of a currency are sides of their own.
fn amount(entry: &Entry) -> Amount {
    let side = u32::try_from(entry.book * 2 + usize::from(entry.is_out())).unwrap_or(u32::MAX);
    Amount { side, category: u32::from(entry.category), party: entry.party, units: entry.units.unsigned_abs() }
}

fn improbable(entry: &Entry, odds: Odds, ledger: &Ledger<'_>) -> Option<Improbable> {
    let usual = match (odds.basis, entry.party) {
        (Basis::Party, Some(party)) => Usual::Party(party),
        (Basis::Category, _) if ledger.enriched.category(entry.category) != UNCATEGORIZED => {
            Usual::Category(entry.category)
        }
        // Against all amounts together nothing is unusual enough to speak of.
        _ => return None,
    };
    // Only a counterparty of its own history has prices that a misplaced point could be told by.
    let likely = if odds.basis == Basis::Party && odds.misplaced > odds.larger && !is_round(entry.units.abs()) {
        entry.units.abs().checked_div(10_i128.checked_pow(odds.places.into())?)?
    } else {
        0
    };
    let group = (entry.book, entry.is_out(), usual);
    Some(Improbable { number: entry.number, group, odds, likely, alike: 0 })
}

/// One digit and zeros: whoever pays 100 or 500 means it, whatever else costs a tenth.
fn is_round(mut units: i128) -> bool {
    while units > 0 && units % 10 == 0 {
        units /= 10;
    }
    units < 10
}

fn keep_most_probable(found: &mut Vec<Improbable>) {
    found.sort_by(|one, other| other.odds.score().total_cmp(&one.odds.score()).then(one.number.cmp(&other.number)));
    found.truncate(KEPT);
}

/// Counts the rows that have about the amount of a row whose decimal point seems misplaced, in one pass.
fn look_for_alike(found: &mut [Improbable], ledger: &Ledger<'_>) {
    let mut groups: HashMap<Group, Vec<usize>> = HashMap::new();
    for (place, one) in found.iter().enumerate().filter(|(_, one)| one.likely > 0) {
        groups.entry(one.group).or_default().push(place);
    }
    if groups.is_empty() {
        return;
    }
    for entry in ledger.entries() {
        let usual = [entry.party.map(Usual::Party), Some(Usual::Category(entry.category))];
        let places = usual.into_iter().flatten().filter_map(|usual| groups.get(&(entry.book, entry.is_out(), usual)));
        for place in places.flatten() {
            let Some(one) = found.get_mut(*place) else { continue };
            if (entry.units.abs() - one.likely).saturating_mul(ALIKE).abs() <= one.likely {
                one.alike = one.alike.saturating_add(1);
            }
        }
    }
}

fn candidate(one: Improbable) -> Option<Candidate> {
    let is_shift = one.odds.score() >= LIKELY_MISPLACED && one.alike >= SEEN;
    let larger = Odds { misplaced: 0.0, ..one.odds };
    if !is_shift && larger.score() < LIKELY {
        return None;
    }
    Some(Candidate {
        kind: if is_shift { FindingKind::MisplacedDecimal } else { FindingKind::UnusualAmount },
        score: if is_shift { one.odds.score() } else { larger.score() },
        lead: one.number,
        rows: RowSet::one(one.number),
        usual: one.group.2,
        detail: if is_shift { Detail::Shift } else { Detail::Nothing },
    })
}
