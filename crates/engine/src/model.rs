//! What the two steps of the engine hand to each other and to their callers.

use std::{collections::BTreeMap, ops::ControlFlow, sync::Arc};

use saldo_kernel::{Currency, Money};
use time::Date;

use crate::{Labels, Limits, RowSet, Scratch, Transactions};

/// The stages a caller can show, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Encoding, container and columns are found.
    Detecting,
    /// Rows become transactions.
    Reading,
    /// Counterparties, categories and duplicates are found.
    Enriching,
    /// Figures are computed.
    Computing,
}

/// The caller's side of the work: hears how far it is, may stop it, bounds it, and says where large files may be kept meanwhile.
pub trait Watch {
    /// `done` of `total` (0: unknown) in the stage's own unit. `Break` stops the work with [`crate::Error::Cancelled`].
    fn progress(&mut self, stage: Stage, done: u64, total: u64) -> ControlFlow<()>;

    /// How the file is understood and its first transactions, at most [`Import::FIRST_LOOK`]: once, as soon as they are
    /// read. `Break` stops the work.
    fn first_look(&mut self, source: &Source, first: &[Transaction]) -> ControlFlow<()> {
        let _ = (source, first);
        ControlFlow::Continue(())
    }

    /// Where what does not fit into memory is kept.
    fn scratch(&self) -> Scratch {
        Scratch::default()
    }

    /// How much of a file is read; more is refused.
    fn limits(&self) -> Limits {
        Limits::default()
    }
}

/// Never stops, tells nobody.
impl Watch for () {
    fn progress(&mut self, _: Stage, _: u64, _: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// The order of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 31.12.2025
    Dmy,
    /// 12/31/2025
    Mdy,
    /// 2025-12-31
    Ymd,
}

/// What a positive amount is where one column holds all amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Money in.
    PlusIn,
    /// Money out, as on statements of cards: every sign is turned.
    PlusOut,
}

impl Sign {
    /// The hint's value.
    pub fn name(self) -> &'static str {
        match self {
            Self::PlusIn => "plus_in",
            Self::PlusOut => "plus_out",
        }
    }
}

/// Answers to what a file leaves open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// For dates that leave it open.
    pub date_order: Option<DateOrder>,
    /// `.` or `,`, for amounts that leave it open.
    pub decimal: Option<char>,
    /// For a file that states none.
    pub currency: Option<Currency>,
    /// For amounts in one column of which nothing proves the direction.
    pub sign: Option<Sign>,
}

/// The end of an import that did not fail.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The file was read.
    Import(Box<Import>),
    /// The file has two readings that nothing in it decides.
    Question(Box<Question>),
}

/// One question with all that is needed to answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Stable, such as `DATE_ORDER_AMBIGUOUS`.
    pub reason: &'static str,
    /// The hint that answers it, named as in [`Hints`]: `date_order`, `decimal`, `sign`.
    pub hint: &'static str,
    /// One sentence in English.
    pub text: String,
    /// The header of the column it is about.
    pub column: String,
    /// The readings, most likely first.
    pub choices: Vec<Choice>,
}

/// One reading of an ambiguous file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The hint's value, such as `dmy`.
    pub value: &'static str,
    /// Values as written in the file and as they would be read, such as (`03/04/2025`, `2025-04-03`).
    pub preview: Vec<(String, String)>,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Import {
    /// How the file was understood.
    pub source: Source,
    /// In file order; a transaction's number is its place here plus one.
    pub transactions: Transactions,
    /// What was read and left out.
    pub counts: Counts,
    /// The first rejected rows, at most [`Import::MAX_REJECTED_SHOWN`]; `counts.rejected` has them all.
    pub rejected: Vec<Rejected>,
    /// Balances the file states, in file order.
    pub balances: Vec<StatedBalance>,
    /// What those balances prove.
    pub proof: Proof,
    /// The sums of every account, where the file is one of books; in the order of the file.
    pub accounts: Vec<LedgerAccount>,
}

/// What books say of one account in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerAccount {
    /// Number and name as written.
    pub account: Box<str>,
    /// What it is, where its name or number tells it.
    pub class: Option<AccountClass>,
    /// Before the first entry, where stated; positive for a debit.
    pub opening: Option<Money>,
    /// All debits.
    pub debit: Money,
    /// All credits.
    pub credit: Money,
    /// After the last entry, where stated; positive for a debit.
    pub closing: Option<Money>,
}

