//! [`saldo_kernel::Error`] on the wire: `google.rpc.ErrorInfo`, `BadRequest` and `RetryInfo`, and back.

use std::{borrow::Cow, collections::HashMap};

use saldo_kernel::{Error, Kind, Reason, Violation, reasons};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, StatusExt};

/// Keys of `ErrorInfo.metadata` that are ours; the others are the error's own values.
const KIND: &str = "kind";
const HINT: &str = "hint";

/// What a client receives. Masks internal errors first: their text never leaves the process.
pub fn to_status(error: Error) -> Status {
    let error = error.masked().into_parts();
    let row = error.kind.row();
    let mut metadata: HashMap<String, String> = error.metadata.into_iter().collect();
    metadata.insert(KIND.to_owned(), row.name.to_owned());
    if let Some(hint) = error.hint {
        metadata.insert(HINT.to_owned(), hint);
    }
    let mut details = ErrorDetails::new();
    details.set_error_info(error.reason.as_str(), error.domain.as_ref(), metadata);
    if !error.violations.is_empty() {
        let violations = error.violations.into_iter().map(|one| FieldViolation::new(one.field, one.description));
        details.set_bad_request(violations.collect::<Vec<_>>());
    }
    if error.retry_after.is_some() {
        details.set_retry_info(error.retry_after);
    }
    Status::with_error_details(Code::from_i32(row.grpc), error.message, details)
}

/// The typed error of a received status. A status without our details becomes the nearest kind, with the code as reason.
pub fn from_status(status: &Status) -> Error {
    let details = status.get_error_details();
    let code = status.code();
    let mut error = Error::new(Kind::of_grpc(code as i32), "saldo.runtime", plain_reason(code), plain_message(status));
    if code == Code::Unavailable {
        error.hint = Some(reasons::SERVICE_UNAVAILABLE.hint.to_owned());
    }
    if let Some(info) = details.error_info() {
        // Ours, and whole: only what another program says needs a sentence around it.
        status.message().clone_into(&mut error.message);
        error.reason = Reason::received(info.reason.clone());
        error.domain = Cow::Owned(info.domain.clone());
        for (key, value) in &info.metadata {
            match key.as_str() {
                KIND => error.kind = Kind::named(value).unwrap_or(error.kind),
                HINT => error.hint = Some(value.clone()),
                _ => error.metadata.push((key.clone(), value.clone())),
            }
        }
        error.metadata.sort();
    }
    if let Some(bad) = details.bad_request() {
        let violation =
            |one: &FieldViolation| Violation { field: one.field.clone(), description: one.description.clone() };
        error.violations = bad.field_violations.iter().map(violation).collect();
    }
    error.retry_after = details.retry_info().and_then(|retry| retry.retry_delay);
    error
}

/// A sentence for a status that another program made, most often a connection that failed.
fn plain_message(status: &Status) -> String {
    match status.code() {
        Code::Unavailable => format!("A part of Saldo does not answer: {}.", status.message()),
        _ => status.message().to_owned(),
    }
}

/// A reason for a status that another program made. Matched without a wildcard, so a new code is a decision.
fn plain_reason(code: Code) -> Reason {
    Reason::new(match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "SERVICE_UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn every_kind_comes_back_as_itself() {
        for row in Kind::TABLE {
            let sent = Error::new(row.kind, "saldo.test", Reason::new("SOME_REASON"), "words");
            let back = from_status(&to_status(sent));
            assert_eq!((back.kind, back.reason.as_str()), (row.kind, "SOME_REASON"));
        }
    }

    #[test]
    fn hint_values_violations_and_delay_come_back() {
        let mut sent = Error::new(Kind::InvalidArgument, "saldo.test", Reason::new("BAD"), "words")
            .hint("do this")
            .with("line", 214)
            .retry_after(Duration::from_secs(3));
        sent.violations = vec![Violation { field: "hints.currency".into(), description: "three letters".into() }];
        let (back, sent) = (from_status(&to_status(sent.clone())).into_parts(), sent.into_parts());
        assert_eq!(
            (back.message, back.hint, back.metadata, back.violations, back.retry_after, back.domain),
            (sent.message, sent.hint, sent.metadata, sent.violations, sent.retry_after, sent.domain)
        );
    }

    #[test]
    fn the_text_of_an_internal_error_stays_inside() {
        let status = to_status(Error::internal("saldo.test", "disk /dev/sda is on fire"));
        assert!(!format!("{status:?}").contains("fire"));
    }
}
