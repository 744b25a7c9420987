//! Connections within the process: a listener that hands out both ends of a pipe.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use futures::Stream;
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf},
    sync::mpsc,
};
use tonic::transport::{Channel, Endpoint, server::Connected};
use tower::service_fn;

/// How much may be under way in each direction.
const PIPE_BYTES: usize = 256 * 1024;

/// The serving side: a stream of connections.
pub(crate) struct Listener(mpsc::Receiver<Pipe>);

/// The calling side. Clones connect to the same listener.
#[derive(Clone, Debug)]
pub(crate) struct Dialer(mpsc::Sender<Pipe>);

/// A listener and its dialer.
pub(crate) fn connection() -> (Dialer, Listener) {
    let (sender, receiver) = mpsc::channel(16);
    (Dialer(sender), Listener(receiver))
}

impl Dialer {
    /// A channel to the listener; it connects at its first call.
    pub(crate) fn channel(&self) -> Channel {
        let pipes = self.0.clone();
        // The address is never looked up; gRPC wants one for its authority.
        Endpoint::from_static("http://in-process").connect_with_connector_lazy(service_fn(move |_| {
            let pipes = pipes.clone();
            async move {
                let (near, far) = tokio::io::duplex(PIPE_BYTES);
                let gone = |_| io::Error::new(io::ErrorKind::ConnectionRefused, "this process is shutting down");
                pipes.send(Pipe(far)).await.map_err(gone)?;
                Ok::<_, io::Error>(TokioIo::new(near))
            }
        }))
    }
}

impl Stream for Listener {
    type Item = io::Result<Pipe>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|pipe| pipe.map(Ok))
    }
}

/// The serving end of one connection.
#[derive(Debug)]
pub(crate) struct Pipe(DuplexStream);

impl Connected for Pipe {
    type ConnectInfo = ();

    fn connect_info(&self) -> Self::ConnectInfo {}
}

impl AsyncRead for Pipe {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Pipe {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
