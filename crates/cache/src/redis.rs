//! One Redis for all processes. Its clock decides, and one script that it runs as a whole.

use std::{fs, future::Future, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use fred::{
    clients::{Client, WithOptions},
    error::ErrorKind,
    interfaces::{ClientLike, FredResult, KeysInterface, LuaInterface},
    types::{
        Builder, Expiration,
        config::{Config as ClientConfig, Options, ReconnectPolicy},
    },
};
use saldo_kernel::{Error, reasons};

use crate::{Cache, Config, DOMAIN, Key, Limit, Limiter, Owner, Wait, local::LocalLimiter, presence::Presence};

/// The clock of Redis, the same for all processes, in microseconds.
const CLOCK: &str = "local time = redis.call('TIME')\nlocal now = time[1] * 1000000 + time[2]\n";
/// What it does then.
const GCRA: &str = include_str!("gcra.lua");

/// How long between two tries to connect, in milliseconds.
const RECONNECT_MS: u32 = 300;

/// The cache of all processes that name the same Redis.
pub struct Redis {
    shared: Arc<Connection>,
}

/// What its limiters share with it.
struct Connection {
    client: WithOptions<Client>,
    presence: Presence,
    timeout: Duration,
}

impl Connection {
    /// What it answers; none while it is away.
    async fn ask<T>(&self, asking: impl Future<Output = FredResult<T>>) -> Option<T> {
        if !self.presence.may_be_asked() {
            return None;
        }
        // The client has a timeout of its own, which does not hold for a command that never reaches a connection.
        match tokio::time::timeout(self.timeout, asking).await {
            Ok(Ok(answer)) => {
                self.presence.answered();
                return Some(answer);
            }
            Ok(Err(cause)) => self.presence.failed(&cause),
            Err(cause) => self.presence.failed(&cause),
        }
        None
    }
}

impl Redis {
    /// Connects, waiting no longer than for an answer; goes on until it has, and again whenever the connection is lost.
    ///
    /// # Errors
    /// The address does not fit (`CONFIG_INVALID`).
    pub async fn connect(config: &Config, observe: impl Fn(bool) + Send + Sync + 'static) -> Result<Self, Error> {
        let timeout = Duration::from_millis(config.timeout_ms);
        let handshake = timeout.max(Duration::from_secs(1));
        let client = Builder::from_config(client_config(config).map_err(refused)?)
            .with_connection_config(|connection| {
                connection.connection_timeout = handshake;
                connection.internal_command_timeout = handshake;
                connection.unresponsive.max_timeout = Some(timeout * 4);
                connection.unresponsive.interval = timeout;
            })
            .set_policy(ReconnectPolicy::new_constant(0, RECONNECT_MS))
            .build()
            .map_err(|cause| refused(("cache.url", cause.details().to_owned())))?;
        // Its end is the end of the process.
        drop(client.connect());
        let options = Options { timeout: Some(timeout), max_attempts: Some(1), fail_fast: true, ..Options::default() };
        let presence = Presence::new(observe);
        match tokio::time::timeout(timeout, client.wait_for_connect()).await {
            Ok(Ok(())) => (),
            Ok(Err(cause)) => presence.failed(&cause),
            Err(cause) => presence.failed(&cause),
        }
        Ok(Self { shared: Arc::new(Connection { client: client.with_options(&options), presence, timeout }) })
    }
}

const HOW_TO_WRITE: &str = "write the address as redis://host:port, or rediss://host:port for TLS";

/// What of the settings does not fit: which one, and why.
pub(crate) type Misfit = (&'static str, String);

/// The client's own settings.
///
/// # Errors
/// The address does not fit, or its file cannot be read.
pub(crate) fn client_config(config: &Config) -> Result<ClientConfig, Misfit> {
    let (key, url) = match config.url_file.as_os_str() {
        file if file.is_empty() => ("cache.url", config.url.clone()),
        _ if !config.url.is_empty() => {
            return Err(("cache.url_file", "is set beside cache.url; set one of them".to_owned()));
        }
        file => {
            let read = fs::read_to_string(file);
            let text = read.map_err(|cause| ("cache.url_file", format!("cannot be read: {cause}")))?;
            ("cache.url_file", text.trim().to_owned())
        }
    };
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    let (kind, form) = scheme.split_once('-').unwrap_or((scheme, ""));
    let known = ["redis", "rediss"].contains(&kind) && ["", "cluster", "sentinel"].contains(&form);
    if !known {
        return Err((key, HOW_TO_WRITE.to_owned()));
    }
    // One TLS stack for the whole process; who set it first has set the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut client = ClientConfig::from_url(&url).map_err(|cause| match cause.kind() {
        ErrorKind::Tls => (key, format!("the system's certificates cannot be used: {}", cause.details())),
        // It may quote the address, with its password.
        _ => (key, HOW_TO_WRITE.to_owned()),
    })?;
    // A Redis that is not there yet is waited for.
    client.fail_fast = false;
    Ok(client)
}

fn refused((key, text): Misfit) -> Error {
    Error::known(&reasons::CONFIG_INVALID, DOMAIN, format!("{key}: {text}"))
}

#[async_trait]
impl Cache for Redis {
    fn limiter(&self, limit: Limit) -> Arc<dyn Limiter> {
        let script = format!("{CLOCK}{GCRA}");
        Arc::new(RedisLimiter { limit, script, shared: Arc::clone(&self.shared), local: LocalLimiter::new(limit) })
    }

