//! `saldo.analysis.v1.AnalysisService`.

use std::{
    fs::File,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use prometheus::{HistogramVec, IntCounterVec, IntGauge};
use saldo_engine::Scratch;
use saldo_kernel::{Error, Kind, reasons};
use saldo_proto::{
    analysis::v1::{
        self as pb, AnalysisHandlers, AnalyzeOptions, AnalyzeRequest, AnalyzeResponse, Correction, Hints,
        ListFormatsRequest, ListFormatsResponse, Progress, Stage, analyze_response::Part,
    },
    guard::{Call, Incoming, Outgoing},
};
use saldo_runtime::{Channels, Metrics};
use saldo_store::Store;
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};
use tokio_stream::wrappers::ReceiverStream;
use tracing::{Instrument, Span};

use crate::{
    DOMAIN,
    app::{
        analyze::{Answer, Job, Listener, MAX_FILES, Upload, analyze},
        kept,
        list_formats::list_formats,
    },
    config::Config,
    forecaster::Remote,
    kept::{
        domain::Kept,
        keeper::{Batches, Keeper},
        watch::Changes,
    },
    narrative::Language,
    queue::{Place, Queue},
    report,
    spool::{Room, Share, Spool},
    teller::Teller,
    thread,
};

/// Messages that may wait for a slow reader; more make the work wait.
const MESSAGES_UNDER_WAY: usize = 16;

/// The service.
pub(crate) struct Analysis {
    shared: Arc<Shared>,
    store: Store,
    channels: Channels,
    changes: Changes,
}

/// What all analyses of a process share, kept or not.
pub(crate) struct Shared {
    config: Config,
    forecaster: Remote,
    queue: Queue,
    room: Arc<Room>,
    active: IntGauge,
    done: IntCounterVec,
    seconds: HistogramVec,
}

impl Analysis {
    pub(crate) fn new(shared: Arc<Shared>, store: Store, channels: Channels, changes: Changes) -> Self {
        Self { shared, store, channels, changes }
    }
}

/// How the work on a kept analysis ended, with the rows.
pub(crate) type Ended = Result<(Answer, Batches), Error>;

/// Where the answers of one call go.
pub(crate) type Answers = mpsc::Sender<Result<AnalyzeResponse, Error>>;

#[tonic::async_trait]
impl AnalysisHandlers for Analysis {
    async fn analyze(&self, call: Call<Incoming<AnalyzeRequest>>) -> Result<Outgoing<AnalyzeResponse>, Error> {
        let (answers, stream) = mpsc::channel(MESSAGES_UNDER_WAY);
        let shared = Arc::clone(&self.shared);
        let work = async move { shared.serve(call.request, answers).await };
        tokio::spawn(work.instrument(Span::current()));
        Ok(Box::pin(ReceiverStream::new(stream)))
    }

    async fn start_analysis(&self, call: Call<pb::StartAnalysisRequest>) -> Result<pb::StartAnalysisResponse, Error> {
        let tenant = call.tenant()?;
        let analysis = kept::start(&self.store, &self.channels, &call.caller, tenant, call.request).await?;
        Ok(pb::StartAnalysisResponse { analysis: Some(analysis.on_the_wire()) })
    }

    async fn get_analysis(&self, call: Call<pb::GetAnalysisRequest>) -> Result<pb::GetAnalysisResponse, Error> {
        let analysis = kept::get(&self.store, call.tenant()?, &call.request.analysis_id).await?;
        Ok(pb::GetAnalysisResponse { analysis: Some(analysis.on_the_wire()) })
    }

    async fn list_analyses(&self, call: Call<pb::ListAnalysesRequest>) -> Result<pb::ListAnalysesResponse, Error> {
        let (analyses, next_page_token) = kept::list(&self.store, call.tenant()?, &call.request).await?;
        let analyses = analyses.into_iter().map(Kept::on_the_wire).collect();
        Ok(pb::ListAnalysesResponse { analyses, next_page_token })
    }

    async fn watch_analysis(
        &self,
        call: Call<pb::WatchAnalysisRequest>,
    ) -> Result<Outgoing<pb::WatchAnalysisResponse>, Error> {
        let id = kept::analysis(&call.request.analysis_id)?;
        Ok(self.changes.watch(self.store.clone(), call.tenant()?, id))
    }

    async fn get_report(&self, call: Call<pb::GetReportRequest>) -> Result<pb::GetReportResponse, Error> {
        let (id, revision) = (&call.request.analysis_id, call.request.revision);
        let (revision, report) = kept::report(&self.store, call.tenant()?, id, revision).await?;
        Ok(pb::GetReportResponse { report: Some(report), revision })
    }

    async fn list_rows(&self, call: Call<pb::ListRowsRequest>) -> Result<pb::ListRowsResponse, Error> {
        let (rows, next) = kept::rows(&self.store, call.tenant()?, &call.request).await?;
        Ok(pb::ListRowsResponse { rows, next })
    }

