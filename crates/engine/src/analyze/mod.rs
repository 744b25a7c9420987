//! Figures with lineage and findings, from an import.
//!
//! Ids are `metric/CURRENCY[/dimension/key]`; figures of the whole file have no currency. An unknown currency is `XXX` in
//! the id and empty in the dimension. Keys are percent-encoded where they would end a placeholder or a segment.
//! Amounts of one currency have the same number of decimals: the most that the file writes any of them with.
//!
//! Invariant: sums are exact, quotients are rounded once, half to even; no amount is ever a float.
//! Invariant: every fact can be computed again from its lineage.

mod accounts;
mod amounts;
mod balances;
mod books;
mod categories;
mod counterparties;
mod exact;
mod facts;
mod findings;
mod gaps;
mod ledger;
mod lineage;
mod months;
mod overview;
mod pace;
mod ranks;
mod recurring;
mod totals;
mod transfers;

use crate::{Analysis, Error, Import, Lessons, Stage, Watch, enrich};
use accounts::Accounts;
pub use amounts::{Amount, Basis, Odds, UsualAmounts};
use balances::Balances;
use facts::Facts;
use ledger::Ledger;
pub(crate) use lineage::rows_behind;

/// Most currencies with figures by month, category and counterparty. More are references taken for currencies; each still
/// has its totals.
const MAX_DETAILED: usize = 16;

/// Labels the transactions, computes every figure and finds what is unusual.
///
/// Fails with [`Error::Cancelled`] where the watch stops it and with [`Error::AmountOverflow`] where a sum would not be exact.
pub fn analyze(import: &Import, watch: &mut dyn Watch) -> Result<Analysis, Error> {
    analyze_taught(import, Lessons::default(), watch)
}

/// The same with what is known of categories before. Fails as [`analyze`] does.
pub fn analyze_taught(import: &Import, lessons: Lessons, watch: &mut dyn Watch) -> Result<Analysis, Error> {
    let labels = enrich::enrich(import, lessons, watch)?;
    let (transfers, labels) = transfers::label(import, labels, &watch.scratch())?;
    enrich::report(watch, Stage::Computing, 0, import.transactions.len())?;
    let ledger = Ledger::new(import, &labels)?;
    let mut facts = Facts::default();
    figures(&ledger, &mut facts, watch)?;
    transfers::figures(&transfers, &ledger, &mut facts);
    books::books(import, &mut facts)?;
    let missing = overview::missing(import, &ledger, &mut facts);
    let recurring = recurring::find(&ledger);
    recurring::figures(&recurring, &ledger, &mut facts);
    let findings = findings::findings(&ledger, missing, &recurring, &mut facts, &watch.scratch())?;
    import.transactions.check()?;
    labels.check()?;
    Ok(Analysis { facts: facts.into_list(), findings, labels })
}

fn figures(ledger: &Ledger<'_>, facts: &mut Facts, watch: &mut dyn Watch) -> Result<(), Error> {
    let mut totals = totals::totals(ledger, watch)?;
    let balances = Balances::new(ledger);
    let accounts = Accounts::new(ledger);
    let mut shown: Vec<_> =
        totals.iter().take(MAX_DETAILED).map(|totals| counterparties::pick(totals, ledger)).collect();
    counterparties::collect(&mut shown, ledger);

    overview::file(ledger.import, facts);
    for (place, (book, totals)) in ledger.books.iter().zip(&mut totals).enumerate() {
        overview::book(book, totals, ledger, facts);
        balances.ends(place, ledger, facts);
        let Some(shown) = shown.get_mut(place) else {
            months::totals_only(book, totals, facts);
            continue;
        };
        let months = months::months(book, totals, facts);
        pace::pace(book, &months, ledger, facts);
        balances.by_month(place, &months, ledger, facts);
        categories::by_category(book, totals, ledger, facts);
        counterparties::by_counterparty(book, shown, ledger, facts);
        accounts.by_account(place, book, &balances, ledger, facts);
    }
    Ok(())
}
