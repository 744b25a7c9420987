//! Where the objects are: a folder, or a bucket of S3. It knows keys and bytes, not files.

use std::{
    path::{Path as FilePath, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    ClientOptions, GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt, RetryConfig, aws::AmazonS3Builder,
    buffered::BufWriter, local::LocalFileSystem, path::Path, prefix::PrefixStore,
};
use saldo_kernel::{Error, reasons};
use tokio::io::AsyncWriteExt;

use crate::{
    DOMAIN,
    config::{BlobsConfig, S3Config},
};

/// Bytes of a part of an object that is written while it arrives; S3 asks for at least 5 MiB, but of the last one.
const PART_BYTES: usize = 5 << 20;

/// Parts of one object under way at the same time. With the one that fills up it is what an upload keeps in memory.
const PARTS_UNDER_WAY: usize = 1;

/// When a call that found no storage may be made again.
const TRY_AGAIN: Duration = Duration::from_secs(5);

/// Waits for a bucket: a caller waits with it.
const CONNECT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(30);
const RETRIES: usize = 4;
const RETRY_FOR: Duration = Duration::from_secs(20);

/// The objects. Clones share them.
#[derive(Clone)]
pub(crate) struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// The folder, where it is one.
    folder: Option<PathBuf>,
}

/// An object that is listed.
pub(crate) struct Listed {
    /// Its key.
    pub(crate) key: String,
    /// When it was last written; of an object in parts, when it was begun.
    pub(crate) age: Duration,
}

impl Blobs {
    /// As the settings say; `folder` is for `local`, and is made.
    ///
    /// # Errors
    /// The folder cannot be made, or the settings of the bucket do not fit.
    pub(crate) fn open(config: &BlobsConfig, folder: &FilePath) -> Result<Self, Error> {
        match &config.s3 {
            Some(s3) => Self::bucket(s3),
            None => Self::folder(folder),
        }
    }

    fn folder(folder: &FilePath) -> Result<Self, Error> {
        let unusable = |cause: &dyn std::fmt::Display| {
            let message = format!("The folder of the files, {}, cannot be used: {cause}.", folder.display());
            Error::known(&reasons::DATA_DIR_UNUSABLE, DOMAIN, message)
        };
        std::fs::create_dir_all(folder).map_err(|cause| unusable(&cause))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|cause| unusable(&cause))?;
        // What is acknowledged is on the disk. Folders that become empty go.
        let store = store.with_fsync(true).with_automatic_cleanup(true);
        Ok(Self { store: Arc::new(store), folder: Some(folder.to_owned()) })
    }

    fn bucket(config: &S3Config) -> Result<Self, Error> {
        // One TLS stack for the whole process; who set it first has set the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let wrong = |text: String| Error::known(&reasons::CONFIG_INVALID, DOMAIN, format!("blobs.s3: {text}."));
        let secret = std::fs::read_to_string(&config.secret_key_file)
            .map_err(|cause| wrong(format!("{} cannot be read: {cause}", config.secret_key_file.display())))?;
        let plain = config.endpoint.starts_with("http://");
        let client = ClientOptions::new().with_connect_timeout(CONNECT).with_timeout(ANSWER).with_allow_http(plain);
        let retry = RetryConfig { max_retries: RETRIES, retry_timeout: RETRY_FOR, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new()
            .with_region(&config.region)
            .with_bucket_name(&config.bucket)
            .with_access_key_id(&config.access_key)
            .with_secret_access_key(secret.trim())
            .with_virtual_hosted_style_request(!config.path_style)
            .with_client_options(client)
            .with_retry(retry);
        if !config.endpoint.is_empty() {
            builder = builder.with_endpoint(&config.endpoint);
        }
        let store = builder.build().map_err(|cause| wrong(cause.to_string()))?;
        Ok(Self { store: Arc::new(PrefixStore::new(store, config.prefix.as_str())), folder: None })
    }

    /// Begins to write the object of this key. Nobody sees it before [`Writing::finish`].
    pub(crate) fn write(&self, key: &str) -> Writing {
        let writer = BufWriter::with_capacity(Arc::clone(&self.store), Path::from(key), PART_BYTES);
        Writing { writer: Some(writer.with_max_concurrency(PARTS_UNDER_WAY)) }
    }

    /// The bytes `range` of an object.
    ///
    /// # Errors
    /// There is no such object (a defect: its file has a row), or the storage does not answer. A stream may fail in its
    /// middle.
    pub(crate) async fn read(
        &self,
        key: &str,
        range: std::ops::Range<u64>,
    ) -> Result<impl Stream<Item = Result<Bytes, Error>> + Send + 'static + use<>, Error> {
        let options = GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
        let found = self.store.get_opts(&Path::from(key), options).await.map_err(not_read)?;
        Ok(found.into_stream().map_err(not_read))
    }

    /// A few bytes of an object.
    ///
    /// # Errors
    /// As [`Blobs::read`].
    pub(crate) async fn read_all(&self, key: &str, range: std::ops::Range<u64>) -> Result<Bytes, Error> {
        let stream = self.read(key, range).await?;
        let all = stream.try_fold(BytesMut::new(), |mut all, chunk| async move {
            all.extend_from_slice(&chunk);
            Ok(all)
        });
        Ok(all.await?.freeze())
    }

    /// Removes an object; nothing happens where there is none.
    ///
    /// # Errors
    /// The storage does not answer.
    pub(crate) async fn remove(&self, key: &str) -> Result<(), Error> {
        match self.store.delete(&Path::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(unavailable(error)),
        }
    }

    /// Whether there is an object of this key.
    ///
    /// # Errors
    /// The storage does not answer.
    pub(crate) async fn has(&self, key: &str) -> Result<bool, Error> {
        match self.store.head(&Path::from(key)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(unavailable(error)),
        }
    }

    /// All objects, in any order; they arrive by and by.
    pub(crate) fn list(&self) -> BoxStream<'static, Result<Listed, Error>> {
        let now = SystemTime::now();
        self.store.list(None).map(move |found| found.map(|object| listed(&object, now)).map_err(unavailable)).boxed()
    }

    /// Removes what writers that broke off more than `age` ago left in the folder, and says how much. In a bucket that is
    /// the task of a life-cycle rule (`AbortIncompleteMultipartUpload`).
    ///
    /// # Errors
    /// The folder cannot be read.
    pub(crate) async fn remove_drafts(&self, age: Duration) -> Result<usize, Error> {
        let Some(folder) = self.folder.clone() else { return Ok(0) };
        let removed = tokio::task::spawn_blocking(move || remove_drafts(&folder, age, 0)).await;
        removed
            .map_err(|cause| Error::internal(DOMAIN, "the folder was not read to its end").caused_by(cause))?
            .map_err(|cause| Error::internal(DOMAIN, "the folder of the files cannot be read").caused_by(cause))
    }
}

