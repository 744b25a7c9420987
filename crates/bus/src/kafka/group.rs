//! A group in one process: a member of Kafka's consumer group that hands events to the lanes and commits what is settled.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use rdkafka::{
    ClientContext, Message, TopicPartitionList,
    config::RDKafkaLogLevel,
    consumer::{BaseConsumer, CommitMode, Consumer, ConsumerContext, Rebalance, StreamConsumer},
    error::{KafkaError, KafkaResult},
    message::BorrowedMessage,
};
use saldo_kernel::{Error, Event, EventId};
use tokio::{
    sync::{
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
        oneshot,
    },
    time::{Instant, sleep, sleep_until, timeout},
};

use super::{
    blocking, client, envelope, failed, group_id,
    offsets::{self, Offsets, Spot},
    quiet,
};
use crate::{
    DOMAIN, Kafka,
    delivery::Delivery,
    lanes::{Item, Lanes, Place, Report},
    replays::Group,
};

/// How often what is settled is committed.
const COMMIT: Duration = Duration::from_millis(100);
/// How long to wait for Kafka at the end.
const FAREWELL: Duration = Duration::from_secs(5);
/// A lane with so many waiting gets no more until it has few.
const MANY: usize = 256;

/// Handles the group's events until the bus stops.
pub(super) async fn run(delivery: Arc<Delivery>, kafka: Kafka) {
    let (ground, name) = (delivery.ground.clone(), delivery.subscription.group.clone());
    let mut failures = 0;
    while !ground.stop.is_asked() {
        let started = Instant::now();
        let ended = match Member::join(delivery.clone(), &kafka).await {
            Ok(member) => member.run_and_leave().await,
            Err(error) => Err(error),
        };
        match ended {
            Ok(()) => failures = 0,
            Err(error) => {
                failures = if started.elapsed() > ground.options.longest_wait { 1 } else { failures + 1 };
                tracing::warn!(group = name, %error, "the group begins anew");
                tokio::select! {
                    () = ground.stop.asked() => return,
                    () = sleep(ground.options.wait(failures)) => {}
                }
            }
        }
    }
}

/// What Kafka says of our partitions, in its own time.
enum Change {
    Assigned(Vec<Spot>),
    Revoked(Vec<Spot>),
}

/// Hears of changes, and commits what is settled of partitions before they go.
struct Changes {
    tell: UnboundedSender<Change>,
    offsets: Arc<Mutex<Offsets>>,
}

impl ClientContext for Changes {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        quiet::log(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        quiet::said(&error, reason);
    }
}

impl ConsumerContext for Changes {
    fn pre_rebalance(&self, consumer: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        let Rebalance::Revoke(list) = rebalance else { return };
        let spots = spots(list);
        let last = self.offsets.lock().ok().and_then(|mut offsets| offsets.revoke(&spots));
        if !consumer.assignment_lost() {
            // Where it fails they come again, and are skipped.
            let _ = last.map(|list| consumer.commit(&list, CommitMode::Async));
        }
        // Nobody listens any more where the group has ended.
        let _ = self.tell.send(Change::Revoked(spots));
    }

    fn post_rebalance(&self, _consumer: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        let Rebalance::Assign(list) = rebalance else { return };
        let spots = spots(list);
        if let Ok(mut offsets) = self.offsets.lock() {
            offsets.assign(&spots);
        }
        let _ = self.tell.send(Change::Assigned(spots));
    }
}

fn spots(list: &TopicPartitionList) -> Vec<Spot> {
    list.elements().iter().map(|element| (element.topic().to_owned(), element.partition())).collect()
}

/// Commits on a thread that nobody need wait for: brokers that are away answer late or never. (What librdkafka commits in
/// the background it may fail to without telling.)
fn commit(consumer: Arc<StreamConsumer<Changes>>, list: TopicPartitionList) -> oneshot::Receiver<KafkaResult<()>> {
    let (tell, told) = oneshot::channel();
    std::thread::spawn(move || tell.send(consumer.commit(&list, CommitMode::Sync)));
    told
}

