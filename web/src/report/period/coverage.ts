// How much of a period a file covers, so that a part is never taken for the whole.
import type { Facts } from '../facts';
import { monthsOf } from '../facts';
import { holds, lengthOf, type Span } from './span';

export interface Coverage {
  /** Calendar months of the period. */
  months: number;
  /** Those that the file covers from end to end. */
  full: number;
}

/** `whole`: the figures of the whole file. Where they do not tell its full months, every month with a figure counts. */
export function coverageOf(whole: Facts, span: Span): Coverage {
  const told = whole.currencies().flatMap((currency) => {
    const fact = whole.find('full_months', { currency });
    return fact ? whole.partsOf(fact.id).map(({ dimensions }) => dimensions.month ?? '') : [];
  });
  const known = new Set(told.length > 0 ? told : monthsOf(whole));
  return { months: lengthOf(span), full: [...known].filter((month) => holds(span, month)).length };
}
