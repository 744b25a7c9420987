// How far a kept analysis is, as the page shows work.
import type { Analysis } from '../api/types';
import { STAGES, type Work } from '../session/run';

/** The server has its files: nothing of them is left to send. */
export function workOf({ state, progress }: Analysis): Work {
  const queued = state === 'ANALYSIS_STATE_QUEUED';
  const stage = STAGES.find((name) => name === progress?.stage) ?? 'STAGE_DETECTING';
  return {
    stage: queued ? 'STAGE_DETECTING' : stage,
    ...(queued && { ahead: progress?.ahead ?? 0 }),
    done: Number(progress?.done ?? 0),
    total: queued ? 0 : Number(progress?.total ?? 0),
    rows: 0,
  };
}
