//! The groups: one sum for each key and currency, in a bounded table.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use saldo_kernel::{Currency, Money};
use time::{Date, Month};

use super::model::{GroupBy, Grouping, Key, Sum};
use crate::{Error, Transaction};

/// Most groups that are kept.
const MAX_GROUPS: u64 = 250_000;
/// Most bytes of all their keys.
const MAX_KEY_BYTES: usize = 32 << 20;
/// Behind a text of a key: no byte of UTF-8.
const END: u8 = 0xff;

/// A text of a row that rows can be grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Account,
    Category,
    Counterparty,
    /// By its place from 0.
    Column(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
    Text(Field),
    Currency,
}

#[derive(Clone, Copy, Default)]
struct Amounts {
    money_in: i128,
    money_out: i128,
    count: u64,
}

/// Sums by key.
pub(crate) struct Groups {
    parts: Vec<Part>,
    places: u8,
    all: HashMap<Box<[u8]>, Amounts, RandomState>,
    key: Vec<u8>,
    key_bytes: usize,
}

impl Groups {
    /// No sums yet. All amounts will have `places` decimals at most; `column` finds a column by its name.
    pub(crate) fn new(
        grouping: &Grouping,
        places: u8,
        column: &dyn Fn(&str) -> Result<usize, Error>,
    ) -> Result<Self, Error> {
        let part = |by: &GroupBy| {
            Ok(match by {
                GroupBy::Year => Part::Year,
                GroupBy::Month => Part::Month,
                GroupBy::Day => Part::Day,
                GroupBy::Account => Part::Text(Field::Account),
                GroupBy::Category => Part::Text(Field::Category),
                GroupBy::Counterparty => Part::Text(Field::Counterparty),
                GroupBy::Currency => Part::Currency,
                GroupBy::Column(name) => Part::Text(Field::Column(column(name)?)),
            })
        };
        let parts = grouping.0.iter().map(part).collect::<Result<_, Error>>()?;
        Ok(Self { parts, places, all: HashMap::default(), key: Vec::new(), key_bytes: 0 })
    }

    /// Adds a movement of `units` at the decimals of the groups.
    pub(crate) fn add<'t>(
        &mut self,
        date: Date,
        units: i128,
        currency: Option<Currency>,
        text: impl Fn(Field) -> &'t str,
    ) -> Result<(), Error> {
        let key = &mut self.key;
        key.clear();
        for part in &self.parts {
            match part {
                Part::Year => day(key, date.year(), 0, 0),
                Part::Month => day(key, date.year(), date.month().into(), 0),
                Part::Day => day(key, date.year(), date.month().into(), date.day()),
                Part::Text(field) => {
                    key.extend_from_slice(text(*field).as_bytes());
                    key.push(END);
                }
                Part::Currency => {}
            }
        }
        key.extend_from_slice(currency.as_ref().map_or(b"", |currency| currency.code().as_bytes()));
        if let Some(amounts) = self.all.get_mut(key.as_slice()) {
            return amounts.add(units);
        }
        self.key_bytes += key.len();
        if self.all.len() as u64 >= MAX_GROUPS || self.key_bytes > MAX_KEY_BYTES {
            return Err(Error::TooManyGroups { limit: MAX_GROUPS });
        }
        let mut amounts = Amounts::default();
        amounts.add(units)?;
        self.all.insert(key.as_slice().into(), amounts);
        Ok(())
    }

    /// Adds a movement that was read in full; `column` gives the text of a column.
    pub(crate) fn add_transaction<'t>(
        &mut self,
        one: &'t Transaction,
        column: impl Fn(usize) -> &'t str,
    ) -> Result<(), Error> {
        let units = one.amount.scaled(self.places).ok_or(Error::AmountOverflow)?;
        self.add(one.date, units, one.amount.currency, |field| match field {
            Field::Account => &one.account,
            Field::Category => &one.category,
            Field::Counterparty => &one.counterparty,
            Field::Column(place) => column(place),
        })
    }

    /// All sums, sorted.
    pub(crate) fn finish(self) -> Result<Vec<Sum>, Error> {
        let sums = self.all.iter().map(|(key, amounts)| self.sum(key, *amounts));
        let mut out = sums.collect::<Option<Vec<Sum>>>().ok_or(Error::AmountOverflow)?;
        out.sort_unstable_by(|one, other| (&one.key, one.currency).cmp(&(&other.key, other.currency)));
        Ok(out)
    }

    fn sum(&self, mut key: &[u8], amounts: Amounts) -> Option<Sum> {
        let mut found = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            found.push(match part {
                Part::Text(_) => {
                    let (text, rest) = key.split_at_checked(key.iter().position(|byte| *byte == END)?)?;
                    key = rest.get(1..)?;
                    Key::Text(String::from_utf8_lossy(text).into_owned())
                }
                Part::Currency => Key::Text(String::new()),
                Part::Year | Part::Month | Part::Day => {
                    let (date, rest) = key.split_first_chunk::<6>()?;
                    key = rest;
                    let [a, b, c, d, month, day] = *date;
                    let year = i32::from_be_bytes([a, b, c, d]);
                    match part {
                        Part::Year => Key::Year(year),
                        Part::Month => Key::Month(year, month),
                        _ => Key::Day(Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?),
                    }
                }
            });
        }
        let currency: Option<Currency> = std::str::from_utf8(key).ok()?.parse().ok();
        for (value, _) in found.iter_mut().zip(&self.parts).filter(|(_, part)| **part == Part::Currency) {
            *value = Key::Text(currency.map(|currency| currency.to_string()).unwrap_or_default());
        }
        let money = |units| Money::new(units, self.places, currency);
        Some(Sum {
            key: found,
            currency,
            money_in: money(amounts.money_in),
            money_out: money(amounts.money_out),
            net: money(amounts.money_in.checked_sub(amounts.money_out)?),
            count: amounts.count,
        })
    }
}

fn day(key: &mut Vec<u8>, year: i32, month: u8, day: u8) {
    let [a, b, c, d] = year.to_be_bytes();
    key.extend_from_slice(&[a, b, c, d, month, day]);
}

impl Amounts {
    fn add(&mut self, units: i128) -> Result<(), Error> {
        let (side, size) =
            if units < 0 { (&mut self.money_out, units.checked_neg()) } else { (&mut self.money_in, Some(units)) };
        *side = size.and_then(|size| side.checked_add(size)).ok_or(Error::AmountOverflow)?;
        self.count += 1;
        Ok(())
    }
}
