//! Trial balances: sums by account, without days and without movements.

use std::collections::HashSet;

use saldo_kernel::{Currency, Money};

use super::{Time, code_and_name, label};
use crate::{
    Column, Counts, DocumentKind, Error, Evidence, FigureBasis, Hints, Import, LedgerAccount, Outcome, Proof,
    ProofMethod, Rejected, Role, Source, Transactions,
    import::{
        limits::MAX_SHOWN_CHARS,
        numbers::{self, NumberStats},
        table::{self, Record, RowSource, meanings},
        words::{Meaning, RowWord, Words},
    },
};

/// More rows are no trial balance.
const MAX_ROWS: usize = 50_000;

/// Where the sums of one time stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Pair {
    debit: Option<usize>,
    credit: Option<usize>,
}

impl Pair {
    fn is_whole(self) -> bool {
        self.debit.is_some() && self.credit.is_some()
    }

    fn places(self) -> impl Iterator<Item = usize> {
        self.debit.into_iter().chain(self.credit)
    }
}

/// The columns of a trial balance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    accounts: Vec<usize>,
    opening: Pair,
    turnover: Pair,
    closing: Pair,
}

/// The columns, if the header is one of a trial balance.
pub(crate) fn columns(headers: &[String], words: &Words) -> Option<Columns> {
    let mut out = Columns::default();
    for (place, header) in headers.iter().enumerate() {
        let found = meanings(header, words);
        let names = |wanted: Meaning| found.iter().any(|phrase| phrase.meaning == wanted);
        let (debit, credit) = (names(Meaning::Debit), names(Meaning::Credit));
        if debit != credit {
            let pair = match words.chart.time(header) {
                Time::Opening => &mut out.opening,
                Time::Turnover => &mut out.turnover,
                Time::Closing => &mut out.closing,
            };
            let side = if debit { &mut pair.debit } else { &mut pair.credit };
            side.get_or_insert(place);
        } else if found.first().is_some_and(|phrase| phrase.meaning == Meaning::Account) && out.accounts.len() < 2 {
            out.accounts.push(place);
        } else if found.first().is_some_and(|phrase| table::is_date(phrase.meaning)) {
            return None;
        }
    }
    let whole = out.turnover.is_whole() || out.closing.is_whole();
    (whole && !out.accounts.is_empty()).then_some(out)
}

/// One row with the sums of its account.
struct Line {
    number: u64,
    label: String,
    cells: Vec<String>,
}

/// Reads the rows behind the header; `None` where they are none of a trial balance.
pub(crate) fn import(
    rows: &mut dyn RowSource,
    header: &table::Row,
    columns: &Columns,
    currency: Option<Currency>,
    source: Source,
    hints: &Hints,
    words: &Words,
) -> Result<Option<Outcome>, Error> {
    let Some(lines) = lines(rows, header.line, columns)? else { return Ok(None) };
    let sums: Vec<usize> =
        [columns.opening, columns.turnover, columns.closing].into_iter().flat_map(Pair::places).collect();
    let mut stats = NumberStats::default();
    for cell in lines.iter().flat_map(|line| sums.iter().filter_map(|place| line.cells.get(*place))) {
        if let Some(written) = numbers::scan(cell, words) {
            stats.see(&written);
        }
    }
    if stats.count == 0 {
        return Ok(None);
    }
    let decimal = match stats.decimal() {
        Ok(found) => found.unwrap_or('.'),
        Err(()) => match hints.decimal {
            Some(decimal) => decimal,
            None => {
                let cells = lines.iter().flat_map(|line| sums.iter().filter_map(|place| line.cells.get(*place)));
                let some: Vec<&str> =
                    cells.map(String::as_str).filter(|cell| cell.contains(['.', ','])).take(5).collect();
                let column = sums.first().and_then(|place| header.cells.get(*place)).cloned().unwrap_or_default();
                return Ok(Some(Outcome::Question(Box::new(table::decimal_question(&some, column, words)))));
            }
        },
    };
    let reader =
        Reader { columns, decimal, places: stats.places(decimal), currency, words, language: language(header, words) };
    Ok(reader.read(&lines, header, source)?.map(|import| Outcome::Import(Box::new(import))))
}

