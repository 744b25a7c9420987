//! How far forecasts are from what came.

/// The symmetric mean absolute percentage error, 0 to 200, as the M competitions define it: `mean(200 |y − f| / (|y| + |f|))`;
/// a point where both are 0 counts as 0. Makridakis & Hibon (2000), *The M3-Competition*.
pub fn smape(actual: &[f64], forecast: &[f64]) -> f64 {
    mean(actual.iter().zip(forecast).map(|(y, f)| {
        let size = y.abs() + f.abs();
        if size > 0.0 { 200.0 * ((y - f).abs() / size) } else { 0.0 }
    }))
}

/// The mean absolute error in units of [`scale`]. Hyndman & Koehler (2006), *Another look at measures of forecast accuracy*.
pub fn mase(actual: &[f64], forecast: &[f64], scale: f64) -> f64 {
    mean(actual.iter().zip(forecast).map(|(y, f)| (y - f).abs())) / scale
}

/// The mean absolute error of the seasonal naive forecast within the history, one step ahead; none where it is 0, as in a
/// constant history, or where the history is not longer than a season.
pub fn scale(history: &[f64], season: usize) -> Option<f64> {
    let earlier = history.iter();
    let later = history.iter().skip(season.max(1));
    let scale = mean(later.zip(earlier).map(|(y, before)| (y - before).abs()));
    (scale > 0.0 && scale.is_finite()).then_some(scale)
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    sum / f64::from(count.max(1))
}
