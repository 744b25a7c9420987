//! What must hold whatever the bytes are. Shared by the tests, the fuzz targets and the run over damaged statements.

use std::{
    collections::{BTreeMap, HashSet},
    io::Cursor,
};

use saldo_engine::{Analysis, Error, Hints, Import, Outcome, Question, Value, analyze, import};

/// How a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    /// Read and analysed.
    Report,
    /// One question.
    Question,
    /// Refused with a reason.
    Refusal,
}

/// Imports and analyses; panics where an invariant does not hold.
pub(crate) fn check(bytes: &[u8], hints: &Hints) -> End {
    match import(Cursor::new(bytes), hints, &mut ()) {
        Ok(Outcome::Import(import)) => {
            of_import(&import);
            match analyze(&import, &mut ()) {
                Ok(analysis) => {
                    of_analysis(&import, &analysis);
                    End::Report
                }
                Err(error) => {
                    assert!(matches!(error, Error::AmountOverflow), "{error:?}");
                    End::Refusal
                }
            }
        }
        Ok(Outcome::Question(question)) => {
            of_question(&question);
            End::Question
        }
        Err(error) => {
            of_error(error);
            End::Refusal
        }
    }
}

fn of_import(import: &Import) {
    let counts = import.counts;
    assert_eq!(counts.read, import.transactions.len() as u64 + counts.recognized + counts.rejected);
    assert_eq!(import.rejected.len() as u64, counts.rejected.min(Import::MAX_REJECTED_SHOWN as u64));
    assert!(import.source.columns.len() <= 1_024);
    for row in &import.rejected {
        assert!(!row.reason.is_empty() && row.line > 0 && row.value.chars().count() <= 81, "{row:?}");
    }
    assert!(import.transactions.check().is_ok() && import.transactions.iter().all(|row| row.line > 0));
    assert!(import.balances.iter().all(|balance| balance.line > 0));
}

fn of_question(question: &Question) {
    assert!(question.choices.len() > 1 && !question.text.is_empty() && !question.hint.is_empty(), "{question:?}");
    assert!(question.choices.iter().all(|choice| choice.preview.len() <= 32), "{question:?}");
}

/// Bytes in memory never fail to be read and nobody stops the work, so every error is about the file.
fn of_error(error: Error) {
    assert!(!matches!(error, Error::Io(_) | Error::Cancelled | Error::Words(_)), "{error:?}");
    let error = saldo_kernel::Error::from(error);
    assert!(error.to_string().len() < 2_000 && !error.reason.to_string().is_empty(), "{error}");
}

fn of_analysis(import: &Import, analysis: &Analysis) {
    assert_eq!(analysis.labels.len(), import.transactions.len());
    let ids: HashSet<&str> = analysis.facts.iter().map(|fact| fact.id.as_str()).collect();
    assert_eq!(ids.len(), analysis.facts.len());
    assert!(analysis.facts.len() <= most_facts(import), "{} facts", analysis.facts.len());
    for fact in &analysis.facts {
        assert!(!fact.id.contains(['{', '}', '|', '\n']), "{}", fact.id);
    }
    let count = analysis.facts.iter().filter(|fact| fact.metric == "transactions" && fact.dimensions.len() == 1);
    let counted: i64 = count.map(|fact| if let Value::Count(count) = fact.value { count } else { 0 }).sum();
    assert_eq!(counted, i64::try_from(import.transactions.len()).unwrap_or_default());
    sums_are_exact(import, analysis);
    for finding in &analysis.findings {
        assert!((0.0..=1.0).contains(&finding.score) && !finding.rows.is_empty() || finding.id.starts_with("missing"));
        assert!(finding.facts.iter().all(|id| ids.contains(id.as_str())), "{finding:?}");
    }
}

/// A bound by rows and by the months between the first and the last, which have figures in each currency also where
/// nothing moved.
fn most_facts(import: &Import) -> usize {
    let rows = &import.transactions;
    let years = rows.days().map_or(0, |(first, last)| last.year() - first.year() + 1);
    let currencies: HashSet<_> = rows.amounts().map(|amount| amount.currency).collect();
    let months = 12 * usize::try_from(years).unwrap_or(0);
    1_000 + 64 * rows.len() + 8 * months * currencies.len()
}

/// What comes in less what goes out is the sum of the amounts, in each currency.
fn sums_are_exact(import: &Import, analysis: &Analysis) {
    const PLACES: u8 = saldo_kernel::Money::MAX_EXPONENT;
    let mut want = BTreeMap::<String, i128>::new();
    for amount in import.transactions.amounts() {
        let currency = amount.currency.map_or("XXX".to_owned(), |code| code.to_string());
        let Some(units) = amount.scaled(PLACES) else { return };
        let Some(sum) = want.entry(currency.clone()).or_default().checked_add(units) else { return };
        want.insert(currency, sum);
    }
    for (currency, sum) in want {
        let units = |metric: &str| match analysis.fact(&format!("{metric}/{currency}")).map(|fact| &fact.value) {
            Some(Value::Money(money)) => money.scaled(PLACES),
            _ => Some(0),
        };
        if let (Some(inward), Some(outward)) = (units("money_in"), units("money_out")) {
            assert_eq!(inward - outward, sum, "{currency}");
        }
    }
}
