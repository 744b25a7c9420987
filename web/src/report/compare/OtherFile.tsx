// Brings the other report of a comparison: a file from this device, or a report that is kept.
import { useTranslation } from 'react-i18next';
import { Asking } from '../../drop/Asking';
import { explain } from '../../drop/explain';
import { FilePick } from '../../drop/FilePick';
import { useFormat } from '../../format/useFormat';
import type { Source, Work } from '../../session/run';
import { called, fileNames } from '../names';
import shared from '../Report.module.css';
import { Select } from '../Select';
import css from './Compare.module.css';
import type { Library } from './library';
import type { Other } from './useOther';

interface Props {
  other: Other;
  library: Library;
  onStart: (source: Source) => void;
  onReopen: (id: string) => void;
  onLeave: () => void;
}

export function OtherFile({ other, library, onStart, onReopen, onLeave }: Props) {
  const { t } = useTranslation();
  const nameOf = ({ files }: Source) => called(files.map(({ name }) => name));
  switch (other.kind) {
    case 'none':
      return <Choice library={library} onStart={onStart} onReopen={onReopen} />;
    case 'opening':
      return <p className={css.note}>{t('compare.opening')}</p>;
    case 'working':
      return <Progress name={nameOf(other.source)} work={other.work} onCancel={onLeave} />;
    case 'question':
      return (
        <Asking
          key={other.question.hint}
          name={other.question.fileName || nameOf(other.source)}
          question={other.question}
          onAnswer={(value) =>
            onStart({ ...other.source, hints: { ...other.source.hints, [other.question.hint]: value } })
          }
          onCancel={onLeave}
        />
      );
    case 'failure':
      return (
        <>
          <Failed name={nameOf(other.source)} problem={other.problem} />
          <Choice library={library} onStart={onStart} onReopen={onReopen} />
        </>
      );
    case 'report':
      return (
        <button type="button" className={shared.action} onClick={onLeave}>
          {t('compare.remove', { name: called(fileNames(other.report)) })}
        </button>
      );
  }
}

function Choice({ library, onStart, onReopen }: Pick<Props, 'library' | 'onStart' | 'onReopen'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { choices, takesFiles } = library;
  return (
    <div className={css.choice}>
      {takesFiles && (
        <FilePick label={t('compare.file')} variant="default" onFiles={(files) => onStart({ files, hints: {} })}>
          {t('compare.file')}
        </FilePick>
      )}
      {choices.length > 0 && (
        <Select label={t(takesFiles ? 'compare.kept' : 'compare.analysis')} value="" onChange={onReopen}>
          <option value="">{t('compare.choose')}</option>
          {choices.map(({ id, name, from, to }) => (
            <option key={id} value={id}>
              {from && to ? `${name}, ${format.period(from, to)}` : name}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}

function Progress({ name, work, onCancel }: { name: string; work: Work; onCancel: () => void }) {
  const { t } = useTranslation();
  const share = work.total > 0 ? Math.min(1, work.done / work.total) : undefined;
  return (
    <div className={css.working}>
      <p role="status">
        {t('working.heading', { name })}: <span className="muted">{t(`working.stage.${work.stage}`)}</span>
      </p>
      <progress
        className={css.progress}
        aria-label={t(`working.stage.${work.stage}`)}
        {...(share === undefined ? {} : { value: share, max: 1 })}
      />
      <button type="button" className={shared.action} onClick={onCancel}>
        {t('working.cancel')}
      </button>
    </div>
  );
}

function Failed({ name, problem }: { name: string; problem: Extract<Other, { kind: 'failure' }>['problem'] }) {
  const { t, i18n } = useTranslation();
  const { detail, hint } = explain(problem, useFormat(), t, (key) => i18n.exists(key));
  return (
    <div className={css.failed} role="alert">
      <p>
        <strong>{name ? t('problem.heading', { name }) : t('problem.headingNoName')}</strong>
      </p>
      <p>
        {detail} {hint}
      </p>
      {problem.traceId && (
        <p className="muted">
          {t('problem.trace')} <code>{problem.traceId}</code>
        </p>
      )}
    </div>
  );
}
