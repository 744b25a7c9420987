// The analyses of a workspace, newest first, a page at a time, as they are now.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Analysis, Problem } from '../api/types';
import { ended } from '../api/watch';
import { listAnalyses, problemOf } from '../api/workspace';

interface State {
  /** Undefined until the first page is there. */
  list?: readonly Analysis[];
  /** Where the next page begins; empty behind the last. */
  next: string;
  problem?: Problem | undefined;
}

interface Hook extends State {
  more(): void;
  retry(): void;
  /** Takes out what was deleted. */
  without(ids: readonly string[]): void;
}

/** How long typing rests before the search begins, and how often work in progress is looked at, in milliseconds. */
const REST = 250;
const LOOK_EVERY = 2_000;

export function useHistory(workspace: string, search: string): Hook {
  const [state, setState] = useState<State>({ next: '' });
  const [round, setRound] = useState(0);
  const running = useRef<AbortController>(undefined);
  const first = useRef(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks anew
  useEffect(() => {
    const controller = new AbortController();
    running.current = controller;
    const begin = async () => {
      try {
        const page = await listAnalyses(workspace, { search }, controller.signal);
        setState({ list: page.analyses, next: page.nextPageToken });
      } catch (error) {
        if (!controller.signal.aborted) setState((now) => ({ ...now, problem: problemOf(error) }));
      }
    };
    const timer = setTimeout(() => void begin(), first.current ? 0 : REST);
    first.current = false;
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [workspace, search, round]);

  // What is in progress is looked at again, without a stream for each of many.
  const working = state.list?.some((one) => !ended(one)) ?? false;
  useEffect(() => {
    if (!working) return;
    const controller = new AbortController();
    const look = async () => {
      // A look that fails is followed by another.
      const page = await listAnalyses(workspace, { search }, controller.signal).catch(() => undefined);
      if (page && !controller.signal.aborted) setState((now) => ({ ...now, list: fresher(now.list, page.analyses) }));
    };
    const timer = setInterval(() => void look(), LOOK_EVERY);
    return () => {
      clearInterval(timer);
      controller.abort();
    };
  }, [workspace, search, working]);

  const more = useCallback(async () => {
    const controller = running.current;
    if (!controller || !state.next) return;
    try {
      const page = await listAnalyses(workspace, { search, pageToken: state.next }, controller.signal);
      setState((now) => ({
        list: [...(now.list ?? []), ...page.analyses.filter(({ id }) => !now.list?.some((one) => one.id === id))],
        next: page.nextPageToken,
      }));
    } catch (error) {
      if (!controller.signal.aborted) setState((now) => ({ ...now, problem: problemOf(error) }));
    }
  }, [workspace, search, state.next]);

  const retry = useCallback(() => {
    setState((now) => ({ ...now, problem: undefined }));
    setRound((now) => now + 1);
  }, []);
  const without = useCallback(
    (ids: readonly string[]) =>
      setState((now) => ({ ...now, ...(now.list && { list: now.list.filter(({ id }) => !ids.includes(id)) }) })),
    [],
  );
  return { ...state, more: () => void more(), retry, without };
}

/** The same list with what is known better now; what is newer than its first comes before it. */
export function fresher(list: readonly Analysis[] | undefined, page: readonly Analysis[]): readonly Analysis[] {
  const known = new Set(list?.map(({ id }) => id));
  const now = new Map(page.map((one) => [one.id, one]));
  return [...page.filter(({ id }) => !known.has(id)), ...(list ?? []).map((one) => now.get(one.id) ?? one)];
}
