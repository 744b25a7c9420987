// Rows by number, also where a long file sends only its first ones.
import { describe, expect, it } from 'vitest';
import type { Row } from '../api/types';
import { Rows, type Sort, search, sorted } from './rows';

function row(number: number, words = '', rest: Partial<Row> = {}): Row {
  return {
    number,
    line: String(number + 1),
    date: '2025-01-02',
    amount: { amount: '-1.25', currency: 'EUR' },
    counterparty: `Shop ${number}`,
    description: words,
    category: 'groceries',
    categoryReason: 'rule',
    categoryConfidence: 0,
    account: '',
    file: 1,
    ...rest,
  };
}

const rows = new Rows();
rows.add([row(1), row(2, 'Хлеб и молоко')]);
rows.add([row(3), row(4), row(5)]);

describe('Rows', () => {
  it('gives the rows of the ranges in file order', () => {
    const found = rows.within([
      { first: 2, last: 3 },
      { first: 5, last: 9 },
    ]);
    expect(found.map(({ number }) => number)).toEqual([2, 3, 5]);
    expect(found[0]).toMatchObject({ line: 3, amount: '-1.25', currency: 'EUR', categoryReason: 'rule' });
  });

  it('gives nothing beyond what was sent', () => {
    expect(rows.within([{ first: 6, last: 8 }])).toEqual([]);
  });
});

describe('search', () => {
  const all = rows.within([{ first: 1, last: 5 }]);
  const words = ({ counterparty, description }: { counterparty: string; description: string }) =>
    `${counterparty} ${description}`;

  it('wants every word, in any order and case', () => {
    expect(search(all, '  МОЛОКО shop ', words).map(({ number }) => number)).toEqual([2]);
    expect(search(all, 'bread', words)).toEqual([]);
    expect(search(all, ' ', words)).toBe(all);
  });
});

describe('sorted', () => {
  const kept = new Rows();
  kept.add([
    row(1, '', {
      date: '2025-03-01',
      amount: { amount: '-9.50', currency: 'EUR' },
      counterparty: 'Ёлка',
      category: 'b',
    }),
    row(2, '', {
      date: '2025-01-09',
      amount: { amount: '100', currency: 'EUR' },
      counterparty: 'Shop 10',
      category: 'a',
    }),
    row(3, 'shop 9', { amount: { amount: '-10', currency: 'EUR' }, counterparty: '', category: 'b' }),
  ]);
  const order = (by: Sort['by'], descending = false) =>
    sorted(kept.all(), { by, descending }, 'ru', (key) => ({ a: 'Яблоки', b: 'Арбузы' })[key] ?? '').map(
      ({ number }) => number,
    );

  it('goes by day, name, category, amount and line, either way', () => {
    expect(order('date')).toEqual([3, 2, 1]);
    expect(order('date', true)).toEqual([1, 2, 3]);
    expect(order('who')).toEqual([1, 3, 2]);
    expect(order('category')).toEqual([1, 3, 2]);
    expect(order('amount')).toEqual([3, 1, 2]);
    expect(order('line', true)).toEqual([3, 2, 1]);
  });

  it('leaves equal rows as they stand in the file', () => {
    expect(order('category', true)).toEqual([2, 1, 3]);
  });
});
