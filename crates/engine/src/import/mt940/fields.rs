//! The fields of SWIFT messages: `:tag:` at the start of a line, everything up to the next one belongs to it.
//!
//! Envelopes (`{1:…}{2:…}{4:` … `-}`), bare messages that end with `-`, and text before, between and behind messages are
//! told apart; some old files write `@@` for a line break.

use std::io::{Read, Seek};

use crate::{
    Error,
    import::{limits::MAX_RECORD_BYTES, text::Text},
};

/// One piece of the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// A field with its tag, such as `60F`, its lines, and the physical line where it starts.
    Field { tag: String, text: String, line: u64 },
    /// The end of a message.
    End,
}

/// Reads field after field.
pub(crate) struct Fields<'s, S> {
    text: Text<'s, S>,
    newline: u8,
    /// `@@` ends a line too.
    twins: bool,
    bytes: Vec<u8>,
    /// What is left of the physical line, last part first.
    parts: Vec<String>,
    line: u64,
    ends_with_break: bool,
    open: Option<(String, String, u64)>,
    ended: bool,
    envelope: Option<u64>,
}

/// What one line is.
enum Line<'l> {
    Tag(&'l str, &'l str),
    End(&'l str),
    Envelope(&'l str),
    Text,
}

impl<'s, S: Read + Seek> Fields<'s, S> {
    /// Reads the text from its start. `newline` is the byte that ends a physical line.
    pub(crate) fn new(text: Text<'s, S>, newline: u8, twins: bool) -> Self {
        Self {
            text,
            newline,
            twins,
            bytes: Vec::new(),
            parts: Vec::new(),
            line: 1,
            ends_with_break: true,
            open: None,
            ended: false,
            envelope: None,
        }
    }

    /// Bytes of the file that were read so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.text.bytes_read()
    }

    /// Whether the last line that was read has an end.
    pub(crate) fn ends_with_break(&self) -> bool {
        self.ends_with_break
    }

    /// Where an envelope starts that is not closed.
    pub(crate) fn open_envelope(&self) -> Option<u64> {
        self.envelope
    }

    /// The next piece; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Token>, Error> {
        loop {
            if std::mem::take(&mut self.ended) {
                return Ok(Some(Token::End));
            }
            let Some(line) = self.next_part()? else { return Ok(self.close()) };
            let done = self.take_in(&line)?;
            if done.is_some() {
                return Ok(done);
            }
        }
    }

    fn close(&mut self) -> Option<Token> {
        self.open.take().map(|(tag, text, line)| Token::Field { tag, text, line })
    }

    /// The field that a line ends, if any.
    fn take_in(&mut self, line: &str) -> Result<Option<Token>, Error> {
        match classify(line) {
            Line::Tag(tag, text) => {
                let done = self.close();
                self.open = Some((tag.to_owned(), text.trim_end().to_owned(), self.line));
                Ok(done)
            }
            Line::End(rest) => {
                let done = self.close();
                (self.ended, self.envelope) = (done.is_some(), None);
                if let Some((_, inside)) = rest.split_once("{4:") {
                    self.envelope = Some(self.line);
                    self.parts.push(inside.to_owned());
                }
                Ok(Some(done.unwrap_or(Token::End)))
            }
            Line::Envelope(inside) => {
                let done = self.close();
                self.envelope = Some(self.line);
                self.parts.push(inside.to_owned());
                Ok(done)
            }
            Line::Text => {
                self.append(line)?;
                Ok(None)
            }
        }
    }

    fn append(&mut self, line: &str) -> Result<(), Error> {
        let line = line.trim_end();
        if let Some((_, text, start)) = self.open.as_mut().filter(|_| !line.is_empty()) {
            if text.len() + line.len() >= MAX_RECORD_BYTES {
                return Err(Error::LineTooLong { line: *start, limit: MAX_RECORD_BYTES as u64 });
            }
            text.push('\n');
            text.push_str(line);
        }
        Ok(())
    }

    fn next_part(&mut self) -> Result<Option<String>, Error> {
        if let Some(part) = self.parts.pop() {
            return Ok(Some(part));
        }
        let Some(line) = self.next_line()? else { return Ok(None) };
        if !self.twins {
            return Ok(Some(line));
        }
        self.parts = line.split("@@").map(str::to_owned).collect();
        self.parts.reverse();
        Ok(self.parts.pop())
    }

    fn next_line(&mut self) -> Result<Option<String>, Error> {
        self.bytes.clear();
        self.line = self.text.line();
        let mut any = false;
        loop {
            let input = self.text.fill()?;
            if input.is_empty() {
                self.ends_with_break &= !any;
                break;
            }
            any = true;
            let end = input.iter().position(|&byte| byte == self.newline);
            let part = input.get(..end.unwrap_or(input.len())).unwrap_or_default();
            if self.bytes.len() + part.len() > MAX_RECORD_BYTES {
                return Err(Error::LineTooLong { line: self.line, limit: MAX_RECORD_BYTES as u64 });
            }
            self.bytes.extend_from_slice(part);
            let used = part.len() + usize::from(end.is_some());
            self.text.consume(used);
            if end.is_some() {
                break;
            }
        }
        Ok(any.then(|| String::from_utf8_lossy(&self.bytes).into_owned()))
    }
}

fn classify(line: &str) -> Line<'_> {
    let start = line.trim_start_matches(|letter: char| letter.is_whitespace() || letter.is_control() || letter == '$');
    if let Some(rest) = start.strip_prefix("-}") {
        return Line::End(rest);
    }
    if start.trim_end_matches(|letter: char| letter.is_whitespace() || letter.is_control()) == "-" {
        return Line::End("");
    }
    if start.starts_with('{')
        && let Some((_, inside)) = start.split_once("{4:")
    {
        return Line::Envelope(inside);
    }
    match tag(start) {
        Some((tag, text)) => Line::Tag(tag, text),
        None => Line::Text,
    }
}

/// Of category 9 messages; anything else between two colons is text.
const TAGS: [&str; 14] = ["13", "20", "21", "25", "28", "34", "60", "61", "62", "64", "65", "86", "90", "NS"];

fn tag(line: &str) -> Option<(&str, &str)> {
    let (name, text) = line.strip_prefix(':')?.split_once(':')?;
    let (number, option) = (name.get(..2)?, name.get(2..)?);
    let lettered = option.is_empty() || option.len() == 1 && option.bytes().all(|letter| letter.is_ascii_uppercase());
    (TAGS.contains(&number) && lettered).then_some((name, text))
}

/// Whether a text holds fields of a statement or an interim report.
pub(crate) fn is_statement(head: &str) -> bool {
    let twins = has_twins(head);
    let lines = head.lines().flat_map(|line| line.split(if twins { "@@" } else { "\n" }));
    let (mut identified, mut stated) = (false, false);
    for line in lines {
        let inside = match classify(line) {
            Line::Envelope(inside) => inside,
            _ => line,
        };
        if let Line::Tag(tag, _) = classify(inside) {
            identified |= matches!(tag, "20" | "25" | "25P" | "28" | "28C");
            stated |= matches!(tag, "60F" | "60M" | "61" | "62F" | "62M" | "34F" | "13D" | "90C" | "90D");
        }
    }
    identified && stated
}

/// Whether `@@` stands for a line break.
pub(crate) fn has_twins(head: &str) -> bool {
    head.contains("@@:20:") || head.contains("@@:25:") || head.contains("@@:61:")
}
