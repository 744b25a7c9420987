//! Texts one behind the other, each after its length in bytes (LEB128).

use super::log::LogReader;
use crate::Error;

/// Writes one text.
pub(crate) fn put(text: &str, out: &mut Vec<u8>) {
    let mut length = text.len();
    while length >= 0x80 {
        out.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    out.push((length & 0x7f) as u8);
    out.extend_from_slice(text.as_bytes());
}

/// Reads one text.
pub(crate) fn take(reader: &mut LogReader<'_>) -> Result<Box<str>, Error> {
    let (mut length, mut shift) = (0_usize, 0_u32);
    loop {
        let byte = reader.take(1)?.first().copied().unwrap_or_default();
        length |= usize::from(byte & 0x7f).checked_shl(shift).unwrap_or_default();
        shift += 7;
        if byte < 0x80 {
            break;
        }
    }
    Ok(String::from_utf8_lossy(reader.take(length)?).into())
}
