//! ISO 20022 reports (CAMT.052), statements (CAMT.053) and notifications (CAMT.054) of every version.
//!
//! By the message definitions of Bank-to-Customer Cash Management, versions 1 to 10: elements moved between versions, so
//! they are known by their names and nearest parents.

mod elements;
mod entry;

use std::io::{Read, Seek};

use saldo_kernel::{Currency, Money};
use time::Date;

use self::{
    elements::{Elements, Step},
    entry::Entry,
};
use super::{
    limits::ROWS_PER_REPORT,
    statement::{Balance, Statements},
    table::Opened,
    text::Text,
};
use crate::{BalanceKind, Error, Outcome, Source, Stage, Transaction, Watch};

/// A balance as it is tagged.
#[derive(Default)]
struct RawBalance {
    line: u64,
    code: String,
    amount: String,
    currency: Option<Currency>,
    indicator: String,
    date: Option<Date>,
}

/// Where the reader is.
#[derive(Default)]
struct State {
    format: Option<&'static str>,
    statements: Statements,
    entry: Option<Entry>,
    balance: Option<RawBalance>,
    /// Balances in the course of a day, of the statement at hand.
    interim: Vec<Balance>,
}

/// Whether a text is one of the messages that are read.
pub(crate) fn is_message(start: &str, head: &str, upper: &str) -> bool {
    let named = ["CAMT.052", "CAMT.053", "CAMT.054"].iter().any(|name| upper.contains(name));
    start.starts_with('<') && (named || head.contains("BkToCstmr"))
}

/// Reads a document.
pub(crate) fn import<S: Read + Seek>(
    file: Opened<'_, S>,
    source: Source,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let size = file.size;
    let mut elements = Elements::new(Text::open(file.source, file.encoding, file.newline)?);
    let mut state = State { statements: Statements::new(watch.limits()), ..State::default() };
    let mut steps = 0_u64;
    while let Some(step) = elements.next()? {
        steps += 1;
        if steps.is_multiple_of(ROWS_PER_REPORT)
            && watch.progress(Stage::Reading, elements.bytes_read(), size).is_break()
        {
            return Err(Error::Cancelled);
        }
        match step {
            Step::Open => state.open(elements.path(), elements.line(), elements.currency())?,
            Step::Close => state.close(elements.path(), elements.text())?,
        }
    }
    let format = state.format.ok_or(Error::NotATable)?;
    let source = Source { format, decimal: Some('.'), ..source };
    Ok(Outcome::Import(Box::new(state.statements.finish(source, &watch.scratch())?)))
}

