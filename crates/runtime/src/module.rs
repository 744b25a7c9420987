//! A module: the unit of Saldo. A process runs some of them.

use std::{future::Future, net::SocketAddr, pin::Pin, sync::Arc};

use saldo_bus::Bus;
use saldo_kernel::Error;
use saldo_proto::guard::Gate;
use saldo_store::{Database, Schema, Store};
use tonic::service::Routes;

use crate::{Channels, DOMAIN, Metrics, Patience, Problem, Settings, Stop};

/// One target: what the table of modules says of it.
#[derive(Clone, Copy)]
pub struct Module {
    /// The target's name: also its folder, proto package and metric prefix.
    pub name: &'static str,
    /// What it owns, in one line.
    pub summary: &'static str,
    /// The gRPC services it serves, by full name.
    pub serves: &'static [&'static str],
    /// The targets it calls.
    pub calls: &'static [&'static str],
    /// What it owns in the database; none for a module that keeps nothing.
    pub schema: Option<Schema>,
    /// Checks its own settings.
    pub check: fn(&Settings, &mut Vec<Problem>),
    /// Builds it. Nothing is served before every module of the process is built.
    pub start: fn(Context) -> Starting,
}

/// A module that is being built.
pub type Starting = Pin<Box<dyn Future<Output = Result<Started, Error>> + Send>>;

/// What a module may use.
#[derive(Clone)]
pub struct Context {
    /// All settings.
    pub settings: Settings,
    /// Where it registers its metrics.
    pub metrics: Metrics,
    /// How it reaches the targets it calls.
    pub channels: Channels,
    /// The database, where a module of this process keeps something.
    pub database: Option<Database>,
    /// What carries events, where there is a database.
    pub bus: Option<Arc<dyn Bus>>,
    /// What stands before its handlers.
    pub gate: Arc<dyn Gate>,
    /// Tells its workers when to stop.
    pub stop: Stop,
    /// The targets of this process.
    pub targets: Vec<&'static str>,
}

impl Context {
    /// The module's own part of the database.
    ///
    /// # Errors
    /// A defect of ours: the module does not declare that it has one.
    pub fn store(&self, module: &Module) -> Result<Store, Error> {
        let store = self.database.as_ref().zip(module.schema.as_ref()).map(|(database, schema)| database.store(schema));
        store.ok_or_else(|| Error::internal(DOMAIN, format!("{} does not declare a schema", module.name)))
    }

    /// What carries events.
    ///
    /// # Errors
    /// A defect of ours: no module of this process declares a schema.
    pub fn bus(&self) -> Result<&Arc<dyn Bus>, Error> {
        self.bus.as_ref().ok_or_else(|| Error::internal(DOMAIN, "a module without a schema asks for events"))
    }
}

/// A module that is built and waits to be served.
#[derive(Default)]
pub struct Started {
    /// Its gRPC services, each behind its guard.
    pub grpc: Option<Routes>,
    /// What it serves over HTTP.
    pub web: Option<Web>,
    /// What works in the background; each ends soon after the process is asked to stop.
    pub work: Vec<Work>,
}

/// Work in the background.
pub type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Something served over HTTP.
pub struct Web {
    /// Where.
    pub listen: SocketAddr,
    /// What.
    pub router: axum::Router,
    /// For how many clients, and how long it waits for each.
    pub patience: Patience,
}
