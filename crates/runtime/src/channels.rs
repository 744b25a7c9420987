//! How a target reaches another: by memory if it runs in this process, else by its address.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use http::HeaderValue;
use saldo_kernel::{Caller, Error, reasons};
use tonic::transport::{Channel, Endpoint};

use crate::{DOMAIN, Settings, config, identity::Identity, memory::Dialer, trace::Traced};

/// A channel that carries the current trace, and who calls.
pub type TracedChannel = Traced<Channel>;

/// The channels of one process by target.
#[derive(Clone, Debug)]
pub struct Channels {
    by_target: BTreeMap<&'static str, Channel>,
    identity: Arc<Identity>,
}

impl Channels {
    /// A channel for each of `called`: to `local` for the targets of this process, by the setting `peers.<target>` for
    /// the others. All of them share one connection per process.
    pub(crate) fn new(
        called: &[&'static str],
        running: &[&'static str],
        local: &Dialer,
        settings: &Settings,
        identity: Arc<Identity>,
    ) -> Result<Self, Error> {
        let inside = local.channel();
        let mut by_target = BTreeMap::new();
        for target in called {
            let channel = if running.contains(target) { inside.clone() } else { remote(target, settings)? };
            by_target.insert(*target, channel);
        }
        Ok(Self { by_target, identity })
    }

    /// The channel to a target that the calling module declares, for calls of nobody in particular.
    ///
    /// # Errors
    /// A defect of ours: the module does not declare that it calls `target`.
    pub fn to(&self, target: &str) -> Result<TracedChannel, Error> {
        self.on_behalf_of(&Caller::Anonymous, target)
    }

    /// The channel to a target for the calls of `caller`. For calls that begin soon: what it proves who calls with ends after
    /// some minutes.
    ///
    /// # Errors
    /// A defect of ours: the module does not declare that it calls `target`.
    pub fn on_behalf_of(&self, caller: &Caller, target: &str) -> Result<TracedChannel, Error> {
        let inner = self.by_target.get(target).cloned().ok_or_else(|| {
            Error::internal(DOMAIN, format!("no module of this process declares that it calls {target}"))
        })?;
        let token = self.identity.sign(caller, target);
        let authorization = token.and_then(|token| HeaderValue::try_from(format!("Bearer {token}")).ok());
        Ok(Traced { inner, authorization })
    }
}

fn remote(target: &str, settings: &Settings) -> Result<Channel, Error> {
    let key = format!("peers.{target}");
    let address = settings.text(&key);
    if address.is_empty() {
        let message = format!("target {target} does not run in this process, and {key} does not say where it is");
        return Err(Error::known(&reasons::PEER_NOT_SET, DOMAIN, message)
            .hint(format!("set {} or add the target to --target", config::variable(&key))));
    }
    let endpoint = Endpoint::from_shared(address.to_owned()).map_err(|cause| {
        Error::known(&reasons::CONFIG_INVALID, DOMAIN, format!("{key} is not an address")).caused_by(cause)
    })?;
    Ok(endpoint
        .connect_timeout(Duration::from_secs(5))
        .http2_keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(10))
        .keep_alive_while_idle(true)
        .connect_lazy())
}