/// This process in the group.
struct Member {
    consumer: Arc<StreamConsumer<Changes>>,
    changes: UnboundedReceiver<Change>,
    offsets: Arc<Mutex<Offsets>>,
    group: Group,
    delivery: Arc<Delivery>,
    lanes: Lanes<i64>,
    paused: BTreeSet<Place>,
}

impl Member {
    async fn join(delivery: Arc<Delivery>, kafka: &Kafka) -> Result<Self, Error> {
        let name = &delivery.subscription.group;
        let mut tx = delivery.ground.begin().await?;
        let group = Group::of(tx.connection(), name).await?;
        tx.commit().await?;
        let offsets = Arc::new(Mutex::new(Offsets::new(group.generation())));
        let (tell, changes) = unbounded_channel();
        let consumer: StreamConsumer<Changes> = client(kafka)
            .set("group.id", group_id(name))
            .set("partition.assignment.strategy", "cooperative-sticky")
            .set("auto.offset.reset", "earliest")
            .set("enable.auto.commit", "false")
            .set("enable.auto.offset.store", "false")
            // A process that was killed is missed after this long.
            .set("session.timeout.ms", "6000")
            .set("heartbeat.interval.ms", "1000")
            .set("queued.max.messages.kbytes", "8192")
            .create_with_context(Changes { tell, offsets: offsets.clone() })
            .map_err(failed)?;
        let topics: Vec<_> = delivery.subscription.topics.iter().map(String::as_str).collect();
        consumer.subscribe(&topics).map_err(failed)?;
        let (consumer, lanes) = (Arc::new(consumer), Lanes::new(delivery.clone()));
        Ok(Self { consumer, changes, offsets, group, delivery, lanes, paused: BTreeSet::new() })
    }

    /// Runs until the bus stops, or a replay was asked for.
    async fn run_and_leave(mut self) -> Result<(), Error> {
        let ended = self.run().await;
        for (place, next) in self.lanes.close_all().await {
            self.settle(place, next);
        }
        let (consumer, last) = (self.consumer, self.offsets.lock().ok().and_then(|mut offsets| offsets.take_all()));
        let (tell, told) = oneshot::channel();
        std::thread::spawn(move || {
            let committed = last.map_or(Ok(()), |list| consumer.commit(&list, CommitMode::Sync));
            drop(consumer);
            tell.send(committed)
        });
        if !matches!(timeout(FAREWELL, told).await, Ok(Ok(Ok(())))) {
            tracing::warn!("Kafka does not note what was handled last; it comes again, and is skipped");
        }
        ended
    }

    async fn run(&mut self) -> Result<(), Error> {
        let ground = self.delivery.ground.clone();
        let consumer = self.consumer.clone();
        let mut control = ground.wake.control();
        let mut commit_at = Instant::now() + COMMIT;
        let mut committing: Option<oneshot::Receiver<KafkaResult<()>>> = None;
        loop {
            tokio::select! {
                biased;
                () = ground.stop.asked() => return Ok(()),
                change = self.changes.recv() => if self.change(change).await? { return Ok(()) },
                () = sleep_until(commit_at), if committing.is_none() => {
                    let settled = self.offsets.lock().ok().and_then(|mut offsets| offsets.take_all());
                    committing = settled.map(|list| commit(consumer.clone(), list));
                    commit_at = Instant::now() + COMMIT;
                }
                Some(committed) = async { Some(committing.as_mut()?.await) } => {
                    committing = None;
                    if let (false, Ok(mut offsets)) = (matches!(committed, Ok(Ok(()))), self.offsets.lock()) {
                        offsets.take_back();
                    }
                }
                _ = control.changed() => if self.is_replay_asked().await? { return Ok(()) },
                report = self.lanes.report() => if let Some(report) = report { self.note(report)? },
                message = consumer.recv() => match message {
                    Ok(message) => {
                        // What was said before it came: its partition may have gone and come back, and then it is the
                        // first of a new lane.
                        while let Ok(change) = self.changes.try_recv() {
                            if self.change(Some(change)).await? {
                                return Ok(());
                            }
                        }
                        self.push(&message).await?;
                    }
                    // Brokers that are away come back by themselves; the rest is for whoever runs Saldo to see.
                    Err(error) => tracing::debug!(group = self.delivery.subscription.group, %error, "nothing to consume for now"),
                },
            }
        }
    }

