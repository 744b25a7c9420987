//! Which of several columns of amounts is what moved on the account: a purchase abroad stands in the currency of the shop
//! and in that of the account, a price before and after its tax. The rows prove it, whatever the headers are called.

use saldo_kernel::Currency;

use super::{
    chain::units,
    currency::{column_of, constant_of},
    money::{Chosen, Money},
    plan::money_columns,
    profile::Profile,
    roles::Headed,
};
use crate::import::{
    numbers,
    words::{Meaning, Words},
};

/// The choice in the currency of the account, and with its tax, if the rows prove that another column holds it.
pub(crate) fn settle(columns: &[Headed], profile: &Profile, chosen: Chosen, words: &Words) -> Chosen {
    let settled = converted(columns, profile, chosen, words).or_else(|| with_tax(columns, profile, chosen, words));
    settled.map_or(chosen, |place| Chosen {
        money: Money::Single(place),
        balance: chosen.balance.filter(|balance| *balance != place),
    })
}

/// A column with one currency throughout that equals the chosen one wherever both have this currency.
fn converted(columns: &[Headed], profile: &Profile, chosen: Chosen, words: &Words) -> Option<usize> {
    let amounts = money_columns(chosen.money);
    let first = *amounts.first()?;
    let codes = column_of(columns, profile, first);
    let is_varying = match codes {
        Some(place) => profile.column(place).currencies_differ,
        None => amounts.iter().any(|place| profile.column(*place).numbers.currencies_differ),
    };
    if !is_varying {
        return None;
    }
    let code_of = |row: &[Box<str>]| -> Option<Currency> {
        match codes {
            Some(place) => words.currency(row.get(place)?),
            None => amounts.iter().find_map(|place| numbers::scan(row.get(*place)?, words)?.currency?),
        }
    };
    let proves = |place: &usize| {
        let Some(own) = constant_of(columns, profile, *place, words) else { return false };
        let (mut equal, mut moved) = (0_u32, 0_u32);
        for row in &profile.sample {
            let Some(before) = moves(profile, row, chosen.money, words).filter(|amount| *amount != 0) else { continue };
            let Some(after) = units(profile, row, *place, words).filter(|amount| *amount != 0) else { return false };
            if (before < 0) != (after < 0) || (code_of(row) == Some(own) && before != after) {
                return false;
            }
            *if code_of(row) == Some(own) { &mut equal } else { &mut moved } += 1;
        }
        equal > 0 && moved > 0
    };
    others(columns, profile, &amounts).find(proves)
}

/// A column that is the chosen one with its tax, or with its fee, in every row.
fn with_tax(columns: &[Headed], profile: &Profile, chosen: Chosen, words: &Words) -> Option<usize> {
    let Money::Single(net) = chosen.money else { return None };
    let parts = [Meaning::Tax, Meaning::Fee].map(|meaning| super::roles::best(columns, profile, &[meaning]));
    parts.into_iter().flatten().find_map(|part| sum_of(columns, profile, net, part, words))
}

fn sum_of(columns: &[Headed], profile: &Profile, net: usize, tax: usize, words: &Words) -> Option<usize> {
    let proves = |place: &usize| {
        let mut taxed = 0_u32;
        for row in &profile.sample {
            let number = |place: usize| units(profile, row, place, words);
            let (Some(net), Some(gross)) = (number(net), number(*place)) else { continue };
            let tax = number(tax).unwrap_or(0);
            if net.checked_add(tax) != Some(gross) {
                return false;
            }
            taxed += u32::from(tax != 0);
        }
        taxed > 0
    };
    others(columns, profile, &[net, tax]).find(proves)
}

/// What a row moves by the chosen columns, in units of `chain::units`.
fn moves(profile: &Profile, row: &[Box<str>], money: Money, words: &Words) -> Option<i128> {
    let number = |place: Option<usize>| place.and_then(|place| units(profile, row, place, words));
    match money {
        Money::Single(place) => number(Some(place)),
        Money::Pair { debit, credit } => {
            number(credit).unwrap_or(0).checked_sub(number(debit).unwrap_or(0).checked_abs()?)
        }
    }
}

/// Columns of numbers that no header calls a balance, a fee or something else.
fn others<'a>(columns: &'a [Headed], profile: &'a Profile, taken: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    let meaning = |place: usize| columns.get(place).and_then(|column| column.meaning);
    let may_be = move |place: usize| {
        let money = [Meaning::BookedAmount, Meaning::Amount, Meaning::ForeignAmount];
        meaning(place).is_none_or(|meaning| money.contains(&meaning))
    };
    (0..profile.columns.len())
        .filter(move |place| !taken.contains(place) && may_be(*place) && profile.column(*place).is_numbers())
}
