//! Tags and the text between them, as programs write them for spreadsheets: nothing has to be well formed.

use std::io::{Read, Seek};

use crate::{
    Error,
    import::{limits::MAX_RECORD_BYTES, text::Text},
};

/// Longest tag that is kept; the rest of a longer one is left out.
const MAX_TAG_BYTES: usize = 4_096;

/// What stands next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text, with entities as written.
    Text(String),
    /// `<name attributes>`, all but quoted values in small letters and without the prefix of a namespace.
    Open {
        name: String,
        attributes: String,
    },
    Close(String),
}

/// Reads piece after piece.
pub(super) struct Tags<'s, S> {
    text: Text<'s, S>,
    /// The name of the element whose content is no text: `script` or `style`.
    raw: Option<String>,
}

impl<'s, S: Read + Seek> Tags<'s, S> {
    pub(super) fn new(text: Text<'s, S>) -> Self {
        Self { text, raw: None }
    }

    /// The physical line of the next piece, from 1.
    pub(super) fn line(&self) -> u64 {
        self.text.line()
    }

    /// Bytes of the file that were read so far.
    pub(super) fn bytes_read(&self) -> u64 {
        self.text.bytes_read()
    }

    /// The next piece; `None` at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Piece>, Error> {
        loop {
            let Some(first) = self.peek()? else { return Ok(None) };
            if first != b'<' {
                let text = self.until(b'<', MAX_RECORD_BYTES)?;
                if self.raw.is_none() {
                    return Ok(Some(Piece::Text(text)));
                }
                continue;
            }
            let line = self.line();
            self.text.consume(1);
            let tag = self.tag(line)?;
            let Some(piece) = piece(&tag) else { continue };
            match (&self.raw, &piece) {
                (Some(raw), Piece::Close(name)) if raw == name => self.raw = None,
                (Some(_), _) => continue,
                (None, Piece::Open { name, attributes }) if matches!(name.as_str(), "script" | "style") => {
                    self.raw = Some(name.clone()).filter(|_| !attributes.ends_with('/'));
                }
                (None, _) => {}
            }
            return Ok(Some(piece));
        }
    }

    fn peek(&mut self) -> Result<Option<u8>, Error> {
        Ok(self.text.fill()?.first().copied())
    }

    /// What stands between `<` and `>`; a comment ends with `-->`.
    fn tag(&mut self, line: u64) -> Result<String, Error> {
        let mut out = String::new();
        loop {
            out += &self.until(b'>', MAX_TAG_BYTES)?;
            if self.peek()?.is_none() {
                return Err(Error::CutOff { line });
            }
            self.text.consume(1);
            if !out.starts_with("!--") || out.ends_with("--") && out.len() >= 5 {
                return Ok(out);
            }
            // Of a comment only its ends matter.
            let end = out.get(out.len().saturating_sub(2)..).unwrap_or_default().to_owned();
            out = format!("!--{}", end.trim_start_matches("!--"));
        }
    }

    /// The text up to a byte, of which at most so many bytes are kept.
    fn until(&mut self, end: u8, most: usize) -> Result<String, Error> {
        let mut out = Vec::new();
        loop {
            let bytes = self.text.fill()?;
            if bytes.is_empty() {
                break;
            }
            let found = bytes.iter().position(|byte| *byte == end);
            let count = found.unwrap_or(bytes.len());
            let room = most.saturating_sub(out.len()).min(count);
            out.extend_from_slice(bytes.get(..room).unwrap_or_default());
            self.text.consume(count);
            if found.is_some() {
                break;
            }
        }
        Ok(String::from_utf8_lossy(&out).into_owned())
    }
}

/// `None` for comments, declarations and instructions.
fn piece(tag: &str) -> Option<Piece> {
    let (is_close, tag) = tag.strip_prefix('/').map_or((false, tag), |rest| (true, rest));
    let end = tag.find(|letter: char| letter.is_whitespace() || letter == '/').unwrap_or(tag.len());
    let (name, attributes) = tag.split_at(end);
    if !name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return None;
    }
    let name = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
    Some(if is_close { Piece::Close(name) } else { Piece::Open { name, attributes: attributes.trim().to_owned() } })
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some((name, behind)) = rest.split_once('=') {
        let name = name.rsplit(|letter: char| letter.is_whitespace() || letter == ':').next().unwrap_or(name).trim();
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|mark| matches!(mark, '"' | '\''));
        let (value, next) = match quote {
            Some(quote) => behind.get(1..)?.split_once(quote)?,
            None => behind.split_once(char::is_whitespace).unwrap_or((behind, "")),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = next;
    }
    None
}

/// Text as it is shown: blanks and line ends are one blank, entities the sign they stand for.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (place, part) in text.split('&').enumerate() {
        let entity = part.split_once(';').filter(|_| place > 0).and_then(|(name, rest)| Some((entity(name)?, rest)));
        match entity {
            Some((sign, rest)) => {
                out.push(sign);
                out += rest;
            }
            None if place > 0 => {
                out.push('&');
                out += part;
            }
            None => out += part,
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn entity(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "minus" => Some('−'),
        "euro" => Some('€'),
        "pound" => Some('£'),
        _ => match name.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => number(hex.get(1..)?, 16),
            decimal => number(decimal, 10),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_entities_are_read_as_they_are_meant() {
        let attributes = "ss:Index=\"3\" class=wide ss:StyleID='s 2' colspan=2";
        assert_eq!(attribute(attributes, "index"), Some("3"));
        assert_eq!(attribute(attributes, "styleid"), Some("s 2"));
        assert_eq!(attribute(attributes, "colspan"), Some("2"));
        assert_eq!(attribute(attributes, "rowspan"), None);
        assert_eq!(shown(" A &amp; B\n&#8364;&nbsp;5 &unknown; &#x2d;1 & Co"), "A & B € 5 &unknown; -1 & Co");
    }
}
