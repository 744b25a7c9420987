//! Amounts far above what the counterparty or, with too little history, the category usually costs.
//!
//! The robust z of the logarithm: its distance from the median over 1.4826 × the median absolute deviation (MAD), plus a
//! tenth so that fixed prices do not divide by zero. Beyond 3.5 a value is an outlier (Iglewicz & Hoaglin, 1993).

use super::{Candidate, Usual, norms::Norms};
use crate::{
    FindingKind, RowSet,
    analyze::ledger::{Entry, Ledger},
    enrich::{UNCATEGORIZED, category_key},
};

/// From here on a value is an outlier.
const OUTLIER: f64 = 3.5;

/// Least history of a counterparty and of a category.
const PARTY_HISTORY: usize = 8;
const CATEGORY_HISTORY: usize = 20;

/// A category mixes many things, so it tells less.
const CATEGORY_WEIGHT: f64 = 0.9;

/// The logarithm of one amount within its group: book, direction, and counterparty or category.
#[derive(Clone, Copy)]
struct Point {
    group: (usize, bool, u32),
    log: f64,
    number: u32,
}

pub(super) fn unusual(ledger: &Ledger<'_>, norms: &Norms) -> Vec<Candidate> {
    let by_party = points(ledger, |entry| entry.party);
    let mut known = std::collections::HashSet::new();
    let mut out = Vec::new();
    for group in groups(&by_party, PARTY_HISTORY) {
        known.extend(group.iter().map(|point| point.number));
        outliers(group, ledger, norms, 1.0, &mut out);
    }
    drop(by_party);
    let named = |entry: &Entry<'_>| category_key(entry.category) != UNCATEGORIZED;
    let by_category = points(ledger, |entry| named(entry).then_some(u32::from(entry.category)));
    for group in groups(&by_category, CATEGORY_HISTORY) {
        let start = out.len();
        outliers(group, ledger, norms, CATEGORY_WEIGHT, &mut out);
        // A counterparty with its own history is judged by it alone.
        let mut place = 0;
        out.retain(|candidate| {
            place += 1;
            place <= start || !known.contains(&candidate.lead)
        });
    }
    out
}

fn points(ledger: &Ledger<'_>, key: impl Fn(&Entry<'_>) -> Option<u32>) -> Vec<Point> {
    let point = |entry: Entry<'_>| {
        let group = (entry.book, entry.is_out(), key(&entry)?);
        (entry.units != 0).then(|| Point { group, log: (entry.units.abs() as f64).ln(), number: entry.number })
    };
    let mut points: Vec<Point> = ledger.entries().filter_map(point).collect();
    points.sort_unstable_by(|one, other| one.group.cmp(&other.group).then(one.log.total_cmp(&other.log)));
    points
}

fn groups(points: &[Point], history: usize) -> impl Iterator<Item = &[Point]> {
    points.chunk_by(|one, other| one.group == other.group).filter(move |group| group.len() >= history)
}

fn outliers(group: &[Point], ledger: &Ledger<'_>, norms: &Norms, weight: f64, out: &mut Vec<Candidate>) {
    let logs: Vec<f64> = group.iter().map(|point| point.log).collect();
    let middle = middle(&logs);
    let mut distances: Vec<f64> = logs.iter().map(|log| (log - middle).abs()).collect();
    distances.sort_unstable_by(f64::total_cmp);
    let scale = 1.4826 * self::middle(&distances) + 0.1;
    let double = 2_f64.ln();
    // Points ascend, so the outliers stand at the end.
    let is_outlier = |point: &&Point| (point.log - middle) / scale >= OUTLIER && point.log - middle >= double;
    for point in group.iter().rev().take_while(is_outlier) {
        let Some(entry) = ledger.numbered(point.number) else { continue };
        if entry.units.abs() < norms.of(&entry).median {
            continue;
        }
        let z = (point.log - middle) / scale;
        let usual = match entry.party {
            Some(party) if weight >= 1.0 => Usual::Party(party),
            _ => Usual::Category(entry.category),
        };
        let score = weight * z / (z + OUTLIER);
        let rows = RowSet::one(point.number);
        out.push(Candidate { kind: FindingKind::UnusualAmount, score, lead: point.number, rows, usual });
    }
}

/// The median of ascending values; the upper of the two in the middle.
fn middle(ascending: &[f64]) -> f64 {
    ascending.get(ascending.len() / 2).copied().unwrap_or_default()
}
