//! Columns that tell which rows are not booked.

use super::{
    chain::{self, Reading},
    money::Chosen,
    profile::{Profile, is_dash},
    roles::Headed,
};
use crate::import::{
    statuses::Status,
    words::{Meaning, Words},
};

/// One column that tells which rows are not booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StatusColumn {
    /// Counted from 0.
    pub(crate) place: usize,
    tells: Tells,
}

/// How it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tells {
    /// By words of a status.
    Status,
    /// It holds something else, such as references, in which a pending row may say so.
    Pending,
    /// It holds kinds of operation, in which a row that is pending, or money that was refused, may say so.
    Kind,
    /// By yes and no.
    Flag { yes: Status, no: Status },
    /// A payment failed where it holds the reason.
    Reason,
    /// It is no column of the table: a row that has something there is not what it seems.
    Excess,
}

/// What is known of the columns before their statuses are.
#[derive(Clone, Copy)]
pub(crate) struct Known<'k> {
    pub(crate) columns: &'k [Headed],
    pub(crate) profile: &'k Profile,
    pub(crate) words: &'k Words,
}

/// All columns that tell which rows are not booked.
pub(crate) fn decide(known: Known<'_>, chosen: Chosen) -> Vec<StatusColumn> {
    let columns = known.columns.iter().enumerate();
    let found = columns.filter_map(|(place, column)| Some(StatusColumn { place, tells: known.tells(place, column)? }));
    let mut out: Vec<StatusColumn> = found.collect();
    for column in out.iter_mut().filter(|column| column.is_kind()) {
        if known.is_booked(&[*column], &[], Status::Failed, chosen) {
            column.tells = Tells::Pending;
        }
    }
    out
}

impl<'k> Known<'k> {
    fn tells(self, place: usize, column: &Headed) -> Option<Tells> {
        let words = &self.words.statuses;
        match column.meaning {
            None | Some(Meaning::Status | Meaning::Kind | Meaning::OtherNumber | Meaning::Description) => {}
            Some(Meaning::Direction | Meaning::Reference) => return Some(Tells::Pending),
            Some(_) => return None,
        }
        if let Some(flag) = self.flag(place, column) {
            return Some(flag);
        }
        let rows = self.profile.sample.len();
        if words.is_reason(&column.header) && self.filled(place) * 2 <= rows {
            return Some(Tells::Reason);
        }
        match column.meaning {
            Some(Meaning::Status) => Some(Tells::Status),
            // Whatever its header: nearly every row has one, and nearly all are words of statuses.
            _ if self.filled(place) * 2 > rows && self.all(place, &|cell| words.of(cell).is_some()) => {
                Some(Tells::Status)
            }
            Some(Meaning::Kind) => Some(Tells::Kind),
            _ => None,
        }
    }

    /// A header that asks, such as `Booked` or `Pending`, over answers of yes and no.
    fn flag(self, place: usize, column: &Headed) -> Option<Tells> {
        let words = &self.words.statuses;
        let asked = words.of(&column.header)?;
        if !self.all(place, &|cell| words.flag(cell).is_some()) {
            return None;
        }
        let no = if asked == Status::Booked { Status::Pending } else { Status::Booked };
        Some(Tells::Flag { yes: asked, no })
    }

    /// Cells of the sample that hold anything but a dash.
    fn cells(self, place: usize) -> impl Iterator<Item = &'k str> {
        let cells = self.profile.sample.iter().filter_map(move |row| row.get(place));
        cells.map(|cell| &**cell).filter(|cell| !cell.is_empty() && !is_dash(cell))
    }

    fn filled(self, place: usize) -> usize {
        self.cells(place).count()
    }

    /// Nearly all of them.
    fn all(self, place: usize, says: &dyn Fn(&str) -> bool) -> bool {
        let told = self.cells(place).filter(|cell| says(cell)).count();
        told > 0 && told * 10 >= self.filled(place) * 9
    }

    /// Whether the running balance holds pending rows as well, so that they are booked whatever their status says.
    pub(crate) fn is_pending_booked(self, statuses: &[StatusColumn], chosen: Chosen) -> bool {
        self.is_booked(statuses, &[Status::Failed], Status::Pending, chosen)
    }

    /// Whether the running balance holds the rows of a status as well: it follows from row to row with them and does not
    /// without them. Rows of the statuses `left_out` are in neither.
    fn is_booked(self, statuses: &[StatusColumn], left_out: &[Status], asked: Status, chosen: Chosen) -> bool {
        let says = |row: &[Box<str>], status: Status| {
            let cell = |column: &StatusColumn| row.get(column.place).map_or("", |cell| &**cell);
            statuses.iter().any(|column| column.says(cell(column), self.words) == Some(status))
        };
        let links = |left_out: &[Status]| {
            let kept = |row: &&Vec<Box<str>>| !left_out.iter().any(|status| says(row, *status));
            let sample = self.profile.sample.iter().filter(kept).cloned().collect();
            let profile = Profile { sample, ..self.profile.clone() };
            let reading = Reading::new(&profile, chosen.money, chosen.balance, None, self.words);
            reading.map(|reading| chain::links(&reading.rows, 1)).unwrap_or_default()
        };
        if chosen.balance.is_none() || !self.profile.sample.iter().any(|row| says(row, asked)) {
            return false;
        }
        let (with, without) = (links(left_out), links(&[left_out, &[asked]].concat()));
        with.best() == with.total && without.best() < without.total
    }
}

impl StatusColumn {
    /// What stands behind the last column.
    pub(crate) fn behind(width: usize) -> Self {
        Self { place: width, tells: Tells::Excess }
    }

    /// Whether it is behind the last column.
    pub(crate) fn is_behind(self) -> bool {
        self.tells == Tells::Excess
    }

    /// Whether what failed is only told in passing: then money that came in is the return of what had gone out before.
    pub(crate) fn is_kind(self) -> bool {
        self.tells == Tells::Kind
    }

    /// What a cell of the column says of its row.
    pub(crate) fn says(self, cell: &str, words: &Words) -> Option<Status> {
        let words = &words.statuses;
        match self.tells {
            Tells::Status => words.inside(cell),
            Tells::Pending => words.of(cell).filter(|status| *status == Status::Pending),
            Tells::Kind => words.inside(cell).filter(|status| *status != Status::Booked),
            Tells::Flag { yes, no } => words.flag(cell).map(|flag| if flag { yes } else { no }),
            Tells::Excess => (!cell.is_empty()).then_some(Status::Failed),
            Tells::Reason => {
                (!cell.is_empty() && !is_dash(cell) && words.flag(cell) != Some(false)).then_some(Status::Failed)
            }
        }
    }
}
