//! How far groups are behind in Kafka.

use rdkafka::{
    Offset, TopicPartitionList,
    consumer::{BaseConsumer, Consumer},
    error::KafkaResult,
};
use saldo_kernel::Error;

use super::{blocking, client, failed, group_id, offsets::TIMEOUT, quiet::Quiet};
use crate::{Kafka, Lag, PARTITIONS};

/// What these groups have yet to handle of their topics.
pub(super) async fn of_groups(kafka: Kafka, groups: Vec<(String, Vec<String>)>) -> Result<Vec<Lag>, Error> {
    blocking(move || {
        let mut lags = Vec::new();
        for (group, topics) in groups {
            // It asks for the group's offsets and does not join it.
            let consumer: BaseConsumer<Quiet> =
                client(&kafka).set("group.id", group_id(&group)).create_with_context(Quiet).map_err(failed)?;
            for topic in topics {
                let events = behind(&consumer, &topic).map_err(failed)?;
                let service = topic.split('.').nth(1).unwrap_or_default().to_owned();
                lags.push(Lag { group: group.clone(), service, events });
            }
        }
        Ok(lags)
    })
    .await
}

fn behind(consumer: &BaseConsumer<Quiet>, topic: &str) -> KafkaResult<u64> {
    let mut list = TopicPartitionList::new();
    list.add_partition_range(topic, 0, PARTITIONS - 1);
    let mut events = 0;
    for element in consumer.committed_offsets(list, TIMEOUT)?.elements() {
        let (oldest, end) = consumer.fetch_watermarks(topic, element.partition(), TIMEOUT)?;
        let settled = if let Offset::Offset(next) = element.offset() { next.max(oldest) } else { oldest };
        events += end.saturating_sub(settled).unsigned_abs();
    }
    Ok(events)
}
