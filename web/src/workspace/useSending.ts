// The state of an upload on the page: how far each file is, what went wrong, and what is left behind when it is broken off.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '../api/types';
import { upload } from '../api/upload';
import { answersOf, deleteAnalysis, deleteFile, problemOf, startAnalysis } from '../api/workspace';
import { corrections } from '../corrections/list';
import { called } from '../report/names';
import { noteSending } from './lost';
import { type Sending, sendAll } from './send';

interface Hook {
  list: readonly Sending[];
  problem: Problem | undefined;
  /** Begins, or goes on after a problem. */
  send(together: boolean): void;
}

/** `onBegun` gets the ids of all analyses that were begun. */
export function useSending(workspace: string, files: File[], onBegun: (ids: string[]) => void): Hook {
  const [list, setList] = useState<readonly Sending[]>(() => files.map((file) => ({ file, sent: 0 })));
  const [problem, setProblem] = useState<Problem>();
  const latest = useRef(list);
  const running = useRef<AbortController>(undefined);
  const begun = useRef<string[]>([]);

  const change = useCallback((place: number, next: Partial<Sending>) => {
    latest.current = latest.current.map((one, at) => (at === place ? { ...one, ...next } : one));
    setList(latest.current);
    if (next.id || next.begun) note(latest.current);
  }, []);

  const send = useCallback(
    async (together: boolean) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      setProblem(undefined);
      note(latest.current);
      try {
        const server = {
          upload: (file: File, sent: (bytes: number) => void) => upload(workspace, file, sent, controller.signal),
          begin: async (fileIds: string[]) => {
            const { id } = await startAnalysis(workspace, fileIds, answersOf({}, corrections()));
            // Whoever left while it began wants none of it.
            if (controller.signal.aborted) await deleteAnalysis(workspace, id);
            else begun.current.push(id);
            return id;
          },
        };
        await sendAll(latest.current, together, server, change);
        noteSending(undefined);
        latest.current = [];
        if (!controller.signal.aborted) onBegun(begun.current);
      } catch (error) {
        if (!controller.signal.aborted) setProblem(problemOf(error));
      }
    },
    [workspace, change, onBegun],
  );

  // Whoever leaves breaks the upload off; what has arrived and belongs to no analysis goes with it.
  useEffect(
    () => () => {
      running.current?.abort();
      for (const id of orphans(latest.current)) void deleteFile(workspace, id).catch(() => {});
      noteSending(undefined);
    },
    [workspace],
  );

  return { list, problem, send: useCallback((together) => void send(together), [send]) };
}

/** Files that have arrived and are in no analysis. */
function orphans(list: readonly Sending[]): string[] {
  return list.filter(({ begun }) => !begun).flatMap(({ id }) => id ?? []);
}

function note(list: readonly Sending[]): void {
  const left = list.filter(({ begun }) => !begun).map(({ file }) => file.name);
  noteSending(left.length > 0 ? { name: called(left), fileIds: orphans(list) } : undefined);
}
