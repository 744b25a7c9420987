//! When the collector works: soon after something is deleted, and from time to time.

use std::sync::Arc;

use saldo_kernel::Error;
use saldo_runtime::Stop;
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use uuid::Uuid;

use crate::app::{
    Files,
    collect::{end_expired, find_missing, remove_deleted, remove_orphans, wrap_anew},
};

/// Works until `stop` is asked. A step that fails is told, and done again in the next pass.
pub(crate) async fn run(files: Arc<Files>, stop: Stop) {
    let every = files.config.collect_interval();
    // All servers of a rolling start know a new master key before one of them uses it here.
    let mut pass = interval_at(Instant::now() + every, every);
    pass.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut checked = None;
    loop {
        tokio::select! {
            () = stop.asked() => return,
            () = files.deleted.notified() => tell("remove deleted files", remove_deleted(&files).await),
            _ = pass.tick() => checked = collect(&files, checked).await,
        }
    }
}

/// One pass; where the next check for missing objects begins.
pub(crate) async fn collect(files: &Files, checked: Option<Uuid>) -> Option<Uuid> {
    tell("end expired files", end_expired(files).await);
    tell("remove deleted files", remove_deleted(files).await);
    tell("remove orphans", remove_orphans(files).await);
    tell("wrap data keys anew", wrap_anew(files).await);
    find_missing(files, checked).await.unwrap_or_else(|error| {
        tracing::error!(%error, "the collector could not check the objects");
        checked
    })
}

fn tell(step: &'static str, done: Result<usize, Error>) {
    match done {
        Ok(0) => {}
        Ok(count) => tracing::info!(step, count, "collected"),
        Err(error) => tracing::error!(step, %error, "the collector could not finish a step"),
    }
}
