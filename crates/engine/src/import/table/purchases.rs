//! Whether positive amounts are spending although negative ones exist: a card's statement writes purchases as positive and
//! the payments that settle them as negative, a bank account's the other way round.

use std::cmp::Ordering;

use super::{
    profile::Profile,
    questions::sign_question,
    roles::Headed,
    sign::{self, Rule},
};
use crate::{
    Question,
    enrich::is_purchase,
    import::{
        numbers,
        words::{Side, Words},
    },
};

/// Rows without a minus, and with one.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    plus: u32,
    minus: u32,
}

impl Count {
    fn add(&mut self, negative: bool) {
        *if negative { &mut self.minus } else { &mut self.plus } += 1;
    }
}

/// What the rows tell.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    all: Count,
    /// Payments of a card's bill, in the words of the card.
    paid: Count,
    /// Rows that only an account has with this sign: fees and shops with a minus, salaries without.
    account: u32,
    /// Rows that only a card has with this sign.
    card: u32,
}

impl Tally {
    fn of(profile: &Profile, amount: usize, words: &Words) -> Self {
        let mut tally = Self::default();
        for row in &profile.sample {
            let Some(written) = row.get(amount).and_then(|cell| numbers::scan(cell, words)) else { continue };
            let texts = || row.iter().filter(|cell| cell.chars().any(char::is_alphabetic));
            if written.body.bytes().all(|byte| !matches!(byte, b'1'..=b'9')) {
                continue;
            }
            tally.all.add(written.negative);
            if texts().any(|cell| cell.len() > 8 && words.is_card_payment(cell)) {
                tally.paid.add(written.negative);
                continue;
            }
            let hint = texts().find_map(|cell| words.hint(cell));
            match hint.or_else(|| texts().any(|cell| is_purchase(cell)).then_some(Side::Out)) {
                Some(side) if (side == Side::Out) == written.negative => tally.account += 1,
                Some(_) => tally.card += 1,
                None => {}
            }
        }
        tally
    }

    /// So many purchases to one payment or refund as a card has.
    fn is_like_a_card(&self) -> bool {
        self.all.plus >= self.all.minus * PURCHASES_PER_PAYMENT && self.all.plus >= PURCHASES_PER_PAYMENT
    }
}

const PURCHASES_PER_PAYMENT: u32 = 3;

/// Decides for a column of both signs that no balance proves; where a few rows could be either, it asks.
pub(crate) fn decide(
    columns: &[Headed],
    profile: &Profile,
    amount: usize,
    words: &Words,
) -> Result<Rule, Box<Question>> {
    let tally = Tally::of(profile, amount, words);
    let spending = sign::is_spending(columns, words);
    let ask = || Err(Box::new(sign_question(columns, profile, amount, words)));
    let (card, account) = (tally.card, tally.account);
    // Who writes a plus knows of both signs.
    if tally.paid.plus > 0 || profile.column(amount).numbers.plus > 0 {
        return Ok(Rule::Signed);
    }
    if tally.paid.minus > 0 {
        return match card.cmp(&account) {
            _ if spending => Ok(Rule::Inverted),
            Ordering::Greater => Ok(Rule::Inverted),
            Ordering::Less => Ok(Rule::Signed),
            Ordering::Equal if tally.is_like_a_card() => Ok(Rule::Inverted),
            Ordering::Equal => ask(),
        };
    }
    match (card, account) {
        _ if spending && (card > account || (card == account && tally.all.plus > tally.all.minus)) => {
            Ok(Rule::Inverted)
        }
        _ if spending || account > card => Ok(Rule::Signed),
        (3.., 0) if tally.is_like_a_card() => Ok(Rule::Inverted),
        _ if card > account || (account == 0 && tally.is_like_a_card()) => ask(),
        _ => Ok(Rule::Signed),
    }
}
