//! Opening, closing and month-end balances: as stated, or as the running balance tells them.

use std::collections::BTreeMap;

use saldo_kernel::Money;
use time::Date;

use super::{
    facts::{Facts, Place, formula, from_file, from_rows},
    ledger::{Book, Entry, Ledger, MonthIndex, days_of, known, month_key},
    months::Months,
};
use crate::{BalanceKind, RowSet, StatedBalance, Value};

/// More accounts than this in one currency are references taken for accounts.
pub(crate) const MAX_ACCOUNTS: usize = 20;

/// The running balances of one account of one book.
#[derive(Default)]
struct Account {
    /// First and last row in file order.
    first: Option<Point>,
    last: Option<Point>,
    /// How often neighbouring rows agree with the oldest row being first, and with it being last.
    forward: u64,
    backward: u64,
    /// Per month: the rows of its latest day that stand first and last in the file.
    months: BTreeMap<MonthIndex, (Point, Point)>,
}

/// A row as the balances see it.
#[derive(Clone, Copy)]
struct Point {
    number: u32,
    date: Date,
    amount: Money,
    balance: Option<Money>,
}

impl Point {
    fn before(&self) -> Option<Money> {
        self.balance?.checked_sub(self.amount)
    }
}

impl Account {
    fn add(&mut self, entry: &Entry, book: &Book) {
        let money = |money: Money| {
            let own = known(money.currency);
            (own.is_none() || own == book.currency).then_some(Money { currency: book.currency, ..money })
        };
        let amount = book.money(entry.units);
        let point =
            Point { number: entry.number, date: entry.date(), amount, balance: entry.balance().and_then(money) };
        if let Some(last) = self.last {
            let same = |one: Option<Money>, other: Option<Money>| {
                one.zip(other).is_some_and(|(one, other)| one.compare(other) == Some(std::cmp::Ordering::Equal))
            };
            self.forward += u64::from(same(last.balance, point.before()));
            self.backward += u64::from(same(point.balance, last.before()));
        }
        self.first.get_or_insert(point);
        self.last = Some(point);
        let month = self.months.entry(entry.month()).or_insert((point, point));
        if point.date > month.0.date {
            month.0 = point;
        }
        if point.date >= month.1.date {
            month.1 = point;
        }
    }

    /// Whether the newest row stands first in the file.
    fn is_newest_first(&self) -> bool {
        match self.forward.cmp(&self.backward) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Greater => false,
            std::cmp::Ordering::Equal => self.first.zip(self.last).is_some_and(|(first, last)| first.date > last.date),
        }
    }

    fn oldest(&self) -> Option<Point> {
        if self.is_newest_first() { self.last } else { self.first }
    }

    fn newest(&self) -> Option<Point> {
        if self.is_newest_first() { self.first } else { self.last }
    }

    /// The last row at or before the end of a month.
    fn at_end_of(&self, month: MonthIndex) -> Option<Point> {
        let (_, (first, last)) = self.months.range(..=month).next_back()?;
        Some(if self.is_newest_first() { *first } else { *last })
    }
}

/// The accounts of every book; `None` where there are too many to be accounts.
pub(crate) struct Balances<'a>(Vec<Option<BTreeMap<&'a str, Account>>>);

impl<'a> Balances<'a> {
    pub(crate) fn new(ledger: &'a Ledger<'_>) -> Self {
        let mut books: Vec<Option<BTreeMap<&str, Account>>> =
            ledger.books.iter().map(|_| Some(BTreeMap::new())).collect();
        for entry in ledger.entries() {
            let (Some(place), Some(book)) = (books.get_mut(entry.book), ledger.books.get(entry.book)) else { continue };
            let Some(accounts) = place else { continue };
            let account = entry.account().map(|account| ledger.import.transactions.account(account));
            account.into_iter().for_each(|account| accounts.entry(account).or_default().add(&entry, book));
            if account.is_none() || accounts.len() > MAX_ACCOUNTS {
                *place = None;
            }
        }
        Self(books)
    }

    /// `opening_balance` and `closing_balance` of a book, summed over its accounts.
    pub(crate) fn ends(&self, place: usize, ledger: &Ledger<'_>, facts: &mut Facts) {
        let (Some(book), Some(Some(accounts))) = (ledger.books.get(place), self.0.get(place)) else { return };
        let first = Place::book(book).during(Some((book.first, book.first)));
        let last = Place::book(book).during(Some((book.last, book.last)));
        if let Some(sum) = stated(BalanceKind::Opening, book, accounts, ledger) {
            facts.add("opening_balance", first, Value::Money(sum), from_file(formula::STATED));
        } else if let Some((sum, rows)) = summed(accounts.values().map(Account::oldest), Point::before) {
            facts.add("opening_balance", first, Value::Money(sum), from_rows(&rows, formula::BALANCE_BEFORE));
        }
        if let Some(sum) = stated(BalanceKind::Closing, book, accounts, ledger) {
            facts.add("closing_balance", last, Value::Money(sum), from_file(formula::STATED));
        } else if let Some((sum, rows)) = summed(accounts.values().map(Account::newest), |point| point.balance) {
            facts.add("closing_balance", last, Value::Money(sum), from_rows(&rows, formula::BALANCE));
        }
    }

