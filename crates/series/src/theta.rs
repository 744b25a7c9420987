//! The theta method, with its line chosen by the data and its trend renewed at every point.

use crate::season;

/// The bounds of the smoothing parameter, as in Fiorucci et al. (2016).
const ALPHA: (f64, f64) = (0.1, 0.99);
/// Values of the smoothing parameter that are tried before the best of them is refined.
const TRIED: u32 = 20;
/// Halvings of the refinement.
const REFINED: u32 = 8;
/// A θ this large is the straight line alone.
const MOST_WEIGHT: f64 = 0.999;

/// A fitted dynamic optimised theta model.
///
/// Assimakopoulos & Nikolopoulos (2000), *The theta model: a decomposition approach to forecasting*; Fiorucci, Pellegrini, Louzada,
/// Petropoulos & Koehler (2016), *Models for optimising the theta method and their relationship to state space models*: DOTM,
///
/// ```text
/// μₜ = ℓₜ₋₁ + (1 − 1/θ) ((1 − α)ᵗ⁻¹ Aₜ₋₁ + (1 − (1 − α)ᵗ)/α · Bₜ₋₁)
/// ℓₜ = α yₜ + (1 − α) ℓₜ₋₁
/// ```
///
/// with A and B the straight line through all points so far. α, ℓ₀ and θ minimise the squared one-step errors. For a given
/// α those are linear in ℓ₀ and in `1 − 1/θ`, so only α is searched for. A season that the test finds is taken out first, by
/// classical decomposition with shrinkage, and put back.
#[derive(Debug, Clone, PartialEq)]
pub struct Theta {
    /// The weight of the newest point in the level.
    pub alpha: f64,
    /// `1 − 1/θ`: 0 for simple exponential smoothing, 1 for the straight line's slope in full, ½ for the usual theta method.
    pub weight: f64,
    level: f64,
    line: Line,
    /// `(1 − α)ᵗ` after the last point.
    fade: f64,
    season: Adjustment,
    /// Points known.
    count: usize,
}

/// The season that was taken out.
#[derive(Debug, Clone, PartialEq)]
enum Adjustment {
    None,
    Amounts(Vec<f64>),
    Factors(Vec<f64>),
}

impl Adjustment {
    fn of(values: &[f64], season: usize) -> Self {
        if !season::is_seasonal(values, season) {
            return Self::None;
        }
        let shape = |factors| season::decompose(values, season, factors).map(|shape| shape.shrunk(factors).phases);
        let positive = values.iter().all(|value| *value > 0.0);
        match positive.then(|| shape(true)).flatten() {
            Some(factors) => Self::Factors(factors),
            None => shape(false).map_or(Self::None, Self::Amounts),
        }
    }

    fn take_out(&self, value: f64, t: usize) -> f64 {
        match self {
            Self::None => value,
            Self::Amounts(shape) => value - shape[t % shape.len()],
            Self::Factors(shape) => value / shape[t % shape.len()],
        }
    }

    fn put_back(&self, value: f64, t: usize) -> f64 {
        match self {
            Self::None => value,
            Self::Amounts(shape) => value + shape[t % shape.len()],
            Self::Factors(shape) => value * shape[t % shape.len()],
        }
    }
}

/// The least-squares line through the points so far, point by point.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Line {
    count: f64,
    mean: f64,
    slope: f64,
}

impl Line {
    fn add(&mut self, value: f64) {
        let before = self.count;
        self.count += 1.0;
        let count = self.count;
        // Fiorucci et al. (2016), equation 19.
        self.slope = if before < 1.0 {
            0.0
        } else {
            ((count - 2.0) * self.slope + 6.0 / count * (value - self.mean)) / (count + 1.0)
        };
        self.mean += (value - self.mean) / count;
    }

    /// Where the line stands before the first point.
    fn intercept(&self) -> f64 {
        self.mean - 0.5 * (self.count + 1.0) * self.slope
    }

    /// What the line adds to the level for the point after the last, `fade` being `(1 − α)ᵗ⁻¹`.
    fn adds(&self, alpha: f64, fade: f64) -> f64 {
        fade * self.intercept() + (1.0 - fade * (1.0 - alpha)) / alpha * self.slope
    }
}

/// Fits the model to `values` with `season` points a season. Values should be of moderate size.
pub fn fit(values: &[f64], season: usize) -> Theta {
    let season = Adjustment::of(values, season);
    let adjusted: Vec<f64> = values.iter().enumerate().map(|(t, value)| season.take_out(*value, t)).collect();
    let mut best = Trial::at(&adjusted, ALPHA.1);
    let step = (ALPHA.1 - ALPHA.0) / f64::from(TRIED);
    for i in 0..TRIED {
        best.take_better(Trial::at(&adjusted, ALPHA.0 + f64::from(i) * step));
    }
    let mut width = step;
    for _ in 0..REFINED {
        width /= 2.0;
        let middle = best.alpha;
        for alpha in [middle - width, middle + width] {
            best.take_better(Trial::at(&adjusted, alpha.clamp(ALPHA.0, ALPHA.1)));
        }
    }
    let mut theta = Theta {
        alpha: best.alpha,
        weight: best.weight,
        level: best.level,
        line: Line::default(),
        fade: 1.0,
        season,
        count: values.len(),
    };
    for value in adjusted {
        theta.see(value);
    }
    theta
}

impl Theta {
    /// The forecast means of the next `horizon` points. Those known stand for the ones to come in the line, as in the paper.
    pub fn means(&self, horizon: usize) -> Vec<f64> {
        let mut ahead = self.clone();
        let mut next = || {
            let mean = ahead.level + ahead.weight * ahead.line.adds(ahead.alpha, ahead.fade);
            ahead.see(mean);
            mean
        };
        (0..horizon).map(|step| self.season.put_back(next(), self.count + step)).collect()
    }

    fn see(&mut self, value: f64) {
        self.level += self.alpha * (value - self.level);
        self.fade *= 1.0 - self.alpha;
        self.line.add(value);
    }
}

/// The best first level and weight for one α.
struct Trial {
    alpha: f64,
    weight: f64,
    level: f64,
    squares: f64,
}

impl Trial {
    fn take_better(&mut self, other: Self) {
        if other.squares < self.squares {
            *self = other;
        }
    }

    fn at(values: &[f64], alpha: f64) -> Self {
        let (mut level, mut fade, mut line) = (0.0, 1.0, Line::default());
        // Sums of products of: what is left to explain, the first level's part, the line's part.
        let (mut yy, mut yc, mut yg, mut cc, mut cg, mut gg) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for value in values {
            // Before two points there is no line, and no forecast to judge.
            if line.count > 1.0 {
                let (left, adds) = (value - level, line.adds(alpha, fade));
                yy += left * left;
                yc += left * fade;
                yg += left * adds;
                cc += fade * fade;
                cg += fade * adds;
                gg += adds * adds;
            }
            level += alpha * (value - level);
            fade *= 1.0 - alpha;
            line.add(*value);
        }
        let determinant = cc * gg - cg * cg;
        let free = (cc * yg - cg * yc) / determinant;
        let weight = if determinant > 1e-12 * cc * gg { free.clamp(0.0, MOST_WEIGHT) } else { 0.0 };
        let level = (yc - weight * cg) / cc;
        let squares = yy - 2.0 * (level * yc + weight * yg)
            + level * level * cc
            + 2.0 * level * weight * cg
            + weight * weight * gg;
        Self { alpha, weight, level, squares: if squares.is_finite() { squares } else { f64::INFINITY } }
    }
}
