//! Every event to this process, from now on: all partitions, without a group.

use std::{collections::BTreeMap, sync::Arc};

use rdkafka::{
    Offset, TopicPartitionList,
    consumer::{Consumer, StreamConsumer},
};
use saldo_kernel::Error;
use tracing::Instrument;

use super::{blocking, client, envelope, failed, offsets::TIMEOUT, quiet::Quiet};
use crate::{Kafka, Listener, delivery::span, ground::Ground};

/// A consumer that stands at the end of every partition.
pub(super) async fn begin(kafka: &Kafka, topics: Vec<String>) -> Result<StreamConsumer<Quiet>, Error> {
    let mut config = client(kafka);
    // It is no member of it: librdkafka wants a name.
    config
        .set("group.id", "saldo-broadcast")
        .set("enable.auto.commit", "false")
        .set("queued.max.messages.kbytes", "8192");
    blocking(move || {
        let consumer: StreamConsumer<Quiet> = config.create_with_context(Quiet).map_err(failed)?;
        let mut partitions = BTreeMap::new();
        for topic in &topics {
            let metadata = consumer.fetch_metadata(Some(topic), TIMEOUT).map_err(failed)?;
            for partition in metadata.topics().iter().flat_map(|topic| topic.partitions()) {
                // The end as it is now, not as it is when the consumer gets there.
                let (_, end) = consumer.fetch_watermarks(topic, partition.id(), TIMEOUT).map_err(failed)?;
                partitions.insert((topic.clone(), partition.id()), Offset::Offset(end));
            }
        }
        let list = TopicPartitionList::from_topic_map(&partitions.into_iter().collect()).map_err(failed)?;
        consumer.assign(&list).map_err(failed)?;
        Ok(consumer)
    })
    .await
}

/// Tells the listener until the bus stops.
pub(super) async fn run(ground: Arc<Ground>, consumer: StreamConsumer<Quiet>, listener: Arc<dyn Listener>) {
    loop {
        let message = tokio::select! {
            () = ground.stop.asked() => break,
            message = consumer.recv() => message,
        };
        match message.map(|message| envelope::event(&message)) {
            Ok(Ok(event)) => {
                let span = span(&event, "broadcast");
                listener.hear(&event).instrument(span).await;
            }
            Ok(Err(why)) => tracing::error!(why, "a message is no event"),
            Err(error) => tracing::warn!(%error, "a listener hears nothing for now"),
        }
    }
}
