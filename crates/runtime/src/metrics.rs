//! Prometheus metrics of one process. Labels are bounded: never a tenant, a file or an address.

use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry, TextEncoder, core::Collector};
use saldo_kernel::Error;

use crate::DOMAIN;

/// Where a process registers its metrics. Clones share them.
#[derive(Clone, Default)]
pub struct Metrics {
    registry: Registry,
}

impl Metrics {
    /// A counter by labels; its name ends in `_total`.
    ///
    /// # Errors
    /// A defect of ours: a bad or doubled name.
    pub fn counter(&self, name: &str, help: &str, labels: &[&str]) -> Result<IntCounterVec, Error> {
        self.register(IntCounterVec::new(Opts::new(name, help), labels))
    }

    /// A distribution of seconds by labels; its name ends in `_seconds`.
    ///
    /// # Errors
    /// A defect of ours: a bad or doubled name.
    pub fn seconds(&self, name: &str, help: &str, labels: &[&str]) -> Result<HistogramVec, Error> {
        let buckets = vec![0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0];
        self.register(HistogramVec::new(HistogramOpts::new(name, help).buckets(buckets), labels))
    }

    /// A value that goes up and down.
    ///
    /// # Errors
    /// A defect of ours: a bad or doubled name.
    pub fn gauge(&self, name: &str, help: &str) -> Result<IntGauge, Error> {
        self.register(IntGauge::new(name, help))
    }

    /// All metrics in Prometheus's text format.
    ///
    /// # Errors
    /// A metric cannot be written.
    pub fn render(&self) -> Result<String, Error> {
        TextEncoder::new()
            .encode_to_string(&self.registry.gather())
            .map_err(|cause| Error::internal(DOMAIN, "metrics cannot be written").caused_by(cause))
    }

    fn register<T: Collector + Clone + 'static>(&self, metric: prometheus::Result<T>) -> Result<T, Error> {
        let broken = |cause| Error::internal(DOMAIN, "a metric cannot be registered").caused_by(cause);
        let metric = metric.map_err(broken)?;
        self.registry.register(Box::new(metric.clone())).map_err(broken)?;
        Ok(metric)
    }
}
