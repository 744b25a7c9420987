//! The outboxes of the services, read in the order in which it is safe to.
//!
//! Rows get their ids before their transactions commit, so a reader that remembers the last id would skip those that
//! commit late. It remembers (transaction id, id) instead and reads only rows below the horizon: the oldest transaction
//! that still runs anywhere (`pg_snapshot_xmin`). Nothing can commit below it any more.

use std::{fmt::Write, time::Duration};

use saldo_kernel::{Error, Event, EventId, OrganizationId, Tenant, WorkspaceId};
use saldo_store::error_of;
use sqlx::{AssertSqlSafe, PgConnection, Row, postgres::PgRow};

use crate::DOMAIN;

/// In how many partitions the keys of events fall, in every topic and outbox. Fixed: another number would tear keys apart
/// whose events are under way.
pub const PARTITIONS: i32 = 16;

/// The shortest wait for a transaction that hides later events; it doubles up to the longest.
pub(crate) const SOON: Duration = Duration::from_millis(1);
pub(crate) const SOON_AT_MOST: Duration = Duration::from_millis(32);

/// Of the outbox `o`: the partition of a row. The same for ever and on every server, unlike PostgreSQL's own hashes.
pub(crate) const PARTITION: &str = "get_byte(sha256(convert_to(o.key, 'UTF8')), 0) % 16";

/// The columns of an event, in an outbox and in the dead letters.
pub(crate) const EVENT: &str = "event_id, kind, org_id, workspace_id, aggregate, aggregate_version, payload, traceparent, \
     (extract(epoch from occurred_at) * 1000000)::bigint as occurred_at_micros";

/// Where a row stands in its outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Position {
    pub(crate) transaction: i64,
    pub(crate) id: i64,
}

impl Position {
    /// Before every row of this transaction and those after it: ids begin at 1.
    pub(crate) fn at(transaction: i64) -> Self {
        Self { transaction, id: 0 }
    }
}

/// One outbox and what of it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// The schema.
    pub(crate) schema: String,
    /// The topics, all of this service.
    pub(crate) topics: Vec<String>,
}

impl Source {
    /// One for each service whose topics are named.
    ///
    /// # Errors
    /// A topic that is none.
    pub(crate) fn of(topics: &[String]) -> Result<Vec<Self>, Error> {
        let mut sources: Vec<Self> = Vec::new();
        for topic in topics {
            let mut parts = topic.split('.');
            let schema = match (parts.next(), parts.next(), parts.next(), parts.next()) {
                (Some("saldo"), Some(service), Some(_), None) if is_name(service) => service.to_owned(),
                _ => return Err(Error::internal(DOMAIN, format!("'{topic}' is no topic such as saldo.file.v1"))),
            };
            match sources.iter_mut().find(|source| source.schema == schema) {
                Some(source) => source.topics.push(topic.clone()),
                None => sources.push(Self { schema, topics: vec![topic.clone()] }),
            }
        }
        Ok(sources)
    }

    /// Those of the names that may stand in a statement.
    pub(crate) fn named(schemas: &[String]) -> impl Iterator<Item = &str> {
        schemas.iter().map(String::as_str).filter(|name| is_name(name))
    }

    /// What a kind of one of the topics begins with.
    fn prefixes(&self) -> Vec<String> {
        self.topics.iter().map(|topic| format!("{topic}.")).collect()
    }
}

/// Whether it may stand in a statement as the name of a schema.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// A row of an outbox.
pub(crate) struct Told {
    pub(crate) position: Position,
    pub(crate) partition: i32,
    pub(crate) event: Event,
}

/// Every schema that has an outbox which this connection may read.
pub(crate) async fn schemas(connection: &mut PgConnection) -> Result<Vec<String>, Error> {
    let sql = "select nspname::text from pg_class join pg_namespace on pg_namespace.oid = relnamespace \
               where relname = 'outbox' and relkind in ('r', 'p') and has_table_privilege(pg_class.oid, 'select, delete') \
               order by 1";
    let names: Vec<String> = sqlx::query_scalar(sql).fetch_all(connection).await.map_err(error_of)?;
    Ok(names.into_iter().filter(|name| is_name(name)).collect())
}

/// The oldest transaction that still runs.
pub(crate) async fn horizon(connection: &mut PgConnection) -> Result<i64, Error> {
    let sql = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
    sqlx::query_scalar(sql).fetch_one(connection).await.map_err(error_of)
}

