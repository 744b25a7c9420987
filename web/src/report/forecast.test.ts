// What is drawn and listed of a forecast.
import { expect, test } from 'vitest';
import type { Report } from '../api/types';
import { Facts } from './facts';
import { averageMiss, linesOf, outlookOf } from './forecast';

const money = (amount: string) => ({ amount, currency: 'EUR' });

const report = {
  facts: [
    {
      id: 'net/EUR/month/2024-11',
      metric: 'net',
      dimensions: { currency: 'EUR', month: '2024-11' },
      money: money('10.00'),
    },
    {
      id: 'net/EUR/month/2024-12',
      metric: 'net',
      dimensions: { currency: 'EUR', month: '2024-12' },
      money: money('-4.00'),
    },
  ],
  forecasts: [
    {
      metric: 'net',
      currency: 'EUR',
      history: ['net/EUR/month/2024-11', 'net/EUR/month/2024-12'],
      months: [
        {
          month: '2025-01',
          mean: money('3.00'),
          low80: money('1.00'),
          high80: money('5.00'),
          low95: money('0.00'),
          high95: money('6.00'),
        },
      ],
      method: 'median',
      backTests: [{ month: '2024-12', means: [money('2.00')] }],
      scores: [],
      reason: '',
      needed: 0,
    },
  ],
} as unknown as Report;

test('the months to come follow those known, over the turn of the year', () => {
  const outlook = outlookOf(report, new Facts(report), 'EUR', 'net');
  expect(outlook?.months).toEqual(['2024-11', '2024-12', '2025-01']);
  expect(outlookOf(report, new Facts(report), 'USD', 'net')).toBeUndefined();
});

test('the forecast goes on from the last month known, and old forecasts stand where they were made', () => {
  const outlook = outlookOf(report, new Facts(report), 'EUR', 'net');
  if (!outlook) throw new Error('no forecast');
  const lines = linesOf(outlook);
  expect(lines.known).toEqual([10, -4, null]);
  expect(lines.middle).toEqual([null, -4, 3]);
  expect(lines.bands[0]).toEqual({ low: [null, -4, 0], high: [null, -4, 6] });
  expect(lines.past).toEqual([[null, 2, null]]);
  expect(averageMiss(outlook)).toBe(6);
});
