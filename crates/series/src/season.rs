//! Seasons: whether there is one, and its shape.

/// The season by classical decomposition: the mean difference (or ratio, `factors`) of each phase from the centred moving average
/// over one season, normalised to sum to 0 (or to a mean of 1). Indexed by `t mod season`. None with fewer than two whole
/// seasons, or where a ratio is not positive.
///
/// Hyndman & Athanasopoulos (2021), *Forecasting: principles and practice*, section 3.4.
pub(crate) fn decompose(values: &[f64], season: usize, factors: bool) -> Option<Vec<f64>> {
    if season < 2 || values.len() / 2 < season {
        return None;
    }
    let mut sums = vec![(0.0, 0_usize); season];
    let half = season / 2;
    for (middle, window) in values.windows(2 * half + 1).enumerate() {
        let mut level = window.iter().sum::<f64>();
        if season.is_multiple_of(2) {
            // An even season has no middle: half of the first and half of the last point.
            level -= f64::midpoint(window[0], window[2 * half]);
        }
        level /= season as f64;
        let value = window[half];
        let (sum, count) = &mut sums[(middle + half) % season];
        *sum += if factors { value / level } else { value - level };
        *count += 1;
    }
    let mut shape: Vec<f64> = sums.iter().map(|(sum, count)| sum / (*count).max(1) as f64).collect();
    let mean = shape.iter().sum::<f64>() / season as f64;
    for one in &mut shape {
        *one = if factors { *one / mean } else { *one - mean };
    }
    let sound = shape.iter().all(|one| one.is_finite() && (!factors || *one > 0.0));
    sound.then_some(shape)
}

/// Whether the autocorrelation at one season differs from none at the 90 % level, given those at shorter lags (Bartlett's
/// formula): the test that Assimakopoulos & Nikolopoulos (2000) put before the theta method. At least three seasons of
/// points are asked for: two are alike by chance too easily.
pub(crate) fn is_seasonal(values: &[f64], season: usize) -> bool {
    if season < 2 || values.len() / 3 < season {
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
    at(season).abs() > 1.645 * ((1.0 + 2.0 * shorter) / count).sqrt()
}
