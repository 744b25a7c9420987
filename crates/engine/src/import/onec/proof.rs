//! What the balances and totals of each account section prove about the documents of its account and period.

use saldo_kernel::Money;
use time::Date;

use super::{
    movements::{day, digits_of},
    sections::RawAccount,
};
use crate::{
    BalanceKind, Proof, ProofMethod, StatedBalance, Transaction,
    import::{plain::Form, words::Words},
};

/// An account section whose numbers are read; they have no currency.
pub(super) struct Account {
    line: u64,
    number: Box<str>,
    from: Option<Date>,
    to: Option<Date>,
    opening: Option<Money>,
    received: Option<Money>,
    paid: Option<Money>,
    closing: Option<Money>,
}

/// Money in, money out.
#[derive(Clone, Copy)]
struct Turnover {
    received: Money,
    paid: Money,
}

impl Account {
    pub(super) fn read(raw: &RawAccount, form: Form, words: &Words) -> Self {
        let money = |text: &Option<Box<str>>| text.as_deref().and_then(|text| form.read(text, words));
        Self {
            line: raw.line,
            number: raw.number.clone(),
            from: day(&raw.from, words),
            to: day(&raw.to, words),
            opening: money(&raw.opening),
            received: money(&raw.received),
            paid: money(&raw.paid),
            closing: money(&raw.closing),
        }
    }

    /// The two balances, as far as they are stated.
    pub(super) fn balances(&self, currency: Option<saldo_kernel::Currency>) -> Vec<StatedBalance> {
        let ends = [(BalanceKind::Opening, self.opening, self.from), (BalanceKind::Closing, self.closing, self.to)];
        let stated = ends.into_iter().filter_map(|(kind, amount, date)| {
            let amount = Money { currency, ..amount? };
            Some(StatedBalance { kind, amount, date, line: self.line, account: self.number.clone() })
        });
        stated.collect()
    }

    /// What moved on the account in the period; `None` where it cannot be added up.
    fn turnover(&self, transactions: &[Transaction], is_only: bool) -> Option<Turnover> {
        let own = digits_of(&self.number);
        let within = |date: Date| self.from.is_none_or(|from| date >= from) && self.to.is_none_or(|to| date <= to);
        let mut out = Turnover { received: Money::zero(None), paid: Money::zero(None) };
        for one in transactions.iter().filter(|one| within(one.date)) {
            if !is_only && digits_of(&one.account) != own {
                continue;
            }
            let amount = Money { currency: None, ..one.amount };
            if amount.units > 0 {
                out.received = out.received.checked_add(amount)?;
            } else {
                out.paid = out.paid.checked_sub(amount)?;
            }
        }
        Some(out)
    }

    /// Stated minus computed: of the balance, else of the totals. `None` where too little is stated.
    fn missing(&self, moved: Turnover) -> Option<Money> {
        let received = self.received.and_then(|stated| stated.checked_sub(moved.received));
        let paid = self.paid.and_then(|stated| moved.paid.checked_sub(stated));
        let net = moved.received.checked_sub(moved.paid)?;
        let ends = self
            .closing
            .zip(self.opening)
            .and_then(|(closing, opening)| closing.checked_sub(opening)?.checked_sub(net));
        let differs = |gap: &Money| gap.units != 0;
        let all = [ends, received, paid];
        all.into_iter().flatten().find(differs).or(ends).or_else(|| received.and(paid))
    }
}

/// Every section must hold. One that does not hold is a fault only if each movement is known to belong to an account.
pub(super) fn prove(accounts: &[Account], transactions: &[Transaction]) -> Proof {
    let by = ProofMethod::OpeningAndClosing;
    let known = transactions.iter().all(|one| !one.account.is_empty());
    let is_only = accounts.iter().all(|one| accounts.first().is_some_and(|first| first.number == one.number));
    let (mut proved, mut silent) = (false, false);
    for account in accounts {
        let Some(missing) = account.turnover(transactions, is_only).and_then(|moved| account.missing(moved)) else {
            silent = true;
            continue;
        };
        if missing.units != 0 {
            let fault = Proof::NotReconciled { by, missing, line: Some(account.line) };
            return if known { fault } else { Proof::None };
        }
        proved = true;
    }
    if proved && !silent { Proof::Reconciled { by } } else { Proof::None }
}
