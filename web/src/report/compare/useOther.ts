// The other report of a comparison: a file that is analysed now, or a report that is kept.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem, Question } from '../../api/types';
import type { Opened } from '../../kept/pack';
import { begun, run, type Source, type Work } from '../../session/run';
import { Rows } from '../rows';
import type { Library } from './library';

export type Other =
  | { kind: 'none' }
  | { kind: 'opening' }
  | { kind: 'working'; source: Source; work: Work }
  | { kind: 'question'; source: Source; question: Question }
  | { kind: 'failure'; source: Source; problem: Problem }
  | ({ kind: 'report' } & Opened);

interface OtherReport {
  other: Other;
  start(source: Source): void;
  reopen(id: string): void;
  leave(): void;
}

/** `first`: the report that is opened at once. */
export function useOther(files: File[] | undefined, first: string | undefined, openFrom: Library['open']): OtherReport {
  const [other, setOther] = useState<Other>({ kind: 'none' });
  const running = useRef<AbortController>(undefined);

  const begin = useCallback((): AbortController => {
    running.current?.abort();
    running.current = new AbortController();
    return running.current;
  }, []);

  const start = useCallback(
    async (source: Source) => {
      const controller = begin();
      const rows = new Rows();
      setOther({ kind: 'working', source, work: begun(source) });
      const show = (change: (work: Work) => Work) =>
        setOther((shown) =>
          shown.kind === 'working' && shown.source === source ? { ...shown, work: change(shown.work) } : shown,
        );
      const outcome = await run(source, rows, show, controller.signal);
      if (controller.signal.aborted) return;
      if (outcome.kind === 'report') setOther({ kind: 'report', report: outcome.report, rows });
      else if (outcome.kind === 'question') setOther({ kind: 'question', source, question: outcome.question });
      else if (outcome.kind === 'error') setOther({ kind: 'failure', source, problem: outcome.problem });
    },
    [begin],
  );

  const open = useCallback(
    async (id: string) => {
      const controller = begin();
      setOther({ kind: 'opening' });
      const found = await openFrom(id, controller.signal).catch(() => undefined);
      if (!controller.signal.aborted) setOther(found ? { kind: 'report', ...found } : { kind: 'none' });
    },
    [begin, openFrom],
  );

  const leave = useCallback(() => {
    running.current?.abort();
    setOther({ kind: 'none' });
  }, []);

  useEffect(() => {
    if (files) void start({ files, hints: {} });
  }, [files, start]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, whatever else the library has by then
  useEffect(() => {
    if (first) void open(first);
  }, [first]);
  useEffect(() => () => running.current?.abort(), []);

  return { other, start: (source) => void start(source), reopen: (id) => void open(id), leave };
}
