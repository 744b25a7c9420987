// The newest reports stay; the others give way by number and by size.
import { describe, expect, it } from 'vitest';
import { type Kept, newestFirst, overflow } from './bounds';

const kept = (id: string, at: number, bytes: number): Kept => ({
  id,
  key: id,
  name: `${id}.csv`,
  at,
  from: '2025-01-02',
  to: '2025-04-30',
  transactions: 43,
  bytes,
});
const list = [kept('old', 1, 10), kept('new', 3, 10), kept('middle', 2, 10)];

describe('kept reports', () => {
  it('are listed newest first', () => {
    expect(newestFirst(list).map(({ id }) => id)).toEqual(['new', 'middle', 'old']);
  });

  it('give way by number', () => {
    expect(overflow(list, 2, 1000)).toEqual(['old']);
    expect(overflow(list, 3, 1000)).toEqual([]);
  });

  it('give way by size, and a small old one does not outlive a large new one', () => {
    expect(overflow(list, 9, 20)).toEqual(['old']);
    expect(overflow([kept('huge', 4, 21), ...list], 9, 20)).toEqual(['huge', 'new', 'middle', 'old']);
    expect(overflow([kept('tiny', 0, 1), kept('large', 2, 15), kept('larger', 3, 15)], 9, 20)).toEqual([
      'large',
      'tiny',
    ]);
  });
});
