//! Movements that a file holds more than once: statements that are sent again, and interim reports of a day whose
//! statement is in the file too. They are counted once.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use saldo_kernel::Money;
use time::Date;

use super::{
    Statement,
    proof::{self, End},
};
use crate::Transaction;

/// A movement as both papers tell it.
type Key<'t> = (&'t str, Date, Money);
/// A movement with its words.
type Told<'t> = (Date, Money, &'t str, &'t str);

/// Whether each movement repeats another; statements that repeat a whole other one are marked.
pub(super) fn find(statements: &mut [Statement], transactions: &[Transaction], owners: &[usize]) -> Vec<bool> {
    let mut out = vec![false; transactions.len()];
    let ranges = ranges(statements.len(), owners);
    mark_copies(statements, transactions, &ranges);
    let is_interim = statements.iter().any(|one| one.interim);
    let booked = if is_interim { booked(statements, transactions, owners) } else { HashMap::new() };
    for (statement, range) in statements.iter().zip(ranges) {
        let mut seen = HashMap::<Key<'_>, u32>::new();
        for place in range {
            let Some(one) = transactions.get(place) else { continue };
            let told = statement.interim && {
                let times = seen.entry(key(one)).or_default();
                *times += 1;
                booked.get(&key(one)).is_some_and(|all| *times <= *all)
            };
            out.get_mut(place).into_iter().for_each(|repeats| *repeats = statement.copy || told);
        }
    }
    out
}

/// Which movements are of each statement; they stand in its order.
fn ranges(statements: usize, owners: &[usize]) -> Vec<Range<usize>> {
    let bound = |statement: usize| owners.partition_point(|owner| *owner < statement);
    (0..statements).map(|one| bound(one)..bound(one + 1)).collect()
}

fn key(one: &Transaction) -> Key<'_> {
    (&one.account, one.date, one.amount)
}

/// How often the final statements hold each movement.
fn booked<'t>(statements: &[Statement], transactions: &'t [Transaction], owners: &[usize]) -> HashMap<Key<'t>, u32> {
    let mut out = HashMap::new();
    for (one, owner) in transactions.iter().zip(owners) {
        if statements.get(*owner).is_some_and(|statement| !statement.interim && !statement.copy) {
            *out.entry(key(one)).or_default() += 1;
        }
    }
    out
}

/// The same account, days, balances and movements: no account moves from one balance to another twice in the same days.
fn mark_copies(statements: &mut [Statement], transactions: &[Transaction], ranges: &[Range<usize>]) {
    if statements.len() < 2 {
        return;
    }
    let mut seen = HashSet::<(Box<str>, End, End, Vec<Told<'_>>)>::new();
    for (statement, range) in statements.iter_mut().zip(ranges) {
        let Some((opening, closing)) = proof::both_ends(statement).filter(|(from, to)| from.0 != to.0) else {
            continue;
        };
        let told = transactions.get(range.clone()).unwrap_or_default().iter();
        let told = told.map(|one| (one.date, one.amount, &*one.counterparty, &*one.description)).collect();
        statement.copy = !seen.insert((statement.account.clone(), opening, closing, told));
    }
}
