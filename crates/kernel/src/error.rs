//! The one error type that crosses a crate border, and the one table from its kind to gRPC, HTTP, log level and metric.

use std::{
    borrow::Cow,
    fmt,
    ops::{Deref, DerefMut},
    sync::Arc,
    time::Duration,
};

use crate::reasons::{self, Known};

/// A stable, public name of one cause, in SCREAMING_SNAKE. Clients match on it; texts may change, reasons do not.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Reason(Cow<'static, str>);

impl Reason {
    /// A reason known at compile time.
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// A reason received from another process.
    pub fn received(name: String) -> Self {
        Self(Cow::Owned(name))
    }

    /// The name on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sort of failure it is. Each kind is one row of [`Kind::row`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A field of the request is wrong.
    InvalidArgument,
    /// The request is well formed, the file in it is not one that can be read.
    Unreadable,
    /// The body is not of a type that is accepted here.
    UnsupportedMediaType,
    /// The body or file is larger than the limit.
    TooLarge,
    /// The part of a file that is asked for lies beyond its end.
    OutOfRange,
    /// No valid credentials.
    Unauthenticated,
    /// The caller sees it but may not do this.
    PermissionDenied,
    /// It does not exist, or the caller may not know that it does.
    NotFound,
    /// The path exists, the method does not.
    MethodNotAllowed,
    /// The state does not allow it now.
    FailedPrecondition,
    /// A limit of calls or work is reached; try again later.
    ResourceExhausted,
    /// The caller went away.
    Cancelled,
    /// It took longer than allowed.
    DeadlineExceeded,
    /// A part that is needed does not answer; try again.
    Unavailable,
    /// The request did not arrive in time.
    RequestTimeout,
    /// More work is under way than this server takes; try again later.
    Busy,
    /// A defect of ours. Its text never leaves the process.
    Internal,
}

/// How one kind looks to each protocol.
#[derive(Clone, Copy, Debug)]
pub struct KindRow {
    /// The kind.
    pub kind: Kind,
    /// Its name on the wire and as a metric label.
    pub name: &'static str,
    /// The numeric gRPC status code.
    pub grpc: i32,
    /// The HTTP status.
    pub http: u16,
    /// Whether someone who runs Saldo must act: logged as an error.
    pub ours: bool,
}

impl Kind {
    /// The table. One row per kind, in the order of the enum.
    pub const TABLE: &'static [KindRow] = &[
        row(Kind::InvalidArgument, "invalid_argument", 3, 400, false),
        row(Kind::Unreadable, "unreadable", 3, 422, false),
        row(Kind::UnsupportedMediaType, "unsupported_media_type", 3, 415, false),
        row(Kind::TooLarge, "too_large", 11, 413, false),
        row(Kind::OutOfRange, "out_of_range", 11, 416, false),
        row(Kind::Unauthenticated, "unauthenticated", 16, 401, false),
        row(Kind::PermissionDenied, "permission_denied", 7, 403, false),
        row(Kind::NotFound, "not_found", 5, 404, false),
        row(Kind::MethodNotAllowed, "method_not_allowed", 12, 405, false),
        row(Kind::FailedPrecondition, "failed_precondition", 9, 409, false),
        row(Kind::ResourceExhausted, "resource_exhausted", 8, 429, false),
        row(Kind::Cancelled, "cancelled", 1, 499, false),
        row(Kind::DeadlineExceeded, "deadline_exceeded", 4, 504, false),
        row(Kind::Unavailable, "unavailable", 14, 503, true),
        row(Kind::RequestTimeout, "request_timeout", 4, 408, false),
        row(Kind::Busy, "busy", 14, 503, false),
        row(Kind::Internal, "internal", 13, 500, true),
    ];

    /// How this kind looks to each protocol.
    pub fn row(self) -> &'static KindRow {
        &Self::TABLE[self as usize]
    }

    /// The kind of a name on the wire.
    pub fn named(name: &str) -> Option<Self> {
        Self::TABLE.iter().find(|row| row.name == name).map(|row| row.kind)
    }

    /// The kind nearest to a gRPC status that came without our details.
    pub fn of_grpc(code: i32) -> Self {
        Self::TABLE.iter().find(|row| row.grpc == code).map_or(Self::Internal, |row| row.kind)
    }
}

