//! What the balances of a file prove about its movements. Silence where they cannot prove anything: a balance that is
//! masked, sorted away or of several accounts shows no fault of the file.

use saldo_kernel::Money;

use crate::{BalanceKind, Proof, ProofMethod, StatedBalance, Transaction};

/// Compares movements with the balances beside them and with those stated outside them.
pub(crate) fn prove(transactions: &[Transaction], balances: &[StatedBalance]) -> Proof {
    let Some(first) = transactions.first() else { return Proof::None };
    let one_account = transactions.iter().all(|one| one.account == first.account);
    let one_currency = transactions.iter().all(|one| one.amount.currency == first.amount.currency);
    let proof = match running(transactions) {
        Proof::None => ends(transactions, balances),
        proof => proof,
    };
    match proof {
        Proof::NotReconciled { .. } if !one_account || !one_currency => Proof::None,
        proof => proof,
    }
}

/// Which way the rows run.
#[derive(Clone, Copy)]
enum Way {
    OldestFirst,
    NewestFirst,
}

fn running(transactions: &[Transaction]) -> Proof {
    let pairs = || transactions.iter().zip(transactions.iter().skip(1));
    let gaps = |way: Way| pairs().filter(|(one, next)| gap(one, next, way) != Some(0)).count();
    let links = transactions.len().saturating_sub(1);
    if links == 0 {
        return Proof::None;
    }
    let (rising, falling) = (gaps(Way::OldestFirst), gaps(Way::NewestFirst));
    let (way, broken) = if rising <= falling { (Way::OldestFirst, rising) } else { (Way::NewestFirst, falling) };
    if broken == 0 {
        return Proof::Reconciled { by: ProofMethod::RunningBalance };
    }
    // Rows of one day may stand in another order than they were booked; then first and last still agree.
    if overall(transactions, way) == Some(0) {
        return Proof::Reconciled { by: ProofMethod::RunningBalance };
    }
    // A chain of which no link holds is no running balance of these rows: masked, sorted away, or another figure.
    if links < 2 || broken == links {
        return Proof::None;
    }
    let fault = pairs().find(|(one, next)| gap(one, next, way).is_some_and(|gap| gap != 0));
    let missing = overall(transactions, way).zip(transactions.first());
    match (fault, missing) {
        (Some((_, next)), Some((units, first))) => Proof::NotReconciled {
            by: ProofMethod::RunningBalance,
            missing: Money::new(units, exponent(transactions), first.amount.currency),
            line: Some(next.line),
        },
        _ => Proof::None,
    }
}

/// Stated minus computed between two neighbours, in units of the finer of the two; `None` where a balance is missing.
fn gap(one: &Transaction, next: &Transaction, way: Way) -> Option<i128> {
    let (earlier, later) = match way {
        Way::OldestFirst => (one, next),
        Way::NewestFirst => (next, one),
    };
    let computed = earlier.balance?.checked_add(later.amount)?;
    later.balance?.checked_sub(computed).map(|gap| gap.units)
}

/// Stated minus computed between the oldest and the newest row.
fn overall(transactions: &[Transaction], way: Way) -> Option<i128> {
    let (oldest, newest) = match way {
        Way::OldestFirst => (transactions.first()?, transactions.last()?),
        Way::NewestFirst => (transactions.last()?, transactions.first()?),
    };
    let sum = sum(transactions)?;
    let opening = oldest.balance?.checked_sub(oldest.amount)?;
    let gap = newest.balance?.checked_sub(opening.checked_add(sum)?)?;
    gap.scaled(exponent(transactions))
}

fn exponent(transactions: &[Transaction]) -> u8 {
    let of = |one: &Transaction| one.amount.exponent.max(one.balance.map_or(0, |balance| balance.exponent));
    transactions.iter().map(of).max().unwrap_or(0)
}

fn sum(transactions: &[Transaction]) -> Option<Money> {
    let zero = Money::zero(transactions.first()?.amount.currency);
    transactions.iter().try_fold(zero, |sum, one| sum.checked_add(one.amount))
}

/// Opening + in − out = closing, where the file states each of the two once.
fn ends(transactions: &[Transaction], balances: &[StatedBalance]) -> Proof {
    let one = |kind: BalanceKind| {
        let mut of_kind = balances.iter().filter(|balance| balance.kind == kind).map(|balance| balance.amount);
        let first = of_kind.next()?;
        of_kind.all(|other| other == first).then_some(first)
    };
    let (Some(opening), Some(closing)) = (one(BalanceKind::Opening), one(BalanceKind::Closing)) else {
        return Proof::None;
    };
    let difference = || {
        let sum = sum(transactions)?;
        let untold = |balance: Money| Money { currency: sum.currency, ..balance };
        untold(closing).checked_sub(untold(opening).checked_add(sum)?)
    };
    match difference() {
        Some(missing) if missing.units == 0 => Proof::Reconciled { by: ProofMethod::OpeningAndClosing },
        Some(missing) => Proof::NotReconciled { by: ProofMethod::OpeningAndClosing, missing, line: None },
        None => Proof::None,
    }
}
