//! The second pass: each row is a movement, a recognised row that is none, or rejected with its reason.

use std::collections::HashMap;

use saldo_kernel::{Currency, Money};
use time::Date;

use super::{
    amounts::Amount,
    balances::Standing,
    dialect::is_movement,
    documents::Sums,
    plan::{Format, Plan},
    preamble,
    profile::is_dash,
    records::Record,
    sections::{Section, may_be_title},
    totals::Orders,
    trail::Trail,
};
use crate::{
    BalanceKind, Counts, Error, Import, LedgerAccount, Proof, ProofMethod, Rejected, Scratch, StatedBalance,
    Transaction,
    import::{
        accounts::Provers,
        books::Entries,
        dates,
        limits::MAX_SHOWN_CHARS,
        numbers,
        statuses::Status,
        words::{Side, Words},
    },
    store::Appender,
};

/// What the rows become.
pub(crate) struct Rows<'p> {
    pub(super) plan: &'p Plan,
    pub(super) words: &'p Words,
    common: Option<Currency>,
    /// Sums within the rows of invoices and sales.
    pub(crate) sums: Sums,
    /// The order that the last row is of.
    orders: Orders,
    /// Takes the movements of books apart.
    pub(crate) books: Option<Entries<'p>>,
    /// Sums of the accounts of books.
    pub(crate) accounts: Vec<LedgerAccount>,
    pub(crate) transactions: Appender,
    pub(crate) prover: Provers,
    /// The first transactions until they are shown.
    pub(super) first: Option<Vec<Transaction>>,
    pub(crate) counts: Counts,
    pub(crate) rejected: Vec<Rejected>,
    /// A rejected row had a running balance: what the others prove is not all.
    is_proof_open: bool,
    pub(crate) balances: Vec<StatedBalance>,
    /// What the rows so far add up to.
    pub(crate) trail: Trail,
    pub(super) section: Section,
    /// Whether rows are pending, of another account than the first ones, or of another table, because a title said so.
    pub(crate) is_below_title: bool,
    /// What the first kinds of operation say of their rows: a few come again and again.
    pub(super) kinds: HashMap<Box<str>, Option<Status>>,
    /// The latest day of all movements.
    latest: Option<Date>,
    /// Values of a column of opening and of closing balances, while they are all the same.
    stated: [Stated; 2],
}

/// What a column of opening or closing balances says.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stated {
    Nothing,
    One(Money, u64),
    Several,
}

/// What is wrong with a row.
pub(crate) struct Fault {
    pub(super) reason: &'static str,
    pub(super) column: usize,
}

impl<'p> Rows<'p> {
    /// Reads rows with a plan. `common` is the currency of rows that do not say it.
    pub(crate) fn new(plan: &'p Plan, words: &'p Words, common: Option<Currency>, scratch: &Scratch) -> Self {
        Self {
            plan,
            words,
            common,
            sums: Sums::default(),
            orders: Orders::default(),
            books: None,
            accounts: Vec::new(),
            transactions: Appender::new(scratch),
            prover: Provers::default(),
            first: Some(Vec::new()),
            counts: Counts::default(),
            rejected: Vec::new(),
            is_proof_open: false,
            balances: Vec::new(),
            trail: Trail::default(),
            section: plan.section.clone(),
            is_below_title: plan.section.is_pending,
            kinds: HashMap::new(),
            latest: None,
            stated: [Stated::Nothing; 2],
        }
    }

    /// Adds one row. Fails where its transaction cannot be kept.
    pub(crate) fn see(&mut self, record: &Record) -> Result<(), Error> {
        match self.read(record) {
            Some(transaction) => self.keep(record, transaction),
            None => Ok(()),
        }
    }

    /// Counts one row, and gives its movement if it is one.
    pub(crate) fn read(&mut self, record: &Record) -> Option<Transaction> {
        if record.is_blank() {
            return None;
        }
        self.counts.read += 1;
        self.note_stated(record);
        if self.plan.document.as_ref().is_some_and(|document| self.orders.repeats(record, document)) {
            self.counts.recognized += 1;
            return None;
        }
        match self.movement(record) {
            Ok(Some(transaction)) => return Some(transaction),
            Ok(None) => self.counts.recognized += 1,
            Err(fault) => self.reject(record, &fault),
        }
        None
    }

    /// The first transactions, once, when there are enough of them to be shown.
    pub(crate) fn first_look(&mut self) -> Option<Vec<Transaction>> {
        self.first.take_if(|first| first.len() >= Import::FIRST_LOOK)
    }

