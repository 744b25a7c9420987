//! One suite for both engines, also under concurrency; and what only a shared one can do: share, and be away.
#![allow(clippy::expect_used, clippy::panic)]

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use futures::future::join_all;
use saldo_cache::{Cache, Config, Engine, Key, Limit, Limiter, Local, Owner, Redis, Wait};
use saldo_kernel::{OrganizationId, Tenant, WorkspaceId};
use saldo_testkit::{engines, wait_until};

const HOUR: Duration = Duration::from_secs(3_600);

fn limit(per_minute: u32, burst: u32) -> Limit {
    let number = |number| NonZeroU32::new(number).expect("not zero");
    Limit { name: "test", per_minute: number(per_minute), burst: number(burst) }
}

/// A tenant of the test's own.
fn tenant() -> Tenant {
    Tenant { organization: OrganizationId::generate(), workspace: Some(WorkspaceId::generate()) }
}

fn key(tenant: Tenant, name: &str) -> Key {
    Key { owner: Owner::Tenant(tenant), kind: "test", name: name.to_owned() }
}

/// How many of `calls` at once are let through.
async fn passed(limiter: &Arc<dyn Limiter>, owner: Owner, calls: usize) -> usize {
    let taken = join_all((0..calls).map(|_| limiter.take(owner))).await;
    taken.into_iter().filter(Result::is_ok).count()
}

/// What both engines must do.
async fn conform(cache: &dyn Cache) {
    a_burst_passes_and_then_one_call_after_each_interval(cache).await;
    owners_and_limits_do_not_count_for_each_other(cache).await;
    values_are_read_by_their_owner_until_they_end(cache).await;
}

async fn a_burst_passes_and_then_one_call_after_each_interval(cache: &dyn Cache) {
    let (slow, owner) = (cache.limiter(limit(1, 50)), Owner::Tenant(tenant()));
    assert_eq!(passed(&slow, owner, 200).await, 50, "at once, from all sides");
    let Err(Wait(wait)) = slow.take(owner).await else { panic!("none is left") };
    assert!(wait > Duration::ZERO && wait <= Duration::from_secs(60), "{wait:?}");

    let (quick, owner) = (cache.limiter(limit(6_000, 1)), Owner::Tenant(tenant()));
    assert_eq!(quick.take(owner).await, Ok(()));
    wait_until("the next call", async || quick.take(owner).await.ok()).await;
}

async fn owners_and_limits_do_not_count_for_each_other(cache: &dyn Cache) {
    let limiter = cache.limiter(limit(1, 1));
    let one = tenant();
    let organization = Tenant { workspace: None, ..one };
    let address = |text: &str| Owner::at(text.parse::<IpAddr>().expect("an address"));
    // Addresses nobody else tests with.
    let number = u16::try_from(std::process::id() % 65_536).expect("two bytes");
    let network = |last| address(&format!("2001:db8:{number:x}:{last}::1"));
    for owner in [Owner::Tenant(one), Owner::Tenant(organization), Owner::Tenant(tenant()), network(1), network(2)] {
        assert_eq!(limiter.take(owner).await, Ok(()), "{owner}");
        assert!(limiter.take(owner).await.is_err(), "{owner}");
    }
    let other = cache.limiter(Limit { name: "other", ..limit(1, 1) });
    assert_eq!(other.take(Owner::Tenant(one)).await, Ok(()));
}

async fn values_are_read_by_their_owner_until_they_end(cache: &dyn Cache) {
    let (mine, theirs) = (tenant(), tenant());
    assert_eq!(cache.get(&key(mine, "one")).await, None);
    let value = Bytes::from_static(b"\0\xff one");
    cache.put(&key(mine, "one"), value.clone(), HOUR).await;
    assert_eq!(cache.get(&key(mine, "one")).await, Some(value));
    assert_eq!(cache.get(&key(theirs, "one")).await, None);
    assert_eq!(cache.get(&key(mine, "two")).await, None);
    cache.put(&key(mine, "one"), Bytes::from_static(b"two"), HOUR).await;
    assert_eq!(cache.get(&key(mine, "one")).await, Some(Bytes::from_static(b"two")));
    cache.forget(&key(mine, "one")).await;
    cache.forget(&key(mine, "one")).await;
    assert_eq!(cache.get(&key(mine, "one")).await, None);

    cache.put(&key(mine, "one"), Bytes::from_static(b"short"), Duration::from_millis(20)).await;
    let gone = async || cache.get(&key(mine, "one")).await.is_none().then_some(());
    wait_until("the end of the value", gone).await;
}

