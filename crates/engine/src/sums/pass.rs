//! One pass over a table: its rows are added up under a plan, its profile is gathered, or both.

use super::{
    Bytes,
    blocks::Seen,
    glance::{Gatherer, Glances},
    groups::Groups,
    movements::{Found as Read, Movements},
    scanner::{Found, Row, Scanner},
};
use crate::{
    Counts, Error, Rejected, Scratch, Stage, Watch,
    import::{
        limits::ROWS_PER_REPORT,
        table::{
            plan::Plan,
            records::{Dialect, Record},
            rows::Rows,
        },
        words::Words,
    },
};

/// Where the rows are and how they are taken apart.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    pub(crate) dialect: Dialect,
    /// Bytes before the text.
    pub(crate) skip: u64,
    /// Rows above the movements; several may start on one physical line.
    pub(crate) skipped: u64,
    /// 0 where there is no header.
    pub(crate) header_line: u64,
    /// Bytes of the file.
    pub(crate) size: u64,
}

/// Adds rows up.
pub(crate) struct Adder<'p> {
    movements: Option<Movements<'p>>,
    rows: Rows<'p>,
    groups: Groups,
    /// All movements.
    counted: u64,
    /// Recognised rows of the usual form.
    recognized: u64,
}

/// What was added up.
pub(crate) struct Added {
    pub(crate) groups: Groups,
    pub(crate) counted: u64,
    pub(crate) counts: Counts,
    pub(crate) rejected: Vec<Rejected>,
}

impl<'p> Adder<'p> {
    /// Nothing added yet.
    pub(crate) fn new(plan: &'p Plan, words: &'p Words, groups: Groups) -> Self {
        Self {
            movements: Movements::new(plan, words),
            rows: Rows::new(plan, words, plan.currency.all, &Scratch::default()),
            groups,
            counted: 0,
            recognized: 0,
        }
    }

    /// Adds a row of the usual form. `false` where [`Adder::see`] must read it.
    fn add(&mut self, row: Row<'_>, known: Glances<'_>) -> Result<bool, Error> {
        let Some(movements) = self.movements.as_mut().filter(|_| !self.rows.is_below_title) else {
            return Ok(false);
        };
        match movements.read(row, known) {
            None => return Ok(false),
            Some(Read::Recognized) => self.recognized += 1,
            Some(Read::Movement { date, units, currency }) => {
                self.counted += 1;
                self.rows.trail.add(units, movements.balance(row));
                self.groups.add(date, units, currency, |field| movements.text(row, field))?;
            }
        }
        Ok(true)
    }

    /// Adds a row of any form.
    fn see(&mut self, record: &Record) -> Result<(), Error> {
        let movement = self.rows.read(record);
        // Balances prove nothing here.
        self.rows.balances.clear();
        match movement {
            Some(one) => {
                self.counted += 1;
                self.groups.add_transaction(&one, |place| record.get(place))
            }
            None => Ok(()),
        }
    }

    /// What was added up.
    pub(crate) fn finish(self) -> Added {
        let Counts { recognized, rejected, .. } = self.rows.counts;
        let recognized = self.recognized + recognized;
        Added {
            groups: self.groups,
            counts: Counts { read: self.counted + recognized + rejected, recognized, rejected, repeated: 0 },
            counted: self.counted,
            rejected: self.rows.rejected,
        }
    }
}

/// How a pass ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// At the end of the file.
    Done(Seen),
    /// At something that only the import reads: bytes that are no UTF-8, a row that is too long or never ends.
    NotHere,
}

/// Takes all rows behind the header to the gatherer and the adder. An error of the adder ends its part only and stays in
/// `adder`, for the profile may show that its plan was wrong.
pub(crate) fn run<'p>(
    source: &mut dyn Bytes,
    layout: Layout,
    mut gatherer: Option<&mut Gatherer<'_>>,
    adder: &mut Result<Adder<'p>, Option<Error>>,
    watch: &mut dyn Watch,
) -> Result<End, Error> {
    let mut scanner = Scanner::open(source, layout.skip, layout.dialect)?;
    let (mut record, mut rows) = (Record::default(), 0_u64);
    loop {
        rows += 1;
        if rows % ROWS_PER_REPORT == 1 && watch.progress(Stage::Reading, scanner.bytes_read(), layout.size).is_break() {
            return Err(Error::Cancelled);
        }
        let found = scanner.find()?;
        if scanner.seen().no_text {
            return Ok(End::NotHere);
        }
        let is_row = match found {
            Found::End => return Ok(End::Done(scanner.seen())),
            Found::Row => rows > layout.skipped,
            Found::Odd => false,
        };
        let (mut gathered, mut added) = (false, false);
        if is_row {
            let row = scanner.row();
            if let Some(gatherer) = gatherer.as_deref_mut()
                && gatherer.look(row)
            {
                gatherer.count(row);
                gathered = true;
            }
            let known = gatherer.as_deref().filter(|_| gathered).map(Gatherer::glances).unwrap_or_default();
            added = add(adder, |adder| adder.add(row, known)).unwrap_or(true);
            if added && (gathered || gatherer.is_none()) {
                scanner.pass();
                continue;
            }
        }
        match scanner.read_odd(&mut record) {
            Ok(()) => {}
            Err(Error::Io(error)) => return Err(Error::Io(error)),
            Err(_) => return Ok(End::NotHere),
        }
        if rows <= layout.skipped {
            continue;
        }
        if let Some(gatherer) = gatherer.as_deref_mut().filter(|_| !gathered) {
            gatherer.see(&record);
        }
        if !added {
            add(adder, |adder| adder.see(&record));
        }
    }
}

/// What the adder says; `None` where it has ended.
fn add<'p, T>(
    adder: &mut Result<Adder<'p>, Option<Error>>,
    with: impl FnOnce(&mut Adder<'p>) -> Result<T, Error>,
) -> Option<T> {
    match with(adder.as_mut().ok()?) {
        Ok(value) => Some(value),
        Err(error) => {
            *adder = Err(Some(error));
            None
        }
    }
}
