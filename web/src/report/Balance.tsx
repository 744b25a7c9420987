// The balance at the end of each month, where the file states balances.
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { absolute, approximate, negate, sign, sum } from '../format/decimal';
import { useFormat } from '../format/useFormat';
import css from './CashFlow.module.css';
import { useReport } from './context';
import { Details } from './Details';
import { FactLink } from './FactLink';
import { monthsBetween } from './facts';
import shared from './Report.module.css';
import { Scroll } from './Scroll';

const StepChart = lazy(() => import('./chart/StepChart'));

export function Balance({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const { facts, open } = useReport();
  const format = useFormat();
  const balances = useMemo(() => facts.along('balance', { currency }, 'month'), [facts, currency]);
  const months = useMemo(() => monthsBetween(balances.keys()), [balances]);
  const values = useMemo(
    () => months.map((month) => (balances.has(month) ? approximate(balances.get(month)?.money?.amount) : null)),
    [months, balances],
  );
  if (months.length < 2) return null;

  const opening = facts.find('opening_balance', { currency })?.money;
  const closing = facts.find('closing_balance', { currency })?.money;
  const change = opening && closing ? sum([closing.amount, negate(opening.amount)]) : undefined;
  const direction =
    change === undefined ? undefined : ({ '-1': 'down', '0': 'same', '1': 'up' } as const)[sign(change)];
  return (
    <section className={shared.section} aria-labelledby="balance">
      <p className={shared.eyebrow}>{t('report.balance.title')}</p>
      <h2 id="balance">
        {direction && change !== undefined
          ? t(`report.balance.${direction}`, { amount: format.money({ amount: absolute(change), currency }) })
          : t('report.metric.balance')}
      </h2>
      <div className={css.step}>
        <Suspense fallback={null}>
          <StepChart
            months={months}
            values={values}
            label={t('report.balance.chart')}
            name={t('report.metric.balance')}
            month={format.shortMonth}
            longMonth={format.month}
            axis={format.compact}
            exact={(month) => {
              const money = balances.get(month)?.money;
              return money ? format.money(money) : '\u2013';
            }}
            onOpen={(month) => {
              const fact = balances.get(month);
              if (fact) open({ kind: 'fact', fact });
            }}
          />
        </Suspense>
      </div>
      <Details summary={t('report.table')}>
        <Scroll label={t('report.balance.title')}>
          <table className={shared.table}>
            <thead>
              <tr>
                <th scope="col">{t('report.metric.month')}</th>
                <th scope="col" className={shared.end}>
                  {t('report.metric.balance')}
                </th>
              </tr>
            </thead>
            <tbody>
              {months.map((month) => (
                <tr key={month}>
                  <th scope="row">{format.month(month)}</th>
                  <td className={shared.end}>
                    <FactLink fact={balances.get(month)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </Details>
    </section>
  );
}