/// At most `limit` rows below the horizon, in order: of each partition those after its position.
pub(crate) async fn read(
    connection: &mut PgConnection,
    source: &Source,
    from: &[(i32, Position)],
    horizon: i64,
    limit: usize,
) -> Result<Vec<Told>, Error> {
    let Some(lowest) = from.iter().map(|(_, position)| *position).min() else { return Ok(Vec::new()) };
    let mut sql =
        format!("select {PARTITION} as partition, o.transaction_id::text::bigint as transaction, o.id, {EVENT} ");
    let _ = write!(
        sql,
        "from \"{}\".outbox o join unnest($1::int[], $2::bigint[], $3::bigint[]) as f (p, t, i) on f.p = {PARTITION} \
         where (o.transaction_id, o.id) > ($4::text::xid8, $5) and o.transaction_id < $6::text::xid8 \
         and (o.transaction_id, o.id) > (f.t::text::xid8, f.i) \
         and exists (select from unnest($7::text[]) as prefix where starts_with(o.kind, prefix)) \
         order by o.transaction_id, o.id limit $8",
        source.schema
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(from.iter().map(|(partition, _)| *partition).collect::<Vec<_>>())
        .bind(from.iter().map(|(_, position)| position.transaction).collect::<Vec<_>>())
        .bind(from.iter().map(|(_, position)| position.id).collect::<Vec<_>>())
        .bind(lowest.transaction.to_string())
        .bind(lowest.id)
        .bind(horizon.to_string())
        .bind(source.prefixes())
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(connection)
        .await
        .map_err(error_of)?;
    rows.iter().map(told).collect()
}

/// At most `limit` rows below the horizon that Kafka has yet to get, in order.
pub(crate) async fn unpublished(
    connection: &mut PgConnection,
    schema: &str,
    from: Position,
    horizon: i64,
    limit: usize,
) -> Result<Vec<(Position, Event)>, Error> {
    let sql = format!(
        "select transaction_id::text::bigint as transaction, id, {EVENT} from \"{schema}\".outbox \
         where (transaction_id, id) > ($1::text::xid8, $2) and transaction_id < $3::text::xid8 and published_at is null \
         order by transaction_id, id limit $4"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(from.transaction.to_string())
        .bind(from.id)
        .bind(horizon.to_string())
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(connection)
        .await
        .map_err(error_of)?;
    rows.iter().map(|row| Ok((position(row)?, event(row)?))).collect()
}

/// Notes that Kafka has these rows.
pub(crate) async fn mark_published(
    connection: &mut PgConnection,
    schema: &str,
    rows: &[Position],
) -> Result<(), Error> {
    let sql = format!(
        "update \"{schema}\".outbox o set published_at = clock_timestamp() from unnest($1::bigint[], $2::bigint[]) as d (t, i) \
         where o.transaction_id = d.t::text::xid8 and o.id = d.i"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(rows.iter().map(|position| position.transaction).collect::<Vec<_>>())
        .bind(rows.iter().map(|position| position.id).collect::<Vec<_>>())
        .execute(connection)
        .await
        .map_err(error_of)?;
    Ok(())
}

/// Whether rows are committed that the horizon still hides: worth another look soon.
pub(crate) async fn is_more_beyond(connection: &mut PgConnection, schema: &str, horizon: i64) -> Result<bool, Error> {
    let sql = format!("select exists (select from \"{schema}\".outbox where transaction_id >= $1::text::xid8)");
    sqlx::query_scalar(AssertSqlSafe(sql)).bind(horizon.to_string()).fetch_one(connection).await.map_err(error_of)
}

fn told(row: &PgRow) -> Result<Told, Error> {
    Ok(Told { position: position(row)?, partition: row.try_get("partition").map_err(error_of)?, event: event(row)? })
}

fn position(row: &PgRow) -> Result<Position, Error> {
    let get = |name: &str| row.try_get::<i64, _>(name).map_err(error_of);
    Ok(Position { transaction: get("transaction")?, id: get("id")? })
}

/// The event of a row with the columns [`EVENT`].
pub(crate) fn event(row: &PgRow) -> Result<Event, Error> {
    let read = || -> Result<Event, sqlx::Error> {
        let organization: Option<uuid::Uuid> = row.try_get("org_id")?;
        let workspace: Option<uuid::Uuid> = row.try_get("workspace_id")?;
        Ok(Event {
            id: EventId::of(row.try_get("event_id")?),
            kind: row.try_get("kind")?,
            tenant: organization.map(|body| Tenant {
                organization: OrganizationId::of(body),
                workspace: workspace.map(WorkspaceId::of),
            }),
            aggregate: row.try_get("aggregate")?,
            version: row.try_get::<i64, _>("aggregate_version")?.unsigned_abs(),
            occurred_at_micros: row.try_get("occurred_at_micros")?,
            traceparent: row.try_get("traceparent")?,
            payload: row.try_get("payload")?,
        })
    };
    read().map_err(error_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_of_one_service_are_read_from_its_one_outbox() {
        let topics = ["saldo.file.v1", "saldo.auth.v1", "saldo.file.v2"].map(str::to_owned);
        let sources = Source::of(&topics).expect("sources");
        let have: Vec<_> = sources.iter().map(|source| (source.schema.as_str(), source.topics.len())).collect();
        assert_eq!(have, [("file", 2), ("auth", 1)]);
    }

    #[test]
    fn what_is_no_topic_reaches_no_statement() {
        for topic in ["file", "saldo.file", "saldo.file\".v1", "saldo..v1", "saldo.file.v1.FileUploaded", "x.file.v1"] {
            assert!(Source::of(&[topic.to_owned()]).is_err(), "{topic}");
        }
    }
}
