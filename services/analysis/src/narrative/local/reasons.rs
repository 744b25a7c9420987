//! Why a finding is unusual, in one line.

use saldo_engine::{Fact, Finding, FindingKind};

use super::{categories::quoted, placeholder, quality};
use crate::narrative::{Draft, Index, Language};

/// The facts that a finding names, by metric.
struct Named<'a> {
    facts: Vec<&'a Fact>,
}

impl<'a> Named<'a> {
    fn fact(&self, metric: &str) -> Option<&'a Fact> {
        self.facts.iter().find(|fact| fact.metric == metric).copied()
    }

    fn show(&self, metric: &str, form: &str) -> Option<String> {
        self.fact(metric).map(|fact| placeholder(&fact.id, form))
    }
}

/// The reason of a finding; it has no topic, as it is no sentence of the narrative.
pub(in crate::narrative) fn reason(finding: &Finding, index: &Index<'_>) -> Draft {
    let named = Named { facts: finding.facts.iter().filter_map(|id| index.get(id)).collect() };
    let texts = match finding.kind {
        FindingKind::Duplicate => duplicate(&named),
        FindingKind::UnusualAmount => unusual(&named, index),
        FindingKind::MisplacedDecimal => misplaced(&named, index),
        FindingKind::NewCounterparty => newcomer(&named),
        FindingKind::CategorySpike => spike(&named, index),
        FindingKind::MissingRecurring => overdue(&named),
        FindingKind::MissingAmount => quality::missing(index),
    };
    // A finding without its facts would be a defect of the engine; it is shown without figures.
    let (en, ru) = texts.unwrap_or_else(|| ("This stands out.".into(), "Это отличается от обычного.".into()));
    Draft { topic: "", weight: 0, en, ru }
}

/// The day and, as far as known, the other side: "29 June 2025 (Lidl)".
fn when(named: &Named<'_>) -> Option<String> {
    let name = named.show("counterparty", "").map_or_else(String::new, |name| format!(" ({name})"));
    Some(named.show("date", "")? + &name)
}

fn duplicate(named: &Named<'_>) -> Option<(String, String)> {
    let (amount, when, copies) = (named.show("amount", "abs")?, when(named)?, named.show("copies", "plural:time")?);
    Some((
        format!("{amount} on {when} appears {copies} with the same text."),
        format!("Операция на {amount} от {when} встречается {copies} с тем же текстом."),
    ))
}

fn unusual(named: &Named<'_>, index: &Index<'_>) -> Option<(String, String)> {
    let (amount, when) = (named.show("amount", "abs")?, when(named)?);
    let usual = named.fact("usual_out").or_else(|| named.fact("usual_in"))?;
    let (usually, times) = (placeholder(&usual.id, ""), named.show("times_usual", "")?);
    let (en_of, ru_of) = match usual.dimensions.get("category") {
        Some(_) => (
            format!(" for {}", quoted(usual, index, Language::English)?),
            format!(" по категории {}", quoted(usual, index, Language::Russian)?),
        ),
        None => Default::default(),
    };
    Some((
        format!("{amount} on {when} is {times} times the usual {usually}{en_of}."),
        // A number with decimals takes the genitive singular.
        format!("Сумма операции от {when} — {amount}, это в {times} раза больше обычной{ru_of} ({usually})."),
    ))
}

/// The amounts of the counterparty that the row is compared with; where all are equal, that amount.
fn misplaced(named: &Named<'_>, index: &Index<'_>) -> Option<(String, String)> {
    let (amount, when, others) =
        (named.show("amount", "abs")?, when(named)?, named.show("compared", "plural:other_amount")?);
    let (least, most) = (named.fact("usual_least")?, named.fact("usual_most")?);
    let is_one = index.units(&least.id) == index.units(&most.id);
    let (least, most) = (placeholder(&least.id, ""), placeholder(&most.id, ""));
    let (en, ru) = if is_one {
        (format!("most are {least}"), format!("чаще всего {least}"))
    } else {
        (format!("most lie between {least} and {most}"), format!("чаще всего от {least} до {most}"))
    };
    Some((
        format!("{amount} on {when} may have a misplaced decimal point: of {others} of this counterparty {en}."),
        format!("В операции от {when} на {amount} запятая могла сместиться: у этого контрагента ещё {others}, {ru}."),
    ))
}

fn spike(named: &Named<'_>, index: &Index<'_>) -> Option<(String, String)> {
    let (month, amount) = (named.show("spike_month", "in_month")?, named.show("spike_out", "")?);
    let (usual, times) = (named.show("usual_month_out", "")?, named.show("times_usual", "")?);
    let cost = named.fact("spike_out")?;
    let (en, ru) = (quoted(cost, index, Language::English)?, quoted(cost, index, Language::Russian)?);
    Some((
        format!("In {month} {amount} went out for {en}, {times} times the usual {usual} a month."),
        format!("В {month} по категории {ru} списано {amount}, это в {times} раза больше обычного месяца ({usual})."),
    ))
}

fn overdue(named: &Named<'_>) -> Option<(String, String)> {
    let (name, amount, due) = (named.show("counterparty", "")?, named.show("amount", "abs")?, named.show("due", "")?);
    Some((
        format!("{name}: the regular payment of {amount} was due around {due} and is not in the file."),
        format!("{name}: регулярный платёж {amount} ожидался около {due}, но в файле его нет."),
    ))
}

fn newcomer(named: &Named<'_>) -> Option<(String, String)> {
    let (name, amount, date) = (named.show("counterparty", "")?, named.show("amount", "abs")?, named.show("date", "")?);
    let (usual, times) = (named.show("usual_out", "")?, named.show("times_usual", "")?);
    Some((
        format!("{name} is new here: {amount} on {date} is {times} times the usual payment of {usual}."),
        format!(
            "{name} — новый контрагент: {date} списано {amount}, это в {times} раза больше обычной суммы ({usual})."
        ),
    ))
}
