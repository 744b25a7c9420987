// Which screen is shown, and how files and the browser's buttons lead from one to the next.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem, Question } from '../api/types';
import type { Opened } from '../kept/pack';
import { idFor, keep, keyOf, reopen } from '../kept/store';
import { Rows } from '../report/rows';
import { ANALYSIS, hashOf, type KeptPlace, type Route, reportAt, routeOf, START } from './route';
import { begun, run, type Source, sizeOf, type Work } from './run';

export type Screen =
  | { kind: 'start' }
  | { kind: 'working'; source: Source; work: Work }
  | { kind: 'question'; source: Source; question: Question }
  | { kind: 'failure'; source: Source; problem: Problem }
  | { kind: 'opening'; id: string }
  | { kind: 'gone'; id: string; unreadable: boolean }
  | ({ kind: 'report'; id: string } & Held)
  | { kind: 'sending'; files: File[] }
  | { kind: 'history' }
  | ({ kind: 'kept' } & KeptPlace);

/** A report with its files, which only this visit has. */
type Held = Opened & { source?: Source };

/** Reports of this visit that the browser's back button finds without the device's storage. */
const HELD = 2;

export interface Session {
  screen: Screen;
  start(source: Source): void;
  /** Sends files to a server that keeps them. */
  send(files: File[]): void;
  /** To a screen of what the server keeps; it takes the place of the sending, if files were sent. */
  visit(route: Route): void;
  /** Says what went wrong before there were files. */
  fail(problem: Problem): void;
  /** Back to where the files were chosen. */
  cancel(): void;
  /** To the first screen. */
  leave(): void;
}

/** `limit`: the most bytes that the server takes; `prepare`: fetches what a report needs while the server works. */
export function useSession(limit: number | undefined, prepare: () => void): Session {
  const [screen, setScreen] = useState<Screen>(firstScreen);
  const running = useRef<AbortController>(undefined);
  const held = useRef(new Map<string, Held>());

  const follow = useCallback(async () => {
    const route = routeOf(location.hash);
    if (!route || (route.at === 'analysis' && running.current)) return;
    running.current?.abort();
    running.current = undefined;
    if (route.at !== 'report') {
      if (route.at === 'analysis') go(START, true);
      setScreen(screenAt(route));
      return;
    }
    const { id } = route;
    const here = held.current.get(id);
    setScreen(here ? { kind: 'report', id, ...here } : { kind: 'opening', id });
    if (here) return;
    prepare();
    const next = await opened(id);
    setScreen((shown) => (shown.kind === 'opening' && shown.id === id ? next : shown));
  }, [prepare]);

  useEffect(() => {
    void follow();
    const moved = () => void follow();
    window.addEventListener('popstate', moved);
    return () => window.removeEventListener('popstate', moved);
  }, [follow]);

  /** To the screens of an analysis, whose end takes what runs with it. */
  const enter = useCallback((): AbortController => {
    running.current?.abort();
    running.current = new AbortController();
    if (routeOf(location.hash)?.at !== 'analysis') go(ANALYSIS);
    return running.current;
  }, []);

  const start = useCallback(
    async (source: Source) => {
      const from = routeOf(location.hash);
      const controller = enter();
      const refused = refuse(source, limit);
      if (refused) {
        setScreen({ kind: 'failure', source, problem: refused });
        return;
      }
      prepare();
      const rows = new Rows();
      setScreen({ kind: 'working', source, work: begun(source) });
      window.scrollTo(0, 0);
      const show = (change: (work: Work) => Work) =>
        setScreen((shown) =>
          shown.kind === 'working' && shown.source === source ? { ...shown, work: change(shown.work) } : shown,
        );
      const outcome = await run(source, rows, show, controller.signal);
      if (controller.signal.aborted) return;
      window.scrollTo(0, 0);
      if (outcome.kind === 'question') setScreen({ kind: 'question', source, question: outcome.question });
      else if (outcome.kind === 'error') setScreen({ kind: 'failure', source, problem: outcome.problem });
      else if (outcome.kind === 'report') {
        const made: Held = { report: outcome.report, rows, source };
        const id = heldAs(held.current, made) ?? idFor(made);
        hold(held.current, id, made);
        running.current = undefined;
        setScreen({ kind: 'report', id, ...made });
        // The same report made anew takes the place it had.
        if (from?.at === 'report' && from.id === id) history.back();
        else go(reportAt(id), true);
        void keep(id, made);
      }
    },
    [enter, limit, prepare],
  );

  const send = useCallback(
    (files: File[]) => {
      enter();
      setScreen({ kind: 'sending', files });
      window.scrollTo(0, 0);
    },
    [enter],
  );

  const visit = useCallback(
    (route: Route) => {
      const sending = routeOf(location.hash)?.at === 'analysis';
      running.current = undefined;
      go(route, sending);
      window.scrollTo(0, 0);
      void follow();
    },
    [follow],
  );

  const fail = useCallback(
    (problem: Problem) => {
      enter();
      setScreen({ kind: 'failure', source: { files: [], hints: {} }, problem });
    },
    [enter],
  );

  const leave = useCallback(() => {
    go(START);
    window.scrollTo(0, 0);
    void follow();
  }, [follow]);

  return {
    screen,
    start: useCallback((source) => void start(source), [start]),
    send,
    visit,
    fail,
    cancel: back,
    leave,
  };
}

/** Known before anything is drawn, so that a kept report never shows the first screen before it. */
function firstScreen(): Screen {
  return screenAt(routeOf(location.hash) ?? START);
}

/** What is shown of a route before anything is fetched. */
function screenAt(route: Route): Screen {
  switch (route.at) {
    case 'report':
      return { kind: 'opening', id: route.id };
    case 'history':
      return { kind: 'history' };
    case 'kept':
      return { kind: 'kept', id: route.id, other: route.other };
    case 'start':
    case 'analysis':
      return { kind: 'start' };
  }
}

async function opened(id: string): Promise<Screen> {
  try {
    const found = await reopen(id);
    return found ? { kind: 'report', id, ...found } : { kind: 'gone', id, unreadable: false };
  } catch {
    return { kind: 'gone', id, unreadable: true };
  }
}

/** The id of a report of the same files. */
function heldAs(all: Map<string, Held>, made: Held): string | undefined {
  return [...all].find(([, one]) => keyOf(one) === keyOf(made))?.[0];
}

function hold(all: Map<string, Held>, id: string, one: Held): void {
  all.delete(id);
  all.set(id, one);
  for (const old of [...all.keys()].slice(0, -HELD)) all.delete(old);
}

function go(route: Route, instead = false): void {
  if (instead) history.replaceState(null, '', hashOf(route));
  else history.pushState(null, '', hashOf(route));
}

/** An analysis is always a step of its own, so the step before it is where it began. */
function back(): void {
  history.back();
}

/** What needs no server to be refused. */
function refuse({ files }: Source, limit: number | undefined): Problem | undefined {
  if (limit === undefined || sizeOf(files) <= limit) return undefined;
  return { reason: 'FILE_TOO_LARGE', metadata: { limit_bytes: String(limit) } };
}
