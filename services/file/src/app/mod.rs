//! The use cases, one file each, and what they share.

pub(crate) mod collect;
pub(crate) mod create_download_link;
pub(crate) mod delete_file;
pub(crate) mod download_file;
pub(crate) mod get_file;
mod keys;
pub(crate) mod list_files;
pub(crate) mod upload_file;

use std::sync::Arc;

use saldo_kernel::Error;
use saldo_store::Store;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use crate::{
    blobs::Blobs,
    config::Config,
    crypto::keys::MasterKeys,
    error::busy,
    metrics::{Active, Counts},
};

/// What the use cases share.
pub(crate) struct Files {
    pub(crate) store: Store,
    pub(crate) blobs: Blobs,
    pub(crate) masters: MasterKeys,
    pub(crate) config: Config,
    pub(crate) counts: Counts,
    /// Wakes the collector: something was deleted.
    pub(crate) deleted: Notify,
    turns: Arc<Semaphore>,
}

impl Files {
    pub(crate) fn new(store: Store, blobs: Blobs, masters: MasterKeys, config: Config, counts: Counts) -> Arc<Self> {
        let turns = Arc::new(Semaphore::new(config.max_transfers));
        Arc::new(Self { store, blobs, masters, config, counts, deleted: Notify::new(), turns })
    }

    /// A turn to send or receive a file, as long as what is returned is held.
    ///
    /// # Errors
    /// As many are under way as may be.
    fn turn(&self) -> Result<Turn, Error> {
        let permit = Arc::clone(&self.turns).try_acquire_owned().map_err(|_| busy())?;
        Ok(Turn { _permit: permit, _active: self.counts.begin() })
    }
}

/// One of the turns.
pub(crate) struct Turn {
    _permit: OwnedSemaphorePermit,
    _active: Active,
}
