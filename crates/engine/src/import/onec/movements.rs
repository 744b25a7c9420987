//! Documents as movements of the own accounts: which side is ours, on which day, in which currency.

use std::collections::{HashMap, HashSet};

use saldo_kernel::{Currency, Money};
use time::Date;

use super::sections::{RawDocument, RawParty};
use crate::{
    DateOrder, Rejected, Transaction,
    import::{dates, limits::MAX_SHOWN_CHARS, plain::Form, words::Words},
};

/// What a document becomes.
pub(super) enum Fate {
    /// One movement, or two for a transfer between own accounts.
    Moved(Vec<Transaction>),
    /// An amount of zero.
    Nothing,
    /// Neither.
    Rejected(Rejected),
}

/// The sides of a document that are own accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ours {
    Payer,
    Payee,
    Both,
    Unknown,
}

/// What all documents of a file are read with.
pub(super) struct Reader<'d> {
    words: &'d Words,
    form: Form,
    /// Own accounts without marks between the digits.
    own: HashSet<String>,
    /// The own account, where there is one only.
    only: Option<&'d str>,
    /// Transfers between own accounts that the file holds once for each of the two, with how many were seen.
    twins: HashMap<TransferKey<'d>, (u32, u32)>,
    /// For accounts whose numbers do not tell.
    fallback: Option<Currency>,
}

/// Number, date, amount and both accounts.
type TransferKey<'d> = (&'d str, &'d str, &'d str, String, String);

impl<'d> Reader<'d> {
    pub(super) fn new(
        own: &'d [Box<str>],
        documents: &'d [RawDocument],
        form: Form,
        fallback: Option<Currency>,
        words: &'d Words,
    ) -> Self {
        let bare: HashSet<String> = own.iter().map(|one| digits_of(one)).filter(|one| !one.is_empty()).collect();
        let only = if bare.len() == 1 { own.iter().find(|one| !one.is_empty()) } else { None };
        let mut out = Self { words, form, own: bare, only: only.map(|one| &**one), twins: HashMap::new(), fallback };
        for document in documents {
            if out.ours(document) == Ours::Both && !(is_stated(&document.payer) && is_stated(&document.payee)) {
                out.twins.entry(key(document)).or_default().0 += 1;
            }
        }
        out
    }

    /// Reads the next document; to be called in file order.
    pub(super) fn read(&mut self, document: &'d RawDocument) -> Fate {
        match self.movements(document) {
            Ok(moved) if moved.is_empty() => Fate::Nothing,
            Ok(moved) => Fate::Moved(moved),
            Err((reason, column, value)) => Fate::Rejected(Rejected {
                line: document.line,
                reason,
                column: column.to_owned(),
                value: value.chars().take(MAX_SHOWN_CHARS).collect(),
            }),
        }
    }

