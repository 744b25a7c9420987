//! The seasonal naive forecast: the last season again.

/// Each point is the one a whole number of seasons before it; the last point again where there is no season, or less than one
/// is known. Nothing of nothing.
pub fn forecast(values: &[f64], season: usize, horizon: usize) -> Vec<f64> {
    let season = if season <= values.len() { season.max(1) } else { 1 };
    let last = values.get(values.len().saturating_sub(season)..).unwrap_or_default();
    last.iter().copied().cycle().take(if last.is_empty() { 0 } else { horizon }).collect()
}
