// The one page: which screen is shown, and how a file moves from one to the next.
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { analyze } from './api/analyze';
import { type ServerFacts, serverFacts } from './api/server';
import type { Hints, Problem, Question, Report } from './api/types';
import { Asking } from './drop/Asking';
import { DropZone } from './drop/DropZone';
import { Failure } from './drop/Failure';
import { useFileDrop } from './drop/useFileDrop';
import { STAGES, type Work, Working } from './drop/Working';
import { Boundary } from './frame/Boundary';
import { Frame } from './frame/Frame';
import { Rows } from './report/rows';

type Screen =
  | { kind: 'empty' }
  | { kind: 'working'; file: File; hints: Hints; work: Work }
  | { kind: 'question'; file: File; hints: Hints; question: Question }
  | { kind: 'failure'; file: File; hints: Hints; problem: Problem }
  | { kind: 'report'; report: Report; rows: Rows };

// Fetched while the server works, so that the report appears at once.
const loadReport = () => import('./report/ReportPage');
const ReportPage = lazy(loadReport);

export function App() {
  const { t } = useTranslation();
  const [screen, setScreen] = useState<Screen>({ kind: 'empty' });
  const [server, setServer] = useState<ServerFacts>();
  const running = useRef<AbortController>(undefined);

  useEffect(() => {
    const controller = new AbortController();
    void serverFacts(controller.signal).then((facts) => {
      if (!controller.signal.aborted) setServer(facts);
    });
    return () => controller.abort();
  }, []);

  const reportName = screen.kind === 'report' ? screen.report.source?.fileName : undefined;
  useEffect(() => {
    document.title = reportName ? `${reportName} \u00b7 ${t('app.name')}` : t('app.title');
  }, [reportName, t]);

  const limit = server?.maxUploadBytes;
  const start = useCallback(
    async (file: File, hints: Hints) => {
      const refused = refuse(file, limit);
      if (refused) {
        setScreen({ kind: 'failure', file, hints, problem: refused });
        return;
      }
      // A failure here shows when the report is drawn, not before.
      loadReport().catch(() => {});
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const rows = new Rows();
      const begin: Work = { stage: 'STAGE_UPLOADING', done: 0, total: file.size, rows: 0 };
      setScreen({ kind: 'working', file, hints, work: begin });
      const show = (change: (work: Work) => Work) =>
        setScreen((shown) =>
          shown.kind === 'working' && shown.file === file ? { ...shown, work: change(shown.work) } : shown,
        );

      const outcome = await analyze(
        file,
        hints,
        {
          uploaded: (done, total) =>
            show((work) => (work.stage === 'STAGE_UPLOADING' ? { ...work, done, total } : work)),
          progress: ({ stage, done, total }) => {
            const known = STAGES.find((name) => name === stage);
            if (known) show((work) => ({ ...work, stage: known, done: Number(done), total: Number(total) }));
          },
          firstLook: (look) => show((work) => ({ ...work, look })),
          rows: (batch) => {
            rows.add(batch.rows);
            show((work) => ({ ...work, rows: rows.length }));
          },
        },
        controller.signal,
      );
      if (controller.signal.aborted) return;
      if (outcome.kind === 'report') setScreen({ kind: 'report', report: outcome.report, rows });
      else if (outcome.kind === 'question') setScreen({ kind: 'question', file, hints, question: outcome.question });
      else if (outcome.kind === 'error') setScreen({ kind: 'failure', file, hints, problem: outcome.problem });
      window.scrollTo(0, 0);
    },
    [limit],
  );

  const reset = useCallback(() => {
    running.current?.abort();
    setScreen({ kind: 'empty' });
    window.scrollTo(0, 0);
  }, []);
  const begin = useCallback((file: File) => void start(file, {}), [start]);
  const accepts = screen.kind === 'empty' || screen.kind === 'failure';
  const over = useFileDrop(accepts ? begin : undefined);

  return (
    <Frame version={server?.version ?? ''} onNewFile={screen.kind === 'report' ? reset : undefined}>
      {screen.kind === 'empty' && <DropZone server={server} over={over} onFile={begin} />}
      {screen.kind === 'working' && (
        <Working
          name={screen.file.name}
          work={screen.work}
          answered={Object.keys(screen.hints).length > 0}
          onCancel={reset}
        />
      )}
      {screen.kind === 'question' && (
        <Asking
          key={screen.question.hint}
          name={screen.file.name}
          question={screen.question}
          onAnswer={(value) => void start(screen.file, { ...screen.hints, [screen.question.hint]: value })}
          onCancel={reset}
        />
      )}
      {screen.kind === 'failure' && (
        <Failure
          name={screen.file.name}
          problem={screen.problem}
          onFile={begin}
          onRetry={() => void start(screen.file, screen.hints)}
        />
      )}
      {screen.kind === 'report' && (
        <Boundary
          fallback={
            <Failure
              name={screen.report.source?.fileName ?? ''}
              problem={{ reason: 'CLIENT_PAGE' }}
              onFile={begin}
              onRetry={() => window.location.reload()}
            />
          }
        >
          <Suspense fallback={null}>
            <ReportPage report={screen.report} rows={screen.rows} />
          </Suspense>
        </Boundary>
      )}
    </Frame>
  );
}

/** What needs no server to be refused. */
function refuse(file: File, limit: number | undefined): Problem | undefined {
  if (limit === undefined || file.size <= limit) return undefined;
  return { reason: 'FILE_TOO_LARGE', metadata: { limit_bytes: String(limit) } };
}
