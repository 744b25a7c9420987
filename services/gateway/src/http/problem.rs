//! Failures as problem objects (RFC 9457) with our reason, hint and trace id.

use std::any::Any;

use axum::{
    body::Body,
    http::{HeaderValue, Response as HttpResponse, StatusCode, header},
    response::{IntoResponse, Response},
};
use saldo_kernel::Error;
use saldo_runtime::current_trace_id;
use serde_json::{Map, Value, json};

use crate::DOMAIN;

/// A failure as the client sees it.
#[derive(Debug)]
pub(crate) struct Problem(pub(crate) Error);

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl Problem {
    /// The problem object.
    pub(crate) fn json(&self) -> Value {
        let error = self.0.clone().masked().into_parts();
        let row = error.kind.row();
        let violations: Vec<_> =
            error.violations.iter().map(|one| json!({"field": one.field, "description": one.description})).collect();
        let metadata: Map<_, _> = error
            .metadata
            .iter()
            .filter(|(key, _)| key != "trace_id")
            .map(|(key, value)| (key.clone(), json!(value)))
            .collect();
        json!({
            "type": "about:blank",
            "title": title(row.http),
            "status": row.http,
            "detail": error.message,
            "reason": error.reason.as_str(),
            "domain": error.domain,
            "hint": error.hint.unwrap_or_default(),
            "violations": violations,
            "metadata": metadata,
            "traceId": current_trace_id(),
        })
    }

    /// The problem object with one more member.
    pub(crate) fn response_with(self, key: &str, value: Value) -> Response {
        let mut body = self.json();
        if let Some(object) = body.as_object_mut() {
            object.insert(key.to_owned(), value);
        }
        self.answer(&body)
    }

    fn answer(&self, body: &Value) -> Response {
        let row = self.0.kind.row();
        if row.ours {
            let cause = self.0.source.as_ref().map(ToString::to_string).unwrap_or_default();
            tracing::error!(reason = %self.0.reason, text = self.0.message, cause, "request failed");
        }
        let status = StatusCode::from_u16(row.http).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (status, kind, body.to_string()).into_response();
        if let Some(delay) = self.0.retry_after {
            let seconds = delay.as_secs() + u64::from(delay.subsec_nanos() > 0);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.answer(&self.json())
    }
}

/// A handler that panicked: a defect of ours like any other, and the server goes on.
pub(crate) fn of_panic(panic: Box<dyn Any + Send>) -> HttpResponse<Body> {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no text");
    Problem(Error::internal(DOMAIN, format!("a handler panicked: {text}"))).into_response()
}

/// The status in words; 499 is not registered.
fn title(status: u16) -> &'static str {
    StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Client Closed Request")
}
