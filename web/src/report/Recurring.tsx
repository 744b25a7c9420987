// What is paid and received regularly: how often, how much, when next, and how the price changed.
import { useTranslation } from 'react-i18next';
import type { Fact } from '../api/types';
import { useReport } from './context';
import { FactLink } from './FactLink';
import { useCadence } from './labels';
import { More } from './More';
import shared from './Report.module.css';
import { Scroll } from './Scroll';
import { useFirst } from './useFirst';

const FIRST = 8;

export function Recurring({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const { facts } = useReport();
  const cadence = useCadence();
  const along = (metric: string) => facts.along(metric, { currency }, 'recurring');
  const columns = {
    cadence: along('cadence'),
    into: along('recurring_in'),
    out: along('recurring_out'),
    next: along('next_payment'),
    change: along('price_change'),
  };
  const first = useFirst([...columns.cadence], FIRST);
  if (columns.cadence.size === 0) return null;

  return (
    <section className={shared.section} aria-labelledby="recurring">
      <h2 id="recurring">{t('report.recurring.title')}</h2>
      <Scroll label={t('report.recurring.title')}>
        <table className={shared.table}>
          <thead>
            <tr>
              <th scope="col">{t('report.counterparties.name')}</th>
              <th scope="col">{t('report.metric.cadence')}</th>
              <th scope="col" className={shared.end}>
                {t('report.metric.money_in')}
              </th>
              <th scope="col" className={shared.end}>
                {t('report.metric.money_out')}
              </th>
              <th scope="col" className={shared.end}>
                {t('report.metric.price_change')}
              </th>
              <th scope="col" className={shared.end}>
                {t('report.metric.next_payment')}
              </th>
            </tr>
          </thead>
          <tbody>
            {first.shown.map(([key, often]) => (
              <tr key={key}>
                <th scope="row" className={shared.named}>
                  {key}
                </th>
                <td>
                  <FactLink fact={often}>{cadence(often)}</FactLink>
                </td>
                <Cell fact={columns.into.get(key)} />
                <Cell fact={columns.out.get(key)} />
                <Cell fact={columns.change.get(key)} />
                <Cell fact={columns.next.get(key)} />
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <More {...first} />
    </section>
  );
}

function Cell({ fact }: { fact: Fact | undefined }) {
  return <td className={shared.end}>{fact ? <FactLink fact={fact} /> : <span className="muted">{'\u2013'}</span>}</td>;
}
