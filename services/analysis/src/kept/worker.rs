//! Who works on analyses: takes a revision's files, analyses them, keeps what comes out in one transaction with its event.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use saldo_kernel::{AnalysisId, Caller, Error, Kind, reasons};
use saldo_proto::analysis::v1 as pb;
use saldo_runtime::Channels;
use saldo_store::{Ended, Job, Lease, Store, TenantTx, Worker};
use tokio::sync::watch;

use super::{
    domain::{self, of_job_key},
    events::{self, JOB},
    files::Files,
    keeper::{Batches, Keeper},
    store::{self, Outcome},
};
use crate::{
    DOMAIN,
    app::analyze::{Answer, Upload},
    rpc::Shared,
    spool::Share,
};

/// Progress is noted at most this often.
const NOTE_EVERY: Duration = Duration::from_millis(250);
/// Batches that are kept by one statement.
const BATCHES_AT_ONCE: usize = 20;

/// The analyst of the background.
pub(crate) struct Analyst {
    pub(crate) shared: Arc<Shared>,
    pub(crate) store: Store,
    pub(crate) channels: Channels,
}

#[async_trait]
impl Worker for Analyst {
    fn kind(&self) -> &'static str {
        JOB
    }

    async fn work(&self, job: &Job, lease: &Lease) -> Result<(), Error> {
        let (id, revision) = of_job_key(&job.key).ok_or_else(|| bad_key(&job.key))?;
        let mut tx = self.store.tenant(job.tenant).await?;
        let Some((answers, files)) = store::begin(&mut tx, id, revision).await? else {
            tx.finish(lease, Ended::Done).await?;
            return tx.commit().await;
        };
        tx.commit().await?;

        // The turn is the whole process's: what is kept and what is not wait for the same processors.
        let mut place = self.shared.place();
        place.turn(|_| ()).await;
        let caller = Caller::Service { name: "analysis".to_owned(), tenant: job.tenant };
        let from = Files::of(&self.channels, &caller, job.tenant)?;
        let mut share = Share::new(self.shared.room());
        let mut uploads = Vec::with_capacity(files.len());
        for file in &files {
            let (folder, limit) = self.shared.spool();
            uploads.push(from.fetch(file, &folder, limit, &mut share).await?);
        }
        let (answer, batches) = self.analyze(job, id, revision, answers, uploads).await?;
        drop((place, share));
        self.keep(job, lease, (id, revision), &answer, &batches).await
    }

    async fn give_up(&self, tx: &mut TenantTx, job: &Job, error: &Error) -> Result<(), Error> {
        let (id, revision) = of_job_key(&job.key).ok_or_else(|| bad_key(&job.key))?;
        let error = error.clone().masked();
        let failure = pb::Failure {
            reason: error.reason.to_string(),
            message: error.message.clone(),
            hint: error.hint.clone().unwrap_or_default(),
        };
        let cancelled = error.kind == Kind::Cancelled;
        if let Some(aggregate) =
            store::end(tx, id, revision, &Outcome::Failure { failure: &failure, cancelled }).await?
        {
            let (kind, payload) = events::failed(job.tenant, id, revision, &failure.reason);
            tx.publish(aggregate, kind, payload).await?;
        }
        Ok(())
    }
}

impl Analyst {
    /// Runs the engine on a thread of its own; dropped, it stops it.
    async fn analyze(
        &self,
        job: &Job,
        id: AnalysisId,
        revision: u32,
        answers: pb::Answers,
        uploads: Vec<Upload<std::fs::File>>,
    ) -> Result<(Answer, Batches), Error> {
        let (keeper, progress, _stopper) = Keeper::new(self.shared.timeout());
        let worked = self.shared.run_kept(uploads, answers, keeper)?;
        let noted = self.note(job, id, revision, progress);
        tokio::pin!(noted);
        tokio::select! {
            ended = worked => ended.map_err(|cause| Error::internal(DOMAIN, "the analysis broke off").caused_by(cause))?,
            error = &mut noted => Err(error),
        }
    }

    /// Notes how far the work is; ends when the revision is not wanted any more.
    async fn note(
        &self,
        job: &Job,
        id: AnalysisId,
        revision: u32,
        mut progress: watch::Receiver<pb::Progress>,
    ) -> Error {
        loop {
            if progress.changed().await.is_err() {
                // The work has ended, and says how.
                std::future::pending::<()>().await;
            }
            let now = *progress.borrow_and_update();
            match self.note_once(job, id, revision, &now).await {
                Ok(true) => {}
                Ok(false) => return Error::known(&reasons::CANCELLED, DOMAIN, "It is not wanted any more."),
                Err(error) => tracing::debug!(%error, "progress cannot be noted"),
            }
            tokio::time::sleep(NOTE_EVERY).await;
        }
    }

    async fn note_once(&self, job: &Job, id: AnalysisId, revision: u32, now: &pb::Progress) -> Result<bool, Error> {
        let mut tx = self.store.tenant(job.tenant).await?;
        let wanted = store::progress(&mut tx, id, revision, now).await?;
        tx.commit().await?;
        Ok(wanted)
    }

    async fn keep(
        &self,
        job: &Job,
        lease: &Lease,
        (id, revision): (AnalysisId, u32),
        answer: &Answer,
        batches: &Batches,
    ) -> Result<(), Error> {
        let mut tx = self.store.tenant(job.tenant).await?;
        let (aggregate, (kind, payload)) = match answer {
            Answer::Report(report) => {
                let outcome = Outcome::Report { report, digest: &domain::digest(report) };
                let aggregate = store::end(&mut tx, id, revision, &outcome).await?;
                if aggregate.is_some() {
                    for some in batches.chunks(BATCHES_AT_ONCE) {
                        store::insert_rows(&mut tx, id, revision, some).await?;
                    }
                }
                (aggregate, events::completed(job.tenant, id, revision))
            }
            Answer::Question(question) => {
                let aggregate = store::end(&mut tx, id, revision, &Outcome::Question(question)).await?;
                (aggregate, events::asked(job.tenant, id, revision, &question.reason))
            }
        };
        if let Some(aggregate) = aggregate {
            tx.publish(aggregate, kind, payload).await?;
        }
        tx.finish(lease, Ended::Done).await?;
        tx.commit().await
    }
}

fn bad_key(key: &str) -> Error {
    Error::internal(DOMAIN, format!("a job has the key '{key}'"))
}
