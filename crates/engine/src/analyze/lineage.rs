//! From a figure back to the transactions behind it.

use std::collections::{HashMap, HashSet};

use crate::{Fact, RowSet};

/// Every transaction behind a fact, also through the facts it is computed from.
pub(crate) fn rows_behind(facts: &[Fact], id: &str) -> RowSet {
    let by_id: HashMap<&str, &Fact> = facts.iter().map(|fact| (fact.id.as_str(), fact)).collect();
    let (mut parts, mut seen, mut waiting) = (Vec::new(), HashSet::new(), vec![id]);
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        if let Some(fact) = by_id.get(id) {
            parts.push(&fact.lineage.rows);
            waiting.extend(fact.lineage.facts.iter().map(String::as_str));
        }
    }
    RowSet::union_all(parts)
}
