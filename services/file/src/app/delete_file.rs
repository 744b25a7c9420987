//! Deletes a file: nobody sees it from here on, and the event says so. The collector removes its bytes.

use saldo_kernel::Error;

use super::Files;
use crate::{domain::Place, error::not_found, events, store};

/// Deletes the file of this place.
///
/// # Errors
/// There is none (`FILE_NOT_FOUND`), or the database does not answer.
pub(crate) async fn delete_file(files: &Files, place: Place) -> Result<(), Error> {
    let mut tx = files.store.tenant(place.tenant()).await?;
    let file = store::delete(&mut tx, place.workspace, place.file).await?.ok_or_else(not_found)?;
    let aggregate = tx.advance("files", place.file.body(), place.file).await?.ok_or_else(not_found)?;
    store::free_room(&mut tx, file.size).await?;
    let (kind, payload) = events::deleted(&file);
    tx.publish(aggregate, kind, payload).await?;
    tx.commit().await?;
    files.deleted.notify_one();
    Ok(())
}
