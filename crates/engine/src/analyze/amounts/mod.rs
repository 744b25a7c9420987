//! How probable it is that an amount is wrong or out of the ordinary, given the amounts seen before.
//!
//! Three explanations of an amount x compete, and Bayes' rule gives the odds between them:
//!
//! - usual: x comes from the amounts seen with this counterparty in this category. The density of ln x is estimated from the
//!   neighbours within several distances (a mixture of boxcar kernels; the narrowest holds fixed prices) and backed off from
//!   counterparty and category over the counterparty and the category to all amounts, each level smoothed by the next with a
//!   Dirichlet prior (MacKay & Peto, 1995).
//! - misplaced decimal point: x / 10 or x / 100 comes from those amounts. That shift adds zeros at the end and can never make
//!   another digit, so how often the amounts end in zeros counts as well.
//! - much larger: x is anything above the usual, with a tail so heavy (1 / (1 + d)² at a distance d of logarithms) that no
//!   size is ruled out.
//!
//! Scores are floats: they order findings and are no amounts.

mod level;

use level::{Key, Level, ZERO_CLASSES};

/// Most amounts kept as history; of more, every second, third, … is kept. Half a million tell as much as all.
const HISTORY: usize = 1 << 19;

/// Before an amount is seen: one in a thousand has its decimal point misplaced, two in a thousand are large for another
/// reason.
const PRIOR_MISPLACED: f64 = 1e-3;
const PRIOR_LARGER: f64 = 2e-3;

/// Of the misplaced decimal points, how many places they moved.
const SHIFTS: [(u8, f64); 2] = [(1, 0.7), (2, 0.3)];

/// How many observations the level above is worth, from counterparty and category to all amounts.
const WORTH: [f64; 4] = [3.0, 3.0, 3.0, 1.0];

/// The density of amounts that were never seen anywhere near: some e^9 are possible, so about one in ten thousand.
const ANYWHERE: f64 = 1e-4;

/// Observations that make a counterparty's or a category's median a yardstick.
const PARTY_HISTORY: usize = 8;
const CATEGORY_HISTORY: usize = 20;

/// One amount of money in or out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Amounts of different sides are never compared: a currency and direction, numbered by the caller.
    pub side: u32,
    /// Numbered by the caller.
    pub category: u32,
    /// The other side where known, numbered by the caller.
    pub party: Option<u32>,
    /// Minor units without a sign, at one number of decimals for each side.
    pub units: u128,
}

/// The amounts seen before.
#[derive(Debug)]
pub struct UsualAmounts {
    /// Every so many-th amount is kept.
    step: usize,
    /// From the narrowest to all amounts of the side.
    levels: [Level; 4],
}

/// The odds of the unusual explanations of an amount against the usual one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Odds {
    /// That the decimal point is misplaced.
    pub misplaced: f64,
    /// By how many places, the most probable.
    pub places: u8,
    /// That it is much larger than usual.
    pub larger: f64,
    /// Against what it is measured.
    pub basis: Basis,
    /// How many times the median of that basis, as a logarithm.
    pub distance: f64,
}

/// The narrowest group with a history of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// The counterparty.
    Party,
    /// The category.
    Category,
    /// All amounts of the side.
    #[default]
    Side,
}

impl Odds {
    /// The probability that the amount is unusual, from 0 to 1.
    pub fn score(&self) -> f64 {
        let odds = self.misplaced + self.larger;
        odds / (1.0 + odds)
    }
}

impl UsualAmounts {
    /// Learns from `count` amounts, in one pass for each of four levels. Amounts of zero tell nothing.
    pub fn new<I: Iterator<Item = Amount>>(count: usize, amounts: impl Fn() -> I) -> Self {
        let step = count.div_ceil(HISTORY).max(1);
        let level = |place: usize| {
            let kept = amounts().step_by(step).filter(|amount| amount.units > 0);
            Level::new(kept.filter_map(|amount| Some((keys(&amount)[place]?, amount.units))))
        };
        Self { step, levels: std::array::from_fn(level) }
    }

    /// Judges an amount that is not part of the history.
    pub fn judge(&self, amount: &Amount) -> Odds {
        self.odds(amount, false)
    }

    /// Judges the amount at a place, from 0, of the history itself by all the others.
    pub fn judge_own(&self, place: usize, amount: &Amount) -> Odds {
        self.odds(amount, place.is_multiple_of(self.step))
    }

    /// The narrowest group with a history of its own, and how many times its median the amount is, as a logarithm.
    pub fn distance(&self, amount: &Amount) -> (Basis, f64) {
        let [_, party, category, side] = keys(amount);
        let group = |place: usize, key: Option<Key>, history| {
            self.levels.get(place)?.group(key?).filter(|group| group.len() >= history)
        };
        let found = group(1, party, PARTY_HISTORY).map(|group| (Basis::Party, group));
        let found = found.or_else(|| Some((Basis::Category, group(2, category, CATEGORY_HISTORY)?)));
        let found = found.or_else(|| Some((Basis::Side, group(3, side, 1)?)));
        found.map_or_else(Default::default, |(basis, group)| (basis, level::log(amount.units) - group.median()))
    }

