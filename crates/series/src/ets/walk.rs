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
    state: State,
    slopes: Slopes,
    /// The geometric mean of the one-step means of the last pass; 1 with additive errors.
    pub(super) size: f64,
}

/// Derivatives by the parameters, one column each.
#[derive(Default)]
struct Slopes {
    level: Vec<f64>,
    growth: Vec<f64>,
    /// One row a phase.
    season: Vec<f64>,
    /// Of the one-step mean.
    mean: Vec<f64>,
}

/// One point of a pass.
struct Step {
    phase: usize,
    /// The season of the phase, and the level and its growth as forecast for the point.
    season: f64,
    level: f64,
    growth: f64,
    mean: f64,
    /// What a unit of error is worth in the level and in the season; 1 but for a multiplicative season.
    to_level: f64,
    to_season: f64,
    /// The error in these units.
    level_error: f64,
    season_error: f64,
}

impl<'a> Walk<'a> {
    pub(super) fn new(form: Form, values: &'a [f64], start: &'a [f64], layout: Layout) -> Self {
        Self { form, values, layout, start, state: State::default(), slopes: Slopes::default(), size: 1.0 }
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

    /// The state after the last point; none where the parameters leave the form undefined.
    pub(super) fn run(&mut self, parameters: &[f64]) -> Option<State> {
        let mut residuals = vec![0.0; self.values.len()];
        self.at(parameters, &mut residuals, &mut []).then(|| self.state.clone())
    }

    fn begin(&mut self, parameters: &[f64]) {
        self.state.level = parameters[self.layout.level];
        self.state.growth = self.layout.growth.map_or(0.0, |place| parameters[place]);
        self.state.season.clear();
        self.state.season.extend_from_slice(self.start);
        let fitted = &parameters[self.layout.season..];
        self.state.season[..fitted.len()].copy_from_slice(fitted);
    }

    /// The next point before it is learnt from; none where the form is not defined there.
    fn step(&self, t: usize, value: f64, phi: f64) -> Option<Step> {
        let phase = t % self.start.len();
        let season = self.state.season[phase];
        let growth = phi * self.state.growth;
        let level = self.state.level + growth;
        let mean = combine(self.form.season, level, season);
        let product = self.form.season == Season::Multiplicative;
        let relative = self.form.errors == Errors::Multiplicative;
        if !mean.is_finite() || (relative && mean < SMALLEST) || (product && season < SMALLEST) {
            return None;
        }
        let (to_level, to_season) = if product { (1.0 / season, 1.0 / level) } else { (1.0, 1.0) };
        let (level_error, season_error) = ((value - mean) * to_level, (value - mean) * to_season);
        Some(Step { phase, season, level, growth, mean, to_level, to_season, level_error, season_error })
    }

    fn learn(&mut self, step: &Step, smoothing: Smoothing) {
        self.state.level = step.level + smoothing.alpha * step.level_error;
        self.state.growth = step.growth + smoothing.beta * step.level_error;
        if self.form.season != Season::None {
            self.state.season[step.phase] = step.season + smoothing.gamma * step.season_error;
        }
    }
}

impl Slopes {
    fn begin(&mut self, layout: &Layout, phases: usize) {
        let columns = layout.len();
        for slopes in [&mut self.level, &mut self.growth, &mut self.mean] {
            slopes.clear();
            slopes.resize(columns, 0.0);
        }
        self.season.clear();
        self.season.resize(columns * phases, 0.0);
        self.level[layout.level] = 1.0;
        if let Some(place) = layout.growth {
            self.growth[place] = 1.0;
        }
        for phase in 0..layout.seasons {
            self.season[phase * columns + layout.season + phase] = 1.0;
        }
    }

