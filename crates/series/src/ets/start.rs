//! Where the search for a form's parameters begins.

use super::{
    form::{Form, Season},
    walk::Layout,
};
use crate::season;

/// Points that the first level and growth are taken from, at least.
const FIRST: usize = 10;

/// The states before the first point by the simple rules of Hyndman et al. (2008), section 2.6.1: the season by classical
/// decomposition, level and growth by a line through the first points without it.
pub(super) struct Start {
    pub(super) season: Vec<f64>,
    level: f64,
    growth: f64,
    mean: f64,
}

impl Start {
    /// None where the series has no such season.
    pub(super) fn of(values: &[f64], season: usize, kind: Season) -> Option<Self> {
        let mut shape = match kind {
            Season::None => vec![0.0],
            Season::Additive => season::decompose(values, season, false)?.phases,
            Season::Multiplicative => season::decompose(values, season, true)?.phases,
        };
        let first = values.len().min(FIRST.max(2 * shape.len()));
        let adjusted = values.iter().take(first).zip(shape.iter().cycle()).map(|(value, of_phase)| match kind {
            Season::None => *value,
            Season::Additive => value - of_phase,
            Season::Multiplicative => value / of_phase,
        });
        let (mut level, mut growth, mut mean) = line(adjusted);
        // A constant may move between level and season: the last phase is none.
        let last = shape.last().copied().unwrap_or_default();
        match kind {
            Season::None => {}
            Season::Additive => {
                shape.iter_mut().for_each(|of_phase| *of_phase -= last);
                level += last;
                mean += last;
            }
            Season::Multiplicative => {
                shape.iter_mut().for_each(|of_phase| *of_phase /= last);
                [&mut level, &mut growth, &mut mean].into_iter().for_each(|part| *part *= last);
            }
        }
        Some(Self { season: shape, level, growth, mean })
    }

    /// The parameters to begin with, as the layout places them, and their bounds: the usual region `0 < α < 1`, `0 < β < α`,
    /// `0 < γ < 1 − α` and `0.8 ≤ φ ≤ 0.98` (ibid., section 2.5).
    pub(super) fn parameters(&self, form: Form, layout: &Layout) -> (Vec<f64>, Vec<(f64, f64)>) {
        let mut parameters = vec![0.0; layout.len()];
        let mut bounds = vec![(f64::NEG_INFINITY, f64::INFINITY); layout.len()];
        let mut put = |place: Option<usize>, value: f64, range: (f64, f64)| {
            if let Some(place) = place {
                parameters[place] = value;
                bounds[place] = range;
            }
        };
        let open = (f64::NEG_INFINITY, f64::INFINITY);
        put(Some(0), 0.3, (1e-4, 0.9999));
        put(layout.beta, 0.1, (1e-4, 0.9999));
        put(layout.gamma, 0.1, (1e-4, 0.9999));
        put(layout.phi, 0.95, (0.8, 0.98));
        // A line that begins below zero cannot begin a series of factors.
        let sound = !form.needs_positive() || (self.level > 0.0 && self.level + self.growth > 0.0);
        let (level, growth) =
            if layout.growth.is_none() || !sound { (self.mean, 0.0) } else { (self.level, self.growth) };
        put(Some(layout.level), level, open);
        put(layout.growth, growth, open);
        for phase in 0..layout.seasons {
            put(Some(layout.season + phase), self.season[phase], open);
        }
        (parameters, bounds)
    }
}

/// The least-squares line through values at 1, 2, …: its value at 0, its slope, and the mean of the values.
fn line(values: impl Iterator<Item = f64> + Clone) -> (f64, f64, f64) {
    let count = values.clone().count().max(1) as f64;
    let middle = f64::midpoint(count, 1.0);
    let mean = values.clone().sum::<f64>() / count;
    let products: f64 = values.enumerate().map(|(t, value)| (t as f64 + 1.0 - middle) * (value - mean)).sum();
    let slope = if count > 1.0 { products / ((count * count - 1.0) * count / 12.0) } else { 0.0 };
    (mean - slope * middle, slope, mean)
}
