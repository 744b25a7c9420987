//! Workers: so many at a time take jobs of one kind, show that they live, and end each job one way or another.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use saldo_kernel::{Error, Kind, reasons};
use tokio::{sync::watch, task::JoinSet};
use tracing::Instrument;

use super::{Beat, Ended, Job, Lease, Queue, lost};
use crate::{DOMAIN, Stop, Store, TenantTx, trace};

/// Signs of life come three times before a lease ends.
const BEAT_EVERY: Duration = Duration::from_secs(5);
/// Who was not woken looks anyway.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Back-off doubles from the first to the last.
const FIRST_DELAY_MS: u64 = 500;
const LAST_DELAY_MS: u64 = 60_000;

/// What is done with the jobs of one kind.
#[async_trait]
pub trait Worker: Send + Sync + 'static {
    /// The kind of its jobs.
    fn kind(&self) -> &'static str;

    /// Does the job, and keeps its result in a transaction that calls [`TenantTx::finish`] with the lease. Dropped where the
    /// job is cancelled, the lease is lost or the process stops: nothing of it may be kept then.
    ///
    /// # Errors
    /// It cannot be done: at all, or now. Only what may pass is tried again.
    async fn work(&self, job: &Job, lease: &Lease) -> Result<(), Error>;

    /// Keeps that the job is not done and why, in the transaction that ends it.
    ///
    /// # Errors
    /// It cannot be kept now; it is tried again.
    async fn give_up(&self, tx: &mut TenantTx, job: &Job, error: &Error) -> Result<(), Error>;
}

/// Running workers of one kind.
#[derive(Debug)]
pub struct Workers {
    running: JoinSet<()>,
}

impl Workers {
    /// Starts `at_a_time` of them; they take no more jobs once `stop` is asked, and put back what they have.
    pub fn start(store: &Store, worker: Arc<dyn Worker>, at_a_time: usize, stop: &Stop) -> Self {
        let mut running = JoinSet::new();
        let (tell, told) = watch::channel(0);
        running.spawn(listen(store.clone(), worker.kind(), tell, stop.clone()));
        for _ in 0..at_a_time {
            let queue = Queue { store: store.clone(), kind: worker.kind() };
            let one = One { queue, worker: Arc::clone(&worker), told: told.clone(), stop: stop.clone() };
            running.spawn(one.run());
        }
        Self { running }
    }

    /// Waits until all have stopped.
    pub async fn ended(mut self) {
        while self.running.join_next().await.is_some() {}
    }
}

/// Tells workers that jobs of their kind have changed; a lost connection costs a second at most.
async fn listen(store: Store, kind: &'static str, tell: watch::Sender<u64>, stop: Stop) {
    let channel = format!("{}.{kind}", store.schema());
    let heard = |payload: &str| {
        if payload == channel {
            tell.send_modify(|count| *count += 1);
        }
    };
    store.listen("saldo_jobs", heard, &stop).await;
}

struct One {
    queue: Queue,
    worker: Arc<dyn Worker>,
    told: watch::Receiver<u64>,
    stop: Stop,
}

impl One {
    async fn run(mut self) {
        loop {
            self.told.mark_unchanged();
            let claimed = tokio::select! {
                biased;
                () = self.stop.asked() => return,
                claimed = self.queue.claim() => claimed,
            };
            match claimed {
                Ok(Some((job, lease, cancelled))) => {
                    let span =
                        tracing::info_span!("job", kind = self.worker.kind(), job = %job.id, attempt = job.attempt);
                    trace::continue_trace(&span, job.traceparent.as_deref());
                    self.one(&job, lease, cancelled).instrument(span).await;
                    continue;
                }
                Ok(None) => {}
                Err(error) => tracing::warn!(%error, "no job can be claimed"),
            }
            tokio::select! {
                Ok(()) = self.told.changed() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = self.stop.asked() => return,
            }
        }
    }

