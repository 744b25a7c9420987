//! A group in one process: takes its share of the partitions, reads their events, hands them to the lanes, moves the cursors.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use saldo_kernel::Error;
use tokio::time::{Instant, sleep, sleep_until};

use super::session::Session;
use crate::{
    DOMAIN,
    delivery::Delivery,
    lanes::{Item, Lanes, Place, Report},
    outbox::{Position, SOON, SOON_AT_MOST, Source, Told},
};

/// How often to see who else is there. A process that is killed says no farewell.
const BALANCE: Duration = Duration::from_millis(500);
/// How many rows are read at once.
const BATCH: usize = 256;

/// Why a run of the group ended.
enum Ended {
    /// The bus stops.
    Stopped,
    /// A replay was asked for: everything is read anew.
    Replayed,
}

/// What reading found.
#[derive(PartialEq, Eq)]
enum Found {
    /// Nothing more for now.
    Nothing,
    /// Events that a transaction which still runs may precede.
    Hidden,
    /// So many that there may be more.
    Many,
    /// That a replay was asked for.
    Replay,
}

/// Handles the group's events until the bus stops.
pub(super) async fn run(delivery: Arc<Delivery>, sources: Vec<Source>) {
    let (ground, name) = (delivery.ground.clone(), delivery.subscription.group.clone());
    let sources: Arc<[Source]> = sources.into();
    let mut failures = 0;
    while !ground.stop.is_asked() {
        let ended = match Session::open(&ground, &name, sources.clone()).await {
            Ok(session) => {
                failures = 0;
                Member::new(session, delivery.clone(), sources.clone()).run_and_leave().await
            }
            Err(error) => Err(error),
        };
        match ended {
            Ok(Ended::Stopped) => return,
            Ok(Ended::Replayed) => tracing::info!(group = name, "the group handles events again"),
            Err(error) => {
                failures += 1;
                tracing::warn!(group = name, %error, "the group begins anew");
                tokio::select! {
                    () = ground.stop.asked() => return,
                    () = sleep(ground.options.wait(failures).min(ground.options.look)) => {}
                }
            }
        }
    }
}

/// How far a partition of a source is.
struct Progress {
    /// What the database knows.
    kept: Position,
    /// Up to here everything is settled.
    settled: Position,
    /// Up to here everything is in the lane.
    read: Position,
    /// Whether there may be more to read.
    look: bool,
}

/// This process in the group.
struct Member {
    session: Session,
    sources: Arc<[Source]>,
    delivery: Arc<Delivery>,
    lanes: Lanes<Position>,
    places: BTreeMap<Place, Progress>,
    held: BTreeSet<i32>,
    /// Partitions that others shall have, with how many lanes have yet to end.
    leaving: BTreeMap<i32, usize>,
}

impl Member {
    fn new(session: Session, delivery: Arc<Delivery>, sources: Arc<[Source]>) -> Self {
        let lanes = Lanes::new(delivery.clone());
        let (places, held, leaving) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        Self { session, sources, delivery, lanes, places, held, leaving }
    }

    async fn run_and_leave(mut self) -> Result<Ended, Error> {
        let ended = self.run().await;
        // Also where the connection is lost: who begins anew must not overtake what is in hand.
        for (place, position) in self.lanes.close_all().await {
            self.settle(place, position);
        }
        let ended = ended?;
        // The lanes have dropped what they had not begun: what was read is not what is settled any more.
        self.held.clear();
        if matches!(ended, Ended::Stopped) {
            self.advance().await?;
        }
        self.session.leave().await?;
        Ok(ended)
    }

    async fn run(&mut self) -> Result<Ended, Error> {
        let ground = self.delivery.ground.clone();
        let (mut events, mut control) = (ground.wake.events(&self.sources), ground.wake.control());
        let (mut balance_at, mut soon) = (Instant::now(), SOON);
        while !ground.stop.is_asked() {
            if Instant::now() >= balance_at {
                self.balance().await?;
                balance_at = Instant::now() + BALANCE;
            }
            while let Some(report) = self.lanes.reported() {
                self.note(report)?;
            }
            if self.places.values().any(|progress| progress.settled != progress.kept) && !self.advance().await? {
                return Ok(Ended::Replayed);
            }
            self.free().await?;
            let found = self.read().await?;
            soon = if found == Found::Hidden { (soon * 2).min(SOON_AT_MOST) } else { SOON };
            let wait = match found {
                Found::Replay => return Ok(Ended::Replayed),
                Found::Many => continue,
                Found::Hidden => soon,
                Found::Nothing => ground.options.look,
            };
            tokio::select! {
                () = ground.stop.asked() => break,
                report = self.lanes.report() => if let Some(report) = report { self.note(report)? },
                () = events.changed() => self.look(),
                _ = control.changed() => {
                    balance_at = Instant::now();
                    self.look();
                }
                () = sleep(wait) => self.look(),
                () = sleep_until(balance_at) => {}
            }
        }
        Ok(Ended::Stopped)
    }

