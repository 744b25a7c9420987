//! Events that a transaction tells of: they wait beside the rows for the bus.

use saldo_kernel::{Error, Event, EventId, Tenant};
use sqlx::{PgConnection, Row};

use crate::{Aggregate, error, trace};

/// Adds an event; it is published if the transaction commits. Who reads events is woken; whoever misses it looks again after
/// a while.
const ADD: &str = "with now as (select clock_timestamp() as at), \
     told as (insert into outbox (event_id, kind, org_id, workspace_id, aggregate, aggregate_version, key, payload, \
       traceparent, occurred_at) select $1, $2, $3, $4, $5, $6, $7, $8, $9, at from now) \
     select (extract(epoch from at) * 1000000)::bigint, pg_notify('saldo_outbox', current_schema()) from now";

pub(crate) async fn add(
    connection: &mut PgConnection,
    tenant: Option<Tenant>,
    aggregate: Aggregate,
    kind: &str,
    payload: Vec<u8>,
) -> Result<Event, Error> {
    let mut event = Event {
        id: EventId::generate(),
        kind: kind.to_owned(),
        tenant,
        aggregate: aggregate.id,
        version: aggregate.version,
        occurred_at_micros: 0,
        traceparent: trace::current_traceparent(),
        payload,
    };
    let row = sqlx::query(ADD)
        .bind(event.id.body())
        .bind(&event.kind)
        .bind(tenant.map(|tenant| tenant.organization.body()))
        .bind(tenant.and_then(|tenant| tenant.workspace).map(saldo_kernel::WorkspaceId::body))
        .bind(&event.aggregate)
        .bind(i64::try_from(event.version).unwrap_or(i64::MAX))
        .bind(event.key())
        .bind(&event.payload)
        .bind(&event.traceparent)
        .fetch_one(connection)
        .await
        .map_err(error::of)?;
    event.occurred_at_micros = row.try_get(0).map_err(error::of)?;
    Ok(event)
}
