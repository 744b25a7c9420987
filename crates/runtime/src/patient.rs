//! A connection that waits for its client only so long: for the first bytes, and for room to write.

use std::{
    future::Future,
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

use tonic::transport::server::Connected;

use crate::http_server::Patience;

/// How a connection of HTTP/2 begins. Until it is clear whether this one does, the server above has no limit of time.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The stream with its patience.
pub(crate) struct Patient<S> {
    stream: S,
    /// How much of the preface has come; `None` once the protocol is clear.
    preface: Option<usize>,
    head: Pin<Box<Sleep>>,
    write: Duration,
    /// Runs while the client takes nothing.
    blocked: Option<Pin<Box<Sleep>>>,
}

impl<S> Patient<S> {
    pub(crate) fn new(stream: S, patience: Patience) -> Self {
        let head = Box::pin(sleep(patience.head));
        Self { stream, preface: Some(0), head, write: patience.write, blocked: None }
    }

    /// Looks whether the first bytes tell the protocol.
    fn see(&mut self, bytes: &[u8]) {
        let Some(seen) = self.preface else { return };
        let rest = PREFACE.get(seen..).unwrap_or_default();
        let open = !bytes.is_empty() && bytes.len() < rest.len() && rest.starts_with(bytes);
        self.preface = open.then(|| seen + bytes.len());
    }

    /// Fails where nothing could be written for too long.
    fn written<T>(&mut self, context: &mut Context<'_>, result: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if result.is_ready() {
            self.blocked = None;
            return result;
        }
        let deadline = Instant::now() + self.write;
        let blocked = self.blocked.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline)));
        ready!(blocked.as_mut().poll(context));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client takes nothing of the answer")))
    }
}

impl<S: Connected> Connected for Patient<S> {
    type ConnectInfo = S::ConnectInfo;

    fn connect_info(&self) -> Self::ConnectInfo {
        self.stream.connect_info()
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let result = Pin::new(&mut self.stream).poll_read(context, buffer);
        if result.is_ready() {
            self.see(buffer.filled().get(before..).unwrap_or_default());
        } else if self.preface.is_some() && self.head.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client asks nothing")));
        }
        result
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, result)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.written(context, result)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_flush(context);
        self.written(context, result)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_shutdown(context);
        self.written(context, result)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const PATIENCE: Patience =
        Patience { connections: 1, head: Duration::from_secs(10), write: Duration::from_secs(10) };

    // Time that stands still runs ahead where nothing else is to be done.
    #[tokio::test(start_paused = true)]
    async fn a_client_that_says_nothing_or_half_a_preface_is_given_up() {
        for said in [&b""[..], b"PRI * HTTP"] {
            let (mut client, server) = duplex(1_000);
            client.write_all(said).await.unwrap();
            let mut text = Vec::new();
            let ended = Patient::new(server, PATIENCE).read_to_end(&mut text).await;
            assert_eq!((ended.map_err(|error| error.kind()), &*text), (Err(io::ErrorKind::TimedOut), said));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_asked_may_wait_long() {
        for said in [&b"GET / HTTP/1.1\r\n"[..], PREFACE] {
            let (mut client, server) = duplex(1_000);
            client.write_all(said).await.unwrap();
            let mut server = Patient::new(server, PATIENCE);
            let mut text = Vec::new();
            let read = tokio::time::timeout(PATIENCE.head * 10, server.read_to_end(&mut text));
            assert!(read.await.is_err(), "it still waits");
            assert_eq!(text, said);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_takes_nothing_is_given_up_and_one_that_reads_slowly_is_not() {
        let (mut client, server) = duplex(10);
        let mut server = Patient::new(server, PATIENCE);
        let slow = async {
            for _ in 0..5 {
                sleep(PATIENCE.write / 2).await;
                client.read_exact(&mut [0; 10]).await.unwrap();
            }
        };
        let (written, ()) = tokio::join!(server.write_all(&[0; 60]), slow);
        written.unwrap();
        assert_eq!(server.write_all(b"more").await.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}
