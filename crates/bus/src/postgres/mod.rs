//! The bus on PostgreSQL: no second log, the outboxes are read themselves.
//!
//! Processes of a group share the partitions by session advisory locks rather than leases: a lock is free the moment its
//! process is gone, whatever it died of, needs no clock and no heartbeat, and the connection that holds the locks is the one
//! that moves the cursors, so who has lost the locks cannot move them. The price is one connection for each group of a
//! process, to PostgreSQL itself or through a pooler in session mode.

mod broadcast;
mod group;

mod session;

use std::sync::Arc;

use async_trait::async_trait;
use saldo_kernel::Error;
use saldo_store::{Database, error_of};
use sqlx::{AssertSqlSafe, Row};
use time::OffsetDateTime;

use crate::{
    Bus, DeadLetters, Lag, Listener, Options, Subscription,
    delivery::Delivery,
    ground::Ground,
    outbox::{PARTITION, Source},
    prune, redelivery,
    replays::{self, Group},
    wake,
};

/// The bus on the outboxes themselves.
pub(crate) struct PostgresBus {
    ground: Arc<Ground>,
}

impl PostgresBus {
    pub(crate) fn start(database: &Database, options: Options) -> Result<Self, Error> {
        let ground = Arc::new(Ground::new(database, options));
        ground.spawn(wake::listen(ground.clone()))?;
        ground.spawn(prune::run(ground.clone(), prune::Settled::ByCursors))?;
        Ok(Self { ground })
    }
}

#[async_trait]
impl Bus for PostgresBus {
    async fn subscribe(&self, subscription: Subscription) -> Result<(), Error> {
        let sources = Source::of(&subscription.topics)?;
        self.ground.spawn(prune::inbox(self.ground.clone(), subscription.clone()))?;
        let delivery = Arc::new(Delivery { subscription, ground: self.ground.clone() });
        self.ground.spawn(redelivery::run(delivery.clone()))?;
        self.ground.spawn(group::run(delivery, sources))
    }

    async fn subscribe_all(&self, topics: &[String], listener: Arc<dyn Listener>) -> Result<(), Error> {
        let broadcast = broadcast::Broadcast::begin(self.ground.clone(), Source::of(topics)?, listener).await?;
        self.ground.spawn(broadcast.run())
    }

    async fn replay(&self, group: &str, from: OffsetDateTime) -> Result<(), Error> {
        let from_micros = i64::try_from(from.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX);
        let mut tx = self.ground.begin().await?;
        let group = Group::of(tx.connection(), group).await?;
        let generation = replays::ask(tx.connection(), &group, from_micros).await?;
        let outboxes = sqlx::query_scalar("select distinct outbox from bus.cursors where group_id = $1").bind(group.id);
        let outboxes: Vec<String> = outboxes.fetch_all(tx.connection()).await.map_err(error_of)?;
        for outbox in Source::named(&outboxes) {
            // Back to before the first event since then; never forward, where nothing is handled yet.
            let sql = format!(
                "with first as (select transaction_id, id from \"{outbox}\".outbox \
                   where occurred_at >= timestamptz 'epoch' + $3 * interval '1 microsecond' order by transaction_id, id limit 1), \
                 back as (update bus.cursors c set transaction_id = first.transaction_id, id = first.id - 1 from first \
                   where c.group_id = $1 and c.outbox = $2 and (c.transaction_id, c.id) >= (first.transaction_id, first.id) \
                   returning c.partition) \
                 select count(*) from back"
            );
            let query = sqlx::query(AssertSqlSafe(sql)).bind(group.id).bind(outbox).bind(from_micros);
            query.fetch_one(tx.connection()).await.map_err(error_of)?;
        }
        // Whoever has read older cursors may not move these.
        let sql =
            sqlx::query("update bus.cursors set generation = $2 where group_id = $1").bind(group.id).bind(generation);
        sql.execute(tx.connection()).await.map_err(error_of)?;
        replays::tell(tx.connection()).await?;
        tx.commit().await
    }

    async fn lag(&self) -> Result<Vec<Lag>, Error> {
        let mut tx = self.ground.begin().await?;
        let sql = "select distinct name, outbox from bus.cursors join bus.groups on groups.id = group_id order by 1, 2";
        let rows = sqlx::query(sql).fetch_all(tx.connection()).await.map_err(error_of)?;
        let mut lags = Vec::new();
        for row in rows {
            let (group, outbox): (String, String) = (row.get(0), row.get(1));
            for outbox in Source::named(&[outbox]) {
                let sql = format!(
                    "select count(*) from \"{outbox}\".outbox o join bus.cursors c on c.partition = {PARTITION} \
                     join bus.groups g on g.id = c.group_id \
                     where g.name = $1 and c.outbox = $2 and (o.transaction_id, o.id) > (c.transaction_id, c.id)"
                );
                let count = sqlx::query_scalar(AssertSqlSafe(sql)).bind(&group).bind(outbox);
                let events: i64 = count.fetch_one(tx.connection()).await.map_err(error_of)?;
                lags.push(Lag { group: group.clone(), service: outbox.to_owned(), events: events.unsigned_abs() });
            }
        }
        Ok(lags)
    }

    async fn prune(&self) -> Result<u64, Error> {
        prune::outboxes(&self.ground, prune::Settled::ByCursors).await
    }

    fn dead_letters(&self) -> &DeadLetters {
        &self.ground.letters
    }

    async fn stop(&self) {
        self.ground.end().await;
    }
}
