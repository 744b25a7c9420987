//! Which columns hold the amounts, and which the running balance.

use super::{
    booked,
    chain::{self, Reading},
    profile::Profile,
    roles::{self, Headed},
};
use crate::{
    Evidence,
    import::{
        numbers::NumberStats,
        words::{Meaning, Side, Words},
    },
};

/// The columns of the amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Money {
    /// One column.
    Single(usize),
    /// Money out and money in; a table of one kind only may lack the other.
    Pair { debit: Option<usize>, credit: Option<usize> },
}

/// Amounts and balance of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) money: Money,
    pub(crate) balance: Option<usize>,
}

/// Chooses by headers, else by values. `None` where no column holds amounts.
pub(crate) fn choose(columns: &[Headed], profile: &Profile, words: &Words) -> Option<Chosen> {
    // A balance "at the end" that is stated in every row is one after each movement.
    let closing = || {
        let place = roles::best(columns, profile, &[Meaning::ClosingBalance])?;
        (profile.column(place).is_numbers() && profile.column(place).filled * 10 >= profile.rows * 8).then_some(place)
    };
    let balance = roles::best(columns, profile, &[Meaning::Balance]).or_else(closing);
    let chosen = match by_header(columns, profile, words) {
        Some(money) => Some(Chosen { money, balance }),
        None => by_values(columns, profile, words, balance),
    };
    chosen.map(|chosen| booked::settle(columns, profile, chosen, words))
}

fn by_header(columns: &[Headed], profile: &Profile, words: &Words) -> Option<Money> {
    let single = roles::best(columns, profile, &[Meaning::BookedAmount, Meaning::Amount]);
    let foreign = roles::best(columns, profile, &[Meaning::ForeignAmount]);
    let pair = pair(columns, profile, words);
    let filled = |place: usize| profile.column(place).filled;
    let either = |money: &Money| match money {
        Money::Pair { debit: Some(debit), credit: Some(credit) } => profile.both_and_either(*debit, *credit).1,
        Money::Pair { debit: Some(one), credit: None } | Money::Pair { debit: None, credit: Some(one) } => filled(*one),
        Money::Pair { .. } | Money::Single(_) => 0,
    };
    match (single, pair) {
        (Some(single), Some(pair)) => {
            let tells = profile.column(single).numbers.negative > 0 || roles::direction(columns, profile).is_some();
            let poor = filled(single) * 10 < either(&pair) * 9;
            Some(if poor || !tells { pair } else { Money::Single(single) })
        }
        (Some(single), None) => Some(Money::Single(single)),
        (None, Some(pair)) => Some(by_sides(columns, profile, pair)),
        (None, None) => foreign.or_else(|| lone_side(columns, profile)).map(Money::Single),
    }
}

/// Debit and credit, if (nearly) no row holds both.
fn pair(columns: &[Headed], profile: &Profile, words: &Words) -> Option<Money> {
    let debit = roles::best(columns, profile, &[Meaning::Debit]);
    let credit = roles::best(columns, profile, &[Meaning::Credit]);
    match (debit, credit) {
        (Some(debit), None) if let Some(purchases) = purchases_beside(columns, profile, debit, words) => {
            Some(Money::Pair { debit: Some(purchases), credit: Some(debit) })
        }
        (Some(debit), Some(credit)) => {
            let (both, either) = profile.both_and_either(debit, credit);
            (both * 50 <= either).then_some(Money::Pair { debit: Some(debit), credit: Some(credit) })
        }
        (Some(one), None) if let Some(other) = complement(columns, profile, one) => {
            Some(Money::Pair { debit: Some(one), credit: Some(other) })
        }
        (None, Some(one)) if let Some(other) = complement(columns, profile, one) => {
            Some(Money::Pair { debit: Some(other), credit: Some(one) })
        }
        // A column of both signs is an amount, whatever its name; see `lone_side`.
        (Some(one), None) | (None, Some(one)) if profile.column(one).numbers.negative == 0 => {
            Some(Money::Pair { debit, credit })
        }
        _ => None,
    }
}

/// The purchases of a card whose other column, also named as money out, holds the payments to it.
fn purchases_beside(columns: &[Headed], profile: &Profile, one: usize, words: &Words) -> Option<usize> {
    let is_spending = |place: usize| columns.get(place).is_some_and(|column| words.is_spending(&column.header));
    let meaning = |place: usize| columns.get(place).and_then(|column| column.meaning);
    let may_be =
        |place: &usize| *place != one && meaning(*place).is_none_or(|it| it == Meaning::Debit) && is_spending(*place);
    let other = (0..columns.len()).filter(may_be).find(|other| excludes(profile, one, *other));
    other.filter(|_| !is_spending(one))
}

