//! What the running balances of several accounts in one file prove, each by itself.

use saldo_kernel::Currency;

use super::proof::Prover;
use crate::{Proof, StatedBalance, Transaction};

/// More are references taken for accounts.
const MAX_ACCOUNTS: usize = 64;

/// Compares movements with the balances beside them: of the file as one, and of each account and currency.
#[derive(Debug, Default)]
pub(crate) struct Provers {
    whole: Prover,
    parts: Vec<Part>,
    /// Where the last row went; neighbours are often of one account.
    last: usize,
    too_many: bool,
}

/// One account in one currency.
#[derive(Debug)]
struct Part {
    account: Box<str>,
    currency: Option<Currency>,
    rows: u64,
    prover: Prover,
}

impl Part {
    fn is_of(&self, one: &Transaction) -> bool {
        self.account == one.account && self.currency == one.amount.currency
    }
}

impl Provers {
    /// Adds the next movement of the file.
    pub(crate) fn see(&mut self, one: &Transaction) {
        self.whole.see(one);
        if self.too_many {
            return;
        }
        if !self.parts.get(self.last).is_some_and(|part| part.is_of(one)) {
            self.last = self.parts.iter().position(|part| part.is_of(one)).unwrap_or(self.parts.len());
        }
        if self.last >= MAX_ACCOUNTS {
            self.too_many = true;
            self.parts.clear();
            return;
        }
        if self.last == self.parts.len() {
            let (account, currency) = (one.account.clone(), one.amount.currency);
            self.parts.push(Part { account, currency, rows: 0, prover: Prover::default() });
        }
        if let Some(part) = self.parts.get_mut(self.last) {
            part.rows += 1;
            part.prover.see(one);
        }
    }

    /// What all balances prove. Where the file as one proves nothing, its accounts may: all of them have to agree, and a
    /// fault in one is told where another agrees, which shows that they are balances of accounts.
    pub(crate) fn prove(&self, balances: &[StatedBalance]) -> Proof {
        let whole = self.whole.prove(balances);
        if whole != Proof::None || self.parts.len() < 2 {
            return whole;
        }
        let proofs: Vec<Proof> =
            self.parts.iter().filter(|part| part.rows > 1).map(|part| part.prover.running()).collect();
        let agreed = proofs.iter().find(|proof| matches!(proof, Proof::Reconciled { .. }));
        let fault = proofs.iter().find(|proof| matches!(proof, Proof::NotReconciled { .. }));
        match (agreed, fault) {
            (Some(_), Some(fault)) => *fault,
            (Some(agreed), None) if !proofs.contains(&Proof::None) => *agreed,
            _ => Proof::None,
        }
    }
}
