//! Figures by category.

use std::mem::take;

use super::{
    facts::{Facts, Place, formula, from_facts, from_taken_rows},
    ledger::{Book, Ledger},
    overview::share,
    totals::Totals,
};
use crate::{
    Value,
    enrich::{CategoryIndex, UNCATEGORIZED},
};

/// Where figures of a category are measured. One of the user's own has its name as a fact, `category_name`, since it is data
/// and no word of ours.
pub(crate) fn place<'a>(
    book: &'a Book,
    category: CategoryIndex,
    ledger: &'a Ledger<'_>,
    facts: &mut Facts,
) -> Place<'a> {
    let key = ledger.enriched.category(category);
    let place = Place::of(book, "category", key);
    if ledger.enriched.is_own(category) {
        let rows = Some(place.id("transactions")).filter(|id| facts.get(id).is_some());
        let lineage = from_facts(rows.into_iter().collect(), formula::CATEGORY);
        facts.add("category_name", place, Value::Name(key.to_owned()), lineage);
    }
    place
}

/// `transactions`, `money_in`, `money_out` and their shares by category, and `uncategorized_share` of the transactions.
/// A direction without transactions has no figure.
pub(crate) fn by_category(book: &Book, totals: &mut Totals, ledger: &Ledger<'_>, facts: &mut Facts) {
    let all = Place::book(book);
    let (all_in, all_out) = (all.id("money_in"), all.id("money_out"));
    for (index, group) in &mut totals.categories {
        let place = Place::of(book, "category", ledger.enriched.category(*index));
        let ids = [("money_in", &group.rows_in), ("money_out", &group.rows_out)];
        let counted = group.counted(ids.map(|(metric, rows)| (!rows.is_empty()).then(|| place.id(metric))));
        facts.add("transactions", place, Value::Count(group.count()), counted);
        self::place(book, *index, ledger, facts);
        if !group.rows_in.is_empty() {
            let part = facts.add(
                "money_in",
                place,
                Value::Money(book.money(group.inward)),
                from_taken_rows(take(&mut group.rows_in), ""),
            );
            share("money_in_share", place, &part, &all_in, facts);
        }
        if !group.rows_out.is_empty() {
            let value = Value::Money(book.money(group.outward));
            let part = facts.add("money_out", place, value, from_taken_rows(take(&mut group.rows_out), formula::OUT));
            share("money_out_share", place, &part, &all_out, facts);
        }
    }
    let unknown = Place::of(book, "category", UNCATEGORIZED).id("transactions");
    share("uncategorized_share", all, &unknown, &all.id("transactions"), facts);
}
