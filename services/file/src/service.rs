//! The service, put together from its settings.

use std::{path::Path, sync::Arc};

use saldo_kernel::{Error, reasons};
use saldo_proto::{file::v1::file_service_server::FileServiceServer, guard::Gate, guard::Guarded};
use saldo_runtime::{Metrics, Settings, Stop};
use saldo_store::Store;
use tonic::service::Routes;

use crate::{
    DOMAIN,
    app::Files,
    blobs::Blobs,
    config::{BlobsConfig, Config},
    crypto::{
        key_file::{KeyFileError, read, read_or_make, read_own},
        keys::MasterKeys,
    },
    metrics::Counts,
    rpc::FileServer,
    store, worker,
};

/// Keeps files. Clones are the same one.
#[derive(Clone)]
pub struct Service {
    files: Arc<Files>,
}

impl Service {
    /// As the settings say, on the rows of `store`. `folder` is the data folder: objects and master keys are there where the
    /// settings name no other place.
    ///
    /// # Errors
    /// Folder, bucket or master keys cannot be used, or a master key is gone that wraps a data key.
    pub async fn open(settings: &Settings, store: Store, folder: &Path, metrics: &Metrics) -> Result<Self, Error> {
        let config: Config = settings.section("file")?;
        let blobs = Blobs::open(&BlobsConfig::read(settings)?, &folder.join("files"))?;
        let masters = master_keys(&store, &config, folder).await?;
        Ok(Self { files: Files::new(store, blobs, masters, config, Counts::new(metrics)?) })
    }

    /// Its RPCs behind their guard.
    pub fn routes(&self, gate: Arc<dyn Gate>) -> Routes {
        Routes::new(FileServiceServer::new(Guarded::new(FileServer(Arc::clone(&self.files)), gate)))
    }

    /// Collects from time to time until `stop` is asked.
    pub async fn collecting(self, stop: Stop) {
        worker::run(self.files, stop).await;
    }

    /// Collects once: what is expired, deleted, left over, missing, or wrapped by an older master key.
    pub async fn collect(&self) {
        worker::collect(&self.files, None).await;
    }
}

/// The master keys, all that are in use among them: without one, files of an organisation could not be read, and a server that
/// made a new one in its place would hide that.
async fn master_keys(store: &Store, config: &Config, folder: &Path) -> Result<MasterKeys, Error> {
    let mut tx = store.system().await?;
    let used = store::masters(&mut tx).await?;
    tx.commit().await?;
    let own = folder.join("keys/master.key");
    let given = &config.master_key_file;
    let (path, keys) = match () {
        () if !given.as_os_str().is_empty() => (given, read(given)),
        () if used.is_empty() => (&own, read_or_make(&own)),
        () => (&own, read_own(&own)),
    };
    let keys = keys.map_err(|cause: KeyFileError| {
        let message = format!("The file of the master keys, {}, cannot be used: {cause}.", path.display());
        Error::known(&reasons::MASTER_KEY_UNUSABLE, DOMAIN, message).caused_by(cause)
    })?;
    let known = keys.ids();
    let missing: Vec<_> = used.into_iter().filter(|id| !known.contains(id)).collect();
    if missing.is_empty() {
        return Ok(keys);
    }
    let message =
        format!("{} lacks the master keys {}; files are encrypted with them.", path.display(), missing.join(", "));
    Err(Error::known(&reasons::MASTER_KEY_UNUSABLE, DOMAIN, message))
}
