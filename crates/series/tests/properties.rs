//! What holds for any series.

use proptest::prelude::*;
use saldo_series::{Error, Forecast, Method, Options, forecast};

/// Values of many kinds: any size and sign, whole amounts, mostly zeros, steps.
fn series() -> impl Strategy<Value = Vec<f64>> {
    let any = prop::num::f64::NORMAL | prop::num::f64::ZERO | prop::num::f64::SUBNORMAL;
    let amounts = (-1_000_000..1_000_000_i64).prop_map(|cents| cents as f64 / 100.0);
    let sparse = prop_oneof![9 => Just(0.0), 1 => 1.0..1e6];
    let positive = 0.01..1e5;
    let length = 8..60_usize;
    prop_oneof![
        prop::collection::vec(any, length.clone()),
        prop::collection::vec(amounts, length.clone()),
        prop::collection::vec(sparse, length.clone()),
        prop::collection::vec(positive, length),
    ]
}

fn check(told: &Forecast, points: usize, horizon: usize) {
    assert_eq!(told.points.len(), horizon);
    for point in &told.points {
        let ends = [point.low95, point.low80, point.mean, point.high80, point.high95];
        assert!(ends.iter().all(|end| end.is_finite()), "{point:?}");
        assert!(ends.is_sorted(), "{point:?}");
    }
    assert!(!told.origins.is_empty());
    assert!(told.origins.is_sorted_by_key(|origin| origin.at));
    for origin in &told.origins {
        assert!(
            origin.at < points && origin.means.len() == horizon && origin.means.iter().all(|mean| mean.is_finite())
        );
    }
    assert_eq!(told.scores.len(), Method::ALL.len());
    assert!(told.scores.iter().all(|score| (0.0..=200.0).contains(&score.smape)));
    assert!(told.scores.iter().all(|score| score.mase.is_none_or(|mase| mase.is_finite() && mase >= 0.0)));
    assert!(told.scores.is_sorted_by(|a, b| a.mase <= b.mase));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_series_gives_ordered_finite_intervals_or_a_reason(
        values in series(), season in 0..14_usize, horizon in 1..30_usize,
    ) {
        match forecast(&values, &Options { season, horizon }) {
            Ok(told) => check(&told, values.len(), horizon),
            Err(error) => assert_eq!(error, Error::OutOfRange),
        }
    }

    #[test]
    fn the_same_series_gives_the_same_forecast(values in series(), season in 1..13_usize) {
        let options = Options { season, horizon: 5 };
        prop_assert_eq!(forecast(&values, &options), forecast(&values, &options));
    }

    #[test]
    fn a_power_of_two_as_unit_changes_nothing_but_the_unit(
        values in prop::collection::vec(0.01..1e5, 8..60), season in 1..13_usize, power in -60..60_i32,
    ) {
        let options = Options { season, horizon: 5 };
        let unit = 2_f64.powi(power);
        let scaled: Vec<f64> = values.iter().map(|value| value * unit).collect();
        let (plain, other) = (forecast(&values, &options).unwrap(), forecast(&scaled, &options).unwrap());
        prop_assert_eq!(plain.scores, other.scores);
        for (one, other) in plain.points.iter().zip(&other.points) {
            prop_assert_eq!((one.mean * unit).to_bits(), other.mean.to_bits());
            prop_assert_eq!((one.high95 * unit).to_bits(), other.high95.to_bits());
        }
    }
}
