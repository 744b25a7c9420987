// One analysis as the page shows it: each thing the server tells changes what is known of the work.
import { analyze, type Outcome } from '../api/analyze';
import type { FirstLook, Hints, Stage } from '../api/types';
import { corrections } from '../corrections/list';
import type { Rows } from '../report/rows';

export const STAGES = [
  'STAGE_UPLOADING',
  'STAGE_DETECTING',
  'STAGE_READING',
  'STAGE_ENRICHING',
  'STAGE_COMPUTING',
  'STAGE_WRITING',
] as const satisfies Stage[];

export interface Work {
  stage: (typeof STAGES)[number];
  /** While the file waits for its turn: how many came first. */
  ahead?: number | undefined;
  done: number;
  /** 0 while unknown. */
  total: number;
  rows: number;
  look?: FirstLook;
}

/** What is analysed: the files and the answers to their questions. */
export interface Source {
  files: File[];
  hints: Hints;
}

export function begun({ files }: Source): Work {
  return { stage: 'STAGE_UPLOADING', done: 0, total: sizeOf(files), rows: 0 };
}

export function sizeOf(files: readonly File[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

export function run(
  { files, hints }: Source,
  rows: Rows,
  show: (change: (work: Work) => Work) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  return analyze(
    files,
    hints,
    corrections(),
    {
      uploaded: (done, total) => show((work) => (work.stage === 'STAGE_UPLOADING' ? { ...work, done, total } : work)),
      progress: ({ stage, done, total, ahead }) => {
        const queued = stage === 'STAGE_QUEUED';
        const known = STAGES.find((name) => name === (queued ? 'STAGE_DETECTING' : stage));
        const place = { ahead: queued ? ahead : undefined, done: Number(done), total: Number(total) };
        if (known) show((work) => ({ ...work, stage: known, ...place }));
      },
      firstLook: (look) => show((work) => ({ ...work, look })),
      rows: (batch) => {
        rows.add(batch.rows);
        show((work) => ({ ...work, rows: rows.length }));
      },
    },
    signal,
  );
}
