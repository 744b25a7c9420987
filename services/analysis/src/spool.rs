//! Files without a name that take an upload while it arrives, so that the engine can pass over it twice.

use std::{
    fs::File,
    io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use saldo_kernel::{Error, reasons};
use tokio::io::AsyncWriteExt;

use crate::DOMAIN;

/// When a caller whose file found no room may try again.
const TRY_AGAIN: Duration = Duration::from_secs(10);

/// Bytes of an upload that wait in memory for the disk; there are many uploads.
const BUFFER_BYTES: usize = 64 << 10;

/// The room that all uploads of a process share.
#[derive(Debug)]
pub(crate) struct Room {
    limit: u64,
    taken: AtomicU64,
}

impl Room {
    /// For `limit` bytes.
    pub(crate) fn new(limit: u64) -> Arc<Self> {
        Arc::new(Self { limit, taken: AtomicU64::new(0) })
    }
}

/// What one call takes of the room, until it is dropped.
#[derive(Debug)]
pub(crate) struct Share {
    room: Arc<Room>,
    bytes: u64,
}

impl Share {
    /// Nothing yet.
    pub(crate) fn new(room: &Arc<Room>) -> Self {
        Self { room: Arc::clone(room), bytes: 0 }
    }

    fn grow(&mut self, bytes: u64) -> Result<(), Error> {
        let within = |taken: u64| taken.checked_add(bytes).filter(|taken| *taken <= self.room.limit);
        let grown = self.room.taken.fetch_update(Ordering::AcqRel, Ordering::Acquire, within);
        grown.map_err(|_| no_room())?;
        self.bytes += bytes;
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.room.taken.fetch_sub(self.bytes, Ordering::AcqRel);
    }
}

/// An upload on the disk. It is gone when the handle is, however the process ends.
pub(crate) struct Spool {
    file: tokio::fs::File,
    size: u64,
    limit: u64,
}

impl Spool {
    /// An empty one in `folder` that takes `limit` bytes.
    ///
    /// # Errors
    /// The disk takes no file.
    pub(crate) fn create(folder: &Path, limit: u64) -> Result<Self, Error> {
        let mut file = tokio::fs::File::from_std(tempfile::tempfile_in(folder).map_err(not_written)?);
        file.set_max_buf_size(BUFFER_BYTES);
        Ok(Self { file, size: 0, limit })
    }

    /// Appends bytes, which count to `share`.
    ///
    /// # Errors
    /// The file is over the limit, the room is used up, or the disk is full.
    pub(crate) async fn append(&mut self, bytes: &[u8], share: &mut Share) -> Result<(), Error> {
        self.size += bytes.len() as u64;
        if self.size > self.limit {
            let message = format!("The file is larger than {} MB.", self.limit / 1_000_000);
            return Err(Error::known(&reasons::FILE_TOO_LARGE, DOMAIN, message).with("limit_bytes", self.limit));
        }
        share.grow(bytes.len() as u64)?;
        self.file.write_all(bytes).await.map_err(not_written)
    }

    /// The whole file, to be read from its beginning.
    ///
    /// # Errors
    /// The disk is full.
    pub(crate) async fn finish(mut self) -> Result<File, Error> {
        self.file.flush().await.map_err(not_written)?;
        Ok(self.file.into_std().await)
    }
}

fn not_written(cause: io::Error) -> Error {
    let message = match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "The disk of the server has no space for the file while it is analysed.".to_owned()
        }
        kind => format!("The server cannot keep the file while it is analysed: {kind}."),
    };
    Error::known(&reasons::SPOOL_NOT_WRITABLE, DOMAIN, message).caused_by(cause)
}

fn no_room() -> Error {
    let message = "The files that are being analysed leave no room for this one.";
    Error::known(&reasons::SPOOL_FULL, DOMAIN, message).retry_after(TRY_AGAIN)
}

#[cfg(test)]
mod tests {
    use saldo_kernel::Kind;

    use super::*;

    #[tokio::test]
    async fn uploads_share_the_room_and_give_it_back() {
        let folder = std::env::temp_dir();
        let room = Room::new(10);
        let (mut one, mut two) = (Share::new(&room), Share::new(&room));
        let mut spool = Spool::create(&folder, 100).unwrap();
        spool.append(b"123456", &mut one).await.unwrap();
        let refused = spool.append(b"123456", &mut two).await.unwrap_err();
        assert_eq!((refused.kind, refused.reason.as_str()), (Kind::Busy, "SPOOL_FULL"));
        drop(one);
        spool.append(b"123456", &mut two).await.unwrap();
    }
}
