// Money in, money out and net by month: the finding, the chart, the table behind it.
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { approximate, sign } from '../format/decimal';
import { useFormat } from '../format/useFormat';
import css from './CashFlow.module.css';
import { useReport } from './context';
import { Details } from './Details';
import { FactLink } from './FactLink';
import { monthsBetween, size } from './facts';
import shared from './Report.module.css';
import { Scroll } from './Scroll';

const FlowChart = lazy(() => import('./chart/FlowChart'));

export function CashFlow({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const { facts, open } = useReport();
  const format = useFormat();
  const { months, into, out, net } = useMemo(() => {
    const into = facts.along('money_in', { currency }, 'month');
    const out = facts.along('money_out', { currency }, 'month');
    const net = facts.along('net', { currency }, 'month');
    return { into, out, net, months: monthsBetween([...into.keys(), ...out.keys(), ...net.keys()]) };
  }, [facts, currency]);
  const chart = useMemo(
    () => ({
      months,
      into: months.map((month) => size(into.get(month))),
      out: months.map((month) => -size(out.get(month))),
      net: months.map((month) => approximate(net.get(month)?.money?.amount)),
    }),
    [months, into, out, net],
  );
  if (months.length === 0) return null;

  const negative = [...net.values()].filter((fact) => sign(fact.money?.amount ?? '0') < 0).length;
  const finding =
    net.size === 0
      ? t('report.cashFlow.title')
      : negative === 0
        ? t('report.cashFlow.allPositive')
        : negative === months.length
          ? t('report.cashFlow.allNegative')
          : t('report.cashFlow.some', {
              count: negative,
              formatted: format.integer(negative),
              of: format.integer(months.length),
            });

  return (
    <section className={shared.section} aria-labelledby="cash-flow">
      <p className={shared.eyebrow}>{t('report.cashFlow.title')}</p>
      <h2 id="cash-flow">{finding}</h2>
      <ul className={css.legend}>
        <li data-series="in">{t('report.metric.money_in')}</li>
        <li data-series="out">{t('report.metric.money_out')}</li>
        <li data-series="net">{t('report.metric.net')}</li>
        {currency && <li className={css.unit}>{t('report.cashFlow.unit', { unit: currency })}</li>}
      </ul>
      <div className={css.chart}>
        <Suspense fallback={null}>
          <FlowChart
            {...chart}
            label={t('report.cashFlow.chart')}
            names={{ in: t('report.metric.money_in'), out: t('report.metric.money_out'), net: t('report.metric.net') }}
            month={format.shortMonth}
            longMonth={format.month}
            axis={format.compact}
            exact={(series, month) => {
              const money = { in: into, out, net }[series].get(month)?.money;
              return money ? format.money(money, { sign: series === 'net' }) : '\u2013';
            }}
            onOpen={(series, month) => {
              const fact = { in: into, out, net }[series].get(month);
              if (fact) open({ kind: 'fact', fact });
            }}
          />
        </Suspense>
      </div>
      <Details summary={t('report.table')}>
        <Scroll label={t('report.cashFlow.title')}>
          <table className={shared.table}>
            <thead>
              <tr>
                <th scope="col">{t('report.metric.month')}</th>
                <th scope="col" className={shared.end}>
                  {t('report.metric.money_in')}
                </th>
                <th scope="col" className={shared.end}>
                  {t('report.metric.money_out')}
                </th>
                <th scope="col" className={shared.end}>
                  {t('report.metric.net')}
                </th>
              </tr>
            </thead>
            <tbody>
              {months.map((month) => (
                <tr key={month}>
                  <th scope="row">{format.month(month)}</th>
                  {[into, out, net].map((series, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: three columns that never move
                    <td key={index} className={shared.end}>
                      <FactLink fact={series.get(month)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </Details>
    </section>
  );
}
