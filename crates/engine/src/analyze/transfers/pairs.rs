//! Matches money that left one account with the same money that reached another.

/// One movement that may be half of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leg {
    pub(super) number: u32,
    /// Julian day.
    pub(super) day: i32,
    pub(super) account: u32,
    /// Currency and amount without its sign, as a number that differs where they differ.
    pub(super) amount: u64,
    pub(super) is_out: bool,
    /// Its words or its category say that it is a transfer.
    pub(super) says_so: bool,
    /// Its account is a card or a person that spends from an account, not an account that money moves to.
    pub(super) is_card: bool,
    /// One or two digits and zeros: such amounts meet by chance.
    pub(super) is_round: bool,
}

/// Most days between the two halves: a weekend and a holiday.
const MOST_DAYS: i32 = 4;

/// Most days where no words say that it is a transfer.
const MOST_DAYS_SILENT: i32 = 1;

/// Halves tried for one movement; more equal amounts within days are no transfers that could be told apart.
const TRIED: usize = 16;

/// Numbers of transactions, out and in, ascending by the first. Each transaction is in one pair at most.
///
/// Pairs are sought in rounds: both halves say so, then one, then none. Of two cards both have to say so. Where none does,
/// no third movement may have the amount, and `belong`, which gets out and in, has to tell that they are of one transfer.
pub(super) fn pairs(mut legs: Vec<Leg>, belong: impl Fn(&Leg, &Leg) -> bool) -> Vec<(u32, u32)> {
    legs.sort_unstable_by_key(|leg| (leg.amount, leg.day, leg.number));
    let mut pairs = Vec::new();
    for same in legs.chunk_by(|one, other| one.amount == other.amount).filter(|same| same.len() > 1) {
        let mut taken = vec![false; same.len()];
        for least in [2, 1] {
            said(same, least, &mut taken, &mut pairs);
        }
        if let ([one, other], [false, false]) = (same, taken.as_slice()) {
            let (out, inward) = if one.is_out { (one, other) } else { (other, one) };
            let may_be = !one.is_round && one.is_out != other.is_out && one.account != other.account;
            let is_near = other.day - one.day <= MOST_DAYS_SILENT;
            if may_be && is_near && !(one.is_card && other.is_card) && belong(out, inward) {
                pairs.push((out.number, inward.number));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Pairs of which at least so many halves say that they are transfers, the nearest in time first for each that went out.
fn said(same: &[Leg], least: u8, taken: &mut [bool], pairs: &mut Vec<(u32, u32)>) {
    for (place, out) in same.iter().enumerate().filter(|(_, leg)| leg.is_out) {
        if taken.get(place) != Some(&false) {
            continue;
        }
        let first = same.partition_point(|leg| leg.day < out.day - MOST_DAYS);
        let near = same.iter().enumerate().skip(first).take_while(|(_, leg)| leg.day <= out.day + MOST_DAYS);
        let fits = |place: usize, leg: &Leg| {
            let says = u8::from(leg.says_so) + u8::from(out.says_so);
            let least = if leg.is_card && out.is_card { 2 } else { least };
            !leg.is_out && leg.account != out.account && says >= least && taken.get(place) == Some(&false)
        };
        let candidates = near.take(TRIED).filter(|(place, leg)| fits(*place, leg));
        let Some((other, leg)) = candidates.min_by_key(|(_, leg)| ((leg.day - out.day).abs(), leg.number)) else {
            continue;
        };
        pairs.push((out.number, leg.number));
        for place in [place, other] {
            if let Some(taken) = taken.get_mut(place) {
                *taken = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leg(number: u32, day: i32, account: u32, units: i64, says_so: bool) -> Leg {
        let amount = units.unsigned_abs();
        let is_round = amount.is_multiple_of(1_000);
        Leg { number, day, account, amount, is_out: units < 0, says_so, is_card: false, is_round }
    }

    /// The pairs of legs of which nothing but their words tells anything.
    fn said(legs: Vec<Leg>) -> Vec<(u32, u32)> {
        pairs(legs, |_, _| false)
    }

    fn proved(legs: Vec<Leg>) -> Vec<(u32, u32)> {
        pairs(legs, |_, _| true)
    }

    #[test]
    fn halves_that_say_so_are_matched_within_days_and_one_to_one() {
        let legs = vec![leg(1, 10, 0, -50_000, true), leg(2, 12, 1, 50_000, true), leg(3, 13, 1, 50_000, true)];
        assert_eq!(said(legs), [(1, 2)]);
        assert_eq!(said(vec![leg(1, 10, 0, -50_000, true), leg(2, 16, 1, 50_000, true)]), []);
        assert_eq!(said(vec![leg(1, 10, 0, -50_000, true), leg(2, 10, 0, 50_000, true)]), []);
    }

    #[test]
    fn a_fee_of_the_same_amount_is_no_transfer() {
        let legs = vec![leg(1, 10, 0, -50_000, false), leg(2, 10, 0, -50_000, true), leg(3, 10, 1, 50_000, true)];
        assert_eq!(said(legs), [(2, 3)]);
    }

    #[test]
    fn without_words_only_an_amount_of_its_own_that_is_proved_is_a_transfer() {
        let two = || vec![leg(1, 10, 0, -48_317, false), leg(2, 11, 1, 48_317, false)];
        assert_eq!(proved(two()), [(1, 2)]);
        assert_eq!(said(two()), []);
        assert_eq!(proved(vec![leg(1, 10, 0, -48_000, false), leg(2, 11, 1, 48_000, false)]), []);
        assert_eq!(proved(two().into_iter().chain([leg(3, 90, 1, 48_317, false)]).collect()), []);
    }

    #[test]
    fn between_cards_money_moves_only_where_both_say_so() {
        let of_cards = |one, other| {
            let legs = [leg(1, 10, 0, -48_317, one), leg(2, 11, 1, 48_317, other)];
            proved(legs.into_iter().map(|leg| Leg { is_card: true, ..leg }).collect())
        };
        assert_eq!(of_cards(true, true), [(1, 2)]);
        assert_eq!(of_cards(true, false), []);
        assert_eq!(of_cards(false, false), []);
    }

    #[test]
    fn very_many_equal_amounts_are_matched_quickly() {
        let legs = (0..200_000_u32)
            .map(|number| leg(number + 1, 10, number % 2, if number % 4 < 2 { -50_000 } else { 50_000 }, true));
        assert!(said(legs.collect()).len() <= 100_000);
    }
}
