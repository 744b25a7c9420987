// The one page: which screen is shown, and how a file moves from one to the next.
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { analyze } from './api/analyze';
import { type ServerFacts, serverFacts } from './api/server';
import type { Hints, Problem, Question, Report } from './api/types';
import { corrections } from './corrections/list';
import { Asking } from './drop/Asking';
import { DropZone } from './drop/DropZone';
import { Failure } from './drop/Failure';
import { useFileDrop } from './drop/useFileDrop';
import { STAGES, type Work, Working } from './drop/Working';
import { Boundary } from './frame/Boundary';
import { Frame } from './frame/Frame';
import { called, fileNames } from './report/names';
import { Rows } from './report/rows';

type Screen =
  | { kind: 'empty' }
  | { kind: 'working'; files: File[]; hints: Hints; work: Work }
  | { kind: 'question'; files: File[]; hints: Hints; question: Question }
  | { kind: 'failure'; files: File[]; hints: Hints; problem: Problem }
  | { kind: 'report'; files: File[]; hints: Hints; report: Report; rows: Rows };

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

  const reportName = screen.kind === 'report' ? called(fileNames(screen.report)) : undefined;
  useEffect(() => {
    document.title = reportName ? `${reportName} \u00b7 ${t('app.name')}` : t('app.title');
  }, [reportName, t]);

  const limit = server?.maxUploadBytes;
  const start = useCallback(
    async (files: File[], hints: Hints) => {
      const refused = refuse(files, limit);
      if (refused) {
        setScreen({ kind: 'failure', files, hints, problem: refused });
        return;
      }
      // A failure here shows when the report is drawn, not before.
      loadReport().catch(() => {});
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const rows = new Rows();
      const begin: Work = { stage: 'STAGE_UPLOADING', done: 0, total: sizeOf(files), rows: 0 };
      setScreen({ kind: 'working', files, hints, work: begin });
      const show = (change: (work: Work) => Work) =>
        setScreen((shown) =>
          shown.kind === 'working' && shown.files === files ? { ...shown, work: change(shown.work) } : shown,
        );

      const outcome = await analyze(
        files,
        hints,
        corrections(),
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
      if (outcome.kind === 'report') setScreen({ kind: 'report', files, hints, report: outcome.report, rows });
      else if (outcome.kind === 'question') setScreen({ kind: 'question', files, hints, question: outcome.question });
      else if (outcome.kind === 'error') setScreen({ kind: 'failure', files, hints, problem: outcome.problem });
      window.scrollTo(0, 0);
    },
    [limit],
  );

  const reset = useCallback(() => {
    running.current?.abort();
    setScreen({ kind: 'empty' });
    window.scrollTo(0, 0);
  }, []);
  const begin = useCallback((files: File[]) => void start(files, {}), [start]);
  // The files are still here; with a correction they are read anew.
  const again = useCallback(() => {
    if (screen.kind === 'report') void start(screen.files, screen.hints);
  }, [screen, start]);
  const accepts = screen.kind === 'empty' || screen.kind === 'failure';
  const over = useFileDrop(accepts ? begin : undefined);

  return (
    <Frame version={server?.version ?? ''} onNewFile={screen.kind === 'report' ? reset : undefined}>
      {screen.kind === 'empty' && <DropZone server={server} over={over} onFiles={begin} />}
      {screen.kind === 'working' && (
        <Working
          name={called(screen.files.map(({ name }) => name))}
          work={screen.work}
          answered={Object.keys(screen.hints).length > 0}
          onCancel={reset}
        />
      )}
      {screen.kind === 'question' && (
        <Asking
          key={screen.question.hint}
          name={screen.question.fileName || called(screen.files.map(({ name }) => name))}
          question={screen.question}
          onAnswer={(value) => void start(screen.files, { ...screen.hints, [screen.question.hint]: value })}
          onCancel={reset}
        />
      )}
      {screen.kind === 'failure' && (
        <Failure
          name={screen.problem.metadata?.file_name ?? called(screen.files.map(({ name }) => name))}
          problem={screen.problem}
          onFiles={begin}
          onRetry={() => void start(screen.files, screen.hints)}
        />
      )}
      {screen.kind === 'report' && (
        <Boundary
          fallback={
            <Failure
              name={called(fileNames(screen.report))}
              problem={{ reason: 'CLIENT_PAGE' }}
              onFiles={begin}
              onRetry={() => window.location.reload()}
            />
          }
        >
          <Suspense fallback={null}>
            <ReportPage report={screen.report} rows={screen.rows} onAgain={again} />
          </Suspense>
        </Boundary>
      )}
    </Frame>
  );
}

/** What needs no server to be refused. */
function refuse(files: File[], limit: number | undefined): Problem | undefined {
  if (limit === undefined || sizeOf(files) <= limit) return undefined;
  return { reason: 'FILE_TOO_LARGE', metadata: { limit_bytes: String(limit) } };
}

function sizeOf(files: File[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
