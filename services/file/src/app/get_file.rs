//! What is known of a file.

use saldo_kernel::Error;

use super::Files;
use crate::{
    domain::{File, Place},
    error::not_found,
    store,
};

/// The file of this place.
///
/// # Errors
/// There is none (`FILE_NOT_FOUND`), or the database does not answer.
pub(crate) async fn get_file(files: &Files, place: Place) -> Result<File, Error> {
    let mut tx = files.store.tenant(place.tenant()).await?;
    let found = store::find(&mut tx, place.workspace, place.file).await?;
    tx.commit().await?;
    found.ok_or_else(not_found)
}
