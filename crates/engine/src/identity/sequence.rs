//! The movements of one file as a sequence of keys, the oldest first.

use saldo_kernel::Money;
use time::Date;

use super::{
    key::{KEY, Key, Keys},
    sorter::Sorter,
};
use crate::{
    Error, Scratch, Transaction, Transactions,
    store::{Log, LogWriter},
};

/// Bytes of one table that stay in memory: there are a few for each file.
const BUDGET: usize = 1 << 18;

/// Keys read at once.
const BLOCK: u64 = 4_096;

/// Keys in the order of the file, and sorted.
pub(crate) struct Table {
    pub(crate) in_order: Log,
    pub(crate) sorted: Log,
}

/// What is kept of a file to compare it with others.
pub(crate) struct Sequence {
    pub(crate) keys: Table,
    /// The keys with the running balances, where every row states one.
    pub(crate) balanced: Option<Table>,
    pub(crate) len: u64,
    /// The earliest and the latest day.
    pub(crate) days: Option<(Date, Date)>,
    /// Whether the newest row stands first in the file.
    pub(crate) newest_first: bool,
    /// The account and balance before the oldest and after the newest row.
    pub(crate) opens: Option<(Box<str>, Money)>,
    pub(crate) closes: Option<(Box<str>, Money)>,
    /// The same for the same rows in any order.
    pub(crate) fingerprint: u128,
}

impl Sequence {
    /// Walks over the transactions once.
    pub(crate) fn of(transactions: &Transactions, scratch: &Scratch) -> Result<Self, Error> {
        let scratch = Scratch { budget: scratch.budget.min(BUDGET), ..scratch.clone() };
        let mut keys = Keys::default();
        let (mut plain, mut balanced) = (Writer::new(&scratch), Some(Writer::new(&scratch)));
        let (mut order, mut ends) = (Order::default(), None::<(Transaction, Transaction)>);
        let (mut days, mut fingerprint) = (None::<(Date, Date)>, 0_u128);
        for row in transactions {
            let key = keys.of(&row);
            plain.push(key)?;
            fingerprint = fingerprint.wrapping_add(key);
            balanced = match (balanced, row.balance) {
                (Some(mut writer), Some(balance)) => {
                    writer.push(keys.with_balance(key, balance))?;
                    Some(writer)
                }
                _ => None,
            };
            days = Some(days.map_or((row.date, row.date), |(first, last)| (first.min(row.date), last.max(row.date))));
            if let Some((_, last)) = &ends {
                order.add(last, &row);
            }
            ends = Some((ends.map_or_else(|| row.clone(), |(first, _)| first), row));
        }
        transactions.check()?;
        let newest_first = order.is_newest_first();
        let (oldest, newest) = match ends {
            Some((first, last)) if newest_first => (Some(last), Some(first)),
            Some((first, last)) => (Some(first), Some(last)),
            None => (None, None),
        };
        Ok(Self {
            len: transactions.len() as u64,
            keys: plain.finish(&scratch)?,
            balanced: balanced.map(|writer| writer.finish(&scratch)).transpose()?,
            days,
            newest_first,
            opens: oldest.and_then(|row| Some((before(&row)?, row.account)).map(|(money, account)| (account, money))),
            closes: newest.and_then(|row| Some((row.account, row.balance?))),
            fingerprint,
        })
    }

    /// The keys, the oldest first or the newest first.
    pub(crate) fn walk<'l>(&self, keys: &'l Log, newest_first: bool) -> Walk<'l> {
        Walk { keys, len: self.len, backward: newest_first != self.newest_first, next: 0, block: Vec::new(), start: 0 }
    }

    /// Where the row that is `place`-th from the oldest stands in the file, and the other way round.
    pub(crate) fn turned(&self, place: u64) -> u64 {
        if self.newest_first { self.len - 1 - place } else { place }
    }
}

fn before(row: &Transaction) -> Option<Money> {
    row.balance?.checked_sub(Money { currency: row.balance?.currency, ..row.amount })
}

/// Counts what tells whether a file begins with its oldest or with its newest row.
#[derive(Default)]
struct Order {
    later: u64,
    earlier: u64,
    forward: u64,
    backward: u64,
}

impl Order {
    fn add(&mut self, one: &Transaction, next: &Transaction) {
        self.later += u64::from(next.date > one.date);
        self.earlier += u64::from(next.date < one.date);
        let same = |one: Option<Money>, other: Option<Money>| {
            one.zip(other).is_some_and(|(one, other)| one.compare(other) == Some(std::cmp::Ordering::Equal))
        };
        self.forward += u64::from(same(one.balance, before(next)));
        self.backward += u64::from(same(next.balance, before(one)));
    }

    /// By the days; within one day by the balances. A table in no order of days, where going back is about as frequent as
    /// going on, is left as it is, and so is every part of it.
    fn is_newest_first(&self) -> bool {
        match (self.earlier, self.later) {
            (0, 0) => self.backward > self.forward,
            (earlier, later) => earlier > later.saturating_mul(3),
        }
    }
}

struct Writer {
    in_order: LogWriter,
    sorter: Sorter<KEY>,
}

impl Writer {
    fn new(scratch: &Scratch) -> Self {
        Self { in_order: LogWriter::new(scratch.clone()), sorter: Sorter::new(scratch) }
    }

    fn push(&mut self, key: Key) -> Result<(), Error> {
        self.in_order.append(&key.to_be_bytes())?;
        self.sorter.push(key.to_be_bytes())
    }

    fn finish(self, scratch: &Scratch) -> Result<Table, Error> {
        let mut sorted = LogWriter::new(scratch.clone());
        self.sorter.each(|key| sorted.append(&key))?;
        Ok(Table { in_order: self.in_order.finish()?, sorted: sorted.finish()? })
    }
}

/// Reads keys one by one in either direction.
pub(crate) struct Walk<'l> {
    keys: &'l Log,
    len: u64,
    backward: bool,
    next: u64,
    block: Vec<u8>,
    /// The place of the block's first key.
    start: u64,
}

impl<'l> Walk<'l> {
    /// Over a sorted table.
    pub(crate) fn ascending(keys: &'l Log) -> Self {
        Self { keys, len: keys.len() / KEY as u64, backward: false, next: 0, block: Vec::new(), start: 0 }
    }

    /// Goes on with the key at a place of the walk.
    pub(crate) fn from(mut self, place: u64) -> Self {
        self.next = place;
        self
    }

    /// The next key; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Key>, Error> {
        if self.next >= self.len {
            return Ok(None);
        }
        let place = if self.backward { self.len - 1 - self.next } else { self.next };
        self.next += 1;
        let held = self.block.len() as u64 / KEY as u64;
        if !(self.start..self.start + held).contains(&place) {
            self.start = if self.backward { (place + 1).saturating_sub(BLOCK) } else { place };
            let count = if self.backward { place + 1 - self.start } else { BLOCK.min(self.len - place) };
            self.block.resize(count as usize * KEY, 0);
            self.keys.read_at(self.start * KEY as u64, &mut self.block)?;
        }
        let at = (place - self.start) as usize * KEY;
        Ok(self.block.get(at..at + KEY).and_then(|bytes| bytes.try_into().ok()).map(Key::from_be_bytes))
    }
}
