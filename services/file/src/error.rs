//! The failures of this service that a caller can do something about.

use std::time::Duration;

use saldo_kernel::{Error, reasons};

use crate::DOMAIN;

/// When a call that found no turn may be made again.
const TRY_AGAIN: Duration = Duration::from_secs(2);

pub(crate) fn not_found() -> Error {
    Error::known(&reasons::FILE_NOT_FOUND, DOMAIN, "There is no such file.")
}

pub(crate) fn too_large(limit: u64) -> Error {
    let message = format!("The file is larger than {} MB.", limit / 1_000_000);
    Error::known(&reasons::FILE_TOO_LARGE, DOMAIN, message).with("limit_bytes", limit)
}

pub(crate) fn no_room(quota: u64, used: u64) -> Error {
    let message = "The organisation has no room left for this file.";
    Error::known(&reasons::QUOTA_EXCEEDED, DOMAIN, message).with("quota_bytes", quota).with("used_bytes", used)
}

pub(crate) fn busy() -> Error {
    let message = "As many files are sent and received as this server takes.";
    Error::known(&reasons::TRANSFERS_BUSY, DOMAIN, message).retry_after(TRY_AGAIN)
}

pub(crate) fn beyond(size: u64) -> Error {
    let message = format!("The file has {size} bytes; the part that is asked for begins behind them.");
    Error::known(&reasons::RANGE_INVALID, DOMAIN, message).with("size_bytes", size)
}

pub(crate) fn stalled(patience: Duration) -> Error {
    let message = format!("Nothing of the file arrived for {} seconds.", patience.as_secs_f64());
    Error::known(&reasons::REQUEST_STALLED, DOMAIN, message)
}

pub(crate) fn too_slow(limit: Duration) -> Error {
    let message = format!("The upload took longer than {} minutes.", limit.as_secs() / 60);
    Error::known(&reasons::UPLOAD_TOO_SLOW, DOMAIN, message)
}

/// The stream of a caller that went away in the middle ends like that of one that said all.
pub(crate) fn broke_off() -> Error {
    let message = "The upload ended without a message that completes it.";
    Error::known(&reasons::UPLOAD_BROKEN_OFF, DOMAIN, message).hint("Set `complete` in the last message of the upload.")
}

pub(crate) fn link_unknown() -> Error {
    Error::known(&reasons::LINK_INVALID, DOMAIN, "The link opens nothing.")
}

pub(crate) fn link_expired() -> Error {
    Error::known(&reasons::LINK_EXPIRED, DOMAIN, "The time of the link is over.")
}