    /// What the balances prove of the movements.
    pub(crate) fn proof(&self) -> Proof {
        match self.prover.prove(&self.balances) {
            Proof::Reconciled { by: ProofMethod::RunningBalance } if self.is_proof_open => Proof::None,
            proof => proof,
        }
    }

    /// Balances that the rows state in words or in columns of their own. `on_day` is one that the lines before them state;
    /// a running balance knows better.
    pub(crate) fn finish(mut self, on_day: Option<StatedBalance>) -> Result<Self, Error> {
        self.accounts = self.books.as_mut().map(Entries::finish).transpose()?.unwrap_or_default();
        self.drain()?;
        let is_last = |stated: &StatedBalance| self.plan.balance.is_none() && stated.date >= self.latest;
        let has_closing = self.balances.iter().any(|balance| balance.kind == BalanceKind::Closing);
        self.balances.extend(on_day.filter(is_last).filter(|_| !has_closing));
        for (stated, kind) in self.stated.into_iter().zip([BalanceKind::Opening, BalanceKind::Closing]) {
            if let Stated::One(amount, line) = stated {
                let amount = Money { currency: self.common, ..amount };
                self.balances.push(StatedBalance { kind, amount, date: None, line, account: "".into() });
            }
        }
        Ok(self)
    }

    /// `None` for a recognised row that is no movement.
    pub(crate) fn movement(&mut self, record: &Record) -> Result<Option<Transaction>, Fault> {
        if self.section.is_other_table {
            return self.of_other_table(record).map(|()| None);
        }
        if self.plan.groups.is_some() {
            if self.is_of_other_group(record) {
                return Ok(None);
            }
        } else if may_be_title(record) && self.section.see(record.cells(), self.words) {
            self.is_below_title = self.section.is_pending || self.section != self.plan.section;
            return Ok(None);
        }
        if self.is_too_wide(record) {
            return Err(Fault { reason: "TOO_MANY_FIELDS", column: self.money_column() });
        }
        if self.section.is_pending || self.is_not_booked(record) {
            return Ok(None);
        }
        let amount = self.less_fee(record, self.amount(record));
        let Some(date) = self.date(record) else { return self.undated(record, &amount).map(|()| None) };
        match amount {
            Amount::Zero => Ok(None),
            Amount::Units(units) => self.dated(record, date, units),
            Amount::Missing => {
                self.states_balance(record)?;
                self.state_balance(record, None);
                Ok(None)
            }
            Amount::Bad(fault) => Err(fault),
        }
    }

    /// A row with a date and an amount: a movement, if its words and the rows before it do not tell a balance or a total.
    fn dated(&mut self, record: &Record, date: Date, units: i128) -> Result<Option<Transaction>, Fault> {
        match self.standing(record, units) {
            Standing::Movement => {
                self.trail.add(units, self.plan.balance.map_or("", |(place, _)| record.get(place)));
                Ok(Some(self.transaction(record, date, units)))
            }
            Standing::Statement => {
                self.state_balance(record, Some(units));
                Ok(None)
            }
            Standing::Doubtful => Err(Fault { reason: "TOTAL_DIFFERS", column: self.money_column() }),
        }
    }

    /// A row without a date: a balance, a total, a pending row or a note; else it is rejected.
    fn undated(&mut self, record: &Record, amount: &Amount) -> Result<(), Fault> {
        let column = self.plan.dates.first().copied().unwrap_or(0);
        let cell = record.get(column);
        let reason = if cell.is_empty() { "DATE_MISSING" } else { "DATE_NOT_READ" };
        if matches!(self.words.statuses.of(cell), Some(Status::Pending | Status::Failed)) {
            return Ok(());
        }
        if record.cells().any(|cell| self.words.row_word(cell, false).is_some()) {
            self.state_balance(record, None);
            return Ok(());
        }
        if self.is_header(record) {
            return Ok(());
        }
        if self.is_other_header(record) {
            (self.section.is_other_table, self.is_below_title) = (true, true);
            return Ok(());
        }
        let bare = match amount {
            Amount::Missing => true,
            Amount::Bad(fault) => !record.get(fault.column).bytes().any(|byte| byte.is_ascii_digit()),
            Amount::Zero | Amount::Units(_) => false,
        };
        // A number with decimals is no note, even in a column that is not read.
        let is_money = |cell: &str| cell.contains(['.', ',']) && numbers::scan(cell, self.words).is_some();
        if bare && !record.cells().any(is_money) && !is_movement(record.cells(), self.words) {
            Ok(())
        } else {
            Err(Fault { reason, column })
        }
    }

