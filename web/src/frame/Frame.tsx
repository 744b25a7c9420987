// What surrounds every screen: the name, the language, the colours and the promise.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../format/useFormat';
import { changeLanguage } from '../i18n';
import { HISTORY, hashOf } from '../session/route';
import { useWorkspace } from '../workspace/context';
import css from './Frame.module.css';
import { SchemeSwitch } from './SchemeSwitch';
import { Shortcuts } from './Shortcuts';
import { useShortcut } from './shortcuts';
import { Update } from './Update';
import { usePlaces } from './usePlaces';

interface Props {
  version: string;
  onNewFile: (() => void) | undefined;
  children: ReactNode;
}

export function Frame({ version, onNewFile, children }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const workspace = useWorkspace();
  const other = language === 'en' ? 'ru' : 'en';
  useShortcut('n', onNewFile);
  usePlaces();
  return (
    <div className={css.frame}>
      <a className={css.skip} href="#content">
        {t('app.skip')}
      </a>
      <header className={css.header}>
        <div className={css.bar}>
          <a className={css.name} href="#/">
            <img src="/favicon.svg" alt="" width={24} height={24} />
            {t('app.name')}
          </a>
          <span className={css.actions}>
            {workspace && (
              <a className={css.history} href={hashOf(HISTORY)}>
                {t('history.title')}
              </a>
            )}
            {onNewFile && (
              <Button variant="default" onClick={onNewFile}>
                {t('app.newFile')}
              </Button>
            )}
            <button
              type="button"
              className={css.language}
              lang={other}
              aria-label={t('app.languageLabel')}
              onClick={() => void changeLanguage(other)}
            >
              {t('app.language')}
            </button>
          </span>
        </div>
      </header>
      <main id="content" className={css.content} tabIndex={-1}>
        {children}
      </main>
      <footer className={css.footer}>
        <div className={css.bar}>
          <p>
            {t(workspace ? 'app.promiseKept' : 'app.promise')}{' '}
            {version && <span className={css.version}>{t('app.version', { version })}</span>}
          </p>
          <span className={css.actions}>
            <a className={css.reference} href="/reference">
              {t('app.reference')}
            </a>
            <Shortcuts />
            <SchemeSwitch />
          </span>
        </div>
      </footer>
      <Update />
    </div>
  );
}
