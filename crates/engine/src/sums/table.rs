//! Delimited text in UTF-8: what its head tells, then one pass, or two where the head told too little.

use std::io::{Cursor, SeekFrom};

use encoding_rs::UTF_8;

use super::{
    Bytes,
    blocks::Seen,
    glance::Gatherer,
    groups::Groups,
    model::{Grouping, Sum, Sums, SumsOutcome},
    pass::{Adder, End, Layout, run},
};
use crate::{
    Error, Hints, Limits, Source, Watch,
    import::{
        books::Shape,
        container::{self, Container},
        encoding::TextEncoding,
        fixed,
        limits::{CHUNK_BYTES, HEAD_BYTES},
        survey::read_chunk,
        table::{
            self, HEAD_ROWS, Row, dialect, header, heading,
            plan::{self, Plan, Unplanned},
            preamble::{self, Preamble},
            profile::Profile,
            records::{Dialect, Record, Records, RowReader},
        },
        text::Text,
        words::{Words, fold},
    },
};

const MARK: &[u8] = b"\xef\xbb\xbf";

/// Whether a table is one of books of accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Books {
    No,
    /// If all amounts come to nothing: no column numbers its entries.
    IfBalanced,
    /// Only the import tells.
    Maybe,
}

/// A table of which the head was read.
pub(crate) struct Table<'a> {
    grouping: &'a Grouping,
    hints: &'a Hints,
    words: &'static Words,
    layout: Layout,
    rows: Vec<Row>,
    header: header::Layout,
    preamble: Preamble,
    /// By the rows of the head; none where they leave something open.
    plan: Option<Plan>,
}

impl<'a> Table<'a> {
    /// Looks at the head of a file. `None` where the file is for the import: no UTF-8, no line feeds, no table.
    pub(crate) fn open(
        mut source: &mut dyn Bytes,
        grouping: &'a Grouping,
        hints: &'a Hints,
    ) -> Result<Option<Self>, Error> {
        let size = source.seek(SeekFrom::End(0))?;
        source.seek(SeekFrom::Start(0))?;
        let mut bytes = vec![0; HEAD_BYTES + MARK.len()];
        let read = read_chunk(&mut source, &mut bytes)?;
        bytes.truncate(read);
        let Some((skip, head)) = text_of(&bytes) else { return Ok(None) };
        let is_table = matches!(container::of_text(head), Ok(Container::Table));
        let words = Words::load()?;
        let Some(dialect) = dialect::detect(head, b'\n', words).filter(|_| is_table) else { return Ok(None) };
        let dialect = Dialect { columns: Limits::default().columns, ..dialect };
        let Ok(rows) = dialect::rows(head, b'\n', dialect, HEAD_ROWS) else { return Ok(None) };
        let header = header::find(&rows, words);
        let several_lines = |place| {
            heading::of(&rows, place, words).is_some_and(|heading| heading.first != place || heading.end != place + 1)
        };
        let is_refused = || table::refuse_headed(&rows, header.header, words).is_err();
        if fixed::is_printed(head, b'\n', words) || header.header.is_some_and(several_lines) || is_refused() {
            return Ok(None);
        }
        let header_line = header.header.and_then(|place| rows.get(place)).map_or(0, |row| row.line);
        let skipped = header.header.map_or(0, |place| place as u64 + 1);
        let before = rows.get(..header.header.unwrap_or(0)).unwrap_or_default();
        let mut out = Self {
            grouping,
            hints,
            layout: Layout { dialect, skip, skipped, header_line, size },
            preamble: preamble::read(before, words),
            words,
            rows,
            header,
            plan: None,
        };
        let profile = out.profile_of(head);
        out.plan = out.decide(&profile).ok();
        Ok(Some(out))
    }

    /// Reads the whole table. `None` where something in it is for the import.
    pub(crate) fn sums(&self, source: &mut dyn Bytes, watch: &mut dyn Watch) -> Result<Option<SumsOutcome>, Error> {
        let mut gatherer = Gatherer::new(self.words);
        let mut adder = self.plan.as_ref().map(|plan| self.adder(plan)).transpose()?.ok_or(None);
        let End::Done(seen) = run(source, self.layout, Some(&mut gatherer), &mut adder, watch)? else {
            return Ok(None);
        };
        let profile = gatherer.finish();
        if seen.control * 100 > self.layout.size || profile.rows == 0 {
            return Ok(None);
        }
        // Books are taken apart by what all of their rows say.
        let books = self.books(&profile);
        if books == Books::Maybe {
            return Ok(None);
        }
        let plan = match self.decide(&profile) {
            Ok(plan) => plan,
            Err(_) if books != Books::No => return Ok(None),
            Err(Unplanned::Asked(question)) => return Ok(Some(SumsOutcome::Question(question))),
            Err(Unplanned::Refused(error)) => return Err(table::refusal(error, &self.header, &self.rows)),
        };
        // The rows of an order are told apart by the import.
        if plan.document.as_ref().is_some_and(|document| document.order.is_some()) {
            return Ok(None);
        }
        table::refuse_doubtful(&plan, &profile, &self.preamble, self.words)?;
        let mut read_again = Err(None);
        if !self.plan.as_ref().is_some_and(|guess| guess.reads_as(&plan)) {
            drop(std::mem::replace(&mut adder, Err(None)));
            read_again = Ok(self.adder(&plan)?);
            run(source, self.layout, None, &mut read_again, watch)?;
        }
        let added = match (adder, read_again) {
            (_, Ok(adder)) | (Ok(adder), Err(None)) => adder.finish(),
            (_, Err(Some(error))) | (Err(Some(error)), Err(None)) => return Err(error),
            (Err(None), Err(None)) => return Ok(None),
        };
        let groups = added.groups.finish()?;
        let units = |sum: &Sum| sum.net.scaled(plan.amounts.places);
        let net = groups.iter().try_fold(0_i128, |all, sum| all.checked_add(units(sum)?));
        if books == Books::IfBalanced && net.is_none_or(|net| net == 0) {
            return Ok(None);
        }
        Ok(Some(SumsOutcome::Sums(Box::new(Sums {
            groups,
            source: table::described(
                table::with_kind(self.source(seen), None, &plan, self.words),
                &plan,
                &profile,
                self.words,
            ),
            counted: added.counted,
            counts: added.counts,
            rejected: added.rejected,
        }))))
    }

