//! An analysis that is kept, and what its report says in short.

use saldo_kernel::{AnalysisId, FileId, Tenant};
use saldo_proto::analysis::v1 as pb;
use time::OffsetDateTime;

/// Where an analysis stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Queued,
    Running,
    Asking,
    Done,
    Failed,
    Cancelled,
}

impl State {
    const ALL: [Self; 6] = [Self::Queued, Self::Running, Self::Asking, Self::Done, Self::Failed, Self::Cancelled];

    /// As the database writes it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Asking => "asking",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether it changes no more by itself.
    pub(crate) fn has_ended(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }

    fn on_the_wire(self) -> pb::AnalysisState {
        match self {
            Self::Queued => pb::AnalysisState::Queued,
            Self::Running => pb::AnalysisState::Running,
            Self::Asking => pb::AnalysisState::Asking,
            Self::Done => pb::AnalysisState::Done,
            Self::Failed => pb::AnalysisState::Failed,
            Self::Cancelled => pb::AnalysisState::Cancelled,
        }
    }
}

/// A file of an analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptFile {
    pub(crate) id: FileId,
    pub(crate) name: String,
}

/// An analysis that begins.
#[derive(Clone, Debug)]
pub(crate) struct Begun {
    pub(crate) id: AnalysisId,
    /// Empty: the name of the first file.
    pub(crate) title: String,
    pub(crate) files: Vec<KeptFile>,
    pub(crate) answers: pb::Answers,
    pub(crate) created_by: String,
}

impl Begun {
    pub(crate) fn title(&self) -> &str {
        let first = self.files.first().map_or("", |file| file.name.as_str());
        if self.title.is_empty() { first } else { &self.title }
    }

    /// What a search looks at.
    pub(crate) fn words(&self) -> String {
        let names = self.files.iter().map(|file| file.name.as_str());
        std::iter::once(self.title()).chain(names).collect::<Vec<_>>().join("\n").to_lowercase()
    }
}

/// One analysis as it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Kept {
    pub(crate) id: AnalysisId,
    pub(crate) tenant: Tenant,
    pub(crate) version: i64,
    pub(crate) title: String,
    pub(crate) state: State,
    pub(crate) files: Vec<KeptFile>,
    pub(crate) progress: pb::Progress,
    pub(crate) question: Option<pb::Question>,
    pub(crate) failure: Option<pb::Failure>,
    pub(crate) revision: u32,
    pub(crate) report_revision: u32,
    pub(crate) digest: Option<pb::Digest>,
    pub(crate) created_by: String,
    pub(crate) created_at: OffsetDateTime,
    pub(crate) ended_at: Option<OffsetDateTime>,
}

impl Kept {
    /// As the contract has it.
    pub(crate) fn on_the_wire(self) -> pb::Analysis {
        let working = !self.state.has_ended();
        pb::Analysis {
            id: self.id.to_string(),
            workspace_id: self.tenant.workspace.map(|workspace| workspace.to_string()).unwrap_or_default(),
            title: self.title,
            state: self.state.on_the_wire().into(),
            files: self
                .files
                .into_iter()
                .map(|file| pb::AnalysedFile { file_id: file.id.to_string(), name: file.name })
                .collect(),
            progress: Some(self.progress).filter(|_| working),
            question: self.question.filter(|_| self.state == State::Asking),
            failure: self.failure.filter(|_| matches!(self.state, State::Failed | State::Cancelled)),
            revision: self.revision,
            report_revision: self.report_revision,
            digest: self.digest,
            created_by: self.created_by,
            created_at: Some(timestamp(self.created_at)),
            ended_at: self.ended_at.filter(|_| !working).map(timestamp),
        }
    }
}

fn timestamp(at: OffsetDateTime) -> prost_types::Timestamp {
    // Less than a billion.
    prost_types::Timestamp { seconds: at.unix_timestamp(), nanos: i32::try_from(at.nanosecond()).unwrap_or_default() }
}

/// What of the job's work is one revision of one analysis.
pub(crate) fn job_key(id: AnalysisId, revision: u32) -> String {
    format!("{id}/{revision}")
}

/// The revision that a job works on.
pub(crate) fn of_job_key(key: &str) -> Option<(AnalysisId, u32)> {
    let (id, revision) = key.split_once('/')?;
    Some((id.parse().ok()?, revision.parse().ok()?))
}

/// A report in short: what moved in each currency, and when.
pub(crate) fn digest(report: &pb::Report) -> pb::Digest {
    let whole = |metric: &'static str| report.facts.iter().filter(move |fact| of_currency_alone(fact, metric));
    let money = |fact: &pb::Fact| match &fact.value {
        Some(pb::fact::Value::Money(money)) => Some(money.clone()),
        _ => None,
    };
    let of = |metric, currency: &str| whole(metric).filter_map(money).find(|money| money.currency == currency);
    let totals = whole("net").filter_map(money).map(|net| pb::Totals {
        money_in: of("money_in", &net.currency),
        money_out: of("money_out", &net.currency),
        net: Some(net),
    });
    let periods =
        || report.facts.iter().filter(|fact| of_currency_alone(fact, "net")).filter_map(|fact| fact.period.as_ref());
    let period = periods().map(|period| &period.from).min().zip(periods().map(|period| &period.to).max());
    pb::Digest {
        period: period.map(|(from, to)| pb::Period { from: from.clone(), to: to.clone() }),
        transactions: report.quality.as_ref().map_or(0, |quality| quality.transactions),
        totals: totals.collect(),
    }
}

/// Whether a fact is a figure of everything in one currency.
fn of_currency_alone(fact: &pb::Fact, metric: &str) -> bool {
    fact.metric == metric && fact.dimensions.keys().all(|name| name == "currency")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_names_its_revision() {
        let id = AnalysisId::generate();
        assert_eq!(of_job_key(&job_key(id, 3)), Some((id, 3)));
        assert_eq!(of_job_key("ana_1"), None);
    }

    #[test]
    fn every_state_reads_back() {
        for state in State::ALL {
            assert_eq!(State::of_word(state.word()), Some(state));
        }
    }
}
