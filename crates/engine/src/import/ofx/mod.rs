//! Open Financial Exchange 1 and 2: bank, card and cash-of-investment statements, any number in one file.

mod tokens;

use std::io::{Read, Seek};

use saldo_kernel::{Currency, Money};
use time::Date;

use self::tokens::{Token, Tokens};
use super::{
    dates,
    limits::{MAX_ROWS, MAX_SHOWN_CHARS, ROWS_PER_REPORT},
    plain::Form,
    table::Opened,
    text::Text,
    words::Words,
};
use crate::{
    BalanceKind, Counts, DateOrder, Error, Import, Outcome, Proof, Rejected, Scratch, Source, Stage, StatedBalance,
    Transaction, Transactions, Watch, store::Appender,
};

/// A movement as it is tagged.
#[derive(Default)]
struct Raw {
    line: u64,
    posted: Option<Box<str>>,
    amount: Option<Box<str>>,
    currency: Option<Currency>,
    name: Box<str>,
    memo: Box<str>,
    account: Box<str>,
    pending: bool,
}

/// A ledger balance as it is tagged.
#[derive(Default)]
struct RawBalance {
    line: u64,
    amount: Box<str>,
    as_of: Box<str>,
    currency: Option<Currency>,
    account: Box<str>,
}

/// Where the reader is.
#[derive(Default)]
struct State {
    field: String,
    account: Box<str>,
    currency: Option<Currency>,
    movement: Option<Raw>,
    balance: Option<RawBalance>,
    /// Inside `ORIGCURRENCY`, whose code is not that of the amount.
    original: bool,
    /// Of each statement.
    currencies: Vec<Option<Currency>>,
    list_line: Option<u64>,
    movements: Vec<Raw>,
    balances: Vec<RawBalance>,
}

/// Reads a file of statements.
pub(crate) fn import<S: Read + Seek>(
    file: Opened<'_, S>,
    source: Source,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let size = file.size;
    let mut tokens = Tokens::new(Text::open(file.source, file.encoding, file.newline)?);
    let (mut state, mut steps, mut closed) = (State::default(), 0_u64, false);
    while let Some(token) = tokens.next()? {
        steps += 1;
        if steps % ROWS_PER_REPORT == 0 && watch.progress(Stage::Reading, tokens.bytes_read(), size).is_break() {
            return Err(Error::Cancelled);
        }
        match token {
            Token::Open(name) => state.open(name, tokens.line()),
            Token::Close(name) => {
                closed |= name == "OFX";
                state.close(&name);
            }
            Token::Value(text) => state.value(&text, words),
        }
        if state.movements.len() as u64 > MAX_ROWS {
            return Err(Error::TooManyRows { limit: MAX_ROWS });
        }
    }
    let unfinished = state.movement.as_ref().map(|movement| movement.line).or(state.list_line);
    if let Some(line) = unfinished.or((!closed).then_some(tokens.line())) {
        return Err(Error::CutOff { line });
    }
    Ok(Outcome::Import(Box::new(finish(state, source, words, &watch.scratch())?)))
}

impl State {
    fn open(&mut self, name: String, line: u64) {
        match name.as_str() {
            "STMTRS" | "CCSTMTRS" | "INVSTMTRS" => {
                (self.account, self.currency) = ("".into(), None);
            }
            "BANKTRANLIST" | "INVTRANLIST" | "BANKTRANLISTP" => self.list_line = Some(line),
            "STMTTRN" | "STMTTRNP" => {
                self.end_movement();
                let pending = name == "STMTTRNP";
                self.movement = Some(Raw { line, pending, account: self.account.clone(), ..Raw::default() });
            }
            "LEDGERBAL" => {
                self.balance = Some(RawBalance { line, account: self.account.clone(), ..RawBalance::default() });
            }
            "ORIGCURRENCY" => self.original = true,
            _ => {}
        }
        self.field = name;
    }

    fn close(&mut self, name: &str) {
        match name {
            "STMTTRN" | "STMTTRNP" => self.end_movement(),
            "BANKTRANLIST" | "INVTRANLIST" | "BANKTRANLISTP" => {
                self.end_movement();
                self.list_line = None;
            }
            "LEDGERBAL" => {
                self.balances.extend(self.balance.take().map(|one| RawBalance { currency: self.currency, ..one }));
            }
            "ORIGCURRENCY" => self.original = false,
            _ => {}
        }
        self.field.clear();
    }

    fn end_movement(&mut self) {
        let currency = self.currency;
        self.movements.extend(self.movement.take().map(|one| Raw { currency: one.currency.or(currency), ..one }));
        self.original = false;
    }

