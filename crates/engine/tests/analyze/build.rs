//! Builds imports in code, row by row.

use saldo_engine::{
    Analysis, BalanceKind, Counts, Fact, Import, Proof, Scratch, Source, StatedBalance, Transaction, Transactions,
    Value, analyze,
};
use saldo_kernel::Money;
use time::{Date, macros::format_description};

/// One row under construction.
#[derive(Clone, Debug)]
pub(crate) struct Row(pub(crate) Transaction);

/// A row of euros.
pub(crate) fn row(day: &str, amount: &str) -> Row {
    Row(Transaction {
        line: 0,
        date: date(day),
        amount: money(amount, "EUR"),
        balance: None,
        counterparty: "".into(),
        description: "".into(),
        category: "".into(),
        account: "".into(),
    })
}

impl Row {
    pub(crate) fn of(mut self, counterparty: &str) -> Self {
        self.0.counterparty = counterparty.into();
        self
    }

    pub(crate) fn text(mut self, description: &str) -> Self {
        self.0.description = description.into();
        self
    }

    pub(crate) fn category(mut self, category: &str) -> Self {
        self.0.category = category.into();
        self
    }

    pub(crate) fn account(mut self, account: &str) -> Self {
        self.0.account = account.into();
        self
    }

    pub(crate) fn balance(mut self, balance: &str) -> Self {
        self.0.balance = Some(Money { currency: self.0.amount.currency, ..money(balance, "") });
        self
    }

    /// Another currency; empty for an unknown one.
    pub(crate) fn currency(mut self, code: &str) -> Self {
        self.0.amount.currency = code.parse().ok();
        self
    }
}

pub(crate) fn money(amount: &str, code: &str) -> Money {
    Money { currency: code.parse().ok(), ..amount.parse().expect("an amount") }
}

pub(crate) fn date(day: &str) -> Date {
    Date::parse(day, format_description!("[year]-[month]-[day]")).expect("a day")
}

/// A statement of these rows, in this order.
pub(crate) fn statement(rows: Vec<Row>) -> Import {
    let mut transactions: Vec<Transaction> = rows.into_iter().map(|row| row.0).collect();
    for (place, transaction) in transactions.iter_mut().enumerate() {
        transaction.line = place as u64 + 2;
    }
    let read = transactions.len() as u64;
    Import {
        source: Source { format: "csv", ..Source::default() },
        transactions: keep(&transactions),
        counts: Counts { read, ..Counts::default() },
        rejected: Vec::new(),
        balances: Vec::new(),
        proof: Proof::None,
        accounts: Vec::new(),
    }
}

/// Transactions as an import has them.
pub(crate) fn keep(list: &[Transaction]) -> Transactions {
    Transactions::keep(list, &Scratch::default()).expect("room in memory")
}

pub(crate) fn stated(kind: BalanceKind, amount: &str, day: &str) -> StatedBalance {
    StatedBalance { kind, amount: money(amount, "EUR"), date: Some(date(day)), line: 1, account: "".into() }
}

/// The analysis of these rows.
pub(crate) fn analysis(rows: Vec<Row>) -> Analysis {
    analyze(&statement(rows), &mut ()).expect("an analysis")
}

/// The value of a fact as plain text; `-` where there is none.
pub(crate) fn value(analysis: &Analysis, id: &str) -> String {
    analysis.fact(id).map_or_else(|| "-".to_owned(), shown)
}

fn shown(fact: &Fact) -> String {
    match &fact.value {
        Value::Money(money) | Value::Ratio(money) | Value::Number(money) => money.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Month(year, month) => format!("{year:04}-{month:02}"),
        Value::Name(name) => name.clone(),
    }
}

/// Checks the values of facts, given as id and value.
pub(crate) fn check(analysis: &Analysis, expected: &[(&str, &str)]) {
    for (id, expected) in expected {
        assert_eq!(value(analysis, id), *expected, "{id}");
    }
}