/// What an account of books is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountClass {
    /// Cash and accounts at banks.
    Cash,
    /// Other things owned.
    Asset,
    /// What is owed.
    Liability,
    /// Capital and results.
    Equity,
    /// Revenue and gains.
    Income,
    /// Costs and losses.
    Expense,
}

/// What kind of document a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentKind {
    /// The movements of accounts at a bank, of cards or of a till.
    #[default]
    Statement,
    /// Entries of books of accounts: a journal, a general ledger, an account card.
    Ledger,
    /// Sums by account of books.
    TrialBalance,
    /// Invoices, sent or received.
    Invoices,
    /// Sold things or orders.
    Sales,
}

/// What the transactions of a file are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FigureBasis {
    /// Its rows as they are.
    #[default]
    Movements,
    /// Of books the entries of cash and bank accounts: a debit is money in.
    MoneyAccounts,
    /// Of books the entries of income and expense accounts: income counts as in, expenses as out.
    IncomeAndExpenses,
    /// Of books that tell neither: none; there are sums by account only.
    Accounts,
}

impl Import {
    /// Which balances it states.
    pub fn stated(&self) -> BalancesStated {
        let has = |kind| self.balances.iter().any(|balance| balance.kind == kind);
        match (has(BalanceKind::Opening), has(BalanceKind::Closing)) {
            _ if self.source.columns.iter().any(|column| column.role == Role::Balance) => BalancesStated::Several,
            (true, true) => BalancesStated::Several,
            (true, false) => BalancesStated::Opening,
            (false, true) => BalancesStated::Closing,
            (false, false) => BalancesStated::Nothing,
        }
    }

    /// How many rejected rows are kept one by one.
    pub const MAX_REJECTED_SHOWN: usize = 1_000;
    /// How many transactions a first look has.
    pub const FIRST_LOOK: usize = 50;
}

/// How a file was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Stable, such as `csv`, `ofx`, `1c`.
    pub format: &'static str,
    /// By content: `utf-8`, `utf-8 with BOM`, `utf-16le`, `windows-1251`, `windows-1252`, …; pure ASCII is `ascii`;
    /// empty where the file is no text, such as a workbook.
    pub encoding: String,
    /// Of a delimited table.
    pub delimiter: Option<char>,
    /// What kind of document it is.
    pub kind: DocumentKind,
    /// Headers and the like that tell the kind; empty for a statement.
    pub kind_evidence: Vec<String>,
    /// What its transactions are.
    pub basis: FigureBasis,
    /// Its accounts are cards, or the people who hold them, by the header of their column.
    pub by_card: bool,
    /// From 1; of a workbook the row of its sheet, as are all lines.
    pub header_line: Option<u64>,
    /// Of a table, in file order.
    pub columns: Vec<Column>,
    /// Decided for the dates of the whole file.
    pub date_order: Option<DateOrder>,
    /// Decided for the amounts of the whole file.
    pub decimal: Option<char>,
    /// What a positive amount is where one column holds all amounts; `None` where columns, marks or the format tell.
    pub sign: Option<Sign>,
    /// The file's own currency, where it states one, also without any transaction.
    pub currency: Option<Currency>,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// Size in bytes.
    pub size_bytes: u64,
}

/// What was decided for one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The header's words; empty where there is no header.
    pub header: String,
    /// What it is.
    pub role: Role,
    /// Why.
    pub evidence: Evidence,
}

/// What a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Booking date.
    Date,
    /// Value date.
    ValueDate,
    /// Signed amount.
    Amount,
    /// Money out.
    Debit,
    /// Money in.
    Credit,
    /// Words or letters that tell in from out.
    Direction,
    /// Running balance.
    Balance,
    /// ISO code of the amount.
    Currency,
    /// The other side's name.
    Counterparty,
    /// What for.
    Description,
    /// The own account.
    Account,
    /// The file's own category.
    Category,
    /// A reference number.
    Reference,
    /// Booked, pending, declined.
    Status,
    /// How many of a thing.
    Quantity,
    /// What one of it costs.
    Price,
    /// The tax within or on top of an amount.
    Tax,
    /// When an invoice is to be paid.
    DueDate,
    /// What was sold or billed.
    Product,
    /// Nothing that is used.
    Ignored,
}

