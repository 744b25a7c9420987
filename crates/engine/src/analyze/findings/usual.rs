//! The medians that rows are compared with, as facts: `usual_in` or `usual_out`. All are taken in one pass.

use std::collections::HashMap;

use super::{Candidate, Usual};
use crate::{
    Error, RowSet, Value,
    analyze::{
        categories::place as category_place,
        facts::{Facts, Place, formula, from_taken_rows},
        ledger::{Book, Entry, Ledger},
        ranks::Ranks,
    },
    store::Scratch,
};

/// Book, direction, and what is compared.
type Group = (usize, bool, Usual);

/// The medians with their rows.
#[derive(Default)]
pub(super) struct Medians(HashMap<Group, (i128, RowSet)>);

impl Medians {
    /// Those that the reasons of these findings name.
    pub(super) fn new(told: &[Candidate], ledger: &Ledger<'_>, scratch: &Scratch) -> Result<Self, Error> {
        let wanted = told.iter().filter(|one| one.usual != Usual::Nothing);
        let mut places: HashMap<Group, usize> = HashMap::new();
        for (usual, entry) in wanted.filter_map(|one| Some((one.usual, ledger.numbered(one.lead)?))) {
            let next = places.len();
            places.entry((entry.book, entry.is_out(), usual)).or_insert(next);
        }
        if places.is_empty() {
            return Ok(Self::default());
        }
        let mut ranks = Ranks::new(places.len(), scratch);
        let mut rows = vec![RowSet::default(); places.len()];
        for entry in ledger.entries().filter(|entry| entry.units != 0) {
            let groups = [entry.party.map(Usual::Party), Some(Usual::Category(entry.category)), Some(Usual::Book)];
            let key = |usual| places.get(&(entry.book, entry.is_out(), usual));
            for place in groups.into_iter().flatten().filter_map(key) {
                ranks.push(*place, entry.units)?;
                rows.get_mut(*place).into_iter().for_each(|rows| rows.push(entry.number));
            }
        }
        let norms = ranks.finish()?;
        let found = places.into_iter().filter_map(|(group, place)| {
            Some((group, (norms.get(place)?.median, std::mem::take(rows.get_mut(place)?))))
        });
        Ok(Self(found.collect()))
    }

    /// Id and value of the one that a row is compared with. It becomes a fact when it is first named.
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
        let (median, rows) = self.0.get_mut(&(entry.book, entry.is_out(), usual))?;
        let lineage = from_taken_rows(std::mem::take(rows), formula::MEDIAN);
        Some((facts.add(metric, place, Value::Money(book.money(*median)), lineage), *median))
    }
}
