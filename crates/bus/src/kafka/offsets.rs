//! How far a group has come in Kafka. With each offset goes the number of the last replay that it counts for, as metadata:
//! whoever gets the partition sees whether it has yet to go back.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use rdkafka::{
    Offset, TopicPartitionList,
    consumer::{CommitMode, Consumer, ConsumerContext},
    error::KafkaResult,
};

use crate::replays::Group;

/// How long a call of Kafka may take.
pub(super) const TIMEOUT: Duration = Duration::from_secs(15);

/// A partition of a topic.
pub(super) type Spot = (String, i32);

/// What is settled of the partitions that are ours.
#[derive(Debug)]
pub(super) struct Offsets {
    generation: i32,
    ours: BTreeSet<Spot>,
    /// The offset after the last event that is settled.
    next: BTreeMap<Spot, i64>,
    /// Where that is not committed yet.
    due: BTreeSet<Spot>,
}

impl Offsets {
    pub(super) fn new(generation: i32) -> Self {
        Self { generation, ours: BTreeSet::new(), next: BTreeMap::new(), due: BTreeSet::new() }
    }

    /// These partitions are ours from now on.
    pub(super) fn assign(&mut self, spots: &[Spot]) {
        self.ours.extend(spots.iter().cloned());
    }

    /// These partitions are others' from now on; gives what is yet to be committed of them.
    pub(super) fn revoke(&mut self, spots: &[Spot]) -> Option<TopicPartitionList> {
        let last = self.take(|spot| spots.contains(spot));
        self.ours.retain(|spot| !spots.contains(spot));
        self.next.retain(|spot, _| !spots.contains(spot));
        last
    }

    /// The event before `next` is settled.
    pub(super) fn settle(&mut self, spot: Spot, next: i64) {
        if self.ours.contains(&spot) {
            self.next.insert(spot.clone(), next);
            self.due.insert(spot);
        }
    }

    /// A commit has failed: everything is to be committed again, as far as it is by then.
    pub(super) fn take_back(&mut self) {
        self.due.extend(self.next.keys().cloned());
    }

    /// Everything that is to be committed; it is not given twice.
    pub(super) fn take_all(&mut self) -> Option<TopicPartitionList> {
        self.take(|_| true)
    }

    fn take(&mut self, is_wanted: impl Fn(&Spot) -> bool) -> Option<TopicPartitionList> {
        let (taken, left): (BTreeSet<Spot>, _) = std::mem::take(&mut self.due).into_iter().partition(is_wanted);
        self.due = left;
        let mut list = TopicPartitionList::new();
        for spot in &taken {
            if let Some(next) = self.next.get(spot) {
                // Fails only for a text with a zero in it.
                let _ = add(&mut list, spot, *next, self.generation);
            }
        }
        (list.count() > 0).then_some(list)
    }
}

fn add(list: &mut TopicPartitionList, (topic, partition): &Spot, next: i64, generation: i32) -> KafkaResult<()> {
    let mut element = list.add_partition(topic, *partition);
    element.set_offset(Offset::Offset(next))?;
    element.set_metadata(generation.to_string());
    Ok(())
}

/// Takes those of `spots` back that were committed before the last replay; true if there were any. Then the consumer must
/// begin anew, from what is committed. Waits for Kafka.
pub(super) fn go_back<C: ConsumerContext, K: Consumer<C>>(
    consumer: &K,
    group: &Group,
    spots: &[Spot],
) -> KafkaResult<bool> {
    let mut asked = TopicPartitionList::new();
    for (topic, partition) in spots {
        asked.add_partition(topic, *partition);
    }
    let (mut back, mut moments) = (TopicPartitionList::new(), TopicPartitionList::new());
    let mut committed = BTreeMap::new();
    for element in consumer.committed_offsets(asked, TIMEOUT)?.elements() {
        let Offset::Offset(offset) = element.offset() else { continue };
        let known = element.metadata().parse().unwrap_or(0);
        let Some(from_micros) = group.since_micros(known) else { continue };
        let spot = (element.topic().to_owned(), element.partition());
        moments.add_partition_offset(&spot.0, spot.1, Offset::Offset((from_micros / 1_000).max(0)))?;
        committed.insert(spot, offset);
    }
    if committed.is_empty() {
        return Ok(false);
    }
    for element in consumer.offsets_for_times(moments, TIMEOUT)?.elements() {
        element.error()?;
        let spot = (element.topic().to_owned(), element.partition());
        let Some(offset) = committed.get(&spot) else { continue };
        // Never forward, where nothing is handled yet; nothing is newer where no offset is found.
        let first = if let Offset::Offset(first) = element.offset() { first.min(*offset) } else { *offset };
        add(&mut back, &spot, first, group.generation())?;
    }
    consumer.commit(&back, CommitMode::Sync)?;
    Ok(true)
}
