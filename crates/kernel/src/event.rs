//! The envelope of an event: what every transport carries beside the payload. Its parts are the attributes of CloudEvents 1.0.

use crate::{EventId, Tenant};

/// Something that happened to an aggregate, told in the transaction that made it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its own id. A consumer handles an id once.
    pub id: EventId,
    /// What happened, in the past tense: the full name of the payload's message, such as `saldo.file.v1.FileUploaded`.
    pub kind: String,
    /// Whose it is; none for what belongs to no tenant.
    pub tenant: Option<Tenant>,
    /// The id of the aggregate that it happened to, such as `fil_…`. Events of one aggregate arrive in order.
    pub aggregate: String,
    /// The version of the aggregate that it made: 1, then one more each time. Consumers compare it.
    pub version: u64,
    /// When, in microseconds since 1970 UTC, by the database's clock.
    pub occurred_at_micros: i64,
    /// The W3C trace context of who published it.
    pub traceparent: Option<String>,
    /// The payload, a protobuf message of the type that `kind` names. Never a secret.
    pub payload: Vec<u8>,
}

impl Event {
    /// The service that publishes it, such as `file`: its topic is `saldo.file.v1`.
    pub fn publisher(&self) -> &str {
        self.kind.split('.').nth(1).unwrap_or_default()
    }

    /// The topic, such as `saldo.file.v1`.
    pub fn topic(&self) -> &str {
        self.kind.rsplit_once('.').map_or("", |(topic, _)| topic)
    }

    /// What decides order: `<organisation>/<aggregate>`.
    pub fn key(&self) -> String {
        let organization = self.tenant.map(|tenant| tenant.organization.to_string()).unwrap_or_default();
        format!("{organization}/{}", self.aggregate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OrganizationId;

    #[test]
    fn topic_and_key_follow_from_the_event() {
        let organization = OrganizationId::generate();
        let event = Event {
            id: EventId::generate(),
            kind: "saldo.file.v1.FileUploaded".to_owned(),
            tenant: Some(Tenant { organization, workspace: None }),
            aggregate: "fil_1".to_owned(),
            version: 1,
            occurred_at_micros: 0,
            traceparent: None,
            payload: Vec::new(),
        };
        assert_eq!((event.publisher(), event.topic()), ("file", "saldo.file.v1"));
        assert_eq!(event.key(), format!("{organization}/fil_1"));
    }
}