    fn movements(&mut self, document: &'d RawDocument) -> Result<Vec<Transaction>, Fault<'d>> {
        if document.amount.is_empty() {
            return Err(("AMOUNT_MISSING", "Сумма", ""));
        }
        let amount = self.form.read(&document.amount, self.words);
        let Some(amount) = amount.filter(|amount| amount.units >= 0) else {
            return Err(("AMOUNT_NOT_READ", "Сумма", &document.amount));
        };
        if amount.units == 0 {
            return Ok(Vec::new());
        }
        let sides = match (self.ours(document), is_stated(&document.payer), is_stated(&document.payee)) {
            (Ours::Payer, ..) => [true, false],
            (Ours::Payee, ..) => [false, true],
            (Ours::Both, true, true) => [true, true],
            (Ours::Both, debited, _) => self.sides_of_transfer(document, debited),
            (Ours::Unknown, true, false) => [true, false],
            (Ours::Unknown, false, true) => [false, true],
            (Ours::Unknown, ..) => return Err(("DIRECTION_NOT_READ", "ПлательщикСчет", &document.payer.account)),
        };
        let mut out = Vec::new();
        for (ours, is_payer) in sides.into_iter().zip([true, false]) {
            if ours {
                out.push(self.movement(document, amount, is_payer)?);
            }
        }
        Ok(out)
    }

    /// Both accounts are own ones and the document states at most one booking: a file of several accounts may hold it
    /// once in each of the two statements, or once for both.
    fn sides_of_transfer(&mut self, document: &'d RawDocument, debited: bool) -> [bool; 2] {
        let Some((all, seen)) = self.twins.get_mut(&key(document)) else { return [true, true] };
        *seen += 1;
        match (*all % 2 == 0, debited || is_stated(&document.payee)) {
            (false, _) => [true, true],
            (true, true) => [debited, !debited],
            (true, false) => [*seen % 2 == 1, *seen % 2 == 0],
        }
    }

    fn movement(&self, document: &'d RawDocument, amount: Money, is_payer: bool) -> Result<Transaction, Fault<'d>> {
        let (payer, payee) = (&document.payer, &document.payee);
        let (own, other) = if is_payer { (payer, payee) } else { (payee, payer) };
        let account = self.account_of(own);
        let units = if is_payer { -amount.units } else { amount.units };
        let currency = currency(account, self.words).unwrap_or(self.fallback);
        Ok(Transaction {
            line: document.line,
            date: self.date(document, own, other)?,
            amount: Money { units, currency, ..amount },
            balance: None,
            counterparty: other.plain_name().into(),
            description: document.whole_purpose().into(),
            category: "".into(),
            account: account.into(),
        })
    }

    /// The day of the booking on the own account, else on the other, else of the document.
    fn date(&self, document: &'d RawDocument, own: &'d RawParty, other: &'d RawParty) -> Result<Date, Fault<'d>> {
        let named = |party| {
            if std::ptr::eq(party, &document.payer) { "ДатаСписано" } else { "ДатаПоступило" }
        };
        let written = [(named(own), &*own.booked), (named(other), &*other.booked), ("Дата", &*document.date)];
        let Some((column, text)) = written.into_iter().find(|(_, text)| is_date(text)) else {
            return Err(("DATE_MISSING", "Дата", ""));
        };
        day(text, self.words).ok_or(("DATE_NOT_READ", column, text))
    }

    /// The own account of a side: as the file names its own accounts, else as it is written, else the only one.
    fn account_of(&self, own: &'d RawParty) -> &'d str {
        let is_own = |text: &&str| self.own.contains(&digits_of(text));
        let written = [&*own.settlement, &*own.account];
        written.into_iter().find(is_own).or(self.only).unwrap_or("")
    }

    fn ours(&self, document: &RawDocument) -> Ours {
        let is_own = |party: &RawParty| {
            [&party.account, &party.settlement].into_iter().any(|text| self.own.contains(&digits_of(text)))
        };
        match (is_own(&document.payer), is_own(&document.payee)) {
            (true, false) => Ours::Payer,
            (false, true) => Ours::Payee,
            (true, true) if account_key(&document.payer) != account_key(&document.payee) => Ours::Both,
            // From an account to itself, or between strangers: only the dates can tell.
            (true, true) | (false, false) => Ours::Unknown,
        }
    }
}

/// Reason, key and value at fault.
type Fault<'d> = (&'static str, &'static str, &'d str);

fn key(document: &RawDocument) -> TransferKey<'_> {
    let (payer, payee) = (account_key(&document.payer), account_key(&document.payee));
    (&document.number, &document.date, &document.amount, payer, payee)
}

fn account_key(party: &RawParty) -> String {
    digits_of(if party.settlement.is_empty() { &party.account } else { &party.settlement })
}

/// An account number without the marks that some banks write between its parts.
pub(super) fn digits_of(account: &str) -> String {
    account.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Unused dates are empty, or marks and zeros only.
fn is_date(text: &str) -> bool {
    text.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

fn is_stated(party: &RawParty) -> bool {
    is_date(&party.booked)
}

/// Dates are written as `dd.mm.yyyy`.
pub(super) fn day(text: &str, words: &Words) -> Option<Date> {
    dates::scan(text, words)?.read(DateOrder::Dmy)
}

/// The currency of an account by digits 6 to 8 of its number, `Some(None)` for one that is not known. `None` where the
/// number is none of twenty digits, as where it is masked or of another country.
pub(super) fn currency(account: &str, words: &Words) -> Option<Option<Currency>> {
    let bare = digits_of(account);
    let is_russian = bare.len() == 20 && bare.bytes().take(5).all(|byte| byte.is_ascii_digit());
    is_russian.then(|| bare.get(5..8).and_then(|code| words.numeric_currency(code)))
}

/// Whether an account number starts with the letters of a country; `X` masks digits.
pub(super) fn is_foreign(account: &str) -> bool {
    account.trim_start().starts_with(|letter: char| letter.is_ascii_alphabetic() && !matches!(letter, 'X' | 'x'))
}
