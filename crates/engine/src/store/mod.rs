//! The transactions of a file, whatever their number: records of one width and their texts, each in memory or in a file
//! without a name.
//!
//! Invariant: memory does not grow with the number of rows beyond [`Scratch::budget`].

mod accounts;
mod log;
mod record;
mod scratch;
mod texts;

use std::{
    fmt,
    io::ErrorKind,
    sync::{Arc, OnceLock},
};

pub(crate) use self::log::{Log, LogReader, LogWriter};
pub(crate) use self::{accounts::AccountIndex, record::Record};
use self::{accounts::Accounts, record::WIDTH};
pub use scratch::Scratch;

use saldo_kernel::Money;
use time::Date;

use crate::{Error, Transaction};

/// Takes transactions in file order.
#[derive(Debug)]
pub(crate) struct Appender {
    records: LogWriter,
    texts: LogWriter,
    accounts: Accounts,
    buffer: Vec<u8>,
    count: u32,
}

impl Appender {
    pub(crate) fn new(scratch: &Scratch) -> Self {
        Self {
            records: LogWriter::new(scratch.clone()),
            texts: LogWriter::new(scratch.clone()),
            accounts: Accounts::default(),
            buffer: Vec::new(),
            count: 0,
        }
    }

    /// Adds one.
    ///
    /// Fails where it has to go to a file and cannot, or where its number would not fit.
    pub(crate) fn push(&mut self, one: &Transaction) -> Result<(), Error> {
        self.count = self.count.checked_add(1).ok_or(Error::TooManyRows { limit: u64::from(u32::MAX) })?;
        let account = self.accounts.index(&one.account);
        let record = Record {
            line: one.line,
            date: one.date,
            amount: one.amount,
            balance: one.balance,
            account,
            texts: self.texts.len(),
        };
        self.records.append(&record.encode())?;
        // An account with an index is kept once, under it.
        let account = if account.is_some() { "" } else { &*one.account };
        self.buffer.clear();
        for text in [&*one.counterparty, &*one.description, &*one.category, account] {
            texts::put(text, &mut self.buffer);
        }
        self.texts.append(&self.buffer)
    }

    /// All of them.
    pub(crate) fn finish(self) -> Result<Transactions, Error> {
        Ok(Transactions(Arc::new(Store {
            records: self.records.finish()?,
            texts: self.texts.finish()?,
            accounts: self.accounts.into_names(),
            fault: OnceLock::new(),
        })))
    }
}

/// The transactions of a file in file order; a transaction's number is its place plus one.
///
/// A large file's are read back from the disk. Where that fails, walks end early and [`Transactions::check`] tells it.
#[derive(Clone, Default)]
pub struct Transactions(Arc<Store>);

#[derive(Default)]
struct Store {
    records: Log,
    texts: Log,
    accounts: Vec<Box<str>>,
    /// The first error of reading.
    fault: OnceLock<(ErrorKind, String)>,
}

impl Transactions {
    /// Keeps a list.
    ///
    /// # Errors
    /// The scratch folder is needed and takes no file, or no more bytes.
    pub fn keep(list: &[Transaction], scratch: &Scratch) -> Result<Self, Error> {
        let mut appender = Appender::new(scratch);
        list.iter().try_for_each(|one| appender.push(one))?;
        appender.finish()
    }

    /// How many.
    pub fn len(&self) -> usize {
        usize::try_from(self.0.records.len()).unwrap_or(usize::MAX) / WIDTH
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The one at a place, from 0.
    pub fn get(&self, place: usize) -> Option<Transaction> {
        self.from(place).next()
    }

    /// All in file order.
    pub fn iter(&self) -> Iter<'_> {
        self.from(0)
    }

    /// The amounts in file order.
    pub fn amounts(&self) -> impl Iterator<Item = Money> {
        self.records(0).map(|record| record.amount)
    }

