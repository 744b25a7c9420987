//! Rows of books become movements, or are recognised as the other side of one.

use std::collections::HashMap;

use saldo_kernel::{Currency, Money};

use super::{Shape, Survey, label_of};
use crate::{
    AccountClass, Error, FigureBasis, LedgerAccount, Transaction,
    import::{
        table::{MoneyColumns, Plan, Record},
        words::{Side, Words},
    },
};

/// More sides than this of one entry are taken apart.
const MAX_SIDES: usize = 4_096;

/// Reads the rows of a book in file order.
pub(crate) struct Entries<'p> {
    plan: &'p Plan,
    words: &'p Words,
    survey: &'p Survey,
    accounts: Vec<LedgerAccount>,
    /// Of each account whether it only opens the books.
    openings: Vec<bool>,
    places: HashMap<(String, Option<Currency>), usize>,
    /// The sides of the entry that is being read.
    open: Vec<Line>,
    number: String,
    sum: i128,
    /// A sum did not fit.
    too_large: bool,
    /// Movements that are ready, in file order.
    pub(crate) ready: Vec<Transaction>,
    /// Rows that are no movement, since it was asked for last.
    pub(crate) recognized: u64,
}

/// One side of an entry; the amount is positive for a debit.
struct Line {
    row: Transaction,
    account: usize,
}

impl Shape {
    /// Places of the accounts a row is about: of a card its own one, of a journal both.
    pub(crate) fn own(&self, plan: &Plan, record: &Record) -> Vec<usize> {
        match (self, plan.money) {
            (Self::Pairs { debit, credit }, MoneyColumns::Pair { debit: Some(sum), .. }) => {
                vec![if record.get(sum).is_empty() { *credit } else { *debit }]
            }
            (Self::Pairs { debit, credit }, _) => vec![*debit, *credit],
            (Self::Sides { .. } | Self::Card { .. }, _) => Vec::new(),
        }
    }

    /// Whether it is the card of one account with its subaccounts.
    pub(crate) fn is_card(&self, plan: &Plan) -> bool {
        matches!((self, plan.money), (Self::Pairs { .. }, MoneyColumns::Pair { .. }) | (Self::Card { .. }, _))
    }

    /// An amount as the table writes it, as a debit: debits of two columns were taken for money out, and beside one
    /// column a letter may tell the side.
    pub(crate) fn debit(&self, plan: &Plan, record: &Record, amount: Money, words: &Words) -> Money {
        let is_credit = |place: usize| words.chart.balance_side(record.get(place)) == Some(Side::Out);
        match (plan.money, self) {
            (MoneyColumns::Pair { .. }, _) => Money { units: -amount.units, ..amount },
            (MoneyColumns::Single(_), Self::Sides { letter: Some(place), .. }) if is_credit(*place) => {
                Money { units: -amount.units, ..amount }
            }
            (MoneyColumns::Single(_), _) => amount,
        }
    }
}

impl<'p> Entries<'p> {
    pub(crate) fn new(plan: &'p Plan, survey: &'p Survey, words: &'p Words) -> Self {
        Self {
            plan,
            words,
            survey,
            accounts: Vec::new(),
            openings: Vec::new(),
            places: HashMap::new(),
            open: Vec::new(),
            number: String::new(),
            sum: 0,
            too_large: false,
            ready: Vec::new(),
            recognized: 0,
        }
    }

    /// Adds one row with its amount as the table writes it.
    pub(crate) fn take(&mut self, record: &Record, row: Transaction) {
        let row = self.with_signed_balance(record, row);
        match &self.survey.shape {
            Shape::Sides { accounts, .. } => self.side(record, accounts, row),
            Shape::Pairs { debit, credit } => self.pair(record, *debit, *credit, row),
            Shape::Card { account } => {
                let amount = self.survey.shape.debit(self.plan, record, row.amount, self.words);
                let account = self.account(account.clone(), amount.currency);
                self.post(account, amount);
                self.emit(Line { row: Transaction { amount, ..row }, account }, None);
            }
        }
    }

    /// Ends the last entry and gives the sums of all accounts.
    pub(crate) fn finish(&mut self) -> Result<Vec<LedgerAccount>, Error> {
        self.close();
        if self.too_large { Err(Error::AmountOverflow) } else { Ok(std::mem::take(&mut self.accounts)) }
    }

    /// A letter beside the balance tells whether the account has or owes it.
    fn with_signed_balance(&self, record: &Record, row: Transaction) -> Transaction {
        let side = self.plan.balance_side.and_then(|place| self.words.chart.balance_side(record.get(place)));
        let signed = |balance: Money| match side {
            Some(Side::Out) => Money { units: -balance.units, ..balance },
            _ => balance,
        };
        Transaction { balance: row.balance.map(signed), ..row }
    }

    fn side(&mut self, record: &Record, accounts: &[usize], row: Transaction) {
        let number = self.survey.voucher.map_or("", |place| record.get(place));
        let same_entry = self.open.last().is_some_and(|last| match self.survey.voucher {
            Some(_) => self.number == number && last.row.date == row.date,
            None => self.sum != 0,
        });
        if !same_entry || self.open.len() >= MAX_SIDES {
            self.close();
            number.clone_into(&mut self.number);
        }
        let amount = self.survey.shape.debit(self.plan, record, row.amount, self.words);
        let account = self.account(label_of(record, accounts), amount.currency);
        self.post(account, amount);
        self.sum = self.sum.saturating_add(amount.units);
        self.open.push(Line { row: Transaction { amount, ..row }, account });
    }