    async fn revise_analysis(
        &self,
        call: Call<pb::ReviseAnalysisRequest>,
    ) -> Result<pb::ReviseAnalysisResponse, Error> {
        let (tenant, request) = (call.tenant()?, call.request);
        let answers = request.answers.unwrap_or_default();
        let analysis = kept::revise(&self.store, tenant, &request.analysis_id, answers).await?;
        Ok(pb::ReviseAnalysisResponse { analysis: Some(analysis.on_the_wire()) })
    }

    async fn cancel_analysis(
        &self,
        call: Call<pb::CancelAnalysisRequest>,
    ) -> Result<pb::CancelAnalysisResponse, Error> {
        let analysis = kept::cancel(&self.store, call.tenant()?, &call.request.analysis_id).await?;
        Ok(pb::CancelAnalysisResponse { analysis: Some(analysis.on_the_wire()) })
    }

    async fn delete_analysis(
        &self,
        call: Call<pb::DeleteAnalysisRequest>,
    ) -> Result<pb::DeleteAnalysisResponse, Error> {
        kept::delete(&self.store, call.tenant()?, &call.request.analysis_id).await?;
        Ok(pb::DeleteAnalysisResponse {})
    }

    async fn list_formats(&self, _: Call<ListFormatsRequest>) -> Result<ListFormatsResponse, Error> {
        Ok(ListFormatsResponse { formats: list_formats() })
    }
}

impl Shared {
    pub(crate) fn new(config: Config, forecaster: Remote, metrics: &Metrics) -> Result<Arc<Self>, Error> {
        Ok(Arc::new(Self {
            forecaster,
            queue: Queue::new(config.concurrency(), config.queue_length),
            room: Room::new(config.max_spool_bytes),
            active: metrics.gauge("saldo_analysis_active", "Analyses that run now.")?,
            done: metrics.counter("saldo_analysis_analyses_total", "Analyses by how they ended.", &["outcome"])?,
            seconds: metrics.seconds("saldo_analysis_analysis_seconds", "Time of one analysis.", &["outcome"])?,
            config,
        }))
    }

    /// A place among all analyses of this process, for one that has waited in the database.
    pub(crate) fn place(&self) -> Place {
        self.queue.enter_from_elsewhere()
    }

    /// The room for files while they are analysed.
    pub(crate) fn room(&self) -> &Arc<Room> {
        &self.room
    }

    /// Where these files are, and how large one may be.
    pub(crate) fn spool(&self) -> (PathBuf, u64) {
        (self.config.spool_dir(), self.config.max_file_bytes)
    }

    /// How long one analysis may take.
    pub(crate) fn timeout(&self) -> Duration {
        self.config.timeout()
    }

    /// Analyses files for good, on a thread of its own.
    pub(crate) fn run_kept(
        self: &Arc<Self>,
        files: Vec<Upload<File>>,
        answers: pb::Answers,
        mut keeper: Keeper,
    ) -> Result<oneshot::Receiver<Ended>, Error> {
        let pb::Answers { languages, hints, corrections } = answers;
        let job = self.job(&languages, &hints.unwrap_or_default(), corrections, true);
        let (shared, span) = (Arc::clone(self), tracing::info_span!("analyze", rows = tracing::field::Empty));
        thread::run(move || {
            let ended = span.in_scope(|| shared.run(files, &job, &mut keeper)).map_err(|error| keeper.explain(error));
            ended.map(|answer| (answer, keeper.into_batches()))
        })
    }

    fn job(&self, languages: &[String], hints: &Hints, corrections: Vec<Correction>, rows: bool) -> Job {
        Job {
            languages: Language::chosen(languages),
            hints: report::hints_of(hints),
            scratch: Scratch { folder: self.config.spool_dir(), budget: self.config.table_memory_bytes },
            limits: self.config.limits(),
            rows: if rows { self.config.max_rows } else { 0 },
            corrections,
        }
    }

    /// Takes the upload, waits for a turn, works, answers, counts.
    async fn serve(self: Arc<Self>, upload: Incoming<AnalyzeRequest>, answers: Answers) {
        let ended = tokio::select! {
            ended = self.work(upload, &answers) => ended,
            // The caller went away while the file arrived or waited for its turn.
            () = answers.closed() => Err(saldo_engine::Error::Cancelled.into()),
        };
        let outcome = match &ended {
            Ok(Answer::Report(_)) => "report",
            Ok(Answer::Question(_)) => "question",
            Err(error) if error.kind == Kind::Cancelled => "cancelled",
            Err(error) if error.reason.as_str() == reasons::UPLOAD_BROKEN_OFF.name => "cancelled",
            Err(error) if error.kind.row().ours => "failed",
            Err(_) => "refused",
        };
        self.done.with_label_values(&[outcome]).inc();
        let last = ended.map(|answer| {
            message(match answer {
                Answer::Report(report) => Part::Report(*report),
                Answer::Question(question) => Part::Question(question),
            })
        });
        // Nobody hears it where the caller went away or reads no more.
        let _ = answers.send_timeout(last, self.config.stall_timeout()).await;
    }

