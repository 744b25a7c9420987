//! Exponential smoothing in state space form: every stable form, weighed by the corrected Akaike criterion.

mod form;
mod start;
mod walk;

pub use form::{Errors, Form, Season, Trend};
use start::Start;
use walk::{Layout, Smoothing, State, Walk, combine};

use crate::least_squares::minimise;

/// Seasons of more points keep the shape they have by decomposition: fitting each of their points would cost more than it tells.
const MOST_FITTED_SEASON: usize = 24;
/// Steps of the search for the parameters of one form.
const STEPS: usize = 30;
/// How much a difference of the criterion counts: ½ would make Akaike weights.
const EVIDENCE: f64 = 0.125;
/// Forms whose criterion is this much above the least have no support by the data (Burnham & Anderson 2002, section 2.6).
const NO_SUPPORT: f64 = 16.0;

/// The forms fitted to one series.
///
/// Their forecasts are combined by Akaike weights, `exp(−½ ΔAICc)`: Burnham & Anderson (2002), *Model selection and multimodel
/// inference*; Kolassa (2011), *Combining exponential smoothing forecasts using Akaike weights*. One form chosen by the same
/// criterion is nearly always less exact, since which form is best is itself uncertain on a few dozen points.
#[derive(Debug, Clone)]
pub struct Ets {
    fits: Vec<Fit>,
}

/// One fitted form.
#[derive(Debug, Clone)]
pub struct Fit {
    /// The form.
    pub form: Form,
    /// The corrected Akaike criterion; comparable between forms of the same series.
    pub aicc: f64,
    /// The standard deviation of the one-step errors; of multiplicative ones as a part of the mean.
    pub sigma: f64,
    parameters: Vec<f64>,
    smoothing: Smoothing,
    state: State,
    /// Points known.
    count: usize,
}

impl Ets {
    /// Fits every form that `values`, with `season` points a season, allow: multiplicative ones want positive values, seasonal ones
    /// two whole seasons, and each more points than parameters. None where there is no such form, or no error to fit by, as in a
    /// constant series. Values should be of moderate size.
    pub fn fit(values: &[f64], season: usize) -> Option<Self> {
        Self::fit_from(values, season, None)
    }

    /// Fits again after more points of the same series came, from where the last search ended; only forms that had support
    /// before.
    pub(crate) fn refit(&self, values: &[f64], season: usize) -> Option<Self> {
        Self::fit_from(values, season, Some(self))
    }

    fn fit_from(values: &[f64], season: usize, before: Option<&Self>) -> Option<Self> {
        let positive = values.iter().all(|value| *value > 0.0);
        // Where the best form is none for this series any more, what had no support before may be all there is.
        let before = before.filter(|before| positive || before.best().is_some_and(|best| !best.form.needs_positive()));
        let starts =
            [Season::None, Season::Additive, Season::Multiplicative].map(|kind| Start::of(values, season, kind));
        let mut fits = Vec::new();
        for form in Form::stable().filter(|form| positive || !form.needs_positive()) {
            let start = match form.season {
                Season::None => &starts[0],
                Season::Additive => &starts[1],
                Season::Multiplicative => &starts[2],
            };
            let known = before.and_then(|before| before.fits.iter().find(|fit| fit.form == form));
            let supported = known.is_none_or(|fit| before.is_some_and(|before| before.supports(fit)));
            if let (Some(start), true) = (start, supported) {
                fits.extend(Fit::of(form, values, start, known));
            }
        }
        fits.sort_by(|a: &Fit, b| a.aicc.total_cmp(&b.aicc));
        (!fits.is_empty()).then_some(Self { fits })
    }

    fn supports(&self, fit: &Fit) -> bool {
        fit.aicc - self.best().map_or(f64::INFINITY, |best| best.aicc) < NO_SUPPORT
    }

    /// The fitted forms, the best first.
    pub fn fits(&self) -> &[Fit] {
        &self.fits
    }

    fn best(&self) -> Option<&Fit> {
        self.fits.first()
    }