    async fn get(&self, key: &Key) -> Option<Bytes> {
        self.shared.ask(self.shared.client.get(key.to_string())).await?
    }

    async fn put(&self, key: &Key, value: Bytes, time: Duration) {
        let time = Expiration::PX(i64::try_from(time.as_millis()).unwrap_or(i64::MAX).max(1));
        self.shared.ask(self.shared.client.set::<(), _, _>(key.to_string(), value, Some(time), None, false)).await;
    }

    async fn forget(&self, key: &Key) {
        self.shared.ask(self.shared.client.del::<(), _>(key.to_string())).await;
    }
}

struct RedisLimiter {
    limit: Limit,
    script: String,
    shared: Arc<Connection>,
    /// Counts while Redis is away.
    local: Arc<LocalLimiter>,
}

#[async_trait]
impl Limiter for RedisLimiter {
    async fn take(&self, owner: Owner) -> Result<(), Wait> {
        let key = format!("saldo:limit:{}:{owner}", self.limit.name);
        let arguments = [self.limit.interval().to_string(), self.limit.tolerance().to_string()].to_vec();
        let asking = self.shared.client.eval::<u64, _, _, _>(self.script.as_str(), key, arguments);
        match self.shared.ask(asking).await {
            Some(0) => Ok(()),
            Some(microseconds) => Err(Wait(Duration::from_micros(microseconds))),
            None => self.local.take_one(owner),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use governor::{RateLimiter, clock::FakeRelativeClock};
    use saldo_testkit::engines;

    use super::*;

    fn config(url: String) -> Config {
        Config { engine: crate::Engine::Redis, url, url_file: "".into(), timeout_ms: 5_000 }
    }

    /// The time comes from outside, so nothing may end by the clock of Redis.
    fn script_by_a_clock_of_the_test() -> String {
        let lasting = GCRA.replace(", 'PX', math.ceil((following - now) / 1000)", "");
        assert_ne!(lasting, GCRA);
        format!("local now = tonumber(ARGV[3])\n{lasting}")
    }

    #[tokio::test]
    async fn the_script_gives_the_answers_of_the_engine_of_one_process() {
        let Some(server) = engines::Redis::shared() else { return };
        let redis = Redis::connect(&config(server.url()), |_| ()).await.unwrap();
        let script = script_by_a_clock_of_the_test();
        let number = |number| NonZeroU32::new(number).unwrap();
        for (per_minute, burst) in [(600, 100), (1, 1), (7, 3), (u32::MAX, u32::MAX), (1, u32::MAX), (1_000_000, 2)] {
            let limit = Limit { name: "test", per_minute: number(per_minute), burst: number(burst) };
            let clock = FakeRelativeClock::default();
            let local = RateLimiter::direct_with_clock(limit.quota(), clock.clone());
            let key = format!("script:{}:{per_minute}:{burst}", std::process::id());
            // Arrivals in bursts and after pauses around the interval; a time of today in microseconds.
            let (mut now, mut seed) = (1_800_000_000_000_000_u64, u64::from(per_minute) ^ u64::from(burst));
            for _ in 0..200 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let pause = (seed >> 33) % 4 * (seed >> 40) % (limit.interval() * 2);
                now += pause;
                clock.advance(Duration::from_micros(pause));
                let expected = local.check().err().map_or(0, |until| {
                    u64::try_from(until.wait_time_from(governor::clock::Clock::now(&clock)).as_micros()).unwrap()
                });
                let arguments = [limit.interval(), limit.tolerance(), now].map(|one| one.to_string()).to_vec();
                let actual: u64 = redis.shared.client.eval(script.as_str(), key.as_str(), arguments).await.unwrap();
                assert_eq!(actual, expected, "{limit:?} at {now}");
            }
        }
    }

    #[tokio::test]
    async fn a_clock_that_is_set_back_locks_nobody_out() {
        let Some(server) = engines::Redis::shared() else { return };
        let redis = Redis::connect(&config(server.url()), |_| ()).await.unwrap();
        let script = script_by_a_clock_of_the_test();
        let key = format!("back:{}", std::process::id());
        let take = async |now: u64| -> u64 {
            let arguments = ["1000".to_owned(), "3000".to_owned(), now.to_string()].to_vec();
            redis.shared.client.eval(script.as_str(), key.as_str(), arguments).await.unwrap()
        };
        assert_eq!(take(1_800_000_000_000_000).await, 0);
        assert_eq!(take(1_700_000_000_000_000).await, 1_000);
    }

    #[tokio::test]
    async fn settings_that_do_not_fit_are_refused() {
        for url in ["", "127.0.0.1:6379", "http://127.0.0.1"] {
            let refused = Redis::connect(&config(url.to_owned()), |_| ()).await.err();
            assert_eq!(
                refused.map(|error| error.reason.as_str().to_owned()).as_deref(),
                Some("CONFIG_INVALID"),
                "{url}"
            );
        }
        for url in ["redis://127.0.0.1", "rediss://saldo:secret@redis:6380/1", "redis-cluster://127.0.0.1:7000"] {
            assert_eq!(config(url.to_owned()).problem(), None, "{url}");
        }
        let of_file = |url: &str, url_file: &str| Config { url_file: url_file.into(), ..config(url.to_owned()) };
        for wrong in [of_file("", "/nowhere/url"), of_file("redis://127.0.0.1", "/nowhere/url")] {
            assert_eq!(wrong.problem().map(|(key, _)| key), Some("cache.url_file"));
        }
    }
}
