// What is compared first.
import { describe, expect, it } from 'vitest';
import { firstSpans } from './side';

const span = (first: string, last = first) => ({ first, last });
const months = ['2024-11', '2024-12', '2025-01', '2025-02', '2025-03', '2025-04'];

describe('firstSpans', () => {
  it('takes the period before the one that is shown', () => {
    expect(firstSpans(months, span('2025-02'))).toEqual({ before: span('2025-01'), after: span('2025-02') });
    expect(firstSpans(months, span('2025-01', '2025-03'))).toEqual({
      before: span('2024-10', '2024-12'),
      after: span('2025-01', '2025-03'),
    });
  });

  it('takes the last two periods of the file where none is shown or none is before it', () => {
    const last = { before: span('2024-11', '2025-01'), after: span('2025-02', '2025-04') };
    expect(firstSpans(months, undefined)).toEqual(last);
    expect(firstSpans(months, span('2024-11'))).toEqual(last);
    expect(firstSpans(['2025-01'], undefined)).toEqual({});
  });
});
