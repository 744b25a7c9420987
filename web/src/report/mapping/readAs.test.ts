// What each column gave to a row.
import { describe, expect, it } from 'vitest';
import type { Row } from '../../api/types';
import { Rows } from '../rows';
import { firstRows, readAs } from './readAs';

const rows = new Rows();
const row = (number: number, amount: string, file = 1): Row => ({
  number,
  line: String(number + 1),
  date: '2025-01-02',
  amount: { amount, currency: 'EUR' },
  counterparty: 'Miller',
  description: '',
  category: 'food',
  categoryReason: 'rule',
  categoryConfidence: 0,
  account: '',
  file,
});
rows.add([row(1, '-5.00'), row(2, '7.00'), row(3, '1'), row(4, '2'), row(5, '3', 2)]);
const [out, into] = rows.all();

describe('readAs', () => {
  it('tells sides apart', () => {
    const money = { money: { amount: '-5.00', currency: 'EUR' } };
    expect(out && ['amount', 'debit', 'credit'].map((role) => readAs(role, out))).toEqual([money, money, undefined]);
    expect(into && readAs('debit', into)).toBeUndefined();
    expect(into && readAs('credit', into)).toEqual({ money: { amount: '7.00', currency: 'EUR' } });
  });

  it('shows what a row keeps and nothing else', () => {
    expect(
      out && ['date', 'counterparty', 'description', 'balance', 'category', 'tax'].map((role) => readAs(role, out)),
    ).toEqual([{ day: '2025-01-02' }, { text: 'Miller' }, undefined, undefined, undefined, undefined]);
  });
});

describe('firstRows', () => {
  it('are those of the file', () => {
    expect(firstRows(rows, 1).map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(firstRows(rows, 2).map(({ number }) => number)).toEqual([5]);
  });
});
