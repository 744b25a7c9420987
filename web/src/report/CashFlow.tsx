// Money in, money out and net by month, or by day of a single month: the finding, the chart, the table behind it.
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fact } from '../api/types';
import { approximate, sign } from '../format/decimal';
import { useFormat } from '../format/useFormat';
import css from './CashFlow.module.css';
import { useReport } from './context';
import { Details } from './Details';
import { daysOf, type Facts, monthsBetween, size } from './facts';
import { Section } from './Section';
import { Figure, Name, Table } from './Table';

const FlowChart = lazy(() => import('./chart/FlowChart'));

const SERIES = ['in', 'out', 'net'] as const;

interface Flow {
  by: 'month' | 'day';
  /** The months or days, without gaps. */
  steps: string[];
  series: Record<(typeof SERIES)[number], Map<string, Fact>>;
}

/** By day where the figures tell days: those of a single month do. */
function flowOf(facts: Facts, currency: string): Flow {
  const along = (by: Flow['by']) => ({
    in: facts.along('money_in', { currency }, by),
    out: facts.along('money_out', { currency }, by),
    net: facts.along('net', { currency }, by),
  });
  const keys = (series: Flow['series']) => SERIES.flatMap((name) => [...series[name].keys()]);
  const days = along('day');
  const [day] = keys(days);
  if (day !== undefined) return { by: 'day', steps: daysOf(day.slice(0, 7)), series: days };
  const months = along('month');
  return { by: 'month', steps: monthsBetween(keys(months)), series: months };
}

/** For the chart; a day without movements has no net. */
function netOf(fact: Fact | undefined): number | null {
  return fact ? approximate(fact.money?.amount) : null;
}

export function CashFlow({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const { facts, open } = useReport();
  const format = useFormat();
  const { by, steps, series } = useMemo(() => flowOf(facts, currency), [facts, currency]);
  const chart = useMemo(
    () => ({
      steps,
      into: steps.map((step) => size(series.in.get(step))),
      out: steps.map((step) => -size(series.out.get(step))),
      net: steps.map((step) => netOf(series.net.get(step))),
    }),
    [steps, series],
  );
  const finding = useFinding(currency);
  if (steps.length === 0) return null;

  const title = t(`report.cashFlow.title.${by}`);
  const names = { in: t('report.metric.money_in'), out: t('report.metric.money_out'), net: t('report.metric.net') };
  const written = by === 'day' ? format.day : format.month;
  const listed = steps.filter((step) => by === 'month' || SERIES.some((name) => series[name].has(step)));
  const headings = [
    { name: t(`report.metric.${by === 'day' ? 'date' : 'month'}`) },
    ...SERIES.map((name) => ({ name: names[name], end: true })),
  ];
  return (
    <Section id="cash-flow" title={finding ?? title} eyebrow={title}>
      <ul className={css.legend}>
        {SERIES.map((name) => (
          <li key={name} data-series={name}>
            {names[name]}
          </li>
        ))}
        {currency && <li className={css.unit}>{t('report.cashFlow.unit', { unit: currency })}</li>}
      </ul>
      <div className={css.chart}>
        <Suspense fallback={null}>
          <FlowChart
            {...chart}
            label={t(`report.cashFlow.chart.${by}`)}
            names={names}
            short={by === 'day' ? format.shortDay : format.shortMonth}
            long={written}
            axis={format.compact}
            exact={(name, step) => {
              const money = series[name].get(step)?.money;
              return money ? format.money(money, { sign: name === 'net' }) : '\u2013';
            }}
            onOpen={(name, step) => {
              const fact = series[name].get(step);
              if (fact) open({ kind: 'fact', fact });
            }}
          />
        </Suspense>
      </div>
      <Details summary={t('report.table')}>
        <Table label={title} headings={headings}>
          {listed.map((step) => (
            <tr key={step}>
              <Name>{written(step)}</Name>
              {SERIES.map((name) => (
                <Figure key={name} fact={series[name].get(step)} />
              ))}
            </tr>
          ))}
        </Table>
      </Details>
    </Section>
  );
}

/** What the months say: how many of them cost more than they brought. */
function useFinding(currency: string): string | undefined {
  const { t } = useTranslation();
  const { facts } = useReport();
  const format = useFormat();
  const net = [...facts.along('net', { currency }, 'month').values()];
  const [only] = net;
  if (!only) return undefined;
  if (net.length === 1) {
    const direction = ({ '-1': 'out', '0': 'same', '1': 'in' } as const)[sign(only.money?.amount ?? '0')];
    return t(`report.cashFlow.one.${direction}`);
  }
  const negative = net.filter(({ money }) => sign(money?.amount ?? '0') < 0).length;
  if (negative === 0) return t('report.cashFlow.allPositive');
  if (negative === net.length) return t('report.cashFlow.allNegative');
  return t('report.cashFlow.some', {
    count: negative,
    formatted: format.integer(negative),
    of: format.integer(net.length),
  });
}
