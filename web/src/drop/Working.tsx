// The second screen: which stage runs, how far it is, and a way out.
import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Format } from '../format/format';
import { useFormat } from '../format/useFormat';
import { Heading } from '../frame/Heading';
import { Icon } from '../frame/Icon';
import { STAGES, type Work } from '../session/run';
import { FirstLook } from './FirstLook';
import css from './Working.module.css';

interface Props {
  name: string;
  work: Work;
  answered: boolean;
  onCancel: () => void;
  /** Whether the server goes on when the page is left. */
  kept?: boolean;
}

export function Working({ name, work, answered, onCancel, kept = false }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const queued = work.ahead !== undefined;
  const at = STAGES.indexOf(work.stage);
  const share = work.total > 0 ? Math.min(1, work.done / work.total) : undefined;
  return (
    <div className={css.page}>
      <Heading>{t('working.heading', { name })}</Heading>
      <p className={css.note}>
        {work.ahead !== undefined
          ? waiting(work.ahead, format, t)
          : work.rows > 0
            ? t('working.rows', { count: work.rows, formatted: format.integer(work.rows) })
            : answered
              ? t('working.answer')
              : '\u00a0'}
      </p>
      <p className="aside" role="status">
        {t(`working.stage.${queued ? 'STAGE_QUEUED' : work.stage}`)}
      </p>
      <ol className={css.stages}>
        {STAGES.map((stage, index) => {
          const state = index < at ? 'done' : index === at && !queued ? 'now' : 'waits';
          return (
            <li
              key={stage}
              className={css.stage}
              data-state={state}
              aria-current={state === 'now' ? 'step' : undefined}
            >
              <span className={css.sign}>{state === 'done' && <Icon name="check" size={16} />}</span>
              <span>
                {t(`working.stage.${stage}`)}
                <span className="aside">, {t(`working.${state}`)}</span>
              </span>
              <span className={`${css.share} num`}>
                {state === 'now' && share !== undefined && format.wholePercent(Math.floor(share * 100) / 100)}
              </span>
              {state === 'now' && (
                <progress
                  className={css.progress}
                  aria-label={t(`working.stage.${stage}`)}
                  {...(share === undefined ? {} : { value: share, max: 1 })}
                />
              )}
            </li>
          );
        })}
      </ol>
      {kept && <p className={css.leave}>{t('working.leave')}</p>}
      <Button variant="default" size="md" onClick={onCancel}>
        {t('working.cancel')}
      </Button>
      {work.look && <FirstLook look={work.look} />}
    </div>
  );
}

function waiting(ahead: number, format: Format, t: TFunction): string {
  return ahead > 0 ? t('working.ahead', { count: ahead, formatted: format.integer(ahead) }) : t('working.next');
}