    /// `opening_balance` and `closing_balance` of one account of a book.
    pub(crate) fn of_account(&self, place: usize, name: &str, ledger: &Ledger<'_>, facts: &mut Facts) {
        let (Some(book), Some(Some(accounts))) = (ledger.books.get(place), self.0.get(place)) else { return };
        let Some(account) = accounts.get(name) else { return };
        let at = Place::of(book, "account", name);
        let before = summed(std::iter::once(account.oldest()), Point::before);
        let after = summed(std::iter::once(account.newest()), |point| point.balance);
        for (metric, kind, day, told, formula) in [
            ("opening_balance", BalanceKind::Opening, book.first, before, formula::BALANCE_BEFORE),
            ("closing_balance", BalanceKind::Closing, book.last, after, formula::BALANCE),
        ] {
            let at = at.during(Some((day, day)));
            let own = of_book(kind, book, ledger).filter(|balance| *balance.account == *name).collect::<Vec<_>>();
            if let Some(stated) = outermost(kind, &own) {
                let amount = Money { currency: book.currency, ..stated.amount };
                facts.add(metric, at, Value::Money(amount), from_file(formula::STATED));
            } else if let Some((sum, rows)) = told {
                facts.add(metric, at, Value::Money(sum), from_rows(&rows, formula));
            }
        }
    }

    /// `balance` at the end of each month that every account's running balance tells. A month without transactions keeps
    /// the balance of the month before.
    pub(crate) fn by_month(&self, place: usize, months: &Months, ledger: &Ledger<'_>, facts: &mut Facts) {
        let (Some(book), Some(Some(accounts))) = (ledger.books.get(place), self.0.get(place)) else { return };
        for month in &months.list {
            let ends = accounts.values().map(|account| account.at_end_of(month.month));
            let Some((sum, rows)) = summed(ends, |point| point.balance) else { continue };
            let key = month_key(month.month);
            let place = Place::of(book, "month", &key).during(days_of(month.month).map(|(_, last)| (last, last)));
            facts.add("balance", place, Value::Money(sum), from_rows(&rows, formula::BALANCE));
        }
    }
}

/// The sum over all accounts, with the rows that tell it; `None` where one account does not tell.
fn summed(
    points: impl Iterator<Item = Option<Point>>,
    part: impl Fn(&Point) -> Option<Money>,
) -> Option<(Money, RowSet)> {
    let mut sum: Option<Money> = None;
    let mut numbers = Vec::new();
    for point in points {
        let point = point?;
        let value = part(&point)?;
        sum = Some(sum.map_or(Some(value), |sum| sum.checked_add(value))?);
        numbers.push(point.number);
    }
    Some((sum?, numbers.into_iter().collect()))
}

/// What the file states for a book.
fn of_book<'a>(kind: BalanceKind, book: &'a Book, ledger: &'a Ledger<'_>) -> impl Iterator<Item = &'a StatedBalance> {
    ledger.import.balances.iter().filter(move |balance| {
        let currency = known(balance.amount.currency);
        balance.kind == kind && (currency == book.currency || (currency.is_none() && ledger.books.len() == 1))
    })
}

/// The sum of what the file states for the accounts of a book; `None` where it does not for one of them.
fn stated(kind: BalanceKind, book: &Book, accounts: &BTreeMap<&str, Account>, ledger: &Ledger<'_>) -> Option<Money> {
    let all: Vec<&StatedBalance> = of_book(kind, book, ledger).collect();
    let mut sum = Money::zero(book.currency);
    for account in accounts.keys() {
        let own: Vec<_> = all.iter().filter(|balance| *balance.account == **account).copied().collect();
        let own = if own.is_empty() && accounts.len() == 1 { all.clone() } else { own };
        let outer = outermost(kind, &own)?;
        sum = sum.checked_add(Money { currency: book.currency, ..outer.amount })?;
    }
    Some(sum)
}

/// Of several statements in one file: the first opening and the last closing balance, by date where all have one.
fn outermost<'a>(kind: BalanceKind, all: &[&'a StatedBalance]) -> Option<&'a StatedBalance> {
    let dated = all.iter().all(|balance| balance.date.is_some());
    let newest_first = dated && all.first().zip(all.last()).is_some_and(|(first, last)| first.date > last.date);
    match (kind, newest_first) {
        (BalanceKind::Opening, false) | (BalanceKind::Closing, true) => all.first().copied(),
        (BalanceKind::Opening, true) | (BalanceKind::Closing, false) => all.last().copied(),
    }
}
