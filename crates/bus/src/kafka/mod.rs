//! The bus on Apache Kafka: the outboxes are relayed to topics, groups are Kafka's consumer groups.
//!
//! Kafka gives order within a partition and its members, and redelivers what was not committed. That an event has its
//! effect once is the inbox's doing, as on PostgreSQL; dead letters and replays stand in PostgreSQL for both.

mod broadcast;
mod envelope;
mod group;
mod lag;
mod offsets;
mod quiet;
mod relay;
mod topics;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use rdkafka::{ClientConfig, error::KafkaError};
use saldo_kernel::{Error, reasons};
use saldo_store::Database;
use time::OffsetDateTime;

use crate::{
    Bus, DOMAIN, DeadLetters, Kafka, Lag, Listener, Options, Subscription, delivery::Delivery, ground::Ground,
    outbox::Source, prune, redelivery, replays, wake,
};

pub use topics::create_topics;

/// The bus on Kafka.
pub(crate) struct KafkaBus {
    ground: Arc<Ground>,
    kafka: Kafka,
    /// The groups of this process with their topics.
    groups: Mutex<Vec<(String, Vec<String>)>>,
}

impl KafkaBus {
    pub(crate) fn start(database: &Database, kafka: &Kafka, options: Options) -> Result<Self, Error> {
        let ground = Arc::new(Ground::new(database, options));
        let producer = relay::producer(kafka)?;
        ground.spawn(wake::listen(ground.clone()))?;
        ground.spawn(relay::run(ground.clone(), producer))?;
        ground.spawn(prune::run(ground.clone(), prune::Settled::ByPublishing))?;
        Ok(Self { ground, kafka: kafka.clone(), groups: Mutex::default() })
    }
}

#[async_trait]
impl Bus for KafkaBus {
    async fn subscribe(&self, subscription: Subscription) -> Result<(), Error> {
        Source::of(&subscription.topics)?;
        if let Ok(mut groups) = self.groups.lock() {
            groups.push((subscription.group.clone(), subscription.topics.clone()));
        }
        self.ground.spawn(prune::inbox(self.ground.clone(), subscription.clone()))?;
        let delivery = Arc::new(Delivery { subscription, ground: self.ground.clone() });
        self.ground.spawn(redelivery::run(delivery.clone()))?;
        self.ground.spawn(group::run(delivery, self.kafka.clone()))
    }

    async fn subscribe_all(&self, topics: &[String], listener: Arc<dyn Listener>) -> Result<(), Error> {
        Source::of(topics)?;
        let consumer = broadcast::begin(&self.kafka, topics.to_vec()).await?;
        self.ground.spawn(broadcast::run(self.ground.clone(), consumer, listener))
    }

    async fn replay(&self, group: &str, from: OffsetDateTime) -> Result<(), Error> {
        // The members go back themselves: who else moved a group's offsets would be overwritten by them.
        let from_micros = i64::try_from(from.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX);
        let mut tx = self.ground.begin().await?;
        let group = replays::Group::of(tx.connection(), group).await?;
        replays::ask(tx.connection(), &group, from_micros).await?;
        replays::tell(tx.connection()).await?;
        tx.commit().await
    }

    async fn lag(&self) -> Result<Vec<Lag>, Error> {
        let groups = self.groups.lock().map(|groups| groups.clone()).unwrap_or_default();
        let mut lags = relay::lag(&self.ground).await?;
        lags.extend(lag::of_groups(self.kafka.clone(), groups).await?);
        Ok(lags)
    }

    async fn prune(&self) -> Result<u64, Error> {
        prune::outboxes(&self.ground, prune::Settled::ByPublishing).await
    }

    fn dead_letters(&self) -> &DeadLetters {
        &self.ground.letters
    }

    async fn stop(&self) {
        self.ground.end().await;
    }
}

/// What every client of ours is set to.
fn client(kafka: &Kafka) -> ClientConfig {
    let mut config = ClientConfig::new();
    for (name, value) in &kafka.properties {
        config.set(name, value);
    }
    config
        .set("bootstrap.servers", &kafka.brokers)
        .set("client.id", "saldo")
        // Brokers that return are found soon.
        .set("reconnect.backoff.max.ms", "1000")
        .set("topic.metadata.refresh.fast.interval.ms", "250")
        .set("allow.auto.create.topics", "false");
    config
}

/// The name of a group as Kafka knows it.
fn group_id(group: &str) -> String {
    format!("saldo.{group}")
}

/// Kafka does not do what was asked for.
fn failed(cause: KafkaError) -> Error {
    match cause {
        KafkaError::ClientConfig(_, text, key, value) => {
            Error::known(&reasons::CONFIG_INVALID, DOMAIN, format!("Kafka does not take {key} = {value}: {text}."))
        }
        other => Error::known(&reasons::EVENTS_UNAVAILABLE, DOMAIN, "Kafka does not answer.").caused_by(other),
    }
}

/// Runs what waits for Kafka where it may.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    let broken = |cause| Error::internal(DOMAIN, "a call of Kafka broke off").caused_by(cause);
    tokio::task::spawn_blocking(work).await.map_err(broken)?
}
