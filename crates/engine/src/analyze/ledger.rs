//! The transactions as the figures see them: one book per currency, amounts at one number of decimals per book.

use saldo_kernel::{Currency, Money};
use time::Date;

use super::exact::HEADROOM;
use crate::{
    Error, Import, Labels, RowSet,
    enrich::{CategoryIndex, PartyIndex, SpreadMap},
    store::{AccountIndex, Record, Tag},
};

/// A calendar month: twelve times the year, plus the month from 0.
pub(crate) type MonthIndex = i32;

/// The transactions of one currency.
pub(crate) struct Book {
    /// Known only if the file states it.
    pub(crate) currency: Option<Currency>,
    /// Decimals of every amount of the book: the most that any of them is written with.
    pub(crate) exponent: u8,
    pub(crate) first: Date,
    pub(crate) last: Date,
    /// Every transaction of the book.
    pub(crate) rows: RowSet,
}

impl Book {
    /// The currency in an id.
    pub(crate) fn code(&self) -> String {
        self.currency.map_or_else(|| "XXX".to_owned(), |currency| currency.to_string())
    }

    pub(crate) fn money(&self, units: i128) -> Money {
        Money::new(units, self.exponent, self.currency)
    }
}

/// One transaction with what is known of it.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    record: Record,
    /// Its number, from 1.
    pub(crate) number: u32,
    /// Its book, by place.
    pub(crate) book: usize,
    /// The amount at the book's number of decimals.
    pub(crate) units: i128,
    pub(crate) category: CategoryIndex,
    pub(crate) party: Option<PartyIndex>,
}

impl Entry {
    /// Booking date.
    pub(crate) fn date(&self) -> Date {
        self.record.date
    }

    pub(crate) fn month(&self) -> MonthIndex {
        month_of(self.date())
    }

    /// The line in the file, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.record.line
    }

    /// The running balance after it, where stated.
    pub(crate) fn balance(&self) -> Option<Money> {
        self.record.balance
    }

    /// The own account; `None` where the file names too many to tell them apart.
    pub(crate) fn account(&self) -> Option<AccountIndex> {
        self.record.account
    }

    /// A zero amount counts as money in, where it changes nothing.
    pub(crate) fn is_out(&self) -> bool {
        self.units < 0
    }
}

/// Every transaction, by book.
///
/// Invariant: in each book the sum of all absolute amounts fits into an `i128` with [`HEADROOM`] to spare. So no sum,
/// difference or share over any of its rows can overflow, and the figures need not check again.
pub(crate) struct Ledger<'a> {
    pub(crate) import: &'a Import,
    pub(crate) enriched: &'a Labels,
    /// The currency with the most transactions first.
    pub(crate) books: Vec<Book>,
    places: SpreadMap<u32, usize>,
}

impl<'a> Ledger<'a> {
    pub(crate) fn new(import: &'a Import, enriched: &'a Labels) -> Result<Self, Error> {
        let mut books = books(import);
        books.sort_by_key(|book| (std::cmp::Reverse(book.rows.len()), book.currency));
        let places = books.iter().enumerate().map(|(place, book)| (packed(book.currency), place)).collect();
        let ledger = Self { import, enriched, books, places };
        ledger.check()?;
        Ok(ledger)
    }

    /// How many transactions.
    pub(crate) fn len(&self) -> usize {
        self.import.transactions.len()
    }

    /// Every transaction in file order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry> {
        let both = self.import.transactions.records(0).zip(self.enriched.tags());
        both.enumerate().filter_map(|(place, (record, tag))| self.entry(place, record, tag))
    }

    /// The transaction of a number.
    pub(crate) fn numbered(&self, number: u32) -> Option<Entry> {
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        self.entry(place, self.import.transactions.record(place)?, self.enriched.tag(place)?)
    }

    fn entry(&self, place: usize, record: Record, tag: Tag) -> Option<Entry> {
        let book = *self.places.get(&packed(known(record.amount.currency)))?;
        Some(Entry {
            record,
            number: number(place),
            book,
            units: record.amount.scaled(self.books.get(book)?.exponent)?,
            category: tag.category,
            party: tag.party,
        })
    }

    /// Establishes the invariant.
    fn check(&self) -> Result<(), Error> {
        let limit = i128::MAX / HEADROOM;
        let mut sums = vec![0_i128; self.books.len()];
        for row in self.import.transactions.records(0) {
            let place = self.places.get(&packed(known(row.amount.currency))).copied().unwrap_or_default();
            let (Some(book), Some(sum)) = (self.books.get(place), sums.get_mut(place)) else { continue };
            let units = row.amount.scaled(book.exponent).and_then(i128::checked_abs);
            *sum = units
                .and_then(|units| sum.checked_add(units))
                .filter(|sum| *sum <= limit)
                .ok_or(Error::AmountOverflow)?;
        }
        Ok(())
    }
}

fn books(import: &Import) -> Vec<Book> {
    let mut books: Vec<Book> = Vec::new();
    let mut places: SpreadMap<u32, usize> = SpreadMap::default();
    for (place, row) in import.transactions.records(0).enumerate() {
        let currency = known(row.amount.currency);
        let book = *places.entry(packed(currency)).or_insert_with(|| {
            books.push(Book { currency, exponent: 0, first: row.date, last: row.date, rows: RowSet::default() });
            books.len() - 1
        });
        let Some(book) = books.get_mut(book) else { continue };
        book.exponent = book.exponent.max(row.amount.exponent);
        book.first = book.first.min(row.date);
        book.last = book.last.max(row.date);
        book.rows.push(number(place));
    }
    books
}

/// ISO 4217 keeps `XXX` for no currency, which is the same as not knowing one.
pub(crate) fn known(currency: Option<Currency>) -> Option<Currency> {
    currency.filter(|currency| currency.code() != "XXX")
}

/// A currency as a number; none is zero.
fn packed(currency: Option<Currency>) -> u32 {
    currency.map_or(0, |currency| currency.code().bytes().fold(0, |sum, letter| sum * 256 + u32::from(letter)))
}

/// A transaction's number by its place. No file that fits into memory reaches the end of `u32`.
fn number(place: usize) -> u32 {
    u32::try_from(place + 1).unwrap_or(u32::MAX)
}

pub(crate) fn month_of(date: Date) -> MonthIndex {
    date.year() * 12 + i32::from(u8::from(date.month())) - 1
}

/// Year, and month from 1.
pub(crate) fn year_and_month(month: MonthIndex) -> (i32, u8) {
    (month.div_euclid(12), u8::try_from(month.rem_euclid(12) + 1).unwrap_or(1))
}

/// The month as in ids: `2019-01`.
pub(crate) fn month_key(month: MonthIndex) -> String {
    let (year, month) = year_and_month(month);
    format!("{year:04}-{month:02}")
}

/// The first and last day of a month; `None` beyond the calendar.
pub(crate) fn days_of(month: MonthIndex) -> Option<(Date, Date)> {
    let (year, number) = year_and_month(month);
    let month = time::Month::try_from(number).ok()?;
    Some((
        Date::from_calendar_date(year, month, 1).ok()?,
        Date::from_calendar_date(year, month, month.length(year)).ok()?,
    ))
}
