// What sections read, for a whole report and for some months of it.
import type { ReportData } from './context';
import type { Facts } from './facts';
import { figuresOf } from './period/figures';
import type { Span } from './period/span';
import type { OpenedIn } from './RowsDrawer';

/** What a section opens says where it stands, so that the panel finds its figures and rows. */
export function dataOf(
  rest: Omit<ReportData, 'open' | 'whole'> & { whole?: Facts },
  show: (opened: OpenedIn) => void,
): ReportData {
  const data: ReportData = { whole: rest.facts, ...rest, open: (what) => show({ what, data }) };
  return data;
}

export interface PeriodData {
  data: ReportData;
  /** Whether categories, counterparties and accounts are those of the period too. */
  complete: boolean;
}

/** The figures of some months, or of all. */
export function periodOf(whole: ReportData, span: Span | undefined, show: (opened: OpenedIn) => void): PeriodData {
  if (!span) return { data: whole, complete: true };
  const { facts, complete } = figuresOf(whole.report, whole.facts, whole.rows, span);
  return { data: dataOf({ ...whole, facts, span }, show), complete };
}
