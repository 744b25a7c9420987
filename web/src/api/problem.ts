// Turns whatever went wrong into one problem object that the page can explain.
import type { Problem } from './types';

/** The server was not reached, or the connection broke. */
export const unreachable: Problem = { reason: 'CLIENT_UNREACHABLE' };

/** The stream ended before a report, a question or an error. */
export const cutShort: Problem = { reason: 'CLIENT_CUT_SHORT' };

/** Reads a body that should be a problem; a proxy's page of HTML becomes one by its status. */
export function problemFrom(body: string, status: number): Problem {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) {
      const problem = value as Partial<Problem>;
      if (typeof problem.reason === 'string' && problem.reason !== '') return problem as Problem;
      return { ...problem, status, reason: reasonOf(status) };
    }
  } catch {
    // Not JSON: only the status speaks.
  }
  return { status, reason: reasonOf(status) };
}

function reasonOf(status: number): string {
  if (status === 413) return 'CLIENT_TOO_LARGE';
  if (status === 429) return 'CLIENT_TOO_MANY';
  if (status >= 500) return 'CLIENT_SERVER';
  return 'CLIENT_REFUSED';
}
