//! What the columns of a table of books hold: accounts, numbers of entries, the side of a balance.

use std::collections::HashMap;

use super::{header::meanings, money::Money, plan::Plan, preamble::Preamble, profile::Profile, roles::Headed};
use crate::import::{
    books::{self, Shape},
    numbers,
    words::{Meaning, Side, Words},
};

/// The columns that tell a table of books.
pub(crate) struct BooksColumns<'p> {
    pub(crate) headers: Vec<&'p str>,
    pub(crate) debit_account: Option<usize>,
    pub(crate) credit_account: Option<usize>,
    pub(crate) accounts: Vec<usize>,
    /// Amounts of both sides, as two columns, as two signs or by a letter.
    pub(crate) has_both_sides: bool,
    /// The column of that letter.
    pub(crate) letter: Option<usize>,
    pub(crate) sample: &'p [Vec<Box<str>>],
}

impl<'p> BooksColumns<'p> {
    /// The cells of a column in the sample that hold anything.
    pub(crate) fn cells(&self, place: usize) -> impl Iterator<Item = &'p str> {
        let cells = self.sample.iter().filter_map(move |row| row.get(place));
        cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }
}

/// How the rows tell entries, if the table may be one of books. The columns of their accounts are then named so.
pub(crate) fn shape(
    columns: &mut [Headed],
    profile: &Profile,
    money: Money,
    language: &str,
    words: &Words,
) -> Option<Shape> {
    let all = |wanted: Meaning| {
        let found = columns.iter().enumerate().filter(move |(_, column)| column.meaning == Some(wanted));
        found.map(|(place, _)| place).filter(|place| profile.column(*place).filled * 10 >= profile.rows * 9)
    };
    let letter = match money {
        Money::Single(amount) => letter(columns.len(), amount, profile, words),
        Money::Pair { .. } => None,
    };
    let is_account = |place: &usize| {
        let header = columns.get(*place).map(|column| column.header.as_str());
        let filled = profile.column(*place).filled * 10 >= profile.rows * 9;
        filled && header.is_some_and(|header| words.chart.is_account_header(header))
    };
    let mut accounts: Vec<usize> = (0..columns.len()).filter(is_account).take(2).collect();
    if accounts.is_empty() {
        accounts = all(Meaning::Account).take(2).collect();
    }
    if let [code] = accounts.as_slice() {
        accounts.extend(name_of(*code, profile));
    }
    let has_both_sides = letter.is_some()
        || match money {
            Money::Pair { debit, credit } => debit.is_some() && credit.is_some(),
            Money::Single(place) => {
                let numbers = profile.column(place).numbers;
                numbers.negative > 0 && numbers.positive > 0
            }
        };
    let found = BooksColumns {
        headers: columns.iter().map(|column| column.header.as_str()).collect(),
        debit_account: all(Meaning::DebitAccount).next(),
        credit_account: all(Meaning::CreditAccount).next(),
        accounts,
        has_both_sides,
        letter,
        sample: &profile.sample,
    };
    let shape = books::shape(&found, language, words)?;
    if let Shape::Sides { accounts, .. } = &shape {
        for place in accounts {
            if let Some(column) = columns.get_mut(*place) {
                column.meaning = Some(Meaning::Account);
            }
        }
    }
    Some(shape)
}

/// The column whose cells tell debit from credit by a letter in every row, unless the signs of the amounts do so too.
fn letter(columns: usize, amount: usize, profile: &Profile, words: &Words) -> Option<usize> {
    (0..columns).filter(|place| *place != amount && profile.column(*place).filled == profile.rows).find(|place| {
        let sides = profile.sample.iter().filter_map(|row| row.get(*place)).map(|cell| words.chart.balance_side(cell));
        let sides: Option<Vec<Side>> = sides.collect();
        let signs = profile.sample.iter().map(|row| {
            let cell = row.get(amount).map_or("", |cell| cell);
            numbers::scan(cell, words).is_some_and(|written| written.negative)
        });
        sides.is_some_and(|sides| {
            let repeated = sides.iter().zip(signs).all(|(side, negative)| negative == (*side == Side::Out));
            sides.contains(&Side::In) && sides.contains(&Side::Out) && !repeated
        })
    })
}

/// The column behind account numbers that holds their names: one for each number, however often it comes.
fn name_of(code: usize, profile: &Profile) -> Option<usize> {
    let place = code + 1;
    let column = profile.column(place);
    if column.is_numbers() || column.is_dates() || column.filled * 10 < profile.rows * 9 {
        return None;
    }
    let (mut names, mut again) = (HashMap::<&str, &str>::new(), false);
    for row in &profile.sample {
        let (Some(code), Some(name)) = (row.get(code), row.get(place)) else { continue };
        match names.insert(code, name) {
            Some(before) if before != &**name => return None,
            Some(_) => again = true,
            None => {}
        }
    }
    let mut all: Vec<&str> = names.into_values().collect();
    all.sort_unstable();
    all.dedup();
    (again && all.len() > 1).then_some(place)
}