    /// Carries the derivatives over one point: those of the mean first, by which [`Walk::learn`] is differentiated.
    fn learn(&mut self, form: Form, layout: &Layout, step: &Step, smoothing: Smoothing, parameters: &[f64]) {
        let Smoothing { alpha, beta, gamma, phi } = smoothing;
        let columns = layout.len();
        if let Some(place) = layout.phi {
            // The growth before it faded.
            self.growth[place] += step.growth / (phi * phi);
        }
        let season = &mut self.season[step.phase * columns..][..columns];
        let rows = self.level.iter_mut().zip(&mut self.growth).zip(season.iter_mut()).zip(&mut self.mean);
        if form.season == Season::Multiplicative {
            for (((level, growth), season), mean) in rows {
                *growth *= phi;
                *level += *growth;
                *mean = *level * step.season + step.level * *season;
                let level_error = -(*mean + step.level_error * *season) * step.to_level;
                let season_error = -(*mean + step.season_error * *level) * step.to_season;
                *level += alpha * level_error;
                *growth += beta * level_error;
                *season += gamma * season_error;
            }
        } else {
            // Without a season its derivatives are 0 and stay so.
            for (((level, growth), season), mean) in rows {
                *growth *= phi;
                *level += *growth;
                *mean = *level + *season;
                *level -= alpha * *mean;
                *growth -= beta * *mean;
                *season -= gamma * *mean;
            }
        }
        // The derivatives of α, β and γ themselves.
        self.level[0] += step.level_error;
        if let Some(place) = layout.beta {
            self.growth[0] += parameters[place] * step.level_error;
            self.growth[place] += alpha * step.level_error;
        }
        if let Some(place) = layout.gamma {
            let season = &mut self.season[step.phase * columns..][..columns];
            season[0] -= parameters[place] * step.season_error;
            season[place] += (1.0 - alpha) * step.season_error;
        }
    }
}

impl Residuals for Walk<'_> {
    /// The residuals are the errors; multiplicative ones times the geometric mean of the one-step means. The sum of their squares
    /// is then the same increasing function of the likelihood for both kinds of errors: `n ln Σ ε² + 2 Σ ln |μ|`, the criterion of
    /// Hyndman et al. (2008), equation 5.3, is `n ln Σ (ε exp(mean ln |μ|))²`.
    fn at(&mut self, parameters: &[f64], residuals: &mut [f64], slopes: &mut [f64]) -> bool {
        let (wanted, columns) = (!slopes.is_empty(), self.layout.len());
        let smoothing = self.smoothing(parameters);
        let relative = self.form.errors == Errors::Multiplicative;
        let mut rows = slopes.chunks_exact_mut(columns);
        let mut logs = 0.0;
        self.begin(parameters);
        if wanted {
            self.slopes.begin(&self.layout, self.start.len());
        }
        for (t, (value, residual)) in self.values.iter().zip(residuals.iter_mut()).enumerate() {
            let Some(step) = self.step(t, *value, smoothing.phi) else { return false };
            *residual = value - step.mean;
            let mut slope_of_residual = -1.0;
            if relative {
                *residual /= step.mean;
                slope_of_residual = -value / (step.mean * step.mean);
                logs += step.mean.ln();
            }
            if let Some(row) = rows.next() {
                self.slopes.learn(self.form, &self.layout, &step, smoothing, parameters);
                for (slope, of_mean) in row.iter_mut().zip(&self.slopes.mean) {
                    *slope = slope_of_residual * of_mean;
                }
            }
            self.learn(&step, smoothing);
        }
        self.size = 1.0;
        if relative {
            self.size = (logs / self.values.len() as f64).exp();
            make_comparable(self.size, residuals, slopes, columns);
        }
        true
    }
}

/// Multiplies multiplicative errors by the geometric mean of the one-step means, `size`, and their derivatives likewise.
fn make_comparable(size: f64, errors: &mut [f64], slopes: &mut [f64], columns: usize) {
    let count = errors.len() as f64;
    let mut of_log = vec![0.0; columns];
    for (row, error) in slopes.chunks_exact(columns).zip(&*errors) {
        // 1 + ε = y/μ and dε = −y/μ² dμ, so dμ/μ = −dε/(1 + ε).
        for (sum, slope) in of_log.iter_mut().zip(row) {
            *sum -= slope / (1.0 + error) / count;
        }
    }
    for (row, error) in slopes.chunks_exact_mut(columns).zip(&*errors) {
        for (slope, of_log) in row.iter_mut().zip(&of_log) {
            *slope = size * (*slope + error * of_log);
        }
    }
    for error in errors {
        *error *= size;
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