    async fn one(&self, job: &Job, lease: Lease, cancelled: bool) {
        let ended = if cancelled {
            Err(unwanted())
        } else if job.attempt > job.max_attempts {
            Err(abandoned())
        } else {
            tokio::select! {
                ended = self.worker.work(job, &lease) => ended,
                ended = self.watch(lease) => Err(ended),
                () = self.stop.asked() => {
                    self.report(self.queue.put_back(lease, "", 0, false).await);
                    return;
                }
            }
        };
        let Err(error) = ended else { return };
        if error.reason.as_str() == reasons::LEASE_LOST.name {
            tracing::warn!("another worker has the job");
        } else if may_pass(&error) && job.attempt < job.max_attempts {
            let delay = delay_ms(job.attempt);
            tracing::warn!(%error, delay_ms = delay, "the job is tried again");
            self.report(self.queue.put_back(lease, error.reason.as_str(), delay, true).await);
        } else {
            let kept = self.give_up(job, &lease, &error).await;
            // It keeps its lease until that ends, and is then begun once more, to be given up.
            self.report(kept);
        }
    }

    /// Ends when the job shall not go on.
    async fn watch(&self, lease: Lease) -> Error {
        // What came between the claim and now is not missed: the receiver remembers what it has seen.
        let mut told = self.told.clone();
        loop {
            tokio::select! {
                () = tokio::time::sleep(BEAT_EVERY) => {}
                // It may be the wish to cancel this job.
                Ok(()) = told.changed() => {}
            }
            match self.queue.beat(lease).await {
                Ok(Beat::Held) => {}
                Ok(Beat::CancelRequested) => return unwanted(),
                Ok(Beat::Ended) => std::future::pending().await,
                Ok(Beat::Lost) => return lost(),
                // Whether it is lost shows when its result is to be kept.
                Err(error) => tracing::warn!(%error, "no sign of life can be given"),
            }
        }
    }

    async fn give_up(&self, job: &Job, lease: &Lease, error: &Error) -> Result<(), Error> {
        let mut tx = self.queue.store.tenant(job.tenant).await?;
        self.worker.give_up(&mut tx, job, error).await?;
        let ended = if error.kind == Kind::Cancelled { Ended::Cancelled } else { Ended::Failed };
        tx.finish(lease, ended).await?;
        tx.commit().await
    }

    fn report(&self, kept: Result<(), Error>) {
        if let Err(error) = kept {
            tracing::warn!(%error, kind = self.worker.kind(), "the end of a job cannot be kept; its lease runs out");
        }
    }
}

/// Whether the same may go well later.
fn may_pass(error: &Error) -> bool {
    match error.kind {
        Kind::Unavailable | Kind::Busy | Kind::ResourceExhausted | Kind::DeadlineExceeded | Kind::Internal => true,
        Kind::InvalidArgument
        | Kind::Unreadable
        | Kind::UnsupportedMediaType
        | Kind::TooLarge
        | Kind::Unauthenticated
        | Kind::PermissionDenied
        | Kind::NotFound
        | Kind::MethodNotAllowed
        | Kind::FailedPrecondition
        | Kind::Cancelled
        | Kind::RequestTimeout
        | Kind::OutOfRange => false,
    }
}

/// Doubles with each attempt, less up to a fifth so that what failed together does not come back together.
fn delay_ms(attempt: u32) -> u64 {
    let whole = FIRST_DELAY_MS.saturating_mul(1 << attempt.saturating_sub(1).min(16)).min(LAST_DELAY_MS);
    let chance = u64::from(uuid::Uuid::now_v7().as_bytes()[15]);
    whole - whole * chance / (5 * 256)
}

fn unwanted() -> Error {
    Error::known(&reasons::CANCELLED, DOMAIN, "It was cancelled.")
}

fn abandoned() -> Error {
    let message = "It was begun several times, and each time the worker ended without a word.";
    Error::known(&reasons::JOB_ABANDONED, DOMAIN, message)
}
