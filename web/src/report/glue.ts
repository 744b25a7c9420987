// Keeps brackets, quotes and full stops on the line of the figure that they stand beside.
import type { Segment } from '../api/types';

/** Brackets and quotes right before a figure. */
const OPENING = /(?<=^|\s)[^\s\p{L}\p{N}]{1,2}$/u;

/** Punctuation right after a figure. */
const MARKS = /^[^\s\p{L}\p{N}]{1,3}/u;

/** The word that a no-break space ties to its number. */
const NOUN = /^\u00a0[^\s]+/u;

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
      part.before = OPENING.exec(previous.text)?.[0] ?? '';
      previous.text = previous.text.slice(0, previous.text.length - part.before.length);
    }
    if (next?.fact === '') {
      part.after = (NOUN.exec(next.text) ?? MARKS.exec(next.text))?.[0] ?? '';
      next.text = next.text.slice(part.after.length);
    }
  });
  return parts.filter(({ before, text, after }) => before + text + after !== '');
}
