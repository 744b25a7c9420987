//! Seasons: whether there is one, and its shape.

/// The 90 % point of the normal distribution.
const ONE_SIDED_90: f64 = 1.2816;

/// The shape of a season, indexed by `t mod season`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shape {
    /// Differences from the level that add up to 0, or factors of it with mean 1.
    pub(crate) phases: Vec<f64>,
    /// The variance of each phase as it was measured, about the phase itself.
    noise: f64,
}

/// The season by classical decomposition: the mean difference (or ratio, `factors`) of each phase from the centred moving average
/// over one season, normalised. None with fewer than two whole seasons, or where a ratio is not positive.
///
/// Hyndman & Athanasopoulos (2021), *Forecasting: principles and practice*, section 3.4.
pub(crate) fn decompose(values: &[f64], season: usize, factors: bool) -> Option<Shape> {
    if season < 2 || values.len() / 2 < season {
        return None;
    }
    // Of each phase: sum, sum of squares, count.
    let mut sums = vec![(0.0, 0.0, 0.0); season];
    let half = season / 2;
    for (middle, window) in values.windows(2 * half + 1).enumerate() {
        let mut level = window.iter().sum::<f64>();
        if season.is_multiple_of(2) {
            // An even season has no middle: half of the first and half of the last point.
            level -= f64::midpoint(window[0], window[2 * half]);
        }
        level /= season as f64;
        let value = if factors { window[half] / level } else { window[half] - level };
        let (sum, squares, count) = &mut sums[(middle + half) % season];
        *sum += value;
        *squares += value * value;
        *count += 1.0;
    }
    let mut phases: Vec<f64> = sums.iter().map(|(sum, _, count)| sum / count).collect();
    let mean = phases.iter().sum::<f64>() / season as f64;
    for phase in &mut phases {
        *phase = if factors { *phase / mean } else { *phase - mean };
    }
    let points: f64 = sums.iter().map(|(.., count)| count).sum();
    let scatter: f64 = sums.iter().map(|(sum, squares, count)| (squares - sum * sum / count).max(0.0)).sum();
    let freedom = (points - season as f64).max(1.0);
    let noise = scatter / freedom / (points / season as f64);
    let sound = noise.is_finite() && phases.iter().all(|phase| phase.is_finite() && (!factors || *phase > 0.0));
    sound.then_some(Shape { phases, noise })
}

impl Shape {
    /// Drawn towards no season by as much as chance alone would spread the phases, by the estimator of James and Stein: Miller &
    /// Williams (2003), *Shrinkage estimators of time series seasonal factors and their effect on forecasting accuracy*.
    pub(crate) fn shrunk(mut self, factors: bool) -> Self {
        let none = if factors { 1.0 } else { 0.0 };
        let spread: f64 = self.phases.iter().map(|phase| (phase - none).powi(2)).sum();
        let count = self.phases.len() as f64;
        let towards = if spread > 0.0 { ((count - 3.0).max(0.0) * self.noise / spread).min(1.0) } else { 0.0 };
        for phase in &mut self.phases {
            *phase += towards * (none - *phase);
        }
        self
    }
}

/// Whether the autocorrelation at one season is above none at the 90 % level, given those at shorter lags (Bartlett's formula): the
/// test that Assimakopoulos & Nikolopoulos (2000) put before the theta method. One-sided, since a season makes it positive.
pub(crate) fn is_seasonal(values: &[f64], season: usize) -> bool {
    if season < 2 || values.len() / 2 < season {
        return false;
    }
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let at = |lag: usize| {
        let products = values.iter().zip(values.iter().skip(lag)).map(|(a, b)| (a - mean) * (b - mean));
        products.sum::<f64>() / variance
    };
    let shorter: f64 = (1..season).map(|lag| at(lag).powi(2)).sum();
    at(season) > ONE_SIDED_90 * ((1.0 + 2.0 * shorter) / count).sqrt()
}
