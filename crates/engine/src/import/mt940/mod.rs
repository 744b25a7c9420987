//! SWIFT customer statements (MT940) and interim reports (MT942), any number of messages in one file.
//!
//! Read by the Category 9 field specifications and beyond them: banks leave out envelopes, closing balances, currencies
//! and line breaks, and write dates that no calendar has.

mod dates;
mod details;
mod fields;
mod line;

use std::io::{Read, Seek};

use saldo_kernel::{Currency, Money};

pub(crate) use self::fields::is_statement;
use self::{
    details::Details,
    fields::{Fields, Token},
    line::Line,
};
use super::{
    limits::{Limits, MAX_RECORD_BYTES, ROWS_PER_REPORT},
    statement::{Balance, Fault, Statements, exact},
    table::Opened,
    text::Text,
    words::Words,
};
use crate::{BalanceKind, Error, Outcome, Source, Stage, Transaction, Watch};

/// A movement whose details may still follow.
struct Open {
    number: u64,
    line: Result<Line, Fault>,
    details: String,
    lines: String,
}

/// Where the reader is.
struct Reader<'w> {
    words: &'w Words,
    statements: Statements,
    open: Option<Open>,
    account: String,
    /// At the end of the account number.
    account_currency: Option<Currency>,
    /// What follows belongs to the last statement.
    running: bool,
    /// The last statement states its opening and not yet its closing; it may go on in the next message.
    half: bool,
    /// Where it states its opening, until it states its closing or the message ends.
    unclosed: Option<u64>,
    any_closing: bool,
    /// A message began and states nothing yet.
    fresh: bool,
    /// Balances of a statement were seen, so it is no interim report.
    statement: bool,
}

/// Reads a file of messages.
pub(crate) fn import<S: Read + Seek>(
    file: Opened<'_, S>,
    source: Source,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let (size, twins) = (file.size, fields::has_twins(file.head));
    let mut fields = Fields::new(Text::open(file.source, file.encoding, file.newline)?, file.newline, twins);
    let mut reader = Reader::new(words, watch.limits());
    let (mut steps, mut last) = (0_u64, None);
    while let Some(token) = fields.next()? {
        steps += 1;
        if steps % ROWS_PER_REPORT == 0 && watch.progress(Stage::Reading, fields.bytes_read(), size).is_break() {
            return Err(Error::Cancelled);
        }
        match token {
            Token::Field { tag, text, line } => {
                reader.field(&tag, &text, line)?;
                last = Some(line);
            }
            Token::End => reader.end_message()?,
        }
    }
    let cut = (!fields.ends_with_break()).then_some(last).flatten();
    reader.refuse_cut_off(fields.open_envelope(), cut)?;
    reader.end_movement()?;
    let format = if reader.statement { "mt940" } else { "mt942" };
    let source = Source { format, decimal: Some(','), ..source };
    Ok(Outcome::Import(Box::new(reader.statements.finish(source, &watch.scratch())?)))
}

impl<'w> Reader<'w> {
    fn new(words: &'w Words, limits: Limits) -> Self {
        Self {
            words,
            statements: Statements::new(limits),
            open: None,
            account: String::new(),
            account_currency: None,
            running: false,
            half: false,
            unclosed: None,
            any_closing: false,
            fresh: false,
            statement: false,
        }
    }

    fn field(&mut self, tag: &str, text: &str, line: u64) -> Result<(), Error> {
        match tag {
            "86" => self.add_details(text),
            "NS" => self.add_lines(text),
            _ => {
                self.end_movement()?;
                self.statement |= tag.starts_with("60") || tag.starts_with("62");
                self.head_or_line(tag, text, line)?;
            }
        }
        Ok(())
    }

    fn head_or_line(&mut self, tag: &str, text: &str, line: u64) -> Result<(), Error> {
        match tag {
            // A page without a closing balance goes on in the next message.
            "20" => (self.running, self.fresh) = (self.running && self.half, true),
            "25" | "25P" => self.identify(text),
            "60" | "60F" | "60M" => {
                self.begin()?;
                (self.half, self.unclosed) = (true, Some(line));
                self.balance(BalanceKind::Opening, text, line)?;
            }
            "62" | "62F" | "62M" => {
                self.go_on()?;
                (self.half, self.unclosed, self.any_closing) = (false, None, true);
                self.balance(BalanceKind::Closing, text, line)?;
            }
            "61" => {
                self.go_on()?;
                let line_read = line::read(text);
                self.open = Some(Open { number: line, line: line_read, details: String::new(), lines: String::new() });
            }
            // The floor limit of an interim report and available balances state the currency.
            "34F" => self.floor(text)?,
            "64" | "65" if self.running => self.statements.set_currency(parts(text).and_then(|parts| parts.1)),
            _ => {}
        }
        Ok(())
    }

