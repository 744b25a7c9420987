//! Statements of accounts that state their own balances: what the readers of MT940 and CAMT build up.

mod amount;
mod proof;
mod repeats;

use std::collections::BTreeMap;

use saldo_kernel::{Currency, Money};
use time::Date;

pub(crate) use self::amount::exact;
use super::limits::{Limits, MAX_SHOWN_CHARS};
use crate::{BalanceKind, Counts, Error, Import, Rejected, Scratch, Source, Transaction, Transactions};

/// One statement, report or page of one account.
#[derive(Default)]
pub(crate) struct Statement {
    account: Box<str>,
    /// Of amounts that do not state their own.
    currency: Option<Currency>,
    balances: Vec<Balance>,
    /// Per currency; `None` where the sum is too large.
    sums: Vec<(Option<Currency>, Option<Money>)>,
    /// A report in the course of a day or a notification: a statement of the same day tells its movements again.
    interim: bool,
    /// The same as another statement of the file.
    copy: bool,
}

/// A balance as a statement states it.
#[derive(Clone, Copy)]
pub(crate) struct Balance {
    pub(crate) kind: BalanceKind,
    /// Of several of one kind the lowest counts.
    pub(crate) rank: u8,
    /// A balance that is not firm may prove the movements, but never disprove them.
    pub(crate) firm: bool,
    pub(crate) amount: Money,
    pub(crate) date: Option<Date>,
    pub(crate) line: u64,
}

/// Everything that was read of a file so far.
#[derive(Default)]
pub(crate) struct Statements {
    all: Vec<Statement>,
    transactions: Vec<Transaction>,
    /// The statement of each transaction.
    owners: Vec<usize>,
    counts: Counts,
    rejected: Vec<Rejected>,
    balances: u64,
    limits: Limits,
}

impl Statements {
    /// Nothing read yet.
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Starts a statement; what follows belongs to it.
    pub(crate) fn begin(&mut self, account: &str) -> Result<(), Error> {
        self.within_limit(self.all.len() as u64)?;
        self.all.push(Statement { account: account.into(), ..Statement::default() });
        Ok(())
    }

    fn within_limit(&self, count: u64) -> Result<(), Error> {
        let limit = self.limits.rows;
        if count < limit { Ok(()) } else { Err(Error::TooManyRows { limit }) }
    }

    /// The account of the last statement.
    pub(crate) fn account(&self) -> &str {
        self.all.last().map_or("", |one| &one.account)
    }

    /// States the account of the last statement; the first word counts.
    pub(crate) fn set_account(&mut self, account: &str) {
        if let Some(one) = self.all.last_mut().filter(|one| one.account.is_empty()) {
            one.account = account.into();
        }
    }

    /// Says that the last statement is an interim one, unless it states balances already.
    pub(crate) fn set_interim(&mut self) {
        self.all.last_mut().filter(|one| one.balances.is_empty()).into_iter().for_each(|one| one.interim = true);
    }

    /// The currency of the last statement.
    pub(crate) fn currency(&self) -> Option<Currency> {
        self.all.last().and_then(|one| one.currency)
    }

    /// States the currency of the last statement; the first word counts.
    pub(crate) fn set_currency(&mut self, currency: Option<Currency>) {
        if let Some(one) = self.all.last_mut() {
            one.currency = one.currency.or(currency);
        }
    }

    /// States a balance of the last statement.
    pub(crate) fn state(&mut self, balance: Balance) -> Result<(), Error> {
        self.within_limit(self.balances)?;
        self.balances += 1;
        if let Some(one) = self.all.last_mut() {
            one.balances.push(balance);
        }
        Ok(())
    }

    /// Adds a movement; the account is that of the last statement.
    pub(crate) fn add(&mut self, transaction: Transaction) -> Result<(), Error> {
        self.count()?;
        self.owners.push(self.all.len().saturating_sub(1));
        self.transactions.push(Transaction { account: self.account().into(), ..transaction });
        Ok(())
    }

    /// Counts an entry that is no booked movement.
    pub(crate) fn recognize(&mut self) -> Result<(), Error> {
        self.count()?;
        self.counts.recognized += 1;
        Ok(())
    }

