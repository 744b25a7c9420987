//! Lets go of what is old and settled: rows of outboxes that nobody will read, notes of what was handled long ago.

use std::{sync::Arc, time::Duration};

use saldo_kernel::Error;
use saldo_store::error_of;
use sqlx::AssertSqlSafe;
use tokio::time::sleep;

use crate::{
    Subscription,
    ground::Ground,
    outbox::{self, PARTITION},
};

/// How often there is something to let go of.
const EVERY: Duration = Duration::from_secs(60);
/// How many rows at once: a long transaction would hold up every reader.
const BATCH: i64 = 2_000;

/// When a row of an outbox is settled.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Settled {
    /// When no cursor of a group has yet to pass it.
    ByCursors,
    /// When it is published to Kafka.
    ByPublishing,
}

/// Prunes the outboxes until the bus stops. Several processes do so at the same time without harm.
pub(crate) async fn run(ground: Arc<Ground>, settled: Settled) {
    loop {
        if let Err(error) = outboxes(&ground, settled).await {
            tracing::warn!(%error, "the outboxes cannot be pruned now");
        }
        tokio::select! {
            () = ground.stop.asked() => return,
            () = sleep(EVERY) => {}
        }
    }
}

/// Prunes every outbox once; gives how many rows went.
pub(crate) async fn outboxes(ground: &Ground, settled: Settled) -> Result<u64, Error> {
    let rule = match settled {
        Settled::ByCursors => format!(
            "not exists (select from bus.cursors c where c.outbox = $2 and c.partition = {PARTITION} \
             and (c.transaction_id, c.id) < (o.transaction_id, o.id))"
        ),
        Settled::ByPublishing => "o.published_at is not null and $2 <> ''".to_owned(),
    };
    let schemas = outbox::schemas(ground.begin().await?.connection()).await?;
    let mut gone = 0;
    for schema in schemas {
        let sql = format!(
            "delete from \"{schema}\".outbox where (transaction_id, id) in (select o.transaction_id, o.id from \"{schema}\".outbox o \
             where o.occurred_at < clock_timestamp() - $1 * interval '1 millisecond' and {rule} \
             order by o.transaction_id, o.id limit $3)"
        );
        let keep = i64::try_from(ground.options.keep.as_millis()).unwrap_or(i64::MAX);
        gone += batches(ground, || sqlx::query(AssertSqlSafe(sql.clone())).bind(keep).bind(schema.clone()).bind(BATCH))
            .await?;
    }
    Ok(gone)
}

type Statement = sqlx::query::Query<'static, sqlx::Postgres, sqlx::postgres::PgArguments>;

/// Repeats a statement until it finds less than a batch.
async fn batches(ground: &Ground, statement: impl Fn() -> Statement) -> Result<u64, Error> {
    let mut gone = 0;
    while !ground.stop.is_asked() {
        let mut tx = ground.begin().await?;
        let done = statement().execute(tx.connection()).await.map_err(error_of)?.rows_affected();
        tx.commit().await?;
        gone += done;
        if done < BATCH.unsigned_abs() {
            break;
        }
    }
    Ok(gone)
}

/// Forgets what a group has handled longer ago than an event can come again, until the bus stops.
pub(crate) async fn inbox(ground: Arc<Ground>, subscription: Subscription) {
    loop {
        tokio::select! {
            () = ground.stop.asked() => return,
            () = sleep(EVERY) => {}
        }
        if let Err(error) = forget(&ground, &subscription).await {
            tracing::warn!(group = subscription.group, %error, "what was handled long ago cannot be forgotten now");
        }
    }
}

async fn forget(ground: &Ground, subscription: &Subscription) -> Result<(), Error> {
    let sql = "delete from inbox where (consumer, event_id) in (select consumer, event_id from inbox \
               where handled_at < now() - $1 * interval '1 millisecond' order by handled_at limit $2)";
    let keep = i64::try_from(ground.options.keep_handled.as_millis()).unwrap_or(i64::MAX);
    let mut tx = subscription.store.system().await?;
    sqlx::query(sql).bind(keep).bind(BATCH).execute(tx.connection()).await.map_err(error_of)?;
    tx.commit().await
}
