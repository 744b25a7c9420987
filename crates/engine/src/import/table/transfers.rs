//! Transfers that tell what was sent and what arrived in two columns: one's own account has either of them.

use super::{currency::column_of, profile::Profile, roles::Headed, sign::Rule};
use crate::import::words::{Meaning, Words, fold};

/// Where a row tells what left the account, or what came to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Transfer {
    /// The fee that was charged on top of what was sent, in its currency.
    pub(crate) fee: usize,
    /// What arrived, and its currency.
    pub(crate) arrived: usize,
    pub(crate) currency: Option<usize>,
}

/// By headers such as `Source amount (after fees)` and `Target amount (after fees)`, where a column tells the side.
pub(crate) fn of(columns: &[Headed], profile: &Profile, amount: usize, rule: Rule, words: &Words) -> Option<Transfer> {
    let headers: Vec<String> = columns.iter().map(|column| fold(&column.header)).collect();
    let own = headers.get(amount)?;
    if !matches!(rule, Rule::Column { .. }) || !words.is_before_fees(own) {
        return None;
    }
    let has = |header: &str, wanted: &str| header.split(' ').any(|word| word == wanted);
    let [sent, arrived] = words.sent.iter().find(|[sent, _]| has(own, sent))?;
    let wanted: Vec<&str> = own.split(' ').map(|word| if word == sent { arrived } else { word }).collect();
    let wanted = wanted.join(" ");
    let arrived = headers.iter().position(|header| *header == wanted)?;
    let is_fee = |place: &usize| {
        let of_fees = columns.get(*place).is_some_and(|column| column.meaning == Some(Meaning::Fee));
        of_fees && headers.get(*place).is_some_and(|header| has(header, sent))
    };
    let fee = (0..columns.len()).find(is_fee)?;
    Some(Transfer { fee, arrived, currency: column_of(columns, profile, arrived) })
}
