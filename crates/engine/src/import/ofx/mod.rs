//! Open Financial Exchange 1 and 2: bank, card and cash-of-investment statements, any number in one file.

mod repeats;
mod signs;
mod tokens;

use std::{
    collections::BTreeMap,
    io::{Read, Seek},
};

use saldo_kernel::{Currency, Money};
use time::Date;

pub(crate) use self::tokens::has_root;
use self::{
    signs::{Signs, Tally},
    tokens::{Token, Tokens},
};
use super::{
    dates,
    limits::{MAX_SHOWN_CHARS, ROWS_PER_REPORT},
    plain::{self, About, Form, Forms},
    table::{self, Opened},
    text::Text,
    words::{Side, Words},
};
use crate::{
    BalanceKind, Counts, DateOrder, Error, Hints, Import, Outcome, Proof, Question, Rejected, Scratch, Sign, Source,
    Stage, StatedBalance, Transaction, Transactions, Watch, store::Appender,
};

/// A movement as it is tagged.
#[derive(Default)]
struct Raw {
    line: u64,
    /// Which statement of the file it is in.
    statement: u32,
    /// `TRNTYPE`, or the tag of an investment transaction.
    kind: Box<str>,
    /// Of a card.
    card: bool,
    /// Of securities, whose money is none of a bank account.
    investment: bool,
    /// `FITID`, which the bank gives each transaction of an account once.
    id: Box<str>,
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
    /// In the statement of a card.
    card: bool,
    /// In a list of investment transactions.
    investments: bool,
    statement: u32,
    /// Of each statement.
    currencies: Vec<Option<Currency>>,
    list_line: Option<u64>,
    movements: Vec<Raw>,
    balances: Vec<RawBalance>,
    /// What the bank says beside its statements, such as why there is none.
    said: Box<str>,
}

/// Reads a file of statements.
pub(crate) fn import<S: Read + Seek>(
    file: Opened<'_, S>,
    source: Source,
    hints: &Hints,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let (size, limit) = (file.size, watch.limits().rows);
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
        if state.movements.len() as u64 > limit {
            return Err(Error::TooManyRows { limit });
        }
    }
    let unfinished = state.movement.as_ref().map(|movement| movement.line).or(state.list_line);
    if let Some(line) = unfinished.or((!closed).then_some(tokens.line())) {
        return Err(Error::CutOff { line });
    }
    if state.statement == 0 && state.movements.is_empty() {
        return Err(Error::NoStatement { said: state.said.chars().take(MAX_SHOWN_CHARS).collect() });
    }
    let forms = match forms(&state, hints, words) {
        Ok(forms) => forms,
        Err(question) => return Ok(Outcome::Question(question)),
    };
    let mut signs = signs(&state.movements, forms.amounts, words);
    for (statement, open) in signs.iter_mut().filter(|(_, signs)| **signs == Signs::Open) {
        *open = match hints.sign {
            Some(Sign::PlusIn) => Signs::Standard,
            Some(Sign::PlusOut) => Signs::Turned,
            None => return Ok(Outcome::Question(Box::new(question(&state, *statement, forms.amounts, words)))),
        };
    }
    Ok(Outcome::Import(Box::new(finish(state, source, &forms, &signs, words, &watch.scratch())?)))
}

/// Asks about a statement whose signs say the contrary of its types.
fn question(state: &State, statement: u32, form: Form, words: &Words) -> Question {
    let own = state.movements.iter().filter(|one| one.statement == statement && !one.investment);
    let cells: Vec<&str> = own.filter_map(|one| one.amount.as_deref()).collect();
    table::sign_of_cells(&cells, "TRNAMT".to_owned(), form.decimal, [Sign::PlusOut, Sign::PlusIn], words)
}

/// How amounts and balances are written, or what nothing in the file decides.
fn forms(state: &State, hints: &Hints, words: &Words) -> Result<Forms, Box<Question>> {
    let mut currencies = state.currencies.iter().flatten().peekable();
    let three_decimals = currencies.peek().is_some() && currencies.all(|one| words.has_three_decimals(*one));
    let amounts = state.movements.iter().filter(|one| !one.investment).filter_map(|one| one.amount.as_deref());
    let balances = state.balances.iter().map(|one| &*one.amount);
    plain::decide(amounts, balances, About { field: "TRNAMT", three_decimals, hints }, words)
}

/// What the signs of each statement say.
fn signs(movements: &[Raw], form: Form, words: &Words) -> BTreeMap<u32, Signs> {
    let mut tallies = BTreeMap::<u32, Tally>::new();
    for one in movements.iter().filter(|one| !one.investment && !one.pending) {
        let money = one.amount.as_deref().and_then(|text| form.read(text, words)).filter(|money| money.units != 0);
        if let Some(money) = money {
            tallies.entry(one.statement).or_default().see(signs::side(&one.kind, one.card), money.units < 0);
        }
    }
    tallies.into_iter().map(|(statement, tally)| (statement, tally.decide())).collect()
}

