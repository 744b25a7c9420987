//! From a table of modules and settings to a running process, top to bottom, and back.

use std::{future::Future, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use axum::Router;
use futures::StreamExt;
use saldo_bus::Bus;
use saldo_kernel::{Error, reasons};
use saldo_proto::{descriptors, encoded_descriptors, guard::Gate};
use saldo_store::{Database, Schema, State};
use serde::Deserialize;
use tokio::{net::TcpListener, task::JoinSet, time::timeout};
use tonic::{
    service::Routes,
    transport::{Server, server::TcpIncoming},
};
use tower_http::trace::TraceLayer;
use tracing::Instrument;

use crate::{
    Channels, Context, DOMAIN, Gatekeeper, Identity, Metrics, Module, Problem, Settings, Stop, bus, bus_options,
    config::{check_listen, check_url, refused},
    data_dir, database,
    http_server::{self, Patience},
    http_span,
    memory::{self, Dialer},
    open_database,
    ops::{self, Readiness},
    patient::Patient,
    single, telemetry,
};

/// For other processes of Saldo, and whoever else reaches their port; as long as the gateway waits by default.
const GRPC_PATIENCE: Patience =
    Patience { connections: usize::MAX, head: Duration::from_secs(30), write: Duration::from_secs(30) };

/// How often a process looks whether the database is as it needs it.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The modules that one process will run.
pub struct Assembly {
    modules: Vec<Module>,
    settings: Settings,
}

/// Where a running process listens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// The page and the public API, where the gateway runs here.
    pub web: Option<SocketAddr>,
    /// Health and metrics.
    pub ops: Option<SocketAddr>,
    /// gRPC for other processes, where it is set.
    pub grpc: Option<SocketAddr>,
}

/// A process that takes calls.
pub struct Running {
    addresses: Addresses,
    readiness: Readiness,
    shutdown: Shutdown,
    /// Stopped first: what they still answer calls the others.
    edge: Servers,
    inner: Servers,
    bus: Option<Arc<dyn Bus>>,
    /// What works in the background.
    work: JoinSet<()>,
    /// Closed last.
    database: Option<Database>,
    /// Without a dialer the in-memory server would see its last client go.
    _local: Dialer,
}

/// Servers that stop together.
#[derive(Debug, Default)]
struct Servers {
    stop: Stop,
    running: JoinSet<Result<(), Error>>,
}

