//! One series in, its next points out.

use saldo_kernel::{Error, reasons};
use saldo_proto::forecast::v1::{
    ForecastPoint, ForecastSeriesRequest, ForecastSeriesResponse, MethodScore, PastForecast,
};
use saldo_series::{Options, Origin, Point, Score};

use crate::DOMAIN;

/// Forecasts the points after a series.
///
/// # Errors
/// The series is too short (`SERIES_TOO_SHORT`), holds what is no finite number, or ends beyond the largest one
/// (`SERIES_OUT_OF_RANGE`); the horizon is not one (`HORIZON_INVALID`).
pub fn forecast_series(request: &ForecastSeriesRequest) -> Result<ForecastSeriesResponse, Error> {
    let size = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let options = Options { season: size(request.season).max(1), horizon: size(request.horizon) };
    let forecast = saldo_series::forecast(&request.values, &options).map_err(refused)?;
    Ok(ForecastSeriesResponse {
        method: forecast.method.name().to_owned(),
        points: forecast.points.iter().map(point).collect(),
        past: forecast.origins.into_iter().map(past).collect(),
        scores: forecast.scores.iter().map(score).collect(),
    })
}

fn point(point: &Point) -> ForecastPoint {
    let Point { mean, low80, high80, low95, high95 } = *point;
    ForecastPoint { mean, low80, high80, low95, high95 }
}

fn past(origin: Origin) -> PastForecast {
    PastForecast { known: u32::try_from(origin.at).unwrap_or(u32::MAX), means: origin.means }
}

fn score(score: &Score) -> MethodScore {
    MethodScore { method: score.method.name().to_owned(), smape: score.smape, mase: score.mase }
}

fn refused(error: saldo_series::Error) -> Error {
    use saldo_series::Error as Series;
    let refusal = |reason| Error::known(reason, DOMAIN, format!("There is no forecast: {error}."));
    match error {
        Series::TooShort { points, needed } => {
            refusal(&reasons::SERIES_TOO_SHORT).with("points", points).with("needed", needed)
        }
        Series::NotFinite { .. } => refusal(&reasons::VALUE_NOT_FINITE),
        Series::Horizon { .. } => refusal(&reasons::HORIZON_INVALID),
        Series::OutOfRange => refusal(&reasons::SERIES_OUT_OF_RANGE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(values: Vec<f64>) -> ForecastSeriesRequest {
        ForecastSeriesRequest { values, season: 12, horizon: 3 }
    }

    #[test]
    fn a_short_series_is_refused_with_what_is_missing() {
        let error = forecast_series(&asked(vec![1.0; 7])).expect_err("an error").into_parts();
        assert_eq!(error.reason.as_str(), "SERIES_TOO_SHORT");
        assert!(error.metadata.contains(&("needed".into(), "8".into())), "{:?}", error.metadata);
    }

    #[test]
    fn a_series_that_never_changes_goes_on_as_it_is() {
        let forecast = forecast_series(&asked(vec![250.0; 30])).expect("a forecast");
        assert_eq!(forecast.points.len(), 3);
        assert!(forecast.points.iter().all(|point| (point.mean - 250.0).abs() < 1e-6), "{:?}", forecast.points);
    }
}
