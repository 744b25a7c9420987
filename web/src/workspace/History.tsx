// Every analysis that the server keeps: to find, open, compare and delete.
import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis, Problem } from '../api/types';
import { explain } from '../drop/explain';
import { FilePick } from '../drop/FilePick';
import { useFormat } from '../format/useFormat';
import { Heading } from '../frame/Heading';
import { Icon } from '../frame/Icon';
import { useShortcut } from '../frame/shortcuts';
import { useOnline } from '../frame/useOnline';
import { Recent } from '../kept/Recent';
import { useKept } from '../kept/useKept';
import { keptAt, type Route } from '../session/route';
import { Delete } from './Delete';
import css from './History.module.css';
import { One } from './One';
import { useHistory } from './useHistory';

interface Props {
  workspace: string;
  onFiles: (files: File[]) => void;
  onVisit: (route: Route) => void;
}

/** Rows of the shape that stands until the list is there. */
const AWAITED = ['one', 'two', 'three', 'four'];

export function History({ workspace, onFiles, onVisit }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [leaving, setLeaving] = useState<Analysis>();
  const { list, next, problem, more, retry, without } = useHistory(workspace, search.trim());
  const field = useRef<HTMLInputElement>(null);
  const onDevice = useKept().list.length > 0;
  useShortcut('/', () => field.current?.focus());

  const pick = (id: string) =>
    // A third takes the place of the first.
    setPicked((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id].slice(-2)));
  const [one, other] = picked;
  const deleted = (id: string) => {
    without([id]);
    setPicked((now) => now.filter((picked) => picked !== id));
    setLeaving(undefined);
    // The button that had the focus goes with the analysis.
    field.current?.focus({ preventScroll: true });
  };
  const nothing = list?.length === 0 && !problem;
  return (
    <div className={css.page}>
      <Heading>{t('history.title')}</Heading>
      <p className={css.note}>{t('history.where')}</p>
      {!(nothing && search === '') && (
        <div className={css.tools}>
          <search className={css.search}>
            <Icon name="search" size={18} />
            <input
              ref={field}
              className={css.field}
              type="search"
              aria-label={t('history.search')}
              placeholder={t('history.searchHint')}
              maxLength={255}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          </search>
          <Button
            size="md"
            variant="default"
            disabled={!other}
            onClick={() => one && other && onVisit(keptAt(other, one))}
          >
            {t('history.compare')}
          </Button>
          <p className={css.count} role="status">
            {t('history.picked', { count: picked.length })}
          </p>
        </div>
      )}
      {problem && <Trouble problem={problem} onRetry={retry} />}
      {!list && !problem && <Awaited />}
      {nothing && <Nothing search={search} onFiles={onFiles} />}
      {list && list.length > 0 && (
        <ul className={css.list} aria-label={t('history.title')}>
          {list.map((analysis) => (
            <One
              key={analysis.id}
              analysis={analysis}
              picked={picked.includes(analysis.id)}
              onPick={() => pick(analysis.id)}
              onDelete={() => setLeaving(analysis)}
            />
          ))}
        </ul>
      )}
      {next && (
        <Button size="md" variant="default" onClick={more}>
          {t('history.more')}
        </Button>
      )}
      {leaving && (
        <Delete
          workspace={workspace}
          analysis={leaving}
          onDeleted={() => deleted(leaving.id)}
          onClose={() => setLeaving(undefined)}
        />
      )}
      {onDevice && <Recent />}
    </div>
  );
}

function Nothing({ search, onFiles }: { search: string; onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  if (search.trim() !== '') return <p className={css.empty}>{t('history.nothing', { query: search.trim() })}</p>;
  return (
    <div className={css.empty}>
      <p>{t('history.none')}</p>
      <FilePick label={t('drop.area')} onFiles={onFiles}>
        {t('drop.choose')}
      </FilePick>
    </div>
  );
}

/** Why the list is not there, or not up to date. */
function Trouble({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const { t, i18n } = useTranslation();
  const online = useOnline();
  const { detail, hint } = explain(problem, useFormat(), t, (key) => i18n.exists(key));
  return (
    <div className={css.trouble} role="alert">
      <p>{online ? `${detail} ${hint}` : t('drop.offlineKept')}</p>
      {problem.traceId && (
        <p className="muted">
          {t('problem.trace')} <code>{problem.traceId}</code>
        </p>
      )}
      <Button size="md" variant="default" onClick={onRetry}>
        {t('problem.retry')}
      </Button>
    </div>
  );
}

/** The shape of the list. */
function Awaited() {
  const { t } = useTranslation();
  return (
    <div className={css.list} aria-busy="true">
      <p className="aside">{t('history.opening')}</p>
      {AWAITED.map((row) => (
        <div key={row} className={css.awaited} />
      ))}
    </div>
  );
}
