//! Logs and traces of the process. The subscriber is the one global: `tracing` has it so.

use std::io::IsTerminal;

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::WithExportConfig;
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use saldo_kernel::{Error, reasons};
use tracing_subscriber::{EnvFilter, Layer, Registry, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{
    DOMAIN, Problem, Settings,
    config::{self, check_url},
};

/// Flushes the traces that are still on their way.
#[derive(Debug)]
pub struct Telemetry {
    provider: SdkTracerProvider,
}

/// Checks the settings of this part.
pub fn check(settings: &Settings, problems: &mut Vec<Problem>) {
    check_url(settings, "telemetry.otlp_endpoint", problems);
    if let Err(error) = EnvFilter::try_new(settings.text("log.filter")) {
        problems.push(Problem { key: "log.filter".to_owned(), text: error.to_string() });
    }
    let format = settings.text("log.format");
    if !["auto", "text", "json"].contains(&format) {
        let text = format!("'{format}' is none of auto, text, json");
        problems.push(Problem { key: "log.format".to_owned(), text });
    }
}

/// Starts logging to standard error and, if an endpoint is set, sending traces.
///
/// # Errors
/// The settings do not fit, or logging was started before.
pub fn start(settings: &Settings, targets: &[&str]) -> Result<Telemetry, Error> {
    let mut problems = Vec::new();
    check(settings, &mut problems);
    if !problems.is_empty() {
        return Err(config::refused(&problems));
    }
    let filter = EnvFilter::try_new(settings.text("log.filter")).unwrap_or_default();
    let provider = provider(settings.text("telemetry.otlp_endpoint"), targets)?;
    // Without an exporter spans still have ids, which stand in log lines and errors.
    let spans = tracing_opentelemetry::layer().with_tracer(provider.tracer("saldo")).with_filter(
        // What the libraries below trace of themselves would drown the request.
        EnvFilter::new("info,h2=off,hyper=off,tonic=off,tower=off,opentelemetry=off"),
    );
    let json = match settings.text("log.format") {
        "json" => true,
        "text" => false,
        _ => !std::io::stderr().is_terminal(),
    };
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(true);
    let lines: Box<dyn Layer<_> + Send + Sync> =
        if json { lines.json().flatten_event(true).boxed() } else { lines.boxed() };
    Registry::default()
        .with(spans)
        .with(lines.with_filter(filter))
        .try_init()
        .map_err(|cause| Error::internal(DOMAIN, "logging was started twice").caused_by(cause))?;
    Ok(Telemetry { provider })
}

fn provider(endpoint: &str, targets: &[&str]) -> Result<SdkTracerProvider, Error> {
    // The service's name is the target's, so that a trace through several processes names each.
    let name = if let [one] = targets { format!("saldo-{one}") } else { "saldo".to_owned() };
    let builder = SdkTracerProvider::builder().with_resource(Resource::builder().with_service_name(name).build());
    if endpoint.is_empty() {
        return Ok(builder.build());
    }
    let exporter =
        opentelemetry_otlp::SpanExporter::builder().with_tonic().with_endpoint(endpoint).build().map_err(|cause| {
            Error::known(&reasons::TRACES_NOT_SENT, DOMAIN, format!("traces cannot be sent to {endpoint}"))
                .caused_by(cause)
        })?;
    Ok(builder.with_batch_exporter(exporter).build())
}

impl Telemetry {
    /// Sends what is left; a failure is logged, for there is nothing else to do.
    pub fn flush(&self) {
        if let Err(error) = self.provider.shutdown() {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}
