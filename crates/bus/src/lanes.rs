//! Events of one partition are handled one after the other, those of several at the same time: each partition is a lane.

use std::{collections::HashMap, sync::Arc};

use saldo_kernel::Event;
use saldo_store::Stop;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::delivery::{Delivery, Outcome};

/// Below this many waiting events a lane takes more.
const FEW: usize = 32;

/// A partition of one of the sources of a group: its topics, or their outboxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    /// Which source, by its number.
    pub(crate) source: usize,
    /// Which partition of it.
    pub(crate) partition: i32,
}

/// An event that waits in a lane. `M` is where it stands in its source.
pub(crate) struct Item<M> {
    pub(crate) mark: M,
    /// The group's name in the inbox for this event.
    pub(crate) consumer: Arc<str>,
    pub(crate) event: Event,
}

/// What a lane has to say.
#[derive(Debug)]
pub(crate) enum Report<M> {
    /// The event at this mark is settled.
    Settled(Place, M),
    /// The lane was closed and handles nothing any more.
    Ended(Place),
}

struct Lane<M> {
    serial: u64,
    queue: UnboundedSender<Item<M>>,
    stop: Stop,
    waiting: usize,
}

/// The lanes of one group in one process.
pub(crate) struct Lanes<M> {
    delivery: Arc<Delivery>,
    lanes: HashMap<Place, Lane<M>>,
    serial: u64,
    tell: UnboundedSender<(u64, Report<M>)>,
    told: UnboundedReceiver<(u64, Report<M>)>,
}

impl<M: Send + 'static> Lanes<M> {
    pub(crate) fn new(delivery: Arc<Delivery>) -> Self {
        let (tell, told) = unbounded_channel();
        Self { delivery, lanes: HashMap::new(), serial: 0, tell, told }
    }

    /// Puts an event at the end of its lane, which is opened if need be.
    pub(crate) fn push(&mut self, place: Place, item: Item<M>) {
        if !self.lanes.contains_key(&place) {
            self.open(place);
        }
        if let Some(lane) = self.lanes.get_mut(&place) {
            lane.waiting += 1;
            // A lane that was closed drops what comes late: it is read again by who takes over.
            let _ = lane.queue.send(item);
        }
    }

    fn open(&mut self, place: Place) {
        let (queue, waiting) = unbounded_channel();
        let stop = Stop::default();
        self.serial += 1;
        let teller = Teller { place, serial: self.serial, tell: self.tell.clone() };
        tokio::spawn(work(self.delivery.clone(), waiting, stop.clone(), teller));
        self.lanes.insert(place, Lane { serial: self.serial, queue, stop, waiting: 0 });
    }

    /// Whether a lane would take more.
    pub(crate) fn has_room(&self, place: &Place) -> bool {
        self.waiting(place) < FEW
    }

    /// How many events of a lane are not settled.
    pub(crate) fn waiting(&self, place: &Place) -> usize {
        self.lanes.get(place).map_or(0, |lane| lane.waiting)
    }

    /// Whether everything that was put in a lane is settled.
    pub(crate) fn is_idle(&self, place: &Place) -> bool {
        self.waiting(place) == 0
    }

    /// Asks a lane to end after the event in hand. False if there is none, so that nothing will be reported.
    pub(crate) fn close(&self, place: &Place) -> bool {
        let lane = self.lanes.get(place);
        lane.inspect(|lane| lane.stop.ask()).is_some()
    }

    /// Closes a lane whose marks mean nothing any more.
    pub(crate) fn forget(&mut self, place: &Place) {
        self.close(place);
        self.lanes.remove(place);
    }

    /// Waits for the next report.
    pub(crate) async fn report(&mut self) -> Option<Report<M>> {
        loop {
            let (serial, report) = self.told.recv().await?;
            if self.is_current(serial, &report) {
                return Some(report);
            }
        }
    }

    /// The next report if there is one.
    pub(crate) fn reported(&mut self) -> Option<Report<M>> {
        loop {
            let (serial, report) = self.told.try_recv().ok()?;
            if self.is_current(serial, &report) {
                return Some(report);
            }
        }
    }

    /// Asks every lane to end after the event in hand, and waits until they have. Gives what they settled meanwhile.
    pub(crate) async fn close_all(&mut self) -> Vec<(Place, M)> {
        self.lanes.values().for_each(|lane| lane.stop.ask());
        let mut settled = Vec::new();
        while !self.lanes.is_empty() {
            match self.report().await {
                Some(Report::Settled(place, mark)) => settled.push((place, mark)),
                Some(Report::Ended(_)) => {}
                None => break,
            }
        }
        settled
    }

    /// Keeps count, and drops what a forgotten lane says.
    fn is_current(&mut self, serial: u64, report: &Report<M>) -> bool {
        let place = match report {
            Report::Settled(place, _) | Report::Ended(place) => *place,
        };
        let Some(lane) = self.lanes.get_mut(&place).filter(|lane| lane.serial == serial) else { return false };
        match report {
            Report::Settled(..) => lane.waiting = lane.waiting.saturating_sub(1),
            Report::Ended(_) => drop(self.lanes.remove(&place)),
        }
        true
    }
}

impl<M> Drop for Lanes<M> {
    fn drop(&mut self) {
        self.lanes.values().for_each(|lane| lane.stop.ask());
    }
}

async fn work<M>(delivery: Arc<Delivery>, mut waiting: UnboundedReceiver<Item<M>>, stop: Stop, teller: Teller<M>) {
    loop {
        let next = tokio::select! {
            biased;
            () = stop.asked() => return,
            next = waiting.recv() => next,
        };
        let Some(item) = next else { return };
        match delivery.deliver(&item.event, &item.consumer, &stop).await {
            Outcome::Settled => teller.say(Report::Settled(teller.place, item.mark)),
            Outcome::Stopped => return,
        }
    }
}

/// Says at last that the lane has ended, however it did.
struct Teller<M> {
    place: Place,
    serial: u64,
    tell: UnboundedSender<(u64, Report<M>)>,
}

impl<M> Teller<M> {
    fn say(&self, report: Report<M>) {
        // Nobody listens any more where the group has ended.
        let _ = self.tell.send((self.serial, report));
    }
}

impl<M> Drop for Teller<M> {
    fn drop(&mut self) {
        self.say(Report::Ended(self.place));
    }
}
