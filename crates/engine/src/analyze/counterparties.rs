//! Figures by counterparty, for those that matter most.

use std::{cmp::Reverse, mem::take};

use super::{
    facts::{Facts, Place, formula, from_facts, from_taken_rows},
    ledger::{Book, Ledger},
    overview::share,
    totals::{Group, Totals, Turnover},
};
use crate::{
    Value,
    enrich::{PartyIndex, SpreadMap},
};

/// How many counterparties have figures of their own, by turnover.
const SHOWN: usize = 50;

/// The counterparties of a book that have figures, largest turnover first, with their rows.
pub(crate) struct Shown {
    list: Vec<(PartyIndex, Group)>,
    places: SpreadMap<PartyIndex, usize>,
}

/// Picks them: the largest by turnover, and the largest of each direction.
pub(crate) fn pick(totals: &Totals, ledger: &Ledger<'_>) -> Shown {
    let mut all: Vec<(PartyIndex, Turnover)> =
        totals.parties.iter().map(|(party, turnover)| (*party, *turnover)).collect();
    // Names break ties, so that the order does not depend on the order of the file.
    let name = |party: PartyIndex| ledger.enriched.name(party);
    all.sort_by_cached_key(|(party, turnover)| (Reverse(turnover.inward + turnover.outward), name(*party).to_owned()));
    let best = |part: fn(&Turnover) -> i128| {
        all.iter().rev().max_by_key(|(_, turnover)| part(turnover)).map(|(party, _)| *party)
    };
    let largest = [best(|turnover| turnover.inward), best(|turnover| turnover.outward)];
    let mut shown = Shown { list: Vec::new(), places: SpreadMap::default() };
    for party in all.iter().take(SHOWN).map(|(party, _)| *party).chain(largest.into_iter().flatten()) {
        if !shown.places.contains_key(&party) {
            shown.places.insert(party, shown.list.len());
            shown.list.push((party, Group::default()));
        }
    }
    shown
}

/// Collects the rows of those that are shown, for all books in one pass.
pub(crate) fn collect(shown: &mut [Shown], ledger: &Ledger<'_>) {
    for entry in ledger.entries() {
        let Some((party, shown)) = entry.party.zip(shown.get_mut(entry.book)) else { continue };
        let place = shown.places.get(&party).copied();
        if let Some((_, group)) = place.and_then(|place| shown.list.get_mut(place)) {
            group.add(&entry);
        }
    }
}

/// `transactions`, `money_in` and `money_out` by counterparty, and for each direction the largest one's name and share:
/// `top_counterparty_in`, `top_counterparty_in_share`. A direction without transactions has no figure.
pub(crate) fn by_counterparty(book: &Book, shown: &mut Shown, ledger: &Ledger<'_>, facts: &mut Facts) {
    let (mut ins, mut outs) = (Vec::new(), Vec::new());
    for (party, group) in &mut shown.list {
        let name = ledger.enriched.name(*party);
        let place = Place::of(book, "counterparty", name);
        let ids = [("money_in", group.inward), ("money_out", group.outward)];
        let counted = group.counted(ids.map(|(metric, sum)| (sum > 0).then(|| place.id(metric))));
        facts.add("transactions", place, Value::Count(group.count()), counted);
        if group.inward > 0 {
            let id = facts.add(
                "money_in",
                place,
                Value::Money(book.money(group.inward)),
                from_taken_rows(take(&mut group.rows_in), ""),
            );
            ins.push((group.inward, name, id));
        }
        if group.outward > 0 {
            let value = Value::Money(book.money(group.outward));
            let id = facts.add("money_out", place, value, from_taken_rows(take(&mut group.rows_out), formula::OUT));
            outs.push((group.outward, name, id));
        }
    }
    top(book, ["money_in", "top_counterparty_in", "top_counterparty_in_share"], &ins, facts);
    top(book, ["money_out", "top_counterparty_out", "top_counterparty_out_share"], &outs, facts);
}

fn top(book: &Book, [whole, named, shared]: [&'static str; 3], all: &[(i128, &str, String)], facts: &mut Facts) {
    // `max_by_key` takes the last of equals, and the first is wanted.
    let Some((_, name, id)) = all.iter().rev().max_by_key(|(units, _, _)| *units) else { return };
    let place = Place::book(book);
    let ids = all.iter().map(|(_, _, id)| id.clone()).collect();
    facts.add(named, place, Value::Name((*name).to_owned()), from_facts(ids, formula::LARGEST_COUNTERPARTY));
    share(shared, place, id, &place.id(whole), facts);
}