    /// Each form with its Akaike weight; the weights add up to 1.
    fn weighted(&self) -> impl Iterator<Item = (f64, &Fit)> {
        let least = self.best().map_or(0.0, |best| best.aicc);
        let weight = move |fit: &Fit| (-EVIDENCE * (fit.aicc - least)).exp();
        let supported = self.fits.iter().filter(|fit| self.supports(fit));
        let all: f64 = supported.clone().map(weight).sum();
        supported.map(move |fit| (weight(fit) / all, fit))
    }

    /// The forecast means of the next `horizon` points.
    pub fn means(&self, horizon: usize) -> Vec<f64> {
        let mut means = vec![0.0; horizon];
        for (weight, fit) in self.weighted() {
            for (sum, mean) in means.iter_mut().zip(fit.means(horizon)) {
                *sum += weight * mean;
            }
        }
        means
    }

    /// The standard deviation of the forecast error at each of the next `horizon` points: that of the forms and that between them.
    pub fn deviations(&self, horizon: usize) -> Vec<f64> {
        let means = self.means(horizon);
        let mut variances = vec![0.0; horizon];
        for (weight, fit) in self.weighted() {
            let of_form = fit.means(horizon).into_iter().zip(fit.deviations(horizon));
            for ((sum, mean), (of_mean, deviation)) in variances.iter_mut().zip(&means).zip(of_form) {
                *sum += weight * (deviation.powi(2) + (of_mean - mean).powi(2));
            }
        }
        variances.into_iter().map(f64::sqrt).collect()
    }
}

impl Fit {
    fn of(form: Form, values: &[f64], start: &Start, before: Option<&Self>) -> Option<Self> {
        let phases = start.season.len();
        let layout = Layout::new(form, if phases <= MOST_FITTED_SEASON { phases - 1 } else { 0 });
        // One of the seasons follows from the others; the variance is a parameter too.
        let estimated = layout.season + phases - 1 + 1;
        if values.len() <= estimated + 1 {
            return None;
        }
        let (mut parameters, bounds) = start.parameters(form, &layout);
        if let Some(before) = before {
            parameters.clone_from(&before.parameters);
        }
        let mut walk = Walk::new(form, values, &start.season, layout);
        let squares = minimise(&mut walk, values.len(), &mut parameters, &bounds, STEPS)?;
        let state = walk.run(&parameters)?;
        let (count, estimated) = (values.len() as f64, estimated as f64);
        let aicc = count * squares.ln() + 2.0 * estimated * count / (count - estimated - 1.0);
        let freedom = (count - (estimated - 1.0)).max(1.0);
        let sigma = (squares / freedom).sqrt() / walk.size;
        let smoothing = walk.smoothing(&parameters);
        let sound = aicc.is_finite() && sigma > 0.0;
        sound.then_some(Self { form, aicc, sigma, parameters, smoothing, state, count: values.len() })
    }

    /// The forecast means of the next `horizon` points.
    pub fn means(&self, horizon: usize) -> Vec<f64> {
        let (mut level, mut growth) = (self.state.level, self.state.growth);
        let season = |step: usize| self.state.season[(self.count + step) % self.state.season.len()];
        (0..horizon)
            .map(|step| {
                growth *= self.smoothing.phi;
                level += growth;
                combine(self.form.season, level, season(step))
            })
            .collect()
    }

    /// The standard deviation of the forecast error at each of the next `horizon` points: exact for additive errors, `σ² (1 + Σ cⱼ²)`
    /// of Hyndman et al. (2008), table 6.1; for multiplicative ones the same growth, as a part of the mean.
    pub fn deviations(&self, horizon: usize) -> Vec<f64> {
        let Smoothing { alpha, beta, gamma, phi } = self.smoothing;
        let phases = self.state.season.len();
        let (mut variance, mut fade, mut trend) = (1.0_f64, 1.0, 0.0);
        let means = self.means(horizon).into_iter().enumerate();
        means
            .map(|(step, mean)| {
                if step > 0 {
                    fade *= phi;
                    trend += fade;
                    let of_season = if self.form.season != Season::None && step % phases == 0 { gamma } else { 0.0 };
                    variance += (alpha + beta * trend + of_season).powi(2);
                }
                let size = if self.form.errors == Errors::Multiplicative { mean.abs() } else { 1.0 };
                self.sigma * variance.sqrt() * size
            })
            .collect()
    }
}
