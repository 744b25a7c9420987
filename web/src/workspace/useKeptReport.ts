// The report of a kept analysis with its rows, which arrive in pages behind it.
import { useEffect, useState } from 'react';
import type { Problem, Row } from '../api/types';
import { problemOf, Refused, reportOf, rowsOf } from '../api/workspace';
import type { Opened } from '../kept/pack';
import { Rows } from '../report/rows';

interface Held {
  opened?: Opened;
  problem?: Problem;
}

/** The report of a revision; nothing while that is 0. `attempt` changes to try again. */
export function useKeptReport(workspace: string, id: string, revision: number, attempt: number): Held {
  const [held, setHeld] = useState<Held & { revision: number }>({ revision: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks anew
  useEffect(() => {
    if (revision === 0) return;
    const controller = new AbortController();
    const show = (opened: Opened) => {
      if (!controller.signal.aborted) setHeld({ opened, revision });
    };
    openReport(workspace, id, controller.signal, show).catch((error) => {
      if (!controller.signal.aborted) setHeld({ problem: problemOf(error), revision });
    });
    return () => controller.abort();
  }, [workspace, id, revision, attempt]);
  return held.revision === revision ? held : {};
}

/** `show` is called with the first rows, and once more with all of them where there are more. */
export async function openReport(
  workspace: string,
  id: string,
  signal: AbortSignal,
  show: (opened: Opened) => void,
): Promise<Opened> {
  const { report, revision } = await reportOf(workspace, id, signal);
  if (!report) throw new Refused({ reason: 'REPORT_NOT_FOUND' });
  const page = (first: number) => rowsOf(workspace, id, first, revision, signal);
  let { rows, next } = await page(1);
  const first = { report, rows: filled([rows]) };
  show(first);
  if (next === 0) return first;
  const pages: Row[][] = [rows];
  while (next > 0) {
    const before = next;
    ({ rows, next } = await page(next));
    pages.push(rows);
    // A server that does not get on would be asked for ever.
    if (next <= before) break;
  }
  const all = { report, rows: filled(pages) };
  show(all);
  return all;
}

function filled(pages: readonly Row[][]): Rows {
  const rows = new Rows();
  for (const page of pages) rows.add(page);
  return rows;
}
