//! Which of two names of a row is the other side: payer and payee stand in columns of their own, and one of them is the
//! holder of the account.

use std::collections::HashMap;

use super::{
    profile::{Profile, is_dash},
    records::Record,
    roles::Headed,
};
use crate::import::words::{Side, Words, fold};

/// How the other side is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parties {
    /// Columns of names, best first.
    pub(crate) columns: Vec<usize>,
    /// Who pays and who is paid, where two columns tell them apart.
    sides: Option<(usize, usize)>,
    /// The folded name of the holder, which stands in one of the two columns of every row.
    holder: Option<String>,
}

impl Parties {
    /// Decides for the columns of names.
    pub(crate) fn decide(places: Vec<usize>, columns: &[Headed], profile: &Profile, words: &Words) -> Self {
        let of = |side: Side| {
            let named = |place: &usize| columns.get(*place).is_some_and(|one| words.party(&one.header) == Some(side));
            places.iter().copied().find(named)
        };
        // Who pays is the other side of money in.
        let sides = of(Side::In).zip(of(Side::Out));
        let holder = match places.as_slice() {
            [one, other] => holder(*one, *other, profile),
            _ => None,
        };
        Self { columns: places, sides, holder }
    }

    /// Whether it is the first name that a row has, whatever the direction of its money.
    pub(crate) fn is_first(&self) -> bool {
        self.sides.is_none() && self.holder.is_none()
    }

    /// The other side of a row by the direction of its money; empty where the row does not name it.
    pub(crate) fn of<'r>(&self, record: &'r Record, side: Side) -> &'r str {
        let cell = |place: usize| Some(record.get(place)).filter(|cell| !cell.is_empty() && !is_dash(cell));
        if let (Some(holder), [one, other]) = (&self.holder, self.columns.as_slice()) {
            let is_other = |name: &&str| fold(name) != *holder;
            if let Some(name) = cell(*one).filter(is_other).or_else(|| cell(*other).filter(is_other)) {
                return name;
            }
        }
        if let Some((payer, payee)) = self.sides {
            let (first, second) = if side == Side::In { (payer, payee) } else { (payee, payer) };
            return cell(first).or_else(|| cell(second)).unwrap_or_default();
        }
        self.columns.iter().find_map(|place| cell(*place)).unwrap_or_default()
    }
}

/// The one name that stands in one of both columns of nearly every row: on both sides, or on one beside several others.
fn holder(one: usize, other: usize, profile: &Profile) -> Option<String> {
    const FEWEST_ROWS: usize = 3;
    let mut counts = HashMap::<String, [usize; 2]>::new();
    let mut rows = 0;
    for row in &profile.sample {
        let name = |place: usize| row.get(place).map(|cell| fold(cell)).filter(|name| !name.is_empty());
        let (Some(left), Some(right)) = (name(one), name(other)) else { continue };
        rows += 1;
        counts.entry(left.clone()).or_default()[0] += 1;
        if left != right {
            counts.entry(right).or_default()[1] += 1;
        }
    }
    let several =
        |side: usize| counts.values().filter(|count| count.get(side).is_some_and(|count| *count > 0)).count() > 1;
    let (name, [left, right]) = counts.iter().max_by_key(|(_, [left, right])| left + right)?;
    let is_holder = match (left, right) {
        (1.., 1..) => true,
        (1.., 0) => several(1),
        _ => several(0),
    };
    (rows >= FEWEST_ROWS && (left + right) * 10 >= rows * 9 && is_holder).then(|| name.clone())
}
