//! `saldo.analysis.v1.AnalysisService`.

use std::{
    fs::File,
    sync::Arc,
    time::{Duration, Instant},
};

use prometheus::{HistogramVec, IntCounterVec, IntGauge};
use saldo_engine::Scratch;
use saldo_kernel::{Error, Kind, reasons};
use saldo_proto::{
    analysis::v1::{
        AnalysisHandlers, AnalyzeOptions, AnalyzeRequest, AnalyzeResponse, ListFormatsRequest, ListFormatsResponse,
        Progress, Stage, analyze_response::Part,
    },
    guard::{Call, Incoming, Outgoing},
};
use saldo_runtime::Metrics;
use tokio::{sync::mpsc, time::timeout};
use tokio_stream::wrappers::ReceiverStream;
use tracing::{Instrument, Span};

use crate::{
    DOMAIN,
    app::{
        analyze::{Answer, Job, MAX_FILES, Upload, analyze},
        list_formats::list_formats,
    },
    config::Config,
    forecaster::Remote,
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
pub(crate) struct Analysis(Arc<Shared>);

struct Shared {
    config: Config,
    forecaster: Remote,
    queue: Queue,
    room: Arc<Room>,
    active: IntGauge,
    done: IntCounterVec,
    seconds: HistogramVec,
}

impl Analysis {
    pub(crate) fn new(config: Config, forecaster: Remote, metrics: &Metrics) -> Result<Self, Error> {
        Ok(Self(Arc::new(Shared {
            forecaster,
            queue: Queue::new(config.concurrency(), config.queue_length),
            room: Room::new(config.max_spool_bytes),
            active: metrics.gauge("saldo_analysis_active", "Analyses that run now.")?,
            done: metrics.counter("saldo_analysis_analyses_total", "Analyses by how they ended.", &["outcome"])?,
            seconds: metrics.seconds("saldo_analysis_analysis_seconds", "Time of one analysis.", &["outcome"])?,
            config,
        })))
    }
}

/// Where the answers of one call go.
pub(crate) type Answers = mpsc::Sender<Result<AnalyzeResponse, Error>>;

#[tonic::async_trait]
impl AnalysisHandlers for Analysis {
    async fn analyze(&self, call: Call<Incoming<AnalyzeRequest>>) -> Result<Outgoing<AnalyzeResponse>, Error> {
        let (answers, stream) = mpsc::channel(MESSAGES_UNDER_WAY);
        let shared = Arc::clone(&self.0);
        let work = async move { shared.serve(call.request, answers).await };
        tokio::spawn(work.instrument(Span::current()));
        Ok(Box::pin(ReceiverStream::new(stream)))
    }

    async fn list_formats(&self, _: Call<ListFormatsRequest>) -> Result<ListFormatsResponse, Error> {
        Ok(ListFormatsResponse { formats: list_formats() })
    }
}

impl Shared {
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
        let job = Job {
            languages: Language::chosen(&options.languages),
            hints: report::hints_of(&options.hints.unwrap_or_default()),
            scratch: Scratch { folder: self.config.spool_dir(), budget: self.config.table_memory_bytes },
            limits: self.config.limits(),
            rows: if options.rows { self.config.max_rows } else { 0 },
            corrections: options.corrections,
        };
        place.turn(|ahead| tell_place(answers, ahead)).await;
        let teller = Teller::new(answers.clone(), &self.config);
        let (shared, span) = (Arc::clone(self), tracing::info_span!("analyze", rows = tracing::field::Empty));
        // The thread keeps the turn and the files until it has ended, also where nobody waits for it any more.
        let held = Held { files, _place: place, _share: share };
        let worked = thread::run(move || span.in_scope(|| shared.run(held, &job, teller)))?;
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

    fn run(&self, mut held: Held, job: &Job, mut teller: Teller) -> Result<Answer, Error> {
        use std::io::Seek;
        let (start, _active) = (Instant::now(), Active::new(&self.active));
        let mut files = std::mem::take(&mut held.files);
        let ended = files
            .iter_mut()
            .try_for_each(|file| file.content.rewind())
            .map_err(|cause| saldo_engine::Error::Io(cause).into())
            .and_then(|()| analyze(files, Vec::new(), job, &self.forecaster, &mut teller))
            .map_err(|error| teller.explain(error));
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

/// What an analysis holds while it runs.
struct Held {
    files: Vec<Upload<File>>,
    _place: Place,
    _share: Share,
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
