//! Looks facts up by id and by where they are measured.

use std::collections::HashMap;

use saldo_engine::{Analysis, Fact, Value};
use saldo_kernel::Money;

/// The facts of an analysis by id.
pub struct Index<'a> {
    facts: HashMap<&'a str, &'a Fact>,
    /// In the analysis's order.
    list: &'a [Fact],
}

impl<'a> Index<'a> {
    /// The index of an analysis.
    pub fn new(analysis: &'a Analysis) -> Self {
        let facts = analysis.facts.iter().map(|fact| (fact.id.as_str(), fact)).collect();
        Self { facts, list: &analysis.facts }
    }

    /// The fact of an id.
    pub fn get(&self, id: &str) -> Option<&'a Fact> {
        self.facts.get(id).copied()
    }

    /// The facts of a metric, in the analysis's order.
    pub(crate) fn of(&self, metric: &str) -> impl Iterator<Item = &'a Fact> {
        self.list.iter().filter(move |fact| fact.metric == metric)
    }

    /// Whether a fact is there.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.facts.contains_key(id)
    }

    /// The number of an amount or a ratio in units, or a count; none for what is no number.
    pub(crate) fn units(&self, id: &str) -> Option<i128> {
        match &self.get(id)?.value {
            Value::Money(Money { units, .. })
            | Value::Ratio(Money { units, .. })
            | Value::Number(Money { units, .. }) => Some(*units),
            Value::Count(count) => Some(i128::from(*count)),
            Value::Date(_) | Value::Month(..) | Value::Name(_) => None,
        }
    }
}