    fn pair(&mut self, record: &Record, debit: usize, credit: usize, row: Transaction) {
        let amount = self.survey.shape.debit(self.plan, record, row.amount, self.words);
        let own = self.survey.shape.own(self.plan, record);
        let is_card = self.survey.shape.is_card(self.plan);
        let sum = if is_card { Money { units: amount.units.abs(), ..amount } } else { amount };
        let currency = amount.currency;
        let (into, from) = (
            self.account(record.get(debit).to_owned(), currency),
            self.account(record.get(credit).to_owned(), currency),
        );
        self.post(into, sum);
        self.post(from, Money { units: -sum.units, ..sum });
        let opens = self.opens(into) || self.opens(from);
        let kept = |this: &Self, place: usize, account: usize| !opens && own.contains(&place) && this.keeps(account);
        let side = match (kept(self, debit, into), kept(self, credit, from)) {
            (true, false) => Some((into, from, sum)),
            (false, true) => Some((from, into, Money { units: -sum.units, ..sum })),
            // Between two money accounts nothing comes in or goes out.
            (true, true) | (false, false) => None,
        };
        match side {
            Some((account, other, amount)) => {
                let other = self.accounts.get(other).map(|other| other.account.clone());
                let line = Line { row: Transaction { amount, ..row }, account };
                self.emit(line, other);
            }
            None => self.recognized += 1,
        }
    }

    /// Gives out the movements of the entry that is complete.
    fn close(&mut self) {
        self.sum = 0;
        let lines = std::mem::take(&mut self.open);
        // What was there when the books were opened did not come in.
        let opens = lines.iter().any(|line| self.opens(line.account));
        let kept: Vec<bool> = lines.iter().map(|line| !opens && self.keeps(line.account)).collect();
        let others = || lines.iter().zip(&kept).filter(|(_, kept)| !**kept).map(|(line, _)| line);
        // The largest of the other accounts is what the movement is for.
        let of_side = |debit: bool| {
            let other = others().filter(|line| (line.row.amount.units > 0) == debit);
            other.max_by_key(|line| line.row.amount.units.unsigned_abs()).map(|line| line.account)
        };
        let largest = [of_side(false), of_side(true)];
        let names =
            largest.map(|place| place.and_then(|place| self.accounts.get(place)).map(|one| one.account.clone()));
        for (line, kept) in lines.into_iter().zip(kept) {
            if kept {
                let [credited, debited] = &names;
                let other = if line.row.amount.units > 0 { credited } else { debited };
                self.emit(line, other.clone());
            } else {
                self.recognized += 1;
            }
        }
    }

    /// A movement: money in is a debit of a money account and a credit of income.
    fn emit(&mut self, line: Line, other: Option<Box<str>>) {
        let own = self.accounts.get(line.account).map(|one| one.account.clone()).unwrap_or_default();
        let row = line.row;
        let (amount, balance, category) = match self.survey.basis {
            FigureBasis::IncomeAndExpenses => {
                (Money { units: -row.amount.units, ..row.amount }, None, Some(own.clone()))
            }
            FigureBasis::Movements | FigureBasis::MoneyAccounts | FigureBasis::Accounts => {
                (row.amount, row.balance, other)
            }
        };
        let category = if row.category.is_empty() { category.unwrap_or_default() } else { row.category };
        let description = if row.description.is_empty() { category.clone() } else { row.description };
        self.ready.push(Transaction { amount, balance, category, description, account: own, ..row });
    }

    fn opens(&self, account: usize) -> bool {
        self.openings.get(account).copied().unwrap_or(false)
    }

    fn keeps(&self, account: usize) -> bool {
        let class = self.accounts.get(account).and_then(|one| one.class);
        match self.survey.basis {
            FigureBasis::MoneyAccounts => class == Some(AccountClass::Cash),
            FigureBasis::IncomeAndExpenses => matches!(class, Some(AccountClass::Income | AccountClass::Expense)),
            FigureBasis::Movements | FigureBasis::Accounts => false,
        }
    }

    fn account(&mut self, label: String, currency: Option<Currency>) -> usize {
        if let Some(place) = self.places.get(&(label.clone(), currency)) {
            return *place;
        }
        let class = self.words.chart.class(&label, &self.plan.language);
        let zero = Money::new(0, self.plan.amounts.places, currency);
        let account = label.clone().into();
        self.openings.push(self.words.chart.items.is_opening(&label));
        self.accounts.push(LedgerAccount { account, class, opening: None, debit: zero, credit: zero, closing: None });
        self.places.insert((label, currency), self.accounts.len() - 1);
        self.accounts.len() - 1
    }

    /// Adds to the sums of an account; a debit is positive.
    fn post(&mut self, account: usize, amount: Money) {
        let Some(account) = self.accounts.get_mut(account) else { return };
        let side = if amount.units < 0 { &mut account.credit } else { &mut account.debit };
        match amount.units.checked_abs().and_then(|units| side.units.checked_add(units)) {
            Some(units) => side.units = units,
            None => self.too_large = true,
        }
    }
}
