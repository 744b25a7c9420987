// Periods of whole months: offered, named by their kind, moved.
import { describe, expect, it } from 'vitest';
import { holds, kindOf, lastTwo, moved, offered, quarterOf, type Span } from './span';

const span = (first: string, last = first): Span => ({ first, last });
const months = ['2024-11', '2024-12', '2025-01', '2025-02', '2025-03', '2025-04'];

describe('spans', () => {
  it('have a kind', () => {
    expect(['2025-02', '2025-04', '2025-12'].map((last) => kindOf(span('2025-02', last)))).toEqual([
      'month',
      'range',
      'range',
    ]);
    expect(kindOf(span('2025-04', '2025-06'))).toBe('quarter');
    expect(kindOf(span('2025-01', '2025-12'))).toBe('year');
    expect(quarterOf(span('2025-10', '2025-12'))).toBe(4);
  });

  it('hold days and months', () => {
    expect(
      ['2024-12-31', '2025-01-01', '2025-02', '2025-03-01'].map((day) => holds(span('2025-01', '2025-02'), day)),
    ).toEqual([false, true, true, false]);
  });

  it('move over the turn of a year', () => {
    expect(moved(span('2025-01', '2025-03'), -3)).toEqual(span('2024-10', '2024-12'));
    expect(moved(span('2024-12'), 1)).toEqual(span('2025-01'));
  });
});

describe('offered', () => {
  it('lists whole years, quarters and months, the latest first', () => {
    const { years, quarters, months: single } = offered(months);
    expect(years).toEqual([span('2025-01', '2025-12'), span('2024-01', '2024-12')]);
    expect(quarters.map(({ first }) => first)).toEqual(['2025-04', '2025-01', '2024-10']);
    expect(single[0]).toEqual(span('2025-04'));
    expect(single).toHaveLength(6);
  });

  it('leaves out what is the whole file', () => {
    expect(offered(['2025-02', '2025-03'])).toEqual({
      years: [],
      quarters: [],
      months: [span('2025-03'), span('2025-02')],
    });
    expect(offered(['2025-02']).months).toEqual([]);
    expect(offered([])).toEqual({ years: [], quarters: [], months: [] });
  });
});

describe('lastTwo', () => {
  it('are as long as the file lets them be', () => {
    expect(lastTwo(months)).toEqual({ before: span('2024-11', '2025-01'), after: span('2025-02', '2025-04') });
    expect(lastTwo(months.slice(0, 3))).toEqual({ before: span('2024-12'), after: span('2025-01') });
    expect(lastTwo(['2025-01'])).toBeUndefined();
  });
});
