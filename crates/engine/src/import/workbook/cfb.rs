//! Compound files (MS-CFB 9.0): streams in chains of sectors. Takes what a workbook needs: one stream by its name.

use std::io::{Read, Seek, SeekFrom};

use crate::{
    Error,
    import::{limits::MAX_UNPACKED_BYTES, survey::read_chunk},
};

/// The largest sector number; those above end chains or mark sectors.
const LAST_SECTOR: u32 = 0xFFFF_FFF9;
const ENTRY_BYTES: usize = 128;

/// An opened compound file.
pub(super) struct Compound<'s, S> {
    source: &'s mut S,
    size: u64,
    sector_bytes: usize,
    /// The next sector of each sector.
    next: Vec<u32>,
    /// The same for sectors of small streams.
    mini_next: Vec<u32>,
    mini: Vec<u8>,
    /// Streams below this many bytes stand in small sectors.
    cutoff: u64,
    entries: Vec<Entry>,
}

/// An entry of the directory.
struct Entry {
    name: String,
    start: u32,
    size: u64,
}

fn short<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

/// A little-endian number of four bytes; 0 beyond the end.
pub(super) fn long(bytes: &[u8], at: usize) -> u32 {
    short(bytes, at).map_or(0, u32::from_le_bytes)
}

/// A little-endian number of two bytes; 0 beyond the end.
pub(super) fn word(bytes: &[u8], at: usize) -> u16 {
    short(bytes, at).map_or(0, u16::from_le_bytes)
}

fn longs(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|four| long(four, 0))
}

impl<'s, S: Read + Seek> Compound<'s, S> {
    /// Opens a file of `size` bytes.
    pub(super) fn open(source: &'s mut S, size: u64) -> Result<Self, Error> {
        if size > MAX_UNPACKED_BYTES {
            return Err(Error::ArchiveTooLarge { limit: MAX_UNPACKED_BYTES });
        }
        let mut header = vec![0; 512];
        source.seek(SeekFrom::Start(0))?;
        if read_chunk(source, &mut header)? < header.len() {
            return Err(Error::WorkbookDamaged);
        }
        let sector_bytes = match word(&header, 30) {
            9 => 512,
            12 => 4_096,
            _ => return Err(Error::WorkbookDamaged),
        };
        let mut out = Self {
            source,
            size,
            sector_bytes,
            next: Vec::new(),
            mini_next: Vec::new(),
            mini: Vec::new(),
            cutoff: u64::from(long(&header, 56)),
            entries: Vec::new(),
        };
        out.read_table(&header)?;
        let directory = out.chain(long(&header, 48))?;
        out.entries = directory.chunks_exact(ENTRY_BYTES).map(Entry::read).collect();
        out.mini_next = longs(&out.chain(long(&header, 60))?).collect();
        let root = out.entries.first().map_or(u32::MAX, |root| root.start);
        out.mini = out.chain(root)?;
        Ok(out)
    }

    /// The table of sectors, whose own sectors are listed in the header and in a chain behind it.
    fn read_table(&mut self, header: &[u8]) -> Result<(), Error> {
        let mut places: Vec<u32> = longs(header.get(76..512).unwrap_or_default()).collect();
        let mut more = long(header, 68);
        for _ in 0..self.sectors() {
            if more > LAST_SECTOR {
                break;
            }
            let mut listed: Vec<u32> = longs(&self.sector(more)?).collect();
            more = listed.pop().unwrap_or(u32::MAX);
            places.append(&mut listed);
        }
        for place in places.into_iter().filter(|place| *place <= LAST_SECTOR) {
            if self.next.len() as u64 > self.sectors() {
                break;
            }
            let sector = self.sector(place)?;
            self.next.extend(longs(&sector));
        }
        Ok(())
    }

    fn sectors(&self) -> u64 {
        self.size / self.sector_bytes as u64 + 1
    }

    fn sector(&mut self, place: u32) -> Result<Vec<u8>, Error> {
        let start = (u64::from(place) + 1) * self.sector_bytes as u64;
        if start >= self.size {
            return Err(Error::WorkbookDamaged);
        }
        let mut out = vec![0; self.sector_bytes];
        self.source.seek(SeekFrom::Start(start))?;
        read_chunk(self.source, &mut out)?;
        Ok(out)
    }

    /// All bytes of a chain; a chain that runs in circles is damaged.
    fn chain(&mut self, start: u32) -> Result<Vec<u8>, Error> {
        let (mut out, mut place) = (Vec::new(), start);
        while place <= LAST_SECTOR {
            if out.len() as u64 > self.size {
                return Err(Error::WorkbookDamaged);
            }
            out.append(&mut self.sector(place)?);
            place = self.next.get(place as usize).copied().unwrap_or(u32::MAX);
        }
        Ok(out)
    }

    fn mini_chain(&self, start: u32) -> Result<Vec<u8>, Error> {
        let (mut out, mut place) = (Vec::new(), start);
        while place <= LAST_SECTOR {
            if out.len() > self.mini.len() {
                return Err(Error::WorkbookDamaged);
            }
            let at = place as usize * 64;
            out.extend_from_slice(self.mini.get(at..at + 64).ok_or(Error::WorkbookDamaged)?);
            place = self.mini_next.get(place as usize).copied().unwrap_or(u32::MAX);
        }
        Ok(out)
    }

    /// Whether there is a stream of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream; `None` where there is none of the name.
    pub(super) fn stream(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let found = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
        let Some((start, size)) = found.map(|entry| (entry.start, entry.size)) else { return Ok(None) };
        let mut out = if size < self.cutoff { self.mini_chain(start)? } else { self.chain(start)? };
        if size > out.len() as u64 {
            return Err(Error::WorkbookDamaged);
        }
        out.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        Ok(Some(out))
    }
}

impl Entry {
    fn read(bytes: &[u8]) -> Self {
        let letters = bytes.get(..64).unwrap_or_default().chunks_exact(2).map(|two| word(two, 0));
        let letters: Vec<u16> = letters.take_while(|letter| *letter != 0).collect();
        Self { name: String::from_utf16_lossy(&letters), start: long(bytes, 116), size: u64::from(long(bytes, 120)) }
    }
}
