// Figures by metric and dimensions, and the rows behind them.
import { describe, expect, it } from 'vitest';
import type { Fact, Report } from '../api/types';
import { daysOf, Facts, monthsBetween } from './facts';

/** One range from row 1 to 128 as the contract codes it. */
const range = (first: number, last: number) => btoa(String.fromCharCode(first - 1, last - first));

function fact(
  id: string,
  dimensions: Record<string, string>,
  lineage: Partial<Fact['lineage']>,
  rest: Partial<Fact> = {},
): Fact {
  const metric = id.split('/')[0] ?? '';
  return { id, metric, dimensions, lineage: { rows: '', facts: [], formula: '', ...lineage }, ...rest };
}

function facts(...list: Fact[]): Facts {
  const report: Report = {
    version: 2,
    facts: list,
    findings: [],
    sentences: [],
    categories: [],
    forecasts: [],
    unmatchedCorrections: [],
    files: [],
  };
  return new Facts(report);
}

const eur = { currency: 'EUR' };
const money = (amount: string) => ({ money: { amount, currency: 'EUR' } });
const some = facts(
  fact('money_in/EUR/month/2025-01', { ...eur, month: '2025-01' }, { rows: range(1, 2) }, money('10')),
  fact('money_in/EUR/month/2025-03', { ...eur, month: '2025-03' }, { rows: range(7, 7) }, money('5')),
  fact('money_in/EUR', eur, { facts: ['money_in/EUR/month/2025-01', 'money_in/EUR/month/2025-03'] }, money('15')),
  fact('money_out/EUR', eur, { rows: range(3, 6) }, money('9')),
  fact('net/EUR', eur, { facts: ['money_in/EUR', 'money_out/EUR'] }, money('6')),
  fact('money_in/XXX', { currency: '' }, { rows: range(9, 9) }),
  fact('transactions/EUR', eur, { rows: range(1, 7) }, { count: '7' }),
  fact('transactions/XXX', { currency: '' }, { rows: range(9, 9) }, { count: '1' }),
  fact('first_date/EUR', eur, {}, { date: '2025-01-02' }),
  fact('last_date/EUR', eur, {}, { date: '2025-03-30' }),
  fact('first_date/XXX', { currency: '' }, {}, { date: '2024-12-30' }),
);

describe('Facts', () => {
  it('finds a figure at exactly these dimensions', () => {
    expect(some.find('money_in', eur)?.id).toBe('money_in/EUR');
    expect(some.find('money_in', { ...eur, month: '2025-03' })?.id).toBe('money_in/EUR/month/2025-03');
    expect(some.find('money_in', { currency: '' })?.id).toBe('money_in/XXX');
    expect(some.find('closing_balance', eur)).toBeUndefined();
  });

  it('lists figures along one more dimension', () => {
    expect([...some.along('money_in', eur, 'month').keys()]).toEqual(['2025-01', '2025-03']);
    expect(some.along('balance', eur, 'month').size).toBe(0);
  });

  it('orders currencies by transactions and keeps the unknown one', () => {
    expect(some.currencies()).toEqual(['EUR', '']);
  });

  it('tells the days of the whole file', () => {
    expect(some.period()).toEqual({ from: '2024-12-30', to: '2025-03-30' });
    expect(facts().period()).toBeUndefined();
  });

  it('follows lineage through other figures to the rows', () => {
    expect(some.rowsOf('net/EUR')).toEqual([{ first: 1, last: 7 }]);
    expect(some.rowsOf('money_in/EUR')).toEqual([
      { first: 1, last: 2 },
      { first: 7, last: 7 },
    ]);
    expect(some.rowsOf('nothing')).toEqual([]);
    expect(some.partsOf('net/EUR').map(({ id }) => id)).toEqual(['money_in/EUR', 'money_out/EUR']);
  });

  it('ends on figures that refer to each other', () => {
    const loop = facts(
      fact('a', {}, { facts: ['b'], rows: range(1, 1) }),
      fact('b', {}, { facts: ['a'], rows: range(2, 2) }),
    );
    expect(loop.rowsOf('a')).toEqual([{ first: 1, last: 2 }]);
  });
});

describe('monthsBetween', () => {
  it('keeps the place of a month without movements', () => {
    expect(monthsBetween(['2025-02', '2024-11'])).toEqual(['2024-11', '2024-12', '2025-01', '2025-02']);
    expect(monthsBetween([])).toEqual([]);
  });
});

describe('daysOf', () => {
  it('knows how long a month is', () => {
    expect(daysOf('2024-02').at(-1)).toBe('2024-02-29');
    expect(daysOf('2025-02')).toHaveLength(28);
    expect(daysOf('2025-12')[0]).toBe('2025-12-01');
  });
});
