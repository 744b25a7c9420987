//! From the outboxes to Kafka, in order. One process relays a schema at a time: the one that has its lock.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use rdkafka::{
    error::{KafkaError, RDKafkaErrorCode},
    producer::{DeliveryFuture, FutureProducer, FutureRecord},
};
use saldo_kernel::{Error, Event, reasons};
use saldo_store::error_of;
use sqlx::{AssertSqlSafe, PgConnection};
use tokio::time::{Instant, sleep};

use super::{client, envelope, failed, quiet::Quiet};
use crate::{
    DOMAIN, Kafka, Lag,
    ground::Ground,
    outbox::{self, Position, SOON, SOON_AT_MOST},
};

/// Under this name are the dead letters of the relay, and what it has yet to do.
pub(super) const NAME: &str = "relay";
/// The first half of the keys of its locks.
const LOCKS: i32 = 0x5a1e_0000;
/// How many rows are published at once.
const BATCH: usize = 512;
/// How often to look for schemas that nobody relays any more.
const TAKE_OVER: Duration = Duration::from_secs(1);
/// How long a dead letter is ours to publish again.
const HOLD: Duration = Duration::from_secs(60);

type Producer = FutureProducer<Quiet>;

/// A producer that keeps order and writes nothing twice, and that waits for brokers as long as it takes.
pub(super) fn producer(kafka: &Kafka) -> Result<Producer, Error> {
    client(kafka)
        .set("enable.idempotence", "true")
        .set("acks", "all")
        .set("message.timeout.ms", "0")
        .set("compression.type", "zstd")
        .set("linger.ms", "1")
        // As Java's clients choose partitions, so that others can read keys in order too.
        .set("partitioner", "murmur2_random")
        .create_with_context(Quiet)
        .map_err(failed)
}

/// Relays until the bus stops.
pub(super) async fn run(ground: Arc<Ground>, producer: Producer) {
    let mut failures = 0;
    loop {
        let started = Instant::now();
        tokio::select! {
            // What is on its way and not marked is published again: consumers skip it.
            () = ground.stop.asked() => return,
            ended = relay(&ground, &producer) => if let Err(error) = ended {
                tracing::warn!(%error, source = error.source.as_deref().map(tracing::field::display), "events wait in the outboxes");
            },
        }
        failures = if started.elapsed() > ground.options.longest_wait { 1 } else { failures + 1 };
        tokio::select! {
            () = ground.stop.asked() => return,
            () = sleep(ground.options.wait(failures).min(ground.options.look)) => {}
        }
    }
}

async fn relay(ground: &Ground, producer: &Producer) -> Result<(), Error> {
    let mut connection = ground.connection().await?;
    let mut ours: BTreeMap<String, Position> = BTreeMap::new();
    let mut events = ground.wake.all_events();
    let (mut take_at, mut soon) = (Instant::now(), SOON);
    loop {
        if Instant::now() >= take_at {
            for schema in take(&mut connection).await? {
                ours.entry(schema).or_default();
            }
            again(ground, producer).await?;
            take_at = Instant::now() + TAKE_OVER;
        }
        let horizon = outbox::horizon(&mut connection).await?;
        let mut hidden = false;
        for (schema, position) in &mut ours {
            while publish(ground, &mut connection, producer, schema, position, horizon).await? {}
            hidden |= outbox::is_more_beyond(&mut connection, schema, horizon).await?;
        }
        soon = if hidden { (soon * 2).min(SOON_AT_MOST) } else { SOON };
        let wait = if hidden { soon } else { TAKE_OVER.min(ground.options.look) };
        tokio::select! {
            () = events.changed() => {}
            () = sleep(wait) => {}
        }
    }
}

