// The workspace of the server: files, the analyses that it keeps, their reports and rows.
import type { Correction } from '../corrections/list';
import { problemFrom, unreachable } from './problem';
import type { Analysis, AnalysisList, Answers, Hints, Problem, Report, Row } from './types';

/** A call that the server refused, or that did not reach it. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.reason);
  }
}

/** The problem behind whatever a call failed with. */
export function problemOf(error: unknown): Problem {
  return error instanceof Refused ? error.problem : unreachable;
}

/** Whatever goes wrong is `Refused`, but for a call that its caller broke off. */
export async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await reach(path, init);
  const text = await response.text().catch(() => {
    throw init.signal?.aborted ? new DOMException('broken off', 'AbortError') : new Refused(unreachable);
  });
  if (!response.ok) throw new Refused(problemFrom(text, response.status));
  try {
    return JSON.parse(text || '{}') as T;
  } catch {
    throw new Refused({ reason: 'CLIENT_SERVER', status: response.status });
  }
}

/** The answer to a call, whatever its status. */
export async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Refused(unreachable);
  }
}

const at = (workspace: string, ...rest: string[]) =>
  `/v1/workspaces/${[workspace, ...rest].map(encodeURIComponent).join('/')}`;

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

/** The contract writes hints as fields; questions and reports name them as the command line does. */
export function answersOf(hints: Hints, corrections: readonly Correction[]): Answers {
  const fields = Object.entries(hints).filter(([, value]) => value);
  const named = fields.map(([name, value]) => [name.replaceAll(/_([a-z])/g, (_, first) => first.toUpperCase()), value]);
  return { languages: ['en', 'ru'], hints: Object.fromEntries(named), corrections: [...corrections] };
}

export interface Wanted {
  search?: string;
  pageToken?: string;
}

export function listAnalyses(workspace: string, wanted: Wanted, signal: AbortSignal): Promise<AnalysisList> {
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
  return call(`${at(workspace, 'analyses')}?${query}`, { signal });
}

export async function startAnalysis(workspace: string, fileIds: string[], answers: Answers): Promise<Analysis> {
  return held(await call(at(workspace, 'analyses'), post({ fileIds, answers })));
}

/** Works an analysis out again; the answers take the place of those before. */
export async function revise(workspace: string, id: string, answers: Answers): Promise<Analysis> {
  return held(await call(at(workspace, 'analyses', id, 'revisions'), post({ answers })));
}

export async function cancelAnalysis(workspace: string, id: string): Promise<void> {
  await call(at(workspace, 'analyses', id, 'cancellation'), post({}));
}

export async function deleteAnalysis(workspace: string, id: string): Promise<void> {
  await call(at(workspace, 'analyses', id), { method: 'DELETE' });
}

export async function deleteFile(workspace: string, id: string): Promise<void> {
  await call(at(workspace, 'files', id), { method: 'DELETE' });
}

/** The newest report and the revision that it belongs to. */
export function reportOf(
  workspace: string,
  id: string,
  signal: AbortSignal,
): Promise<{ report?: Report; revision: number }> {
  return call(at(workspace, 'analyses', id, 'report'), { signal });
}

/** Rows of a report from a number on; `next` is 0 behind the last. */
export function rowsOf(
  workspace: string,
  id: string,
  first: number,
  revision: number,
  signal: AbortSignal,
): Promise<{ rows: Row[]; next: number }> {
  const query = new URLSearchParams({ first: String(first), pageSize: '10000', revision: String(revision) });
  return call(`${at(workspace, 'analyses', id, 'rows')}?${query}`, { signal });
}

export const eventsAt = (workspace: string, id: string) => at(workspace, 'analyses', id, 'events');
export const filesAt = (workspace: string) => at(workspace, 'files');

function held({ analysis }: { analysis?: Analysis }): Analysis {
  if (!analysis) throw new Refused({ reason: 'CLIENT_SERVER' });
  return analysis;
}
