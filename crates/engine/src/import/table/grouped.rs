//! Ledgers whose accounts are headings between the rows, as QuickBooks, Xero and Wave export them. What moves are the rows
//! below the headings of money accounts, whose debits are money in; all others are the other sides of the same entries.

use std::collections::BTreeMap;

use super::{
    dialect::is_movement,
    header::is_value,
    money::Money,
    plan::Plan,
    records::{Record, RowSource},
    rows::Rows,
    sign::Rule,
};
use crate::{
    AccountClass, Error,
    import::words::{RowWord, Words},
};

/// Accounts by their headings, and whether each is one of money.
pub(crate) type Groups = BTreeMap<Box<str>, bool>;

/// More headings are no accounts.
const MAX_GROUPS: usize = 20_000;
/// A longer line is a note.
const MAX_NAME_BYTES: usize = 200;

/// What is said of a ledger whose movements cannot be told.
pub(crate) fn refusal() -> Error {
    Error::FormatNotSupported("a ledger whose accounts are headings between the rows")
}

/// Reads all headings that have rows with a date and an amount. Fails where it cannot be told of one whether it is of money,
/// and where none is.
pub(super) fn survey(table: &mut dyn RowSource, skipped: u64, plan: &Plan, words: &Words) -> Result<Groups, Error> {
    let (mut out, mut name, mut rows) = (Groups::new(), Box::<str>::default(), 0_u64);
    let mut records = table.open()?;
    let mut record = Record::default();
    while records.read(&mut record)? {
        rows += 1;
        if rows <= skipped {
            continue;
        }
        match part(&record, words) {
            Part::Heading(heading) => name = heading.into(),
            Part::End => name = "".into(),
            Part::Row if !out.contains_key(&name) && is_movement(record.cells(), words) => {
                let class = words.chart.class(&name, &plan.language).ok_or_else(refusal)?;
                if out.len() >= MAX_GROUPS {
                    return Err(refusal());
                }
                out.insert(name.clone(), class == AccountClass::Cash);
            }
            Part::Row => {}
        }
    }
    if out.values().any(|is_money| *is_money) { Ok(out) } else { Err(refusal()) }
}

/// What a row is among the groups.
enum Part<'r> {
    Heading(&'r str),
    /// The total of a group.
    End,
    Row,
}

fn part<'r>(record: &'r Record, words: &Words) -> Part<'r> {
    let place = (0..record.len()).find(|place| !record.get(*place).is_empty());
    let first = place.map_or("", |place| record.get(place));
    if first.is_empty() || first.len() > MAX_NAME_BYTES || is_value(first, words) {
        return Part::Row;
    }
    let is_alone = record.cells().filter(|cell| !cell.is_empty()).nth(1).is_none();
    match words.row_word(first, false) {
        Some(RowWord::Total | RowWord::Closing) => Part::End,
        Some(_) => Part::Row,
        None if is_alone => Part::Heading(first),
        None => Part::Row,
    }
}

impl Plan {
    /// The plan for a ledger of groups: a debit is money in, and amounts in one column raise what a money account holds.
    pub(super) fn of_groups(self, groups: Groups) -> Self {
        let (money, has_minus) = match self.money {
            Money::Pair { debit, credit } => {
                let [out, into] = self.has_minus;
                (Money::Pair { debit: credit, credit: debit }, [into, out])
            }
            Money::Single(_) => (self.money, self.has_minus),
        };
        Self { money, has_minus, rule: Rule::Signed, owed: false, groups: Some(groups), ..self }
    }
}

impl Rows<'_> {
    /// Whether the row is a heading, a total, or below the heading of an account that is none of money.
    pub(super) fn is_of_other_group(&mut self, record: &Record) -> bool {
        let Some(groups) = &self.plan.groups else { return false };
        match part(record, self.words) {
            Part::Heading(name) => self.section.account = name.into(),
            Part::End => self.section.account = "".into(),
            Part::Row => return !groups.get(&self.section.account).copied().unwrap_or(false),
        }
        self.is_below_title = true;
        true
    }
}
