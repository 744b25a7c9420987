//! `saldo.forecast.v1.ForecastService`.

use std::{sync::Arc, time::Instant};

use prometheus::{HistogramVec, IntCounterVec};
use saldo_kernel::{Error, reasons};
use saldo_proto::{
    forecast::v1::{ForecastHandlers, ForecastSeriesRequest, ForecastSeriesResponse},
    guard::Call,
};
use saldo_runtime::Metrics;
use tokio::sync::Semaphore;
use tracing::Span;

use crate::{DOMAIN, app::forecast_series::forecast_series};

/// The service.
pub(crate) struct Forecasts {
    /// A series keeps a processor busy.
    turns: Arc<Semaphore>,
    done: IntCounterVec,
    seconds: HistogramVec,
}

impl Forecasts {
    pub(crate) fn new(metrics: &Metrics) -> Result<Self, Error> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            turns: Arc::new(Semaphore::new(processors)),
            done: metrics.counter("saldo_forecast_series_total", "Series by how they ended.", &["outcome"])?,
            seconds: metrics.seconds("saldo_forecast_series_seconds", "Time of one series.", &["outcome"])?,
        })
    }
}

#[tonic::async_trait]
impl ForecastHandlers for Forecasts {
    async fn forecast_series(&self, call: Call<ForecastSeriesRequest>) -> Result<ForecastSeriesResponse, Error> {
        let closed = |_| Error::known(&reasons::SHUTTING_DOWN, DOMAIN, "The server is stopping.");
        // The permit goes with the work, which goes on where the caller has left.
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(closed)?;
        let (request, span, start) = (call.request, Span::current(), Instant::now());
        let work = move || {
            let forecast = span.in_scope(|| forecast_series(&request));
            drop(turn);
            forecast
        };
        let broken = |cause| Error::internal(DOMAIN, "the forecast broke off").caused_by(cause);
        let forecast = tokio::task::spawn_blocking(work).await.map_err(broken)?;
        let outcome = if forecast.is_ok() { "done" } else { "refused" };
        self.done.with_label_values(&[outcome]).inc();
        self.seconds.with_label_values(&[outcome]).observe(start.elapsed().as_secs_f64());
        forecast
    }
}
