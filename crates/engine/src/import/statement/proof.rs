//! What the balances of statements prove about their movements, statement by statement.

use saldo_kernel::{Currency, Money};
use time::Date;

use super::{Balance, Statement};
use crate::{BalanceKind, Proof, ProofMethod, StatedBalance};

/// Both ends of one statement in one currency, as far as it states them.
struct Ends {
    currency: Option<Currency>,
    opening: Option<Balance>,
    closing: Option<Balance>,
}

/// Reconciled where every statement with both balances agrees with its movements and there is one; not reconciled by the
/// first that does not. The balances are those the proof rests on, in file order.
pub(super) fn prove(statements: &[Statement]) -> (Proof, Vec<StatedBalance>) {
    let (mut balances, mut held, mut broken) = (Vec::new(), false, None);
    for statement in statements {
        let ends = ends(statement);
        // Movements in a currency without balances may be what the others lack.
        let covered = statement.sums.iter().all(|(currency, _)| ends.iter().any(|one| one.covers(*currency)));
        for one in &ends {
            let missing = one.missing(statement);
            let firm = covered && one.is_firm();
            held |= missing.is_some_and(|missing| missing.units == 0);
            if let Some(missing) = missing.filter(|missing| missing.units != 0 && firm && broken.is_none()) {
                broken = Some((missing, one.closing.map(|closing| closing.line)));
            }
            let weak = missing.is_some_and(|missing| missing.units != 0) && !one.is_firm();
            balances.extend([one.opening, one.closing].into_iter().flatten().filter(|one| one.firm || !weak).map(
                |balance| StatedBalance {
                    kind: balance.kind,
                    amount: balance.amount,
                    date: balance.date,
                    line: balance.line,
                    account: statement.account.clone(),
                },
            ));
        }
    }
    let by = ProofMethod::OpeningAndClosing;
    let proof = match broken {
        Some((missing, line)) => Proof::NotReconciled { by, missing, line },
        None if held => Proof::Reconciled { by },
        None => Proof::None,
    };
    (proof, balances)
}

impl Ends {
    fn covers(&self, currency: Option<Currency>) -> bool {
        self.currency == currency && self.opening.is_some() && self.closing.is_some()
    }

    fn is_firm(&self) -> bool {
        [self.opening, self.closing].into_iter().flatten().all(|one| one.firm)
    }

    /// Stated minus computed; `None` where one end is not stated or the sum is too large.
    fn missing(&self, statement: &Statement) -> Option<Money> {
        let (opening, closing) = (self.opening?.amount, self.closing?.amount);
        let sum = match statement.sums.iter().find(|(currency, _)| *currency == self.currency) {
            Some((_, sum)) => (*sum)?,
            None => Money::zero(self.currency),
        };
        closing.checked_sub(opening.checked_add(sum)?)
    }
}

/// A balance with its day.
pub(super) type End = (Money, Option<Date>);

/// Opening and closing of a statement in one currency, with their days.
pub(super) fn both_ends(statement: &Statement) -> Option<(End, End)> {
    let mut ends = ends(statement).into_iter();
    let one = ends.next().filter(|_| ends.next().is_none())?;
    let told = |balance: Option<Balance>| balance.map(|balance| (balance.amount, balance.date));
    told(one.opening).zip(told(one.closing))
}

fn ends(statement: &Statement) -> Vec<Ends> {
    let mut all: Vec<Ends> = Vec::new();
    for balance in &statement.balances {
        let own = balance.amount.currency;
        if all.iter().any(|ends| ends.currency == own) {
            continue;
        }
        let of = |kind: BalanceKind| {
            let of_kind = statement.balances.iter().filter(|one| one.kind == kind && one.amount.currency == own);
            outermost(kind, of_kind.copied().collect())
        };
        let (opening, closing) = (of(BalanceKind::Opening), of(BalanceKind::Closing));
        all.push(Ends { currency: own, opening, closing });
    }
    all
}

/// The earliest opening or the latest closing of the lowest rank. Two of one day that differ leave it open which one it is.
fn outermost(kind: BalanceKind, mut all: Vec<Balance>) -> Option<Balance> {
    let rank = all.iter().map(|one| one.rank).min()?;
    all.retain(|one| one.rank == rank);
    if kind == BalanceKind::Closing {
        all.reverse();
    }
    let dates = all.iter().map(|one| one.date);
    let date = if kind == BalanceKind::Opening { dates.min() } else { dates.max() }?;
    all.retain(|one| one.date == date);
    let first = all.first().copied()?;
    let agreed = all.iter().all(|one| one.amount == first.amount);
    Some(Balance { firm: first.firm && agreed, ..first })
}