    fn odds(&self, amount: &Amount, is_own: bool) -> Odds {
        if amount.units == 0 {
            return Odds::default();
        }
        let log = level::log(amount.units);
        let zeros = level::zeros(amount.units);
        let shifted = SHIFTS.map(|(places, _)| log - f64::from(places) * std::f64::consts::LN_10);
        let mut densities = [ANYWHERE; 1 + SHIFTS.len()];
        let mut endings = [1.0 / ZERO_CLASSES as f64; ZERO_CLASSES];
        for (place, key) in keys(amount).into_iter().enumerate().rev() {
            let Some((level, key)) = self.levels.get(place).zip(key) else { continue };
            let Some(group) = level.group(key) else { continue };
            let count = group.count(is_own);
            let worth = WORTH.get(place).copied().unwrap_or(1.0);
            for (density, (at, own)) in
                densities.iter_mut().zip([(log, is_own), (shifted[0], false), (shifted[1], false)])
            {
                *density = (group.neighbours(at, own) + worth * *density) / (count + worth);
            }
            group.endings(zeros, is_own, &mut endings);
        }
        weigh(densities, endings, zeros, self.distance(amount))
    }
}

fn weigh(
    [usual, shifted @ ..]: [f64; 1 + SHIFTS.len()],
    endings: [f64; ZERO_CLASSES],
    zeros: usize,
    (basis, distance): (Basis, f64),
) -> Odds {
    let ending = |zeros: usize| endings.get(zeros).copied().unwrap_or_default();
    let mut odds = Odds { basis, distance, ..Odds::default() };
    let mut best = 0.0;
    for ((places, share), density) in SHIFTS.into_iter().zip(shifted) {
        let Some(before) = zeros.checked_sub(usize::from(places)) else { continue };
        let likelihood = share * density * ending(before) / ending(zeros);
        odds.misplaced += PRIOR_MISPLACED * likelihood / usual;
        if likelihood > best {
            (best, odds.places) = (likelihood, places);
        }
    }
    if distance > 0.0 {
        odds.larger = PRIOR_LARGER / (1.0 + distance).powi(2) / usual;
    }
    odds
}

/// The groups that an amount belongs to, the narrowest first; none where its counterparty is not known.
fn keys(amount: &Amount) -> [Option<Key>; 4] {
    let Amount { side, category, party, .. } = *amount;
    [
        party.map(|party| level::key((side, Some(category), Some(party)))),
        party.map(|party| level::key((side, None, Some(party)))),
        Some(level::key((side, Some(category), None))),
        Some(level::key((side, None, None))),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(party: u32, units: u128) -> Amount {
        Amount { side: 0, category: 1, party: Some(party), units }
    }

    /// A year of purchases between 20.00 and 80.00 with several counterparties.
    fn history() -> Vec<Amount> {
        (0..600_u32).map(|place| amount(place % 6, 2_000 + u128::from(place * 7_919 % 6_000))).collect()
    }

    fn usual() -> UsualAmounts {
        let history = history();
        UsualAmounts::new(history.len(), || history.iter().copied())
    }

    #[test]
    fn usual_amounts_score_low_and_large_ones_high() {
        let usual = usual();
        assert!(usual.judge(&amount(1, 4_512)).score() < 0.01);
        assert!(usual.judge(&amount(1, 9_000)).score() < 0.5);
        let large = usual.judge(&amount(1, 45_127));
        assert!(large.score() > 0.5 && large.larger > large.misplaced, "{large:?}");
        assert_eq!(large.basis, Basis::Party);
    }

    #[test]
    fn a_misplaced_decimal_point_can_only_add_zeros() {
        let usual = usual();
        let shifted = usual.judge(&amount(1, 45_120));
        assert!(shifted.misplaced > shifted.larger && shifted.places == 1, "{shifted:?}");
        let far = usual.judge(&amount(1, 451_200));
        assert!(far.misplaced > far.larger && far.places == 2, "{far:?}");
        assert!(usual.judge(&amount(1, 45_121)).misplaced < 1e-12);
    }

    #[test]
    fn an_amount_of_the_history_does_not_vouch_for_itself() {
        let mut history = history();
        history.push(amount(1, 45_127));
        let usual = UsualAmounts::new(history.len(), || history.iter().copied());
        let place = history.len() - 1;
        assert!(usual.judge_own(place, &history[place]).score() > 0.5);
        assert!(usual.judge(&history[place]).score() < 0.5);
    }

    #[test]
    fn a_newcomer_is_judged_by_its_category() {
        let stranger = usual().judge(&amount(99, 45_127));
        assert_eq!(stranger.basis, Basis::Category);
        assert!(stranger.larger > usual().judge(&amount(99, 4_512)).larger);
    }
}
