// Corrections: one for each text, only what the server takes, and never more than it takes.
import { describe, expect, it } from 'vitest';
import { corrected, isCorrection, MOST, parsed, without } from './list';

const rewe = { text: 'REWE Markt', category: 'Haushalt' };

describe('corrections', () => {
  it('hold the last word on a text, whatever its case and punctuation', () => {
    const other = { text: 'Лента', category: 'groceries' };
    const again = { text: 'rewe, markt', category: 'Katzen' };
    expect(corrected([rewe, other], again)).toEqual([other, again]);
    expect(without([rewe, other], 'REWE  MARKT!')).toEqual([other]);
  });

  it('never grow beyond what the server takes', () => {
    const all = Array.from({ length: MOST }, (_, number) => ({ text: `shop ${number}`, category: 'Haushalt' }));
    const more = corrected(all, rewe);
    expect(more).toHaveLength(MOST);
    expect(more[0]?.text).toBe('shop 1');
    expect(more.at(-1)).toEqual(rewe);
  });

  it('need letters and have an end', () => {
    expect(isCorrection(rewe)).toBe(true);
    expect(isCorrection({ text: '--', category: 'Haushalt' })).toBe(false);
    expect(isCorrection({ text: 'REWE', category: '5411' })).toBe(false);
    expect(isCorrection({ text: 'x'.repeat(501), category: 'Haushalt' })).toBe(false);
    expect(isCorrection({ text: 'REWE', category: 'x'.repeat(101) })).toBe(false);
  });

  it('are read back, and nothing else that stands in their place', () => {
    expect(parsed(JSON.stringify([rewe, { text: 'x' }, null, 5, { text: '', category: '' }]))).toEqual([rewe]);
    expect(parsed('{"text": 1}')).toEqual([]);
    expect(parsed('not JSON')).toEqual([]);
    expect(parsed(null)).toEqual([]);
  });
});
