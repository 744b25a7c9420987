// Who paid and who was paid, the largest first.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useReport } from './context';
import { FactLink } from './FactLink';
import { size } from './facts';
import { More } from './More';
import shared from './Report.module.css';
import { Scroll } from './Scroll';
import { useFirst } from './useFirst';

const FIRST = 10;

export function Counterparties({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const { facts } = useReport();
  const entries = useMemo(() => {
    const into = facts.along('money_in', { currency }, 'counterparty');
    const out = facts.along('money_out', { currency }, 'counterparty');
    return [...new Set([...out.keys(), ...into.keys()])]
      .map((key) => ({ key, into: into.get(key), out: out.get(key) }))
      .sort((a, b) => size(b.into) + size(b.out) - size(a.into) - size(a.out));
  }, [facts, currency]);
  const first = useFirst(entries, FIRST);
  if (entries.length === 0) return null;

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
            {first.shown.map(({ key, into, out }) => (
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
      <More {...first} />
    </section>
  );
}

function Nothing() {
  return <span className="muted">{'\u2013'}</span>;
}
