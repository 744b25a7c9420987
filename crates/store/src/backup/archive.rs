//! The zip: entries with the hash of what they hold.

use std::{
    collections::HashSet,
    fs::File,
    io::{BufReader, BufWriter, Read, Write},
    path::Path,
};

use saldo_kernel::Error;
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{
    damaged,
    manifest::{Content, MANIFEST, Manifest},
    not_written,
};

/// What is read and written at a time.
const CHUNK: usize = 256 * 1024;
/// A manifest with some lines for each of millions of files; more is no manifest of ours.
const LONGEST_MANIFEST: u64 = 1 << 30;

/// An archive that is being written.
pub(super) struct Writer {
    zip: ZipWriter<BufWriter<File>>,
}

/// An entry that is being written.
pub(super) struct Entry<'a> {
    zip: &'a mut ZipWriter<BufWriter<File>>,
    hash: Sha256,
    bytes: u64,
}

impl Writer {
    pub(super) fn new(file: File) -> Self {
        Self { zip: ZipWriter::new(BufWriter::with_capacity(CHUNK, file)) }
    }

    /// Begins an entry; what is encrypted is not packed, for it would not become smaller.
    pub(super) fn entry(&mut self, name: &str, packed: bool) -> Result<Entry<'_>, Error> {
        let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default().large_file(true).unix_permissions(0o600).compression_method(method);
        self.zip.start_file(name, options).map_err(|cause| not_written("The backup cannot be written", cause))?;
        Ok(Entry { zip: &mut self.zip, hash: Sha256::new(), bytes: 0 })
    }

    /// Writes the manifest and ends the archive on the disk.
    pub(super) fn finish(mut self, manifest: &Manifest) -> Result<(), Error> {
        let failed = |cause| not_written("The backup cannot be written", cause);
        let text = serde_json::to_vec_pretty(manifest).map_err(|cause| failed(cause.into()))?;
        self.entry(MANIFEST, true)?.write(&text)?;
        let file = self.zip.finish().map_err(|cause| failed(cause.into()))?;
        let file = file.into_inner().map_err(|cause| failed(cause.into_error()))?;
        file.sync_all().map_err(failed)
    }
}

impl Entry<'_> {
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.hash.update(bytes);
        self.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.zip.write_all(bytes).map_err(|cause| not_written("The backup cannot be written", cause))
    }

    /// All of a source.
    pub(super) fn copy(&mut self, mut source: impl Read, name: &Path) -> Result<(), Error> {
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = source.read(&mut chunk);
            match read.map_err(|cause| not_written(&format!("{} cannot be read", name.display()), cause))? {
                0 => return Ok(()),
                length => self.write(chunk.get(..length).unwrap_or_default())?,
            }
        }
    }

    pub(super) fn end(self) -> Content {
        Content { bytes: self.bytes, sha256: hexadecimal(self.hash) }
    }
}

/// An archive that was found to be whole.
pub(super) struct Reader {
    zip: ZipArchive<BufReader<File>>,
    pub(super) manifest: Manifest,
}

impl Reader {
    /// Opens an archive and reads what it says of itself; the rest is not looked at yet.
    ///
    /// # Errors
    /// It cannot be read, or is damaged.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|cause| damaged(format!("{} cannot be read: {cause}", path.display())))?;
        let mut zip = ZipArchive::new(BufReader::with_capacity(CHUNK, file)).map_err(damaged)?;
        let mut text = Vec::new();
        let entry = zip.by_name(MANIFEST).map_err(|cause| damaged(format!("its manifest: {cause}")))?;
        entry
            .take(LONGEST_MANIFEST)
            .read_to_end(&mut text)
            .map_err(|cause| damaged(format!("its manifest: {cause}")))?;
        let manifest = Manifest::read(&text)?;
        Ok(Self { zip, manifest })
    }

    /// Reads every entry to its end and compares it with the manifest.
    ///
    /// # Errors
    /// One is missing, too many, or holds something else.
    pub(super) fn verify(&mut self) -> Result<(), Error> {
        let wanted: Vec<(String, Content)> =
            self.manifest.entries().map(|(name, content)| (name, content.clone())).collect();
        let names: HashSet<&str> = wanted.iter().map(|(name, _)| name.as_str()).collect();
        // The manifest is the one that is not among them.
        if names.len() != wanted.len() || self.zip.len() != wanted.len() + 1 {
            return Err(damaged("it holds other entries than its manifest names"));
        }
        for (name, content) in &wanted {
            let mut hash = Sha256::new();
            let mut bytes = 0;
            self.read(name, &mut |chunk| {
                hash.update(chunk);
                bytes += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
                Ok(())
            })?;
            if bytes != content.bytes || hexadecimal(hash) != content.sha256 {
                return Err(damaged(format!("{name} is not what was written")));
            }
        }
        Ok(())
    }

    /// Gives an entry chunk by chunk.
    ///
    /// # Errors
    /// It is damaged, or `take` fails.
    pub(super) fn read(&mut self, name: &str, take: &mut dyn FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
        let mut entry = self.entry(name)?;
        let mut chunk = vec![0; CHUNK];
        while let Some(length) = next(&mut entry, &mut chunk, name)? {
            take(chunk.get(..length).unwrap_or_default())?;
        }
        Ok(())
    }

    /// An entry, to be read with [`next`].
    pub(super) fn entry(&mut self, name: &str) -> Result<impl Read, Error> {
        self.zip.by_name(name).map_err(|cause| damaged(format!("{name}: {cause}")))
    }
}

/// The next bytes of an entry; none at its end.
pub(super) fn next(entry: &mut impl Read, chunk: &mut [u8], name: &str) -> Result<Option<usize>, Error> {
    let length = entry.read(chunk).map_err(|cause| damaged(format!("{name}: {cause}")))?;
    Ok((length > 0).then_some(length))
}

pub(super) fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
