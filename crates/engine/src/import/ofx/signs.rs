//! Whether the amounts of an account carry their signs. By the standard a positive amount raises the balance, whatever
//! the transaction type (OFX 1.6 and 2.2, section 11.4.3); programs that write none, or turn them, are told by the types
//! that can only be one way (the same section, "Transaction types").

use crate::import::words::Side;

/// What the signs of an account say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signs {
    /// Plus is money in.
    Standard,
    /// No amount has one; the type tells.
    OfType,
    /// Every amount has the other one.
    Turned,
    /// All amounts of one side have the sign of the other, and there are none of the other side.
    Open,
}

/// The side of a type that leaves no choice. What is paid onto a card is called a payment too.
pub(super) fn side(kind: &str, is_card: bool) -> Option<Side> {
    match kind {
        "CREDIT" | "DEP" | "DIRECTDEP" | "DIV" => Some(Side::In),
        "PAYMENT" if is_card => None,
        "DEBIT" | "CHECK" | "PAYMENT" | "FEE" | "SRVCHG" | "CASH" | "DIRECTDEBIT" | "REPEATPMT" => Some(Side::Out),
        _ => None,
    }
}

/// The side of a type where no amount has a sign: at machines and points of sale money is spent.
pub(super) fn unsigned_side(kind: &str, is_card: bool) -> Option<Side> {
    side(kind, is_card).or_else(|| matches!(kind, "ATM" | "POS").then_some(Side::Out))
}

/// Movements of one statement by sign and by the side of their types.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    negative: bool,
    /// Types of money out, below zero and above.
    debits: [bool; 2],
    credits: [bool; 2],
}

impl Tally {
    /// Adds a movement that is not zero.
    pub(super) fn see(&mut self, side: Option<Side>, negative: bool) {
        self.negative |= negative;
        let [below, above] = match side {
            Some(Side::Out) => &mut self.debits,
            Some(Side::In) => &mut self.credits,
            None => return,
        };
        if negative { *below = true } else { *above = true }
    }

    pub(super) fn decide(self) -> Signs {
        match (self.debits, self.credits) {
            ([false, true], [false, true]) if !self.negative => Signs::OfType,
            ([false, true], [true, false]) => Signs::Turned,
            ([false, true], [false, false]) | ([false, false], [true, false]) => Signs::Open,
            _ => Signs::Standard,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_that_agree_with_any_sign_leave_the_standard() {
        for (rows, want) in [
            (vec![(Side::Out, true), (Side::In, false)], Signs::Standard),
            (vec![(Side::Out, false), (Side::In, false)], Signs::OfType),
            (vec![(Side::Out, false), (Side::In, true)], Signs::Turned),
            (vec![(Side::Out, false)], Signs::Open),
            (vec![(Side::In, true)], Signs::Open),
            (vec![(Side::Out, false), (Side::Out, true)], Signs::Standard),
            (vec![(Side::In, false)], Signs::Standard),
            (vec![], Signs::Standard),
        ] {
            let mut tally = Tally::default();
            rows.iter().for_each(|(side, negative)| tally.see(Some(*side), *negative));
            assert_eq!(tally.decide(), want, "{rows:?}");
        }
        assert_eq!((side("PAYMENT", true), side("XFER", false)), (None, None));
    }
}
