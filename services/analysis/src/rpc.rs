//! `saldo.analysis.v1.AnalysisService`.

use std::{
    fs::File,
    ops::ControlFlow,
    sync::Arc,
    time::{Duration, Instant},
};

use prometheus::{HistogramVec, IntCounterVec, IntGauge};
use saldo_kernel::{Error, Kind, Reason};
use saldo_proto::{
    analysis::v1::{
        AnalysisHandlers, AnalyzeOptions, AnalyzeRequest, AnalyzeResponse, FirstLook, ListFormatsRequest,
        ListFormatsResponse, Progress, Row, RowBatch, Stage, analyze_response::Part,
    },
    guard::{Call, Incoming, Outgoing},
};
use saldo_runtime::Metrics;
use tokio::sync::{Semaphore, mpsc};
use tokio_stream::wrappers::ReceiverStream;
use tracing::{Instrument, Span};

use crate::{
    DOMAIN,
    app::{
        analyze::{Answer, Job, Listener, MAX_FILES, Upload, analyze},
        list_formats::list_formats,
    },
    config::Config,
    narrative::Language,
    report,
    spool::Spool,
};

/// Messages that may wait for a slow reader; more make the work wait.
const MESSAGES_UNDER_WAY: usize = 16;

/// Progress is told at most this often, so that a fast file is not slowed by telling.
const TELL_EVERY: Duration = Duration::from_millis(50);

/// The service.
pub(crate) struct Analysis(Arc<Shared>);

struct Shared {
    config: Config,
    turns: Semaphore,
    active: IntGauge,
    done: IntCounterVec,
    seconds: HistogramVec,
}

impl Analysis {
    pub(crate) fn new(config: Config, metrics: &Metrics) -> Result<Self, Error> {
        Ok(Self(Arc::new(Shared {
            turns: Semaphore::new(config.concurrency()),
            active: metrics.gauge("saldo_analysis_active", "Analyses that run now.")?,
            done: metrics.counter("saldo_analysis_analyses_total", "Analyses by how they ended.", &["outcome"])?,
            seconds: metrics.seconds("saldo_analysis_analysis_seconds", "Time of one analysis.", &["outcome"])?,
            config,
        })))
    }
}

type Answers = mpsc::Sender<Result<AnalyzeResponse, Error>>;

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
        // Nobody hears it where the caller went away.
        let _ = answers.send(last).await;
    }

    async fn work(self: &Arc<Self>, upload: Incoming<AnalyzeRequest>, answers: &Answers) -> Result<Answer, Error> {
        let (options, files) = self.receive(upload).await?;
        let job = Job {
            languages: Language::chosen(&options.languages),
            hints: report::hints_of(&options.hints.unwrap_or_default()),
            scratch: self.config.spool_dir(),
            rows: if options.rows { self.config.max_rows } else { 0 },
            corrections: options.corrections,
        };
        let closed = |_| Error::new(Kind::Unavailable, DOMAIN, Reason::new("SHUTTING_DOWN"), "The server is stopping.");
        let turn = self.turns.acquire().await.map_err(closed)?;
        let teller = Teller::new(answers.clone(), self.config.timeout());
        let (shared, span) = (Arc::clone(self), tracing::info_span!("analyze", rows = tracing::field::Empty));
        let worked = tokio::task::spawn_blocking(move || span.in_scope(|| shared.run(files, &job, teller))).await;
        drop(turn);
        worked.map_err(|cause| Error::internal(DOMAIN, "the analysis broke off").caused_by(cause))?
    }

    async fn receive(
        &self,
        mut upload: Incoming<AnalyzeRequest>,
    ) -> Result<(AnalyzeOptions, Vec<Upload<File>>), Error> {
        let spool = || Spool::create(&self.config.spool_dir(), self.config.max_file_bytes);
        let (mut files, mut current) = (Vec::new(), spool()?);
        let (mut options, mut name) = (None::<AnalyzeOptions>, None);
        while let Some(request) = upload.next().await? {
            options = options.or(request.options);
            if let Some(next) = request.next_file {
                if files.len() + 1 >= MAX_FILES {
                    return Err(too_many_files());
                }
                let ended = std::mem::replace(&mut current, spool()?);
                files.push((name.replace(next.file_name), ended.finish().await?));
            }
            current.append(&request.chunk).await?;
        }
        files.push((name, current.finish().await?));
        let mut options = options.unwrap_or_default();
        let first = std::mem::take(&mut options.file_name);
        let files =
            files.into_iter().map(|(name, content)| Upload { name: name.unwrap_or_else(|| first.clone()), content });
        Ok((options, files.collect()))
    }

    fn run(&self, mut files: Vec<Upload<File>>, job: &Job, mut teller: Teller) -> Result<Answer, Error> {
        use std::io::Seek;
        let (start, _active) = (Instant::now(), Active::new(&self.active));
        let ended = files
            .iter_mut()
            .try_for_each(|file| file.content.rewind())
            .map_err(|cause| saldo_engine::Error::Io(cause).into())
            .and_then(|()| analyze(files, Vec::new(), job, &mut teller))
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

/// Tells the caller how far the work is, and the work when to stop: the caller went away, or it takes too long.
struct Teller {
    answers: Answers,
    timeout: Duration,
    started: Instant,
    told: Option<(Stage, Instant)>,
    late: bool,
}

impl Teller {
    fn new(answers: Answers, timeout: Duration) -> Self {
        Self { answers, timeout, started: Instant::now(), told: None, late: false }
    }

    /// Waits while the caller reads slowly; stops where it went away.
    fn tell(&self, part: Part) -> ControlFlow<()> {
        match self.answers.blocking_send(Ok(message(part))) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// Why the work was stopped, if it was this that stopped it.
    fn explain(&self, error: Error) -> Error {
        if !(self.late && error.kind == Kind::Cancelled) {
            return error;
        }
        let seconds = self.timeout.as_secs();
        let message = format!("The analysis took longer than {seconds} seconds and was stopped.");
        Error::new(Kind::DeadlineExceeded, DOMAIN, Reason::new("ANALYSIS_TIMED_OUT"), message)
            .hint("export a shorter period, or raise analysis.timeout_seconds")
            .with("timeout_seconds", seconds)
    }
}

impl Listener for Teller {
    fn progress(&mut self, stage: Stage, done: u64, total: u64) -> ControlFlow<()> {
        let now = Instant::now();
        self.late = now.duration_since(self.started) > self.timeout;
        if self.late || self.answers.is_closed() {
            return ControlFlow::Break(());
        }
        match self.told {
            Some((before, at)) if before == stage && now.duration_since(at) < TELL_EVERY => ControlFlow::Continue(()),
            _ => {
                self.told = Some((stage, now));
                self.tell(Part::Progress(Progress { stage: stage.into(), done, total }))
            }
        }
    }

    fn first_look(&mut self, look: FirstLook) -> ControlFlow<()> {
        self.tell(Part::FirstLook(look))
    }

    fn rows(&mut self, rows: Vec<Row>) -> ControlFlow<()> {
        self.tell(Part::Rows(RowBatch { rows }))
    }
}

fn too_many_files() -> Error {
    let message = format!("One analysis takes at most {MAX_FILES} files.");
    Error::new(Kind::InvalidArgument, DOMAIN, Reason::new("TOO_MANY_FILES"), message)
        .hint("send fewer files, such as one for each year")
        .with("limit", MAX_FILES)
}

fn message(part: Part) -> AnalyzeResponse {
    AnalyzeResponse { part: Some(part) }
}
