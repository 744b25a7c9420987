//! Exit codes. They are part of the interface: see the README.

use std::process::ExitCode;

use saldo_kernel::Kind;

/// The file leaves a question open.
pub(crate) const QUESTION: u8 = 4;

/// 1: a fault of Saldo or its surroundings; 2: wrong use; 3: the file cannot be analysed.
pub(crate) fn code(kind: Kind) -> ExitCode {
    ExitCode::from(match kind {
        Kind::Unreadable | Kind::TooLarge | Kind::UnsupportedMediaType => 3,
        Kind::InvalidArgument | Kind::NotFound => 2,
        Kind::Unauthenticated
        | Kind::PermissionDenied
        | Kind::MethodNotAllowed
        | Kind::FailedPrecondition
        | Kind::ResourceExhausted
        | Kind::Cancelled
        | Kind::DeadlineExceeded
        | Kind::Unavailable
        | Kind::RequestTimeout
        | Kind::Busy
        | Kind::OutOfRange
        | Kind::Internal => 1,
    })
}
