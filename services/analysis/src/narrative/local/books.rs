//! What kind of document the file is, where it is no statement, and what books say of the result.

use saldo_engine::{DocumentKind, FigureBasis, Source};

use super::{placeholder, topic};
use crate::narrative::{Draft, Index};

pub(super) fn sentences(index: &Index<'_>, source: &Source) -> Vec<Draft> {
    [kind(source), result(index)].into_iter().flatten().collect()
}

fn kind(source: &Source) -> Option<Draft> {
    let (en, ru) = match (source.kind, source.basis) {
        (DocumentKind::Statement, _) => return None,
        (DocumentKind::Ledger, FigureBasis::MoneyAccounts) => (
            "The file is a ledger; the figures are those of its cash and bank accounts, where a debit is money in.",
            "Файл — бухгалтерский регистр; показатели рассчитаны по счетам денежных средств, где дебет — поступление.",
        ),
        (DocumentKind::Ledger, FigureBasis::IncomeAndExpenses) => (
            "The file is a ledger that names no cash or bank account; its income counts as money in, its expenses as money out.",
            "Файл — бухгалтерский регистр без счетов денежных средств; доходы показаны как поступления, расходы — как списания.",
        ),
        (DocumentKind::Ledger, FigureBasis::Accounts | FigureBasis::Movements) => (
            "The file is a ledger whose accounts tell neither money nor income and expenses; there are sums by account only.",
            "Файл — бухгалтерский регистр, в котором не видно счетов денег, доходов и расходов; есть только суммы по счетам.",
        ),
        (DocumentKind::TrialBalance, _) => (
            "The file is a trial balance: it states sums by account and no single movements.",
            "Файл — оборотно-сальдовая ведомость: в ней есть суммы по счетам, но нет отдельных операций.",
        ),
        (DocumentKind::Invoices, _) => (
            "The file is a list of invoices: the figures are what was invoiced, not what was paid.",
            "Файл — реестр счетов: показатели говорят о выставленном, а не об оплаченном.",
        ),
        (DocumentKind::Sales, _) => (
            "The file is a list of sales: the figures are what was sold, not what was paid.",
            "Файл — таблица продаж: показатели говорят о проданном, а не об оплаченном.",
        ),
    };
    Some(Draft { topic: topic::OVERVIEW, weight: 99, en: en.into(), ru: ru.into() })
}

/// Income, expenses and what is left, of the first currency of the books.
fn result(index: &Index<'_>) -> Option<Draft> {
    let profit = index.of("profit").next()?;
    let (_, code) = profit.id.split_once('/')?;
    let show = |metric: &str| placeholder(&format!("{metric}/{code}"), "");
    let (income, expenses, left) = (show("income"), show("expenses"), placeholder(&profit.id, "abs"));
    let (en, ru) = if index.units(&profit.id)? < 0 { ("loss", "убыток") } else { ("profit", "прибыль") };
    Some(Draft {
        topic: topic::OVERVIEW,
        weight: 90,
        en: format!("By its accounts, income is {income} and expenses are {expenses}: a {en} of {left}."),
        ru: format!("По счетам файла доходы — {income}, расходы — {expenses}: {ru} {left}."),
    })
}
