//! Whether Redis answers: found out by asking, said once at each change.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// How long it is left alone after it did not answer, so that calls do not all wait for one that hangs.
const REST: Duration = Duration::from_millis(500);

pub(crate) struct Presence {
    /// While it is away: when it is asked again.
    ask_again: Mutex<Option<Instant>>,
    observe: Box<dyn Fn(bool) + Send + Sync>,
}

impl Presence {
    /// `observe` is told of what is found at first, which is that it is there until it does not answer.
    pub(crate) fn new(observe: impl Fn(bool) + Send + Sync + 'static) -> Self {
        observe(true);
        Self { ask_again: Mutex::default(), observe: Box::new(observe) }
    }

    /// Whether it is worth to ask it now. While it is away one call in a while finds out for all.
    pub(crate) fn may_be_asked(&self) -> bool {
        let mut ask_again = self.ask_again();
        let now = Instant::now();
        match *ask_again {
            None => true,
            Some(at) if at > now => false,
            Some(_) => {
                *ask_again = Some(now + REST);
                true
            }
        }
    }

    pub(crate) fn answered(&self) {
        if self.ask_again().take().is_some() {
            tracing::info!("redis answers again: limits are shared by all processes");
            (self.observe)(true);
        }
    }

    pub(crate) fn failed(&self, cause: &dyn std::error::Error) {
        if self.ask_again().replace(Instant::now() + REST).is_none() {
            tracing::warn!(%cause, "redis does not answer: each process counts limits for itself until it does");
            (self.observe)(false);
        }
    }

    fn ask_again(&self) -> MutexGuard<'_, Option<Instant>> {
        self.ask_again.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
