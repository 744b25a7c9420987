//! The engine's results as the contract writes them.

use saldo_engine::{
    self as engine, Analysis, BalancesStated, Counts, DateOrder, DocumentKind, Evidence, FigureBasis, Import,
    LabelReason, Labels, Part, Proof, ProofMethod, Sign, Union, Value,
};
use saldo_kernel::Money;
use saldo_proto::analysis::v1 as pb;
use time::Date;

use crate::narrative::{self, Language, Texts};

/// The version of the report's meaning.
const VERSION: u32 = 2;

/// The report of the files of these names.
pub(crate) fn report(names: &[String], union: &Union, analysis: Analysis, texts: Texts) -> pb::Report {
    let findings = analysis.findings.into_iter().zip(texts.findings).map(|(found, texts)| finding(found, texts));
    pb::Report {
        version: VERSION,
        source: union.parts.first().map(|part| source(names.first().map_or("", |name| name), &part.source)),
        quality: Some(quality(union)),
        files: names.iter().zip(&union.parts).map(|(name, part)| file(name, part)).collect(),
        findings: findings.collect(),
        sentences: texts.sentences.into_iter().map(sentence).collect(),
        categories: categories(&analysis.labels),
        facts: analysis.facts.into_iter().map(fact).collect(),
        forecasts: Vec::new(),
        unmatched_corrections: Vec::new(),
    }
}

/// What is known of a file before it is read to its end.
pub(crate) fn first_look(file_name: &str, of: &engine::Source, first: &[engine::Transaction]) -> pb::FirstLook {
    let label = |one: &engine::Transaction| engine::Label {
        counterparty: one.counterparty.as_ref().into(),
        ..engine::Label::default()
    };
    let rows = (1..).zip(first).map(|(number, one)| row(number, one.clone(), &label(one), 0));
    pb::FirstLook { source: Some(source(file_name, of)), rows: rows.collect() }
}

/// The transaction of a number, from 1, of a file by its place, as a row.
pub(crate) fn row(number: u32, transaction: engine::Transaction, label: &engine::Label, file: u32) -> pb::Row {
    let reason = match label.reason {
        LabelReason::File => "file",
        LabelReason::Rule => "rule",
        LabelReason::Transfer => "transfer",
        LabelReason::Corrected => "corrected",
        LabelReason::Learned { .. } => "learned",
        LabelReason::None => "none",
    };
    let confidence = match label.reason {
        LabelReason::Learned { percent } => f64::from(percent) / 100.0,
        _ => 0.0,
    };
    pb::Row {
        number,
        line: transaction.line,
        date: day(transaction.date),
        amount: Some(money(transaction.amount)),
        counterparty: label.counterparty.to_string(),
        description: transaction.description.into(),
        category: label.category.to_string(),
        category_reason: reason.to_owned(),
        balance: transaction.balance.map(money),
        account: transaction.account.into(),
        file: file.saturating_add(1),
        category_confidence: confidence,
    }
}

/// The engine's question.
pub fn question(question: &engine::Question) -> pb::Question {
    let preview = |(written, read): &(String, String)| pb::Preview { written: written.clone(), read: read.clone() };
    let choice = |choice: &engine::Choice| pb::Choice {
        value: choice.value.to_owned(),
        preview: choice.preview.iter().map(preview).collect(),
    };
    pb::Question {
        reason: question.reason.to_owned(),
        hint: question.hint.to_owned(),
        column: question.column.clone(),
        choices: question.choices.iter().map(choice).collect(),
        file_name: String::new(),
    }
}

/// The engine's hints; what the contract's rules would refuse is left out.
pub fn hints_of(hints: &pb::Hints) -> engine::Hints {
    engine::Hints {
        date_order: match hints.date_order.as_str() {
            "dmy" => Some(DateOrder::Dmy),
            "mdy" => Some(DateOrder::Mdy),
            "ymd" => Some(DateOrder::Ymd),
            _ => None,
        },
        decimal: hints.decimal.chars().next(),
        currency: hints.currency.parse().ok(),
        sign: match hints.sign.as_str() {
            "plus_in" => Some(Sign::PlusIn),
            "plus_out" => Some(Sign::PlusOut),
            _ => None,
        },
    }
}

fn source(file_name: &str, source: &engine::Source) -> pb::Source {
    let columns = source.columns.iter().zip(1..).map(|(column, number)| pb::Column {
        number,
        header: column.header.clone(),
        role: column.role.key().to_owned(),
        evidence: match column.evidence {
            Evidence::Header => "header",
            Evidence::Values => "values",
        }
        .to_owned(),
    });
    pb::Source {
        file_name: file_name.to_owned(),
        size_bytes: source.size_bytes,
        sha256: source.sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
        format: source.format.to_owned(),
        encoding: source.encoding.clone(),
        delimiter: source.delimiter.map(String::from).unwrap_or_default(),
        header_line: source.header_line.unwrap_or_default(),
        columns: columns.collect(),
        date_order: source.date_order.map(date_order).unwrap_or_default().to_owned(),
        decimal: source.decimal.map(String::from).unwrap_or_default(),
        sign: source.sign.map(Sign::name).unwrap_or_default().to_owned(),
        kind: kind(source.kind).to_owned(),
        kind_evidence: source.kind_evidence.clone(),
        basis: basis(source.basis).to_owned(),
    }
}

fn kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Statement => "statement",
        DocumentKind::Ledger => "ledger",
        DocumentKind::TrialBalance => "trial_balance",
        DocumentKind::Invoices => "invoices",
        DocumentKind::Sales => "sales",
    }
}

