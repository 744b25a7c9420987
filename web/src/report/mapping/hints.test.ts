// What the reader says of a file, and what the file says itself.
import { describe, expect, it } from 'vitest';
import type { Fact, Report, Source } from '../../api/types';
import { unheeded, withChoices } from './hints';

const source = { dateOrder: 'dmy', decimal: '.', sign: '' } as Source;
const report = (...currencies: string[]) =>
  ({
    facts: currencies.map((currency) => ({ id: currency, metric: 'transactions', dimensions: { currency } }) as Fact),
  }) as Report;

describe('hints', () => {
  it('are sent where they differ from what was read', () => {
    const choices = { date_order: 'mdy', decimal: '.', currency: 'EUR' };
    expect(withChoices({ sign: 'plus_out' }, choices, report(''), source)).toEqual({
      sign: 'plus_out',
      date_order: 'mdy',
      currency: 'EUR',
    });
  });

  it('are told where the file did not follow them', () => {
    expect(unheeded(report('USD'), source, { date_order: 'mdy', decimal: '.', currency: 'EUR' })).toEqual([
      'date_order',
      'currency',
    ]);
    expect(unheeded(report('EUR'), source, { date_order: 'dmy', sign: 'plus_in', currency: 'EUR' })).toEqual([]);
    expect(unheeded(report('EUR', 'USD'), source, { currency: 'GBP' })).toEqual([]);
  });
});
