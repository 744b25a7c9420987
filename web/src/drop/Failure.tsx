// What went wrong, what to do, and the id that leads to the cause.
import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/types';
import { useFormat } from '../format/useFormat';
import { Heading } from '../frame/Heading';
import { Icon } from '../frame/Icon';
import { explain, mayPass } from './explain';
import css from './Failure.module.css';
import { FilePick } from './FilePick';

interface Props {
  name: string;
  problem: Problem;
  onFiles: (files: File[]) => void;
  onRetry: () => void;
  /** Shows the report of before, where there is one. */
  onEarlier?: (() => void) | undefined;
}

export function Failure({ name, problem, onFiles, onRetry, onEarlier }: Props) {
  const { t, i18n } = useTranslation();
  const { detail, hint, original } = explain(problem, useFormat(), t, (key) => i18n.exists(key));
  const passing = mayPass(problem);
  return (
    <div className={css.page}>
      <span className={css.sign}>
        <Icon name="warn" size={28} />
      </span>
      <Heading>{name ? t('problem.heading', { name }) : t('problem.headingNoName')}</Heading>
      <p className={css.detail}>{detail}</p>
      {original && (
        <p className={css.original} lang="en">
          {original}
        </p>
      )}
      {problem.violations && problem.violations.length > 0 && (
        <ul className={css.violations} lang="en">
          {problem.violations.map(({ field, description }) => (
            <li key={`${field} ${description}`}>
              {field && <code>{field}</code>} {description}
            </li>
          ))}
        </ul>
      )}
      <h2 className={css.todo}>{t('problem.todo')}</h2>
      <p className={css.hint}>{hint}</p>
      <div className={css.actions}>
        {passing && (
          <Button size="md" onClick={onRetry}>
            {t('problem.retry')}
          </Button>
        )}
        {onEarlier && (
          <Button size="md" variant="default" onClick={onEarlier}>
            {t('analysis.earlier')}
          </Button>
        )}
        <FilePick label={t('drop.area')} variant={passing ? 'default' : 'filled'} onFiles={onFiles}>
          {t('problem.another')}
        </FilePick>
      </div>
      {problem.traceId && (
        <div className={css.trace}>
          <p>{t('problem.trace')}</p>
          <p className={css.id}>
            <code>{problem.traceId}</code>
            <CopyButton value={problem.traceId}>
              {({ copied, copy }) => (
                <button type="button" className={css.copy} onClick={copy}>
                  <span aria-live="polite">{copied ? t('problem.copied') : t('problem.copy')}</span>
                </button>
              )}
            </CopyButton>
          </p>
          <p className="muted">{t('problem.traceHelp')}</p>
        </div>
      )}
    </div>
  );
}
