//! Why a file cannot be analysed, each with a stable reason and what to do next.

use saldo_kernel::{Kind, Reason};

/// Why a file cannot be analysed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The [`crate::Watch`] stopped the work.
    #[error("the analysis was stopped")]
    Cancelled,
    /// The spooled file could not be read back.
    #[error("the file could not be read from the disk")]
    Io(#[from] std::io::Error),
    /// No bytes, or only white space.
    #[error("the file is empty")]
    Empty,
}

impl Error {
    /// The part that these errors belong to on the wire.
    pub const DOMAIN: &'static str = "saldo.analysis";
}

impl From<Error> for saldo_kernel::Error {
    fn from(error: Error) -> Self {
        let (kind, reason, hint) = match &error {
            Error::Cancelled => (Kind::Cancelled, "ANALYSIS_CANCELLED", None),
            Error::Io(_) => (Kind::Internal, "INTERNAL", None),
            Error::Empty => (Kind::Unreadable, "FILE_EMPTY", Some("Export the statement again and check its size.")),
        };
        let mut out = Self::new(kind, Error::DOMAIN, Reason::new(reason), error.to_string());
        out.hint = hint.map(str::to_owned);
        out
    }
}
