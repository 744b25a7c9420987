//! One pass of a form over a series: states, one-step errors and their derivatives.

use super::form::{Errors, Form, Season, Trend};
use crate::least_squares::Residuals;

/// Smaller means or seasonal factors than this make a multiplicative form undefined.
const SMALLEST: f64 = 1e-9;

/// The level, its growth a step and the season of each phase.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) level: f64,
    pub(super) growth: f64,
    pub(super) season: Vec<f64>,
}

/// The smoothing parameters as the equations use them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Smoothing {
    pub(super) alpha: f64,
    pub(super) beta: f64,
    pub(super) gamma: f64,
    pub(super) phi: f64,
}

/// Where each parameter stands in the vector that is fitted: first α, then β/α, γ/(1 − α) and φ where the form has them, so
/// that their bounds do not depend on each other; then the first level, growth and seasons.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) beta: Option<usize>,
    pub(super) gamma: Option<usize>,
    pub(super) phi: Option<usize>,
    pub(super) level: usize,
    pub(super) growth: Option<usize>,
    /// The first of the seasons that are fitted. The last phase never is: a constant may move between level and season.
    pub(super) season: usize,
    pub(super) seasons: usize,
}

impl Layout {
    pub(super) fn new(form: Form, seasons: usize) -> Self {
        let mut next = 1;
        let mut place = |wanted: bool| {
            let at = wanted.then_some(next);
            next += usize::from(wanted);
            at
        };
        let trend = form.trend != Trend::None;
        let beta = place(trend);
        let gamma = place(form.season != Season::None);
        let phi = place(form.trend == Trend::Damped);
        let level = next;
        let growth = trend.then_some(level + 1);
        let season = level + 1 + usize::from(trend);
        Self { beta, gamma, phi, level, growth, season, seasons }
    }

    pub(super) fn len(&self) -> usize {
        self.season + self.seasons
    }
}

/// A form on its way over a series.
pub(super) struct Walk<'a> {
    form: Form,
    values: &'a [f64],
    layout: Layout,
    /// The season before the first point, as far as it is not fitted.
    start: &'a [f64],
    /// The state after the last pass.
    pub(super) state: State,
    /// Derivatives of the state by the parameters; of the season one row a phase.
    slopes: State3,
    /// The derivative of the present mean, and the mean of those of its logarithm.
    mean_slopes: Vec<f64>,
    log_slopes: Vec<f64>,
    /// The geometric mean of the means of the last pass; 1 with additive errors.
    pub(super) size: f64,
}

#[derive(Default)]
struct State3 {
    level: Vec<f64>,
    growth: Vec<f64>,
    season: Vec<f64>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(form: Form, values: &'a [f64], start: &'a [f64], layout: Layout) -> Self {
        Self {
            form,
            values,
            layout,
            start,
            state: State::default(),
            slopes: State3::default(),
            mean_slopes: Vec::new(),
            log_slopes: Vec::new(),
            size: 1.0,
        }
    }

    pub(super) fn smoothing(&self, parameters: &[f64]) -> Smoothing {
        let at = |place: Option<usize>| place.map_or(0.0, |place| parameters[place]);
        let alpha = parameters[0];
        Smoothing {
            alpha,
            beta: alpha * at(self.layout.beta),
            gamma: (1.0 - alpha) * at(self.layout.gamma),
            phi: self.layout.phi.map_or(1.0, |place| parameters[place]),
        }
    }

    /// The derivatives of α, β, γ and φ by the parameters before the first level; those by the others are 0.
    fn smoothing_slopes(&self, parameters: &[f64]) -> [Vec<f64>; 4] {
        let mut slopes = [(); 4].map(|()| vec![0.0; self.layout.len()]);
        let [alpha, beta, gamma, phi] = &mut slopes;
        alpha[0] = 1.0;
        if let Some(place) = self.layout.beta {
            beta[0] = parameters[place];
            beta[place] = parameters[0];
        }
        if let Some(place) = self.layout.gamma {
            gamma[0] = -parameters[place];
            gamma[place] = 1.0 - parameters[0];
        }
        if let Some(place) = self.layout.phi {
            phi[place] = 1.0;
        }
        slopes
    }

    /// The state after the last point; none where the parameters leave the form undefined.
    pub(super) fn run(&mut self, parameters: &[f64]) -> Option<State> {
        let mut residuals = vec![0.0; self.values.len()];
        self.at(parameters, &mut residuals, &mut []).then(|| self.state.clone())
    }

