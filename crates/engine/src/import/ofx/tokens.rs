//! Tags and texts of OFX, SGML or XML alike: closing tags may be missing, entities are five and never expanded further.

use std::io::{Read, Seek};

use crate::{
    Error,
    import::{limits::MAX_RECORD_BYTES, text::Text},
};

/// One piece of the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// `<NAME>`, upper case, without attributes.
    Open(String),
    /// `</NAME>`
    Close(String),
    /// What stands between tags, without surrounding white space; never empty.
    Value(String),
}

/// Reads token after token.
pub(crate) struct Tokens<'s, S> {
    text: Text<'s, S>,
    /// A tag that ended the last value.
    line: u64,
    pending: Vec<u8>,
}

impl<'s, S: Read + Seek> Tokens<'s, S> {
    /// Reads the text from its start.
    pub(crate) fn new(text: Text<'s, S>) -> Self {
        Self { text, line: 1, pending: Vec::new() }
    }

    /// The physical line where the last token starts.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Bytes of the file that were read so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.text.bytes_read()
    }

    /// The next token; `None` at the end. An unfinished tag is a file that was cut off.
    pub(crate) fn next(&mut self) -> Result<Option<Token>, Error> {
        loop {
            self.line = self.text.line();
            let Some(first) = self.byte()? else { return Ok(None) };
            let token = if first == b'<' { self.tag()? } else { self.value(first)? };
            if token.is_some() {
                return Ok(token);
            }
        }
    }

    fn peek(&mut self) -> Result<Option<u8>, Error> {
        Ok(self.text.fill()?.first().copied())
    }

    fn byte(&mut self) -> Result<Option<u8>, Error> {
        let byte = self.peek()?;
        self.text.consume(usize::from(byte.is_some()));
        Ok(byte)
    }

    fn keep(&mut self, byte: u8) -> Result<(), Error> {
        if self.pending.len() >= MAX_RECORD_BYTES {
            return Err(Error::LineTooLong { line: self.line, limit: MAX_RECORD_BYTES as u64 });
        }
        self.pending.push(byte);
        Ok(())
    }

    fn cut_off<T>(&self) -> Result<T, Error> {
        Err(Error::CutOff { line: self.line })
    }

    /// Behind a `<`. Comments, declarations and a bare `<` give nothing or a value.
    fn tag(&mut self) -> Result<Option<Token>, Error> {
        match self.peek()? {
            None => self.cut_off(),
            Some(b'!') => self.declaration(),
            Some(b'?') => {
                self.skip_past(b">")?;
                Ok(None)
            }
            Some(byte) if byte == b'/' || byte.is_ascii_alphabetic() => {
                self.pending.clear();
                loop {
                    match self.byte()? {
                        None => return self.cut_off(),
                        Some(b'>') => break,
                        Some(byte) => self.keep(byte)?,
                    }
                }
                let inside = String::from_utf8_lossy(&self.pending).to_ascii_uppercase();
                Ok(named(&inside))
            }
            Some(_) => self.value(b'<'),
        }
    }

    /// `<!-- -->`, `<![CDATA[ ]]>` and `<!DOCTYPE >`; entities declared in the latter stay unknown.
    fn declaration(&mut self) -> Result<Option<Token>, Error> {
        self.pending.clear();
        while self.pending.len() < 8 {
            match self.peek()? {
                Some(byte) if byte != b'>' => self.keep(byte)?,
                _ => break,
            }
            self.text.consume(1);
            if self.pending == b"!--" {
                self.skip_past(b"-->")?;
                return Ok(None);
            }
        }
        if self.pending == b"![CDATA[" {
            let text = self.skip_past(b"]]>")?;
            return Ok(value(text.trim()));
        }
        self.skip_past(b">")?;
        Ok(None)
    }

    /// Everything up to and without the mark, which is passed.
    fn skip_past(&mut self, mark: &[u8]) -> Result<String, Error> {
        self.pending.clear();
        while !self.pending.ends_with(mark) {
            match self.byte()? {
                None => return self.cut_off(),
                Some(byte) => self.keep(byte)?,
            }
        }
        self.pending.truncate(self.pending.len() - mark.len());
        Ok(String::from_utf8_lossy(&self.pending).into_owned())
    }

    /// Up to the next `<`, which stays.
    fn value(&mut self, first: u8) -> Result<Option<Token>, Error> {
        self.pending.clear();
        self.keep(first)?;
        while let Some(byte) = self.peek()?.filter(|byte| *byte != b'<') {
            self.keep(byte)?;
            self.text.consume(1);
        }
        let text = String::from_utf8_lossy(&self.pending);
        Ok(value(unescaped(text.trim()).trim()))
    }
}

fn value(text: &str) -> Option<Token> {
    (!text.is_empty()).then(|| Token::Value(text.to_owned()))
}

fn named(inside: &str) -> Option<Token> {
    let name = |text: &str| {
        let name = text.split_whitespace().next().unwrap_or_default().trim_end_matches('/');
        // XML may write the prefix of a namespace; no tag of the standard has a colon.
        name.rsplit(':').next().unwrap_or_default().to_owned()
    };
    match inside.strip_prefix('/') {
        Some(rest) => Some(Token::Close(name(rest))),
        // `<NAME/>` holds nothing.
        None if inside.ends_with('/') => None,
        None => Some(Token::Open(name(inside))),
    }
}

/// Whether a text in upper case has the root tag, perhaps with the prefix of a namespace or with attributes.
pub(crate) fn has_root(upper: &str) -> bool {
    upper.match_indices("OFX").any(|(place, word)| {
        let (before, behind) = (upper.get(..place), upper.get(place + word.len()..));
        let before = before.map(|text| text.trim_end_matches(|one: char| one.is_ascii_alphanumeric() || one == ':'));
        before.is_some_and(|text| text.ends_with('<'))
            && upper.get(..place).is_some_and(|text| text.ends_with(['<', ':']))
            && behind.is_some_and(|text| text.starts_with(['>', ' ', '\t', '\r', '\n']))
    })
}

/// The five entities of XML, characters by number and the space that banks write; one pass, so that nothing is expanded twice.
fn unescaped(text: &str) -> String {
    const ENTITIES: [(&str, char); 6] =
        [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&apos;", '\''), ("&nbsp;", ' ')];
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, _)) = rest.split_once('&') {
        out.push_str(before);
        let at = rest.get(before.len()..).unwrap_or_default();
        let entity = ENTITIES.iter().find(|(name, _)| at.starts_with(name));
        let found = entity.map(|(name, letter)| (*letter, name.len())).or_else(|| numbered(at));
        let (letter, length) = found.unwrap_or(('&', 1));
        out.push(letter);
        rest = at.get(length..).unwrap_or_default();
    }
    out + rest
}

/// `&#233;` or `&#xE9;` with its length.
fn numbered(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("&#")?.split_once(';')?.0;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    let letter = char::from_u32(code.ok()?).filter(|letter| !letter.is_control())?;
    Some((letter, digits.len() + 3))
}