impl Servers {
    /// Asks them to stop and waits until each has finished its calls.
    async fn drain(&mut self) -> Result<(), Error> {
        self.stop.ask();
        while let Some(one) = self.running.join_next().await {
            flatten(one)?;
        }
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Shutdown {
    readiness_delay_ms: u64,
    grace_ms: u64,
}

impl Assembly {
    /// Picks `targets` of the table; none means all.
    ///
    /// # Errors
    /// A target that is not in the table, or settings that do not fit: every problem at once.
    pub fn new(table: &[Module], targets: &[String], settings: Settings) -> Result<Self, Error> {
        let known = |name: &String| table.iter().any(|module| module.name == name);
        if let Some(unknown) = targets.iter().find(|name| !known(name)) {
            let names: Vec<_> = table.iter().map(|module| module.name).collect();
            let message = format!("There is no target '{unknown}'. There are: {}.", names.join(", "));
            return Err(Error::known(&reasons::TARGET_UNKNOWN, DOMAIN, message));
        }
        let wanted = |module: &&Module| targets.is_empty() || targets.iter().any(|name| module.name == name);
        let modules: Vec<Module> = table.iter().filter(wanted).copied().collect();
        let problems = Self::check(&modules, &settings);
        if problems.is_empty() { Ok(Self { modules, settings }) } else { Err(refused(&problems)) }
    }

    /// Every problem of the settings of the runtime and of these modules.
    pub fn check(modules: &[Module], settings: &Settings) -> Vec<Problem> {
        let mut problems = Vec::new();
        telemetry::check(settings, &mut problems);
        database::check(settings, &mut problems);
        bus::check(settings, &mut problems);
        single::check(settings, &mut problems);
        check_listen(settings, "ops.listen", true, &mut problems);
        check_listen(settings, "grpc.listen", true, &mut problems);
        for (key, ..) in settings.iter().filter(|(key, ..)| key.starts_with("peers.")) {
            check_url(settings, key, &mut problems);
        }
        for module in modules {
            (module.check)(settings, &mut problems);
        }
        problems
    }

    /// The targets that will run.
    pub fn targets(&self) -> Vec<&'static str> {
        self.modules.iter().map(|module| module.name).collect()
    }

    /// Builds every module, then serves them all. Returns once the process takes calls.
    ///
    /// # Errors
    /// A module cannot be built, or an address cannot be listened on; the message names it.
    pub async fn start(self) -> Result<Running, Error> {
        let targets = self.targets();
        let (metrics, readiness) = (Metrics::default(), Readiness::default());
        let (mut edge, mut inner) = (Servers::default(), Servers::default());
        let (dialer, listener) = memory::connection();
        let called: Vec<_> = self.modules.iter().flat_map(|module| module.calls.iter().copied()).collect();
        let alone = called.iter().all(|target| targets.contains(target)) && !self.listens_for_others();
        let identity = Arc::new(self.identity(alone)?);
        let gate: Arc<dyn Gate> = Arc::new(Gatekeeper::new(Arc::clone(&identity)));
        let mut addresses = Addresses::default();
        // First, so that who runs it sees that it lives while it waits for its database.
        if let Some(listen) = address(&self.settings, "ops.listen") {
            let socket = bind("ops.listen", listen).await?;
            addresses.ops = socket.local_addr().ok();
            let router = ops::router(metrics.clone(), readiness.clone());
            inner.running.spawn(serve_http(socket, router, ops::PATIENCE, inner.stop.clone()));
        }
        let database = self.database().await?;
        let bus = match &database {
            Some(database) => {
                let (engine, options) = bus_options(&self.settings)?;
                Some(saldo_bus::start(&engine, database, options).await?)
            }
            None => None,
        };
        let context = Context {
            channels: Channels::new(&called, &targets, &dialer, &self.settings, identity)?,
            settings: self.settings.clone(),
            metrics: metrics.clone(),
            database: database.clone(),
            bus: bus.clone(),
            gate,
            stop: inner.stop.clone(),
            targets,
        };

        let (health, health_service) = tonic_health::server::health_reporter();
        let reflection = tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(encoded_descriptors())
            .build_v1()
            .map_err(|cause| Error::internal(DOMAIN, "the contract cannot be reflected").caused_by(cause))?;
        let mut grpc = Routes::new(health_service).add_service(reflection);
        let (mut webs, mut work) = (Vec::new(), JoinSet::new());
        for module in &self.modules {
            let span = tracing::info_span!("start", target = module.name);
            let started = (module.start)(context.clone()).instrument(span).await.inspect_err(|error| {
                tracing::error!(target = module.name, %error, "a module cannot be started");
            })?;
            if let Some(routes) = started.grpc {
                grpc = merge(grpc, routes);
            }
            webs.extend(started.web);
            for one in started.work {
                work.spawn(one);
            }
            for service in module.serves {
                health.set_service_status(service, tonic_health::ServingStatus::Serving).await;
            }
        }

        if webs.is_empty() && !self.listens_for_others() {
            let message = format!("Nothing could reach {}: it would listen nowhere.", self.targets().join(", "));
            return Err(Error::known(&reasons::LISTENS_NOWHERE, DOMAIN, message));
        }
        let grpc = measured(traced(grpc), &metrics)?;
        let stop = inner.stop.clone();
        inner.running.spawn(serve_grpc(Server::builder(), grpc.clone(), listener, stop.clone()));
        if let Some(listen) = address(&self.settings, "grpc.listen") {
            let socket = bind("grpc.listen", listen).await?;
            addresses.grpc = socket.local_addr().ok();
            let server = Server::builder()
                .max_connection_age(self.max_connection_age()?)
                .http2_keepalive_interval(Some(Duration::from_secs(20)));
            let incoming = TcpIncoming::from(socket).with_nodelay(Some(true));
            let incoming = incoming.map(|stream| stream.map(|stream| Patient::new(stream, GRPC_PATIENCE)));
            inner.running.spawn(serve_grpc(server, grpc, incoming, stop));
        }
        for web in webs {
            let socket = bind("gateway.listen", web.listen).await?;
            addresses.web = socket.local_addr().ok();
            edge.running.spawn(serve_http(socket, web.router, web.patience, edge.stop.clone()));
        }
        readiness.set(true);
        let shutdown = self.settings.section("shutdown")?;
        Ok(Running { addresses, readiness, shutdown, edge, inner, bus, work, database, _local: dialer })
    }

    /// The targets of this process and of others know each other by one key.
    fn identity(&self, alone: bool) -> Result<Identity, Error> {
        let file = self.settings.text("identity.key_file");
        match file {
            "" if alone => Identity::of_this_process(),
            "" => Identity::of_file(&data_dir(&self.settings).join("keys/identity.key")),
            file => Identity::of_file(Path::new(file)),
        }
    }

    fn listens_for_others(&self) -> bool {
        address(&self.settings, "grpc.listen").is_some()
    }

    /// The database where a module keeps something, with the schemas of this version. Waits until they are.
    async fn database(&self) -> Result<Option<Database>, Error> {
        let schemas = schemas(&self.modules);
        if schemas.is_empty() {
            return Ok(None);
        }
        let (database, migrate) = open_database(&self.settings).await?;
        if migrate {
            database.migrate(&schemas).await?;
        }
        let mut told = false;
        loop {
            match database.state(&schemas).await {
                Ok(State::Current | State::Ahead) => return Ok(Some(database)),
                Ok(State::Behind) if !told => tracing::warn!("the database waits for `saldo migrate`"),
                Err(error) if !told => tracing::warn!(%error, "the database does not answer yet"),
                Ok(State::Behind) | Err(_) => {}
            }
            told = true;
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    fn max_connection_age(&self) -> Result<Duration, Error> {
        #[derive(Deserialize)]
        struct Grpc {
            max_connection_age_seconds: u64,
        }
        let grpc: Grpc = self.settings.section("grpc")?;
        Ok(Duration::from_secs(grpc.max_connection_age_seconds))
    }
}

impl Running {
    /// Where it listens.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Waits until `end` or until a server fails, then stops in order: readiness off, drain, stop.
    ///
    /// # Errors
    /// A server failed.
    pub async fn until(mut self, end: impl Future<Output = ()>) -> Result<(), Error> {
        let failed = tokio::select! {
            () = end => None,
            Some(first) = self.edge.running.join_next() => Some(flatten(first)),
            Some(first) = self.inner.running.join_next() => Some(flatten(first)),
        };
        self.readiness.set(false);
        tokio::time::sleep(Duration::from_millis(self.shutdown.readiness_delay_ms)).await;
        let drained = timeout(Duration::from_millis(self.shutdown.grace_ms), async {
            self.edge.drain().await?;
            self.inner.drain().await?;
            if let Some(bus) = &self.bus {
                bus.stop().await;
            }
            while let Some(one) = self.work.join_next().await {
                one.map_err(|cause| Error::internal(DOMAIN, "work in the background broke off").caused_by(cause))?;
            }
            Ok(())
        });
        let drained = drained.await;
        if let Some(database) = &self.database {
            database.close().await;
        }
        match (failed, drained) {
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(())), _) => Err(Error::internal(DOMAIN, "a server ended by itself")),
            (None, Ok(done)) => done,
            (None, Err(_)) => {
                tracing::warn!("some calls did not finish in time and were cut");
                Ok(())
            }
        }
    }
}

/// What modules own in the database, with what carries their events.
pub fn schemas(modules: &[Module]) -> Vec<Schema> {
    let own: Vec<Schema> = modules.iter().filter_map(|module| module.schema).collect();
    if own.is_empty() { own } else { own.into_iter().chain([saldo_bus::SCHEMA]).collect() }
}

fn merge(one: Routes, two: Routes) -> Routes {
    Routes::from(one.into_axum_router().merge(two.into_axum_router().reset_fallback()))
}

/// Every call is a span that continues the caller's trace.
fn traced(routes: Routes) -> Routes {
    let layer = TraceLayer::new_for_grpc()
        .make_span_with(|request: &http::Request<axum::body::Body>| {
            http_span(request, request.uri().path().trim_start_matches('/'), "grpc")
        })
        .on_request(())
        .on_response(())
        .on_body_chunk(())
        .on_eos(())
        .on_failure(());
    Routes::from(routes.into_axum_router().layer(layer))
}

/// Counts every call and the time to its first answer.
fn measured(routes: Routes, metrics: &Metrics) -> Result<Routes, Error> {
    let seconds =
        metrics.seconds("saldo_runtime_call_seconds", "Time to the first answer of a gRPC call.", &["rpc"])?;
    let measure = move |request: axum::extract::Request, next: axum::middleware::Next| {
        let seconds = seconds.clone();
        let rpc = known_rpc(request.uri().path());
        async move {
            let timer = seconds.with_label_values(&[rpc.as_str()]).start_timer();
            let response = next.run(request).await;
            timer.observe_duration();
            response
        }
    };
    Ok(Routes::from(routes.into_axum_router().layer(axum::middleware::from_fn(measure))))
}

/// The path as a label. Unknown ones share `other`: whoever calls cannot grow the metric.
fn known_rpc(path: &str) -> String {
    let (service, name) = path.trim_start_matches('/').split_once('/').unwrap_or_default();
    let service = descriptors().get_service_by_name(service);
    let method = service.and_then(|service| service.methods().find(|method| method.name() == name));
    method.map_or_else(|| "other".to_owned(), |method| method.full_name().to_owned())
}

async fn serve_grpc<I, S>(mut server: Server, routes: Routes, incoming: I, stop: Stop) -> Result<(), Error>
where
    I: futures::Stream<Item = std::io::Result<S>>,
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + tonic::transport::server::Connected + Unpin + Send + 'static,
{
    server
        .add_routes(routes)
        .serve_with_incoming_shutdown(incoming, async move { stop.asked().await })
        .await
        .map_err(|cause| Error::internal(DOMAIN, "the gRPC server failed").caused_by(cause))
}

/// As a server that may fail, which this one does not.
async fn serve_http(socket: TcpListener, router: Router, patience: Patience, stop: Stop) -> Result<(), Error> {
    http_server::serve(socket, router, patience, stop).await;
    Ok(())
}

async fn bind(key: &str, listen: SocketAddr) -> Result<TcpListener, Error> {
    TcpListener::bind(listen).await.map_err(|cause| {
        let message = format!("Cannot listen on {listen} ({key}): {cause}.");
        Error::known(&reasons::ADDRESS_NOT_FREE, DOMAIN, message).caused_by(cause)
    })
}

fn address(settings: &Settings, key: &str) -> Option<SocketAddr> {
    settings.text(key).parse().ok()
}

fn flatten(joined: Result<Result<(), Error>, tokio::task::JoinError>) -> Result<(), Error> {
    joined.unwrap_or_else(|cause| Err(Error::internal(DOMAIN, "a server broke off").caused_by(cause)))
}
