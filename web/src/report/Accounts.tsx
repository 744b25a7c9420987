// Accounts side by side: own accounts with money in and out, accounts of books with debits and credits.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useReport } from './context';
import { FactLink } from './FactLink';
import { size } from './facts';
import { More } from './More';
import shared from './Report.module.css';
import { Scroll } from './Scroll';
import { useFirst } from './useFirst';

const FIRST = 12;
const OWN = ['opening_balance', 'money_in', 'money_out', 'closing_balance'] as const;
const BOOKS = ['opening_balance', 'debit', 'credit', 'closing_balance'] as const;

export function Accounts({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const { facts } = useReport();
  const { columns, entries } = useMemo(() => {
    const isBooks = facts.along('debit', { currency }, 'account').size > 0;
    const found = (isBooks ? BOOKS : OWN).map((metric) => ({
      metric,
      facts: facts.along(metric, { currency }, 'account'),
    }));
    const keys = [...new Set(found.flatMap((column) => [...column.facts.keys()]))];
    const moved = (key: string) =>
      size(found[1]?.facts.get(key)) + size(found[2]?.facts.get(key)) + size(found[3]?.facts.get(key));
    return {
      columns: found.filter((column) => column.facts.size > 0),
      entries: keys.sort((a, b) => moved(b) - moved(a)),
    };
  }, [facts, currency]);
  const first = useFirst(entries, FIRST);
  if (entries.length === 0) return null;

  return (
    <section className={shared.section} aria-labelledby="accounts">
      <h2 id="accounts">{t('report.accounts.title')}</h2>
      <Scroll label={t('report.accounts.title')}>
        <table className={shared.table}>
          <thead>
            <tr>
              <th scope="col">{t('report.accounts.name')}</th>
              {columns.map(({ metric }) => (
                <th key={metric} scope="col" className={shared.end}>
                  {t(`report.metric.${metric}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first.shown.map((key) => (
              <tr key={key}>
                <th scope="row" className={shared.named}>
                  {key}
                </th>
                {columns.map(({ metric, facts: of }) => {
                  const fact = of.get(key);
                  return (
                    <td key={metric} className={shared.end}>
                      {fact ? <FactLink fact={fact} /> : <span className="muted">{'\u2013'}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <More {...first} />
    </section>
  );
}
