// The code of a set of rows as the contract documents it, and ranges.
import { describe, expect, it } from 'vitest';
import { coded, countRows, merge, rangesOf } from './ranges';

const bytes = (...list: number[]) => btoa(String.fromCharCode(...list));

describe('rangesOf', () => {
  it('decodes the example of the contract', () => {
    expect(rangesOf(bytes(0x00, 0x02, 0x01, 0x00, 0xa6, 0x02, 0x00))).toEqual([
      { first: 1, last: 3 },
      { first: 5, last: 5 },
      { first: 300, last: 300 },
    ]);
    expect(rangesOf('')).toEqual([]);
  });

  it('reaches the greatest number', () => {
    const last = 2 ** 32 - 1;
    expect(rangesOf(bytes(0xfe, 0xff, 0xff, 0xff, 0x0f, 0x00))).toEqual([{ first: last, last }]);
  });
});

describe('coded', () => {
  it('is read back as it was', () => {
    const ranges = [
      { first: 1, last: 3 },
      { first: 5, last: 5 },
      { first: 300, last: 300 },
      { first: 2 ** 31, last: 2 ** 32 - 1 },
    ];
    expect(coded(ranges.slice(0, 3))).toBe(bytes(0x00, 0x02, 0x01, 0x00, 0xa6, 0x02, 0x00));
    expect(rangesOf(coded(ranges))).toEqual(ranges);
    expect(coded([])).toBe('');
  });
});

describe('ranges', () => {
  it('are merged where they touch or overlap, and leave their source alone', () => {
    const source = [
      { first: 5, last: 9 },
      { first: 1, last: 3 },
      { first: 4, last: 6 },
      { first: 20, last: 20 },
      { first: 8, last: 7 },
    ];
    const before = structuredClone(source);
    expect(merge(source)).toEqual([
      { first: 1, last: 9 },
      { first: 20, last: 20 },
    ]);
    expect(source).toEqual(before);
    expect(countRows(merge(source))).toBe(10);
  });
});
