//! The words that tell whether a row is booked: in status columns, in titles above rows, and as flags.

use std::collections::HashMap;

use serde::Deserialize;

use super::words::fold;

/// The table `status` of values.toml.
#[derive(Deserialize)]
pub(crate) struct StatusLists {
    booked: Vec<String>,
    pending: Vec<String>,
    failed: Vec<String>,
    marks: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
    reasons: Vec<String>,
    pending_titles: Vec<String>,
    booked_titles: Vec<String>,
}

/// Whether a row is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// It is on the account.
    Booked,
    /// It may come or not.
    Pending,
    /// It came to nothing.
    Failed,
}

/// All words of statuses by folded text.
#[derive(Clone)]
pub(crate) struct StatusWords {
    whole: HashMap<String, Status>,
    pub(crate) marks: Vec<String>,
    flags: HashMap<String, bool>,
    reasons: Vec<String>,
    titles: HashMap<String, Status>,
}

impl From<StatusLists> for StatusWords {
    fn from(lists: StatusLists) -> Self {
        let folded = |list: Vec<String>| list.iter().map(|word| fold(word)).collect::<Vec<_>>();
        let tagged = |list: Vec<String>, status: Status| folded(list).into_iter().map(move |word| (word, status));
        let whole = tagged(lists.booked, Status::Booked)
            .chain(tagged(lists.pending, Status::Pending))
            .chain(tagged(lists.failed, Status::Failed));
        let titles = tagged(lists.pending_titles, Status::Pending).chain(tagged(lists.booked_titles, Status::Booked));
        let flag = |list: Vec<String>, flag: bool| folded(list).into_iter().map(move |word| (word, flag));
        Self {
            whole: whole.collect(),
            marks: folded(lists.marks),
            flags: flag(lists.yes, true).chain(flag(lists.no, false)).collect(),
            reasons: folded(lists.reasons),
            titles: titles.collect(),
        }
    }
}

impl StatusWords {
    const MAX_BYTES: usize = 64;

    /// What a whole cell says.
    pub(crate) fn of(&self, cell: &str) -> Option<Status> {
        // No word of a status holds a digit, and references are full of them.
        if cell.is_empty() || cell.len() > Self::MAX_BYTES || cell.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.whole.get(&fold(cell)).copied()
    }

    /// What a cell of a status column says: as a whole, by what it starts with, or by a word of failure inside.
    pub(crate) fn inside(&self, cell: &str) -> Option<Status> {
        self.of(cell).or_else(|| self.is_marked_pending(cell).then_some(Status::Pending)).or_else(|| {
            let text = if cell.len() <= Self::MAX_BYTES { fold(cell) } else { String::new() };
            let words: Vec<&str> = text.split(' ').collect();
            let mut some = (1..=3).flat_map(|length| words.windows(length));
            let failed = some.any(|some| self.whole.get(&some.join(" ")) == Some(&Status::Failed));
            failed.then_some(Status::Failed)
        })
    }

    /// Whether a text starts with a word for pending that a mark sets apart, such as `PENDING - ` or `[vorgemerkt]`.
    pub(crate) fn is_marked_pending(&self, text: &str) -> bool {
        let start = text.trim_start_matches(['[', '(', '*', ' ']);
        let end = start.find([':', '-', '–', '—', '*', ']', ')']);
        end.and_then(|end| start.get(..end))
            .is_some_and(|word| word.len() <= 48 && !word.is_empty() && self.marks.contains(&fold(word)))
    }

    /// What a cell of yes or no says.
    pub(crate) fn flag(&self, cell: &str) -> Option<bool> {
        if cell.len() > 16 { None } else { self.flags.get(&fold(cell)).copied() }
    }

    /// Whether a header stands over the reasons why payments failed.
    pub(crate) fn is_reason(&self, header: &str) -> bool {
        self.reasons.contains(&fold(header))
    }

    /// What a line of nothing but a title says of the rows below it, whatever number it ends with.
    pub(crate) fn title(&self, line: &str) -> Option<Status> {
        if line.len() > Self::MAX_BYTES {
            return None;
        }
        let text = fold(line);
        self.titles.get(text.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' ')).copied()
    }
}
