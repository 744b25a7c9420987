//! The exchange format of banks and 1C accounting, `1CClientBankExchange`, versions 1.01 to 1.03: lines of `key=value` in
//! sections, statements of any number of accounts and periods in one file.
//!
//! `Кодировка=` is not believed: the encoding is found by content like that of any text.

mod movements;
mod proof;
mod sections;

use std::io::{Read, Seek};

use saldo_kernel::Currency;

use self::{
    movements::{Fate, Reader},
    proof::Account,
    sections::Sections,
};
use super::{
    limits::ROWS_PER_REPORT,
    lines::Lines,
    plain::{self, About},
    table::Opened,
    text::Text,
    words::Words,
};
use crate::{Counts, Error, Hints, Import, Outcome, Proof, Question, Scratch, Source, Stage, Transactions, Watch};

/// Reads an exchange.
pub(crate) fn import<S: Read + Seek>(
    file: Opened<'_, S>,
    source: Source,
    hints: &Hints,
    words: &Words,
    watch: &mut dyn Watch,
) -> Result<Outcome, Error> {
    let (size, limit) = (file.size, watch.limits().rows);
    let mut lines = Lines::new(Text::open(file.source, file.encoding, file.newline)?, file.newline);
    let (mut sections, mut steps) = (Sections::default(), 0_u64);
    while !sections.ended {
        let Some(text) = lines.next()?.map(str::to_owned) else { break };
        sections.line(&text, lines.line())?;
        steps += 1;
        if steps % ROWS_PER_REPORT == 0 && watch.progress(Stage::Reading, lines.bytes_read(), size).is_break() {
            return Err(Error::Cancelled);
        }
        if sections.documents.len() as u64 > limit || sections.accounts.len() as u64 > limit {
            return Err(Error::TooManyRows { limit });
        }
    }
    if let Some(line) = sections.unfinished() {
        return Err(Error::CutOff { line });
    }
    let import = match finish(&sections, source, hints, words, &watch.scratch())? {
        Ok(import) => import,
        Err(question) => return Ok(Outcome::Question(question)),
    };
    // Some programs forget the last line; balances that hold prove that nothing else is missing.
    if !sections.ended && !matches!(import.proof, Proof::Reconciled { .. }) {
        return Err(Error::CutOff { line: lines.line() });
    }
    Ok(Outcome::Import(Box::new(import)))
}

fn finish(
    sections: &Sections,
    source: Source,
    hints: &Hints,
    words: &Words,
    scratch: &Scratch,
) -> Result<Result<Import, Box<Question>>, Error> {
    let stated = sections.accounts.iter().flat_map(|one| [&one.opening, &one.received, &one.paid, &one.closing]);
    let balances = stated.filter_map(|text| text.as_deref());
    let amounts = sections.documents.iter().map(|one| &*one.amount);
    let about = About { field: "Сумма", three_decimals: false, hints };
    let (form, balance_form) = match plain::decide(amounts, balances, about, words) {
        Ok(forms) => (forms.amounts, forms.balances),
        Err(question) => return Ok(Err(question)),
    };
    let fallback = fallback(&sections.own, hints, words);
    let mut reader = Reader::new(&sections.own, &sections.documents, form, fallback, words);
    let mut transactions = Vec::with_capacity(sections.documents.len());
    let mut out = Import {
        source: Source { format: "1c", decimal: Some(form.decimal), ..source },
        transactions: Transactions::default(),
        counts: Counts::default(),
        rejected: Vec::new(),
        balances: Vec::new(),
        proof: Proof::None,
        accounts: Vec::new(),
    };
    for document in &sections.documents {
        match reader.read(document) {
            Fate::Moved(moved) => {
                // A transfer between own accounts is two rows of two statements.
                out.counts.read += moved.len() as u64;
                transactions.extend(moved);
            }
            Fate::Nothing => {
                out.counts.read += 1;
                out.counts.recognized += 1;
            }
            Fate::Rejected(rejected) => {
                out.counts.read += 1;
                out.counts.rejected += 1;
                if out.rejected.len() < Import::MAX_REJECTED_SHOWN {
                    out.rejected.push(rejected);
                }
            }
        }
    }
    let of = |number: &str| movements::currency(number, words).unwrap_or(fallback);
    let mut currencies = sections.own.iter().map(|number| of(number));
    out.source.currency =
        currencies.next().map_or(fallback, |first| if currencies.all(|other| other == first) { first } else { None });
    let accounts: Vec<Account> = sections.accounts.iter().map(|raw| Account::read(raw, balance_form, words)).collect();
    out.balances =
        accounts.iter().zip(&sections.accounts).flat_map(|(one, raw)| one.balances(of(&raw.number))).collect();
    out.proof = proof::prove(&accounts, &transactions);
    out.transactions = Transactions::keep(&transactions, scratch)?;
    Ok(Ok(out))
}

/// The currency of accounts whose numbers do not tell: the format is that of Russia unless the file holds account
/// numbers of another country.
fn fallback(own: &[Box<str>], hints: &Hints, words: &Words) -> Option<Currency> {
    let foreign = own.iter().any(|number| movements::is_foreign(number));
    if foreign { hints.currency } else { words.numeric_currency("643") }
}
