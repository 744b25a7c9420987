//! What is short-lived and shared by the replicas of a service: limits on calls, and values with a time to live.
//! It is a crate of its own because which engine holds them is a choice of the deployment: this process alone, or a Redis for all.
//!
//! Invariant: nothing is kept but under a tenant or an address ([`Owner`]); a bare text is no key.
//! Invariant: no answer depends on Redis being there. While it is away each process counts for itself and finds no values.
//! Invariant: memory is bounded; what does not fit is not kept.

mod key;
mod limit;
mod local;
mod presence;
mod redis;
mod values;

use std::{path::PathBuf, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use saldo_kernel::Error;
use serde::Deserialize;

pub use key::{Key, Owner};
pub use limit::{Limit, Wait};
pub use local::Local;
pub use redis::Redis;

/// The domain of this crate's errors on the wire.
pub const DOMAIN: &str = "saldo.cache";

/// Section `cache` of the settings.
#[derive(Clone, Debug, Deserialize)]
pub struct Config {
    /// Who holds it.
    pub engine: Engine,
    /// Where the Redis is, such as `redis://127.0.0.1:6379`; `rediss` with TLS.
    pub url: String,
    /// A file that holds the address, where `url` is empty.
    pub url_file: PathBuf,
    /// How long an answer of Redis is waited for.
    pub timeout_ms: u64,
}

impl Config {
    /// What does not fit: the setting and why.
    pub fn problem(&self) -> Option<(&'static str, String)> {
        match self.engine {
            Engine::Local => None,
            Engine::Redis => redis::client_config(self).err(),
        }
    }
}

/// Who holds what is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// Each process for itself.
    Local,
    /// A Redis for all processes.
    Redis,
}

/// Limits and short-lived values.
#[async_trait]
pub trait Cache: Send + Sync {
    /// What counts under `limit`; all that are made for the same limit count together.
    fn limiter(&self, limit: Limit) -> Arc<dyn Limiter>;

    /// The value of a key; none if there is none, it has ended, or it cannot be had now.
    async fn get(&self, key: &Key) -> Option<Bytes>;

    /// Keeps a value for `time`, if it can. One that must not be read any more after it was forgotten may still be read until
    /// its time has ended, where Redis was away as it was forgotten: choose the time so that this is harmless.
    async fn put(&self, key: &Key, value: Bytes, time: Duration);

    /// Forgets a value.
    async fn forget(&self, key: &Key);
}

/// Counts the calls of owners.
#[async_trait]
pub trait Limiter: Send + Sync {
    /// Takes one call of those that `owner` may make.
    ///
    /// # Errors
    /// None is left; after the wait one is.
    async fn take(&self, owner: Owner) -> Result<(), Wait>;
}

/// The cache that the settings choose. A Redis that is not there yet is not waited for. `observe` is told
/// whether it answers, now and at each change.
///
/// # Errors
/// The settings do not fit.
pub async fn open(config: &Config, observe: impl Fn(bool) + Send + Sync + 'static) -> Result<Arc<dyn Cache>, Error> {
    Ok(match config.engine {
        Engine::Local => {
            observe(true);
            Arc::new(Local::default())
        }
        Engine::Redis => Arc::new(Redis::connect(config, observe).await?),
    })
}