/// A header `Debit` over an account and, in the next column without a header, its amount: as account cards have it.
pub(crate) fn name_sub_columns(columns: &mut [Headed], profile: &Profile, words: &Words) {
    name_balance(columns, profile, words);
    let pair = |wanted: Meaning| {
        (0..columns.len()).find(|place| {
            let next = columns.get(place + 1);
            let (own, amounts) = (profile.column(*place), profile.column(place + 1));
            columns.get(*place).is_some_and(|column| column.meaning == Some(wanted))
                && next.is_some_and(|next| next.header.is_empty())
                && own.filled * 10 >= profile.rows * 9
                && amounts.is_numbers()
                && amounts.filled < profile.rows
        })
    };
    let (Some(debit), Some(credit)) = (pair(Meaning::Debit), pair(Meaning::Credit)) else { return };
    if profile.both_and_either(debit + 1, credit + 1).0 > 0 {
        return;
    }
    for (place, meaning) in [
        (debit, Meaning::DebitAccount),
        (debit + 1, Meaning::Debit),
        (credit, Meaning::CreditAccount),
        (credit + 1, Meaning::Credit),
    ] {
        if let Some(column) = columns.get_mut(place) {
            column.meaning = Some(meaning);
        }
    }
}

/// A header `Balance` over the letter of its side and, in the next column without a header, the balance.
fn name_balance(columns: &mut [Headed], profile: &Profile, words: &Words) {
    let is_letter = |place: usize| profile.column(place).filled > 0 && !profile.column(place).is_numbers();
    let place = (0..columns.len()).find(|place| {
        let named = columns.get(*place).is_some_and(|column| {
            meanings(&column.header, words).first().is_some_and(|phrase| phrase.meaning == Meaning::Balance)
        });
        let next = columns.get(place + 1).is_some_and(|next| next.header.is_empty() && next.meaning.is_none());
        named && next && is_letter(*place) && profile.column(place + 1).is_numbers()
    });
    if let Some(column) = place.and_then(|place| columns.get_mut(place + 1)) {
        column.meaning = Some(Meaning::Balance);
    }
}

/// The column beside a balance whose cells tell its side.
pub(crate) fn side_of(balance: usize, profile: &Profile, words: &Words) -> Option<usize> {
    let beside = [balance.checked_sub(1), balance.checked_add(1)].into_iter().flatten();
    beside.into_iter().find(|place| {
        let mut cells =
            profile.sample.iter().filter_map(|row| row.get(*place)).filter(|cell| !cell.is_empty()).peekable();
        cells.peek().is_some() && cells.all(|cell| words.chart.balance_side(cell).is_some())
    })
}

impl Plan {
    /// The plan, if the table may be one of books: by its columns, or by the account whose card the lines before it
    /// announce.
    pub(crate) fn of_books(mut self, preamble: &Preamble, words: &Words) -> Option<Self> {
        let is_pair = matches!(self.money, Money::Pair { debit: Some(_), credit: Some(_) });
        self.books = self.books.or_else(|| {
            let has_offset = self.columns.iter().any(|column| words.chart.is_offset_header(&column.header));
            let named = || preamble.whole.iter().filter(|_| has_offset).find_map(|line| words.chart.named(line));
            let account = books::titled(&preamble.lines, &self.language, words).or_else(named).filter(|_| is_pair)?;
            Some(Shape::Card { account })
        });
        self.books.is_some().then_some(self)
    }

    /// Columns that may number entries, those that only books have first.
    pub(crate) fn references(&self, words: &Words) -> Vec<usize> {
        let is_ledger =
            |place: &usize| self.columns.get(*place).is_some_and(|column| words.chart.is_ledger_header(&column.header));
        let named = |place: &usize| {
            let meaning = self.columns.get(*place).and_then(|column| column.meaning);
            match meaning {
                Some(Meaning::Reference) => true,
                Some(Meaning::Description | Meaning::OtherNumber | Meaning::Kind) | None => is_ledger(place),
                Some(_) => false,
            }
        };
        let mut places: Vec<usize> = (0..self.columns.len()).filter(named).collect();
        places.sort_by_key(|place| !is_ledger(place));
        places
    }

    /// Headers that only books of accounts have.
    pub(crate) fn ledger_headers(&self, words: &Words) -> Vec<String> {
        let headers = self.columns.iter().map(|column| &column.header);
        headers.filter(|header| words.chart.is_ledger_header(header)).cloned().collect()
    }
}
