//! Gives the bytes of a file, or a part of them. Only as much is read as the caller takes.

use std::{ops::Range, pin::Pin, sync::Arc};

use bytes::Bytes;
use futures::{Stream, StreamExt};
use saldo_kernel::Error;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tracing::{Instrument, Span};

use super::{Files, Turn, keys};
use crate::{
    content,
    domain::{File, Place, part},
    error::{beyond, not_found},
    metrics::Direction,
    store,
};

/// Chunks that wait for the caller.
const CHUNKS_UNDER_WAY: usize = 1;

/// A file with the part of it that follows.
pub(crate) struct Download {
    pub(crate) file: File,
    pub(crate) range: Range<u64>,
    /// At most 1 MiB each.
    pub(crate) chunks: ReceiverStream<Result<Bytes, Error>>,
}

/// The bytes of the file of this place: `length` of them from `offset`, or all that follow where that is 0.
///
/// # Errors
/// There is none (`FILE_NOT_FOUND`), it has fewer bytes (`RANGE_INVALID`), too many transfers are under way
/// (`TRANSFERS_BUSY`), or storage or database do not answer.
pub(crate) async fn download_file(
    files: &Arc<Files>,
    place: Place,
    offset: u64,
    length: u64,
) -> Result<Download, Error> {
    let opened = open(files, place, offset, length).await;
    let (file, range, turn, content) = opened.inspect_err(|_| files.counts.ended(Direction::Download, "refused"))?;
    let (to, chunks) = mpsc::channel(CHUNKS_UNDER_WAY);
    tokio::spawn(give(Arc::clone(files), turn, content, to).instrument(Span::current()));
    Ok(Download { file, range, chunks: ReceiverStream::new(chunks) })
}

/// The content of a file as it is read.
type Content = Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>;

async fn open(
    files: &Files,
    place: Place,
    offset: u64,
    length: u64,
) -> Result<(File, Range<u64>, Turn, Content), Error> {
    let turn = files.turn()?;
    let mut tx = files.store.tenant(place.tenant()).await?;
    let file = store::find(&mut tx, place.workspace, place.file).await?.ok_or_else(not_found)?;
    let key = keys::of_file(files, &mut tx, file.key_version).await?;
    // Nothing of the database is held while the caller reads.
    tx.commit().await?;
    let range = part(file.size, offset, length).ok_or_else(|| beyond(file.size))?;
    let content = content::read(&files.blobs, &place, &key, file.size, range.clone()).await?;
    Ok((file, range, turn, Box::pin(content)))
}

/// Gives chunk after chunk, as long as the caller takes them.
async fn give(files: Arc<Files>, _turn: Turn, mut content: Content, to: mpsc::Sender<Result<Bytes, Error>>) {
    let mut ended = "done";
    while let Some(chunk) = content.next().await {
        let bytes = chunk.as_ref().map_or(0, Bytes::len);
        // The guard tells the failure; the stream ends with it.
        if chunk.is_err() {
            ended = "failed";
        }
        if to.send_timeout(chunk, files.config.stall_timeout()).await.is_err() {
            ended = "cancelled";
            break;
        }
        files.counts.moved(Direction::Download, bytes);
    }
    files.counts.ended(Direction::Download, ended);
}
