//! Links that open one file for a few minutes.

use std::time::{Duration, SystemTime};

use saldo_kernel::Error;

use super::{Files, get_file::get_file};
use crate::{
    domain::Place,
    error::{link_expired, link_unknown},
    link::{Link, NoLink},
};

/// A link to the file of this place, and when it ends, in seconds since 1970 UTC.
///
/// # Errors
/// There is no such file (`FILE_NOT_FOUND`), or the database does not answer.
pub(crate) async fn create_download_link(files: &Files, place: Place, inline: bool) -> Result<(String, u64), Error> {
    get_file(files, place).await?;
    let ends = (now() + files.config.link_life()).as_secs();
    let link = Link { place, ends, inline };
    Ok((format!("/v1/links/{}", link.sign(&files.masters)), ends))
}

/// What a link opens.
///
/// # Errors
/// It was not made here (`LINK_INVALID`), or its time is over (`LINK_EXPIRED`).
pub(crate) fn open_link(files: &Files, token: &str) -> Result<Link, Error> {
    Link::open(token, &files.masters, now().as_secs()).map_err(|cause| match cause {
        NoLink::Unknown => link_unknown(),
        NoLink::Expired => link_expired(),
    })
}

fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}