impl Role {
    /// The stable name, as in the report.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::ValueDate => "value_date",
            Self::Amount => "amount",
            Self::Debit => "debit",
            Self::Credit => "credit",
            Self::Direction => "direction",
            Self::Balance => "balance",
            Self::Currency => "currency",
            Self::Counterparty => "counterparty",
            Self::Description => "description",
            Self::Account => "account",
            Self::Category => "category",
            Self::Reference => "reference",
            Self::Status => "status",
            Self::Quantity => "quantity",
            Self::Price => "price",
            Self::Tax => "tax",
            Self::DueDate => "due_date",
            Self::Product => "product",
            Self::Ignored => "ignored",
        }
    }
}

/// Why a column got its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Its header says so.
    Header,
    /// Its values say so.
    Values,
}

/// Rows by their fate; what is in none of the last three is a transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that hold anything, without the header.
    pub read: u64,
    /// Balances, totals, pending and zero rows.
    pub recognized: u64,
    /// Could not be read.
    pub rejected: u64,
    /// Transactions that another file of the same analysis has as well, and that are counted there.
    pub repeated: u64,
}

impl Counts {
    /// The counts of two files.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            read: self.read.saturating_add(other.read),
            recognized: self.recognized.saturating_add(other.recognized),
            rejected: self.rejected.saturating_add(other.rejected),
            repeated: self.repeated.saturating_add(other.repeated),
        }
    }
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// In the file, from 1.
    pub line: u64,
    /// Stable: `DATE_NOT_READ`, `AMOUNT_NOT_READ`, …
    pub reason: &'static str,
    /// The header of the column at fault.
    pub column: String,
    /// The value at fault, at most 80 characters.
    pub value: String,
}

/// One movement of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// In the file, from 1.
    pub line: u64,
    /// Booking date.
    pub date: Date,
    /// Positive for money in, negative for money out.
    pub amount: Money,
    /// The running balance after it, where stated.
    pub balance: Option<Money>,
    /// The other side as written; empty if not stated.
    pub counterparty: Box<str>,
    /// What for, as written.
    pub description: Box<str>,
    /// The file's own category; empty if not stated.
    pub category: Box<str>,
    /// The own account; empty if not stated.
    pub account: Box<str>,
}

/// A balance that the file states outside its movements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedBalance {
    /// Which one.
    pub kind: BalanceKind,
    /// How much.
    pub amount: Money,
    /// When, where stated.
    pub date: Option<Date>,
    /// In the file, from 1.
    pub line: u64,
    /// The own account; empty if not stated.
    pub account: Box<str>,
}

/// Which balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BalanceKind {
    /// Before the first movement.
    Opening,
    /// After the last movement.
    Closing,
}

/// Which balances a file states, whether or not they prove anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BalancesStated {
    /// None.
    #[default]
    Nothing,
    /// Only before the first movement.
    Opening,
    /// Only after the last movement.
    Closing,
    /// Both, or one beside every row.
    Several,
}

impl BalancesStated {
    /// The stable name, as in the report; empty for none.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Opening => "opening",
            Self::Closing => "closing",
            Self::Several => "several",
        }
    }
}

/// What the file's own balances prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It states none, or too few.
    None,
    /// They agree with the movements.
    Reconciled {
        /// How.
        by: ProofMethod,
    },
    /// They do not.
    NotReconciled {
        /// How.
        by: ProofMethod,
        /// Stated minus computed.
        missing: Money,
        /// The first line where it does not hold.
        line: Option<u64>,
    },
}

/// How balances were compared with movements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofMethod {
    /// Row by row.
    RunningBalance,
    /// Opening + in − out = closing.
    OpeningAndClosing,
    /// Debits = credits in every entry of books.
    DoubleEntry,
    /// Opening + debits − credits = closing for every account, and debits = credits in all.
    AccountBalances,
    /// Of invoices and sales, row by row: quantity × price = amount, net + tax = gross.
    LineSums,
}

/// What [`crate::analyze`] makes of an import.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Every figure; ids are unique.
    pub facts: Vec<Fact>,
    /// Most unusual first.
    pub findings: Vec<Finding>,
    /// One for each transaction, in order.
    pub labels: Labels,
}

