//! What a row moves: the amount in one column or two, with its side, less a fee.

use saldo_kernel::Money;

use super::{
    money::Money as MoneyColumns,
    plan::Format,
    profile::is_dash,
    records::Record,
    rows::{Fault, Rows},
    sign::Rule,
    transfers::Transfer,
};
use crate::import::{
    numbers::{self, Written},
    words::Side,
};

/// The amount of a row.
pub(super) enum Amount {
    Missing,
    Zero,
    Units(i128),
    Bad(Fault),
}

impl Rows<'_> {
    pub(super) fn amount(&self, record: &Record) -> Amount {
        match self.plan.money {
            MoneyColumns::Single(place) => {
                let arrived = self.arrival(record).map(|transfer| transfer.arrived);
                self.single(record, arrived.unwrap_or(place))
            }
            MoneyColumns::Pair { debit, credit } => self.pair(record, debit, credit),
        }
    }

    /// A fee that is charged on top is part of what moved.
    pub(super) fn less_fee(&self, record: &Record, amount: Amount) -> Amount {
        let charged = self.plan.fee.filter(|_| self.arrival(record).is_none());
        let fee = charged.and_then(|place| self.number(record.get(place), self.plan.amounts));
        match (amount, fee) {
            (Amount::Units(units), Some((_, fee))) => match units.checked_sub(fee) {
                Some(0) => Amount::Zero,
                Some(units) => Amount::Units(units),
                None => Amount::Bad(Fault { reason: "AMOUNT_NOT_READ", column: self.money_column() }),
            },
            (Amount::Zero | Amount::Missing, Some((_, fee))) if fee != 0 => Amount::Units(-fee),
            (amount, _) => amount,
        }
    }

    fn single(&self, record: &Record, place: usize) -> Amount {
        let cell = record.get(place);
        if cell.is_empty() || is_dash(cell) {
            return Amount::Missing;
        }
        let bad = || Amount::Bad(Fault { reason: "AMOUNT_NOT_READ", column: place });
        let Some((written, units)) = self.number(cell, self.plan.amounts) else { return bad() };
        if units == 0 {
            return Amount::Zero;
        }
        let out = match self.plan.rule {
            Rule::Signed => written.negative,
            Rule::Inverted => !written.negative,
            Rule::Marked { unmarked } => (written.mark.unwrap_or(unmarked) == Side::Out) != written.negative,
            Rule::Unsigned(_) if written.negative => true,
            Rule::Unsigned(side) => side == Side::Out && !written.plus,
            Rule::Column { place, blank } => {
                let cell = record.get(place);
                let blank = blank.filter(|_| cell.is_empty() || is_dash(cell));
                match self.words.side(cell).or(blank) {
                    Some(side) => (side == Side::Out) != written.negative,
                    None if self.words.is_neither_side(cell) => return Amount::Zero,
                    None => return Amount::Bad(Fault { reason: "DIRECTION_NOT_READ", column: place }),
                }
            }
        };
        Amount::Units(if out { -units } else { units })
    }

    fn pair(&self, record: &Record, debit: Option<usize>, credit: Option<usize>) -> Amount {
        let read = |place: Option<usize>, minus_is_usual: bool| -> Result<Option<i128>, Fault> {
            let Some(place) = place else { return Ok(None) };
            let cell = record.get(place);
            if cell.is_empty() || is_dash(cell) {
                return Ok(None);
            }
            let fault = Fault { reason: "AMOUNT_NOT_READ", column: place };
            let (written, units) = self.number(cell, self.plan.amounts).ok_or(fault)?;
            Ok(Some(if written.negative && !minus_is_usual { -units } else { units }))
        };
        match (read(debit, self.plan.has_minus[0]), read(credit, self.plan.has_minus[1])) {
            (Err(fault), _) | (_, Err(fault)) => Amount::Bad(fault),
            (Ok(None), Ok(None)) => Amount::Missing,
            (Ok(out), Ok(into)) => match (out.unwrap_or(0), into.unwrap_or(0)) {
                (0, 0) => Amount::Zero,
                (out, 0) => Amount::Units(-out),
                (0, into) => Amount::Units(into),
                (out, into) if out == into => Amount::Zero,
                _ => Amount::Bad(Fault { reason: "DEBIT_AND_CREDIT", column: debit.or(credit).unwrap_or(0) }),
            },
        }
    }

    /// A number in units of its column, without the sign.
    pub(super) fn number<'c>(&self, cell: &'c str, format: Format) -> Option<(Written<'c>, i128)> {
        let written = numbers::scan(cell, self.words)?;
        let (units, places) = numbers::read(written.body, format.decimal)?;
        let scaled = Money::new(units, places, None).scaled(format.places)?;
        Some((written, scaled))
    }

    /// Where the row tells what arrived, if it is a transfer to the account.
    pub(super) fn arrival(&self, record: &Record) -> Option<Transfer> {
        let Rule::Column { place, .. } = self.plan.rule else { return None };
        self.plan.transfer.filter(|_| self.words.side(record.get(place)) == Some(Side::In))
    }

    /// Whether the row is one of money out.
    pub(super) fn goes_out(&self, record: &Record) -> bool {
        matches!(self.amount(record), Amount::Units(units) if units < 0)
    }
}
