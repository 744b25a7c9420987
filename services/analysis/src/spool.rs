//! A file without a name that takes an upload while it arrives, so that the engine can pass over it twice.

use std::{fs::File, path::Path};

use saldo_kernel::{Error, Kind, Reason};
use tokio::io::AsyncWriteExt;

use crate::DOMAIN;

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
        let file = tempfile::tempfile_in(folder).map_err(|cause| full(&cause).caused_by(cause))?;
        Ok(Self { file: tokio::fs::File::from_std(file), size: 0, limit })
    }

    /// Appends bytes.
    ///
    /// # Errors
    /// The file is over the limit, or the disk is full.
    pub(crate) async fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.size += bytes.len() as u64;
        if self.size > self.limit {
            let message = format!("The file is larger than {} MB.", self.limit / 1_000_000);
            return Err(Error::new(Kind::TooLarge, DOMAIN, Reason::new("FILE_TOO_LARGE"), message)
                .hint("export a shorter period")
                .with("limit_bytes", self.limit));
        }
        self.file.write_all(bytes).await.map_err(|cause| full(&cause).caused_by(cause))
    }

    /// The whole file, to be read from its beginning.
    ///
    /// # Errors
    /// The disk is full.
    pub(crate) async fn finish(mut self) -> Result<File, Error> {
        self.file.flush().await.map_err(|cause| full(&cause).caused_by(cause))?;
        Ok(self.file.into_std().await)
    }
}

fn full(cause: &std::io::Error) -> Error {
    let message = format!("The server cannot keep the file while it is analysed: {}.", cause.kind());
    Error::new(Kind::Unavailable, DOMAIN, Reason::new("SPOOL_NOT_WRITABLE"), message)
        .hint("try again; whoever runs the server: see analysis.spool_dir and the space there")
}
