// Who paid and who was paid, the largest first.
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat';
import { useReport } from './context';
import { FactLink } from './FactLink';
import { size } from './facts';
import shared from './Report.module.css';
import { Scroll } from './Scroll';

const FIRST = 10;

export function Counterparties({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const { facts } = useReport();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const entries = useMemo(() => {
    const into = facts.along('money_in', { currency }, 'counterparty');
    const out = facts.along('money_out', { currency }, 'counterparty');
    return [...new Set([...out.keys(), ...into.keys()])]
      .map((key) => ({ key, into: into.get(key), out: out.get(key) }))
      .sort((a, b) => size(b.into) + size(b.out) - size(a.into) - size(a.out));
  }, [facts, currency]);
  if (entries.length === 0) return null;

  const shown = all ? entries : entries.slice(0, FIRST);
  const hidden = entries.length - FIRST;
  return (
    <section className={shared.section} aria-labelledby="counterparties">
      <h2 id="counterparties">{t('report.counterparties.title')}</h2>
      <Scroll label={t('report.counterparties.title')}>
        <table className={shared.table}>
          <thead>
            <tr>
              <th scope="col">{t('report.counterparties.name')}</th>
              <th scope="col" className={shared.end}>
                {t('report.metric.money_in')}
              </th>
              <th scope="col" className={shared.end}>
                {t('report.metric.money_out')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ key, into, out }) => (
              <tr key={key}>
                <th scope="row" className={shared.named}>
                  {key || t('report.counterparties.unnamed')}
                </th>
                <td className={shared.end}>{size(into) > 0 ? <FactLink fact={into} /> : <Nothing />}</td>
                <td className={shared.end}>{size(out) > 0 ? <FactLink fact={out} /> : <Nothing />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {hidden > 0 && (
        <button type="button" className={shared.more} onClick={() => setAll(!all)}>
          {all ? t('report.fewer') : t('report.more', { count: hidden, formatted: format.integer(hidden) })}
        </button>
      )}
    </section>
  );
}

function Nothing() {
  return <span className="muted">{'\u2013'}</span>;
}