    /// Counts an entry that could not be read.
    pub(crate) fn reject(&mut self, line: u64, fault: &Fault) -> Result<(), Error> {
        self.count()?;
        self.counts.rejected += 1;
        if self.rejected.len() < Import::MAX_REJECTED_SHOWN {
            self.rejected.push(Rejected {
                line,
                reason: fault.reason,
                column: fault.field.to_owned(),
                value: fault.value.chars().take(MAX_SHOWN_CHARS).collect(),
            });
        }
        Ok(())
    }

    fn count(&mut self) -> Result<(), Error> {
        self.within_limit(self.counts.read)?;
        self.counts.read += 1;
        Ok(())
    }

    /// Gives every amount its currency and the decimals of that currency in this file, and proves the statements.
    pub(crate) fn finish(mut self, source: Source, scratch: &Scratch) -> Result<Import, Error> {
        let mut places = Places::new();
        for (one, owner) in self.transactions.iter_mut().zip(&self.owners) {
            let stated = self.all.get(*owner).and_then(|statement| statement.currency);
            one.amount.currency = one.amount.currency.or(stated);
            see(&mut places, one.amount);
        }
        for statement in &mut self.all {
            for balance in &mut statement.balances {
                balance.amount.currency = balance.amount.currency.or(statement.currency);
                see(&mut places, balance.amount);
            }
        }
        for one in self.all.iter_mut().flat_map(|statement| &mut statement.balances) {
            one.amount = aligned(&places, one.amount)?;
        }
        for one in &mut self.transactions {
            one.amount = aligned(&places, one.amount)?;
        }
        self.leave_out_repeats();
        for (one, owner) in self.transactions.iter().zip(&self.owners) {
            if let Some(statement) = self.all.get_mut(*owner) {
                statement.sum_up(one.amount);
            }
        }
        self.all.retain(|one| !one.copy);
        let (proof, balances) = proof::prove(&self.all);
        let mut currencies = self.all.iter().map(|one| one.currency);
        let first = currencies.next().flatten().filter(|first| currencies.all(|other| other == Some(*first)));
        Ok(Import {
            source: Source { currency: first, ..source },
            transactions: Transactions::keep(&self.transactions, scratch)?,
            counts: self.counts,
            rejected: self.rejected,
            balances,
            proof,
            accounts: Vec::new(),
        })
    }

    /// Counts movements that the file tells twice as recognised.
    fn leave_out_repeats(&mut self) {
        let repeats = repeats::find(&mut self.all, &self.transactions, &self.owners);
        self.counts.recognized += repeats.iter().filter(|one| **one).count() as u64;
        let mut kept = repeats.iter().map(|repeats| !repeats);
        self.transactions.retain(|_| kept.next().unwrap_or(true));
        let mut kept = repeats.iter().map(|repeats| !repeats);
        self.owners.retain(|_| kept.next().unwrap_or(true));
    }
}

impl Statement {
    fn sum_up(&mut self, amount: Money) {
        match self.sums.iter_mut().find(|(currency, _)| *currency == amount.currency) {
            Some((_, sum)) => *sum = sum.and_then(|sum| sum.checked_add(amount)),
            None => self.sums.push((amount.currency, Some(amount))),
        }
    }
}

/// Why an entry could not be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Stable, as in [`Rejected`].
    pub(crate) reason: &'static str,
    /// The field of the format.
    pub(crate) field: &'static str,
    pub(crate) value: String,
}

impl Fault {
    pub(crate) fn new(reason: &'static str, field: &'static str, value: &str) -> Self {
        Self { reason, field, value: value.chars().take(MAX_SHOWN_CHARS).collect() }
    }
}

/// The most decimals of each currency.
type Places = BTreeMap<Option<Currency>, u8>;

fn see(places: &mut Places, amount: Money) {
    let most = places.entry(amount.currency).or_default();
    *most = (*most).max(amount.exponent);
}

fn aligned(places: &Places, amount: Money) -> Result<Money, Error> {
    let most = places.get(&amount.currency).copied().unwrap_or(amount.exponent);
    let units = amount.scaled(most).ok_or(Error::AmountOverflow)?;
    Ok(Money::new(units, most, amount.currency))
}
