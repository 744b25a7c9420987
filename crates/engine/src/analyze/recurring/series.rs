//! Finds series of payments with a regular cadence and a steady amount among the payments of one counterparty.

use time::{Date, Duration, Month};

/// One payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Payment {
    pub(crate) date: Date,
    /// Without its sign.
    pub(crate) units: i128,
    /// The transaction's number.
    pub(crate) number: u32,
}

/// How often a payment comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cadence {
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
}

impl Cadence {
    const ALL: [Self; 5] = [Self::Week, Self::Fortnight, Self::Month, Self::Quarter, Self::Year];

    /// The stable name, as in the report.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Week => "weekly",
            Self::Fortnight => "fortnightly",
            Self::Month => "monthly",
            Self::Quarter => "quarterly",
            Self::Year => "yearly",
        }
    }

    /// Days from one payment to the next: weekends, holidays and months of unequal length are within.
    pub(crate) const fn days(self) -> (i64, i64) {
        match self {
            Self::Week => (5, 9),
            Self::Fortnight => (12, 16),
            Self::Month => (25, 37),
            Self::Quarter => (82, 101),
            Self::Year => (350, 380),
        }
    }

    /// How many a year.
    pub(crate) const fn times_a_year(self) -> i128 {
        match self {
            Self::Week => 52,
            Self::Fortnight => 26,
            Self::Month => 12,
            Self::Quarter => 4,
            Self::Year => 1,
        }
    }

    /// How late a payment may be before it is missing.
    pub(crate) const fn patience(self) -> Duration {
        Duration::days(match self {
            Self::Week => 3,
            Self::Fortnight => 5,
            Self::Month => 8,
            Self::Quarter => 15,
            Self::Year => 30,
        })
    }

    /// Fewer payments are no series.
    const fn least(self) -> usize {
        match self {
            Self::Week => 5,
            Self::Fortnight => 4,
            Self::Month | Self::Quarter | Self::Year => 3,
        }
    }

    const fn months(self) -> Option<i32> {
        match self {
            Self::Week | Self::Fortnight => None,
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::Year => Some(12),
        }
    }

    /// The day a payment is due after another: months later on the usual day of the month, or so many days later.
    pub(crate) fn next(self, last: Date, usual_day: u8) -> Option<Date> {
        let Some(months) = self.months() else {
            let (least, most) = self.days();
            return last.checked_add(Duration::days((least + most) / 2));
        };
        // A payment that slipped over the end of its month still belongs to it.
        let belongs = if last.day() + 15 < usual_day { last.checked_sub(Duration::days(15))? } else { last };
        let belongs = if belongs.day() > usual_day + 15 { last.checked_add(Duration::days(15))? } else { belongs };
        let index = belongs.year() * 12 + i32::from(u8::from(belongs.month())) - 1 + months;
        let month = Month::try_from(u8::try_from(index.rem_euclid(12) + 1).ok()?).ok()?;
        let year = index.div_euclid(12);
        Date::from_calendar_date(year, month, usual_day.min(month.length(year))).ok()
    }

    /// How many cadences a gap is long; `None` where it is no whole number of them.
    fn periods(self, gap: i64) -> Option<i64> {
        let (least, most) = self.days();
        (1..=LONGEST_GAP).find(|times| (least * times..=most * times).contains(&gap))
    }
}

/// A gap of more cadences than this ends a series.
const LONGEST_GAP: i64 = 3;

/// Of the gaps, at least this many per cent are one cadence long.
const REGULAR: usize = 75;

/// Amounts within one per cent are the same price; prices are fixed where six of ten payments repeat the one before.
const SAME: i128 = 100;
const FIXED: usize = 60;

/// Without fixed prices, eight of ten amounts lie within a quarter of the median, and there are at least so many.
const NEAR: i128 = 4;
const STEADY: usize = 80;
const STEADY_LEAST: usize = 4;

/// Payments that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Series {
    pub(crate) cadence: Cadence,
    /// Ascending by date; never empty.
    pub(crate) payments: Vec<Payment>,
    /// Each payment costs the same, but for changes of the price.
    pub(crate) is_fixed: bool,
}

impl Series {
    pub(crate) fn last(&self) -> Option<&Payment> {
        self.payments.last()
    }

    /// The upper median of the days of the month.
    pub(crate) fn usual_day(&self) -> u8 {
        let mut days: Vec<u8> = self.payments.iter().map(|payment| payment.date.day()).collect();
        days.sort_unstable();
        days.get(days.len() / 2).copied().unwrap_or(1)
    }

    /// The day the next payment is due.
    pub(crate) fn next(&self) -> Option<Date> {
        self.cadence.next(self.last()?.date, self.usual_day())
    }

