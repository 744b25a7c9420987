//! Answers worked out by hand.

use saldo_series::{
    Method, Options,
    ets::{Errors, Ets, Form, Season, Trend},
    forecast, measures, naive, theta,
};

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 1e-9
}

#[test]
fn the_seasonal_naive_forecast_is_the_last_season_again() {
    assert_eq!(naive::forecast(&[1.0, 2.0, 3.0, 4.0, 5.0], 2, 5), [4.0, 5.0, 4.0, 5.0, 4.0]);
    assert_eq!(naive::forecast(&[1.0, 2.0], 12, 3), [2.0, 2.0, 2.0]);
    assert!(naive::forecast(&[], 12, 3).is_empty());
}

#[test]
fn measures_are_those_of_their_papers() {
    // 200 · 10/210 and 200 · 0/400 have the mean 4.7619; nothing forecast where nothing came is no error.
    assert!(near(measures::smape(&[100.0, 200.0], &[110.0, 200.0]), 100.0 / 21.0));
    assert!(near(measures::smape(&[0.0], &[0.0]), 0.0));
    // The naive forecast within 1, 3, 2 is off by 2 and 1: 1.5 on average.
    assert_eq!(measures::scale(&[1.0, 3.0, 2.0], 1), Some(1.5));
    assert!(near(measures::mase(&[5.0, 5.0], &[2.0, 8.0], 1.5), 2.0));
    assert_eq!(measures::scale(&[4.0; 9], 1), None);
    assert_eq!(measures::scale(&[4.0, 5.0], 2), None);
}

#[test]
fn there_are_fifteen_stable_forms() {
    let names: Vec<String> = Form::stable().map(|form| form.to_string()).collect();
    assert_eq!(names.len(), 15);
    assert!(names.contains(&"ETS(M,Ad,M)".to_owned()) && !names.contains(&"ETS(A,N,M)".to_owned()));
    let plain = Form { errors: Errors::Additive, trend: Trend::None, season: Season::None };
    assert_eq!(plain.to_string(), "ETS(A,N,N)");
}

#[test]
fn theta_goes_on_with_a_straight_line() {
    let line: Vec<f64> = (1..=30).map(|t| 3.0 + 0.5 * f64::from(t)).collect();
    for (step, mean) in theta::fit(&line, 1).means(4).into_iter().enumerate() {
        let expected = 3.0 + 0.5 * (31 + step) as f64;
        assert!((mean - expected).abs() < 0.02, "{mean} beside {expected}");
    }
}

#[test]
fn smoothing_of_a_level_with_two_kinds_of_points_takes_their_mean() {
    // Points that alternate tell nothing about the next: the best weight of the newest is next to none.
    let values: Vec<f64> = (0..40).map(|t| if t % 2 == 0 { 1.0 } else { 3.0 }).collect();
    let ets = Ets::fit(&values, 1).unwrap();
    let plain = ets.fits().iter().find(|fit| fit.form.to_string() == "ETS(A,N,N)").unwrap();
    assert!((plain.means(3)[2] - 2.0).abs() < 0.01);
    // 40 errors of 1, less two parameters.
    assert!((plain.sigma - (40.0_f64 / 38.0).sqrt()).abs() < 0.01, "{}", plain.sigma);
    // A level that does not move has errors of the same size at every step.
    let deviations = plain.deviations(5);
    assert!((deviations[4] - deviations[0]).abs() < 0.01);
}

#[test]
fn a_form_that_made_the_series_is_found() {
    // Level 100, growth 2, seasons 0.8, 1.0, 1.1, 1.1, without errors but a little one.
    let shape = [0.8, 1.0, 1.1, 1.1];
    let point = |t: usize| (100.0 + 2.0 * t as f64) * shape[t % 4];
    let values: Vec<f64> = (0..48).map(|t| point(t) + [0.3, -0.2, 0.1, -0.3, 0.2][t % 5]).collect();
    let ets = Ets::fit(&values, 4).unwrap();
    let best = ets.fits().first().unwrap().form;
    assert_eq!((best.trend, best.season), (Trend::Additive, Season::Multiplicative), "{best}");
    for (step, mean) in ets.means(8).into_iter().enumerate() {
        assert!((mean - point(48 + step)).abs() < 1.5, "{mean} beside {}", point(48 + step));
    }
}

#[test]
fn a_method_that_is_always_right_is_chosen_and_says_so() {
    // A pattern without order that comes again exactly.
    let pattern = [5.0, -40.0, 90.0, 3.0, 0.0, -7.0, 61.0];
    let values: Vec<f64> = pattern.iter().copied().cycle().take(70).collect();
    let told = forecast(&values, &Options { season: 7, horizon: 7 }).unwrap();
    for (point, expected) in told.points.iter().zip(pattern) {
        assert!((point.mean - expected).abs() < 0.5, "{point:?} beside {expected}");
    }
    let exact = told.scores.iter().find(|score| score.method == Method::SeasonalNaive).unwrap();
    assert!(near(exact.smape, 0.0));
}

#[test]
fn methods_have_names_that_stay() {
    let names: Vec<_> = Method::ALL.iter().map(|method| method.name()).collect();
    assert_eq!(names, ["median", "ets", "theta", "seasonal_naive"]);
}
