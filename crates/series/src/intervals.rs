//! How wide the intervals are.

use crate::backtest::Miss;

/// What misses are like, in units of their deviations, before the series has shown any: half of a normal distribution, somewhat
/// wider than one, since the deviations know neither that the form may be wrong nor that the future differs. One width and weight for
/// all series, chosen where the intervals of M1, M3, tourism and M4 series together hold nearest to what they say.
const PRIOR: [f64; 24] = [
    0.034, 0.102, 0.170, 0.239, 0.308, 0.379, 0.450, 0.523, 0.597, 0.674, 0.753, 0.835, 0.920, 1.009, 1.104, 1.204,
    1.313, 1.431, 1.563, 1.713, 1.891, 2.112, 2.422, 3.004,
];
/// How many misses one of these stands for.
const PRIOR_WEIGHT: f64 = 0.5;

/// Half widths of the intervals in units of [`Miss::deviation`].
///
/// Conformal prediction (Vovk, Gammerman & Shafer 2005, *Algorithmic learning in a random world*; Lei, G'Sell, Rinaldo, Tibshirani &
/// Wasserman 2018, *Distribution-free predictive inference for regression*, section 5.2): the quantile of the misses of the back-test, each
/// divided by how far off it was expected to be, at `(1 + 1/n)` of the level. Misses of all origins and steps ahead are one sample,
/// beside the prior. They are not independent, as the theory wants; that the intervals hold what they say is measured.
pub(crate) struct Widths {
    pub(crate) of80: f64,
    pub(crate) of95: f64,
}

impl Widths {
    pub(crate) fn of(misses: impl Iterator<Item = Miss>) -> Self {
        let expected = misses.filter(|miss| miss.deviation > 0.0);
        let own = expected.map(|miss| ((miss.actual - miss.mean).abs() / miss.deviation, 1.0));
        let mut scores: Vec<(f64, f64)> = own.chain(PRIOR.map(|score| (score, PRIOR_WEIGHT))).collect();
        scores.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        Self { of80: quantile(&scores, 0.8), of95: quantile(&scores, 0.95) }
    }
}

/// The least score that, with those below it, has the level's part of the weight and of one score more.
fn quantile(scores: &[(f64, f64)], level: f64) -> f64 {
    let wanted = level * (scores.iter().map(|(_, weight)| weight).sum::<f64>() + 1.0);
    let mut below = 0.0;
    let found = scores.iter().find(|(_, weight)| {
        below += weight;
        below >= wanted
    });
    found.or(scores.last()).map_or(0.0, |(score, _)| *score)
}