    async fn is_replay_asked(&self) -> Result<bool, Error> {
        let mut tx = self.delivery.ground.begin().await?;
        let now = Group::of(tx.connection(), &self.delivery.subscription.group).await?;
        Ok(now.generation() != self.group.generation())
    }

    /// True if the consumer must begin anew.
    async fn change(&mut self, change: Option<Change>) -> Result<bool, Error> {
        match change {
            Some(Change::Assigned(spots)) => {
                let (consumer, group) = (self.consumer.clone(), self.group.clone());
                blocking(move || offsets::go_back(&*consumer, &group, &spots).map_err(failed)).await
            }
            Some(Change::Revoked(spots)) => {
                // What is in hand there comes again to who has them now, and waits for us in the inbox.
                let places: Vec<_> = spots.iter().filter_map(|spot| self.place(spot)).collect();
                for place in places {
                    self.lanes.forget(&place);
                    self.paused.remove(&place);
                }
                Ok(false)
            }
            None => Err(Error::internal(DOMAIN, "the consumer has ended")),
        }
    }

    fn place(&self, (topic, partition): &Spot) -> Option<Place> {
        let source = self.delivery.subscription.topics.iter().position(|own| own == topic)?;
        Some(Place { source, partition: *partition })
    }

    fn spot(&self, place: Place) -> Option<Spot> {
        Some((self.delivery.subscription.topics.get(place.source)?.clone(), place.partition))
    }

    fn list(&self, place: Place) -> TopicPartitionList {
        let mut list = TopicPartitionList::new();
        if let Some((topic, partition)) = self.spot(place) {
            list.add_partition(&topic, partition);
        }
        list
    }

    fn settle(&mut self, place: Place, next: i64) {
        if let (Some(spot), Ok(mut offsets)) = (self.spot(place), self.offsets.lock()) {
            offsets.settle(spot, next);
        }
    }

    fn note(&mut self, report: Report<i64>) -> Result<(), Error> {
        match report {
            Report::Settled(place, next) => {
                self.settle(place, next);
                if self.paused.contains(&place) && self.lanes.has_room(&place) {
                    self.paused.remove(&place);
                    self.consumer.resume(&self.list(place)).map_err(failed)?;
                }
                Ok(())
            }
            Report::Ended(_) => Err(Error::internal(DOMAIN, "a lane broke off")),
        }
    }

    async fn push(&mut self, message: &BorrowedMessage<'_>) -> Result<(), Error> {
        let spot = (message.topic().to_owned(), message.partition());
        let Some(place) = self.place(&spot) else { return Ok(()) };
        let next = message.offset() + 1;
        match envelope::event(message) {
            Ok(event) => {
                let consumer = self.group.consumer(&event);
                self.lanes.push(place, Item { mark: next, consumer, event });
                if self.lanes.waiting(&place) >= MANY && self.paused.insert(place) {
                    self.consumer.pause(&self.list(place)).map_err(failed)?;
                }
                Ok(())
            }
            Err(why) => self.park(message, &why).await,
        }
    }

    /// Keeps what somebody else wrote to our topic. Its offset is settled with the next event's; until then it may come
    /// again, and is the same letter.
    async fn park(&self, message: &BorrowedMessage<'_>, why: &str) -> Result<(), Error> {
        let place = u128::from(message.partition().unsigned_abs()) << 64 | u128::from(message.offset().unsigned_abs());
        let event = Event {
            id: EventId::of(uuid::Uuid::from_u128(place)),
            kind: format!("{}.", message.topic()),
            tenant: None,
            aggregate: format!("{}/{}", message.partition(), message.offset()),
            version: 0,
            occurred_at_micros: message.timestamp().to_millis().unwrap_or_default().saturating_mul(1_000),
            traceparent: None,
            payload: message.payload().unwrap_or_default().to_vec(),
        };
        let group = &self.delivery.subscription.group;
        let error = Error::internal(DOMAIN, format!("A message of {} is no event: {why}.", message.topic()));
        tracing::error!(group, topic = message.topic(), aggregate = event.aggregate, why, "a message is parked");
        self.delivery.ground.letters.park(group, &event, 0, &error).await
    }
}
