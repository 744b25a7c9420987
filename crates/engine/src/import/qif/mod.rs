//! Quicken Interchange Format: accounts of a bank, cash and cards. Neither a currency nor the order of day and month is
//! stated, so the order is decided over the whole file or asked about.

mod records;

use std::io::{Read, Seek};

use saldo_kernel::Money;
use time::Date;

use self::records::{Raw, Records, own_account, plain_date};
use super::{
    dates,
    limits::{MAX_SHOWN_CHARS, ROWS_PER_REPORT},
    lines::Lines,
    plain::{self, About, Form},
    table::{self, Opened},
    text::Text,
    words::{RowWord, Words},
};
use crate::{
    BalanceKind, Counts, DateOrder, Error, Hints, Import, Outcome, Proof, Question, Rejected, Source, Stage,
    StatedBalance, Transaction, Transactions, Watch, store::Appender,
};

/// Reads a file of records.
pub(crate) fn import<S: Read + Seek>(
    file: Opened<'_, S>,
    source: Source,
    hints: &Hints,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let (size, limit) = (file.size, watch.limits().rows);
    let mut lines = Lines::new(Text::open(file.source, file.encoding, file.newline)?, file.newline);
    let (mut records, mut steps) = (Records::default(), 0_u64);
    while let Some(text) = lines.next()?.map(str::to_owned) {
        records.line(&text, lines.line())?;
        steps += 1;
        if steps % ROWS_PER_REPORT == 0 && watch.progress(Stage::Reading, lines.bytes_read(), size).is_break() {
            return Err(Error::Cancelled);
        }
        if records.movements.len() as u64 > limit {
            return Err(Error::TooManyRows { limit });
        }
    }
    if let Some(line) = records.unfinished() {
        return Err(Error::CutOff { line });
    }
    let mut movements = records.movements;
    name_accounts(&mut movements, words);
    match decide(&movements, hints, words) {
        Ok((order, form)) => {
            let mut transactions = Appender::new(&watch.scratch());
            let import = finish(&movements, order, form, source, hints, words, &mut transactions)?;
            Ok(Outcome::Import(Box::new(Import { transactions: transactions.finish()?, ..import })))
        }
        Err(question) => Ok(Outcome::Question(question)),
    }
}

/// Without an account of its own, a file names it in the record of its opening balance.
fn name_accounts(movements: &mut [Raw], words: &Words) {
    let opening = movements.iter().find(|one| is_opening(one, words));
    let name = opening.and_then(|one| own_account(&one.category)).map(str::to_owned);
    name.into_iter().for_each(|name| Records::name_account(movements, &name));
}

/// By its words, or because the other account of the transfer is the account itself.
fn is_opening(raw: &Raw, words: &Words) -> bool {
    let itself = || !raw.account.is_empty() && own_account(&raw.category) == Some(&*raw.account);
    words.row_word(&raw.payee, true) == Some(RowWord::Opening) || itself()
}

/// The order of the dates and the form of the amounts, or what nothing in the file decides.
fn decide(movements: &[Raw], hints: &Hints, words: &Words) -> Result<(DateOrder, Form), Box<Question>> {
    let cash = || movements.iter().filter(|one| !one.investment);
    let dates: Vec<String> = cash().filter_map(|one| one.date.as_deref()).map(plain_date).collect();
    let order = table::order_of(&dates, "D", hints, words)?;
    let amounts = cash().flat_map(|one| one.amount.iter().chain(&one.splits)).map(|text| &**text);
    let three_decimals = hints.currency.is_some_and(|currency| words.has_three_decimals(currency));
    let about = About { field: "T", three_decimals, hints };
    let forms = plain::decide(amounts, std::iter::empty(), about, words)?;
    Ok((order, forms.amounts))
}

fn finish(
    movements: &[Raw],
    order: DateOrder,
    form: Form,
    source: Source,
    hints: &Hints,
    words: &Words,
    transactions: &mut Appender,
) -> Result<Import, Error> {
    let mut out = Import {
        source: Source { format: "qif", decimal: Some(form.decimal), date_order: Some(order), ..source },
        transactions: Transactions::default(),
        counts: Counts::default(),
        rejected: Vec::new(),
        balances: Vec::new(),
        // An opening balance alone proves nothing: the closing one is never stated.
        proof: Proof::None,
        accounts: Vec::new(),
    };
    out.source.currency = hints.currency;
    for raw in movements {
        out.counts.read += 1;
        match movement(raw, order, form, words) {
            Ok((date, amount)) => {
                let amount = Money { currency: hints.currency, ..amount };
                if is_opening(raw, words) {
                    out.counts.recognized += 1;
                    out.balances.push(StatedBalance {
                        kind: BalanceKind::Opening,
                        amount,
                        date: Some(date),
                        line: raw.line,
                        account: raw.account.clone(),
                    });
                } else if amount.units == 0 {
                    out.counts.recognized += 1;
                } else {
                    transactions.push(&transaction(raw, date, amount))?;
                }
            }
            Err((reason, column, value)) => {
                out.counts.rejected += 1;
                if out.rejected.len() < Import::MAX_REJECTED_SHOWN {
                    out.rejected.push(Rejected {
                        line: raw.line,
                        reason,
                        column: column.to_owned(),
                        value: value.chars().take(MAX_SHOWN_CHARS).collect(),
                    });
                }
            }
        }
    }
    Ok(out)
}

/// Reason, tag and value at fault.
type Fault<'r> = (&'static str, &'static str, &'r str);

fn movement<'r>(raw: &'r Raw, order: DateOrder, form: Form, words: &Words) -> Result<(Date, Money), Fault<'r>> {
    if raw.investment {
        return Err(("INVESTMENT_NOT_READ", "T", raw.amount.as_deref().unwrap_or_default()));
    }
    let text = raw.amount.as_deref().filter(|text| !text.is_empty()).ok_or(("AMOUNT_MISSING", "T", ""))?;
    let amount = form.read(text, words).ok_or(("AMOUNT_NOT_READ", "T", text))?;
    let text = raw.date.as_deref().filter(|text| !text.is_empty()).ok_or(("DATE_MISSING", "D", ""))?;
    let date = dates::scan(&plain_date(text), words).and_then(|parts| parts.read(order));
    let date = date.ok_or(("DATE_NOT_READ", "D", text))?;
    // Parts that do not add up to the whole leave open how much moved.
    let mut splits = raw.splits.iter().filter(|text| !text.is_empty()).peekable();
    if splits.peek().is_some() {
        let read = |text: &'r str| form.read(text, words).ok_or(("AMOUNT_NOT_READ", "$", text));
        let mut sum = Money::new(0, amount.exponent, None);
        for text in splits {
            sum = sum.checked_add(read(text)?).ok_or(("AMOUNT_NOT_READ", "$", &**text))?;
        }
        if sum != amount {
            return Err(("SPLITS_DIFFER", "T", raw.amount.as_deref().unwrap_or_default()));
        }
    }
    Ok((date, amount))
}

fn transaction(raw: &Raw, date: Date, amount: Money) -> Transaction {
    let transfer = own_account(&raw.category);
    let counterparty = if raw.payee.is_empty() { transfer.unwrap_or_default() } else { &raw.payee };
    Transaction {
        line: raw.line,
        date,
        amount,
        balance: None,
        counterparty: counterparty.into(),
        description: raw.memo.clone(),
        category: if transfer.is_some() { "".into() } else { raw.category.clone() },
        account: raw.account.clone(),
    }
}
