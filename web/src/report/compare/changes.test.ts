// What changed: exact differences, new and gone ones, the largest first.
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../api/types';
import { changeOf, changesOf } from './changes';

const fact = (amount: string): Fact => ({
  id: amount,
  metric: 'money_out',
  dimensions: {},
  money: { amount, currency: 'EUR' },
});
const figures = (list: Record<string, string>) =>
  new Map(Object.entries(list).map(([key, amount]) => [key, fact(amount)]));

describe('changesOf', () => {
  it('puts the largest change first, whichever way it goes', () => {
    const changes = changesOf(
      figures({ rent: '700.00', food: '100.10', gone: '50.00', none: '0.00' }),
      figures({ rent: '700.00', food: '40.05', fresh: '0.30', none: '0' }),
    );
    expect(changes.map(({ key, change, share, state }) => [key, change, share, state])).toEqual([
      ['food', '-60.05', '-0.5999', 'both'],
      ['gone', '-50.00', undefined, 'gone'],
      ['fresh', '0.30', undefined, 'new'],
      ['rent', '0.00', '0.0000', 'both'],
    ]);
  });
});

describe('changeOf', () => {
  it('has no share of nothing or less', () => {
    expect(changeOf('net', fact('-5'), fact('5'))).toMatchObject({ change: '10', share: undefined });
    expect(changeOf('net', fact('0'), fact('5'))).toMatchObject({ change: '5', share: undefined, state: 'both' });
    expect(changeOf('net', undefined, undefined)).toBeUndefined();
  });

  it('counts', () => {
    const count = (count: string): Fact => ({ id: count, metric: 'transactions', dimensions: {}, count });
    expect(changeOf('transactions', count('8'), count('10'))).toMatchObject({ change: '2', share: '0.2500' });
  });
});
