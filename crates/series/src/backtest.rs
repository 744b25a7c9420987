//! The back-test: what each method would have said earlier, beside what came.

use crate::{
    measures,
    methods::{Fitted, Method},
};

/// Origins that are tried, at most.
const MOST_ORIGINS: usize = 8;
/// Fewest points that anything is fitted to.
const FEWEST: usize = 5;

/// Forecasts from a rolling origin (Tashman 2000, *Out-of-sample tests of forecasting accuracy*): every method is fitted again to
/// the points known at each origin and to nothing else.
pub(crate) struct Backtest<'a> {
    values: &'a [f64],
    /// Points known, and what was forecast for the ones after; oldest first.
    pub(crate) origins: Vec<(usize, Fitted)>,
}

/// One forecast point beside what came.
pub(crate) struct Miss {
    /// What came.
    pub(crate) actual: f64,
    /// What was forecast.
    pub(crate) mean: f64,
    /// How far off it might have been, as [`Fitted::deviations`] says.
    pub(crate) deviation: f64,
}

impl<'a> Backtest<'a> {
    pub(crate) fn run(values: &'a [f64], season: usize, horizon: usize) -> Self {
        let mut origins: Vec<(usize, Fitted)> = Vec::new();
        for at in places(values.len(), season, horizon) {
            let before = origins.last().map(|(_, fitted)| fitted);
            let fitted = Fitted::of(&values[..at], season, horizon, before);
            origins.push((at, fitted));
        }
        Self { values, origins }
    }

    /// All forecasts of a method whose points came.
    pub(crate) fn misses(&self, method: Method) -> impl Iterator<Item = Miss> {
        self.origins.iter().flat_map(move |origin| self.misses_at(origin, method))
    }

    fn misses_at<'b>(&'b self, (at, fitted): &'b (usize, Fitted), method: Method) -> impl Iterator<Item = Miss> + 'b {
        let ahead = fitted.means(method).iter().zip(&fitted.deviations);
        self.values[*at..].iter().zip(ahead).map(|(actual, (mean, deviation))| Miss {
            actual: *actual,
            mean: *mean,
            deviation: *deviation,
        })
    }

    /// The part of the origins at which a method was less far off than another.
    pub(crate) fn better_at(&self, method: Method, other: Method) -> f64 {
        let off =
            |origin, method| self.misses_at(origin, method).map(|miss| (miss.actual - miss.mean).abs()).sum::<f64>();
        let better = self.origins.iter().filter(|origin| off(origin, method) < off(origin, other)).count();
        better as f64 / self.origins.len().max(1) as f64
    }

    /// The symmetric mean absolute percentage error and the mean absolute error of a method.
    pub(crate) fn errors(&self, method: Method) -> (f64, f64) {
        let (actual, means): (Vec<f64>, Vec<f64>) = self.misses(method).map(|miss| (miss.actual, miss.mean)).unzip();
        (measures::smape(&actual, &means), measures::mase(&actual, &means, 1.0))
    }
}

/// Where forecasts are made: evenly over the newest points, twice the horizon of them but at most half, and where there are enough
/// points not before three seasons are known.
fn places(count: usize, season: usize, horizon: usize) -> Vec<usize> {
    let seasons = 3 * season + 1;
    let seasons = if seasons + FEWEST <= count { seasons } else { 0 };
    let first = count.saturating_sub(2 * horizon).max(count.div_ceil(2)).max(seasons).max(FEWEST);
    let room = count.saturating_sub(first);
    let number = room.min(MOST_ORIGINS);
    (0..number).map(|i| first + i * room / number).collect()
}