    fn identify(&mut self, text: &str) {
        let text = text.lines().next().unwrap_or_default().trim();
        let behind = text.len().saturating_sub(3);
        let digit_before = text.get(..behind).is_some_and(|head| head.ends_with(|one: char| one.is_ascii_digit()));
        let letters = |code: &&str| digit_before && code.bytes().all(|one| one.is_ascii_uppercase());
        let code = text.get(behind..).filter(letters).and_then(|code| self.words.currency(code));
        self.account_currency = code;
        self.account = text.get(..behind).filter(|_| code.is_some()).unwrap_or(text).to_owned();
        self.running &= self.account == self.statements.account();
    }

    fn begin(&mut self) -> Result<(), Error> {
        self.statements.begin(&self.account)?;
        (self.running, self.half, self.fresh, self.unclosed) = (true, false, false, None);
        Ok(())
    }

    fn go_on(&mut self) -> Result<(), Error> {
        if !self.running {
            // Lines behind the end of a message belong to its account.
            let known = self.statements.currency().filter(|_| !self.fresh);
            self.begin()?;
            self.statements.set_currency(known);
        }
        Ok(())
    }

    fn floor(&mut self, text: &str) -> Result<(), Error> {
        let currency = text.get(..3).and_then(|code| code.parse().ok());
        if self.running && self.statements.currency().is_some_and(|known| Some(known) != currency) {
            self.running = false;
        }
        self.go_on()?;
        self.statements.set_interim();
        self.statements.set_currency(currency);
        Ok(())
    }

    fn balance(&mut self, kind: BalanceKind, text: &str, line: u64) -> Result<(), Error> {
        let Some((date, currency, amount)) = parts(text) else { return Ok(()) };
        self.statements.set_currency(currency);
        let amount = Money { currency, ..amount };
        self.statements.state(Balance { kind, rank: 0, firm: true, amount, date: dates::full(date), line })
    }

    fn add_details(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            append(&mut open.details, text);
        }
    }

    fn add_lines(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            append(&mut open.lines, text);
        }
    }

    fn end_message(&mut self) -> Result<(), Error> {
        self.end_movement()?;
        (self.running, self.unclosed) = (self.running && self.half, None);
        Ok(())
    }

    fn end_movement(&mut self) -> Result<(), Error> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let line = match open.line {
            Ok(line) if line.expected || line.amount.units == 0 => return self.statements.recognize(),
            Ok(line) => line,
            Err(fault) => return self.statements.reject(open.number, &fault),
        };
        self.statements.set_currency(self.account_currency);
        let told = if open.lines.is_empty() { details::read(&open.details) } else { details::read_lines(&open.lines) };
        let Details { counterparty, description } = told;
        let or = |first: String, second: String| if first.is_empty() { second } else { first };
        self.statements.add(Transaction {
            line: open.number,
            date: line.date,
            amount: line.amount,
            balance: None,
            counterparty: or(counterparty, line.name).into(),
            description: or(description, line.text).into(),
            category: "".into(),
            account: "".into(),
        })
    }

    /// A message may lack its closing balance; a file that breaks off must not pass for one.
    fn refuse_cut_off(&self, envelope: Option<u64>, cut_at: Option<u64>) -> Result<(), Error> {
        let unfinished = self.open.as_ref().filter(|open| match &open.line {
            Ok(line) => !line.typed && open.details.is_empty(),
            Err(_) => open.details.is_empty(),
        });
        let unfinished = unfinished.and(cut_at);
        let unclosed = self.unclosed.filter(|_| cut_at.is_some() || self.any_closing);
        match envelope.or(unfinished).or(unclosed) {
            Some(line) => Err(Error::CutOff { line }),
            None => Ok(()),
        }
    }
}

fn append(place: &mut String, text: &str) {
    if place.len() + text.len() < MAX_RECORD_BYTES {
        if !place.is_empty() {
            place.push('\n');
        }
        place.push_str(text);
    }
}

/// Date, currency and signed amount of a balance: `C240131EUR1234,56`. Some banks leave out the currency.
fn parts(text: &str) -> Option<(&str, Option<Currency>, Money)> {
    let text = text.lines().next()?.trim();
    let credit = match text.chars().next()? {
        'C' => true,
        'D' => false,
        _ => return None,
    };
    // Some write the century too; behind six digits a currency or the amount follows.
    let digits = text.get(1..)?.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text.get(9..12).filter(|code| digits == 8 && code.bytes().all(|byte| byte.is_ascii_uppercase()));
    let (date, rest) = text.get(1..)?.split_at_checked(if behind.is_some() { 8 } else { 6 })?;
    let currency: Option<Currency> = rest.get(..3).and_then(|code| code.parse().ok());
    let digits = if currency.is_some() { rest.get(3..)? } else { rest };
    let size = exact(digits, ',')?;
    Some((date, currency, if credit { size } else { size.negated()? }))
}
