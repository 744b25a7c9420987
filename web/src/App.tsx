// The one page: which screen stands in the frame.
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { unreachable } from './api/problem';
import { sampleFile } from './api/sample';
import { rememberedFacts, type ServerFacts, serverFacts } from './api/server';
import type { Hints } from './api/types';
import { Asking } from './drop/Asking';
import { Failure } from './drop/Failure';
import { StartPage } from './drop/StartPage';
import { useFileDrop } from './drop/useFileDrop';
import { Working } from './drop/Working';
import { useLanguage } from './format/useFormat';
import { Boundary } from './frame/Boundary';
import { Frame } from './frame/Frame';
import { Skeleton } from './frame/Skeleton';
import { Elsewhere, Gone } from './kept/Gone';
import { Since } from './kept/Since';
import { called, fileNames } from './report/names';
import { onLaunch } from './session/launch';
import type { Source } from './session/run';
import { type Screen, useSession } from './session/useSession';
import { WorkspaceContext } from './workspace/context';

const loadReport = () => import('./report/ReportPage');
const ReportPage = lazy(loadReport);
const Workspace = lazy(() => import('./workspace/Workspace'));

/** Fetched while the server works, so that the report appears at once. A failure shows when the report is drawn. */
const prepareReport = () => void loadReport().catch(() => {});

/** Screens that another file begins anew from; the others have a way back of their own. */
const LEAVABLE: Screen['kind'][] = ['report', 'failure', 'gone', 'history', 'kept'];

/** Screens that take files which are dropped on them; a report does so itself. */
const ACCEPTING: Screen['kind'][] = ['start', 'failure', 'gone', 'history'];

const nameOf = ({ files }: Source) => called(files.map(({ name }) => name));

export function App() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [server, workspaceNow] = useServer();
  const workspace = server?.workspace ?? '';
  const { screen, start, send, visit, fail, cancel, leave } = useSession(server?.maxUploadBytes, prepareReport);
  const begin = useCallback(
    (files: File[]) => void workspaceNow().then((known) => (known ? send(files) : start({ files, hints: {} }))),
    [start, send, workspaceNow],
  );
  useEffect(() => onLaunch(begin), [begin]);
  const trySample = () =>
    void sampleFile(language, t('drop.sample.file')).then(
      (file) => begin([file]),
      () => fail(unreachable),
    );
  const again = useCallback(
    (hints?: Hints) => {
      if (screen.kind === 'report' && screen.source) start({ ...screen.source, ...(hints && { hints }) });
    },
    [screen, start],
  );
  const accepts = ACCEPTING.includes(screen.kind);
  const over = useFileDrop(accepts ? begin : undefined);

  const reportName = screen.kind === 'report' ? called(fileNames(screen.report)) : undefined;
  useEffect(() => {
    // An analysis that the server keeps tells its own name.
    if (screen.kind === 'kept') return;
    document.title = reportName ? `${reportName} \u00b7 ${t('app.name')}` : t('app.title');
  }, [reportName, screen.kind, t]);

  const fallback = (
    <Failure
      name={reportName ?? ''}
      problem={{ reason: 'CLIENT_PAGE' }}
      onFiles={begin}
      onRetry={() => window.location.reload()}
    />
  );
  return (
    <WorkspaceContext value={workspace}>
      <Frame version={server?.version ?? ''} onNewFile={LEAVABLE.includes(screen.kind) ? leave : undefined}>
        {screen.kind === 'start' && <StartPage server={server} over={over} onFiles={begin} onSample={trySample} />}
        {screen.kind === 'working' && (
          <Working
            name={nameOf(screen.source)}
            work={screen.work}
            answered={Object.keys(screen.source.hints).length > 0}
            onCancel={cancel}
          />
        )}
        {screen.kind === 'question' && (
          <Asking
            key={screen.question.hint}
            name={screen.question.fileName || nameOf(screen.source)}
            question={screen.question}
            onAnswer={(value) =>
              start({ ...screen.source, hints: { ...screen.source.hints, [screen.question.hint]: value } })
            }
            onCancel={cancel}
          />
        )}
        {screen.kind === 'failure' && (
          <Failure
            name={screen.problem.metadata?.file_name ?? nameOf(screen.source)}
            problem={screen.problem}
            onFiles={begin}
            onRetry={() => (screen.source.files.length > 0 ? start(screen.source) : trySample())}
          />
        )}
        {screen.kind === 'opening' && <Skeleton />}
        {screen.kind === 'gone' && <Gone unreadable={screen.unreadable} onFiles={begin} />}
        {screen.kind === 'report' && (
          <Boundary key={screen.id} fallback={fallback}>
            <Suspense fallback={<Skeleton />}>
              {!screen.source && <Since id={screen.id} />}
              <ReportPage
                report={screen.report}
                rows={screen.rows}
                source={screen.source}
                onAgain={screen.source ? again : undefined}
                onFiles={begin}
              />
            </Suspense>
          </Boundary>
        )}
        {(screen.kind === 'sending' || screen.kind === 'history' || screen.kind === 'kept') && (
          <Boundary key={screen.kind} fallback={fallback}>
            <Suspense fallback={<Skeleton />}>
              {workspace ? (
                <Workspace
                  screen={screen}
                  workspace={workspace}
                  limit={server?.maxUploadBytes}
                  onFiles={begin}
                  onVisit={visit}
                  onCancel={cancel}
                  onLeave={leave}
                />
              ) : server ? (
                <Elsewhere onFiles={begin} />
              ) : (
                <Skeleton />
              )}
            </Suspense>
          </Boundary>
        )}
      </Frame>
    </WorkspaceContext>
  );
}

/** What the server says of itself, until it does what it said the last time; and where it keeps files, once that is sure. */
function useServer(): [ServerFacts | undefined, () => Promise<string>] {
  const [server, setServer] = useState(rememberedFacts);
  const asked = useRef<Promise<ServerFacts | undefined>>(undefined);
  useEffect(() => {
    const controller = new AbortController();
    asked.current = serverFacts(controller.signal);
    void asked.current.then((facts) => {
      if (!controller.signal.aborted) setServer((known) => facts ?? known);
    });
    return () => controller.abort();
  }, []);
  const workspace = useCallback(async () => ((await asked.current) ?? rememberedFacts())?.workspace ?? '', []);
  return [server, workspace];
}