    /// A value belongs to the last tag that was opened.
    fn value(&mut self, text: &str, words: &Words) {
        let field = std::mem::take(&mut self.field);
        if let Some(movement) = &mut self.movement {
            match field.as_str() {
                "DTPOSTED" | "DTTRAN" => movement.posted = Some(text.into()),
                "TRNAMT" => movement.amount = Some(text.into()),
                "NAME" => movement.name = text.into(),
                "MEMO" | "MEMO2" if movement.memo.is_empty() => movement.memo = text.into(),
                "CURSYM" if !self.original => movement.currency = words.currency(text),
                _ => {}
            }
            return;
        }
        match (field.as_str(), &mut self.balance) {
            ("BALAMT", Some(balance)) => balance.amount = text.into(),
            ("DTASOF", Some(balance)) => balance.as_of = text.into(),
            ("CURDEF", _) => {
                self.currency = words.currency(text);
                self.currencies.push(self.currency);
            }
            ("ACCTID", _) if self.account.is_empty() => self.account = text.into(),
            _ => {}
        }
    }
}

/// Dates are written as `yyyymmdd`, perhaps with a time and a zone: the day counts as the bank wrote it.
fn day(text: &str, words: &Words) -> Option<Date> {
    let eight = text.get(..8).filter(|eight| eight.bytes().all(|byte| byte.is_ascii_digit()));
    dates::scan(eight.unwrap_or(text), words)?.read(DateOrder::Ymd)
}

fn finish(state: State, source: Source, words: &Words, scratch: &Scratch) -> Result<Import, Error> {
    let mut transactions = Appender::new(scratch);
    let form = Form::of(state.movements.iter().filter_map(|one| one.amount.as_deref()), words);
    let balance_form = Form::of(state.balances.iter().map(|one| &*one.amount), words);
    let mut out = Import {
        source: Source { format: "ofx", decimal: Some(form.decimal), ..source },
        transactions: Transactions::default(),
        counts: Counts::default(),
        rejected: Vec::new(),
        balances: Vec::new(),
        // The ledger balance alone proves nothing: the opening one is never stated.
        proof: Proof::None,
        accounts: Vec::new(),
    };
    for one in state.movements {
        out.counts.read += 1;
        match movement(one, form, words) {
            Ok(Some(transaction)) => transactions.push(&transaction)?,
            Ok(None) => out.counts.recognized += 1,
            Err(rejected) => {
                out.counts.rejected += 1;
                if out.rejected.len() < Import::MAX_REJECTED_SHOWN {
                    out.rejected.push(rejected);
                }
            }
        }
    }
    let stated = |one: &RawBalance| {
        let money = balance_form.read(&one.amount, words)?;
        Some(StatedBalance {
            kind: BalanceKind::Closing,
            amount: Money { currency: one.currency, ..money },
            // Banks that do not know the balance write zeros for its date.
            date: Some(day(&one.as_of, words)?),
            line: one.line,
            account: one.account.clone(),
        })
    };
    let mut currencies = state.currencies.into_iter();
    out.source.currency = currencies.next().filter(|first| currencies.all(|other| other == *first)).flatten();
    out.balances = state.balances.iter().filter_map(stated).collect();
    out.transactions = transactions.finish()?;
    Ok(out)
}

/// `None` for a pending or zero row.
fn movement(raw: Raw, form: Form, words: &Words) -> Result<Option<Transaction>, Rejected> {
    if raw.pending {
        return Ok(None);
    }
    let rejected = |reason, column: &str, value: Option<&str>| Rejected {
        line: raw.line,
        reason,
        column: column.to_owned(),
        value: value.unwrap_or_default().chars().take(MAX_SHOWN_CHARS).collect(),
    };
    let Some(text) = raw.amount.as_deref() else { return Err(rejected("AMOUNT_MISSING", "TRNAMT", None)) };
    let Some(money) = form.read(text, words) else {
        return Err(rejected("AMOUNT_NOT_READ", "TRNAMT", Some(text)));
    };
    if money.units == 0 {
        return Ok(None);
    }
    let Some(posted) = raw.posted.as_deref() else { return Err(rejected("DATE_MISSING", "DTPOSTED", None)) };
    let Some(date) = day(posted, words) else { return Err(rejected("DATE_NOT_READ", "DTPOSTED", Some(posted))) };
    Ok(Some(Transaction {
        line: raw.line,
        date,
        amount: Money { currency: raw.currency, ..money },
        balance: None,
        counterparty: raw.name,
        description: raw.memo,
        category: "".into(),
        account: raw.account,
    }))
}