/// An object that is being written. Dropped before its end it takes back what was written, also where its caller has gone.
pub(crate) struct Writing {
    /// Taken at the end.
    writer: Option<BufWriter>,
}

impl Writing {
    /// Appends bytes.
    ///
    /// # Errors
    /// The storage takes no more.
    pub(crate) async fn append(&mut self, bytes: Bytes) -> Result<(), Error> {
        match &mut self.writer {
            Some(writer) => writer.put(bytes).await.map_err(unavailable),
            None => Err(Error::internal(DOMAIN, "an object was written to after its end")),
        }
    }

    /// Makes the object visible, whole, and returns when it lasts.
    ///
    /// # Errors
    /// The storage did not take it.
    pub(crate) async fn finish(mut self) -> Result<(), Error> {
        match self.writer.take() {
            Some(mut writer) => writer.shutdown().await.map_err(|cause| storage_unavailable().caused_by(cause)),
            None => Ok(()),
        }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        let Some(mut writer) = self.writer.take() else { return };
        // Without a runtime the process ends; what stays is collected later.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            if let Err(error) = writer.abort().await {
                tracing::warn!(%error, "the parts of an upload that broke off stay for now");
            }
        });
    }
}

fn listed(object: &ObjectMeta, now: SystemTime) -> Listed {
    let written = u64::try_from(object.last_modified.timestamp()).unwrap_or_default();
    let written = SystemTime::UNIX_EPOCH + Duration::from_secs(written);
    Listed { key: object.location.to_string(), age: now.duration_since(written).unwrap_or_default() }
}

/// Our keys have three levels; the writer's drafts are beside the objects, with `#` and a number at the end.
fn remove_drafts(folder: &FilePath, age: Duration, level: u8) -> std::io::Result<usize> {
    let mut removed = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (path, found) = (entry.path(), entry.metadata()?);
        if found.is_dir() {
            if level < 2 {
                removed += remove_drafts(&path, age, level + 1)?;
            }
        } else if entry.file_name().to_string_lossy().contains('#')
            && found.modified()?.elapsed().is_ok_and(|old| old > age)
        {
            std::fs::remove_file(path)?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// A row is never without its object: that none is found is a defect, or someone removed it.
fn not_read(error: object_store::Error) -> Error {
    match error {
        object_store::Error::NotFound { .. } => {
            Error::internal(DOMAIN, "the object of a file is missing").caused_by(error)
        }
        error => unavailable(error),
    }
}

fn unavailable(cause: object_store::Error) -> Error {
    storage_unavailable().caused_by(cause)
}

fn storage_unavailable() -> Error {
    let message = "The storage of the files does not answer, or has no space.";
    Error::known(&reasons::STORAGE_UNAVAILABLE, DOMAIN, message).retry_after(TRY_AGAIN)
}
