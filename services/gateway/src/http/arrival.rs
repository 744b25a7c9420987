//! How the body of a request arrives: in time, unpacked, and to its end where the answer does not wait for it.

use std::{error, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::{Stream, StreamExt, TryStreamExt, stream};
use saldo_kernel::{Error, reasons};
use tokio::{
    io::AsyncRead,
    sync::{mpsc, oneshot},
    time::{Instant, timeout},
};
use tokio_util::io::{ReaderStream, StreamReader};

use super::{Edge, Problem};
use crate::{DOMAIN, config::Config};

/// What a client is told that packs its request in another way.
const CODINGS: &str = "gzip, zstd";

/// How long, and for how many bytes, a body that nobody wants any more is taken all the same: a client that still writes
/// does not read the answer, and loses it where the connection is closed.
const LINGER: Duration = Duration::from_secs(5);
const LINGER_BYTES: usize = 64 << 20;

/// The largest window of zstd, as a power of two: 8 MB, which RFC 8878 asks for.
const ZSTD_WINDOW: u32 = 23;

/// Passes the request on with a body whose errors are [`Error`]s of ours.
pub(crate) async fn arrive(State(edge): State<Arc<Edge>>, mut request: Request, next: Next) -> Response {
    let coding = match Coding::of(request.headers()) {
        Ok(coding) => coding,
        Err(error) => {
            // RFC 9110, 12.5.3.
            return ([(header::ACCEPT_ENCODING, CODINGS)], Problem(error)).into_response();
        }
    };
    if coding != Coding::Identity {
        request.headers_mut().remove(header::CONTENT_ENCODING);
        request.headers_mut().remove(header::CONTENT_LENGTH);
    }
    let pace = Pace::new(&edge.config);
    // Such a client sends nothing before it is asked to.
    let asks = request.headers().get(header::EXPECT).is_some_and(|value| value.as_bytes() == b"100-continue");
    next.run(request.map(|body| coding.unpacked(carried(body, pace, !asks)))).await
}

/// The error of ours that an error of a body stands for.
pub(crate) fn cause(error: &(dyn error::Error + 'static)) -> Option<Error> {
    std::iter::successors(Some(error), |error| error.source()).find_map(|error| error.downcast_ref::<Error>().cloned())
}

/// How fast a body has to arrive: no pause longer than `stall`, and all pauses together at most `stall` and what the bytes
/// that came would take at `floor` bytes a second.
#[derive(Clone, Copy)]
struct Pace {
    stall: Duration,
    floor: u64,
}

impl Pace {
    fn new(config: &Config) -> Self {
        Self { stall: config.stall_timeout(), floor: config.min_upload_bytes_per_second }
    }

    /// How long the next bytes may take after `bytes` came in `waited`.
    fn left(self, bytes: u64, waited: Duration) -> Duration {
        let millis = bytes.saturating_mul(1_000) / self.floor.max(1);
        (self.stall + Duration::from_millis(millis)).saturating_sub(waited).min(self.stall)
    }
}

/// The body by way of a task that takes it at its pace, from the first time that it is asked for on. What nobody asks for
/// any more, or ever, is taken too where `linger` says so.
fn carried(body: Body, pace: Pace, linger: bool) -> impl Stream<Item = Result<Bytes, Error>> + Send {
    let (to, from) = mpsc::channel(1);
    let (ask, asked) = oneshot::channel::<()>();
    tokio::spawn(async move {
        let mut body = body.into_data_stream();
        let wanted = asked.await.is_ok();
        let left = if wanted { carry(&mut body, pace, &to).await } else { linger };
        if left {
            // It ends early where the client has gone.
            let _ = timeout(LINGER, discard(body)).await;
        }
    });
    stream::unfold((from, Some(ask)), |(mut from, mut ask)| async move {
        if let Some(ask) = ask.take() {
            // The task waits for it.
            let _ = ask.send(());
        }
        from.recv().await.map(|chunk| (chunk, (from, ask)))
    })
}

/// Passes the body on at its pace. Whether something of it is left because nobody wants it.
async fn carry(
    body: &mut (impl Stream<Item = Result<Bytes, axum::Error>> + Unpin),
    pace: Pace,
    to: &mpsc::Sender<Result<Bytes, Error>>,
) -> bool {
    let (mut bytes, mut waited) = (0, Duration::ZERO);
    loop {
        let start = Instant::now();
        let chunk = match timeout(pace.left(bytes, waited), body.next()).await {
            Ok(None) => return false,
            Ok(Some(chunk)) => chunk.map_err(|cause| broke_off().caused_by(cause)),
            Err(_) => Err(stalled(bytes)),
        };
        waited += start.elapsed();
        bytes += chunk.as_ref().map_or(0, |chunk| chunk.len() as u64);
        let failed = chunk.is_err();
        let refused = to.send(chunk).await.is_err();
        if failed || refused {
            return !failed;
        }
    }
}

async fn discard(mut body: impl Stream<Item = Result<Bytes, axum::Error>> + Unpin) {
    let mut left = LINGER_BYTES;
    while let Some(Ok(chunk)) = body.next().await {
        let Some(rest) = left.checked_sub(chunk.len()) else { return };
        left = rest;
    }
}

/// How a body is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Identity,
    Gzip,
    Zstd,
}

impl Coding {
    fn of(headers: &HeaderMap) -> Result<Self, Error> {
        let Some(name) = headers.get(header::CONTENT_ENCODING) else { return Ok(Self::Identity) };
        match name.to_str().unwrap_or("unreadable").trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Ok(Self::Identity),
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            "zstd" => Ok(Self::Zstd),
            other => {
                let message = format!("A body that is packed with {other} cannot be unpacked here.");
                Err(Error::known(&reasons::ENCODING_NOT_ACCEPTED, DOMAIN, message).with("accepted", CODINGS))
            }
        }
    }

    fn unpacked(self, body: impl Stream<Item = Result<Bytes, Error>> + Send + 'static) -> Body {
        use async_compression::{
            tokio::bufread::{GzipDecoder, ZstdDecoder},
            zstd::DParameter,
        };
        if self == Self::Identity {
            return Body::from_stream(body);
        }
        let packed = StreamReader::new(body.map_err(std::io::Error::other).boxed());
        let unpacked: Box<dyn AsyncRead + Send + Unpin> = match self {
            Self::Zstd => Box::new(ZstdDecoder::with_params(packed, &[DParameter::window_log_max(ZSTD_WINDOW)])),
            Self::Identity | Self::Gzip => {
                let mut decoder = GzipDecoder::new(packed);
                decoder.multiple_members(true);
                Box::new(decoder)
            }
        };
        let broken = |error: std::io::Error| cause(&error).unwrap_or_else(|| not_packed().caused_by(error));
        Body::from_stream(ReaderStream::new(unpacked).map_err(broken))
    }
}

