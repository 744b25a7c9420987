// Keeps brackets, quotes and full stops on the line of the figure that they stand beside.
import type { Segment } from '../api/types';

export interface Part {
  before: string;
  text: string;
  after: string;
  fact: string;
}

/** A browser may break a line before and after a button, so what touches a figure goes with it. */
export function glue(segments: readonly Segment[]): Part[] {
  const parts: Part[] = segments.map(({ text, fact }) => ({ before: '', text, after: '', fact }));
  parts.forEach((part, index) => {
    if (part.fact === '') return;
    const [previous, next] = [parts[index - 1], parts[index + 1]];
    if (previous?.fact === '') {
      part.before = /\S{0,2}$/.exec(previous.text)?.[0] ?? '';
      // A longer word that touches the figure is a word, not punctuation.
      if (/\w|[а-яё]/i.test(part.before)) part.before = '';
      previous.text = previous.text.slice(0, previous.text.length - part.before.length);
    }
    if (next?.fact === '') {
      part.after = /^[^\s\w]{0,3}/.exec(next.text)?.[0] ?? '';
      if (/[а-яё]/i.test(part.after)) part.after = '';
      next.text = next.text.slice(part.after.length);
    }
  });
  return parts.filter(({ before, text, after }) => before + text + after !== '');
}
