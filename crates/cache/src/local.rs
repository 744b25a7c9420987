//! This process alone.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use governor::{
    DefaultKeyedRateLimiter, RateLimiter,
    clock::{Clock, DefaultClock},
};

use crate::{Cache, Key, Limit, Limiter, Owner, Wait, values::Values};

/// How often owners that are at rest are forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(60);

/// The cache of one process.
#[derive(Default)]
pub struct Local {
    limiters: Mutex<HashMap<Limit, Arc<LocalLimiter>>>,
    values: Values,
}

#[async_trait]
impl Cache for Local {
    fn limiter(&self, limit: Limit) -> Arc<dyn Limiter> {
        let mut limiters = self.limiters.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::<LocalLimiter>::clone(limiters.entry(limit).or_insert_with(|| LocalLimiter::new(limit)))
    }

    async fn get(&self, key: &Key) -> Option<Bytes> {
        self.values.get(key)
    }

    async fn put(&self, key: &Key, value: Bytes, time: Duration) {
        self.values.put(key, value, time);
    }

    async fn forget(&self, key: &Key) {
        self.values.forget(key);
    }
}

/// Counts in this process.
pub(crate) struct LocalLimiter {
    owners: DefaultKeyedRateLimiter<Owner>,
}

impl LocalLimiter {
    /// Its memory stays bounded by a task of its own, which ends with it.
    pub(crate) fn new(limit: Limit) -> Arc<Self> {
        let limiter = Arc::new(Self { owners: RateLimiter::keyed(limit.quota()) });
        tokio::spawn(forget_idle_owners(Arc::downgrade(&limiter)));
        limiter
    }

    pub(crate) fn take_one(&self, owner: Owner) -> Result<(), Wait> {
        let until = self.owners.check_key(&owner);
        until.map_err(|until| Wait(until.wait_time_from(DefaultClock::default().now())))
    }
}

#[async_trait]
impl Limiter for LocalLimiter {
    async fn take(&self, owner: Owner) -> Result<(), Wait> {
        self.take_one(owner)
    }
}

async fn forget_idle_owners(limiter: Weak<LocalLimiter>) {
    let mut tick = tokio::time::interval(FORGET_EVERY);
    loop {
        tick.tick().await;
        let Some(limiter) = limiter.upgrade() else { return };
        limiter.owners.retain_recent();
        limiter.owners.shrink_to_fit();
    }
}
