// The figures of some months: exact, from the report where it tells them, else from the rows, else not at all.
import { describe, expect, it } from 'vitest';
import type { Fact, Report, Row } from '../../api/types';
import { Facts } from '../facts';
import { Rows } from '../rows';
import { figuresOf } from './figures';

const eur = { currency: 'EUR' };

/** Three months of: day, amount, counterparty, category. */
const LIST = [
  ['2025-01-02', '-10.10', 'Miller', 'food'],
  ['2025-01-05', '100.00', 'Client', 'sales'],
  ['2025-02-01', '-20.20', 'Miller', 'food'],
  ['2025-02-01', '-0.30', 'Bank', 'fees'],
  ['2025-03-09', '50', 'Client', 'sales'],
  ['2025-03-09', '-7.000', '', 'food'],
] as const;

const rows = new Rows();
rows.add(
  LIST.map(
    ([date, amount, counterparty, category], index): Row => ({
      number: index + 1,
      line: String(index + 2),
      date,
      amount: { amount, currency: 'EUR' },
      counterparty,
      description: '',
      category,
      categoryReason: 'rule',
      categoryConfidence: 0,
      account: '',
      file: 1,
    }),
  ),
);

const fact = (metric: string, dimensions: Record<string, string>, value: Partial<Fact>): Fact => ({
  id: [metric, ...Object.values(dimensions)].join('/'),
  metric,
  dimensions,
  lineage: { rows: '', facts: [], formula: '' },
  ...value,
});
const money = (amount: string) => ({ money: { amount, currency: 'EUR' } });
const MONTHS = [
  ['2025-01', '100.000', '10.100', '2', '89.900'],
  ['2025-02', '0.000', '20.500', '2', '69.400'],
  ['2025-03', '50.000', '7.000', '2', '112.400'],
] as const;
const report = (transactions = '6'): Report => ({
  version: 1,
  findings: [],
  sentences: [],
  categories: [],
  files: [],
  forecasts: [],
  unmatchedCorrections: [],
  quality: {
    transactions,
    rowsRead: '6',
    recognized: '0',
    rejected: '0',
    rejectedRows: [],
    inOtherFiles: '0',
  },
  facts: [
    ...MONTHS.flatMap(([month, into, out, count, balance]) => [
      fact('money_in', { ...eur, month }, money(into)),
      fact('money_out', { ...eur, month }, money(out)),
      fact('net', { ...eur, month }, money('0')),
      fact('transactions', { ...eur, month }, { count }),
      fact('balance', { ...eur, month }, money(balance)),
    ]),
    fact('money_in', eur, money('150.000')),
    fact('opening_balance', eur, money('0.000')),
    fact('closing_balance', eur, money('112.400')),
  ],
});

const figures = (first: string, last: string, given = report(), kept = rows) =>
  figuresOf(given, new Facts(given), kept, { first, last });
const amounts = (facts: Map<string, Fact>) => [...facts].map(([key, one]) => [key, one.money?.amount]);

describe('figures of a period', () => {
  const { facts, complete } = figures('2025-01', '2025-02');

  it('are sums of the report’s own months', () => {
    expect(facts.find('money_in', eur)?.money?.amount).toBe('100.000');
    expect(facts.find('money_out', eur)?.money?.amount).toBe('30.600');
    expect(facts.find('net', eur)?.money?.amount).toBe('69.400');
    expect(facts.find('transactions', eur)?.count).toBe('4');
    expect([...facts.along('money_in', eur, 'month').keys()]).toEqual(['2025-01', '2025-02']);
  });

  it('begin and end with the balances of the months', () => {
    expect(facts.find('opening_balance', eur)?.id).toBe('opening_balance/EUR');
    expect(facts.find('closing_balance', eur)?.money?.amount).toBe('69.400');
    const later = figures('2025-02', '2025-03').facts;
    expect(later.find('opening_balance', eur)?.money?.amount).toBe('89.900');
    expect(later.find('closing_balance', eur)?.id).toBe('closing_balance/EUR');
  });

  it('are added up from the rows by category and counterparty', () => {
    expect(complete).toBe(true);
    expect(amounts(facts.along('money_out', eur, 'category'))).toEqual([
      ['food', '30.30'],
      ['fees', '0.30'],
    ]);
    expect(facts.find('money_out_share', { ...eur, category: 'food' })?.ratio).toBe('0.9902');
    expect(amounts(facts.along('money_out', eur, 'counterparty'))).toEqual([
      ['Miller', '30.30'],
      ['Bank', '0.30'],
    ]);
    expect(facts.along('money_in', eur, 'account').size).toBe(0);
  });

  it('open the rows that make them', () => {
    const food = facts.find('money_out', { ...eur, category: 'food' });
    expect(facts.rowsOf(food?.id ?? '')).toEqual([
      { first: 1, last: 1 },
      { first: 3, last: 3 },
    ]);
  });

  it('tell the days of a single month', () => {
    const march = figures('2025-03', '2025-03').facts;
    expect(march.find('net', { ...eur, day: '2025-03-09' })?.money?.amount).toBe('43.000');
    expect(facts.along('net', eur, 'day').size).toBe(0);
  });

  it('lack what needs all rows where some are missing or do not agree', () => {
    const part = figures('2025-01', '2025-02', report('7'));
    expect(part.complete).toBe(false);
    expect(part.facts.find('money_in', eur)?.money?.amount).toBe('100.000');
    expect(part.facts.along('money_out', eur, 'category').size).toBe(0);

    const other = report();
    const january = other.facts.find(({ id }) => id === 'money_out/EUR/2025-01');
    if (january) january.money = { amount: '10.11', currency: 'EUR' };
    expect(figures('2025-01', '2025-01', other).complete).toBe(false);
    expect(figures('2025-02', '2025-02', other).complete).toBe(true);
  });

  it('name as many counterparties as are wanted, the largest first', () => {
    const { facts: one } = figuresOf(report(), new Facts(report()), rows, { first: '2025-01', last: '2025-02' }, 1);
    expect([...one.along('money_in', eur, 'counterparty').keys()]).toEqual(['Client']);
    expect(one.along('money_out', eur, 'counterparty').size).toBe(0);
  });

  it('are none where the file has no such month', () => {
    expect(figures('2026-01', '2026-03').facts.find('money_in', eur)).toBeUndefined();
  });
});
