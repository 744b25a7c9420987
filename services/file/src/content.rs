//! The content of a file in its object: sealed, counted and hashed while it is written, opened chunk by chunk where it is read.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt, stream};
use ring::digest;
use saldo_kernel::Error;

use crate::{
    DOMAIN,
    blobs::{Blobs, Writing},
    crypto::{
        chunks::{Broken, Cover, HEADER_BYTES, Layout, Opener, Sealer},
        keys::DataKey,
    },
    domain::Place,
    sniff,
};

/// What is known of a content once it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Plain bytes.
    pub(crate) size: u64,
    /// Of the plain bytes.
    pub(crate) sha256: [u8; 32],
    /// The first plain bytes, for who asks what they are.
    pub(crate) head: Vec<u8>,
}

/// A content that is being written. Dropped before its end it leaves nothing.
pub(crate) struct Writer {
    sealer: Sealer,
    object: Writing,
    hash: digest::Context,
    size: u64,
    head: Vec<u8>,
}

impl Writer {
    /// Begins the content of the file of `place`.
    ///
    /// # Errors
    /// There are no random numbers, or the storage does not answer.
    pub(crate) async fn create(blobs: &Blobs, place: &Place, key: &DataKey) -> Result<Self, Error> {
        let (sealer, header) = Sealer::new(key, place).map_err(damaged)?;
        let mut object = blobs.write(&place.key());
        object.append(header).await?;
        Ok(Self { sealer, object, hash: digest::Context::new(&digest::SHA256), size: 0, head: Vec::new() })
    }

    /// Plain bytes so far.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Appends plain bytes.
    ///
    /// # Errors
    /// The storage takes no more.
    pub(crate) async fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
        let missing = sniff::HEAD_BYTES.saturating_sub(self.head.len());
        self.head.extend(bytes.iter().take(missing));
        for chunk in self.sealer.append(bytes).map_err(damaged)? {
            self.object.append(chunk).await?;
        }
        Ok(())
    }

    /// Ends the content; its object lasts when this returns.
    ///
    /// # Errors
    /// The storage did not take it.
    pub(crate) async fn finish(mut self) -> Result<Written, Error> {
        let last = self.sealer.finish().map_err(damaged)?;
        self.object.append(last).await?;
        self.object.finish().await?;
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(self.hash.finish().as_ref());
        Ok(Written { size: self.size, sha256, head: self.head })
    }
}

/// The plain bytes `range` of a content of `size` bytes, which holds the range; only the chunks that hold it are read.
///
/// # Errors
/// The storage does not answer, or the object is not this file's content: then nothing of the chunk is given.
pub(crate) async fn read(
    blobs: &Blobs,
    place: &Place,
    key: &DataKey,
    size: u64,
    range: Range<u64>,
) -> Result<impl Stream<Item = Result<Bytes, Error>> + Send + 'static + use<>, Error> {
    let layout = Layout::new(size);
    let object = place.key();
    let header = blobs.read_all(&object, 0..HEADER_BYTES as u64).await?;
    let opener = Opener::new(&header, key, place, &layout).map_err(damaged)?;
    let Cover { chunks, object: bytes, skip } = layout.cover(&range);
    let sealed = Box::pin(blobs.read(&object, bytes).await?);
    let state =
        Reading { opener, layout, sealed, waiting: BytesMut::new(), chunks, skip, left: range.end - range.start };
    Ok(stream::try_unfold(state, |mut state| async move { Ok(state.next().await?.map(|bytes| (bytes, state))) }))
}

/// A content that is being read.
struct Reading<S> {
    opener: Opener,
    layout: Layout,
    sealed: S,
    waiting: BytesMut,
    chunks: Range<u64>,
    skip: u64,
    left: u64,
}

impl<S: Stream<Item = Result<Bytes, Error>> + Unpin> Reading<S> {
    async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        let Some(number) = self.chunks.next() else { return Ok(None) };
        let wanted = usize::try_from(self.layout.sealed(number)).unwrap_or(usize::MAX);
        while self.waiting.len() < wanted {
            let more = self.sealed.next().await.ok_or_else(|| damaged(Broken::CutOff(number)))??;
            self.waiting.extend_from_slice(&more);
        }
        let mut plain = self.opener.open(number, self.waiting.split_to(wanted)).map_err(damaged)?;
        let skip = usize::try_from(std::mem::take(&mut self.skip)).unwrap_or(usize::MAX);
        let _ = plain.split_to(skip.min(plain.len()));
        plain.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
        self.left -= plain.len() as u64;
        Ok(Some(plain))
    }
}

