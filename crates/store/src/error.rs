//! What a failure of the database is to who called.

use std::time::Duration;

use saldo_kernel::{Error, reasons};

use crate::DOMAIN;

/// How soon a call may be made again that found no database.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Whether what happened to the connection or to other transactions is to blame, so that doing it again may help.
fn is_passing(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::BeginFailed | sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            // Connections, resources, shut-down, and what lost to another transaction.
            ["08", "53", "57", "58"].contains(&&code[..2.min(code.len())])
                || ["40001", "40P01", "55P03"].contains(&&*code)
        }),
        _ => false,
    }
}

/// The error that callers see: to be tried again, or a defect of ours.
pub fn of(cause: sqlx::Error) -> Error {
    if is_passing(&cause) {
        let message = "The database does not answer.";
        return Error::known(&reasons::DATABASE_UNAVAILABLE, DOMAIN, message).retry_after(RETRY_AFTER).caused_by(cause);
    }
    Error::internal(DOMAIN, "a statement failed").caused_by(cause)
}
