//! What is unusual, each with a score and with facts that its reason names.
//!
//! Scores are the only floats: they order findings and are no amounts.

mod duplicates;
mod newcomers;
mod norms;
mod overdue;
mod spikes;
mod unusual;
mod usual;

use std::collections::HashSet;

use super::{
    facts::{Facts, Place, formula, from_both, from_facts, from_rows},
    ledger::Ledger,
    recurring::Recurring,
};
use crate::{
    Error, Finding, FindingKind, Proof, RowSet, Value,
    enrich::{CategoryIndex, PartyIndex},
    store::Scratch,
};
use norms::Norms;
use saldo_kernel::Money;
use time::Date;
use usual::Medians;

/// Most findings of a report.
const MAX_FINDINGS: usize = 50;

/// Decimal places of "so many times the usual".
const TIMES_PLACES: u8 = 1;

/// A possible finding; its facts are made only if it stays.
struct Candidate {
    kind: FindingKind,
    score: f64,
    /// The row that the reason speaks of.
    lead: u32,
    rows: RowSet,
    usual: Usual,
    detail: Detail,
}

/// What else a reason names.
enum Detail {
    Nothing,
    /// The decimal point seems misplaced.
    Shift,
    Due(Due),
    Spike(spikes::Spike),
}

/// When a payment was due that is not there.
struct Due {
    day: Date,
    /// Every payment of its series.
    series: RowSet,
}

/// Against what a row is unusual.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Usual {
    /// Nothing is compared.
    Nothing,
    /// What this counterparty usually pays or gets.
    Party(PartyIndex),
    /// What is usual in this category.
    Category(CategoryIndex),
    /// What is usual in the whole currency.
    Book,
}

/// The findings, most unusual first, at most [`MAX_FINDINGS`]; adds the facts that their reasons name.
pub(crate) fn findings(
    ledger: &Ledger<'_>,
    missing: Vec<String>,
    recurring: &[Recurring],
    facts: &mut Facts,
    scratch: &Scratch,
) -> Result<Vec<Finding>, Error> {
    let norms = Norms::new(ledger, scratch)?;
    let mut all = duplicates::duplicates(ledger, &norms, scratch)?;
    all.extend(unusual::unusual(ledger, &norms));
    all.extend(newcomers::newcomers(ledger, &norms));
    all.extend(overdue::overdue(recurring, ledger));
    all.extend(spikes::spikes(ledger));
    all.sort_by(|one, other| {
        other.score.total_cmp(&one.score).then(one.lead.cmp(&other.lead)).then(one.kind.cmp(&other.kind))
    });
    once_per_row(&mut all);

    let mut findings: Vec<Finding> = missing_amount(ledger, missing).into_iter().collect();
    all.truncate(MAX_FINDINGS - findings.len());
    let mut medians = Medians::new(&all, ledger, scratch)?;
    findings.extend(all.iter().filter_map(|candidate| told(candidate, &mut medians, ledger, facts)));
    Ok(findings)
}

/// A row is told once, by its highest score; what is said of several rows stays, but for a month that one row explains.
fn once_per_row(all: &mut Vec<Candidate>) {
    let is_spike = |candidate: &Candidate| candidate.kind == FindingKind::CategorySpike;
    let explained: HashSet<u32> = all.iter().filter(|one| !is_spike(one)).map(|one| one.lead).collect();
    let mut seen = HashSet::new();
    all.retain(|candidate| match candidate.kind {
        FindingKind::Duplicate | FindingKind::MissingRecurring => true,
        FindingKind::CategorySpike => !explained.contains(&candidate.lead),
        _ => seen.insert(candidate.lead),
    });
}

fn missing_amount(ledger: &Ledger<'_>, facts: Vec<String>) -> Option<Finding> {
    let Proof::NotReconciled { line, .. } = ledger.import.proof else { return None };
    let rows = ledger.entries().filter(|entry| Some(entry.line()) == line).map(|entry| entry.number).collect();
    let kind = FindingKind::MissingAmount;
    Some(Finding { id: kind.key().to_owned(), kind, score: 1.0, rows, facts })
}

fn told(candidate: &Candidate, medians: &mut Medians, ledger: &Ledger<'_>, facts: &mut Facts) -> Option<Finding> {
    if let Detail::Spike(spike) = &candidate.detail {
        return spikes::told(candidate, spike, ledger, facts);
    }
    let entry = ledger.numbered(candidate.lead)?;
    let book = ledger.books.get(entry.book)?;
    let key = candidate.lead.to_string();
    let one = RowSet::one(candidate.lead);
    let place = Place::of(book, "row", &key).during(Some((entry.date(), entry.date())));
    let amount = Value::Money(book.money(entry.units));
    let amount_id = facts.add("amount", place, amount, from_rows(&one, formula::AMOUNT));
    let mut ids =
        vec![amount_id.clone(), facts.add("date", place, Value::Date(entry.date()), from_rows(&one, formula::DATE))];
    if candidate.kind == FindingKind::Duplicate {
        ids.push(facts.add("copies", place, Value::Count(candidate.rows.len().into()), from_rows(&candidate.rows, "")));
    }
    let mut rows = candidate.rows.clone();
    if let Some((range, others)) = medians.range(candidate, &entry) {
        rows = rows.union(others);
        let compared = Value::Count(others.len().into());
        let compared = facts.add("compared", place, compared, from_rows(others, ""));
        for (metric, units, formula) in
            [("usual_least", range.low, formula::LEAST), ("usual_most", range.high, formula::MOST)]
        {
            let lineage = from_facts(vec![compared.clone()], formula);
            ids.push(facts.add(metric, place, Value::Money(book.money(units)), lineage));
        }
        ids.push(compared);
    }
    if let Detail::Due(due) = &candidate.detail {
        let lineage = from_both(&due.series, vec![place.id("date")], formula::DUE);
        ids.push(facts.add("due", place, Value::Date(due.day), lineage));
    }
    if let Some((usual_id, usual)) = medians.fact(candidate.usual, &entry, book, ledger, facts) {
        ids.push(usual_id.clone());
        if let Some(times) = super::exact::quotient(entry.units.abs(), usual, TIMES_PLACES) {
            let times = Value::Number(Money::new(times, TIMES_PLACES, None));
            ids.push(facts.add("times_usual", place, times, from_facts(vec![amount_id, usual_id], formula::TIMES)));
        }
    }
    if let Some(party) = entry.party {
        let name = Value::Name(ledger.enriched.name(party).to_owned());
        ids.push(facts.add("counterparty", place, name, from_rows(&one, formula::COUNTERPARTY)));
    }
    Some(Finding {
        id: format!("{}/{key}", candidate.kind.key()),
        kind: candidate.kind,
        score: candidate.score,
        rows,
        facts: ids,
    })
}
