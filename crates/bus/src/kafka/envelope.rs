//! An event as a Kafka message: CloudEvents 1.0 in binary mode. The payload is the message's value, the rest stands in
//! headers; see the Kafka protocol binding of CloudEvents 1.0.2, section 3.2.

use rdkafka::message::{BorrowedMessage, Header, Headers, Message, OwnedHeaders};
use saldo_kernel::{Event, Tenant};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Why a message is no event of ours.
pub(super) type Malformed = String;

/// The headers of an event.
pub(super) fn headers(event: &Event) -> OwnedHeaders {
    let nanos = i128::from(event.occurred_at_micros) * 1_000;
    let time = OffsetDateTime::from_unix_timestamp_nanos(nanos).ok().and_then(|at| at.format(&Rfc3339).ok());
    let tenant = event.tenant.map(|tenant| tenant.organization.to_string());
    let workspace = event.tenant.and_then(|tenant| tenant.workspace).map(|workspace| workspace.to_string());
    let all = [
        ("ce_specversion", Some("1.0".to_owned())),
        ("ce_id", Some(event.id.to_string())),
        ("ce_type", Some(event.kind.clone())),
        ("ce_source", Some(format!("/saldo/{}", event.publisher()))),
        ("ce_time", time),
        ("ce_subject", Some(event.aggregate.clone())),
        // Extensions of ours.
        ("ce_aggregateversion", Some(event.version.to_string())),
        ("ce_organization", tenant),
        ("ce_workspace", workspace),
        ("content-type", Some("application/protobuf".to_owned())),
        ("traceparent", event.traceparent.clone()),
    ];
    all.iter()
        .filter_map(|(key, value)| Some((*key, value.as_deref()?)))
        .fold(OwnedHeaders::new_with_capacity(all.len()), |headers, (key, value)| {
            headers.insert(Header { key, value: Some(value) })
        })
}

/// The event of a message.
pub(super) fn event(message: &BorrowedMessage<'_>) -> Result<Event, Malformed> {
    let headers = message.headers().ok_or("it has no headers")?;
    read(headers, message.payload().unwrap_or_default())
}

fn read(headers: &impl Headers, payload: &[u8]) -> Result<Event, Malformed> {
    let find = |key: &str| {
        let header = headers.iter().find(|header| header.key == key)?;
        header.value.and_then(|value| std::str::from_utf8(value).ok())
    };
    let get = |key: &str| find(key).ok_or_else(|| format!("its header {key} is missing or no text"));
    let wrong = |key: &str| format!("its header {key} cannot be read");
    let version = get("ce_specversion")?;
    if version != "1.0" {
        return Err(format!("it is of CloudEvents {version}"));
    }
    let organization =
        find("ce_organization").map(|text| text.parse().map_err(|_| wrong("ce_organization"))).transpose()?;
    let workspace = find("ce_workspace").map(|text| text.parse().map_err(|_| wrong("ce_workspace"))).transpose()?;
    let time = OffsetDateTime::parse(get("ce_time")?, &Rfc3339).map_err(|_| wrong("ce_time"))?;
    Ok(Event {
        id: get("ce_id")?.parse().map_err(|_| wrong("ce_id"))?,
        kind: get("ce_type")?.to_owned(),
        tenant: organization.map(|organization| Tenant { organization, workspace }),
        aggregate: get("ce_subject")?.to_owned(),
        version: get("ce_aggregateversion")?.parse().map_err(|_| wrong("ce_aggregateversion"))?,
        occurred_at_micros: i64::try_from(time.unix_timestamp_nanos() / 1_000).map_err(|_| wrong("ce_time"))?,
        traceparent: find("traceparent").map(str::to_owned),
        payload: payload.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use saldo_kernel::{EventId, OrganizationId, WorkspaceId};

    use super::*;

    fn uploaded(tenant: Option<Tenant>) -> Event {
        Event {
            id: EventId::generate(),
            kind: "saldo.file.v1.FileUploaded".to_owned(),
            tenant,
            aggregate: "fil_1".to_owned(),
            version: 7,
            occurred_at_micros: 1_789_000_000_123_456,
            traceparent: tenant.map(|_| "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".to_owned()),
            payload: vec![0, 255, 10],
        }
    }

    #[test]
    fn an_event_reads_back_as_it_was() {
        let organization = OrganizationId::generate();
        let tenants = [
            None,
            Some(Tenant { organization, workspace: None }),
            Some(Tenant { organization, workspace: Some(WorkspaceId::generate()) }),
        ];
        for event in tenants.map(uploaded) {
            assert_eq!(read(&headers(&event), &event.payload), Ok(event));
        }
    }

    #[test]
    fn headers_are_those_of_cloud_events() {
        let headers = headers(&uploaded(None));
        let text: Vec<_> = headers
            .iter()
            .filter(|header| header.key != "ce_id")
            .map(|header| format!("{}: {}", header.key, String::from_utf8_lossy(header.value.unwrap_or_default())))
            .collect();
        assert_eq!(
            text,
            [
                "ce_specversion: 1.0",
                "ce_type: saldo.file.v1.FileUploaded",
                "ce_source: /saldo/file",
                "ce_time: 2026-09-10T00:26:40.123456Z",
                "ce_subject: fil_1",
                "ce_aggregateversion: 7",
                "content-type: application/protobuf",
            ]
        );
    }

    #[test]
    fn what_is_no_event_says_why() {
        let no = read(&OwnedHeaders::new(), &[]).expect_err("no event");
        assert_eq!(no, "its header ce_specversion is missing or no text");
        let newer = OwnedHeaders::new().insert(Header { key: "ce_specversion", value: Some("2.0") });
        assert_eq!(read(&newer, &[]).expect_err("no event"), "it is of CloudEvents 2.0");
    }
}
