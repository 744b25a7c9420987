// The list of keys, opened by one of them or from the footer.
import { Button } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import css from './Shortcuts.module.css';
import { useShortcut, useSingleKeys } from './shortcuts';

const KEYS = [
  ['N', 'newFile'],
  ['/', 'search'],
  ['?', 'help'],
  ['Esc', 'close'],
  ['Enter', 'confirm'],
] as const;

export function Shortcuts() {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useSingleKeys();
  const done = useRef<HTMLButtonElement>(null);
  const open = () => {
    dialog.current?.showModal();
    done.current?.focus();
  };
  const close = () => dialog.current?.close();
  useShortcut('?', open);
  return (
    <>
      <button type="button" className={css.opener} onClick={open}>
        {t('keys.title')}
      </button>
      <dialog
        ref={dialog}
        className={css.dialog}
        aria-labelledby="keys"
        onClick={(event) => event.target === dialog.current && close()}
        onKeyDown={(event) => event.key === '?' && close()}
      >
        <div className={css.content}>
          <h2 id="keys">{t('keys.title')}</h2>
          <dl className={css.keys}>
            {KEYS.map(([key, does]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{t(`keys.${does}`)}</dd>
              </div>
            ))}
          </dl>
          <label className={css.switch}>
            <input type="checkbox" checked={on} onChange={(event) => setOn(event.currentTarget.checked)} />
            {t('keys.single')}
          </label>
          <Button ref={done} variant="default" size="md" onClick={close}>
            {t('keys.done')}
          </Button>
        </div>
      </dialog>
    </>
  );
}