fn basis(basis: FigureBasis) -> &'static str {
    match basis {
        FigureBasis::Movements => "movements",
        FigureBasis::MoneyAccounts => "money_accounts",
        FigureBasis::IncomeAndExpenses => "income_and_expenses",
        FigureBasis::Accounts => "accounts",
    }
}

fn date_order(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Dmy => "dmy",
        DateOrder::Mdy => "mdy",
        DateOrder::Ymd => "ymd",
    }
}

fn file(name: &str, part: &Part) -> pb::File {
    let transactions = part.rows.len().into();
    pb::File {
        source: Some(source(name, &part.source)),
        quality: Some(fates(part.counts, transactions, proof(part.proof, part.stated))),
        rows: part.rows.as_bytes().to_vec().into(),
    }
}

fn quality(union: &Union) -> pb::Quality {
    let rejected = (1..).zip(&union.parts).flat_map(|(file, part)| {
        part.rejected.iter().map(move |row| pb::RejectedRow {
            line: row.line,
            reason: row.reason.to_owned(),
            column: row.column.clone(),
            value: row.value.clone(),
            file,
        })
    });
    let import = &union.import;
    pb::Quality {
        rejected_rows: rejected.take(Import::MAX_REJECTED_SHOWN).collect(),
        ..fates(import.counts, import.transactions.len() as u64, proof(import.proof, import.stated()))
    }
}

fn fates(counts: Counts, transactions: u64, proof: pb::Proof) -> pb::Quality {
    pb::Quality {
        rows_read: counts.read,
        transactions,
        recognized: counts.recognized,
        rejected: counts.rejected,
        rejected_rows: Vec::new(),
        proof: Some(proof),
        in_other_files: counts.repeated,
    }
}

fn proof(proof: Proof, stated: BalancesStated) -> pb::Proof {
    let method = |by: ProofMethod| match by {
        ProofMethod::RunningBalance => "running_balance".to_owned(),
        ProofMethod::OpeningAndClosing => "opening_and_closing".to_owned(),
        ProofMethod::DoubleEntry => "double_entry".to_owned(),
        ProofMethod::LineSums => "line_sums".to_owned(),
        ProofMethod::AccountBalances => "account_balances".to_owned(),
    };
    let told = pb::Proof { stated: stated.key().to_owned(), ..pb::Proof::default() };
    match proof {
        Proof::None => told,
        Proof::Reconciled { by } => {
            pb::Proof { status: pb::proof::Status::Reconciled.into(), method: method(by), ..told }
        }
        Proof::NotReconciled { by, missing, line } => pb::Proof {
            status: pb::proof::Status::NotReconciled.into(),
            method: method(by),
            missing: Some(money(missing)),
            line: line.unwrap_or_default(),
            ..told
        },
    }
}

fn fact(fact: engine::Fact) -> pb::Fact {
    use pb::fact::Value as Pb;
    pb::Fact {
        id: fact.id,
        metric: fact.metric.to_owned(),
        dimensions: fact.dimensions.into_iter().map(|(name, key)| (name.to_owned(), key)).collect(),
        value: Some(match fact.value {
            Value::Money(amount) => Pb::Money(money(amount)),
            Value::Count(count) => Pb::Count(count),
            Value::Ratio(ratio) => Pb::Ratio(ratio.to_string()),
            Value::Number(number) => Pb::Number(number.to_string()),
            Value::Date(date) => Pb::Date(day(date)),
            Value::Month(year, month) => Pb::Month(format!("{year:04}-{month:02}")),
            Value::Name(name) => Pb::Name(name),
        }),
        period: fact.period.map(|(from, to)| pb::Period { from: day(from), to: day(to) }),
        lineage: Some(pb::Lineage {
            rows: fact.lineage.rows.into_bytes().into(),
            facts: fact.lineage.facts,
            formula: fact.lineage.formula.to_owned(),
        }),
    }
}

fn finding(finding: engine::Finding, texts: Vec<narrative::Text>) -> pb::Finding {
    pb::Finding {
        id: finding.id,
        kind: finding.kind.key().to_owned(),
        score: finding.score,
        rows: finding.rows.into_bytes().into(),
        texts: texts.into_iter().map(text).collect(),
    }
}

fn sentence(sentence: narrative::Sentence) -> pb::Sentence {
    pb::Sentence { topic: sentence.topic.to_owned(), texts: sentence.texts.into_iter().map(text).collect() }
}

fn text(text: narrative::Text) -> pb::Text {
    let segment =
        |segment: narrative::Segment| pb::Segment { text: segment.text, fact: segment.fact.unwrap_or_default() };
    pb::Text { language: text.language.code().to_owned(), segments: text.segments.into_iter().map(segment).collect() }
}

fn categories(labels: &Labels) -> Vec<pb::Category> {
    let built_in = engine::categories().map(|category| pb::Category {
        key: category.key.to_owned(),
        names: category.names.into_iter().map(|(code, name)| (code.to_owned(), name.to_owned())).collect(),
    });
    let own = labels.own_categories().map(|name| pb::Category {
        key: name.to_owned(),
        names: Language::ALL.iter().map(|language| (language.code().to_owned(), name.to_owned())).collect(),
    });
    built_in.chain(own).collect()
}

/// An exact amount.
pub(crate) fn money(amount: Money) -> pb::Money {
    let currency = amount.currency.map(|code| code.to_string()).unwrap_or_default();
    pb::Money { amount: amount.to_string(), currency }
}

/// ISO 8601.
fn day(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}
