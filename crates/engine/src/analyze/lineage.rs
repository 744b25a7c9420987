//! From a figure back to the transactions behind it.

use std::collections::{HashMap, HashSet};

use super::rows::merge;
use crate::Fact;

/// Every transaction behind a fact, also through the facts it is computed from.
pub(crate) fn rows_behind(facts: &[Fact], id: &str) -> Vec<(u32, u32)> {
    let by_id: HashMap<&str, &Fact> = facts.iter().map(|fact| (fact.id.as_str(), fact)).collect();
    let (mut rows, mut seen, mut waiting) = (Vec::new(), HashSet::new(), vec![id]);
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        if let Some(fact) = by_id.get(id) {
            rows.extend(fact.lineage.rows.iter().copied());
            waiting.extend(fact.lineage.facts.iter().map(String::as_str));
        }
    }
    merge(rows)
}