    /// The first and the last day.
    pub fn days(&self) -> Option<(Date, Date)> {
        let days = self.records(0).map(|record| (record.date, record.date));
        days.reduce(|(first, last), (one, other)| (first.min(one), last.max(other)))
    }

    /// All as a list.
    pub fn to_vec(&self) -> Vec<Transaction> {
        self.iter().collect()
    }

    /// Whether everything that was walked over could be read.
    ///
    /// # Errors
    /// The first failure to read a file back.
    pub fn check(&self) -> Result<(), Error> {
        match self.0.fault.get() {
            None => Ok(()),
            Some((kind, text)) => Err(Error::ScratchNotReadable(std::io::Error::new(*kind, text.clone()))),
        }
    }

    /// All without their texts, from a place on.
    pub(crate) fn records(&self, place: usize) -> Records<'_> {
        let at = (place as u64).saturating_mul(WIDTH as u64);
        Records { store: &self.0, reader: self.0.records.reader(at), left: self.len().saturating_sub(place) }
    }

    /// The name of an account; empty for the one that is not stated.
    pub(crate) fn account(&self, account: AccountIndex) -> &str {
        self.0.account(account)
    }

    /// The one at a place, from 0, without its texts.
    pub(crate) fn record(&self, place: usize) -> Option<Record> {
        if place >= self.len() {
            return None;
        }
        let mut bytes = [0; WIDTH];
        self.0.told(self.0.records.read_at((place as u64) * WIDTH as u64, &mut bytes))?;
        self.0.told(Record::decode(&bytes).ok_or_else(damaged))
    }

    pub(crate) fn from(&self, place: usize) -> Iter<'_> {
        Iter { store: &self.0, records: self.records(place), texts: None }
    }
}

impl Store {
    /// The value; an error ends the walk and is kept.
    fn told<T>(&self, result: Result<T, Error>) -> Option<T> {
        let keep = |error: Error| {
            let kind = if let Error::ScratchNotReadable(cause) = &error { cause.kind() } else { ErrorKind::Other };
            self.fault.get_or_init(|| (kind, error.to_string()));
        };
        result.map_err(keep).ok()
    }

    fn account(&self, account: AccountIndex) -> &str {
        usize::try_from(account).ok().and_then(|place| self.accounts.get(place)).map_or("", |name| name)
    }
}

fn damaged() -> Error {
    Error::ScratchNotReadable(ErrorKind::InvalidData.into())
}

/// Walks over transactions without their texts.
pub(crate) struct Records<'s> {
    store: &'s Store,
    reader: LogReader<'s>,
    left: usize,
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        self.left = self.left.checked_sub(1)?;
        let record = self.reader.take(WIDTH).and_then(|bytes| Record::decode(bytes).ok_or_else(damaged));
        self.store.told(record)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.left))
    }
}

/// Walks over transactions.
pub struct Iter<'s> {
    store: &'s Store,
    records: Records<'s>,
    texts: Option<LogReader<'s>>,
}

impl Iterator for Iter<'_> {
    type Item = Transaction;

    fn next(&mut self) -> Option<Transaction> {
        let record = self.records.next()?;
        let reader = self.texts.get_or_insert_with(|| self.store.texts.reader(record.texts));
        let mut text = || self.store.told(texts::take(reader));
        let [counterparty, description, category, account] = [text()?, text()?, text()?, text()?];
        Some(Transaction {
            line: record.line,
            date: record.date,
            amount: record.amount,
            balance: record.balance,
            counterparty,
            description,
            category,
            account: record.account.map_or(account, |index| self.store.account(index).into()),
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.records.size_hint()
    }
}

impl<'s> IntoIterator for &'s Transactions {
    type Item = Transaction;
    type IntoIter = Iter<'s>;

    fn into_iter(self) -> Iter<'s> {
        self.iter()
    }
}

impl fmt::Debug for Transactions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl PartialEq for Transactions {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other)
    }
}