/// What enrichment found for one transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The other side as normalised; empty if nothing tells it. Shared by all rows of one counterparty.
    pub counterparty: Arc<str>,
    /// The category's key, of a category of the user's own its name; `uncategorized` rather than a guess.
    pub category: Arc<str>,
    /// Why.
    pub reason: LabelReason,
}

/// Why a transaction has its category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LabelReason {
    /// The file says so.
    File,
    /// A rule's words stand in the row.
    Rule,
    /// It is half of a transfer between two accounts of the file.
    Transfer,
    /// The user says so: by a correction, or by a file whose categories are trusted.
    Corrected,
    /// Rows like it have this category.
    Learned {
        /// How often a suggestion like this one is right, in hundredths, rounded down.
        percent: u8,
    },
    /// Nothing tells it.
    #[default]
    None,
}

/// One figure with what it is computed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Stable within a report, such as `money_in/EUR/month/2019-01`. An unknown currency is `XXX`; a figure of the whole
    /// file has no currency. Never holds `{`, `}`, `|` or a line break.
    pub id: String,
    /// What is measured.
    pub metric: &'static str,
    /// Where it is measured: `currency` (empty where unknown), `month` (2019-01), `category` (its key, or its name where it is the user's own), `counterparty`
    /// (its name), `account` (as written), `row` (a transaction's number), `recurring` (the name of a series of payments).
    pub dimensions: BTreeMap<&'static str, String>,
    /// The value with its unit.
    pub value: Value,
    /// Days it covers, both included.
    pub period: Option<(Date, Date)>,
    /// What it is computed from.
    pub lineage: Lineage,
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// An amount.
    Money(Money),
    /// A number of things.
    Count(i64),
    /// A part of a whole or a relative change, exact: units and decimal places, such as 0.1834.
    Ratio(Money),
    /// Any other number with decimals, in the unit that its metric names, such as 6.2 months.
    Number(Money),
    /// A day.
    Date(Date),
    /// A month: year and month from 1.
    Month(i32, u8),
    /// A name.
    Name(String),
}

/// What a figure is computed from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lineage {
    /// Transactions by number (from 1).
    pub rows: RowSet,
    /// Other facts, by id.
    pub facts: Vec<String>,
    /// How, one of a fixed list such as `money_in - money_out`; empty for a plain sum or count of the rows.
    pub formula: &'static str,
}

/// Something unusual.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Stable within a report, such as `duplicate/12`: the kind and the first row.
    pub id: String,
    /// What it is.
    pub kind: FindingKind,
    /// From 0 to 1, the higher the more unusual.
    pub score: f64,
    /// Transactions by number (from 1).
    pub rows: RowSet,
    /// Ids of the facts its reason may name, each of another metric: `amount`, `date`, `copies`, `usual_in` or `usual_out`,
    /// `times_usual`, `compared`, `usual_least`, `usual_most`, `due`, `counterparty`, as far as they apply; `spike_out`, `spike_month`,
    /// `usual_month_out`; `missing_amount` and `missing_line`.
    pub facts: Vec<String>,
}

/// What sort of unusual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// The same movement again: date, amount, text.
    Duplicate,
    /// Far from what this counterparty or category usually costs.
    UnusualAmount,
    /// Usual once the decimal point is moved.
    MisplacedDecimal,
    /// Never seen before and large.
    NewCounterparty,
    /// A month in which a category cost far more than usual.
    CategorySpike,
    /// A payment that came regularly did not come.
    MissingRecurring,
    /// The file's balances and its movements disagree.
    MissingAmount,
}

impl FindingKind {
    /// The stable name, as in the report.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::UnusualAmount => "unusual_amount",
            Self::MisplacedDecimal => "misplaced_decimal",
            Self::NewCounterparty => "new_counterparty",
            Self::CategorySpike => "category_spike",
            Self::MissingRecurring => "missing_recurring",
            Self::MissingAmount => "missing_amount",
        }
    }
}

impl Analysis {
    /// The fact of an id. Walks the list: to look up many, make an index.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// Every transaction behind a fact, also through the facts it is computed from, by number (from 1).
    pub fn rows_behind(&self, id: &str) -> RowSet {
        crate::analyze::rows_behind(&self.facts, id)
    }
}
