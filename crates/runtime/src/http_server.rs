//! HTTP/1 and HTTP/2 over sockets, for clients that may be slow, silent or many.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Extension, Router, extract::ConnectInfo};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};

use crate::{Stop, patient::Patient};

/// What one connection buffers in each direction, and so the longest head of a request.
const BUFFER_BYTES: usize = 64 << 10;

/// Calls at the same time on one connection.
const STREAMS: u32 = 100;

/// A connection that answers no ping is closed.
const PING_EVERY: Duration = Duration::from_secs(20);

/// Between two attempts to accept where the system has no more sockets.
const ACCEPT_AGAIN: Duration = Duration::from_secs(1);

/// How many clients a server serves at the same time, and how long it waits for each.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Connections at the same time; more wait to be accepted.
    pub connections: usize,
    /// For the head of a request, from the beginning of the connection or the end of the answer before.
    pub head: Duration,
    /// For a client to take more of an answer.
    pub write: Duration,
}

/// Serves `router` until `stop` is asked, then finishes the calls under way.
pub(crate) async fn serve(socket: TcpListener, router: Router, patience: Patience, stop: Stop) {
    let builder = builder(patience);
    let (open, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(patience.connections)));
    loop {
        let (stream, address, place) = tokio::select! {
            () = stop.asked() => break,
            accepted = accept(&socket, &places) => accepted,
        };
        let io = TokioIo::new(Patient::new(stream, patience));
        let service = TowerToHyperService::new(router.clone().layer(Extension(ConnectInfo(address))));
        let connection = open.watch(builder.serve_connection(io, service).into_owned());
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(socket);
    open.shutdown().await;
}

fn builder(patience: Patience) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(patience.head).max_buf_size(BUFFER_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(PING_EVERY)
        .keep_alive_timeout(patience.write)
        .max_concurrent_streams(STREAMS)
        .max_send_buf_size(BUFFER_BYTES);
    builder
}

/// The next connection, once there is a place for it. What fails concerns one client, or passes.
async fn accept(
    socket: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed.
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match socket.accept().await {
            Ok((stream, address)) => {
                // Answers of a few bytes must not wait for more.
                let _ = stream.set_nodelay(true);
                return (stream, address, place);
            }
            Err(error) if of_one_client(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                tokio::time::sleep(ACCEPT_AGAIN).await;
            }
        }
    }
}

fn of_one_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