/// All rows behind the header that hold anything.
fn lines(rows: &mut dyn RowSource, header_line: u64, columns: &Columns) -> Result<Option<Vec<Line>>, Error> {
    let (mut reader, mut record, mut out) = (rows.open()?, Record::default(), Vec::new());
    while reader.read(&mut record)? {
        if record.line <= header_line || record.is_blank() {
            continue;
        }
        if out.len() >= MAX_ROWS {
            return Ok(None);
        }
        let label = label(columns.accounts.iter().map(|place| record.get(*place)));
        out.push(Line { number: record.line, label, cells: record.cells().map(str::to_owned).collect() });
    }
    Ok(Some(out))
}

/// The language of most headers.
fn language(header: &table::Row, words: &Words) -> String {
    let known = header.cells.iter().filter_map(|cell| Some(meanings(cell, words).first()?.language.to_string()));
    let all: Vec<String> = known.collect();
    let count = |language: &String| all.iter().filter(|one| *one == language).count();
    all.iter().max_by_key(|language| count(language)).cloned().unwrap_or_default()
}

/// Reads sums in the form of the file.
struct Reader<'r> {
    columns: &'r Columns,
    decimal: char,
    places: u8,
    currency: Option<Currency>,
    words: &'r Words,
    language: String,
}

impl Reader<'_> {
    /// `None` where neither the rows nor their totals balance: then nothing shows that it is a trial balance.
    fn read(&self, lines: &[Line], header: &table::Row, source: Source) -> Result<Option<Import>, Error> {
        let summaries = summaries(lines);
        let mut counts = Counts::default();
        let (mut accounts, mut rejected, mut fault) = (Vec::new(), Vec::new(), None);
        for (place, line) in lines.iter().enumerate() {
            counts.read += 1;
            let is_total = line.cells.iter().any(|cell| self.words.row_word(cell, false) == Some(RowWord::Total));
            let sums = match self.sums(line) {
                Ok(sums) => sums,
                Err(column) => {
                    counts.rejected += 1;
                    if rejected.len() < Import::MAX_REJECTED_SHOWN {
                        rejected.push(unread(line, header, column));
                    }
                    continue;
                }
            };
            counts.recognized += 1;
            if is_total || line.label.is_empty() || summaries.contains(&place) || sums.iter().all(Option::is_none) {
                continue;
            }
            let account = self.account(line, sums)?;
            if let Some(missing) = self.gap(&account).filter(|missing| missing.units != 0) {
                fault.get_or_insert((missing, line.number));
            }
            accounts.push(account);
        }
        let open = self.difference(&accounts)?;
        // Two columns alone are those of any list; that they are equal shows what it is.
        let is_simple = !(self.columns.closing.is_whole() && self.columns.turnover.is_whole());
        if accounts.len() < 2 || (is_simple && open != 0) {
            return Ok(None);
        }
        let by = ProofMethod::AccountBalances;
        let proof = match fault {
            Some((missing, line)) => Proof::NotReconciled { by, missing, line: Some(line) },
            None if open != 0 => Proof::NotReconciled { by, missing: self.money(open), line: None },
            None => Proof::Reconciled { by },
        };
        let columns = header.cells.iter().enumerate().map(|(place, cell)| self.column(place, cell)).collect();
        let source = Source {
            kind: DocumentKind::TrialBalance,
            kind_evidence: self.evidence(header),
            basis: FigureBasis::Accounts,
            columns,
            decimal: Some(self.decimal),
            currency: self.currency,
            ..source
        };
        Ok(Some(Import {
            source,
            transactions: Transactions::default(),
            counts,
            rejected,
            balances: Vec::new(),
            proof,
            accounts,
        }))
    }

    fn money(&self, units: i128) -> Money {
        Money::new(units, self.places, self.currency)
    }

    /// Opening, turnover and closing, debit and credit of each; the column at fault where one is no number.
    fn sums(&self, line: &Line) -> Result<[Option<i128>; 6], usize> {
        let Columns { opening, turnover, closing, .. } = self.columns;
        let mut out = [None; 6];
        let places = [opening.debit, opening.credit, turnover.debit, turnover.credit, closing.debit, closing.credit];
        for (sum, place) in out.iter_mut().zip(places) {
            let Some(place) = place else { continue };
            let cell = line.cells.get(place).map_or("", |cell| cell.trim());
            if !cell.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            *sum = Some(self.number(cell).ok_or(place)?);
        }
        Ok(out)
    }

    fn number(&self, cell: &str) -> Option<i128> {
        let written = numbers::scan(cell, self.words)?;
        let (units, places) = numbers::read(written.body, self.decimal)?;
        let units = Money::new(units, places, None).scaled(self.places)?;
        Some(if written.negative { -units } else { units })
    }

    fn account(&self, line: &Line, sums: [Option<i128>; 6]) -> Result<LedgerAccount, Error> {
        let [opening_debit, opening_credit, debit, credit, closing_debit, closing_credit] = sums;
        let net = |debit: Option<i128>, credit: Option<i128>| {
            debit
                .unwrap_or(0)
                .checked_sub(credit.unwrap_or(0))
                .map(|units| self.money(units))
                .ok_or(Error::AmountOverflow)
        };
        let opening = if self.columns.opening.is_whole() { Some(net(opening_debit, opening_credit)?) } else { None };
        // A list of balances alone has no turnover beside them.
        let (debit, credit) =
            if self.columns.turnover.is_whole() { (debit, credit) } else { (closing_debit, closing_credit) };
        let closing =
            if self.columns.closing.is_whole() { net(closing_debit, closing_credit)? } else { net(debit, credit)? };
        Ok(LedgerAccount {
            account: line.label.as_str().into(),
            class: self.words.chart.class(&line.label, &self.language),
            opening,
            debit: self.money(debit.unwrap_or(0)),
            credit: self.money(credit.unwrap_or(0)),
            closing: Some(closing),
        })
    }

    /// Stated minus computed closing balance of an account that states all of it.
    fn gap(&self, account: &LedgerAccount) -> Option<Money> {
        if !(self.columns.turnover.is_whole() && self.columns.closing.is_whole()) {
            return None;
        }
        let computed = account.opening?.checked_add(account.debit)?.checked_sub(account.credit)?;
        account.closing?.checked_sub(computed)
    }

    /// Debits less credits of all accounts.
    fn difference(&self, accounts: &[LedgerAccount]) -> Result<i128, Error> {
        let add = |sum: i128, one: &LedgerAccount| sum.checked_add(one.debit.units)?.checked_sub(one.credit.units);
        accounts.iter().try_fold(0_i128, add).ok_or(Error::AmountOverflow)
    }

    fn role(&self, place: usize) -> Role {
        let Columns { accounts, opening, turnover, closing } = self.columns;
        if accounts.contains(&place) {
            Role::Account
        } else if turnover.debit == Some(place) {
            Role::Debit
        } else if turnover.credit == Some(place) {
            Role::Credit
        } else if opening.places().chain(closing.places()).any(|one| one == place) {
            Role::Balance
        } else {
            Role::Ignored
        }
    }

    fn column(&self, place: usize, header: &str) -> Column {
        Column { header: header.to_owned(), role: self.role(place), evidence: Evidence::Header }
    }

    fn evidence(&self, header: &table::Row) -> Vec<String> {
        let used = header.cells.iter().enumerate().filter(|(place, _)| self.role(*place) != Role::Ignored);
        used.map(|(_, cell)| cell.clone()).collect()
    }
}

fn unread(line: &Line, header: &table::Row, column: usize) -> Rejected {
    let value = line.cells.get(column).map_or("", String::as_str);
    Rejected {
        line: line.number,
        reason: "AMOUNT_NOT_READ",
        column: header.cells.get(column).cloned().unwrap_or_default(),
        value: value.chars().take(MAX_SHOWN_CHARS).collect(),
    }
}

/// Rows of accounts whose subaccounts (`60.01` of `60`) stand in the table too: their sums are in those.
fn summaries(lines: &[Line]) -> HashSet<usize> {
    let mut parents = HashSet::new();
    for line in lines {
        let mut code = code_and_name(&line.label).0;
        while let Some((parent, _)) = code.rsplit_once('.') {
            parents.insert(parent);
            code = parent;
        }
    }
    let is_parent = |line: &Line| parents.contains(code_and_name(&line.label).0);
    lines.iter().enumerate().filter(|(_, line)| is_parent(line)).map(|(place, _)| place).collect()
}
