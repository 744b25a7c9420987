//! Topics, each with the fixed number of partitions.

use std::time::Duration;

use rdkafka::{
    admin::{AdminClient, AdminOptions, NewTopic, TopicReplication},
    consumer::{BaseConsumer, Consumer},
    error::RDKafkaErrorCode,
};
use saldo_kernel::{Error, reasons};

use super::{blocking, client, failed, quiet::Quiet};
use crate::{DOMAIN, Kafka, PARTITIONS};

const TIMEOUT: Duration = Duration::from_secs(15);

/// Creates those of `topics` that are not there; gives their names.
///
/// # Errors
/// Kafka does not answer, or a topic has another number of partitions (reason `TOPIC_UNFIT`).
pub async fn create_topics(kafka: &Kafka, topics: &[String]) -> Result<Vec<String>, Error> {
    let admin: AdminClient<Quiet> = client(kafka).create_with_context(Quiet).map_err(failed)?;
    let new = |topic| NewTopic::new(topic, PARTITIONS, TopicReplication::Fixed(kafka.replication.max(1)));
    let wanted: Vec<_> = topics.iter().map(|topic| new(topic)).collect();
    let options = AdminOptions::new().operation_timeout(Some(TIMEOUT)).request_timeout(Some(TIMEOUT));
    let mut created = Vec::new();
    for result in admin.create_topics(&wanted, &options).await.map_err(failed)? {
        match result {
            Ok(topic) => created.push(topic),
            Err((_, RDKafkaErrorCode::TopicAlreadyExists)) => {}
            Err((topic, code)) => {
                let message = format!("Kafka does not create the topic {topic}: {code}.");
                return Err(Error::known(&reasons::EVENTS_UNAVAILABLE, DOMAIN, message));
            }
        }
    }
    let existing: Vec<_> = topics.iter().filter(|topic| !created.contains(topic)).cloned().collect();
    let kafka = kafka.clone();
    blocking(move || check(&kafka, &existing)).await?;
    Ok(created)
}

/// Keys would move to other partitions if their number changed, and their order would be lost.
fn check(kafka: &Kafka, topics: &[String]) -> Result<(), Error> {
    let consumer: BaseConsumer<Quiet> = client(kafka).create_with_context(Quiet).map_err(failed)?;
    for topic in topics {
        let metadata = consumer.fetch_metadata(Some(topic), TIMEOUT).map_err(failed)?;
        let found = metadata.topics().iter().find(|one| one.name() == topic).map_or(0, |one| one.partitions().len());
        if i32::try_from(found) != Ok(PARTITIONS) {
            let message = format!("The topic {topic} has {found} partitions instead of {PARTITIONS}.");
            return Err(Error::known(&reasons::TOPIC_UNFIT, DOMAIN, message));
        }
    }
    Ok(())
}
