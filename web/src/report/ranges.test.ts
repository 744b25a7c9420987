// The code of a set of rows as the contract documents it, and ranges.
import { describe, expect, it } from 'vitest';
import { countRows, merge, rangesOf } from './ranges';

const coded = (...bytes: number[]) => btoa(String.fromCharCode(...bytes));

describe('rangesOf', () => {
  it('decodes the example of the contract', () => {
    expect(rangesOf(coded(0x00, 0x02, 0x01, 0x00, 0xa6, 0x02, 0x00))).toEqual([
      { first: 1, last: 3 },
      { first: 5, last: 5 },
      { first: 300, last: 300 },
    ]);
    expect(rangesOf('')).toEqual([]);
  });

  it('reaches the greatest number', () => {
    const last = 2 ** 32 - 1;
    expect(rangesOf(coded(0xfe, 0xff, 0xff, 0xff, 0x0f, 0x00))).toEqual([{ first: last, last }]);
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
