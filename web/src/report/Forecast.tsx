// What comes next: a figure by month, continued with its intervals, and how right such forecasts were before.
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/useFormat';
import css from './CashFlow.module.css';
import { useReport } from './context';
import { Details } from './Details';
import { averageMiss, FORECAST_METRICS, type ForecastMetric, linesOf, outlookOf } from './forecast';
import { Section } from './Section';
import { Select } from './Select';
import { End, Figure, Name, Table } from './Table';

const BandChart = lazy(() => import('./chart/BandChart'));

const METHODS = ['ets', 'theta', 'seasonal_naive', 'median'] as const;

export function Forecast({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const { report, facts, open } = useReport();
  const format = useFormat();
  const [metric, setMetric] = useState<ForecastMetric>('net');
  const outlook = useMemo(() => outlookOf(report, facts, currency, metric), [report, facts, currency, metric]);
  const lines = useMemo(() => outlook && linesOf(outlook), [outlook]);
  if (!outlook || !lines) return null;

  const { forecast, months, known, middle, low, high } = outlook;
  const eyebrow = t('forecast.title');
  const first = forecast.months[0];
  if (!first) {
    const isShort = forecast.reason === 'SERIES_TOO_SHORT';
    const missing = t('forecast.tooShort', {
      count: forecast.history.length,
      formatted: format.integer(forecast.history.length),
      needed: format.integer(forecast.needed),
    });
    return (
      <Section id="forecast" title={eyebrow}>
        <p className={css.how}>{isShort ? missing : t('forecast.unavailable')}</p>
      </Section>
    );
  }

  const money = (amount: { amount: string; currency: string } | undefined) =>
    amount ? format.money(amount, { sign: metric === 'net' }) : '\u2013';
  const method = (name: string) => {
    const found = METHODS.find((one) => one === name);
    return found ? t(`forecast.method.${found}`) : name;
  };
  const miss = averageMiss(outlook);
  const figure = t(`report.metric.${metric}`);
  const title = t(`forecast.finding.${metric}`, {
    month: format.month(first.month),
    amount: first.mean ? format.money(first.mean, { sign: metric === 'net', whole: true }) : '\u2013',
  });
  const told = (month: string) => {
    const one = forecast.months.find((one) => one.month === month);
    const lines: [string, string][] = one
      ? [
          [t('forecast.middle'), money(one.mean)],
          [t('forecast.in80'), `${money(one.low80)} \u2026 ${money(one.high80)}`],
          [t('forecast.in95'), `${money(one.low95)} \u2026 ${money(one.high95)}`],
        ]
      : [[figure, money(known.get(month)?.money)]];
    return { title: format.month(month), lines };
  };
  const headings = [
    { name: t('report.metric.month') },
    { name: t('forecast.middle'), end: true },
    { name: t('forecast.low80'), end: true },
    { name: t('forecast.high80'), end: true },
    { name: t('forecast.range95'), end: true },
  ];

  return (
    <Section id="forecast" title={title} eyebrow={eyebrow}>
      <div className={css.legend}>
        <span data-screen>
          <Select label={t('forecast.figure')} value={metric} onChange={(value) => setMetric(value as ForecastMetric)}>
            {FORECAST_METRICS.map((one) => (
              <option key={one} value={one}>
                {t(`report.metric.${one}`)}
              </option>
            ))}
          </Select>
        </span>
        {currency && <span className={css.unit}>{t('report.cashFlow.unit', { unit: currency })}</span>}
      </div>
      <div className={css.chart}>
        <Suspense fallback={null}>
          <BandChart
            months={months}
            lines={lines}
            label={t('forecast.chart', { figure })}
            month={format.shortMonth}
            axis={format.compact}
            told={told}
            onOpen={(month) => {
              const fact = middle.get(month) ?? known.get(month);
              if (fact) open({ kind: 'fact', fact });
            }}
          />
        </Suspense>
      </div>
      <p className={css.how}>
        {t('forecast.how', {
          count: forecast.history.length,
          formatted: format.integer(forecast.history.length),
          method: method(forecast.method),
        })}{' '}
        {miss !== undefined &&
          t('forecast.tested', { amount: format.money({ amount: miss.toFixed(0), currency }, { whole: true }) })}
      </p>
      <Details summary={t('report.table')}>
        <Table label={eyebrow} headings={headings}>
          {forecast.months.map((one) => (
            <tr key={one.month}>
              <Name>{format.month(one.month)}</Name>
              <Figure fact={middle.get(one.month)} />
              <Figure fact={low.get(one.month)} />
              <Figure fact={high.get(one.month)} />
              <End>{`${money(one.low95)} \u2026 ${money(one.high95)}`}</End>
            </tr>
          ))}
        </Table>
        {forecast.scores.length > 0 && (
          <Table
            label={t('forecast.scores')}
            headings={[{ name: t('forecast.scores') }, { name: t('forecast.error'), end: true }]}
          >
            {forecast.scores.map((score) => (
              <tr key={score.method}>
                <Name>{method(score.method)}</Name>
                <End>{score.mase === undefined ? '\u2013' : format.number(score.mase.toFixed(2))}</End>
              </tr>
            ))}
          </Table>
        )}
      </Details>
    </Section>
  );
}