/// The transactions of securities (OFX 1.6 and 2.2, section 13.9.2.4).
const INVESTMENTS: [&str; 20] = [
    "BUYDEBT",
    "BUYMF",
    "BUYOPT",
    "BUYOTHER",
    "BUYSTOCK",
    "CLOSUREOPT",
    "INCOME",
    "INVEXPENSE",
    "JRNLFUND",
    "JRNLSEC",
    "MARGININTEREST",
    "REINVEST",
    "RETOFCAP",
    "SELLDEBT",
    "SELLMF",
    "SELLOPT",
    "SELLOTHER",
    "SELLSTOCK",
    "SPLIT",
    "TRANSFER",
];

impl State {
    fn open(&mut self, name: String, line: u64) {
        match name.as_str() {
            "STMTRS" | "CCSTMTRS" | "INVSTMTRS" => {
                (self.account, self.currency, self.card) = ("".into(), None, name == "CCSTMTRS");
                self.statement = self.statement.saturating_add(1);
            }
            "BANKTRANLIST" | "INVTRANLIST" | "BANKTRANLISTP" => {
                (self.list_line, self.investments) = (Some(line), name == "INVTRANLIST");
            }
            "STMTTRN" | "STMTTRNP" => {
                self.begin_movement(line);
                self.movement.iter_mut().for_each(|one| one.pending = name == "STMTTRNP");
            }
            _ if self.investments && INVESTMENTS.contains(&name.as_str()) => {
                self.begin_movement(line);
                let kind = name.as_str();
                self.movement.iter_mut().for_each(|one| (one.investment, one.kind) = (true, kind.into()));
            }
            // SGML may leave out the end tags of what stands before.
            "AVAILBAL" => {
                self.end_list();
                self.balance = None;
            }
            "LEDGERBAL" => {
                self.end_list();
                self.balance = Some(RawBalance { line, account: self.account.clone(), ..RawBalance::default() });
            }
            "ORIGCURRENCY" => self.original = true,
            _ => {}
        }
        self.field = name;
    }

    fn begin_movement(&mut self, line: u64) {
        self.end_movement();
        let (statement, card, account) = (self.statement, self.card, self.account.clone());
        self.movement = Some(Raw { line, statement, card, account, ..Raw::default() });
    }

    fn end_list(&mut self) {
        self.end_movement();
        (self.list_line, self.investments) = (None, false);
    }

    fn close(&mut self, name: &str) {
        match name {
            "STMTTRN" | "STMTTRNP" => self.end_movement(),
            "BANKTRANLIST" | "INVTRANLIST" | "BANKTRANLISTP" | "STMTRS" | "CCSTMTRS" | "INVSTMTRS" => self.end_list(),
            _ if self.investments && self.movement.as_ref().is_some_and(|one| one.investment && *one.kind == *name) => {
                self.end_movement();
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
                "TRNTYPE" => movement.kind = text.to_ascii_uppercase().into(),
                "FITID" => movement.id = text.into(),
                "TOTAL" if movement.investment => movement.amount = Some(text.into()),
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
            ("MESSAGE", _) => self.said = text.into(),
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

fn finish(
    state: State,
    source: Source,
    forms: &Forms,
    signs: &BTreeMap<u32, Signs>,
    words: &Words,
    scratch: &Scratch,
) -> Result<Import, Error> {
    let (form, mut transactions) = (forms.amounts, Appender::new(scratch));
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
    let repeats = repeats::find(&state.movements);
    for (one, repeats) in state.movements.into_iter().zip(repeats) {
        out.counts.read += 1;
        if repeats {
            out.counts.recognized += 1;
            continue;
        }
        let signs = signs.get(&one.statement).copied().unwrap_or(Signs::Standard);
        match movement(one, form, signs, words) {
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
        let money = forms.balances.read(&one.amount, words)?;
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
fn movement(raw: Raw, form: Form, signs: Signs, words: &Words) -> Result<Option<Transaction>, Rejected> {
    if raw.pending {
        return Ok(None);
    }
    let rejected = |reason, column: &str, value: Option<&str>| Rejected {
        line: raw.line,
        reason,
        column: column.to_owned(),
        value: value.unwrap_or_default().chars().take(MAX_SHOWN_CHARS).collect(),
    };
    if raw.investment {
        return Err(rejected("INVESTMENT_NOT_READ", &raw.kind, raw.amount.as_deref()));
    }
    let Some(text) = raw.amount.as_deref() else { return Err(rejected("AMOUNT_MISSING", "TRNAMT", None)) };
    let Some(money) = form.read(text, words) else {
        return Err(rejected("AMOUNT_NOT_READ", "TRNAMT", Some(text)));
    };
    if money.units == 0 {
        return Ok(None);
    }
    let Some(money) = signed(money, signs, &raw) else {
        return Err(rejected("DIRECTION_NOT_READ", "TRNTYPE", Some(&raw.kind)));
    };
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

/// The amount as it changes the account; `None` where neither its sign nor its type tells.
fn signed(money: Money, signs: Signs, raw: &Raw) -> Option<Money> {
    match signs {
        Signs::Standard | Signs::Open => Some(money),
        Signs::Turned => money.negated(),
        Signs::OfType => match signs::unsigned_side(&raw.kind, raw.card)? {
            Side::In => Some(money),
            Side::Out => money.negated(),
        },
    }
}
