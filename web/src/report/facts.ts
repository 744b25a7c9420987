// Finds figures in a report by metric and dimensions, and the rows behind them by lineage.
import type { Fact, Period, Report } from '../api/types';
import { approximate } from '../format/decimal';
import { merge, type RowRange, rangesOf } from './ranges';

type Dimensions = Readonly<Record<string, string>>;

/**
 * All figures of one report, or those of some months of it. A figure that is lacking is undefined, never zero.
 * Figures of months are computed from those of the report, so that what they refer to is found in `base`.
 */
export class Facts {
  private readonly byId = new Map<string, Fact>();
  private readonly byMetric = new Map<string, Fact[]>();

  constructor(
    report: Pick<Report, 'facts'>,
    private readonly base?: Facts,
  ) {
    for (const fact of report.facts) {
      this.byId.set(fact.id, fact);
      const list = this.byMetric.get(fact.metric);
      if (list) list.push(fact);
      else this.byMetric.set(fact.metric, [fact]);
    }
  }

  get(id: string): Fact | undefined {
    return this.byId.get(id) ?? this.base?.get(id);
  }

  /** The figure measured at exactly these dimensions. */
  find(metric: string, dimensions: Dimensions): Fact | undefined {
    const wanted = Object.entries(dimensions);
    return this.byMetric
      .get(metric)
      ?.find(
        (fact) =>
          Object.keys(fact.dimensions).length === wanted.length &&
          wanted.every(([name, value]) => fact.dimensions[name] === value),
      );
  }

  /** The figures at these dimensions and one more, by that one's value. */
  along(metric: string, dimensions: Dimensions, by: string): Map<string, Fact> {
    const wanted = Object.entries(dimensions);
    const found = new Map<string, Fact>();
    for (const fact of this.byMetric.get(metric) ?? []) {
      const value = fact.dimensions[by];
      if (value === undefined || Object.keys(fact.dimensions).length !== wanted.length + 1) continue;
      if (wanted.every(([name, other]) => fact.dimensions[name] === other)) found.set(value, fact);
    }
    return found;
  }

  /** The currencies of the report, the one with most transactions first; an unknown currency is empty. */
  currencies(): string[] {
    const weight = new Map<string, number>();
    for (const metric of ['transactions', 'money_in', 'money_out', 'net', 'debit']) {
      for (const fact of this.byMetric.get(metric) ?? []) {
        const currency = fact.dimensions.currency;
        if (currency === undefined || Object.keys(fact.dimensions).length !== 1) continue;
        weight.set(currency, Math.max(weight.get(currency) ?? 0, Number(fact.count ?? 0)));
      }
    }
    return [...weight.keys()].sort((a, b) => (weight.get(b) ?? 0) - (weight.get(a) ?? 0));
  }

  /** The first and the last day of the whole file. */
  period(): Period | undefined {
    const days = ['first_date', 'last_date'].flatMap((metric) =>
      (this.byMetric.get(metric) ?? []).map((fact) => fact.date ?? ''),
    );
    const sorted = days.filter((day) => day !== '').sort();
    const [from, to] = [sorted[0], sorted.at(-1)];
    return from && to ? { from, to } : undefined;
  }

  /** The rows behind a figure: its own and those of the figures it is computed from. */
  rowsOf(id: string): RowRange[] {
    const parts: RowRange[][] = [];
    const seen = new Set<string>();
    const open = [id];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const lineage = this.get(next)?.lineage;
      if (!lineage) continue;
      parts.push(rangesOf(lineage.rows));
      open.push(...lineage.facts);
    }
    return merge(parts.flat());
  }

  /** The figures that a figure is computed from, in the order the report names them. */
  partsOf(id: string): Fact[] {
    const parts = this.get(id)?.lineage?.facts ?? [];
    return parts.map((part) => this.get(part)).filter((part) => part !== undefined);
  }
}

/** The months of a report in any currency, without gaps. */
export function monthsOf(facts: Facts): string[] {
  const all = facts.currencies().flatMap((currency) => [...facts.along('money_in', { currency }, 'month').keys()]);
  return monthsBetween(all);
}

/** For charts and sorting only. */
export function size(fact: Fact | undefined): number {
  return Math.abs(approximate(fact?.money?.amount));
}

/** Every day of a month, so that a day without movements keeps its place. */
export function daysOf(month: string): string[] {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: last }, (_, day) => `${month}-${String(day + 1).padStart(2, '0')}`);
}

/** Every month from the first to the last, so that a month without movements keeps its place. */
export function monthsBetween(months: Iterable<string>): string[] {
  const sorted = [...months].filter((month) => /^\d{4}-\d{2}$/.test(month)).sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return [];
  const all: string[] = [];
  let [year, month] = first.split('-').map(Number) as [number, number];
  while (all.length < 2400) {
    const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
    all.push(name);
    if (name === last) break;
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
  }
  return all;
}
