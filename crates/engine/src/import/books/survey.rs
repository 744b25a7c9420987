//! One pass over the rows of a book before they are read: which accounts it has, and whether its entries balance.

use std::{
    collections::HashMap,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
};

use saldo_kernel::Money;

use super::{Shape, are_of_books, code_and_name, label_of};
use crate::{
    AccountClass, Error, FigureBasis, Proof, ProofMethod, Transaction,
    import::{
        table::{Plan, Record},
        words::Words,
    },
};

/// More are no accounts of books.
const MAX_ACCOUNTS: usize = 20_000;
/// More entries than this are not followed one by one.
const MAX_ENTRIES: usize = 1_000_000;
/// As many columns are tried as numbers of entries.
const MAX_CANDIDATES: usize = 4;

/// What a book is read with.
#[derive(Clone, Debug)]
pub(crate) struct Survey {
    pub(crate) shape: Shape,
    /// What its movements are.
    pub(crate) basis: FigureBasis,
    /// The column that numbers the entries.
    pub(crate) voucher: Option<usize>,
    /// Whether every entry balances; none for rows that are entries by themselves.
    pub(crate) proof: Option<Proof>,
}

/// Collects while the rows pass.
pub(crate) struct Surveyor<'p> {
    plan: &'p Plan,
    words: &'p Words,
    shape: &'p Shape,
    classes: HashMap<String, Option<AccountClass>>,
    entries: Vec<Numbered>,
    lines: u64,
    /// Debits less credits; `None` where they are too large to be added up.
    sum: Option<i128>,
    moved: bool,
}

/// The open sums of the entries that a column numbers, each with its first line.
struct Numbered {
    column: usize,
    open: HashMap<u64, (i128, u64)>,
}

impl<'p> Surveyor<'p> {
    pub(crate) fn new(plan: &'p Plan, shape: &'p Shape, words: &'p Words) -> Self {
        let candidates = plan.references(words).into_iter().take(MAX_CANDIDATES);
        let entries = candidates.map(|column| Numbered { column, open: HashMap::new() }).collect();
        Self { plan, words, shape, classes: HashMap::new(), entries, lines: 0, sum: Some(0), moved: false }
    }

    /// Adds a row with its amount as the table writes it.
    pub(crate) fn see(&mut self, record: &Record, row: &Transaction) {
        self.lines += 1;
        match self.shape {
            Shape::Pairs { .. } => {
                for place in self.shape.own(self.plan, record) {
                    self.note(record.get(place).to_owned());
                }
            }
            Shape::Card { account } => self.note(account.clone()),
            Shape::Sides { accounts, .. } => {
                self.note(label_of(record, accounts));
                let units = self.shape.debit(self.plan, record, row.amount, self.words).units;
                self.moved |= units != 0;
                self.sum = self.sum.and_then(|sum| sum.checked_add(units));
                let hasher = BuildHasherDefault::<DefaultHasher>::default();
                for one in &mut self.entries {
                    // The same number may come again in another month.
                    let key = hasher.hash_one((record.get(one.column), row.date));
                    if one.open.len() < MAX_ENTRIES || one.open.contains_key(&key) {
                        let open = one.open.entry(key).or_insert((0, row.line));
                        open.0 = open.0.saturating_add(units);
                    }
                }
            }
        }
    }

    fn note(&mut self, label: String) {
        if !label.is_empty() && self.classes.len() < MAX_ACCOUNTS && !self.classes.contains_key(&label) {
            let class = self.words.chart.class(&label, &self.plan.language);
            self.classes.insert(label, class);
        }
    }

    /// What it is read with; `None` where it is no book. Fails where it is the card of an account whose movements are
    /// neither money nor income nor expenses.
    pub(crate) fn finish(self) -> Result<Option<Survey>, Error> {
        if self.classes.len() >= MAX_ACCOUNTS {
            return Ok(None);
        }
        let (proof, voucher) = match self.shape {
            Shape::Pairs { .. } | Shape::Card { .. } => (None, None),
            Shape::Sides { .. } => match self.balanced() {
                Some(found) => (Some(found.0), found.1),
                None => return Ok(None),
            },
        };
        let has = |wanted: &[AccountClass]| self.classes.values().flatten().any(|class| wanted.contains(class));
        let basis = if has(&[AccountClass::Cash]) {
            FigureBasis::MoneyAccounts
        } else if has(&[AccountClass::Income, AccountClass::Expense]) {
            FigureBasis::IncomeAndExpenses
        } else if self.shape.is_card(self.plan) {
            let mut accounts: Vec<String> = self.classes.into_keys().collect();
            accounts.sort_unstable();
            accounts.truncate(3);
            return Err(Error::AccountOfNoMoney { account: accounts.join(", ") });
        } else {
            FigureBasis::Accounts
        };
        Ok(Some(Survey { shape: self.shape.clone(), basis, voucher, proof }))
    }

    /// The proof that it is a book, and the column that numbers its entries. Rows that do not balance are a book only
    /// where its headers and its accounts say so.
    fn balanced(&self) -> Option<(Proof, Option<usize>)> {
        let by = ProofMethod::DoubleEntry;
        let fewer = |one: &&Numbered| (one.open.len() as u64) < self.lines && one.open.len() < MAX_ENTRIES;
        let closed = |one: &&Numbered| one.open.values().all(|open| open.0 == 0);
        if let Some(one) = self.entries.iter().filter(fewer).find(closed).filter(|_| self.moved) {
            return Some((Proof::Reconciled { by }, Some(one.column)));
        }
        let by_headers = !self.plan.ledger_headers(self.words).is_empty();
        let numbered =
            self.entries.iter().filter(fewer).min_by_key(|one| one.open.values().filter(|open| open.0 != 0).count());
        if self.sum == Some(0) && self.moved {
            return Some((Proof::Reconciled { by }, None));
        }
        let by_numbers = self.classes.keys().all(|label| !code_and_name(label).0.is_empty());
        if !(by_headers || by_numbers) || !are_of_books(self.classes.values().flatten().copied()) {
            return None;
        }
        let broken = numbered.and_then(|one| one.open.values().filter(|open| open.0 != 0).min_by_key(|open| open.1));
        let line = broken.map(|(_, line)| *line);
        let places = self.plan.amounts.places;
        let proof = self.sum.map_or(Proof::None, |sum| {
            let missing = Money::new(-sum, places, None);
            Proof::NotReconciled { by, missing, line }
        });
        Some((proof, numbered.map(|one| one.column)))
    }
}
