//! What moved between the own accounts, and what is left without it.

use super::{Currency, topic};
use crate::narrative::Draft;

pub(super) fn sentence(currency: &Currency<'_>) -> Option<Draft> {
    if !currency.has("own_transfers") {
        return None;
    }
    let (number, amount) = (currency.show("own_transfers|plural:transfer"), currency.show("own_transfers_out"));
    let (inward, outward) = (currency.show("external_in"), currency.show("external_out"));
    Some(Draft {
        topic: topic::CASH_FLOW,
        weight: 75,
        en: format!(
            "{number} between own accounts moved {amount}; without that, {inward} came in and {outward} went out."
        ),
        ru: format!("Между своими счетами: {number} на {amount}; без них поступило {inward}, списано {outward}."),
    })
}
