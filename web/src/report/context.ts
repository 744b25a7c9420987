// What every section of a report reads: the report, its figures, its rows, and how to open rows.
import { createContext, useContext } from 'react';
import type { Report } from '../api/types';
import type { Correction } from '../corrections/list';
import type { Facts } from './facts';
import type { Opened } from './RowsDrawer';
import type { Rows } from './rows';

export interface ReportData {
  report: Report;
  facts: Facts;
  rows: Rows;
  open(what: Opened): void;
  /** Keeps what the user says of a text and analyses the file again. */
  correct?(one: Correction): void;
}

export const ReportContext = createContext<ReportData | undefined>(undefined);

export function useReport(): ReportData {
  const data = useContext(ReportContext);
  if (!data) throw new Error('a section of the report stands outside of one');
  return data;
}