/// The other side of a column of debits or credits: one that no header explains and that is filled where the first is not.
fn complement(columns: &[Headed], profile: &Profile, one: usize) -> Option<usize> {
    let may_be = |place: &usize| {
        let meaning = columns.get(*place).and_then(|column| column.meaning);
        *place != one && meaning.is_none_or(|it| it == Meaning::Amount) && profile.column(*place).is_numbers()
    };
    (0..profile.columns.len()).filter(may_be).find(|other| excludes(profile, one, *other))
}

/// Of one side only, with a column that names both sides: the column of amounts for both, such as `Payment` beside `Cr/Dr`.
fn by_sides(columns: &[Headed], profile: &Profile, pair: Money) -> Money {
    let (Money::Pair { debit: Some(one), credit: None } | Money::Pair { debit: None, credit: Some(one) }) = pair else {
        return pair;
    };
    let sides = roles::direction(columns, profile).map(|place| profile.column(place));
    let tells_both = sides.is_some_and(|sides| sides.side_in > 0 && sides.side_out > 0);
    if tells_both { Money::Single(one) } else { pair }
}

/// One of debit and credit that holds both signs, such as a column `Inflow` with negative numbers.
fn lone_side(columns: &[Headed], profile: &Profile) -> Option<usize> {
    let debit = roles::best(columns, profile, &[Meaning::Debit]);
    let credit = roles::best(columns, profile, &[Meaning::Credit]);
    match (debit, credit) {
        (Some(one), None) | (None, Some(one)) => Some(one),
        _ => None,
    }
}

/// Chooses among the columns of numbers that no header names.
fn by_values(columns: &[Headed], profile: &Profile, words: &Words, balance: Option<usize>) -> Option<Chosen> {
    let numbers = |place: &usize| {
        let column = profile.column(*place);
        let named = columns.get(*place).and_then(|column| column.meaning).is_some();
        !named && column.is_numbers() && column.numbers.like_ids * 4 <= column.numbers.count
    };
    let all: Vec<usize> = (0..profile.columns.len()).filter(numbers).collect();
    let with_decimals: Vec<usize> =
        all.iter().copied().filter(|place| profile.column(*place).numbers.looks_like_money()).collect();
    let candidates = if with_decimals.is_empty() { all.clone() } else { with_decimals };
    let chosen = chained(&candidates, profile, balance, words)
        .or_else(|| before_and_after(&candidates, profile, words))
        // A balance may be written without the currency and the decimals of the amounts.
        .or_else(|| if all.len() > candidates.len() { chained(&all, profile, balance, words) } else { None });
    if chosen.is_some() {
        return chosen;
    }
    match candidates.as_slice() {
        [] => None,
        [one] => Some(Chosen { money: Money::Single(*one), balance }),
        [first, .., last] => {
            let exclusive = candidates.iter().enumerate().find_map(|(place, one)| {
                let others = candidates.get(place + 1..).unwrap_or_default();
                let other = others.iter().find(|other| excludes(profile, *one, **other))?;
                Some((*one, *other))
            });
            if let Some((one, other)) = exclusive {
                return oriented(one, other, profile, words).map(|money| Chosen { money, balance });
            }
            let signed: Vec<usize> =
                candidates.iter().copied().filter(|place| profile.column(*place).numbers.negative > 0).collect();
            let amount = match signed.as_slice() {
                [only] => *only,
                // Of two, the balance stands behind the amount; of more, nothing tells.
                _ if candidates.len() == 2 => *first,
                _ => return None,
            };
            // Headers that speak of something else than money are believed.
            if columns.iter().any(|column| column.evidence == Evidence::Header) {
                return None;
            }
            let filled = |place: &usize| profile.column(*place).filled * 10 >= profile.rows * 8;
            let follows = |last: &usize| {
                let reading = Reading::new(profile, Money::Single(amount), Some(*last), None, words);
                reading
                    .map(|reading| chain::links(&reading.rows, 1))
                    .is_some_and(|links| links.best() * 2 > links.total)
            };
            let last = Some(*last).filter(|last| *last != amount && candidates.len() == 2 && filled(last));
            Some(Chosen { money: Money::Single(amount), balance: balance.or(last.filter(follows)) })
        }
    }
}

/// Every row holds one of the two and never both.
fn excludes(profile: &Profile, one: usize, other: usize) -> bool {
    let (both, either) = profile.both_and_either(one, other);
    let each = profile.column(one).filled > 0 && profile.column(other).filled > 0;
    each && both == 0 && either * 10 >= profile.rows * 9
}