impl State {
    fn open(&mut self, path: &[&str], line: u64, currency: Option<Currency>) -> Result<(), Error> {
        match path {
            [.., "Rpt"] => self.begin("camt.052")?,
            [.., "Stmt"] => self.begin("camt.053")?,
            [.., "Ntfctn"] => self.begin("camt.054")?,
            [.., "Rpt" | "Stmt" | "Ntfctn", "Ntry"] => self.entry = Some(Entry { line, ..Entry::default() }),
            [.., "Rpt" | "Stmt" | "Ntfctn", "Bal"] => {
                self.balance = Some(RawBalance { line, ..RawBalance::default() });
            }
            _ => {}
        }
        match (path, &mut self.entry, &mut self.balance) {
            ([.., "Ntry", "Amt"], Some(entry), _) => entry.currency = currency,
            ([.., "TxDtls"], Some(entry), _) => entry.transactions = entry.transactions.saturating_add(1),
            ([.., "Bal", "Amt"], _, Some(balance)) => balance.currency = currency,
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, format: &'static str) -> Result<(), Error> {
        self.format.get_or_insert(format);
        self.statements.begin("")?;
        if format != "camt.053" {
            self.statements.set_interim();
        }
        Ok(())
    }

    fn close(&mut self, path: &[&str], text: &str) -> Result<(), Error> {
        match path {
            [.., "Rpt" | "Stmt" | "Ntfctn"] => self.end_statement(),
            [.., "Rpt" | "Stmt" | "Ntfctn", "Ntry"] => self.end_entry(),
            [.., "Rpt" | "Stmt" | "Ntfctn", "Bal"] => self.end_balance(),
            _ if text.is_empty() => Ok(()),
            _ => {
                match (&mut self.entry, &mut self.balance) {
                    (Some(entry), _) => entry_value(entry, path, text),
                    (None, Some(balance)) => balance_value(balance, path, text),
                    (None, None) => self.account(path, text),
                }
                Ok(())
            }
        }
    }

    fn account(&mut self, path: &[&str], text: &str) {
        match path {
            [.., "Rpt" | "Stmt" | "Ntfctn", "Acct", "Id", "IBAN" | "BBAN" | "UPIC"]
            | [.., "Rpt" | "Stmt" | "Ntfctn", "Acct", "Id", "Othr" | "PrtryAcct", "Id"] => {
                self.statements.set_account(text);
            }
            [.., "Rpt" | "Stmt" | "Ntfctn", "Acct", "Ccy"] => self.statements.set_currency(text.parse().ok()),
            _ => {}
        }
    }

    fn end_entry(&mut self) -> Result<(), Error> {
        let Some(entry) = self.entry.take() else { return Ok(()) };
        if !entry.is_booked() {
            return self.statements.recognize();
        }
        match entry.read() {
            Err(fault) => self.statements.reject(entry.line, &fault),
            Ok((_, amount)) if amount.units == 0 => self.statements.recognize(),
            Ok((date, amount)) => self.statements.add(Transaction {
                line: entry.line,
                date,
                amount,
                balance: None,
                counterparty: entry.counterparty().into(),
                description: entry.description().into(),
                category: "".into(),
                account: "".into(),
            }),
        }
    }

    fn end_balance(&mut self) -> Result<(), Error> {
        let Some(raw) = self.balance.take() else { return Ok(()) };
        let Ok(amount) = entry::signed(&raw.amount, &raw.indicator) else { return Ok(()) };
        let amount = Money { currency: raw.currency, ..amount };
        let (kind, rank) = match raw.code.as_str() {
            "OPBD" => (BalanceKind::Opening, 0),
            "PRCD" => (BalanceKind::Opening, 1),
            "CLBD" => (BalanceKind::Closing, 0),
            "ITBD" => (BalanceKind::Closing, 2),
            _ => return Ok(()),
        };
        let balance = Balance { kind, rank, firm: rank < 2, amount, date: raw.date, line: raw.line };
        if balance.firm { self.statements.state(balance) } else { self.keep_interim(balance) }
    }

    fn keep_interim(&mut self, balance: Balance) -> Result<(), Error> {
        // The first and the last one are enough.
        self.interim.truncate(1);
        self.interim.push(balance);
        Ok(())
    }

    /// A report in the course of a day may list all movements of the day or those since the last report, so its interim
    /// balances prove only what they fit. Of two, the first is before the movements.
    fn end_statement(&mut self) -> Result<(), Error> {
        let interim = std::mem::take(&mut self.interim);
        if let [first, _] = interim.as_slice() {
            self.statements.state(Balance { kind: BalanceKind::Opening, ..*first })?;
        }
        interim.last().map_or(Ok(()), |last| self.statements.state(*last))
    }
}

fn entry_value(entry: &mut Entry, path: &[&str], text: &str) {
    match path {
        [.., "Ntry", "Amt"] => entry.amount = Some(text.to_owned()),
        [.., "Ntry", "CdtDbtInd"] => entry.indicator = text.to_owned(),
        [.., "Ntry", "RvslInd"] => entry.reversal = matches!(text, "true" | "1"),
        [.., "Ntry", "Sts"] | [.., "Ntry", "Sts", "Cd" | "Prtry"] => entry.status = text.to_owned(),
        [.., "Ntry", "BookgDt", "Dt" | "DtTm"] => entry.booked = Some(text.to_owned()),
        [.., "Ntry", "ValDt", "Dt" | "DtTm"] => entry.value = Some(text.to_owned()),
        [.., "Ntry", "AddtlNtryInf"] => entry::append(&mut entry.information, text),
        [.., "RltdPties", side, "Nm"]
        | [.., "RltdPties", side, "Pty", "Nm"]
        | [.., "RltdPties", side, "Agt", "FinInstnId", "Nm"] => party(entry, side, text),
        [.., "TxDtls", "RmtInf", "Ustrd"] => entry::append(&mut entry.remittance, text),
        [.., "RmtInf", "Strd", "AddtlRmtInf"] | [.., "RmtInf", "Strd", "CdtrRefInf", "Ref"] => {
            entry::append(&mut entry.reference, text);
        }
        [.., "TxDtls", "AddtlTxInf"] => entry::append(&mut entry.transaction_information, text),
        _ => {}
    }
}

fn party(entry: &mut Entry, side: &str, name: &str) {
    match side {
        "Dbtr" => entry.debtor.see(name, false),
        "UltmtDbtr" => entry.debtor.see(name, true),
        "Cdtr" => entry.creditor.see(name, false),
        "UltmtCdtr" => entry.creditor.see(name, true),
        _ => {}
    }
}

fn balance_value(balance: &mut RawBalance, path: &[&str], text: &str) {
    match path {
        [.., "Bal", "Tp", "CdOrPrtry", "Cd" | "Prtry"] | [.., "Bal", "Tp", "Cd" | "Prtry"] => {
            balance.code = text.to_ascii_uppercase();
        }
        [.., "Bal", "Amt"] => balance.amount = text.to_owned(),
        [.., "Bal", "CdtDbtInd"] => balance.indicator = text.to_owned(),
        [.., "Bal", "Dt"] | [.., "Bal", "Dt", "Dt" | "DtTm"] => balance.date = entry::day(text),
        _ => {}
    }
}
