//! The methods, and what each says after the same points.

use crate::{ets::Ets, naive, theta};

/// A way to forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Exponential smoothing: [`crate::ets`].
    Ets,
    /// Dynamic optimised theta: [`crate::theta`].
    Theta,
    /// The last season again: [`crate::naive`].
    SeasonalNaive,
    /// The median of the other three, point by point.
    Median,
}

impl Method {
    /// Every method, the default first.
    pub const ALL: [Self; 4] = [Self::Median, Self::Ets, Self::Theta, Self::SeasonalNaive];

    /// A name that stays.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ets => "ets",
            Self::Theta => "theta",
            Self::SeasonalNaive => "seasonal_naive",
            Self::Median => "median",
        }
    }
}

/// What every method forecasts after the same points.
pub(crate) struct Fitted {
    /// The fitted forms, to go on from when more points come.
    pub(crate) ets: Option<Ets>,
    /// How far off a forecast may be at each point ahead, up to a factor: the standard deviation that exponential smoothing tells.
    pub(crate) deviations: Vec<f64>,
    means: [Vec<f64>; 3],
    median: Vec<f64>,
}

impl Fitted {
    /// Fits every method; `before` is what an earlier part of the same series gave.
    pub(crate) fn of(values: &[f64], season: usize, horizon: usize, before: Option<&Self>) -> Self {
        let ets = match before.and_then(|before| before.ets.as_ref()) {
            Some(before) => before.refit(values, season),
            None => Ets::fit(values, season),
        };
        let naive = naive::forecast(values, season, horizon);
        let theta = theta::fit(values, season).means(horizon);
        // Without an error to fit by, exponential smoothing is the last level.
        let (smoothed, deviations) = match &ets {
            Some(ets) => (ets.means(horizon), ets.deviations(horizon)),
            None => (naive::forecast(values, 1, horizon), vec![0.0; horizon]),
        };
        let median = smoothed.iter().zip(&theta).zip(&naive).map(|((a, b), c)| middle(*a, *b, *c)).collect();
        Self { ets, deviations, means: [smoothed, theta, naive], median }
    }

    pub(crate) fn means(&self, method: Method) -> &[f64] {
        match method {
            Method::Ets => &self.means[0],
            Method::Theta => &self.means[1],
            Method::SeasonalNaive => &self.means[2],
            Method::Median => &self.median,
        }
    }
}

fn middle(a: f64, b: f64, c: f64) -> f64 {
    a.min(b).max(a.max(b).min(c))
}