    /// How many gaps are one cadence long, and how many there are.
    pub(crate) fn punctuality(&self) -> (usize, usize) {
        let on_time = gaps(&self.payments).filter(|gap| self.cadence.periods(*gap) == Some(1)).count();
        (on_time, self.payments.len().saturating_sub(1))
    }

    /// The payment before which a payment is missing, the latest, and how many cadences its gap is long.
    pub(crate) fn latest_gap(&self) -> Option<(&Payment, &Payment)> {
        let pairs = self.payments.iter().zip(self.payments.iter().skip(1)).rev();
        pairs.into_iter().find(|(one, other)| self.cadence.periods((other.date - one.date).whole_days()) > Some(1))
    }

    /// The latest change of a fixed price: the last payment of the old price and the first of the new one.
    pub(crate) fn price_change(&self) -> Option<(&Payment, &Payment)> {
        let mut pairs = self.payments.iter().zip(self.payments.iter().skip(1)).rev();
        let (before, after) = pairs.find(|(one, other)| !is_same(one.units, other.units)).filter(|_| self.is_fixed)?;
        // A price that was paid once may have been an exception.
        let held = self.payments.iter().filter(|payment| is_same(payment.units, before.units)).count();
        (held > 1).then_some((before, after))
    }
}

/// Finds the series among the payments of one counterparty and direction, which ascend by date.
pub(crate) fn series(payments: &[Payment]) -> Vec<Series> {
    if let Some(all) = regular(payments) {
        return vec![all];
    }
    // One payment quite out of the ordinary does not end a series.
    if let Some(usual) = regular(&ordinary(payments)) {
        return vec![usual];
    }
    let mut by_amount = payments.to_vec();
    by_amount.sort_by_key(|payment| (payment.units, payment.date, payment.number));
    let (mut found, mut rest) = (Vec::new(), Vec::new());
    for same in by_amount.chunk_by(|one, other| one.units == other.units) {
        match regular(same) {
            Some(series) => found.push(series),
            None => rest.extend_from_slice(same),
        }
    }
    // Each payment within a tenth of the next: bills that vary a little, beside others of quite another size.
    for near in rest.chunk_by(|one, other| other.units <= one.units.saturating_add(one.units / 10)) {
        let mut near = near.to_vec();
        near.sort_by_key(|payment| (payment.date, payment.number));
        found.extend(regular(&near));
    }
    found
}

/// The payments without those above twice or below half of the median.
fn ordinary(payments: &[Payment]) -> Vec<Payment> {
    let mut units: Vec<i128> = payments.iter().map(|payment| payment.units).collect();
    units.sort_unstable();
    let middle = units.get(units.len() / 2).copied().unwrap_or_default();
    let is_ordinary = |payment: &&Payment| payment.units / 2 <= middle && payment.units >= middle / 2;
    payments.iter().filter(is_ordinary).copied().collect()
}

/// The payments as one series, where they are one.
fn regular(payments: &[Payment]) -> Option<Series> {
    let cadence = cadence(payments)?;
    let is_fixed = is_fixed(payments);
    let is_steady = cadence.months().is_some() && payments.len() >= STEADY_LEAST && is_steady(payments);
    (is_fixed || is_steady).then(|| Series { cadence, payments: payments.to_vec(), is_fixed })
}

/// The cadence of the median gap, where the other gaps agree.
fn cadence(payments: &[Payment]) -> Option<Cadence> {
    let mut sorted: Vec<i64> = gaps(payments).collect();
    sorted.sort_unstable();
    let middle = *sorted.get(sorted.len() / 2)?;
    let cadence = Cadence::ALL.into_iter().find(|cadence| cadence.periods(middle) == Some(1))?;
    let on_time = sorted.iter().filter(|gap| cadence.periods(**gap) == Some(1)).count();
    let is_whole = sorted.iter().all(|gap| cadence.periods(*gap).is_some());
    (payments.len() >= cadence.least() && is_whole && on_time * 100 >= sorted.len() * REGULAR).then_some(cadence)
}

fn is_fixed(payments: &[Payment]) -> bool {
    let pairs = payments.iter().zip(payments.iter().skip(1));
    let same = pairs.filter(|(one, other)| is_same(one.units, other.units)).count();
    same * 100 >= payments.len().saturating_sub(1) * FIXED
}

fn is_steady(payments: &[Payment]) -> bool {
    let mut units: Vec<i128> = payments.iter().map(|payment| payment.units).collect();
    units.sort_unstable();
    let middle = units.get(units.len() / 2).copied().unwrap_or_default();
    let near = units.iter().filter(|units| (*units - middle).abs() <= middle / NEAR).count();
    near * 100 >= units.len() * STEADY
}

fn is_same(one: i128, other: i128) -> bool {
    (one - other).abs() <= one.max(other) / SAME
}

