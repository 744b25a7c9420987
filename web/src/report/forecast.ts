// What the forecast of a report says of one figure: its months, the bands around them, and what was forecast before.
import type { Fact, Forecast, Money, Report } from '../api/types';
import { approximate } from '../format/decimal';
import type { Facts } from './facts';
import { monthsBetween } from './facts';

export const FORECAST_METRICS = ['net', 'money_in', 'money_out'] as const;
export type ForecastMetric = (typeof FORECAST_METRICS)[number];

export interface Outlook {
  forecast: Forecast;
  /** The months known, then those to come, without gaps. */
  months: string[];
  /** The figures of the months known. */
  known: Map<string, Fact>;
  /** The middle of each month to come, and both ends of the interval that holds 80 of 100 cases. */
  middle: Map<string, Fact>;
  low: Map<string, Fact>;
  high: Map<string, Fact>;
}

/** The forecast of a figure of a currency, if there is one of its kind in the report. */
export function outlookOf(report: Report, facts: Facts, currency: string, metric: ForecastMetric): Outlook | undefined {
  const forecast = report.forecasts?.find((one) => one.metric === metric && one.currency === currency);
  if (!forecast) return undefined;
  const known = new Map<string, Fact>();
  for (const id of forecast.history) {
    const fact = facts.get(id);
    if (fact?.dimensions.month) known.set(fact.dimensions.month, fact);
  }
  const along = (name: string) => facts.along(name, { currency }, 'month');
  return {
    forecast,
    months: monthsBetween([...known.keys(), ...forecast.months.map(({ month }) => month)]),
    known,
    middle: along(`forecast_${metric}`),
    low: along(`forecast_${metric}_low`),
    high: along(`forecast_${metric}_high`),
  };
}

type Line = (number | null)[];

/** What the chart draws: one number for each month, none where there is nothing to draw. */
export interface Lines {
  known: Line;
  /** Starts at the last month known, so that the line goes on. */
  middle: Line;
  /** Lower and upper ends, the wider band first. */
  bands: { low: Line; high: Line }[];
  /** What was forecast before. */
  past: Line[];
}

export function linesOf({ forecast, months, known }: Outlook): Lines {
  const toCome = new Map(forecast.months.map((one) => [one.month, one]));
  const value = (money: Money | undefined) => (money ? approximate(money.amount) : null);
  const last = forecast.history.length > 0 ? [...known.values()].at(-1) : undefined;
  const lastMonth = last?.dimensions.month;
  const line = (part: 'mean' | 'low80' | 'high80' | 'low95' | 'high95'): Line =>
    months.map((month) => (month === lastMonth ? value(last?.money) : value(toCome.get(month)?.[part])));
  const past = forecast.backTests.map(({ month, means }) => {
    const start = months.indexOf(month);
    return months.map((_, at) => (start >= 0 && at >= start ? value(means[at - start]) : null));
  });
  return {
    known: months.map((month) => value(known.get(month)?.money)),
    middle: line('mean'),
    bands: [
      { low: line('low95'), high: line('high95') },
      { low: line('low80'), high: line('high80') },
    ],
    past,
  };
}

/** How far old forecasts were off on average, where there are any. */
export function averageMiss({ forecast, months, known }: Outlook): number | undefined {
  const misses = forecast.backTests.flatMap(({ month, means }) => {
    const start = months.indexOf(month);
    return means.flatMap((mean, at) => {
      const came = start < 0 ? undefined : known.get(months[start + at] ?? '')?.money;
      return came ? [Math.abs(approximate(mean.amount) - approximate(came.amount))] : [];
    });
  });
  return misses.length > 0 ? misses.reduce((sum, one) => sum + one, 0) / misses.length : undefined;
}
