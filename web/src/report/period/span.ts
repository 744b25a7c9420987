// Periods of whole calendar months: which ones a file offers, and what follows or precedes them.

/** Calendar months from the first to the last, both included, such as `2025-01`. */
export interface Span {
  first: string;
  last: string;
}

export type SpanKind = 'month' | 'quarter' | 'year' | 'range';

/** Twelve times the year, plus the month from 0. */
function indexOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

function monthAt(index: number): string {
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

export function lengthOf({ first, last }: Span): number {
  return indexOf(last) - indexOf(first) + 1;
}

export function kindOf(span: Span): SpanKind {
  const start = indexOf(span.first) % 12;
  const length = lengthOf(span);
  if (length === 1) return 'month';
  if (length === 3 && start % 3 === 0) return 'quarter';
  return length === 12 && start === 0 ? 'year' : 'range';
}

/** From 1 to 4. */
export function quarterOf({ first }: Span): number {
  return Math.floor((indexOf(first) % 12) / 3) + 1;
}

export function same(one: Span | undefined, other: Span | undefined): boolean {
  return one?.first === other?.first && one?.last === other?.last;
}

/** Whether a day (`2025-01-31`) or a month lies within. */
export function holds({ first, last }: Span, day: string): boolean {
  const month = day.slice(0, 7);
  return month >= first && month <= last;
}

export function overlap(one: Span, other: Span): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** As long, so many months earlier or later. */
export function moved({ first, last }: Span, months: number): Span {
  return { first: monthAt(indexOf(first) + months), last: monthAt(indexOf(last) + months) };
}

/** What a file of these months offers, the latest first. What would be the whole file is not listed. */
export function offered(months: readonly string[]): Record<'years' | 'quarters' | 'months', Span[]> {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return { years: [], quarters: [], months: [] };
  const whole = { first, last };
  const list = (length: number): Span[] => {
    const spans: Span[] = [];
    const start = indexOf(first) - (indexOf(first) % length);
    for (let at = start; at <= indexOf(last); at += length) {
      spans.push({ first: monthAt(at), last: monthAt(at + length - 1) });
    }
    return spans.filter((span) => span.first > whole.first || span.last < whole.last).reverse();
  };
  return { years: list(12), quarters: list(3), months: list(1) };
}

/** What is compared first: the last two periods of the file as long as can be, up to a year. */
export function lastTwo(months: readonly string[]): { before: Span; after: Span } | undefined {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const length = [12, 3, 1].find((one) => months.length >= 2 * one);
  if (length === undefined) return undefined;
  const after = { first: monthAt(indexOf(last) - length + 1), last };
  return { before: moved(after, -length), after };
}
