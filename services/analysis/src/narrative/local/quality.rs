//! How far the figures can be trusted: balances, and rows left out.

use saldo_engine::{BalancesStated, Import, Proof, ProofMethod};

use super::{placeholder, topic};
use crate::narrative::{Draft, Index};

pub(super) fn sentences(index: &Index<'_>, import: &Import) -> Vec<Draft> {
    [balances(index, import), rejected(index)].into_iter().flatten().collect()
}

fn draft(weight: u8, en: String, ru: String) -> Draft {
    Draft { topic: topic::QUALITY, weight, en, ru }
}

/// What the balances prove; nothing where there are neither balances nor transactions.
fn balances(index: &Index<'_>, import: &Import) -> Option<Draft> {
    let disagree = || {
        let ru = "Остатки, указанные в файле, не сходятся с операциями.";
        draft(95, "The balances stated in the file do not agree with its transactions.".into(), ru.into())
    };
    Some(match import.proof {
        Proof::Reconciled { by: ProofMethod::DoubleEntry } => draft(
            57,
            "In every entry of the file debits equal credits.".into(),
            "В каждой проводке файла дебет равен кредиту.".into(),
        ),
        Proof::Reconciled { by: ProofMethod::AccountBalances } => draft(
            57,
            "The balances of every account agree with its debits and credits.".into(),
            "Остатки каждого счёта сходятся с его оборотами.".into(),
        ),
        Proof::Reconciled { by: ProofMethod::LineSums } => draft(
            57,
            "The amounts within every row agree with each other.".into(),
            "Суммы внутри каждой строки сходятся.".into(),
        ),
        Proof::Reconciled { .. } => draft(
            57,
            "The balances stated in the file agree with its transactions.".into(),
            "Остатки, указанные в файле, сходятся с операциями.".into(),
        ),
        Proof::NotReconciled { .. } => missing(index).map_or_else(disagree, |(en, ru)| draft(95, en, ru)),
        Proof::None if import.transactions.is_empty() => return None,
        Proof::None => unproved(import.stated()),
    })
}

/// What balances there are where they prove nothing.
fn unproved(stated: BalancesStated) -> Draft {
    let (en, ru) = match stated {
        BalancesStated::Nothing => (
            "The file states no balances that its transactions could be checked against.",
            "В файле не указаны остатки, по которым можно проверить операции.",
        ),
        BalancesStated::Opening => (
            "The file states an opening balance but no closing balance, so its transactions cannot be checked against it.",
            "В файле есть остаток на начало, но нет остатка на конец, поэтому операции по нему не проверить.",
        ),
        BalancesStated::Closing => (
            "The file states a closing balance but no opening balance, so its transactions cannot be checked against it.",
            "В файле есть остаток на конец, но нет остатка на начало, поэтому операции по нему не проверить.",
        ),
        BalancesStated::Several => (
            "The file states balances, but they are not enough to check its transactions.",
            "В файле есть остатки, но их недостаточно, чтобы проверить операции.",
        ),
    };
    draft(30, en.into(), ru.into())
}

/// What the balances miss, in both languages.
pub(super) fn missing(index: &Index<'_>) -> Option<(String, String)> {
    if let Some(wrong) = index.of("wrong_sum_amount").next() {
        let (amount, line) = (placeholder(&wrong.id, "abs"), placeholder(&index.of("missing_line").next()?.id, ""));
        return Some((
            format!("The amounts within line {line} differ by {amount}."),
            format!("Суммы в строке {line} расходятся на {amount}."),
        ));
    }
    if let Some(open) = index.of("unbalanced_amount").next() {
        return Some(unbalanced(index, &placeholder(&open.id, "abs")));
    }
    let missing = index.of("missing_amount").next()?;
    let amount = placeholder(&missing.id, "abs");
    let is_more = index.units(&missing.id)? > 0;
    let line = index.of("missing_line").next().map(|line| placeholder(&line.id, ""));
    let (en_line, ru_line) = line.map_or_else(Default::default, |line| {
        (format!("; the gap opens in line {line}"), format!("; расхождение начинается в строке {line}"))
    });
    let (en, ru) = if is_more { ("above", "больше") } else { ("below", "меньше") };
    Some((
        format!("The balances stated in the file are {amount} {en} what its transactions give{en_line}."),
        format!("Остатки, указанные в файле, на {amount} {ru} рассчитанных по операциям{ru_line}."),
    ))
}

/// How far debits and credits of books are apart.
fn unbalanced(index: &Index<'_>, amount: &str) -> (String, String) {
    let line = index.of("missing_line").next().map(|line| placeholder(&line.id, ""));
    let (en, ru) = line.map_or_else(Default::default, |line| {
        (format!("; the entry in line {line} does not balance"), format!("; не сходится проводка в строке {line}"))
    });
    (
        format!("Debits and credits of the file differ by {amount}{en}."),
        format!("Дебет и кредит в файле расходятся на {amount}{ru}."),
    )
}

fn rejected(index: &Index<'_>) -> Option<Draft> {
    let count = index.units("rejected_rows").filter(|count| *count > 0)?;
    let rows = placeholder("rejected_rows", "plural:row");
    let en = if count == 1 { "its amount is in no figure" } else { "their amounts are in no figure" };
    Some(draft(
        85,
        format!("{rows} could not be read; {en}."),
        format!("Не удалось прочитать {rows}; в показатели эти данные не вошли."),
    ))
}
