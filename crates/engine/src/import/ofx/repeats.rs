//! Transactions that several statements of one account hold, because the days they are of overlap: they are counted once.

use std::collections::HashMap;

use super::Raw;

/// A transaction as the bank numbers it.
#[derive(PartialEq, Eq, Hash)]
struct Key<'r> {
    account: &'r str,
    id: &'r str,
    posted: Option<&'r str>,
    amount: Option<&'r str>,
    pending: bool,
}

/// Whether each transaction repeats one of another statement: the same number in the same account (`FITID` is unique in
/// it: OFX 1.6, section 3.2.1), on the same day, with the same amount. Within one statement a number that comes again is
/// another transaction, for some banks number them badly.
pub(super) fn find(movements: &[Raw]) -> Vec<bool> {
    let mut first = HashMap::<Key<'_>, u32>::new();
    let statement = movements.first().map(|one| one.statement);
    if movements.iter().all(|one| Some(one.statement) == statement) {
        return vec![false; movements.len()];
    }
    let mut out = Vec::with_capacity(movements.len());
    for one in movements {
        let (posted, amount) = (one.posted.as_deref(), one.amount.as_deref());
        let key = Key { account: &one.account, id: &one.id, posted, amount, pending: one.pending };
        out.push(!one.id.is_empty() && *first.entry(key).or_insert(one.statement) != one.statement);
    }
    out
}
