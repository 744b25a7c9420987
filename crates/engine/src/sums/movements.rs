//! Movements of rows of the usual form under a plan: what [`Rows`](crate::import::table::rows::Rows) does with them, without
//! keeping anything. A row that it is not sure of it leaves to that.

use saldo_kernel::Currency;
use time::Date;

use super::{glance::Glances, groups::Field, memo::Memo, scanner::Row};
use crate::import::{
    dates,
    plain_number::Plain,
    table::{money::Money, plan::Plan, profile::is_dash, sign::Rule},
    words::{Side, Words},
};

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// No movement, as far as the import knows.
    Recognized,
    /// Money that moved, at the decimals of the plan.
    Movement { date: Date, units: i128, currency: Option<Currency> },
}

/// Reads rows with a plan.
pub(crate) struct Movements<'p> {
    plan: &'p Plan,
    words: &'p Words,
    dates: Memo<Option<Date>>,
    /// Of each column of statuses, whether a cell leaves its row out.
    left_out: Vec<Memo<bool>>,
    /// Whether a text says that its row may be none.
    is_no_movement: Memo<bool>,
    sides: Memo<Direction>,
    currencies: Memo<Option<Currency>>,
}

/// What a cell of a direction column says.
#[derive(Clone, Copy)]
struct Direction {
    neither: bool,
    side: Option<Side>,
}

/// The amount of a row.
enum Amount {
    Zero,
    Units(i128),
}

impl<'p> Movements<'p> {
    /// Reads with a plan; `None` for a plan under which no row is of the usual form.
    pub(crate) fn new(plan: &'p Plan, words: &'p Words) -> Option<Self> {
        let is_usual = plan.fee.is_none() && plan.document.is_none() && plan.parties.is_first();
        (is_usual && !plan.currency.marks).then(|| Self {
            plan,
            words,
            dates: Memo::new(),
            left_out: plan.statuses.iter().map(|_| Memo::new()).collect(),
            is_no_movement: Memo::new(),
            sides: Memo::new(),
            currencies: Memo::new(),
        })
    }

    /// What the row is; `None` where only the general code tells. What is known of its cells is not found out again.
    pub(crate) fn read(&mut self, row: Row<'_>, known: Glances<'_>) -> Option<Found> {
        for (column, memo) in self.plan.statuses.iter().zip(&mut self.left_out) {
            let cell = row.cell(column.place);
            if memo.of(cell, || self.plan.leaves_out(column.says(cell, self.words))) {
                return None;
            }
        }
        let amount = match self.plan.money {
            Money::Single(place) => self.single(row, known, place)?,
            Money::Pair { debit, credit } => self.pair(row, known, debit, credit)?,
        };
        let (place, order) = (*self.plan.dates.first()?, self.plan.order);
        let date = match known.date(place) {
            Some(readings) => readings.date(order)?,
            None => {
                let cell = row.cell(place);
                self.dates.of(cell, || dates::scan(cell, self.words).and_then(|parts| parts.read(order)))?
            }
        };
        let Amount::Units(units) = amount else { return Some(Found::Recognized) };
        for place in self.plan.descriptions.iter().chain(&self.plan.parties.columns) {
            let cell = row.cell(*place);
            let words = self.words;
            let is_none = || words.row_words(cell).is_some() || words.statuses.is_marked_pending(cell);
            if words.may_be_row_word(cell) && self.is_no_movement.of(cell, is_none) {
                return None;
            }
        }
        Some(Found::Movement { date, units, currency: self.currency(row) })
    }

    /// The running balance beside a movement, as written.
    pub(crate) fn balance<'t>(&self, row: Row<'t>) -> &'t str {
        self.plan.balance.map_or("", |(place, _)| row.cell(place))
    }

    /// The text of a field, as a movement would have it.
    pub(crate) fn text<'t>(&self, row: Row<'t>, field: Field) -> &'t str {
        let one = |place: Option<usize>| place.map_or("", |place| row.cell(place));
        match field {
            Field::Account => one(self.plan.account),
            Field::Category => one(self.plan.category),
            Field::Counterparty => {
                let cells = self.plan.parties.columns.iter().map(|place| row.cell(*place));
                cells.into_iter().find(|cell| !cell.is_empty() && !is_dash(cell)).unwrap_or("")
            }
            Field::Column(place) => row.cell(place),
        }
    }

    fn single(&mut self, row: Row<'_>, known: Glances<'_>, place: usize) -> Option<Amount> {
        let plain = known.plain(place).or_else(|| Plain::scan(row.cell(place)))?;
        let units = plain.read(self.plan.amounts.decimal, self.plan.amounts.places)?;
        if units == 0 {
            return Some(Amount::Zero);
        }
        let out = match self.plan.rule {
            Rule::Signed => plain.negative,
            Rule::Inverted => !plain.negative,
            Rule::Marked { unmarked } => (unmarked == Side::Out) != plain.negative,
            Rule::Unsigned(side) => plain.negative || side == Side::Out,
            Rule::Column { place, blank: _ } => {
                let cell = row.cell(place);
                let words = self.words;
                let direction =
                    self.sides.of(cell, || Direction { neither: words.is_neither_side(cell), side: words.side(cell) });
                if direction.neither {
                    return Some(Amount::Zero);
                }
                (direction.side? == Side::Out) != plain.negative
            }
        };
        Some(Amount::Units(if out { -units } else { units }))
    }

    fn pair(&self, row: Row<'_>, known: Glances<'_>, debit: Option<usize>, credit: Option<usize>) -> Option<Amount> {
        let read = |place: Option<usize>, minus_is_usual: bool| {
            let Some(place) = place else { return Some(None) };
            let cell = row.cell(place);
            if cell.is_empty() || is_dash(cell) {
                return Some(None);
            }
            let plain = known.plain(place).or_else(|| Plain::scan(cell))?;
            let units = plain.read(self.plan.amounts.decimal, self.plan.amounts.places)?;
            Some(Some(if plain.negative && !minus_is_usual { -units } else { units }))
        };
        let [minus_out, minus_in] = self.plan.has_minus;
        match (read(debit, minus_out)?, read(credit, minus_in)?) {
            (None, None) => None,
            (out, into) => match (out.unwrap_or(0), into.unwrap_or(0)) {
                (0, 0) => Some(Amount::Zero),
                (out, 0) => Some(Amount::Units(-out)),
                (0, into) => Some(Amount::Units(into)),
                _ => None,
            },
        }
    }

    fn currency(&mut self, row: Row<'_>) -> Option<Currency> {
        let in_column = self.plan.currency.column.and_then(|place| {
            let cell = row.cell(place);
            self.currencies.of(cell, || self.words.currency(cell))
        });
        in_column.or(self.plan.currency.all)
    }
}
