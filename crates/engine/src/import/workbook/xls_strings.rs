//! Strings of binary workbooks (MS-XLS 2.5.293 to 2.5.296), which may go on from one record to the next.

use super::cfb::{long, word};
use crate::{Error, import::limits::MAX_CELLS};

/// Bytes of a record and of those that continue it.
pub(super) struct Pieces<'r> {
    pieces: Vec<&'r [u8]>,
    piece: usize,
    at: usize,
}

impl<'r> Pieces<'r> {
    pub(super) fn new(pieces: Vec<&'r [u8]>) -> Self {
        Self { pieces, piece: 0, at: 0 }
    }

    /// The rest of the piece at hand; goes on to the next piece where it is empty.
    fn rest(&mut self) -> Option<&'r [u8]> {
        loop {
            let rest = self.pieces.get(self.piece)?.get(self.at..)?;
            if !rest.is_empty() {
                return Some(rest);
            }
            (self.piece, self.at) = (self.piece + 1, 0);
        }
    }

    fn take(&mut self, count: usize) -> Option<&'r [u8]> {
        let bytes = self.rest()?.get(..count)?;
        self.at += count;
        Some(bytes)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let step = self.rest()?.len().min(count);
            (self.at, count) = (self.at + step, count - step);
        }
        Some(())
    }

    /// Letters of one or two bytes each. Where they go on in the next piece, its first byte tells their width anew.
    fn letters(&mut self, mut count: usize, mut wide: bool, out: &mut Vec<u16>) -> Option<()> {
        while count > 0 {
            let (before, width) = (self.piece, if wide { 2 } else { 1 });
            let rest = self.rest()?;
            if self.piece != before {
                wide = rest.first()? & 1 != 0;
                self.at += 1;
                continue;
            }
            let step = (rest.len() / width).min(count);
            if step == 0 {
                return None;
            }
            let bytes = rest.get(..step * width)?;
            if wide {
                out.extend(bytes.chunks_exact(2).map(|two| word(two, 0)));
            } else {
                out.extend(bytes.iter().map(|byte| u16::from(*byte)));
            }
            (self.at, count) = (self.at + step * width, count - step);
        }
        Some(())
    }

    /// A string whose length is told by its first two bytes, perhaps with fonts and phonetics behind it.
    pub(super) fn string(&mut self) -> Option<String> {
        let count = word(self.take(2)?, 0);
        self.of_length(count.into())
    }

    /// A string of a known length.
    pub(super) fn of_length(&mut self, count: usize) -> Option<String> {
        let flags = *self.take(1)?.first()?;
        let runs = if flags & 8 != 0 { usize::from(word(self.take(2)?, 0)) } else { 0 };
        let phonetic = if flags & 4 != 0 { long(self.take(4)?, 0) as usize } else { 0 };
        let mut letters = Vec::new();
        self.letters(count, flags & 1 != 0, &mut letters)?;
        self.skip(runs.checked_mul(4)?.checked_add(phonetic)?)?;
        Some(String::from_utf16_lossy(&letters))
    }
}

/// The shared strings of a workbook. What its count claims is not believed.
pub(super) fn shared(pieces: Vec<&[u8]>) -> Result<Vec<Box<str>>, Error> {
    let mut reader = Pieces::new(pieces);
    let count = reader.take(8).map_or(0, |bytes| long(bytes, 4));
    let mut out = Vec::new();
    while out.len() < count as usize {
        out.push(reader.string().ok_or(Error::WorkbookDamaged)?.into());
        if out.len() as u64 > MAX_CELLS {
            return Err(Error::WorkbookTooLarge { limit: MAX_CELLS });
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_go_on_in_the_next_piece_with_a_width_of_their_own() {
        let first = [1, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, b'a', b'b'];
        let second = [1, 0x3f, 0x04, b'd', 0, b'e', 0];
        let strings = shared(vec![&first, &second]).expect("strings");
        assert_eq!(strings, [Box::from("abпde")]);
        assert!(shared(vec![&first]).is_err());
    }
}