fn damaged(cause: Broken) -> Error {
    Error::internal(DOMAIN, "the content of a file cannot be sealed or opened").caused_by(cause)
}

#[cfg(test)]
mod tests {
    use futures::TryStreamExt;
    use saldo_kernel::{FileId, OrganizationId, WorkspaceId};

    use super::*;
    use crate::config::BlobsConfig;

    const MEGABYTE: usize = 1 << 20;

    fn place() -> Place {
        Place { organization: OrganizationId::generate(), workspace: WorkspaceId::generate(), file: FileId::generate() }
    }

    fn plain(size: usize) -> Vec<u8> {
        (0..size).map(|number| (number * 31 % 253) as u8).collect()
    }

    async fn kept(blobs: &Blobs, place: &Place, key: &DataKey, plain: &[u8]) -> Written {
        let mut writer = Writer::create(blobs, place, key).await.unwrap();
        for bytes in plain.chunks(300_000) {
            writer.append(bytes).await.unwrap();
        }
        writer.finish().await.unwrap()
    }

    async fn got(
        blobs: &Blobs,
        place: &Place,
        key: &DataKey,
        size: usize,
        range: Range<u64>,
    ) -> Result<Vec<u8>, Error> {
        let chunks: Vec<Bytes> = read(blobs, place, key, size as u64, range).await?.try_collect().await?;
        assert!(chunks.iter().all(|chunk| chunk.len() <= MEGABYTE));
        Ok(chunks.concat())
    }

    #[tokio::test]
    async fn a_long_file_and_any_part_of_it_come_back_from_a_folder_that_holds_none_of_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(&BlobsConfig { s3: None }, folder.path()).unwrap();
        let (place, key) = (place(), DataKey::generate(1).unwrap());
        // Longer than one part of an upload in parts.
        let plain = plain(7 * MEGABYTE + 5);
        let written = kept(&blobs, &place, &key, &plain).await;
        assert_eq!(written.size, plain.len() as u64);
        assert_eq!(written.sha256.as_slice(), digest::digest(&digest::SHA256, &plain).as_ref());
        let (size, end) = (plain.len(), plain.len() as u64);
        let one = MEGABYTE as u64;
        for range in [0..end, 0..1, one - 1..one + 1, 3 * one..4 * one, end - 1..end, 5..5 * one + 7, end..end] {
            let wanted = &plain[range.start as usize..range.end as usize];
            assert!(got(&blobs, &place, &key, size, range.clone()).await.unwrap() == wanted, "{range:?}");
        }
        let object = std::fs::read(folder.path().join(place.key())).unwrap();
        assert!(!object.windows(64).any(|window| window == &plain[..64]), "plain bytes rest in the folder");
    }

    #[tokio::test]
    async fn an_object_that_is_changed_or_cut_gives_an_error_and_nothing_of_the_chunk() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(&BlobsConfig { s3: None }, folder.path()).unwrap();
        let (place, key) = (place(), DataKey::generate(1).unwrap());
        let plain = plain(2 * MEGABYTE);
        kept(&blobs, &place, &key, &plain).await;
        let path = folder.path().join(place.key());
        let object = std::fs::read(&path).unwrap();
        let mut changed = object.clone();
        changed[MEGABYTE + 1_000] ^= 1;
        std::fs::write(&path, changed).unwrap();
        let one = MEGABYTE as u64;
        assert!(
            got(&blobs, &place, &key, plain.len(), 0..one).await.unwrap() == plain[..MEGABYTE],
            "before the change"
        );
        assert_eq!(got(&blobs, &place, &key, plain.len(), one..one + 1).await.unwrap_err().reason.as_str(), "INTERNAL");
        std::fs::write(&path, &object[..object.len() - 1]).unwrap();
        assert!(got(&blobs, &place, &key, plain.len(), one..one + 1).await.is_err(), "cut");
    }

    #[tokio::test]
    async fn a_writer_that_is_dropped_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(&BlobsConfig { s3: None }, folder.path()).unwrap();
        let (place, key) = (place(), DataKey::generate(1).unwrap());
        let mut writer = Writer::create(&blobs, &place, &key).await.unwrap();
        writer.append(&plain(11 * MEGABYTE)).await.unwrap();
        drop(writer);
        assert_eq!(blobs.list().count().await, 0);
        let empty = || async { (files_below(folder.path()) == 0).then_some(()) };
        saldo_testkit::wait_until("an empty folder", empty).await;
    }

    fn files_below(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| if entry.path().is_dir() { files_below(&entry.path()) } else { 1 }).sum()
    }
}