    fn look(&mut self) {
        self.places.values_mut().for_each(|progress| progress.look = true);
    }

    fn settle(&mut self, place: Place, position: Position) {
        if let Some(progress) = self.places.get_mut(&place) {
            progress.settled = progress.settled.max(position);
        }
    }

    fn note(&mut self, report: Report<Position>) -> Result<(), Error> {
        match report {
            Report::Settled(place, position) => self.settle(place, position),
            Report::Ended(place) => match self.leaving.get_mut(&place.partition) {
                Some(lanes) => *lanes = lanes.saturating_sub(1),
                // What it had waiting would be taken for settled.
                None => return Err(Error::internal(DOMAIN, "a lane broke off")),
            },
        }
        Ok(())
    }

    /// Begins to give up what others shall have, and takes what is ours.
    async fn balance(&mut self) -> Result<(), Error> {
        let share = self.session.share().await?;
        let others: Vec<i32> = self.held.iter().copied().filter(|partition| !share.contains(partition)).collect();
        for partition in others {
            let places = (0..self.sources.len()).map(|source| Place { source, partition });
            let lanes = places.filter(|place| self.lanes.close(place)).count();
            self.held.remove(&partition);
            self.leaving.insert(partition, lanes);
        }
        let is_ours = |partition: &i32| self.held.contains(partition) || self.leaving.contains_key(partition);
        let wanted: Vec<i32> = share.filter(|partition| !is_ours(partition)).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let taken = self.session.take(&wanted).await?;
        for (place, position) in self.session.cursors(&taken).await? {
            self.places.insert(place, Progress { kept: position, settled: position, read: position, look: true });
        }
        self.held.extend(taken);
        Ok(())
    }

    /// Lets go of partitions whose lanes have ended; their cursors stand where they shall.
    async fn free(&mut self) -> Result<(), Error> {
        let free: Vec<i32> = self.leaving.iter().filter(|(_, lanes)| **lanes == 0).map(|(own, _)| *own).collect();
        if free.is_empty() {
            return Ok(());
        }
        self.leaving.retain(|_, lanes| *lanes > 0);
        self.places.retain(|place, _| !free.contains(&place.partition));
        self.session.release(&free).await
    }

    /// Moves the cursors to where everything is settled. False if a replay has moved them back meanwhile.
    async fn advance(&mut self) -> Result<bool, Error> {
        // Where nothing waits, what was read and was not for this group is behind it too.
        for (place, progress) in &mut self.places {
            if self.held.contains(&place.partition) && self.lanes.is_idle(place) {
                progress.settled = progress.read;
            }
        }
        let ahead = self.places.iter().filter(|(_, progress)| progress.settled != progress.kept);
        let ahead: Vec<_> = ahead.map(|(place, progress)| (*place, progress.settled)).collect();
        if !ahead.is_empty() && !self.session.advance(&ahead).await? {
            return Ok(false);
        }
        self.places.values_mut().for_each(|progress| progress.kept = progress.settled);
        Ok(true)
    }

    /// Puts the next events into the lanes that have room.
    async fn read(&mut self) -> Result<Found, Error> {
        let is_ready = |place: &Place, progress: &Progress, held: &BTreeSet<i32>, lanes: &Lanes<Position>| {
            progress.look && held.contains(&place.partition) && lanes.has_room(place)
        };
        if !self.places.iter().any(|(place, progress)| is_ready(place, progress, &self.held, &self.lanes)) {
            return Ok(Found::Nothing);
        }
        let (horizon, replay) = self.session.horizon().await?;
        if replay {
            return Ok(Found::Replay);
        }
        let mut found = Found::Nothing;
        for source in 0..self.sources.len() {
            let ready = self.places.iter().filter(|(place, progress)| {
                place.source == source && is_ready(place, progress, &self.held, &self.lanes)
            });
            let from: Vec<_> = ready.map(|(place, progress)| (place.partition, progress.read)).collect();
            if from.is_empty() {
                continue;
            }
            let told = self.session.read(source, &from, horizon, BATCH).await?;
            let last = told.last().filter(|_| told.len() == BATCH).map(|told| told.position);
            let hidden = last.is_none() && self.session.is_more_beyond(source, horizon).await?;
            for (partition, _) in from {
                if let Some(progress) = self.places.get_mut(&Place { source, partition }) {
                    progress.read = progress.read.max(last.unwrap_or(Position::at(horizon)));
                    progress.look = last.is_some() || hidden;
                }
            }
            self.push(source, told);
            found = match found {
                Found::Many => Found::Many,
                _ if last.is_some() => Found::Many,
                Found::Nothing if hidden => Found::Hidden,
                other => other,
            };
        }
        Ok(found)
    }

    fn push(&mut self, source: usize, told: Vec<Told>) {
        for Told { position, partition, event } in told {
            let consumer = self.session.group.consumer(&event);
            self.lanes.push(Place { source, partition }, Item { mark: position, consumer, event });
        }
    }
}