    fn begin(&mut self, parameters: &[f64], wanted: bool) {
        self.state.level = parameters[self.layout.level];
        self.state.growth = self.layout.growth.map_or(0.0, |place| parameters[place]);
        self.state.season.clear();
        self.state.season.extend_from_slice(self.start);
        let fitted = &parameters[self.layout.season..];
        self.state.season[..fitted.len()].copy_from_slice(fitted);
        if wanted {
            let columns = self.layout.len();
            self.slopes.level = vec![0.0; columns];
            self.slopes.growth = vec![0.0; columns];
            self.slopes.season = vec![0.0; columns * self.start.len()];
            self.mean_slopes = vec![0.0; columns];
            self.log_slopes = vec![0.0; columns];
            self.slopes.level[self.layout.level] = 1.0;
            if let Some(place) = self.layout.growth {
                self.slopes.growth[place] = 1.0;
            }
            for phase in 0..self.layout.seasons {
                self.slopes.season[phase * columns + self.layout.season + phase] = 1.0;
            }
        }
    }
}

impl Residuals for Walk<'_> {
    /// The residuals are the errors; multiplicative ones times the geometric mean of the one-step means. The sum of their squares
    /// is then the same increasing function of the likelihood for both kinds of errors: `n ln Σ ε² + 2 Σ ln |μ|`, the criterion of
    /// Hyndman et al. (2008), equation 5.3, is `n ln Σ (ε exp(mean ln |μ|))²`.
    fn at(&mut self, parameters: &[f64], residuals: &mut [f64], slopes: &mut [f64]) -> bool {
        let wanted = !slopes.is_empty();
        let columns = self.layout.len();
        self.begin(parameters, wanted);
        let by = if wanted { self.smoothing_slopes(parameters) } else { Default::default() };
        let Smoothing { alpha, beta, gamma, phi } = self.smoothing(parameters);
        let relative = self.form.errors == Errors::Multiplicative;
        let phases = self.start.len();
        let mut logs = 0.0;
        for (t, (value, residual)) in self.values.iter().zip(residuals.iter_mut()).enumerate() {
            let phase = t % phases;
            let season = self.state.season[phase];
            let growth = phi * self.state.growth;
            let level = self.state.level + growth;
            let mean = combine(self.form.season, level, season);
            let product = self.form.season == Season::Multiplicative;
            if !mean.is_finite() || (relative && mean < SMALLEST) || (product && season < SMALLEST) {
                return false;
            }
            let error = value - mean;
            // What one unit of the mean is worth in the level and in the season.
            let (to_level, to_season) = if product { (1.0 / season, 1.0 / level) } else { (1.0, 1.0) };
            let (level_error, season_error) = (error * to_level, error * to_season);
            if wanted {
                let old = self.state.growth;
                let seasons = &mut self.slopes.season[phase * columns..(phase + 1) * columns];
                for i in 0..columns {
                    let growth_slope = phi * self.slopes.growth[i] + by[3][i] * old;
                    let level_slope = self.slopes.level[i] + growth_slope;
                    let season_slope = seasons[i];
                    let (mean_slope, by_season, by_level) = match self.form.season {
                        Season::None => (level_slope, 0.0, 0.0),
                        Season::Additive => (level_slope + season_slope, 0.0, 0.0),
                        Season::Multiplicative => (
                            level_slope * season + level * season_slope,
                            level_error * season_slope,
                            season_error * level_slope,
                        ),
                    };
                    let level_error_slope = -(mean_slope + by_season) * to_level;
                    let season_error_slope = -(mean_slope + by_level) * to_season;
                    self.slopes.level[i] = level_slope + alpha * level_error_slope + by[0][i] * level_error;
                    self.slopes.growth[i] = growth_slope + beta * level_error_slope + by[1][i] * level_error;
                    seasons[i] = season_slope + gamma * season_error_slope + by[2][i] * season_error;
                    self.mean_slopes[i] = mean_slope;
                }
                let factor = if relative { value / (mean * mean) } else { 1.0 };
                for (slope, of_mean) in slopes[t * columns..].iter_mut().zip(&self.mean_slopes) {
                    *slope = -factor * of_mean;
                }
                if relative {
                    for (sum, of_mean) in self.log_slopes.iter_mut().zip(&self.mean_slopes) {
                        *sum += of_mean / mean;
                    }
                }
            }
            if relative {
                logs += mean.ln();
                *residual = error / mean;
            } else {
                *residual = error;
            }
            self.state.level = level + alpha * level_error;
            self.state.growth = growth + beta * level_error;
            if self.form.season != Season::None {
                self.state.season[phase] = season + gamma * season_error;
            }
        }
        self.size = 1.0;
        if relative {
            let count = self.values.len() as f64;
            self.size = (logs / count).exp();
            if wanted {
                for (row, residual) in slopes.chunks_exact_mut(columns).zip(&*residuals) {
                    for (slope, log) in row.iter_mut().zip(&self.log_slopes) {
                        *slope = self.size * (*slope + residual * log / count);
                    }
                }
            }
            for residual in residuals {
                *residual *= self.size;
            }
        }
        true
    }
}

/// The mean of a level in a phase of the season.
pub(super) fn combine(season: Season, level: f64, of_phase: f64) -> f64 {
    match season {
        Season::None => level,
        Season::Additive => level + of_phase,
        Season::Multiplicative => level * of_phase,
    }
}