/// Takes the schemas that nobody relays; those that are ours stay so.
async fn take(connection: &mut PgConnection) -> Result<Vec<String>, Error> {
    let schemas = outbox::schemas(connection).await?;
    // Names that fall together are relayed by one process, which does no harm.
    let sql = "select s from unnest($2::text[]) as s where exists ( \
                 select from pg_locks where locktype = 'advisory' and granted and pid = pg_backend_pid() \
                   and classid::bigint = $1 and objid = hashtext(s)::oid) or pg_try_advisory_lock($1, hashtext(s))";
    sqlx::query_scalar(sql).bind(LOCKS).bind(schemas).fetch_all(connection).await.map_err(error_of)
}

/// Publishes the next rows of a schema; true if there may be more.
async fn publish(
    ground: &Ground,
    connection: &mut PgConnection,
    producer: &Producer,
    schema: &str,
    position: &mut Position,
    horizon: i64,
) -> Result<bool, Error> {
    let rows = outbox::unpublished(connection, schema, *position, horizon, BATCH).await?;
    let Some((last, _)) = rows.last() else {
        *position = (*position).max(Position::at(horizon));
        return Ok(false);
    };
    let (last, full) = (*last, rows.len() == BATCH);
    // All are queued, in order, before the first is waited for: the queue holds far more than a batch.
    let queued: Vec<_> = rows.iter().map(|(_, event)| queue(producer, event)).collect();
    for ((_, event), queued) in rows.iter().zip(queued) {
        if let Err(cause) = delivered(queued).await {
            refused(ground, event, cause).await?;
        }
    }
    let positions: Vec<_> = rows.iter().map(|(position, _)| *position).collect();
    outbox::mark_published(connection, schema, &positions).await?;
    *position = last;
    Ok(full)
}

type Queued = Result<DeliveryFuture, KafkaError>;

fn queue(producer: &Producer, event: &Event) -> Queued {
    let key = event.key();
    let record = FutureRecord::to(event.topic())
        .key(&key)
        .payload(&event.payload)
        .timestamp(event.occurred_at_micros / 1_000)
        .headers(envelope::headers(event));
    producer.send_result(record).map_err(|(cause, _)| cause)
}

/// Waits until the brokers have it.
async fn delivered(queued: Queued) -> Result<(), KafkaError> {
    match queued?.await {
        Ok(delivered) => delivered.map(drop).map_err(|(cause, _)| cause),
        Err(_) => Err(KafkaError::Canceled),
    }
}

/// Parks what Kafka never takes, for it would hold up all that follows.
async fn refused(ground: &Ground, event: &Event, cause: KafkaError) -> Result<(), Error> {
    if !matches!(cause, KafkaError::MessageProduction(RDKafkaErrorCode::MessageSizeTooLarge)) {
        return Err(failed(cause));
    }
    let error = Error::known(&reasons::EVENTS_UNAVAILABLE, DOMAIN, "The event is larger than Kafka is set to take.");
    tracing::error!(event = %event.id, kind = event.kind, bytes = event.payload.len(), "an event is parked");
    ground.letters.park(NAME, event, 1, &error).await
}

/// Publishes what was parked and shall be tried again.
async fn again(ground: &Ground, producer: &Producer) -> Result<(), Error> {
    while let Some(letter) = ground.letters.claim(NAME, HOLD).await? {
        match delivered(queue(producer, &letter.event)).await {
            Ok(()) => ground.letters.settled(letter.id).await?,
            Err(cause) => ground.letters.park(NAME, &letter.event, 1, &failed(cause)).await?,
        }
    }
    Ok(())
}

/// What of each outbox is not published yet.
pub(super) async fn lag(ground: &Ground) -> Result<Vec<Lag>, Error> {
    let mut tx = ground.begin().await?;
    let mut lags = Vec::new();
    for service in outbox::schemas(tx.connection()).await? {
        let sql = format!("select count(*) from \"{service}\".outbox where published_at is null");
        let count = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(tx.connection()).await;
        let events: i64 = count.map_err(error_of)?;
        lags.push(Lag { group: NAME.to_owned(), service, events: events.unsigned_abs() });
    }
    Ok(lags)
}
