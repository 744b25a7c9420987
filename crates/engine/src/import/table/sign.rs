//! What tells money in from money out where all amounts stand in one column.

use std::cmp::Ordering;

use super::{
    chain::{self, Reading},
    money::Money,
    profile::Profile,
    purchases,
    questions::sign_question,
    roles::{self, Headed},
};
use crate::{
    DateOrder, Hints, Question, Sign,
    import::{
        numbers,
        words::{Side, Words},
    },
};

/// How the sign of an amount is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// As written.
    Signed,
    /// Spending is positive, as on statements of cards.
    Inverted,
    /// Another column names the side; a written minus reverses it.
    Column { place: usize, blank: Option<Side> },
    /// `CR` or `DR` stands beside the number.
    Marked { unmarked: Side },
    /// Numbers without any sign are all on this side.
    Unsigned(Side),
}

impl Rule {
    /// The rule of amounts that raise a balance which is a debt; `None` where these do not raise it.
    pub(crate) fn of_debt(self) -> Option<Self> {
        match self {
            Self::Signed => Some(Self::Inverted),
            Self::Unsigned(Side::In) => Some(Self::Unsigned(Side::Out)),
            Self::Inverted | Self::Unsigned(Side::Out) | Self::Column { .. } | Self::Marked { .. } => None,
        }
    }
}

impl From<Sign> for Side {
    /// The side of positive amounts.
    fn from(sign: Sign) -> Self {
        match sign {
            Sign::PlusIn => Self::In,
            Sign::PlusOut => Self::Out,
        }
    }
}

/// Decides for one column of amounts.
pub(crate) fn decide(
    columns: &[Headed],
    profile: &Profile,
    amount: usize,
    balance: Option<usize>,
    order: DateOrder,
    hints: &Hints,
    words: &Words,
) -> Result<Rule, Box<Question>> {
    let numbers = profile.column(amount).numbers;
    let beside = roles::direction(columns, profile).filter(|place| *place != amount);
    if let Some(rule) = beside.and_then(|place| by_column(profile, amount, place, words)) {
        return Ok(rule);
    }
    if numbers.negative == 0 && numbers.marked_in + numbers.marked_out > 0 {
        let unmarked = if numbers.marked_in > 0 && numbers.marked_out == 0 { Side::Out } else { Side::In };
        return Ok(Rule::Marked { unmarked });
    }
    let reading = Reading::new(profile, Money::Single(amount), balance, None, words);
    let chain = |sign| reading.as_ref().map_or(0, |reading| chain::links(&reading.rows, sign).best());
    let hinted = hints.sign.map(|sign| if sign == Sign::PlusIn { Rule::Signed } else { Rule::Inverted });
    if numbers.negative > 0 {
        return match chain(1).cmp(&chain(-1)) {
            Ordering::Greater => Ok(Rule::Signed),
            Ordering::Less => Ok(Rule::Inverted),
            Ordering::Equal => hinted.map_or_else(|| purchases::decide(columns, profile, amount, words), Ok),
        };
    }
    if numbers.positive == 0 {
        return Ok(hinted.unwrap_or(Rule::Signed));
    }
    if numbers.plus > 0 {
        return Ok(if numbers.unsigned > 0 { Rule::Unsigned(Side::Out) } else { Rule::Signed });
    }
    let pairs = reading.as_ref().map_or(0, |reading| reading.rows.len().saturating_sub(1));
    let holds = |sign| pairs > 0 && chain(sign) * 10 >= pairs * 9 && chain(-sign) == 0;
    let side = match (holds(1), holds(-1)) {
        (true, _) => Some(Side::In),
        (_, true) => Some(Side::Out),
        _ => reading.as_ref().and_then(|reading| trend(&reading.rows, profile, columns, order)),
    };
    let side = side.or(hints.sign.map(Side::from));
    let side = side.or_else(|| is_spending(columns, words).then_some(Side::Out)).or_else(|| by_words(profile, words));
    match side {
        Some(side) => Ok(Rule::Unsigned(side)),
        None => Err(Box::new(sign_question(columns, profile, amount, words))),
    }
}

