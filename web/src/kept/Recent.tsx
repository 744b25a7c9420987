// The reports kept on this device: to open, to erase, and the switch that keeps them.
import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat';
import { Icon } from '../frame/Icon';
import { hashOf, reportAt } from '../session/route';
import type { Kept } from './bounds';
import { madeAt } from './made';
import css from './Recent.module.css';
import { erase, keepReports } from './store';
import { useKept } from './useKept';

export function Recent() {
  const { t } = useTranslation();
  const { list, on, possible } = useKept();
  const [asking, setAsking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const remove = (ids: string[]) => {
    setAsking(false);
    // The button that had the focus goes with the report.
    heading.current?.focus({ preventScroll: true });
    void erase(ids);
  };
  const all = list.map(({ id }) => id);
  return (
    <section className={css.recent} aria-labelledby="recent">
      <div className={css.head}>
        <h2 id="recent" ref={heading} className={css.title} tabIndex={-1}>
          {t('kept.title')}
        </h2>
        {possible && (
          <label className={css.switch}>
            <input type="checkbox" checked={on} onChange={(event) => void keepReports(event.currentTarget.checked)} />
            {t('kept.switch')}
          </label>
        )}
      </div>
      <p className={css.note}>
        {t(!possible ? 'kept.impossible' : !on ? 'kept.off' : list.length > 0 ? 'kept.where' : 'kept.none')}
      </p>
      {list.length > 0 && (
        <ul className={css.list}>
          {list.map((one) => (
            <One key={one.id} kept={one} onErase={() => remove([one.id])} />
          ))}
        </ul>
      )}
      {list.length > 1 &&
        (asking ? (
          <div className={css.confirm}>
            <p>{t('kept.sure', { count: list.length })}</p>
            <Button size="md" onClick={() => remove(all)}>
              {t('kept.erase')}
            </Button>
            <Button size="md" variant="default" onClick={() => setAsking(false)}>
              {t('kept.leave')}
            </Button>
          </div>
        ) : (
          <button type="button" className={css.all} onClick={() => setAsking(true)}>
            {t('kept.eraseAll')}
          </button>
        ))}
    </section>
  );
}

function One({ kept, onErase }: { kept: Kept; onErase: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = kept.name || t('app.name');
  return (
    <li className={css.one}>
      <a className={css.link} href={hashOf(reportAt(kept.id))}>
        <span className={css.name}>{name}</span>
        <span className={css.what}>
          {kept.from && <span>{format.period(kept.from, kept.to)}</span>}
          <span>{t('report.read', { count: kept.transactions, formatted: format.integer(kept.transactions) })}</span>
          <span>{t('kept.made', { when: madeAt(kept.at, format.locale) })}</span>
        </span>
      </a>
      <button type="button" className={css.erase} aria-label={t('kept.eraseOf', { name })} onClick={onErase}>
        <Icon name="bin" size={18} />
      </button>
    </li>
  );
}
