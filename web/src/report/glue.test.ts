// Punctuation goes with its figure, words do not.
import { describe, expect, it } from 'vitest';
import { glue } from './glue';

const words = (text: string) => ({ text, fact: '' });
const figure = (text: string) => ({ text, fact: 'a' });
const written = (...segments: { text: string; fact: string }[]) =>
  glue(segments).map(({ before, text, after, fact }) => (fact ? [before, text, after] : text));

describe('glue', () => {
  it('takes brackets and full stops', () => {
    expect(written(words('“Rent” ('), figure('€7'), words(') and ('), figure('€6'), words(').'))).toEqual([
      '“Rent” ',
      ['(', '€7', ')'],
      ' and ',
      ['(', '€6', ').'],
    ]);
  });

  it('leaves words where they are', () => {
    expect(written(figure('8,4 %'), words('всех'), figure('2'), words(' a'))).toEqual([
      ['', '8,4 %', ''],
      'всех',
      ['', '2', ''],
      ' a',
    ]);
  });

  it('takes the word that a no-break space ties to its number', () => {
    expect(written(words('так было в '), figure('3'), words('\u00a0полных месяцах.'))).toEqual([
      'так было в ',
      ['', '3', '\u00a0полных'],
      ' месяцах.',
    ]);
  });

  it('loses nothing', () => {
    const segments = [words('('), figure('1'), words(','), figure('2'), words('…) x')];
    const all = glue(segments).map(({ before, text, after }) => before + text + after);
    expect(all.join('')).toBe('(1,2…) x');
  });
});
