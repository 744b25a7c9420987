//! Builds statements in code.

use saldo_analysis::narrative::{Language, Segment, Text, Texts, write};
use saldo_engine::{Analysis, Counts, Import, Proof, Scratch, Source, Transaction, Transactions, analyze};
use saldo_kernel::Money;
use time::{Date, macros::format_description};

pub(crate) fn money(amount: &str, code: &str) -> Money {
    Money { currency: code.parse().ok(), ..amount.parse().expect("an amount") }
}

/// A row: day, amount with its currency (`-5.00 EUR`), counterparty.
pub(crate) fn row(day: &str, amount: &str, counterparty: &str) -> Transaction {
    let (amount, code) = amount.split_once(' ').unwrap_or((amount, ""));
    Transaction {
        line: 0,
        date: Date::parse(day, format_description!("[year]-[month]-[day]")).expect("a day"),
        amount: money(amount, code),
        balance: None,
        counterparty: counterparty.into(),
        description: "".into(),
        category: "".into(),
        account: "".into(),
    }
}

pub(crate) fn statement(mut transactions: Vec<Transaction>) -> Import {
    for (place, transaction) in transactions.iter_mut().enumerate() {
        transaction.line = place as u64 + 2;
    }
    let read = transactions.len() as u64;
    Import {
        source: Source::default(),
        transactions: Transactions::keep(&transactions, &Scratch::default()).expect("room in memory"),
        counts: Counts { read, ..Counts::default() },
        rejected: Vec::new(),
        balances: Vec::new(),
        proof: Proof::None,
        accounts: Vec::new(),
    }
}

pub(crate) fn told(import: &Import) -> (Analysis, Texts) {
    let analysis = analyze(import, &mut ()).expect("an analysis");
    let texts = write(import, &analysis, &Language::ALL).expect("a narrative");
    (analysis, texts)
}

/// The text of a language with plain spaces.
pub(crate) fn plain(texts: &[Text], language: Language) -> String {
    let text = texts.iter().find(|text| text.language == language).expect("the language");
    text.segments.iter().map(|Segment { text, .. }| text.as_str()).collect::<String>().replace('\u{a0}', " ")
}

/// Sentences, then reasons, in a language.
pub(crate) fn lines(texts: &Texts, language: Language) -> Vec<String> {
    let all = texts.sentences.iter().map(|sentence| &sentence.texts).chain(&texts.findings);
    all.map(|texts| plain(texts, language)).collect()
}
