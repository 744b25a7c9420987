//! The forecast of a series: methods, back-test, choice, intervals.

use crate::{
    backtest::Backtest,
    error::Error,
    intervals::Widths,
    measures,
    methods::{Fitted, Method},
};

/// Fewest points a forecast is made of.
pub const FEWEST_POINTS: usize = 8;
/// Of a longer series the newest points are looked at.
pub const MOST_POINTS: usize = 1024;
/// Most points that are forecast.
pub const MOST_HORIZON: usize = 1024;
/// A method other than the median is chosen where its mean absolute error in the back-test is below this part of the median's,
const CLEARLY_BETTER: f64 = 0.6;
/// and where it was better at this part of the origins.
const NEARLY_ALWAYS: f64 = 0.75;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Points a season, such as 12 for months; 1 where there is none. A season of which fewer than two are known is not looked
    /// for.
    pub season: usize,
    /// Points to forecast, 1 to [`MOST_HORIZON`].
    pub horizon: usize,
}

/// A forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The method of the points: the median, but where another was clearly better in the back-test.
    pub method: Method,
    /// The points after the last, in order.
    pub points: Vec<Point>,
    /// The back-test of the method, oldest first.
    pub origins: Vec<Origin>,
    /// The back-test of all methods, the best first.
    pub scores: Vec<Score>,
}

/// A forecast point with the intervals that hold 80 and 95 % of what comes. `low95 ≤ low80 ≤ mean ≤ high80 ≤ high95`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The forecast, in the unit of the values.
    pub mean: f64,
    /// The lower end of the 80 % interval.
    pub low80: f64,
    /// Its upper end.
    pub high80: f64,
    /// The lower end of the 95 % interval.
    pub low95: f64,
    /// Its upper end.
    pub high95: f64,
}

/// What would have been forecast earlier.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// Points known then, counted from the start of the series.
    pub at: usize,
    /// What would have been forecast for the points at `at`, `at + 1` and so on: a whole horizon, of which the first have come.
    pub means: Vec<f64>,
}

/// How far off a method was in the back-test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The method.
    pub method: Method,
    /// [`measures::smape`], in percent.
    pub smape: f64,
    /// [`measures::mase`]; none where the history is constant.
    pub mase: Option<f64>,
}

/// Forecasts the points after `values`, which are evenly spaced in time and oldest first.
///
/// # Errors
///
/// [`Error::TooShort`] below [`FEWEST_POINTS`], [`Error::NotFinite`], [`Error::Horizon`], and [`Error::OutOfRange`] where
/// the values come near the largest number.
pub fn forecast(values: &[f64], options: &Options) -> Result<Forecast, Error> {
    check(values, options)?;
    let skipped = values.len().saturating_sub(MOST_POINTS);
    let values = &values[skipped..];
    // The models see values of moderate size, whatever the unit.
    let unit = values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    let unit = if unit > 0.0 { unit } else { 1.0 };
    let scaled: Vec<f64> = values.iter().map(|value| value / unit).collect();
    let season = if values.len() / 2 >= options.season { options.season.max(1) } else { 1 };
    let backtest = Backtest::run(&scaled, season, options.horizon);
    let (method, scores) = choose(&backtest, measures::scale(&scaled, season));
    let fitted = Fitted::of(&scaled, season, options.horizon, None);
    let widths = Widths::of(backtest.misses(method));
    let points: Vec<Point> = fitted
        .means(method)
        .iter()
        .zip(&fitted.deviations)
        .map(|(mean, deviation)| point(*mean, widths.of80 * deviation, widths.of95 * deviation, unit))
        .collect();
    let origin = |(at, fitted): &(usize, Fitted)| Origin {
        at: skipped + at,
        means: fitted.means(method).iter().map(|mean| mean * unit).collect(),
    };
    let origins: Vec<Origin> = backtest.origins.iter().map(origin).collect();
    let finite = points.iter().all(|point| point.low95.is_finite() && point.high95.is_finite())
        && origins.iter().all(|origin| origin.means.iter().all(|mean| mean.is_finite()));
    if !finite {
        return Err(Error::OutOfRange);
    }
    Ok(Forecast { method, points, origins, scores })
}

fn check(values: &[f64], options: &Options) -> Result<(), Error> {
    if options.horizon == 0 || options.horizon > MOST_HORIZON {
        return Err(Error::Horizon { horizon: options.horizon, most: MOST_HORIZON });
    }
    if let Some(index) = values.iter().position(|value| !value.is_finite()) {
        return Err(Error::NotFinite { index });
    }
    if values.len() < FEWEST_POINTS {
        return Err(Error::TooShort { points: values.len(), needed: FEWEST_POINTS });
    }
    Ok(())
}

/// The method for the forecast, and the scores of all.
fn choose(backtest: &Backtest<'_>, scale: Option<f64>) -> (Method, Vec<Score>) {
    let mut errors: Vec<(Method, f64, f64)> = Method::ALL
        .into_iter()
        .map(|method| {
            let (smape, error) = backtest.errors(method);
            (method, smape, error)
        })
        .collect();
    let of_median = errors.first().map_or(0.0, |(_, _, error)| *error);
    // Stable, so that the default stands before others that are no better.
    errors.sort_by(|(_, _, a), (_, _, b)| a.total_cmp(b));
    let better = errors.first().filter(|(method, _, error)| {
        *error < CLEARLY_BETTER * of_median && backtest.better_at(*method, Method::Median) >= NEARLY_ALWAYS
    });
    let method = better.map_or(Method::Median, |(method, ..)| *method);
    let score = |(method, smape, error)| Score { method, smape, mase: scale.map(|scale| error / scale) };
    (method, errors.into_iter().map(score).collect())
}

fn point(mean: f64, half80: f64, half95: f64, unit: f64) -> Point {
    Point {
        mean: mean * unit,
        low80: (mean - half80) * unit,
        high80: (mean + half80) * unit,
        low95: (mean - half95) * unit,
        high95: (mean + half95) * unit,
    }
}
