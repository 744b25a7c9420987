//! Titles between the rows of a table: what the rows below them are, and whose.

use super::{header, records::Record};
use crate::import::{
    statuses::Status,
    words::{Meaning, Words},
};

/// What the rows at the current place of a table are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Section {
    /// They are not booked.
    pub(crate) is_pending: bool,
    /// They are of a table with other columns.
    pub(crate) is_other_table: bool,
    /// The account that the last title named; empty where none did.
    pub(crate) account: Box<str>,
}

impl Section {
    /// Takes a row of one or two cells for a title, if it is one.
    pub(crate) fn see<'c>(&mut self, cells: impl Iterator<Item = &'c str>, words: &Words) -> bool {
        let mut filled = cells.filter(|cell| !cell.is_empty());
        let (Some(first), second, None) = (filled.next(), filled.next(), filled.next()) else { return false };
        if second.is_none()
            && let Some(status) = words.statuses.title(first)
        {
            self.is_pending = status == Status::Pending;
            return true;
        }
        let (label, account) = match (first.split_once(':'), second) {
            (Some((label, account)), None) => (label, account.trim()),
            (Some((label, "")), Some(second)) => (label, second),
            (None, Some(second)) => (first, second),
            _ => return false,
        };
        let is_account = !account.is_empty()
            && label.len() <= 32
            && !label.bytes().any(|byte| byte.is_ascii_digit())
            && header::meanings(label, words).first().is_some_and(|phrase| phrase.meaning == Meaning::Account);
        if is_account {
            self.account = account.into();
        }
        is_account
    }

    /// What the lines before the header say of the rows right below it.
    pub(crate) fn above<'r>(rows: impl Iterator<Item = &'r [String]>, words: &Words) -> Self {
        let mut out = Self::default();
        for row in rows {
            out.see(row.iter().map(String::as_str), words);
        }
        out
    }
}

/// Whether a row has so few cells that it may be a title.
pub(crate) fn may_be_title(record: &Record) -> bool {
    record.cells().filter(|cell| !cell.is_empty()).nth(2).is_none()
}
