//! How many calls and analyses one address may make.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};
use saldo_kernel::{Error, reasons};
use saldo_runtime::Stop;

use super::{Edge, Problem};
use crate::{DOMAIN, config::Config};

/// How often addresses that are at rest are forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(60);

/// The limits of one process, by address. Clones share them.
#[derive(Clone)]
pub(crate) struct Limiter {
    calls: Arc<DefaultKeyedRateLimiter<IpAddr>>,
    analyses: Arc<DefaultKeyedRateLimiter<IpAddr>>,
}

impl Limiter {
    pub(crate) fn new(config: &Config) -> Self {
        let limiter = |per_minute, burst| {
            let quota = Quota::per_minute(at_least_one(per_minute)).allow_burst(at_least_one(burst));
            Arc::new(RateLimiter::keyed(quota))
        };
        Self {
            calls: limiter(config.calls_per_minute, config.calls_burst),
            analyses: limiter(config.analyses_per_minute, config.analyses_burst),
        }
    }

    /// Takes one call, or one analysis where it is heavy, of those that the request's address has left.
    ///
    /// # Errors
    /// It has none left; the error says when it has.
    pub(crate) fn take(&self, request: &Request, heavy: bool) -> Result<(), Error> {
        let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        // A request without an address does not come from the network.
        let Some(address) = address else { return Ok(()) };
        let limiter = if heavy { &self.analyses } else { &self.calls };
        limiter.check_key(&network(address)).map_err(|until| {
            let wait = until.wait_time_from(governor::clock::DefaultClock::default().now());
            let message = "Too many requests came from this address.";
            Error::known(&reasons::RATE_LIMITED, DOMAIN, message).retry_after(wait)
        })
    }

    /// Keeps the memory bounded until `stop` is asked.
    pub(crate) fn forget_idle_addresses(&self, stop: Stop) {
        let limiter = self.clone();
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(FORGET_EVERY);
            loop {
                tokio::select! {
                    () = stop.asked() => return,
                    _ = tick.tick() => {
                        limiter.calls.retain_recent();
                        limiter.analyses.retain_recent();
                    }
                }
            }
        });
    }
}

/// Passes a call if its address has one left.
pub(crate) async fn limit_calls(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    limit(&edge.limiter, false, request, next).await
}

/// Passes an analysis if its address has one left.
pub(crate) async fn limit_analyses(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    limit(&edge.limiter, true, request, next).await
}

async fn limit(limiter: &Limiter, heavy: bool, request: Request, next: Next) -> Response {
    match limiter.take(&request, heavy) {
        Ok(()) => next.run(request).await,
        Err(error) => Problem(error).into_response(),
    }
}

/// One subscriber has a whole IPv6 /64.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(long) => IpAddr::V6(Ipv6Addr::from(u128::from(long) & !u128::from(u64::MAX))),
    }
}

fn at_least_one(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}
