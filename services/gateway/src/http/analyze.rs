//! `POST /analyze`: one file or several in, one report out, as JSON or as a stream of events with progress. Nothing is stored.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{Query, Request, State, rejection::QueryRejection},
    http::header,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{Stream, StreamExt};
use saldo_kernel::{Error, Kind, Reason, reasons};
use saldo_proto::{
    analysis::v1::{
        AnalyzeOptions, AnalyzeResponse, Hints, Question, analysis_service_client::AnalysisServiceClient,
        analyze_response::Part,
    },
    from_status, to_json,
};
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Streaming;

use super::{Edge, Problem, upload::Upload};
use crate::DOMAIN;

/// Chunks of the file that may be under way to the analysis; there are many uploads.
const CHUNKS_UNDER_WAY: usize = 1;

/// A report of a long file holds the lineage of every figure.
pub(super) const MAX_MESSAGE_BYTES: usize = 64 << 20;

/// The query parameters.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Parameters {
    file_name: String,
    /// `en`, `ru` or both with a comma between; all if empty.
    languages: String,
    rows: bool,
    date_order: String,
    decimal: String,
    currency: String,
    sign: String,
}

/// Analyses the file in the request.
pub(crate) async fn analyze(
    State(edge): State<Arc<Edge>>,
    parameters: Result<Query<Parameters>, QueryRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let Query(parameters) = parameters.map_err(|rejection| wrong_query(&rejection))?;
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let events = accept.contains("text/event-stream");
    let limit = edge.config.max_upload_bytes;
    let upload = Upload::open(request, limit).await?;
    let rows = parameters.rows && events;

    let (to, chunks) = mpsc::channel(CHUNKS_UNDER_WAY);
    let mut client =
        AnalysisServiceClient::new(edge.channels.to("analysis")?).max_decoding_message_size(MAX_MESSAGE_BYTES);
    let call = async { client.analyze(ReceiverStream::new(chunks)).await.map_err(|status| from_status(&status)) };
    let (call, ()) = tokio::try_join!(call, upload.send(parameters.options(rows), limit, to))?;
    let answers = call.into_inner();
    if events {
        Ok(Sse::new(stream(answers)).keep_alive(KeepAlive::default()).into_response())
    } else {
        Ok(report(answers).await?)
    }
}

impl Parameters {
    fn options(self, rows: bool) -> AnalyzeOptions {
        let languages = self.languages.split(',').map(str::trim).filter(|one| !one.is_empty());
        AnalyzeOptions {
            file_name: self.file_name,
            languages: languages.map(str::to_owned).collect(),
            hints: Some(Hints {
                date_order: self.date_order,
                decimal: self.decimal,
                currency: self.currency,
                sign: self.sign,
            }),
            rows,
            corrections: Vec::new(),
        }
    }
}

/// The report alone, once it is there.
async fn report(mut answers: Streaming<AnalyzeResponse>) -> Result<Response, Error> {
    while let Some(answer) = answers.message().await.map_err(|status| from_status(&status))? {
        match answer.part {
            Some(Part::Report(report)) => {
                let body = to_json("saldo.analysis.v1.Report", &report)?;
                return Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response());
            }
            Some(Part::Question(question)) => return asked(&question),
            Some(Part::Progress(_) | Part::FirstLook(_) | Part::Rows(_)) | None => {}
        }
    }
    Err(no_report())
}

/// A question is no report: the client asks again with the hint.
fn asked(question: &Question) -> Result<Response, Error> {
    let json = to_json("saldo.analysis.v1.Question", question)?;
    let value = serde_json::from_str(&json)
        .map_err(|cause| Error::internal(DOMAIN, "a question is not JSON").caused_by(cause))?;
    let message =
        format!("The column '{}' has more than one reading, and nothing in the file decides.", question.column);
    let hint = format!("send the file again with ?{}= and one of the choices", question.hint);
    let error = Error::new(Kind::Unreadable, "saldo.analysis", Reason::received(question.reason.clone()), message);
    Ok(Problem(error.hint(hint)).response_with("question", value))
}

/// The answers as events. A failure is the last event.
fn stream(answers: Streaming<AnalyzeResponse>) -> impl Stream<Item = Result<Event, Infallible>> {
    let state = (answers, false);
    futures::stream::unfold(state, |(mut answers, ended)| async move {
        if ended {
            return None;
        }
        let next = match answers.next().await {
            Some(Ok(answer)) => event(&answer),
            Some(Err(status)) => Err(from_status(&status)),
            None => return None,
        };
        let (event, ended) = match next {
            Ok(event) => (event, false),
            Err(error) => (Event::default().event("error").data(Problem(error).json().to_string()), true),
        };
        Some((Ok(event), (answers, ended)))
    })
}

fn event(answer: &AnalyzeResponse) -> Result<Event, Error> {
    let (name, json) = match &answer.part {
        Some(Part::Progress(progress)) => ("progress", to_json("saldo.analysis.v1.Progress", progress)?),
        Some(Part::FirstLook(look)) => ("first_look", to_json("saldo.analysis.v1.FirstLook", look)?),
        Some(Part::Rows(rows)) => ("rows", to_json("saldo.analysis.v1.RowBatch", rows)?),
        Some(Part::Question(question)) => ("question", to_json("saldo.analysis.v1.Question", question)?),
        Some(Part::Report(report)) => ("report", to_json("saldo.analysis.v1.Report", report)?),
        None => return Err(no_report()),
    };
    Ok(Event::default().event(name).data(json))
}

pub(super) fn wrong_query(rejection: &QueryRejection) -> Error {
    let text = rejection.body_text();
    Error::known(&reasons::QUERY_INVALID, DOMAIN, format!("{text}."))
}

fn no_report() -> Error {
    Error::internal(DOMAIN, "the analysis ended without a report")
}
