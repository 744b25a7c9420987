//! What the collector does: it ends files whose time is over, removes what nobody sees any more, finds what does not fit
//! together, and wraps data keys anew. Each step may be done again, by several servers at once, and may break off anywhere.

use std::{collections::HashSet, time::Duration};

use futures::{StreamExt, TryStreamExt, stream};
use saldo_kernel::{Error, reasons};
use uuid::Uuid;

use super::{Files, delete_file::delete_file, keys::unusable};
use crate::{domain::Place, store};

/// Rows and objects that are looked at in one go.
const BATCH: i64 = 500;

/// An object without a row may belong to an upload that is not committed yet; uploads end earlier than this.
const ORPHAN_AGE: Duration = Duration::from_secs(60 * 60);

/// Questions to the storage at the same time.
const QUESTIONS: usize = 8;

/// Files that are checked in one pass; the next pass goes on behind them.
const CHECKED: usize = 1_000;

/// Deletes the files whose time is over, as their owner would.
pub(crate) async fn end_expired(files: &Files) -> Result<usize, Error> {
    let mut ended = 0;
    loop {
        let mut tx = files.store.system().await?;
        let expired = store::expired(&mut tx, BATCH).await?;
        tx.commit().await?;
        for place in &expired {
            match delete_file(files, *place).await {
                Ok(()) => ended += 1,
                // Its owner, or another server's collector, was faster.
                Err(error) if error.reason.as_str() == reasons::FILE_NOT_FOUND.name => {}
                Err(error) => return Err(error),
            }
        }
        if expired.is_empty() {
            files.counts.collected("expired", ended);
            return Ok(ended);
        }
    }
}

/// Removes the objects of deleted files, then their rows.
pub(crate) async fn remove_deleted(files: &Files) -> Result<usize, Error> {
    let mut removed = 0;
    loop {
        let mut tx = files.store.system().await?;
        let deleted = store::deleted(&mut tx, BATCH).await?;
        tx.commit().await?;
        if deleted.is_empty() {
            files.counts.collected("deleted", removed);
            return Ok(removed);
        }
        let removals = stream::iter(deleted).map(|place| remove(files, place));
        let gone: Vec<Uuid> = removals.buffer_unordered(QUESTIONS).try_collect().await?;
        let mut tx = files.store.system().await?;
        store::forget(&mut tx, &gone).await?;
        tx.commit().await?;
        removed += gone.len();
    }
}

async fn remove(files: &Files, place: Place) -> Result<Uuid, Error> {
    files.blobs.remove(&place.key()).await?;
    Ok(place.file.body())
}

/// Removes objects without a row that are older than any upload, and what broken-off writers left. An object whose key is not
/// one of ours, or whose organisation never had a file in this database, is left alone: better an orphan too many than another
/// server's files.
pub(crate) async fn remove_orphans(files: &Files) -> Result<usize, Error> {
    let mut removed = files.blobs.remove_drafts(ORPHAN_AGE).await?;
    let old = files
        .blobs
        .list()
        .try_filter_map(|object| async move { Ok(Place::of_key(&object.key).filter(|_| object.age > ORPHAN_AGE)) });
    let mut batches = Box::pin(old.try_chunks(usize::try_from(BATCH).unwrap_or(1)));
    while let Some(batch) = batches.next().await {
        let places = batch.map_err(|broken| broken.1)?;
        let ids: Vec<Uuid> = places.iter().map(|place| place.file.body()).collect();
        let mut tx = files.store.system().await?;
        let known: HashSet<Uuid> = store::known(&mut tx, &ids).await?.into_iter().collect();
        let organizations: Vec<Uuid> = places.iter().map(|place| place.organization.body()).collect();
        let ours: HashSet<Uuid> = store::with_keys(&mut tx, &organizations).await?.into_iter().collect();
        tx.commit().await?;
        let is_orphan =
            |place: &&Place| ours.contains(&place.organization.body()) && !known.contains(&place.file.body());
        for place in places.iter().filter(is_orphan) {
            files.blobs.remove(&place.key()).await?;
            removed += 1;
        }
    }
    files.counts.collected("orphaned", removed);
    Ok(removed)
}

/// Looks for files whose object is gone, from `after` on, and tells each. Where the next pass begins; at the first file
/// again once all are checked.
pub(crate) async fn find_missing(files: &Files, after: Option<Uuid>) -> Result<Option<Uuid>, Error> {
    let (mut after, mut checked, mut missing) = (after, 0, 0);
    while checked < CHECKED {
        let mut tx = files.store.system().await?;
        let some = store::some(&mut tx, after, BATCH).await?;
        tx.commit().await?;
        let Some(last) = some.last() else {
            after = None;
            break;
        };
        after = Some(last.file.body());
        checked += some.len();
        let questions = stream::iter(some).map(|place| has(files, place)).buffer_unordered(QUESTIONS);
        missing += questions.try_fold(0, |sum, found| async move { Ok(sum + usize::from(!found)) }).await?;
    }
    files.counts.missing(missing);
    Ok(after)
}

/// Whether the file is deleted meanwhile or its object is there.
async fn has(files: &Files, place: Place) -> Result<bool, Error> {
    if files.blobs.has(&place.key()).await? {
        return Ok(true);
    }
    let mut tx = files.store.tenant(place.tenant()).await?;
    let gone = store::find(&mut tx, place.workspace, place.file).await?.is_none();
    tx.commit().await?;
    if !gone {
        tracing::error!(key = place.key(), "the object of a file is missing: restore it from a backup");
    }
    Ok(gone)
}

/// Wraps the data keys under the newest master key that others wrap.
pub(crate) async fn wrap_anew(files: &Files) -> Result<usize, Error> {
    let mut wrapped = 0;
    loop {
        let mut tx = files.store.system().await?;
        let others = store::wrapped_by_others(&mut tx, files.masters.newest(), BATCH).await?;
        for (organization, old) in &others {
            let key = files.masters.unwrap(old, *organization).map_err(unusable)?;
            let new = files.masters.wrap(&key, *organization).map_err(unusable)?;
            store::rewrap(&mut tx, *organization, &new).await?;
        }
        tx.commit().await?;
        if others.is_empty() {
            return Ok(wrapped);
        }
        wrapped += others.len();
    }
}
