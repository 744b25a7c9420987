//! What rows are compared with, as facts: the median of a group (`usual_in` or `usual_out`), and between which amounts most
//! of a counterparty's other rows lie. All are taken in one pass.

use std::collections::{HashMap, HashSet};

use super::{Candidate, Detail, Usual};
use crate::{
    Error, RowSet, Value,
    analyze::{
        categories::place as category_place,
        facts::{Facts, Place, formula, from_taken_rows},
        ledger::{Book, Entry, Ledger},
        ranks::{Norm, Ranks},
    },
    store::Scratch,
};

/// Book, direction, and what is compared; and whether without the rows whose decimal point seems misplaced.
type Group = (usize, bool, Usual, bool);

/// The norms with their rows.
#[derive(Default)]
pub(super) struct Medians(HashMap<Group, (Norm, RowSet)>);

impl Medians {
    /// Those that the reasons of these findings name.
    pub(super) fn new(told: &[Candidate], ledger: &Ledger<'_>, scratch: &Scratch) -> Result<Self, Error> {
        let mut misplaced: HashSet<u32> = HashSet::new();
        let mut places: HashMap<Group, usize> = HashMap::new();
        for one in told.iter().filter(|one| one.usual != Usual::Nothing) {
            let Some(entry) = ledger.numbered(one.lead) else { continue };
            let next = places.len();
            places.entry((entry.book, entry.is_out(), one.usual, false)).or_insert(next);
            if is_shift(one) {
                misplaced.insert(one.lead);
                let next = places.len();
                places.entry((entry.book, entry.is_out(), one.usual, true)).or_insert(next);
            }
        }
        if places.is_empty() {
            return Ok(Self::default());
        }
        let mut ranks = Ranks::new(places.len(), scratch);
        let mut rows = vec![RowSet::default(); places.len()];
        for entry in ledger.entries().filter(|entry| entry.units != 0) {
            let groups = [entry.party.map(Usual::Party), Some(Usual::Category(entry.category)), Some(Usual::Book)];
            for usual in groups.into_iter().flatten() {
                for others in [false, true] {
                    let Some(place) = places.get(&(entry.book, entry.is_out(), usual, others)) else { continue };
                    if others && misplaced.contains(&entry.number) {
                        continue;
                    }
                    ranks.push(*place, entry.units)?;
                    rows.get_mut(*place).into_iter().for_each(|rows| rows.push(entry.number));
                }
            }
        }
        let norms = ranks.finish()?;
        let found = places
            .into_iter()
            .filter_map(|(group, place)| Some((group, (*norms.get(place)?, std::mem::take(rows.get_mut(place)?)))));
        Ok(Self(found.collect()))
    }

    /// Id and value of the median that a row is compared with. It becomes a fact when it is first named.
    pub(super) fn fact(
        &mut self,
        usual: Usual,
        entry: &Entry,
        book: &Book,
        ledger: &Ledger<'_>,
        facts: &mut Facts,
    ) -> Option<(String, i128)> {
        let metric = if entry.is_out() { "usual_out" } else { "usual_in" };
        let place = match usual {
            Usual::Nothing => return None,
            Usual::Party(party) => Place::of(book, "counterparty", ledger.enriched.name(party)),
            Usual::Category(category) => category_place(book, category, ledger, facts),
            Usual::Book => Place::book(book),
        };
        let (norm, rows) = self.0.get_mut(&(entry.book, entry.is_out(), usual, false))?;
        let lineage = from_taken_rows(std::mem::take(rows), formula::MEDIAN);
        Some((facts.add(metric, place, Value::Money(book.money(norm.median)), lineage), norm.median))
    }

    /// Of a row whose decimal point seems misplaced, the other rows that it is compared with and their norm.
    pub(super) fn range(&self, one: &Candidate, entry: &Entry) -> Option<(Norm, &RowSet)> {
        let group = (entry.book, entry.is_out(), one.usual, true);
        self.0.get(&group).filter(|_| is_shift(one)).map(|(norm, rows)| (*norm, rows))
    }
}

fn is_shift(one: &Candidate) -> bool {
    matches!(one.detail, Detail::Shift)
}
