// Files on their way to the server: what becomes of several, how far each is, and a way out.
import { Button } from '@mantine/core';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/types';
import choices from '../drop/Asking.module.css';
import { explain, mayPass } from '../drop/explain';
import { useFormat } from '../format/useFormat';
import { Heading } from '../frame/Heading';
import { called } from '../report/names';
import { HISTORY, keptAt, type Route } from '../session/route';
import type { Sending } from './send';
import css from './Uploads.module.css';
import { useSending } from './useSending';

interface Props {
  workspace: string;
  files: File[];
  /** The most bytes that the server takes of one file. */
  limit: number | undefined;
  onDone: (route: Route) => void;
  onCancel: () => void;
}

export function Uploads({ workspace, files, limit, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const done = useCallback((ids: string[]) => onDone(ids.length === 1 && ids[0] ? keptAt(ids[0]) : HISTORY), [onDone]);
  const { list, problem, send } = useSending(workspace, files, done);
  const [together, setTogether] = useState(files.length === 1 ? true : undefined);
  const tooLarge = files.find(({ size }) => limit !== undefined && size > limit);
  const refused: Problem | undefined = tooLarge && {
    reason: 'FILE_TOO_LARGE',
    metadata: { limit_bytes: String(limit) },
  };
  useEffect(() => {
    if (together !== undefined && !tooLarge) send(together);
  }, [together, tooLarge, send]);

  if (together === undefined && !refused) return <Several files={files} onChoose={setTogether} onCancel={onCancel} />;
  const wrong = refused ?? problem;
  const name = called(files.map((file) => file.name));
  return (
    <div className={css.page}>
      <Heading>{t(wrong ? 'upload.stopped' : 'upload.heading', { name })}</Heading>
      {!wrong && <p className={css.note}>{t('upload.stay')}</p>}
      <ul className={css.list}>
        {list.map((one, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have the same name, and none moves
          <One key={place} one={one} stopped={wrong !== undefined} />
        ))}
      </ul>
      {wrong && <Wrong name={tooLarge?.name ?? ''} problem={wrong} />}
      <div className={css.actions}>
        {wrong && mayPass(wrong) && together !== undefined && (
          <Button size="md" onClick={() => send(together)}>
            {t('upload.again')}
          </Button>
        )}
        <Button variant="default" size="md" onClick={onCancel}>
          {t('working.cancel')}
        </Button>
      </div>
    </div>
  );
}

function One({ one, stopped }: { one: Sending; stopped: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { file, sent, id } = one;
  const said = id
    ? t('upload.arrived')
    : sent > 0 && !stopped
      ? t('working.sent', { done: format.bytes(sent), total: format.bytes(file.size) })
      : t(stopped ? 'upload.notSent' : 'upload.waits');
  return (
    <li className={css.one}>
      <span className={css.name}>{file.name}</span>
      <span className={`${css.said} num`}>{said}</span>
      <progress className={css.progress} aria-label={file.name} value={id ? 1 : sent} max={id ? 1 : file.size || 1} />
    </li>
  );
}

function Wrong({ name, problem }: { name: string; problem: Problem }) {
  const { t, i18n } = useTranslation();
  const { detail, hint, original } = explain(problem, useFormat(), t, (key) => i18n.exists(key));
  return (
    <div className={css.wrong} role="alert">
      <p>
        {name && <strong>{name}: </strong>}
        {detail}
      </p>
      {original && <p lang="en">{original}</p>}
      <p>{hint}</p>
      {problem.traceId && (
        <p className="muted">
          {t('problem.trace')} <code>{problem.traceId}</code>
        </p>
      )}
    </div>
  );
}

interface SeveralProps {
  files: File[];
  onChoose: (together: boolean) => void;
  onCancel: () => void;
}

/** What several files are: parts of one ledger, or an analysis each. */
function Several({ files, onChoose, onCancel }: SeveralProps) {
  const { t } = useTranslation();
  const [value, setValue] = useState<'together' | 'apart'>('together');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChoose(value === 'together');
  };
  return (
    <form className={choices.page} onSubmit={submit}>
      <Heading>{t('upload.several', { count: files.length })}</Heading>
      <p className={choices.why}>{files.map(({ name }) => name).join(', ')}</p>
      <fieldset className={choices.choices}>
        <legend className="aside">{t('upload.how')}</legend>
        {(['together', 'apart'] as const).map((one) => (
          <label key={one} className={choices.choice}>
            <span className={choices.pick}>
              <input type="radio" name="several" value={one} checked={value === one} onChange={() => setValue(one)} />
              <span className={choices.label}>{t(`upload.${one}`)}</span>
            </span>
            <span className={css.explained}>{t(`upload.${one}Means`)}</span>
          </label>
        ))}
      </fieldset>
      <div className={choices.actions}>
        <Button type="submit" size="md">
          {t('upload.send')}
        </Button>
        <Button variant="default" size="md" onClick={onCancel}>
          {t('working.cancel')}
        </Button>
      </div>
    </form>
  );
}