/// Of invoices and sales: all amounts go one way, and a minus takes one back.
pub(crate) fn of_document(
    columns: &[Headed],
    profile: &Profile,
    amount: usize,
    side: Option<Side>,
    hints: &Hints,
    words: &Words,
) -> Result<Rule, Box<Question>> {
    match side.or(hints.sign.map(Side::from)) {
        Some(Side::In) => Ok(Rule::Signed),
        Some(Side::Out) => Ok(Rule::Inverted),
        None => Err(Box::new(sign_question(columns, profile, amount, words))),
    }
}

/// Compares the signs with the words of a direction column.
fn by_column(profile: &Profile, amount: usize, place: usize, words: &Words) -> Option<Rule> {
    // Of money out and of money in: positive and negative.
    let (mut out, mut into, mut blanks) = ([0_u32; 2], [0_u32; 2], 0_u32);
    for row in &profile.sample {
        let cell = row.get(place).map_or("", |cell| cell);
        let Some(written) = row.get(amount).and_then(|cell| numbers::scan(cell, words)) else { continue };
        let counts = match words.side(cell) {
            Some(Side::Out) => &mut out,
            Some(Side::In) => &mut into,
            None => {
                blanks += u32::from(cell.is_empty());
                continue;
            }
        };
        let [positive, negative] = counts;
        *if written.negative { negative } else { positive } += 1;
    }
    let ([out_plus, out_minus], [in_plus, in_minus]) = (out, into);
    let blank = match (out_plus + out_minus > 0, in_plus + in_minus > 0) {
        (true, false) if blanks > 0 => Some(Side::In),
        (false, true) if blanks > 0 => Some(Side::Out),
        (false, false) => return None,
        _ => None,
    };
    if profile.column(amount).numbers.negative == 0 {
        return Some(Rule::Column { place, blank });
    }
    if out_minus > out_plus || (out_plus + out_minus == 0 && in_plus >= in_minus) {
        return Some(Rule::Signed);
    }
    let all_of_credit_negative = in_minus > in_plus;
    Some(if all_of_credit_negative { Rule::Inverted } else { Rule::Column { place, blank } })
}

pub(crate) fn is_spending(columns: &[Headed], words: &Words) -> bool {
    columns.iter().any(|column| words.is_spending(&column.header))
}

/// A balance that only rises, or only falls, from the oldest row to the newest.
fn trend(rows: &[(i128, i128)], profile: &Profile, columns: &[Headed], order: DateOrder) -> Option<Side> {
    let steps = rows.iter().zip(rows.iter().skip(1)).map(|(one, next)| next.1.cmp(&one.1));
    let (mut up, mut down) = (0_u32, 0_u32);
    for step in steps {
        up += u32::from(step.is_gt());
        down += u32::from(step.is_lt());
    }
    let date = *roles::date_columns(columns, profile).first()?;
    let newest_first = profile.column(date).dates.falls_only(order);
    match (up, down) {
        (0, 0) => None,
        (_, 0) => Some(if newest_first { Side::Out } else { Side::In }),
        (0, _) => Some(if newest_first { Side::In } else { Side::Out }),
        _ => None,
    }
}

/// What the texts of the rows say, nearly all with one voice.
fn by_words(profile: &Profile, words: &Words) -> Option<Side> {
    let (mut out, mut into, mut rows) = (0_u32, 0_u32, 0_u32);
    for row in &profile.sample {
        rows += 1;
        match row.iter().filter(|cell| cell.chars().any(char::is_alphabetic)).find_map(|cell| words.hint(cell)) {
            Some(Side::Out) => out += 1,
            Some(Side::In) => into += 1,
            None => {}
        }
    }
    match (out, into) {
        (2.., 0) if out * 5 >= rows * 4 => Some(Side::Out),
        (0, 2..) if into * 5 >= rows * 4 => Some(Side::In),
        _ => None,
    }
}
