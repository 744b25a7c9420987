// An analysis is followed until it has ended, also where the connection breaks on the way.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Analysis, Problem } from './types';
import { ended, mayReturn, waitBefore, watch } from './watch';
import { problemOf } from './workspace';

const ID = `ana_${'0'.repeat(32)}`;
const analysis = (state: string) => ({ id: ID, state: `ANALYSIS_STATE_${state}` }) as Analysis;
const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const stream = (text: string) => new Response(text, { headers: { 'content-type': 'text/event-stream' } });

/** Follows with these answers of the server, one for each try; the waits between them take no time. */
async function follow(answers: (Response | Error)[]) {
  vi.stubGlobal('fetch', async () => {
    const answer = answers.shift();
    if (!answer) throw new Error('nothing more is asked');
    if (answer instanceof Error) throw answer;
    return answer;
  });
  vi.stubGlobal('setTimeout', (run: () => void) => void queueMicrotask(run));
  const states: string[] = [];
  const lost: Problem[] = [];
  const follower = {
    analysis: ({ state }: Analysis) => void states.push(state.replace('ANALYSIS_STATE_', '')),
    lost: (problem: Problem) => void lost.push(problem),
  };
  const outcome = await watch('wsp_1', ID, follower, new AbortController().signal).then(() => undefined, problemOf);
  return { states, lost: lost.map(({ reason }) => reason), outcome, left: answers.length };
}

afterEach(() => vi.unstubAllGlobals());

describe('watch', () => {
  it('ends with the analysis', async () => {
    const events = event('analysis', analysis('QUEUED')) + event('analysis', analysis('DONE'));
    expect(await follow([stream(events)])).toMatchObject({ states: ['QUEUED', 'DONE'], lost: [], outcome: undefined });
  });

  it('goes on where a connection broke, a stream ended early or the server was away', async () => {
    const told = await follow([
      stream(event('analysis', analysis('RUNNING'))),
      new TypeError('broken'),
      new Response('<html>', { status: 502 }),
      stream(event('error', { reason: 'SERVICE_UNAVAILABLE', status: 503 })),
      stream(event('analysis', analysis('ASKING'))),
    ]);
    expect(told).toEqual({
      states: ['RUNNING', 'ASKING'],
      lost: ['CLIENT_UNREACHABLE', 'CLIENT_SERVER', 'SERVICE_UNAVAILABLE'],
      outcome: undefined,
      left: 0,
    });
  });

  it('gives up where the server refuses', async () => {
    const refusal = new Response('{"reason":"ANALYSIS_NOT_FOUND","status":404}', { status: 404 });
    expect((await follow([refusal])).outcome).toMatchObject({ reason: 'ANALYSIS_NOT_FOUND', status: 404 });
  });
});

describe('trying again', () => {
  it('waits longer each time, up to a limit', () => {
    expect([0, 1, 2, 3, 20].map(waitBefore)).toEqual([500, 1_000, 2_000, 4_000, 15_000]);
  });

  it('is for what may pass', () => {
    expect(mayReturn({ reason: 'CLIENT_UNREACHABLE' })).toBe(true);
    expect(mayReturn({ reason: 'RATE_LIMITED', status: 429 })).toBe(true);
    expect(mayReturn({ reason: 'SIGN_IN_REQUIRED', status: 401 })).toBe(false);
  });

  it('ends where nothing happens any more', () => {
    expect(
      ['QUEUED', 'RUNNING', 'ASKING', 'DONE', 'FAILED', 'CANCELLED'].map((state) => ended(analysis(state))),
    ).toEqual([false, false, true, true, true, true]);
  });
});