    async fn work(self: &Arc<Self>, upload: Incoming<AnalyzeRequest>, answers: &Answers) -> Result<Answer, Error> {
        let mut place = self.queue.enter()?;
        let mut share = Share::new(&self.room);
        let (options, files) = self.receive(upload, &mut share).await?;
        let hints = options.hints.unwrap_or_default();
        let job = self.job(&options.languages, &hints, options.corrections, options.rows);
        place.turn(|ahead| tell_place(answers, ahead)).await;
        let mut teller = Teller::new(answers.clone(), &self.config);
        let (shared, span) = (Arc::clone(self), tracing::info_span!("analyze", rows = tracing::field::Empty));
        // The thread keeps the turn and the files until it has ended, also where nobody waits for it any more.
        let held = (place, share);
        let worked = thread::run(move || {
            let ended = span.in_scope(|| shared.run(files, &job, &mut teller));
            drop(held);
            ended.map_err(|error| teller.explain(error))
        })?;
        worked.await.map_err(|cause| Error::internal(DOMAIN, "the analysis broke off").caused_by(cause))?
    }

    async fn receive(
        &self,
        mut upload: Incoming<AnalyzeRequest>,
        share: &mut Share,
    ) -> Result<(AnalyzeOptions, Vec<Upload<File>>), Error> {
        let spool = || Spool::create(&self.config.spool_dir(), self.config.max_file_bytes);
        let (mut files, mut current) = (Vec::new(), spool()?);
        let (mut options, mut name) = (None::<AnalyzeOptions>, None);
        let patience = self.config.stall_timeout();
        let mut complete = false;
        while let Some(request) = timeout(patience, upload.next()).await.map_err(|_| stalled(patience))?? {
            complete = request.complete;
            options = options.or(request.options);
            if let Some(next) = request.next_file {
                if files.len() + 1 >= MAX_FILES {
                    return Err(too_many_files());
                }
                let ended = std::mem::replace(&mut current, spool()?);
                files.push((name.replace(next.file_name), ended.finish().await?));
            }
            current.append(&request.chunk, share).await?;
        }
        if !complete {
            return Err(broke_off());
        }
        files.push((name, current.finish().await?));
        let mut options = options.unwrap_or_default();
        let first = std::mem::take(&mut options.file_name);
        let files =
            files.into_iter().map(|(name, content)| Upload { name: name.unwrap_or_else(|| first.clone()), content });
        Ok((options, files.collect()))
    }

    fn run(&self, mut files: Vec<Upload<File>>, job: &Job, listener: &mut dyn Listener) -> Result<Answer, Error> {
        use std::io::Seek;
        let (start, _active) = (Instant::now(), Active::new(&self.active));
        let ended = files
            .iter_mut()
            .try_for_each(|file| file.content.rewind())
            .map_err(|cause| saldo_engine::Error::Io(cause).into())
            .and_then(|()| analyze(files, Vec::new(), job, &self.forecaster, listener));
        let outcome = if ended.is_ok() { "done" } else { "failed" };
        self.seconds.with_label_values(&[outcome]).observe(start.elapsed().as_secs_f64());
        if let Ok(Answer::Report(report)) = &ended {
            Span::current().record("rows", report.quality.as_ref().map_or(0, |quality| quality.rows_read));
        }
        ended
    }
}

/// Counts an analysis while it runs, also if it panics.
struct Active<'a>(&'a IntGauge);

impl<'a> Active<'a> {
    fn new(gauge: &'a IntGauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for Active<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

fn too_many_files() -> Error {
    let message = format!("One analysis takes at most {MAX_FILES} files.");
    Error::known(&reasons::TOO_MANY_FILES, DOMAIN, message).with("limit", MAX_FILES)
}

fn stalled(patience: Duration) -> Error {
    let message = format!("Nothing of the file arrived for {} seconds.", patience.as_secs_f64());
    Error::known(&reasons::REQUEST_STALLED, DOMAIN, message)
}

/// The stream of a caller that went away in the middle ends like that of one that said all.
fn broke_off() -> Error {
    let message = "The upload ended without a message that completes it.";
    Error::known(&reasons::UPLOAD_BROKEN_OFF, DOMAIN, message).hint("Set `complete` in the last message of the upload.")
}

/// A place that changes again is told again: one that finds no reader now is not missed.
fn tell_place(answers: &Answers, ahead: usize) {
    let ahead = u32::try_from(ahead).unwrap_or(u32::MAX);
    let progress = Progress { stage: Stage::Queued.into(), ahead, ..Progress::default() };
    let _ = answers.try_send(Ok(message(Part::Progress(progress))));
}

pub(crate) fn message(part: Part) -> AnalyzeResponse {
    AnalyzeResponse { part: Some(part) }
}
