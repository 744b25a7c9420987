//! Series that are short, flat, sparse, negative, huge or tiny: a sensible forecast or a reason.

use saldo_series::{Error, FEWEST_POINTS, Forecast, MOST_HORIZON, MOST_POINTS, Method, Options, forecast};

fn monthly(values: &[f64]) -> Result<Forecast, Error> {
    forecast(values, &Options { season: 12, horizon: 6 })
}

/// A year's pattern around a rising line, without chance.
fn sales(count: usize) -> Vec<f64> {
    let shape = [0.9, 0.8, 1.0, 1.0, 1.1, 1.0, 0.9, 0.9, 1.0, 1.1, 1.1, 1.2];
    (0..count).map(|t| (100.0 + t as f64) * shape[t % 12] + ((t * 7) % 5) as f64).collect()
}

fn close(found: f64, expected: f64, part: f64) -> bool {
    (found - expected).abs() <= part * expected.abs()
}

#[test]
fn a_short_series_says_how_many_points_are_missing() {
    let short = [1.0; FEWEST_POINTS - 1];
    let error = forecast(&short, &Options { season: 12, horizon: 6 }).unwrap_err();
    assert_eq!(error, Error::TooShort { points: 7, needed: 8 });
    assert_eq!(error.to_string(), "too short: 7 points, needs 8");
    assert!(forecast(&[], &Options { season: 1, horizon: 1 }).is_err());
}

#[test]
fn eight_points_are_enough_whatever_the_season() {
    for season in [0, 1, 2, 3, 4, 12, 365, usize::MAX] {
        let told = forecast(&sales(8), &Options { season, horizon: 12 }).unwrap();
        assert_eq!(told.points.len(), 12);
        assert!(!told.origins.is_empty());
    }
}

#[test]
fn a_point_that_is_no_number_is_named() {
    let mut values = sales(24);
    values[17] = f64::NAN;
    assert_eq!(forecast(&values, &Options { season: 12, horizon: 6 }), Err(Error::NotFinite { index: 17 }));
    values[3] = f64::INFINITY;
    assert_eq!(forecast(&values, &Options { season: 12, horizon: 6 }), Err(Error::NotFinite { index: 3 }));
}

#[test]
fn a_horizon_has_bounds() {
    for horizon in [0, MOST_HORIZON + 1] {
        let refused = forecast(&sales(24), &Options { season: 12, horizon });
        assert_eq!(refused, Err(Error::Horizon { horizon, most: MOST_HORIZON }));
    }
    let told = forecast(&sales(24), &Options { season: 12, horizon: MOST_HORIZON }).unwrap();
    assert_eq!(told.points.len(), MOST_HORIZON);
}

#[test]
fn a_constant_series_goes_on_and_has_no_width() {
    for value in [0.0, 42.0, -7.5, 1e-300, 1e300] {
        let told = monthly(&[value; 30]).unwrap();
        for point in &told.points {
            assert!(
                close(point.mean, value, 1e-9) && close(point.low95, value, 1e-9) && close(point.high95, value, 1e-9)
            );
        }
        assert_eq!(told.method, Method::Median);
        assert!(told.scores.iter().all(|score| score.mase.is_none() && score.smape < 1e-6));
    }
}

#[test]
fn a_straight_line_goes_on() {
    let line: Vec<f64> = (0..40).map(|t| 1000.0 + 50.0 * f64::from(t)).collect();
    let told = forecast(&line, &Options { season: 1, horizon: 5 }).unwrap();
    for (step, point) in told.points.iter().enumerate() {
        let expected = 1000.0 + 50.0 * (40 + step) as f64;
        assert!(close(point.mean, expected, 0.02), "{} beside {expected}", point.mean);
    }
}

#[test]
fn a_pattern_of_the_year_comes_again() {
    let values = sales(72);
    let told = forecast(&values, &Options { season: 12, horizon: 12 }).unwrap();
    for (point, last_year) in told.points.iter().zip(&values[60..]) {
        assert!(close(point.mean, last_year * 1.07, 0.06), "{point:?} beside {last_year}");
    }
}

#[test]
fn mostly_zeros_give_a_small_forecast_without_a_trend_into_nowhere() {
    let sparse: Vec<f64> = (0..60).map(|t| if t % 11 == 5 { 300.0 } else { 0.0 }).collect();
    for point in monthly(&sparse).unwrap().points {
        assert!((-30.0..=300.0).contains(&point.mean), "{point:?}");
        assert!(point.high95 > point.mean);
    }
}

#[test]
fn the_first_zero_of_a_growing_series_leaves_a_forecast_with_width() {
    for zero in [30, 40, 46, 47] {
        let mut values: Vec<f64> = (0..48).map(|t| 10.0 * 1.1_f64.powi(t) * [1.0, 1.3][t as usize % 2]).collect();
        values[zero] = 0.0;
        let told = forecast(&values, &Options { season: 2, horizon: 4 }).unwrap();
        assert!(told.points.iter().all(|point| point.mean > 0.0 && point.high95 > point.mean), "{:?}", told.points);
    }
}

#[test]
fn negative_series_are_the_mirror_of_positive_ones_of_the_same_kind() {
    let around_zero: Vec<f64> = sales(48).into_iter().map(|value| value - 120.0).collect();
    let mirrored: Vec<f64> = around_zero.iter().map(|value| -value).collect();
    for (there, back) in monthly(&around_zero).unwrap().points.iter().zip(&monthly(&mirrored).unwrap().points) {
        assert!((there.mean + back.mean).abs() < 1e-6, "{there:?} {back:?}");
        assert!((there.low95 + back.high95).abs() < 1e-6);
    }
}

#[test]
fn the_unit_does_not_matter() {
    let values = sales(48);
    let plain = monthly(&values).unwrap();
    for unit in [1e-200, 1e-6, 100.0, 1e200] {
        let scaled: Vec<f64> = values.iter().map(|value| value * unit).collect();
        for (one, other) in plain.points.iter().zip(&monthly(&scaled).unwrap().points) {
            assert!(close(other.mean, one.mean * unit, 1e-6) && close(other.high95, one.high95 * unit, 1e-6));
        }
    }
}

#[test]
fn values_at_the_largest_number_are_refused_rather_than_infinite() {
    let growing: Vec<f64> = (1..=20).map(|t| f64::MAX / 20.0 * f64::from(t)).collect();
    assert_eq!(forecast(&growing, &Options { season: 1, horizon: 5 }), Err(Error::OutOfRange));
}

#[test]
fn of_a_long_series_the_newest_points_count() {
    let newest = sales(MOST_POINTS);
    let mut long = vec![1e9; 240];
    long.extend(&newest);
    let options = Options { season: 12, horizon: 6 };
    let (whole, part) = (forecast(&long, &options).unwrap(), forecast(&newest, &options).unwrap());
    assert_eq!(whole.points, part.points);
    assert_eq!(whole.origins[0].at, part.origins[0].at + 240);
}
