// An analysis without a report to show: cancelled, or gone from the server.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import css from '../drop/Failure.module.css';
import { FilePick } from '../drop/FilePick';
import { Heading } from '../frame/Heading';
import { Icon } from '../frame/Icon';
import { HISTORY, hashOf } from '../session/route';

interface Props {
  kind: 'cancelled' | 'gone';
  name?: string;
  onAgain?: () => void;
  /** Shows the report of before. */
  onEarlier?: (() => void) | undefined;
  onFiles: (files: File[]) => void;
}

export function Ended({ kind, name = '', onAgain, onEarlier, onFiles }: Props) {
  const { t } = useTranslation();
  return (
    <div className={css.page}>
      <span className={css.sign}>
        <Icon name="info" size={28} />
      </span>
      <Heading>{t(`analysis.${kind}`, { name })}</Heading>
      <p className={css.detail}>{t(`analysis.${kind}Why`)}</p>
      <div className={css.actions}>
        {onAgain && (
          <Button size="md" onClick={onAgain}>
            {t('analysis.again')}
          </Button>
        )}
        {onEarlier && (
          <Button size="md" variant="default" onClick={onEarlier}>
            {t('analysis.earlier')}
          </Button>
        )}
        <FilePick label={t('drop.area')} variant={onAgain ? 'default' : 'filled'} onFiles={onFiles}>
          {t('drop.choose')}
        </FilePick>
        <Button component="a" href={hashOf(HISTORY)} size="md" variant="default">
          {t('history.title')}
        </Button>
      </div>
    </div>
  );
}