fn gaps(payments: &[Payment]) -> impl Iterator<Item = i64> {
    payments.iter().zip(payments.iter().skip(1)).map(|(one, other)| (other.date - one.date).whole_days())
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn payments(list: &[(Date, i128)]) -> Vec<Payment> {
        list.iter().zip(1..).map(|((date, units), number)| Payment { date: *date, units: *units, number }).collect()
    }

    fn every(days: i64, count: i64, units: impl Fn(i64) -> i128) -> Vec<Payment> {
        let start = date!(2025 - 01 - 06);
        payments(&(0..count).map(|place| (start + Duration::days(place * days), units(place))).collect::<Vec<_>>())
    }

    fn cadences(payments: &[Payment]) -> Vec<Cadence> {
        series(payments).iter().map(|series| series.cadence).collect()
    }

    #[test]
    fn each_cadence_is_told_by_its_gaps() {
        for (days, cadence) in [
            (7, Cadence::Week),
            (14, Cadence::Fortnight),
            (30, Cadence::Month),
            (91, Cadence::Quarter),
            (365, Cadence::Year),
        ] {
            assert_eq!(cadences(&every(days, 6, |_| 999)), [cadence]);
        }
        assert_eq!(cadences(&every(19, 8, |_| 999)), []);
        assert_eq!(cadences(&every(30, 2, |_| 999)), []);
    }

    #[test]
    fn varying_amounts_are_a_series_only_if_they_are_steady_and_monthly() {
        assert_eq!(cadences(&every(30, 8, |place| 10_000 + i128::from(place * 733 % 1_900))), [Cadence::Month]);
        assert_eq!(cadences(&every(30, 8, |place| 1_000 + i128::from(place * 7_919 % 19_000))), []);
        assert_eq!(cadences(&every(7, 20, |place| 4_000 + i128::from(place * 733 % 1_900))), []);
    }

    #[test]
    fn two_subscriptions_of_one_counterparty_are_two_series() {
        let mut both = every(30, 8, |_| 999);
        both.extend(
            every(30, 8, |_| 1_499).into_iter().map(|one| Payment { date: one.date + Duration::days(4), ..one }),
        );
        both.sort_by_key(|one| one.date);
        assert_eq!(cadences(&both), [Cadence::Month, Cadence::Month]);
    }

    #[test]
    fn a_new_price_is_told_once_it_replaces_one_that_held() {
        let raised = every(30, 9, |place| if place < 6 { 999 } else { 1_199 });
        let found = series(&raised);
        let (before, after) = found[0].price_change().expect("a change");
        assert_eq!((before.units, after.units, after.number), (999, 1_199, 7));
        let (steady, exception) = (every(30, 9, |_| 999), every(30, 9, |place| if place < 1 { 500 } else { 999 }));
        assert!(series(&steady)[0].price_change().is_none());
        assert!(series(&exception)[0].price_change().is_none());
    }

    #[test]
    fn an_extraordinary_payment_between_the_others_does_not_end_a_series() {
        let mut rent = every(30, 9, |place| if place < 6 { 90_000 } else { 95_000 });
        rent.insert(3, Payment { date: rent[2].date + Duration::days(11), units: 412_345, number: 99 });
        let found = series(&rent);
        assert_eq!((found.len(), found[0].payments.len()), (1, 9));
        assert!(found[0].price_change().is_some());
    }

    #[test]
    fn the_next_payment_is_due_on_the_usual_day_of_the_month() {
        let month = |last, day| Cadence::Month.next(last, day);
        assert_eq!(month(date!(2025 - 01 - 31), 31), Some(date!(2025 - 02 - 28)));
        assert_eq!(month(date!(2025 - 02 - 28), 31), Some(date!(2025 - 03 - 31)));
        // Over the weekend into the next month, and before it into the month before.
        assert_eq!(month(date!(2025 - 06 - 02), 31), Some(date!(2025 - 06 - 30)));
        assert_eq!(month(date!(2025 - 05 - 30), 1), Some(date!(2025 - 07 - 01)));
        assert_eq!(Cadence::Week.next(date!(2025 - 01 - 06), 6), Some(date!(2025 - 01 - 13)));
        assert_eq!(Cadence::Year.next(date!(2024 - 02 - 29), 29), Some(date!(2025 - 02 - 28)));
    }

    #[test]
    fn a_gap_of_two_months_is_a_missing_payment_and_not_the_end() {
        let mut rent = every(30, 12, |_| 90_000);
        rent.remove(6);
        let found = series(&rent);
        let (before, after) = found[0].latest_gap().expect("a gap");
        assert_eq!((before.number, after.number), (6, 8));
        assert_eq!(found[0].punctuality(), (9, 10));
    }
}
