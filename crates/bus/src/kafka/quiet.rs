//! What librdkafka says, in our log: brokers that are away are not told of ten times a second.

use rdkafka::{ClientContext, config::RDKafkaLogLevel, error::KafkaError};

/// For clients that have nothing else to say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Quiet;

impl ClientContext for Quiet {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        log(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        said(&error, reason);
    }
}

impl rdkafka::consumer::ConsumerContext for Quiet {}

/// What librdkafka notes for itself. What concerns a call is its result too.
pub(super) fn log(level: RDKafkaLogLevel, facility: &str, message: &str) {
    match level {
        RDKafkaLogLevel::Emerg | RDKafkaLogLevel::Alert | RDKafkaLogLevel::Critical => {
            tracing::error!(facility, message, "kafka");
        }
        _ => tracing::debug!(facility, message, "kafka"),
    }
}

/// What no call is there for. It tries again by itself; what is behind is seen by how far.
pub(super) fn said(error: &KafkaError, reason: &str) {
    tracing::debug!(%error, reason, "kafka");
}
