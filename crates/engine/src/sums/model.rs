//! What sums are asked for and what they are.

use std::{fmt, str::FromStr};

use saldo_kernel::{Currency, Money};
use time::Date;

use crate::{Counts, Question, Rejected, Source};

/// One key that rows are grouped by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The calendar year of the booking date.
    Year,
    /// Its month.
    Month,
    /// The booking date itself.
    Day,
    /// The own account, as written.
    Account,
    /// The file's own category, as written.
    Category,
    /// The other side, as written.
    Counterparty,
    /// The currency; groups never mix currencies, with this key or without it.
    Currency,
    /// A column of delimited text by its header, or by its number from 1 where there is no header.
    Column(String),
}

impl GroupBy {
    /// The name as it is asked for and shown; of a column its header.
    pub fn name(&self) -> &str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Account => "account",
            Self::Category => "category",
            Self::Counterparty => "counterparty",
            Self::Currency => "currency",
            Self::Column(header) => header,
        }
    }
}

/// A text that names no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is no key: use year, month, day, account, category, counterparty, currency, or column:HEADER for any other column"
)]
pub struct ParseGroupByError(String);

impl FromStr for GroupBy {
    type Err = ParseGroupByError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || ParseGroupByError(text.to_owned());
        if let Some(header) = text.strip_prefix("column:") {
            let header = header.trim();
            let bare = header.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(header);
            return if bare.is_empty() { Err(refuse()) } else { Ok(Self::Column(bare.to_owned())) };
        }
        let keys =
            [Self::Year, Self::Month, Self::Day, Self::Account, Self::Category, Self::Counterparty, Self::Currency];
        keys.into_iter().find(|key| key.name() == text).ok_or_else(refuse)
    }
}

/// The keys in order. Written as `month,account` or `year,column:Cost centre`; a header with a comma stands in quotation
/// marks: `column:"Name, first"`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grouping(pub Vec<GroupBy>);

impl FromStr for Grouping {
    type Err = ParseGroupByError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut quoted = false;
        let parts = text.split(|letter: char| {
            quoted ^= letter == '"';
            letter == ',' && !quoted
        });
        parts.map(|part| part.trim().parse()).collect::<Result<_, _>>().map(Self)
    }
}

/// The end of adding up that did not fail.
#[derive(Clone, Debug)]
pub enum SumsOutcome {
    /// The file was read.
    Sums(Box<Sums>),
    /// The file has two readings that nothing in it decides.
    Question(Box<Question>),
}

/// A file's movements, added up.
#[derive(Clone, Debug)]
pub struct Sums {
    /// How the file was understood; without its hash for delimited text.
    pub source: Source,
    /// Sorted by key, then by currency.
    pub groups: Vec<Sum>,
    /// Movements in all groups.
    pub counted: u64,
    /// What was read and left out: `read` = `counted` + `recognized` + `rejected`.
    pub counts: Counts,
    /// The first rejected rows, as in [`crate::Import::rejected`].
    pub rejected: Vec<Rejected>,
}

/// The sum of one group in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// One value for each key asked for.
    pub key: Vec<Key>,
    /// `None` where the file does not tell.
    pub currency: Option<Currency>,
    /// All amounts above zero.
    pub money_in: Money,
    /// All amounts below zero, as a positive amount.
    pub money_out: Money,
    /// In minus out.
    pub net: Money,
    /// Movements.
    pub count: u64,
}

/// The value of one key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A year.
    Year(i32),
    /// A year and a month from 1.
    Month(i32, u8),
    /// A day.
    Day(Date),
    /// A text as written; empty where the row states none.
    Text(String),
}

/// `2025`, `2025-03`, `2025-03-31`, or the text.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_a_list_of_names() {
        let columns = |text: &str| text.parse::<Grouping>().map(|grouping| grouping.0);
        assert_eq!(columns("month,account"), Ok(vec![GroupBy::Month, GroupBy::Account]));
        assert_eq!(
            columns("column:\"Name, first\", column:MERCHANT NAME"),
            Ok(vec![GroupBy::Column("Name, first".to_owned()), GroupBy::Column("MERCHANT NAME".to_owned())])
        );
        for text in ["", "month,", "merchant", "column:"] {
            assert!(columns(text).is_err(), "{text}");
        }
    }
}
