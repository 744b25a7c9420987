// The one page: which screen stands in the frame.
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
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
import { Gone } from './kept/Gone';
import { Since } from './kept/Since';
import { called, fileNames } from './report/names';
import { onLaunch } from './session/launch';
import type { Source } from './session/run';
import { type Screen, useSession } from './session/useSession';

const loadReport = () => import('./report/ReportPage');
const ReportPage = lazy(loadReport);

/** Fetched while the server works, so that the report appears at once. A failure shows when the report is drawn. */
const prepareReport = () => void loadReport().catch(() => {});

/** Screens that another file begins anew from; the others have a way back of their own. */
const LEAVABLE: Screen['kind'][] = ['report', 'failure', 'gone'];

const nameOf = ({ files }: Source) => called(files.map(({ name }) => name));

export function App() {
  const { t } = useTranslation();
  const language = useLanguage();
  const server = useServer();
  const { screen, start, fail, cancel, leave } = useSession(server?.maxUploadBytes, prepareReport);
  const begin = useCallback((files: File[]) => start({ files, hints: {} }), [start]);
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
  const accepts = screen.kind === 'start' || screen.kind === 'failure' || screen.kind === 'gone';
  const over = useFileDrop(accepts ? begin : undefined);

  const reportName = screen.kind === 'report' ? called(fileNames(screen.report)) : undefined;
  useEffect(() => {
    document.title = reportName ? `${reportName} \u00b7 ${t('app.name')}` : t('app.title');
  }, [reportName, t]);

  const fallback = (
    <Failure
      name={reportName ?? ''}
      problem={{ reason: 'CLIENT_PAGE' }}
      onFiles={begin}
      onRetry={() => window.location.reload()}
    />
  );
  return (
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
    </Frame>
  );
}

/** What the server says of itself; until it does, what it said the last time. */
function useServer(): ServerFacts | undefined {
  const [server, setServer] = useState(rememberedFacts);
  useEffect(() => {
    const controller = new AbortController();
    void serverFacts(controller.signal).then((facts) => {
      if (facts && !controller.signal.aborted) setServer(facts);
    });
    return () => controller.abort();
  }, []);
  return server;
}