const fn row(kind: Kind, name: &'static str, grpc: i32, http: u16, ours: bool) -> KindRow {
    KindRow { kind, name, grpc, http, ours }
}

/// One field that breaks a rule of the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The path of the field, such as `hints.currency`.
    pub field: String,
    /// What the rule asks for.
    pub description: String,
}

/// A failure with a stable reason outside and its cause inside. One pointer wide, so that results stay small; its parts
/// are fields by dereference.
#[derive(Clone, Debug)]
pub struct Error(Box<ErrorParts>);

/// The parts of an [`Error`].
#[derive(Clone, Debug)]
pub struct ErrorParts {
    /// What sort of failure it is.
    pub kind: Kind,
    /// The stable cause.
    pub reason: Reason,
    /// The part that failed, such as `saldo.analysis`.
    pub domain: Cow<'static, str>,
    /// One plain sentence for a person.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// Values of the message for programs, such as `line` or `limit_bytes`.
    pub metadata: Vec<(String, String)>,
    /// Fields that break a rule.
    pub violations: Vec<Violation>,
    /// When to try again.
    pub retry_after: Option<Duration>,
    /// The cause; logged, never sent.
    pub source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// A failure of `domain`, such as `saldo.analysis`.
    pub fn new(kind: Kind, domain: &'static str, reason: Reason, message: impl Into<String>) -> Self {
        Self(Box::new(ErrorParts {
            kind,
            reason,
            domain: Cow::Borrowed(domain),
            message: message.into(),
            hint: None,
            metadata: Vec::new(),
            violations: Vec::new(),
            retry_after: None,
            source: None,
        }))
    }

    /// A failure of `domain` for a known reason, with its kind and hint.
    pub fn known(reason: &Known, domain: &'static str, message: impl Into<String>) -> Self {
        Self::new(reason.kind, domain, Reason::new(reason.name), message).hint(reason.hint)
    }

    /// The parts by value.
    pub fn into_parts(self) -> ErrorParts {
        *self.0
    }

    /// A defect of ours: the text and the cause are logged, the client sees only that it happened.
    pub fn internal(domain: &'static str, message: impl Into<String>) -> Self {
        Self::known(&reasons::INTERNAL, domain, message)
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds a value for programs.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl fmt::Display) -> Self {
        self.metadata.push((key.to_owned(), value.to_string()));
        self
    }

    /// Adds the cause.
    #[must_use]
    pub fn caused_by(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// Says when to try again.
    #[must_use]
    pub fn retry_after(mut self, delay: Duration) -> Self {
        self.retry_after = Some(delay);
        self
    }

    /// What may leave the process: a defect of ours loses its text.
    #[must_use]
    pub fn masked(mut self) -> Self {
        if self.kind == Kind::Internal {
            self.message = "Saldo could not finish this because of a fault on its side.".to_owned();
            self.hint = Some(reasons::INTERNAL.hint.to_owned());
            self.metadata.retain(|(key, _)| key == "trace_id");
        }
        self
    }
}

impl Deref for Error {
    type Target = ErrorParts;

    fn deref(&self) -> &ErrorParts {
        &self.0
    }
}

impl DerefMut for Error {
    fn deref_mut(&mut self) -> &mut ErrorParts {
        &mut self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.reason, self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_finds_its_own_row() {
        for (place, row) in Kind::TABLE.iter().enumerate() {
            assert_eq!(row.kind as usize, place, "{} stands in the wrong place", row.name);
            assert_eq!(Kind::named(row.name), Some(row.kind));
            assert!((400..600).contains(&row.http));
        }
    }

    #[test]
    fn an_internal_error_does_not_tell_its_text() {
        let masked = Error::internal("saldo.test", "password is hunter2").with("path", "/etc").masked();
        assert!(!masked.message.contains("hunter2"));
        assert!(masked.metadata.is_empty());
        assert_eq!(masked.reason.as_str(), "INTERNAL");
    }

    #[test]
    fn another_error_keeps_its_text() {
        let kept = Error::new(Kind::NotFound, "saldo.test", Reason::new("GONE"), "it is gone").hint("look").masked();
        assert_eq!((kept.message.as_str(), kept.hint.as_deref()), ("it is gone", Some("look")));
    }
}
