// One kept analysis, wherever it stands: waiting, asking, failed, cancelled, or its report.
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../api/types';
import { Asking } from '../drop/Asking';
import { Failure } from '../drop/Failure';
import { Working } from '../drop/Working';
import { useFormat } from '../format/useFormat';
import { Skeleton } from '../frame/Skeleton';
import { madeAt } from '../kept/made';
import since from '../kept/Since.module.css';
import { called } from '../report/names';
import { HISTORY, hashOf, type KeptPlace } from '../session/route';
import { answersTo } from './answers';
import { Ended } from './Ended';
import { useServerLibrary } from './library';
import { useAnalysis } from './useAnalysis';
import { useKeptReport } from './useKeptReport';
import { workOf } from './work';

const loadReport = () => import('../report/ReportPage');
const ReportPage = lazy(loadReport);

interface Props extends KeptPlace {
  workspace: string;
  /** Analyses other files. */
  onFiles: (files: File[]) => void;
  /** To the first screen. */
  onLeave: () => void;
}

export function AnalysisPage({ workspace, id, other, onFiles, onLeave }: Props) {
  const { t } = useTranslation();
  const { analysis, problem, lost, again, cancel, retry } = useAnalysis(workspace, id);
  const name = analysis ? called(analysis.files.map((file) => file.name)) || analysis.title : '';
  useTitle(name);
  // Fetched while the server works. A failure shows when the report is drawn.
  useEffect(() => void loadReport().catch(() => {}), []);
  if (problem) {
    if (problem.status === 404) return <Ended kind="gone" onFiles={onFiles} />;
    return <Failure name={name} problem={problem} onFiles={onFiles} onRetry={retry} />;
  }
  return (
    <>
      {lost && (
        <p className={since.since} role="status">
          {t('analysis.lost')}
        </p>
      )}
      {!analysis && <Skeleton />}
      {analysis && (
        <Stands key={analysis.revision} {...{ workspace, analysis, name, other, again, cancel, onFiles, onLeave }} />
      )}
    </>
  );
}

interface StateProps extends Pick<Props, 'workspace' | 'other' | 'onFiles' | 'onLeave'> {
  analysis: Analysis;
  name: string;
  again: ReturnType<typeof useAnalysis>['again'];
  cancel: () => void;
}

function Stands(props: StateProps) {
  const { analysis, name, again, cancel, onFiles, onLeave } = props;
  const [earlier, setEarlier] = useState(false);
  const showEarlier = analysis.reportRevision > 0 ? () => setEarlier(true) : undefined;
  if (earlier) return <Reported {...props} />;
  switch (analysis.state) {
    case 'ANALYSIS_STATE_DONE':
      return <Reported {...props} />;
    case 'ANALYSIS_STATE_ASKING':
      return analysis.question ? (
        <Asking
          key={analysis.question.hint}
          name={analysis.question.fileName || name}
          question={analysis.question}
          onAnswer={(value) => again({ ...answersTo(analysis.id), [analysis.question?.hint ?? '']: value })}
          onCancel={onLeave}
        />
      ) : null;
    case 'ANALYSIS_STATE_FAILED':
      return (
        <Failure
          name={name}
          problem={{ reason: analysis.failure?.reason ?? '', detail: analysis.failure?.message ?? '' }}
          onFiles={onFiles}
          onRetry={() => again()}
          onEarlier={showEarlier}
        />
      );
    case 'ANALYSIS_STATE_CANCELLED':
      return <Ended kind="cancelled" name={name} onAgain={() => again()} onEarlier={showEarlier} onFiles={onFiles} />;
    default:
      return <Working name={name} work={workOf(analysis)} answered={analysis.revision > 1} onCancel={cancel} kept />;
  }
}

function Reported({ workspace, analysis, other, again, onFiles }: StateProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [attempt, setAttempt] = useState(0);
  const { opened, problem } = useKeptReport(workspace, analysis.id, analysis.reportRevision, attempt);
  const library = useServerLibrary(workspace, analysis.id);
  const source = useMemo(() => ({ files: [], hints: answersTo(analysis.id) }), [analysis.id]);
  const onAgain = useCallback((hints?: Parameters<typeof again>[0]) => again(hints), [again]);
  if (problem) {
    return (
      <Failure name={analysis.title} problem={problem} onFiles={onFiles} onRetry={() => setAttempt((now) => now + 1)} />
    );
  }
  if (!opened) return <Skeleton />;
  const made = Date.parse(analysis.endedAt ?? analysis.createdAt ?? '');
  return (
    <Suspense fallback={<Skeleton />}>
      <p className={since.since}>
        {Number.isNaN(made) ? t('analysis.kept') : t('analysis.since', { when: madeAt(made, format.locale) })}{' '}
        <a href={hashOf(HISTORY)}>{t('history.title')}</a>
      </p>
      <ReportPage
        report={opened.report}
        rows={opened.rows}
        source={source}
        onAgain={onAgain}
        onFiles={onFiles}
        library={library}
        compareWith={other}
      />
    </Suspense>
  );
}

/** The name of the analysis in the title of the window. */
function useTitle(name: string): void {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = name ? `${name} \u00b7 ${t('app.name')}` : t('app.title');
  }, [name, t]);
}
