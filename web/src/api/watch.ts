// Follows an analysis by the server's events until it has ended, also across broken connections.
import { problemFrom, unreachable } from './problem';
import { EventParser } from './sse';
import type { Analysis, Problem } from './types';
import { eventsAt, problemOf, Refused, reach } from './workspace';

/** What the follower hears. */
export interface Follower {
  /** Each state of the analysis, the last of them an ended one. */
  analysis(analysis: Analysis): void;
  /** The connection broke and is tried again. */
  lost(problem: Problem): void;
}

/** Milliseconds before the first new try; each further one waits twice as long, up to the last. */
const FIRST_WAIT = 500;
const LAST_WAIT = 15_000;

export const waitBefore = (tries: number) => Math.min(LAST_WAIT, FIRST_WAIT * 2 ** tries);

/** Whether nothing more happens to an analysis unless somebody asks for it. */
export function ended({ state }: Analysis): boolean {
  return state !== 'ANALYSIS_STATE_QUEUED' && state !== 'ANALYSIS_STATE_RUNNING';
}

/** Ends when the analysis has, or when the signal says so. Fails as `Refused` where trying again is no use. */
export async function watch(workspace: string, id: string, follower: Follower, signal: AbortSignal): Promise<void> {
  const path = eventsAt(workspace, id);
  for (let tries = 0; !signal.aborted; tries += 1) {
    try {
      const last = await readEvents(
        path,
        (analysis) => {
          tries = 0;
          follower.analysis(analysis);
        },
        signal,
      );
      if (last && ended(last)) return;
    } catch (error) {
      if (signal.aborted) return;
      const problem = problemOf(error);
      if (!mayReturn(problem)) throw error;
      follower.lost(problem);
    }
    await pause(waitBefore(tries), signal);
  }
}

/** The server may be back later; what it refuses, it refuses again. */
export function mayReturn({ reason, status }: Problem): boolean {
  return reason === unreachable.reason || status === 429 || (status ?? 0) >= 500;
}

/** The last state that the stream told, if it told any. */
async function readEvents(
  path: string,
  tell: (analysis: Analysis) => void,
  signal: AbortSignal,
): Promise<Analysis | undefined> {
  const response = await reach(path, { signal, headers: { Accept: 'text/event-stream' } });
  if (!response.ok) throw new Refused(problemFrom(await response.text(), response.status));
  if (!response.body) return undefined;
  let last: Analysis | undefined;
  let problem: Problem | undefined;
  const parser = new EventParser(({ event, data }) => {
    if (event === 'error') problem = problemFrom(data, 500);
    if (event !== 'analysis') return;
    last = JSON.parse(data) as Analysis;
    tell(last);
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parser.push(value);
  }
  if (problem) throw new Refused(problem);
  return last;
}

/** Ends early when the network is back, or when the signal says so. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', over);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, milliseconds);
    globalThis.addEventListener?.('online', over);
    signal.addEventListener('abort', over);
  });
}