/// The choice under which a running balance holds from row to row.
fn chained(candidates: &[usize], profile: &Profile, balance: Option<usize>, words: &Words) -> Option<Chosen> {
    let balances: Vec<usize> = balance.map_or_else(|| candidates.to_vec(), |one| vec![one]);
    let mut choices = Vec::new();
    for &balance in &balances {
        let rest: Vec<usize> = candidates.iter().copied().filter(|place| *place != balance).take(6).collect();
        for &one in &rest {
            choices.push(Chosen { money: Money::Single(one), balance: Some(balance) });
            for &other in rest.iter().filter(|other| **other != one && excludes(profile, one, **other)) {
                let money = Money::Pair { debit: Some(one), credit: Some(other) };
                choices.push(Chosen { money, balance: Some(balance) });
            }
        }
    }
    let holds = |chosen: &&Chosen| {
        let reading = Reading::new(profile, chosen.money, chosen.balance, None, words);
        // Nothing follows from amounts that are nothing.
        let moves = |rows: &[(i128, i128)]| rows.iter().filter(|row| row.0 != 0).count() * 2 >= rows.len();
        let chain = reading.filter(|one| moves(&one.rows)).map(|one| chain::links(&one.rows, 1));
        // Two numbers follow from each other by chance.
        chain.is_some_and(|links| links.total > 1 && links.best() == links.total)
    };
    choices.iter().find(holds).copied()
}

/// Three columns of which one is the balance before, one the amount and one the balance after, in every row.
fn before_and_after(candidates: &[usize], profile: &Profile, words: &Words) -> Option<Chosen> {
    let few = candidates.get(..candidates.len().min(5))?;
    let readings = |amount: usize, balance: usize| {
        Reading::new(profile, Money::Single(amount), Some(balance), None, words).map(|reading| reading.rows)
    };
    for &after in few {
        for &before in few.iter().filter(|before| **before != after) {
            for &amount in few.iter().filter(|amount| **amount != after && **amount != before) {
                let (Some(one), Some(other)) = (readings(amount, after), readings(amount, before)) else { continue };
                let holds =
                    one.iter().zip(&other).all(|(after, before)| before.1.checked_add(after.0) == Some(after.1));
                // The amount and the balance before are told apart by the sign.
                if holds && !one.is_empty() && profile.column(amount).numbers.negative > 0 {
                    return Some(Chosen { money: Money::Single(amount), balance: Some(after) });
                }
            }
        }
    }
    None
}

/// Which of two columns is money out: by their signs, else by the words of their rows.
fn oriented(one: usize, other: usize, profile: &Profile, words: &Words) -> Option<Money> {
    let pair = |debit, credit| Some(Money::Pair { debit: Some(debit), credit: Some(credit) });
    let (left, right) = (profile.column(one).numbers, profile.column(other).numbers);
    let lone_minus =
        |stats: &NumberStats, other: &NumberStats| stats.negative > 0 && stats.positive == 0 && other.negative == 0;
    let minus = match (lone_minus(&left, &right), lone_minus(&right, &left)) {
        (true, _) => Some((one, other)),
        (_, true) => Some((other, one)),
        _ => None,
    };
    if let Some((minus, plus)) = minus {
        // On the statement of a card, what has a minus is what its holder paid.
        let paid = |row: &&Vec<Box<str>>| row.iter().any(|cell| cell.len() > 8 && words.is_card_payment(cell));
        let holds = |place: usize| {
            profile.sample.iter().filter(paid).any(|row| row.get(place).is_some_and(|cell| !cell.is_empty()))
        };
        return if holds(minus) && !holds(plus) { pair(plus, minus) } else { pair(minus, plus) };
    }
    let mut votes = [0_u32; 2];
    for row in &profile.sample {
        let number = |place: usize| row.get(place).is_some_and(|cell| cell.bytes().any(|byte| byte.is_ascii_digit()));
        let texts = row.iter().filter(|cell| cell.chars().any(char::is_alphabetic));
        let Some(side) = texts.into_iter().find_map(|cell| words.hint(cell)) else { continue };
        // A vote for "the first column is money out".
        let first_is_out = (side == Side::Out) == number(one);
        if number(one) != number(other) {
            *if first_is_out { &mut votes[0] } else { &mut votes[1] } += 1;
        }
    }
    match votes {
        [out, into] if out >= 2 && out >= into * 4 => pair(one, other),
        [out, into] if into >= 2 && into >= out * 4 => pair(other, one),
        _ => None,
    }
}