fn stalled(bytes: u64) -> Error {
    let message = "The request stopped arriving, or arrived too slowly.";
    Error::known(&reasons::REQUEST_STALLED, DOMAIN, message).with("received_bytes", bytes)
}

fn broke_off() -> Error {
    Error::known(&reasons::UPLOAD_BROKEN_OFF, DOMAIN, "The upload ended before its end.")
}

fn not_packed() -> Error {
    let message = "The body cannot be unpacked as its Content-Encoding says: it is damaged or cut off.";
    Error::known(&reasons::ENCODING_INVALID, DOMAIN, message)
}

#[cfg(test)]
mod tests {
    use saldo_kernel::Kind;

    use super::*;

    const PACE: Pace = Pace { stall: Duration::from_secs(30), floor: 1_000 };

    /// A body that gives `size` bytes after each `pause`, `count` times.
    fn body(size: usize, pause: Duration, count: usize) -> Body {
        let chunks = stream::iter(0..count).then(move |_| async move {
            tokio::time::sleep(pause).await;
            Ok::<_, Error>(Bytes::from(vec![b'x'; size]))
        });
        Body::from_stream(chunks)
    }

    async fn arrived(body: Body) -> Result<usize, Error> {
        carried(body, PACE, false).try_fold(0, |sum, chunk| async move { Ok(sum + chunk.len()) }).await
    }

    // Time that stands still runs ahead where nothing else is to be done.
    #[tokio::test(start_paused = true)]
    async fn a_slow_body_may_take_its_time_as_long_as_it_goes_on() {
        assert_eq!(arrived(body(20_000, Duration::from_secs(20), 100)).await.unwrap(), 2_000_000);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_pauses_too_long_or_only_drips_is_given_up() {
        for body in [body(1_000_000, Duration::from_secs(31), 2), body(1, Duration::from_secs(1), 1_000)] {
            let error = arrived(body).await.unwrap_err();
            assert_eq!((error.kind, error.reason.as_str()), (Kind::RequestTimeout, "REQUEST_STALLED"));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_time_that_the_server_takes_is_not_the_client_s() {
        let chunks = carried(body(10, Duration::ZERO, 5), PACE, false);
        let taken = chunks.then(|chunk| async {
            tokio::time::sleep(PACE.stall * 2).await;
            chunk
        });
        assert_eq!(taken.try_fold(0, |sum, chunk| async move { Ok(sum + chunk.len()) }).await.unwrap(), 50);
    }
}
