// What every section of a report reads: the report, its figures, its rows, and how to open rows.
import { createContext, useContext } from 'react';
import type { Fact, Hints, Report, Text } from '../api/types';
import type { Correction } from '../corrections/list';
import type { Source } from '../session/run';
import type { Facts } from './facts';
import type { Span } from './period/span';
import type { RowRange } from './ranges';
import type { Rows } from './rows';

/** What the panel over the report shows: the rows of a figure or of a finding, or what a change is made of. */
export type Opened =
  | { kind: 'fact'; fact: Fact }
  | { kind: 'rows'; title: string; ranges: RowRange[]; texts: Text[] }
  | { kind: 'change'; title: string; value: string; before: Part | undefined; after: Part | undefined };

/** One side of a change: a figure and what it is a figure of. */
export interface Part {
  fact: Fact;
  data: ReportData;
}

export interface ReportData {
  report: Report;
  /** The figures that are shown: of the whole file, or of some months. */
  facts: Facts;
  /** The figures of the whole file. */
  whole: Facts;
  /** The months, where they are not all. */
  span?: Span | undefined;
  rows: Rows;
  /** The files and what was said of how they are written, while this page has them; in the order of the report. */
  source?: Source | undefined;
  /** Reads the files again with other hints. */
  readAgain?: ((hints: Hints) => void) | undefined;
  open(what: Opened): void;
  /** Keeps what the user says of a text and analyses the file again. */
  correct?: ((one: Correction) => void) | undefined;
}

export const ReportContext = createContext<ReportData | undefined>(undefined);

export function useReport(): ReportData {
  const data = useContext(ReportContext);
  if (!data) throw new Error('a section of the report stands outside of one');
  return data;
}
