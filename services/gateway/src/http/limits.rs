//! How many calls and analyses one address may make. Who counts them is the cache's choice.

use std::{net::SocketAddr, num::NonZeroU32, sync::Arc};

use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use saldo_cache::{Cache, Limit, Owner, Wait};
use saldo_kernel::{Error, reasons};

use super::{Edge, Problem};
use crate::{DOMAIN, config::Config};

/// The limits of addresses.
pub(crate) struct Limiter {
    calls: Arc<dyn saldo_cache::Limiter>,
    analyses: Arc<dyn saldo_cache::Limiter>,
}

/// Who made a request; none where it does not come from the network.
pub(crate) fn owner_of(request: &Request) -> Option<Owner> {
    request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| Owner::at(address.ip()))
}

impl Limiter {
    pub(crate) fn new(config: &Config, cache: &dyn Cache) -> Self {
        let limiter = |name, per_minute, burst| {
            cache.limiter(Limit { name, per_minute: at_least_one(per_minute), burst: at_least_one(burst) })
        };
        Self {
            calls: limiter("calls", config.calls_per_minute, config.calls_burst),
            analyses: limiter("analyses", config.analyses_per_minute, config.analyses_burst),
        }
    }

    /// Takes one call, or one analysis where it is heavy, of those that the owner has left.
    ///
    /// # Errors
    /// It has none left; the error says when it has.
    pub(crate) async fn take(&self, owner: Option<Owner>, heavy: bool) -> Result<(), Error> {
        let Some(owner) = owner else { return Ok(()) };
        let limiter = if heavy { &self.analyses } else { &self.calls };
        limiter.take(owner).await.map_err(|Wait(wait)| {
            let message = "Too many requests came from this address.";
            Error::known(&reasons::RATE_LIMITED, DOMAIN, message).retry_after(wait)
        })
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
    match limiter.take(owner_of(&request), heavy).await {
        Ok(()) => next.run(request).await,
        Err(error) => Problem(error).into_response(),
    }
}

fn at_least_one(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}
