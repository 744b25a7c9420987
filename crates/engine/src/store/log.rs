//! Bytes that are written once from start to end and then read: in memory while they are few, in a file without a name
//! beyond that.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
    sync::Mutex,
};

use super::Scratch;
use crate::Error;

/// Bytes that wait before they go to the file, and that are read from it at once.
const BLOCK: usize = 1 << 17;

/// Bytes that a reader takes at first.
const FIRST: usize = 1 << 10;

/// Takes the bytes.
#[derive(Debug)]
pub(crate) struct LogWriter {
    scratch: Scratch,
    kept: Vec<u8>,
    file: Option<File>,
    written: u64,
}

impl LogWriter {
    pub(crate) fn new(scratch: Scratch) -> Self {
        Self { scratch, kept: Vec::new(), file: None, written: 0 }
    }

    /// How many bytes it has, which is where the next ones will stand.
    pub(crate) fn len(&self) -> u64 {
        self.written + self.kept.len() as u64
    }

    /// Appends bytes.
    ///
    /// Fails where the folder takes no file or no more bytes.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let most = if self.file.is_some() { BLOCK } else { self.scratch.budget };
        if self.kept.len() + bytes.len() > most {
            self.spill()?;
        }
        self.kept.extend_from_slice(bytes);
        Ok(())
    }

    fn spill(&mut self) -> Result<(), Error> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile_in(&self.scratch.folder).map_err(Error::ScratchNotWritable)?),
        };
        file.write_all(&self.kept).map_err(Error::ScratchNotWritable)?;
        self.written += self.kept.len() as u64;
        self.kept.clear();
        self.kept.shrink_to(BLOCK);
        Ok(())
    }

    /// Everything, to be read.
    pub(crate) fn finish(mut self) -> Result<Log, Error> {
        if self.file.is_some() {
            self.spill()?;
        }
        Ok(match self.file {
            Some(file) => Log { len: self.written, place: Place::File(Mutex::new(file)) },
            None => Log { len: self.kept.len() as u64, place: Place::Memory(self.kept) },
        })
    }
}

/// The bytes, from as many readers as wanted.
#[derive(Debug)]
pub(crate) struct Log {
    len: u64,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Memory(Vec<u8>),
    File(Mutex<File>),
}

impl Default for Log {
    fn default() -> Self {
        Self { len: 0, place: Place::Memory(Vec::new()) }
    }
}

impl Log {
    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// Reads from a place on.
    pub(crate) fn reader(&self, at: u64) -> LogReader<'_> {
        LogReader { log: self, at, block: Vec::new(), next: 0, size: 0 }
    }

    /// Fills `out` with what stands at a place.
    pub(crate) fn read_at(&self, at: u64, out: &mut [u8]) -> Result<(), Error> {
        match &self.place {
            Place::Memory(bytes) => {
                let part = usize::try_from(at).ok().and_then(|at| bytes.get(at..at.checked_add(out.len())?));
                out.copy_from_slice(part.ok_or_else(beyond)?);
            }
            Place::File(file) => {
                // A thread that panicked left a file that can still be read.
                let mut file = file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                file.seek(SeekFrom::Start(at)).map_err(Error::ScratchNotReadable)?;
                file.read_exact(out).map_err(Error::ScratchNotReadable)?;
            }
        }
        Ok(())
    }
}

fn beyond() -> Error {
    Error::ScratchNotReadable(std::io::ErrorKind::UnexpectedEof.into())
}

/// Reads a log from a place to its end.
#[derive(Debug)]
pub(crate) struct LogReader<'l> {
    log: &'l Log,
    /// Of the byte behind the block.
    at: u64,
    block: Vec<u8>,
    /// The next byte of the block.
    next: usize,
    /// How much the last block was to hold.
    size: usize,
}

impl LogReader<'_> {
    /// The next `count` bytes. Fails where there are fewer.
    pub(crate) fn take(&mut self, count: usize) -> Result<&[u8], Error> {
        match &self.log.place {
            Place::Memory(bytes) => {
                let from = usize::try_from(self.at).map_err(|_| beyond())?;
                let part = bytes.get(from..from.saturating_add(count)).ok_or_else(beyond)?;
                self.at += count as u64;
                Ok(part)
            }
            Place::File(_) => {
                if self.block.len() - self.next < count {
                    self.fill(count)?;
                }
                let part = self.block.get(self.next..self.next + count).ok_or_else(beyond)?;
                self.next += count;
                Ok(part)
            }
        }
    }

    fn fill(&mut self, count: usize) -> Result<(), Error> {
        self.block.drain(..self.next);
        self.next = 0;
        let kept = self.block.len();
        let left = usize::try_from(self.log.len.saturating_sub(self.at)).unwrap_or(usize::MAX);
        // A walk reads more and more at once; who looks at one place only reads little.
        self.size = (self.size * 2).clamp(FIRST, BLOCK);
        let more = self.size.max(count - kept).min(left);
        self.block.resize(kept + more, 0);
        self.log.read_at(self.at, self.block.get_mut(kept..).unwrap_or_default())?;
        self.at += more as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn log(budget: usize, parts: &[Vec<u8>]) -> Log {
        let mut writer = LogWriter::new(Scratch { budget, ..Scratch::default() });
        let mut len = 0;
        for part in parts {
            assert_eq!(writer.len(), len);
            writer.append(part).expect("a writable folder");
            len += part.len() as u64;
        }
        writer.finish().expect("a writable folder")
    }

    proptest! {
        #[test]
        fn a_spilled_log_reads_like_one_in_memory(parts in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..40), from in 0..30_usize) {
            let all = parts.concat();
            for budget in [0, 7, 64, 1 << 20] {
                let log = log(budget, &parts);
                prop_assert_eq!(log.len(), all.len() as u64);
                let mut reader = log.reader(0);
                for part in &parts {
                    prop_assert_eq!(reader.take(part.len()).expect("the bytes"), part.as_slice());
                }
                prop_assert!(reader.take(1).is_err());
                if let Some(rest) = all.get(from..) {
                    let mut out = vec![0; rest.len()];
                    log.read_at(from as u64, &mut out).expect("the bytes");
                    prop_assert_eq!(out.as_slice(), rest);
                }
            }
        }
    }

    #[test]
    fn a_folder_that_takes_no_file_is_told() {
        let mut writer = LogWriter::new(Scratch { folder: "/nowhere/at/all".into(), budget: 0 });
        let refused = writer.append(b"ab");
        assert!(matches!(refused, Err(Error::ScratchNotWritable(_))), "{refused:?}");
    }
}
