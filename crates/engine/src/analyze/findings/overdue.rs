//! A recurring payment of a fixed price that should have come and did not.

use super::{Candidate, Detail, Due, Usual};
use crate::{
    FindingKind, RowSet,
    analyze::{
        ledger::Ledger,
        recurring::{Missing, Recurring, missing},
    },
};

/// The score of a payment that came on time whenever it came, after very many times.
const SURE: f64 = 0.9;

pub(super) fn overdue(recurring: &[Recurring], ledger: &Ledger<'_>) -> Vec<Candidate> {
    missing(recurring, ledger).iter().map(candidate).collect()
}

fn candidate(missing: &Missing<'_>) -> Candidate {
    let (on_time, gaps) = missing.of.series.punctuality();
    Candidate {
        kind: FindingKind::MissingRecurring,
        // The more often it came on time, the surer it was to come again (Laplace's rule of succession).
        score: SURE * (on_time as f64 + 1.0) / (gaps as f64 + 2.0),
        lead: missing.before.number,
        rows: RowSet::one(missing.before.number),
        usual: Usual::Nothing,
        detail: Detail::Due(Due { day: missing.due, series: missing.of.rows() }),
    }
}
