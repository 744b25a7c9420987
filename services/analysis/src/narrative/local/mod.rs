//! The analyst that needs no key and no network: it picks what matters from the facts and writes it in both languages.
//!
//! English and Russian stand side by side, so that neither becomes a translation of the other. In Russian, sentences are
//! formed so that amounts and names stay in the nominative and verbs need no agreement with a count.

mod books;
mod cash_flow;
mod categories;
mod counterparties;
mod forecast;
mod overview;
mod quality;
mod reasons;
mod recurring;
mod transfers;

use saldo_engine::{Fact, Import};

use super::{Draft, Index};

pub(super) use reasons::reason;

/// Most sentences of a report.
const MAX_SENTENCES: usize = 7;

/// Most currencies with an overview of their own.
const MAX_CURRENCIES: usize = 3;

/// What the sentences speak of, in the words of the report.
mod topic {
    pub(super) const OVERVIEW: &str = "overview";
    pub(super) const CASH_FLOW: &str = "cash_flow";
    pub(super) const CATEGORIES: &str = "categories";
    pub(super) const COUNTERPARTIES: &str = "counterparties";
    pub(super) const FORECAST: &str = "forecast";
    pub(super) const RECURRING: &str = "recurring";
    pub(super) const QUALITY: &str = "quality";
}

/// The facts of one currency.
struct Currency<'a> {
    index: &'a Index<'a>,
    /// As in ids: `EUR`, `XXX`.
    code: &'a str,
}

impl Currency<'_> {
    /// The id of a metric of the whole currency.
    fn id(&self, metric: &str) -> String {
        format!("{metric}/{}", self.code)
    }

    /// A placeholder for a metric of the whole currency, such as `net` or `net|abs`.
    fn show(&self, metric: &str) -> String {
        let (metric, form) = metric.split_once('|').map_or((metric, ""), |(metric, form)| (metric, form));
        placeholder(&self.id(metric), form)
    }

    /// Whether a fact is measured in this currency.
    fn owns(&self, fact: &Fact) -> bool {
        fact.id.split('/').nth(1) == Some(self.code)
    }

    fn has(&self, metric: &str) -> bool {
        self.index.has(&self.id(metric))
    }

    fn units(&self, metric: &str) -> Option<i128> {
        self.index.units(&self.id(metric))
    }
}

fn placeholder(id: &str, form: &str) -> String {
    if form.is_empty() { format!("{{{{{id}}}}}") } else { format!("{{{{{id}|{form}}}}}") }
}

/// The sentences that matter, most important first: three to seven, fewer where the file holds no transactions.
pub(super) fn sentences(index: &Index<'_>, import: &Import) -> Vec<Draft> {
    // The engine gives the currency with most transactions first.
    let totals = index.of("money_in").filter(|fact| fact.dimensions.len() == 1);
    let codes: Vec<&str> = totals.filter_map(|fact| fact.id.split('/').nth(1)).collect();
    let currencies: Vec<Currency<'_>> = codes.into_iter().map(|code| Currency { index, code }).collect();
    let mut drafts = overview::sentences(currencies.get(..MAX_CURRENCIES).unwrap_or(&currencies));
    if let Some(main) = currencies.first() {
        drafts.extend(cash_flow::sentences(main));
        drafts.extend(categories::sentence(main));
        drafts.extend(counterparties::sentences(main, import));
        drafts.extend(recurring::sentence(main));
        drafts.extend(forecast::sentence(main));
        drafts.extend(transfers::sentence(main));
    }
    drafts.extend(books::sentences(index, &import.source));
    drafts.extend(quality::sentences(index, import));
    // Stable: of equal weight, the one written first stands first.
    drafts.sort_by_key(|draft| std::cmp::Reverse(draft.weight));
    drafts.truncate(MAX_SENTENCES);
    drafts
}
