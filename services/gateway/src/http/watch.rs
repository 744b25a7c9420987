//! `GET /v1/workspaces/{workspace_id}/analyses/{analysis_id}/events`: how an analysis goes on, as a stream of events until it
//! has ended.

use std::{convert::Infallible, sync::Arc};

use axum::{
    Extension,
    extract::{Path, State},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::StreamExt;
use saldo_kernel::{Caller, Error};
use saldo_proto::{
    analysis::v1::{WatchAnalysisRequest, WatchAnalysisResponse, analysis_service_client::AnalysisServiceClient},
    from_status, to_json,
};

use super::{Edge, Problem};

/// Each event `analysis` holds the analysis as it stands; `error` is the last.
pub(crate) async fn watch(
    State(edge): State<Arc<Edge>>,
    Extension(caller): Extension<Caller>,
    Path((workspace_id, analysis_id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let mut client = AnalysisServiceClient::new(edge.channels.on_behalf_of(&caller, "analysis")?);
    let request = WatchAnalysisRequest { workspace_id, analysis_id };
    let mut states = client.watch_analysis(request).await.map_err(|status| from_status(&status))?.into_inner();
    // What is wrong with the call itself is an answer of its own, not an event.
    let first = states.message().await.map_err(|status| from_status(&status))?;
    let states = futures::stream::iter(first.map(Ok)).chain(states);
    let events = states.map(|state| {
        let event = state.map_err(|status| from_status(&status)).and_then(|state| event(&state));
        let error = |error| Event::default().event("error").data(Problem(error).json().to_string());
        Ok::<_, Infallible>(event.unwrap_or_else(error))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

fn event(state: &WatchAnalysisResponse) -> Result<Event, Error> {
    let analysis = state.analysis.as_ref().map(|analysis| to_json("saldo.analysis.v1.Analysis", analysis));
    Ok(Event::default().event("analysis").data(analysis.transpose()?.unwrap_or_default()))
}
