// One side of a comparison: a report and the months of it that are compared.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportData } from '../context';
import { dataOf } from '../data';
import { monthsOf } from '../facts';
import { called, fileNames } from '../names';
import { figuresOf } from '../period/figures';
import { lastTwo, lengthOf, moved, overlap, type Span } from '../period/span';
import { useSpanName } from '../period/useSpanName';
import type { OpenedIn } from '../RowsDrawer';

export interface Side {
  whole: ReportData;
  months: readonly string[];
  /** Undefined for the whole file. */
  span: Span | undefined;
  /** The figures of those months. */
  data: ReportData;
  /** Whether all categories and all counterparties are known: those of a period need all rows. */
  categories: boolean;
  counterparties: boolean;
}

/** Undefined where a report tells no months, such as one of account sums. */
export function sideOf(whole: ReportData, span: Span | undefined, show: (opened: OpenedIn) => void): Side | undefined {
  const months = monthsOf(whole.facts);
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  // All counterparties: one that is small on this side may be large on the other, and is not new there.
  const { facts, complete } = figuresOf(whole.report, whole.facts, whole.rows, span ?? { first, last }, Infinity);
  const given = complete || span ? facts : whole.facts;
  return {
    whole,
    months,
    span,
    data: dataOf({ ...whole, facts: given, span }, show),
    categories: complete || span === undefined,
    counterparties: complete,
  };
}

/** A period with the one before it, or the same one a year earlier; else the last two of the file. */
export function firstSpans(months: readonly string[], span: Span | undefined): { before?: Span; after?: Span } {
  const [first, last] = [months[0], months.at(-1)];
  if (span && first !== undefined && last !== undefined) {
    const before = [-lengthOf(span), -12].map((by) => moved(span, by)).find((one) => overlap(one, { first, last }));
    if (before && !overlap(before, span)) return { before, after: span };
  }
  return lastTwo(months) ?? {};
}

/** How many months are compared. */
export function monthCount({ span, months }: Side): number {
  return span ? lengthOf(span) : months.length;
}

/** `named`: with the name of the file, where there are two. */
export function useSideName(named: boolean): (side: Side) => string {
  const { t } = useTranslation();
  const spanName = useSpanName();
  return useCallback(
    ({ whole, span }) => {
      const file = called(fileNames(whole.report));
      // A month stays on one line with its year.
      const period = span && spanName(span).replaceAll(/ (?=\d{4}$)/g, '\u00a0');
      if (!named) return period ?? t('period.whole');
      return period ? `${file} (${period})` : file;
    },
    [named, spanName, t],
  );
}
