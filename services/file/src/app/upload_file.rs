//! Takes one file: its bytes go to the storage while they arrive; its row and its event are written when they are complete.

use std::time::Instant;

use saldo_kernel::{Error, FileId, Tenant, UserId, WorkspaceId};
use saldo_proto::{file::v1::UploadFileRequest, guard::Incoming};
use tokio::time::timeout;

use super::{Files, keys};
use crate::{
    content::Writer,
    crypto::keys::DataKey,
    domain::{File, Place},
    error::{broke_off, no_room, stalled, too_large, too_slow},
    events,
    metrics::{Direction, outcome},
    sniff,
    store::{self, NewFile},
};

/// Keeps the file that arrives.
///
/// # Errors
/// It does not arrive to its end (`UPLOAD_BROKEN_OFF`, `REQUEST_STALLED`, `UPLOAD_TOO_SLOW`), is too large (`FILE_TOO_LARGE`),
/// has no room (`QUOTA_EXCEEDED`, `TRANSFERS_BUSY`), or storage or database do not answer. Then nothing of it is kept.
pub(crate) async fn upload_file(
    files: &Files,
    tenant: Tenant,
    workspace: WorkspaceId,
    user: Option<UserId>,
    upload: Incoming<UploadFileRequest>,
) -> Result<File, Error> {
    let start = Instant::now();
    let place = Place { organization: tenant.organization, workspace, file: FileId::generate() };
    let limit = files.config.upload_timeout();
    let ended = match files.turn() {
        Ok(_turn) => timeout(limit, receive(files, place, user, upload)).await.unwrap_or_else(|_| Err(too_slow(limit))),
        Err(error) => Err(error),
    };
    files.counts.ended(Direction::Upload, outcome(&ended));
    files.counts.upload_took(outcome(&ended), start.elapsed().as_secs_f64());
    ended
}

async fn receive(
    files: &Files,
    place: Place,
    user: Option<UserId>,
    mut upload: Incoming<UploadFileRequest>,
) -> Result<File, Error> {
    let mut message = next(files, &mut upload).await?.ok_or_else(broke_off)?;
    let options = message.options.take().unwrap_or_default();
    let room = Room::find(files, &place).await?;
    room.check(files, options.size_bytes)?;
    let mut content = Writer::create(&files.blobs, &place, &room.key).await?;
    loop {
        room.check(files, content.size() + message.chunk.len() as u64)?;
        content.append(&message.chunk).await?;
        files.counts.moved(Direction::Upload, message.chunk.len());
        if message.complete {
            break;
        }
        message = next(files, &mut upload).await?.ok_or_else(broke_off)?;
    }
    let written = content.finish().await?;
    let file = NewFile {
        place,
        content_type: sniff::content_type(&written.head, &options.file_name),
        name: &options.file_name,
        written: &written,
        key_version: room.key.version(),
        uploaded_by: user,
        retention: files.config.retention(),
    };
    keep(files, &file, options.analyze).await
}

/// The next message, as long as the caller goes on sending.
async fn next(files: &Files, upload: &mut Incoming<UploadFileRequest>) -> Result<Option<UploadFileRequest>, Error> {
    let patience = files.config.stall_timeout();
    timeout(patience, upload.next()).await.map_err(|_| stalled(patience))?
}

/// What a new file may take, as far as one knows before its end, and what it is sealed with.
struct Room {
    key: DataKey,
    /// Bytes of the organisation's other files when the upload began.
    used: u64,
}

impl Room {
    async fn find(files: &Files, place: &Place) -> Result<Self, Error> {
        let mut tx = files.store.tenant(place.tenant()).await?;
        let used = store::used(&mut tx).await?;
        let key = keys::of_new_file(files, &mut tx).await?;
        tx.commit().await?;
        Ok(Self { key, used })
    }

    /// Whether a file of `size` bytes may be kept.
    fn check(&self, files: &Files, size: u64) -> Result<(), Error> {
        let (limit, quota) = (files.config.max_file_bytes, files.config.quota());
        if size > limit {
            return Err(too_large(limit));
        }
        if self.used.saturating_add(size) > quota { Err(no_room(quota, self.used)) } else { Ok(()) }
    }
}

/// Writes the row and the event of a file whose object is complete.
async fn keep(files: &Files, file: &NewFile<'_>, analyze: bool) -> Result<File, Error> {
    let (place, quota) = (file.place, files.config.quota());
    let mut tx = files.store.tenant(place.tenant()).await?;
    if !store::take_room(&mut tx, file.written.size, quota).await? {
        let used = store::used(&mut tx).await?;
        drop(tx);
        // Another upload took the room meanwhile. What cannot be removed now is collected later.
        if let Err(error) = files.blobs.remove(&place.key()).await {
            tracing::warn!(%error, "an object without a file stays for now");
        }
        return Err(no_room(quota, used));
    }
    let kept = store::insert(&mut tx, file).await?;
    let (kind, payload) = events::uploaded(&kept, analyze);
    let aggregate = tx.created(place.file);
    tx.publish(aggregate, kind, payload).await?;
    tx.commit().await?;
    Ok(kept)
}
