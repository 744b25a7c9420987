//! How wide the intervals are.

use crate::backtest::Miss;

/// Half widths in units of [`Miss::deviation`].
pub(crate) struct Widths {
    pub(crate) of80: f64,
    pub(crate) of95: f64,
}

impl Widths {
    pub(crate) fn of(misses: impl Iterator<Item = Miss>) -> Self {
        let scores =
            misses.filter(|miss| miss.deviation > 0.0).map(|miss| (miss.actual - miss.mean).abs() / miss.deviation);
        let (sum, count) = scores.fold((0.0, 0.0), |(sum, count), score| (sum + score.min(10.0), count + 1.0));
        let factor = (sum + 8.0) / (count + 8.0);
        Self { of80: 1.6 * factor, of95: 2.8 * factor }
    }
}
