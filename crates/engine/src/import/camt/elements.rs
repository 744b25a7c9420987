//! Elements of an XML document by their local names, whatever namespace or prefix a version gives them.
//!
//! Reads event by event, so that memory stays bounded; entities are the five of XML and numbers, others stay as written.

use std::{
    io::{self, BufRead, Read, Seek},
    str::FromStr,
};

use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};
use saldo_kernel::Currency;

use crate::{
    Error,
    import::{
        limits::{MAX_DEPTH, MAX_RECORD_BYTES},
        text::Text,
    },
};

/// What happened at the element that [`Elements::path`] leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It begins.
    Open,
    /// It ends; its text is complete.
    Close,
}

/// Reads element after element.
pub(crate) struct Elements<'s, S> {
    reader: Reader<Source<'s, S>>,
    buffer: Vec<u8>,
    /// From the root, with the lines where they begin.
    path: Vec<&'static str>,
    lines: Vec<u64>,
    text: String,
    currency: Option<Currency>,
    closing: bool,
}

impl<'s, S: Read + Seek> Elements<'s, S> {
    /// Reads the text from its start.
    pub(crate) fn new(text: Text<'s, S>) -> Self {
        let mut reader = Reader::from_reader(Source { text, left: 0, failure: None });
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        // Banks forget to escape the `&` of a name.
        config.allow_dangling_amp = true;
        Self {
            reader,
            buffer: Vec::new(),
            path: Vec::new(),
            lines: Vec::new(),
            text: String::new(),
            currency: None,
            closing: false,
        }
    }

    /// Names from the root to the element at hand; `?` for those that nobody asks for.
    pub(crate) fn path(&self) -> &[&'static str] {
        &self.path
    }

    /// The text of an element that ends, without white space around it.
    pub(crate) fn text(&self) -> &str {
        self.text.trim()
    }

    /// The currency that the last element with one states.
    pub(crate) fn currency(&self) -> Option<Currency> {
        self.currency
    }

    /// The physical line where the element at hand begins.
    pub(crate) fn line(&self) -> u64 {
        self.lines.last().copied().unwrap_or(1)
    }

    /// Bytes of the file that were read so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.reader.get_ref().text.bytes_read()
    }

    /// The next step; `None` at the end of the document.
    pub(crate) fn next(&mut self) -> Result<Option<Step>, Error> {
        if std::mem::take(&mut self.closing) {
            self.path.pop();
            self.lines.pop();
            self.text.clear();
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        let step = loop {
            buffer.clear();
            self.reader.get_mut().left = MAX_RECORD_BYTES;
            let line = self.reader.get_ref().text.line();
            let event = match self.reader.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(cause) => return Err(self.failure(line, &cause)),
            };
            match event {
                Event::Start(start) => {
                    let (name, currency) = (known(start.local_name().as_ref()), currency_of(&start));
                    self.open(name, currency, line)?;
                    break Some(Step::Open);
                }
                Event::End(_) => {
                    self.closing = true;
                    break Some(Step::Close);
                }
                Event::Text(text) => push(&mut self.text, &text, line)?,
                Event::CData(text) => push(&mut self.text, &text, line)?,
                Event::GeneralRef(reference) => push(&mut self.text, &resolved(&reference), line)?,
                Event::Eof => break None,
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        };
        self.buffer = buffer;
        match (step, self.lines.last()) {
            (None, Some(line)) => Err(Error::CutOff { line: *line }),
            (step, _) => Ok(step),
        }
    }

    fn open(&mut self, name: &'static str, currency: Option<Currency>, line: u64) -> Result<(), Error> {
        if self.path.len() >= MAX_DEPTH {
            return Err(Error::Damaged { line });
        }
        self.path.push(name);
        self.lines.push(line);
        self.text.clear();
        self.currency = currency;
        Ok(())
    }

    fn failure(&mut self, line: u64, cause: &quick_xml::Error) -> Error {
        let source = self.reader.get_mut();
        if let Some(failure) = source.failure.take() {
            return failure;
        }
        let at_end = source.text.fill().is_ok_and(<[u8]>::is_empty);
        match cause {
            quick_xml::Error::Syntax(_) if at_end => Error::CutOff { line: self.lines.last().copied().unwrap_or(line) },
            _ => Error::Damaged { line },
        }
    }
}

fn push(place: &mut String, text: &str, line: u64) -> Result<(), Error> {
    if place.len() + text.len() > MAX_RECORD_BYTES {
        return Err(Error::LineTooLong { line, limit: MAX_RECORD_BYTES as u64 });
    }
    place.push_str(text);
    Ok(())
}

fn currency_of(start: &BytesStart<'_>) -> Option<Currency> {
    let mut attributes = start.attributes().filter_map(Result::ok);
    let own = attributes.find(|one| one.key.local_name().as_ref() == "Ccy")?;
    Currency::from_str(own.value.trim()).ok()
}

/// What an entity stands for; one that a document declares itself is never expanded.
fn resolved(reference: &BytesRef<'_>) -> String {
    let letter = match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    };
    letter.map_or_else(|| format!("&{};", &**reference), String::from)
}

/// Text that hands out no more than is allowed for one event.
struct Source<'s, S> {
    text: Text<'s, S>,
    left: usize,
    failure: Option<Error>,
}

impl<S: Read + Seek> BufRead for Source<'_, S> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            self.failure = Some(Error::LineTooLong { line: self.text.line(), limit: MAX_RECORD_BYTES as u64 });
            return Err(io::Error::other("too long"));
        }
        match self.text.fill() {
            Ok(bytes) => Ok(bytes.get(..self.left).unwrap_or(bytes)),
            Err(cause) => {
                self.failure = Some(cause);
                Err(io::Error::other("not read"))
            }
        }
    }

    fn consume(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count);
        self.text.consume(count);
    }
}

impl<S: Read + Seek> Read for Source<'_, S> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

/// Every name that a reader asks for, sorted.
const NAMES: [&str; 43] = [
    "Acct",
    "AddtlNtryInf",
    "AddtlRmtInf",
    "AddtlTxInf",
    "Agt",
    "Amt",
    "BBAN",
    "Bal",
    "BookgDt",
    "Ccy",
    "Cd",
    "CdOrPrtry",
    "CdtDbtInd",
    "Cdtr",
    "CdtrRefInf",
    "Dbtr",
    "Dt",
    "DtTm",
    "FinInstnId",
    "IBAN",
    "Id",
    "Nm",
    "Ntfctn",
    "Ntry",
    "Othr",
    "Prtry",
    "PrtryAcct",
    "Pty",
    "Ref",
    "RltdPties",
    "RmtInf",
    "Rpt",
    "RvslInd",
    "Stmt",
    "Strd",
    "Sts",
    "Tp",
    "TxDtls",
    "UPIC",
    "UltmtCdtr",
    "UltmtDbtr",
    "Ustrd",
    "ValDt",
];

fn known(name: &str) -> &'static str {
    NAMES.binary_search(&name).ok().and_then(|place| NAMES.get(place)).copied().unwrap_or("?")
}
