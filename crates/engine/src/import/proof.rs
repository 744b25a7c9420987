//! What the balances of a file prove about its movements. Silence where they cannot prove anything: a balance that is
//! masked, sorted away or of several accounts shows no fault of the file.

use saldo_kernel::{Currency, Money};

use crate::{BalanceKind, Proof, ProofMethod, StatedBalance, Transaction};

/// Compares movements, as they are read, with the balances beside them.
#[derive(Debug, Default)]
pub(crate) struct Prover {
    first: Option<Point>,
    last: Option<Point>,
    account: Box<str>,
    /// Further rows are of the first one's account, and of its currency.
    several_accounts: bool,
    several_currencies: bool,
    links: u64,
    /// As if the oldest row came first, and as if the newest did.
    rising: Chain,
    falling: Chain,
    /// The most decimals of amounts and balances.
    exponent: u8,
    sum: Sum,
}

/// A movement as its neighbours see it.
#[derive(Clone, Copy, Debug)]
struct Point {
    line: u64,
    amount: Money,
    balance: Option<Money>,
}

/// The links between neighbours, read one way.
#[derive(Clone, Copy, Debug, Default)]
struct Chain {
    /// Links that do not hold or lack a balance.
    broken: u64,
    /// The line behind the first link that does not hold.
    fault: Option<u64>,
}

/// The sum of all amounts, while it fits and they are of one currency.
#[derive(Clone, Copy, Debug, Default)]
enum Sum {
    #[default]
    Nothing,
    Of(Money),
    Unknown,
}

impl Prover {
    /// Adds the next movement of the file.
    pub(crate) fn see(&mut self, one: &Transaction) {
        let point = Point { line: one.line, amount: one.amount, balance: one.balance };
        match self.first {
            None => {
                self.first = Some(point);
                self.account = one.account.clone();
            }
            Some(first) => {
                self.several_accounts |= self.account != one.account;
                self.several_currencies |= first.amount.currency != one.amount.currency;
            }
        }
        if let Some(last) = self.last.replace(point) {
            self.links += 1;
            self.rising.see(last, point, point.line);
            self.falling.see(point, last, point.line);
        }
        let places = one.balance.map_or(0, |balance| balance.exponent);
        self.exponent = self.exponent.max(one.amount.exponent).max(places);
        self.sum = match self.sum {
            Sum::Nothing => Sum::Of(one.amount),
            Sum::Of(sum) => sum.checked_add(one.amount).map_or(Sum::Unknown, Sum::Of),
            Sum::Unknown => Sum::Unknown,
        };
    }

    /// What the balances prove, those beside the movements and those stated outside them.
    pub(crate) fn prove(&self, balances: &[StatedBalance]) -> Proof {
        let proof = match self.running() {
            Proof::None => self.ends(balances),
            proof => proof,
        };
        match proof {
            Proof::NotReconciled { .. } if self.several_accounts || self.several_currencies => Proof::None,
            proof => proof,
        }
    }

    /// What the balances beside the movements prove.
    pub(crate) fn running(&self) -> Proof {
        if self.links == 0 {
            return Proof::None;
        }
        let is_rising = self.rising.broken <= self.falling.broken;
        let chain = if is_rising { self.rising } else { self.falling };
        let missing = self.overall(is_rising);
        // Rows of one day may stand in another order than they were booked; then first and last still agree.
        if chain.broken == 0 || missing == Some(0) {
            return Proof::Reconciled { by: ProofMethod::RunningBalance };
        }
        // A chain of which no link holds is no running balance of these rows: masked, sorted away, or another figure.
        if self.links < 2 || chain.broken == self.links {
            return Proof::None;
        }
        match (chain.fault, missing) {
            (Some(line), Some(units)) => Proof::NotReconciled {
                by: ProofMethod::RunningBalance,
                missing: Money::new(units, self.exponent, self.currency()),
                line: Some(line),
            },
            _ => Proof::None,
        }
    }

    /// Stated minus computed between the oldest and the newest row.
    fn overall(&self, is_rising: bool) -> Option<i128> {
        let (first, last) = (self.first?, self.last?);
        let (oldest, newest) = if is_rising { (first, last) } else { (last, first) };
        let opening = oldest.balance?.checked_sub(oldest.amount)?;
        let gap = newest.balance?.checked_sub(opening.checked_add(self.sum()?)?)?;
        gap.scaled(self.exponent)
    }

    fn sum(&self) -> Option<Money> {
        if let Sum::Of(sum) = self.sum { Some(sum) } else { None }
    }

    fn currency(&self) -> Option<Currency> {
        self.first.and_then(|first| first.amount.currency)
    }

    /// Opening + in − out = closing, where the file states each of the two once.
    fn ends(&self, balances: &[StatedBalance]) -> Proof {
        let one = |kind: BalanceKind| {
            let mut of_kind = balances.iter().filter(|balance| balance.kind == kind).map(|balance| balance.amount);
            let first = of_kind.next()?;
            of_kind.all(|other| other == first).then_some(first)
        };
        let (Some(opening), Some(closing)) = (one(BalanceKind::Opening), one(BalanceKind::Closing)) else {
            return Proof::None;
        };
        let difference = || {
            let sum = self.sum()?;
            let untold = |balance: Money| Money { currency: sum.currency, ..balance };
            untold(closing).checked_sub(untold(opening).checked_add(sum)?)
        };
        match difference() {
            Some(missing) if missing.units == 0 => Proof::Reconciled { by: ProofMethod::OpeningAndClosing },
            Some(missing) => Proof::NotReconciled { by: ProofMethod::OpeningAndClosing, missing, line: None },
            None => Proof::None,
        }
    }
}

impl Chain {
    /// `line` is that of the second of the two in the file.
    fn see(&mut self, earlier: Point, later: Point, line: u64) {
        let gap = gap(earlier, later);
        self.broken += u64::from(gap != Some(0));
        if gap.is_some_and(|gap| gap != 0) {
            self.fault.get_or_insert(line);
        }
    }
}

/// Stated minus computed between two neighbours, in units of the finer of the two; `None` where a balance is missing.
fn gap(earlier: Point, later: Point) -> Option<i128> {
    let computed = earlier.balance?.checked_add(later.amount)?;
    later.balance?.checked_sub(computed).map(|gap| gap.units)
}
