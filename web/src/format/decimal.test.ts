// Sums that floats would get wrong.
import { describe, expect, it } from 'vitest';
import { absolute, difference, negate, places, ratio, sign, sum } from './decimal';

describe('sum', () => {
  it('is exact', () => {
    expect(sum(['0.1', '0.2'])).toBe('0.3');
    expect(sum(Array.from({ length: 1000 }, () => '-0.01'))).toBe('-10.00');
    expect(sum(['9007199254740993.01', '0.01'])).toBe('9007199254740993.02');
  });

  it('keeps the finest decimals', () => {
    expect(sum(['1', '-2.5', '0.125'])).toBe('-1.375');
    expect(sum([])).toBe('0');
  });

  it('counts a text that is no amount as nothing', () => {
    expect(sum(['1.00', 'n/a', '', '.', '1e5'])).toBe('1.00');
  });
});

describe('ratio', () => {
  it('has four decimals, half to even', () => {
    expect(ratio('1', '3')).toBe('0.3333');
    expect(ratio('-2.00', '3')).toBe('-0.6667');
    expect(ratio('1', '-8')).toBe('-0.1250');
    expect(ratio('0.00005', '1')).toBe('0.0000');
    expect(ratio('0.00015', '1')).toBe('0.0002');
    expect(ratio('-0.00015', '1.0')).toBe('-0.0002');
  });

  it('of nothing is unknown', () => {
    expect(ratio('1', '0.00')).toBeUndefined();
    expect(ratio('1', 'n/a')).toBeUndefined();
  });
});

describe('difference', () => {
  it('is exact', () => {
    expect(difference('0.3', '0.1')).toBe('0.2');
    expect(difference('5', '7.25')).toBe('-2.25');
  });
});

describe('signs', () => {
  it('are told, turned and dropped', () => {
    expect([sign('-0.01'), sign('0.00'), sign('12')]).toEqual([-1, 0, 1]);
    expect(negate('-5.10')).toBe('5.10');
    expect(negate('5')).toBe('-5');
    expect(absolute('-0.50')).toBe('0.50');
    expect(places('-5.100')).toBe(3);
  });
});