fn config(url: String, timeout_ms: u64) -> Config {
    Config { engine: Engine::Redis, url, url_file: "".into(), timeout_ms }
}

async fn connected(server: &engines::Redis) -> Redis {
    // Long: a busy machine is no outage.
    Redis::connect(&config(server.url(), 20_000), |_| ()).await.expect("it connects")
}

#[tokio::test]
async fn the_engine_of_one_process_conforms() {
    conform(&Local::default()).await;
}

#[tokio::test]
async fn redis_conforms() {
    let Some(server) = engines::Redis::shared() else { return };
    conform(&connected(&server).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_on_one_redis_share_limits_and_values() {
    let Some(server) = engines::Redis::shared() else { return };
    let (one, two) = (connected(&server).await, connected(&server).await);
    let (first, second, owner) = (one.limiter(limit(1, 40)), two.limiter(limit(1, 40)), Owner::Tenant(tenant()));
    let (left, right) = futures::join!(passed(&first, owner, 100), passed(&second, owner, 100));
    assert_eq!(left + right, 40, "{left} and {right}");

    let key = key(tenant(), "one");
    one.put(&key, Bytes::from_static(b"one"), HOUR).await;
    assert_eq!(two.get(&key).await, Some(Bytes::from_static(b"one")));
}

/// Counts how often it was told that Redis came and went.
#[derive(Clone, Default)]
struct Told {
    here: Arc<AtomicU32>,
    away: Arc<AtomicU32>,
}

impl Told {
    fn observer(&self) -> impl Fn(bool) + Send + Sync + 'static {
        let told = self.clone();
        move |here| {
            let counter = if here { &told.here } else { &told.away };
            counter.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn counts(&self) -> (u32, u32) {
        (self.here.load(Ordering::SeqCst), self.away.load(Ordering::SeqCst))
    }
}

/// While Redis is away the limit of this process holds, values are not found, and that is said once; then it is shared again.
async fn goes_on_without(server: &engines::Redis, away: impl FnOnce(), back: impl FnOnce()) {
    let told = Told::default();
    let redis = Redis::connect(&config(server.url(), 300), told.observer()).await.expect("it connects");
    let (limiter, owner, value) = (redis.limiter(limit(1, 30)), Owner::Tenant(tenant()), key(tenant(), "one"));
    let shared = async || {
        redis.put(&value, Bytes::from_static(b"one"), HOUR).await;
        redis.get(&value).await.map(|_| ())
    };
    wait_until("the first answer", &shared).await;
    let mut passed_before = 0;
    while limiter.take(owner).await.is_ok() {
        passed_before += 1;
    }
    assert!(passed_before >= 30);

    away();
    wait_until("the loss to be noticed", async || redis.get(&value).await.is_none().then_some(())).await;
    let (_, times_away) = told.counts();
    let passed_alone = passed(&limiter, owner, 100).await;
    assert!((1..=30).contains(&passed_alone), "{passed_alone} pass by the limit of this process");
    assert!(limiter.take(owner).await.is_err());
    assert_eq!(redis.get(&value).await, None);
    assert_eq!(told.counts().1, times_away, "said once");

    back();
    wait_until("its return", shared).await;
    let (here, away) = told.counts();
    assert_eq!(here, away + 1, "what was said last is that it is there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redis_that_crashes_is_done_without_until_it_is_back() {
    let Some(server) = engines::Redis::own() else { return };
    goes_on_without(&server, || server.kill(), || server.start()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redis_that_hangs_is_done_without_until_it_answers() {
    let Some(server) = engines::Redis::own() else { return };
    goes_on_without(&server, || server.pause(), || server.resume()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redis_that_is_not_there_yet_is_waited_for_without_holding_up_anything() {
    let Some(server) = engines::Redis::own() else { return };
    server.stop();
    let redis = Redis::connect(&config(server.url(), 300), |_| ()).await.expect("the settings fit");
    let (limiter, owner, value) = (redis.limiter(limit(1, 3)), Owner::Tenant(tenant()), key(tenant(), "one"));
    assert_eq!(passed(&limiter, owner, 5).await, 3);
    server.start();
    wait_until("it to be found", async || {
        redis.put(&value, Bytes::from_static(b"one"), HOUR).await;
        redis.get(&value).await
    })
    .await;
}
