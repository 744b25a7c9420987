//! Turns: who works now, who waits and how many of them came first, and who finds no place any more.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use saldo_kernel::{Error, reasons};
use tokio::sync::watch;

use crate::DOMAIN;

/// When a caller that found no place may try again.
const TRY_AGAIN: Duration = Duration::from_secs(10);

/// The places of one process. Clones share them.
///
/// Invariant: turns are given in the order in which the files had arrived.
#[derive(Clone)]
pub(crate) struct Queue {
    state: Arc<watch::Sender<State>>,
    turns: usize,
    places: usize,
}

#[derive(Default)]
struct State {
    /// Analyses that upload, wait or run.
    inside: usize,
    running: usize,
    waiting: BTreeSet<u64>,
    next: u64,
}

impl Queue {
    /// One in which `turns` analyses run while `length` more upload or wait.
    pub(crate) fn new(turns: usize, length: usize) -> Self {
        Self { state: Arc::new(watch::Sender::new(State::default())), turns, places: turns.saturating_add(length) }
    }

    /// A place, until it is dropped.
    ///
    /// # Errors
    /// All are taken.
    pub(crate) fn enter(&self) -> Result<Place, Error> {
        let entered = self.state.send_if_modified(|state| {
            let free = state.inside < self.places;
            state.inside += usize::from(free);
            free
        });
        if entered { Ok(Place { queue: self.clone(), hold: Hold::Arriving }) } else { Err(busy(self.places)) }
    }
}

impl Queue {
    /// A place for work that has waited elsewhere: it waits for its turn only.
    pub(crate) fn enter_from_elsewhere(&self) -> Place {
        self.state.send_modify(|state| state.inside += 1);
        Place { queue: self.clone(), hold: Hold::Arriving }
    }
}

/// A place in the queue, and the turn once it has come.
pub(crate) struct Place {
    queue: Queue,
    hold: Hold,
}

/// How far a place has come.
enum Hold {
    /// Its file arrives.
    Arriving,
    /// It waits with this number; lower ones came first.
    Waiting(u64),
    /// It has its turn.
    Running,
}

impl Place {
    /// Ends when the turn has come. `told` hears how many come first, now and whenever that changes.
    pub(crate) async fn turn(&mut self, mut told: impl FnMut(usize)) {
        // A receiver sees every later change.
        let mut changes = self.queue.state.subscribe();
        self.queue.state.send_modify(|state| {
            self.hold = Hold::Waiting(state.next);
            state.waiting.insert(state.next);
            state.next += 1;
        });
        let mut before = None;
        while !self.begin() {
            let ahead = self.ahead();
            if before.replace(ahead) != Some(ahead) {
                told(ahead);
            }
            // The sender lives in `self`, so waiting cannot fail.
            let _ = changes.changed().await;
        }
    }

    /// Takes the turn if it has come.
    fn begin(&mut self) -> bool {
        let Hold::Waiting(number) = self.hold else { return true };
        let turns = self.queue.turns;
        let begun = self.queue.state.send_if_modified(|state| {
            let mine = state.running < turns && state.waiting.first() == Some(&number);
            if mine {
                state.waiting.pop_first();
                state.running += 1;
            }
            mine
        });
        if begun {
            self.hold = Hold::Running;
        }
        begun
    }

    fn ahead(&self) -> usize {
        match self.hold {
            Hold::Waiting(number) => self.queue.state.borrow().waiting.range(..number).count(),
            Hold::Arriving | Hold::Running => 0,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.queue.state.send_modify(|state| {
            state.inside -= 1;
            match self.hold {
                Hold::Arriving => {}
                Hold::Waiting(number) => {
                    state.waiting.remove(&number);
                }
                Hold::Running => state.running -= 1,
            }
        });
    }
}

fn busy(places: usize) -> Error {
    let message = format!("This server has {places} analyses under way, as many as it takes.");
    Error::known(&reasons::SERVER_BUSY, DOMAIN, message).retry_after(TRY_AGAIN)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use saldo_kernel::Kind;

    use super::*;

    #[tokio::test]
    async fn turns_come_in_order_and_everyone_knows_how_many_come_first() {
        let queue = Queue::new(1, 10);
        let mut first = queue.enter().unwrap();
        first.turn(|_| panic!("nobody is before the first")).await;
        let order = Arc::new(Mutex::new(Vec::new()));
        let wait = |number: usize| {
            let (mut place, order) = (queue.enter().unwrap(), Arc::clone(&order));
            async move {
                let mut told = Vec::new();
                place.turn(|ahead| told.push(ahead)).await;
                order.lock().unwrap().push(number);
                told
            }
        };
        let waiters: Vec<_> = (0..3).map(|number| tokio::spawn(wait(number))).collect();
        tokio::task::yield_now().await;
        drop(first);
        for (number, waiter) in waiters.into_iter().enumerate() {
            let told = waiter.await.unwrap();
            assert_eq!(told.first(), Some(&number));
            assert!(told.is_sorted_by(|one, two| one > two), "{told:?}");
        }
        assert_eq!(*order.lock().unwrap(), [0, 1, 2]);
        assert_eq!(queue.state.borrow().inside, 0);
    }

    #[tokio::test]
    async fn who_goes_away_lets_the_others_move_up() {
        let queue = Queue::new(1, 10);
        let mut first = queue.enter().unwrap();
        first.turn(|_| {}).await;
        let mut gone = queue.enter().unwrap();
        assert!(tokio::time::timeout(Duration::ZERO, gone.turn(|_| {})).await.is_err());
        drop(gone);
        let mut next = queue.enter().unwrap();
        let mut told = Vec::new();
        assert!(tokio::time::timeout(Duration::ZERO, next.turn(|ahead| told.push(ahead))).await.is_err());
        assert_eq!(told, [0]);
    }

    #[test]
    fn a_full_queue_refuses_and_says_when_to_come_again() {
        let queue = Queue::new(1, 1);
        let (one, _two) = (queue.enter().unwrap(), queue.enter().unwrap());
        let error = queue.enter().map(|_| ()).unwrap_err();
        assert_eq!(
            (error.kind, error.reason.as_str(), error.retry_after),
            (Kind::Busy, "SERVER_BUSY", Some(TRY_AGAIN))
        );
        drop(one);
        assert!(queue.enter().is_ok());
    }
}
