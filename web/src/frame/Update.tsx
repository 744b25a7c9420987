// Says that a new version of the page is there; nothing changes until the reader wants it.
import { Button } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import css from './Update.module.css';
import { postpone, subscribe, waitingUpdate } from './worker';

export function Update() {
  const { t } = useTranslation();
  const update = useSyncExternalStore(subscribe, waitingUpdate);
  return (
    <div role="status">
      {update && (
        <div className={css.bar}>
          <p>{t('update.ready')}</p>
          <div className={css.actions}>
            <Button size="md" onClick={update}>
              {t('update.now')}
            </Button>
            <Button size="md" variant="default" onClick={postpone}>
              {t('update.later')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
