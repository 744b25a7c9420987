// The balance at the end of each month, where the file states balances.
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { absolute, approximate, negate, sign, sum } from '../format/decimal';
import { useFormat } from '../format/useFormat';
import css from './CashFlow.module.css';
import { useReport } from './context';
import { Details } from './Details';
import { monthsBetween } from './facts';
import { Section } from './Section';
import { Figure, Name, Table } from './Table';

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
  const finding =
    direction && change !== undefined
      ? t(`report.balance.${direction}`, { amount: format.money({ amount: absolute(change), currency }) })
      : t('report.metric.balance');
  const title = t('report.balance.title');
  return (
    <Section id="balance" title={finding} eyebrow={title}>
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
        <Table
          label={title}
          headings={[{ name: t('report.metric.month') }, { name: t('report.metric.balance'), end: true }]}
        >
          {months.map((month) => (
            <tr key={month}>
              <Name>{format.month(month)}</Name>
              <Figure fact={balances.get(month)} />
            </tr>
          ))}
        </Table>
      </Details>
    </Section>
  );
}
