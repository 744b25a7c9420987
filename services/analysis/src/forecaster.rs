//! The forecast service, asked from the thread of an analysis.

use std::time::Duration;

use saldo_kernel::{Error, reasons};
use saldo_proto::{
    forecast::v1::{ForecastSeriesRequest, ForecastSeriesResponse, forecast_service_client::ForecastServiceClient},
    from_status,
};
use saldo_runtime::TracedChannel;
use tokio::{runtime::Handle, time::timeout};

use crate::{DOMAIN, app::forecasts::Forecaster};

/// A report does not wait longer for one forecast.
const PATIENCE: Duration = Duration::from_secs(10);

/// Calls the service and waits for its answer.
#[derive(Clone)]
pub(crate) struct Remote {
    channel: TracedChannel,
    runtime: Handle,
}

impl Remote {
    /// Calls over this channel, on the runtime that this is called on.
    pub(crate) fn new(channel: TracedChannel) -> Self {
        Self { channel, runtime: Handle::current() }
    }
}

impl Forecaster for Remote {
    fn forecast(&self, series: ForecastSeriesRequest) -> Result<ForecastSeriesResponse, Error> {
        let mut request = tonic::Request::new(series);
        request.set_timeout(PATIENCE);
        let mut client = ForecastServiceClient::new(self.channel.clone());
        let call = async { timeout(PATIENCE, client.forecast_series(request)).await };
        let late = |_| Error::known(&reasons::FORECAST_TIMED_OUT, DOMAIN, "No forecast came.");
        let answer = self.runtime.block_on(call).map_err(late)?;
        answer.map(tonic::Response::into_inner).map_err(|status| from_status(&status))
    }
}
