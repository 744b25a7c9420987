// Both languages say the same things: no text is missing, no placeholder is lost, every plural is complete.
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { preferredLanguage } from './index';
import { ru } from './ru';

const PLURAL = /_(zero|one|two|few|many|other)$/;

function texts(node: unknown, path = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[path, node]]);
  const entries = Object.entries(node as Record<string, unknown>);
  return new Map(entries.flatMap(([key, value]) => [...texts(value, path ? `${path}.${key}` : key)]));
}

const english = texts(en);
const russian = texts(ru);
const stems = (map: Map<string, string>) => [...new Set([...map.keys()].map((key) => key.replace(PLURAL, '')))].sort();
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe('texts', () => {
  it('exist in both languages', () => {
    expect(stems(russian)).toEqual(stems(english));
  });

  it.each([
    ['en', english],
    ['ru', russian],
  ] as const)('have every plural form of %s', (language, map) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const plurals = new Set([...map.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')));
    expect(plurals.size).toBeGreaterThan(0);
    for (const stem of plurals) {
      for (const form of forms) expect(map.has(`${stem}_${form}`), `${stem}_${form}`).toBe(true);
    }
  });

  it('use the same placeholders', () => {
    for (const [key, text] of russian) {
      const other = english.get(key) ?? english.get(key.replace(PLURAL, '_other'));
      expect(placeholders(text), key).toEqual(placeholders(other ?? ''));
    }
  });

  it('are not left in the other language', () => {
    const foreign = [...russian].filter(([key, text]) => !/[а-яё]/i.test(text) && english.get(key) === text);
    expect(foreign.map(([key]) => key).sort()).toEqual([
      'app.name',
      'drop.format.camt',
      'drop.format.mt940',
      'drop.format.ofx',
      'drop.format.qif',
      'drop.format.xls',
      'drop.format.xlsx',
      'report.quality.sha256',
    ]);
    expect([...english].filter(([key, text]) => /[а-яё]/i.test(text) && !key.startsWith('app.language'))).toEqual([]);
  });
});

describe('preferredLanguage', () => {
  it('remembers, else asks the browser, else is English', () => {
    expect(preferredLanguage('ru', ['en-US'])).toBe('ru');
    expect(preferredLanguage(null, ['de-DE', 'ru', 'en'])).toBe('ru');
    expect(preferredLanguage('xx', ['en-GB', 'ru'])).toBe('en');
    expect(preferredLanguage(null, ['fr'])).toBe('en');
  });
});