    fn date(&self, record: &Record) -> Option<Date> {
        let place = *self.plan.dates.first()?;
        dates::scan(record.get(place), self.words)?.read(self.plan.order)
    }

    pub(super) fn money_column(&self) -> usize {
        super::plan::money_columns(self.plan.money).first().copied().unwrap_or(0)
    }

    fn transaction(&mut self, record: &Record, date: Date, units: i128) -> Transaction {
        let currency = self.currency(record);
        self.latest = self.latest.max(Some(date));
        let side = if units < 0 { Side::Out } else { Side::In };
        let one = |place: Option<usize>| place.map_or("", |place| record.get(place));
        Transaction {
            line: record.line,
            date,
            amount: Money::new(units, self.plan.amounts.places, currency),
            balance: self.balance(record, currency),
            counterparty: self.plan.parties.of(record, side).into(),
            description: self.description(record),
            category: one(self.plan.category).into(),
            account: self.account(record).into(),
        }
    }

    /// As a column tells, or a title that names another account than the first one.
    fn account<'r>(&'r self, record: &'r Record) -> &'r str {
        match self.plan.account {
            Some(place) => record.get(place),
            None if !self.is_below_title || self.section.account == self.plan.section.account => "",
            None => &self.section.account,
        }
    }

    pub(super) fn balance(&self, record: &Record, currency: Option<Currency>) -> Option<Money> {
        let (place, format) = self.plan.balance?;
        Some(Money { currency, ..self.signed_balance(record.get(place), format)? })
    }

    pub(super) fn signed_balance(&self, cell: &str, format: Format) -> Option<Money> {
        let (written, units) = self.number(cell, format)?;
        let debt = written.negative || written.mark == Some(Side::Out);
        Some(Money::new(if debt == self.plan.owed { units } else { -units }, format.places, None))
    }

    fn currency(&self, record: &Record) -> Option<Currency> {
        let arrived = self.arrival(record).and_then(|transfer| transfer.currency);
        let in_column = arrived.or(self.plan.currency.column).and_then(|place| self.words.currency(record.get(place)));
        let in_amount = || {
            let places = super::plan::money_columns(self.plan.money);
            let marks = places.into_iter().filter_map(|place| numbers::scan(record.get(place), self.words)?.currency);
            marks.flatten().next()
        };
        in_column.or_else(|| if self.plan.currency.marks { in_amount() } else { None }).or(self.plan.currency.all)
    }

    fn description(&self, record: &Record) -> Box<str> {
        let mut out = String::new();
        for cell in self.plan.descriptions.iter().map(|place| record.get(*place)) {
            if !cell.is_empty() && !is_dash(cell) && !out.contains(cell) {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(cell);
            }
        }
        out.into()
    }

    /// Keeps an opening or closing balance that a row states.
    fn state_balance(&mut self, record: &Record, amount: Option<i128>) {
        let cells: Vec<&str> = record.cells().collect();
        let decimal = self.plan.amounts.decimal;
        let stated = preamble::stated(&cells, record.line, decimal, self.plan.order, self.common, self.words);
        let Some(mut stated) = stated else { return };
        // The columns of the table know better than the first number behind the words.
        if let Some(balance) = self.balance(record, self.common) {
            stated.amount = balance;
        } else if let Some(units) = amount {
            stated.amount = Money::new(units, self.plan.amounts.places, self.common);
        }
        if self.plan.groups.is_some() {
            stated.account = self.section.account.clone();
        }
        self.balances.push(stated);
    }

    /// Looks at columns of opening and closing balances.
    fn note_stated(&mut self, record: &Record) {
        for (place, stated) in [self.plan.opening, self.plan.closing].into_iter().zip(&mut self.stated) {
            let cell = place.map_or("", |place| record.get(place));
            let Some(amount) = preamble::amount(cell, self.plan.amounts.decimal, self.words) else { continue };
            *stated = match *stated {
                Stated::Nothing => Stated::One(amount, record.line),
                Stated::One(before, line) if before == amount => Stated::One(before, line),
                Stated::One(..) | Stated::Several => Stated::Several,
            };
        }
    }

    fn reject(&mut self, record: &Record, fault: &Fault) {
        self.counts.rejected += 1;
        self.is_proof_open |= self.plan.balance.is_some_and(|(place, _)| !record.get(place).is_empty());
        if self.rejected.len() < Import::MAX_REJECTED_SHOWN {
            self.rejected.push(Rejected {
                line: record.line,
                reason: fault.reason,
                column: super::roles::title(&self.plan.columns, fault.column),
                value: record.get(fault.column).chars().take(MAX_SHOWN_CHARS).collect(),
            });
        }
    }
}