    fn adder<'p>(&'p self, plan: &'p Plan) -> Result<Adder<'p>, Error> {
        let groups = Groups::new(self.grouping, plan.amounts.places, &|name| self.column(name))?;
        Ok(Adder::new(plan, self.words, groups))
    }

    fn headers(&self) -> &[String] {
        self.header.header.and_then(|place| self.rows.get(place)).map(|row| row.cells.as_slice()).unwrap_or_default()
    }

    fn decide(&self, profile: &Profile) -> Result<Plan, Unplanned> {
        plan::decide(self.headers(), profile, &self.preamble, self.hints, self.words, false)
    }

    fn books(&self, profile: &Profile) -> Books {
        let plan = plan::decide(self.headers(), profile, &self.preamble, self.hints, self.words, true);
        match plan.ok().and_then(|plan| plan.of_books(&self.preamble, self.words)) {
            None => Books::No,
            Some(plan) => {
                let sides = matches!(plan.books, Some(Shape::Sides { .. }));
                let unnumbered = plan.references(self.words).is_empty() && plan.ledger_headers(self.words).is_empty();
                if sides && unnumbered { Books::IfBalanced } else { Books::Maybe }
            }
        }
    }

    /// The profile of the rows in the head alone.
    fn profile_of(&self, head: &str) -> Profile {
        let mut out = Profile::default();
        let mut source = Cursor::new(head.as_bytes());
        let encoding = TextEncoding { name: String::new(), encoding: UTF_8, skip: 0 };
        let Ok(text) = Text::open(&mut source, &encoding, b'\n') else { return out };
        let (mut records, mut record) = (Records::new(text, self.layout.dialect), Record::default());
        // A row that the head cuts off is an error here and none of the file.
        let mut rows = 0_u64;
        while let Ok(true) = records.read(&mut record) {
            rows += 1;
            if rows > self.layout.skipped {
                out.see(&record, self.words);
            }
        }
        out
    }

    /// The place of the one column with a header, or with a number from 1 where there are no headers.
    fn column(&self, name: &str) -> Result<usize, Error> {
        let headers = self.headers();
        let places = |fits: &dyn Fn(&str) -> bool| {
            let all = headers.iter().enumerate().filter(|(_, header)| fits(header));
            all.map(|(place, _)| place).collect::<Vec<_>>()
        };
        let folded = fold(name);
        let found = [places(&|header| header == name), places(&|header| fold(header) == folded && !folded.is_empty())];
        let by_number = || {
            let width = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
            let place = name.parse::<usize>().ok()?.checked_sub(1)?;
            (headers.is_empty() && place < width).then_some(place)
        };
        match found.iter().find(|places| !places.is_empty()).map(Vec::as_slice) {
            Some([place]) => Some(*place),
            Some(_) => None,
            None => by_number(),
        }
        .ok_or_else(|| Error::ColumnNotFound { column: name.to_owned(), columns: headers.to_vec() })
    }

    fn source(&self, seen: Seen) -> Source {
        let encoding = match (self.layout.skip > 0, seen.foreign) {
            (true, _) => "utf-8 with BOM",
            (false, true) => "utf-8",
            (false, false) => "ascii",
        };
        Source {
            format: "csv",
            encoding: encoding.to_owned(),
            delimiter: Some(self.layout.dialect.delimiter.into()),
            header_line: Some(self.layout.header_line).filter(|line| *line > 0),
            size_bytes: self.layout.size,
            ..Source::default()
        }
    }
}

/// The bytes of a mark and the text behind them, where the head is text in UTF-8 with line feeds.
fn text_of(bytes: &[u8]) -> Option<(u64, &str)> {
    let first = bytes.get(..CHUNK_BYTES).unwrap_or(bytes);
    if container::of_bytes(first).ok()? != container::Bytes::Text || bytes.contains(&0) {
        return None;
    }
    let (skip, rest) = bytes.strip_prefix(MARK).map_or((0, bytes), |rest| (MARK.len() as u64, rest));
    let rest = rest.get(..HEAD_BYTES).unwrap_or(rest);
    let head = match std::str::from_utf8(rest) {
        Ok(head) => head,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(rest.get(..error.valid_up_to())?).ok()?,
        Err(_) => return None,
    };
    (head.contains('\n') && !head.trim().is_empty()).then_some((skip, head))
}
