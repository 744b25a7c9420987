// Says in the reader's language what a problem means and what to do about it.
import type { TFunction } from 'i18next';
import type { Problem } from '../api/types';
import type { Format } from '../format/format';

export interface Explanation {
  detail: string;
  hint: string;
  /** The server's own English sentence, where the page does not know the reason. */
  original: string | undefined;
}

const PASSING = new Set([
  'ANALYSIS_TIMED_OUT',
  'CLIENT_CUT_SHORT',
  'CLIENT_PAGE',
  'CLIENT_REFUSED',
  'CLIENT_SERVER',
  'CLIENT_TOO_MANY',
  'CLIENT_UNREACHABLE',
  'INTERNAL',
  'RATE_LIMITED',
  'REQUEST_STALLED',
  'SCRATCH_NOT_READABLE',
  'SCRATCH_NOT_WRITABLE',
  'SERVER_BUSY',
  'SERVICE_UNAVAILABLE',
  'SHUTTING_DOWN',
  'SPOOL_FULL',
  'SPOOL_NOT_WRITABLE',
  'STORAGE_UNAVAILABLE',
  'TRANSFERS_BUSY',
  'UPLOAD_BROKEN_OFF',
  'UPLOAD_TOO_SLOW',
]);

/** Whether the same file may do better later. */
export function mayPass(problem: Problem): boolean {
  return PASSING.has(problem.reason) || (problem.status ?? 0) >= 500;
}

/** Known reasons have words of their own; the server writes for every kind of client, in English. */
export function explain(problem: Problem, format: Format, t: TFunction, exists: (key: string) => boolean): Explanation {
  const limit = Number(problem.metadata?.limit_bytes ?? 0);
  const values = {
    ...problem.metadata,
    reason: problem.reason,
    status: problem.status ?? 0,
    size_limit: format.bytes(limit),
  };
  const own = (part: 'detail' | 'hint'): string | undefined => {
    const key = `problem.reason.${problem.reason}.${part}`;
    if (!exists(key)) return undefined;
    const words = String(t(key as never, { skipInterpolation: true } as never));
    return lacks(words, problem) ? undefined : String(t(key as never, values as never));
  };
  const detail = own('detail');
  return {
    detail: detail ?? t('problem.fallback.detail', values),
    hint: own('hint') ?? t('problem.fallback.hint'),
    original: detail ? undefined : sentence(problem.detail ?? problem.title),
  };
}

/** Whether words have a place for what the problem does not say: that of an analysis in the background says less. */
function lacks(words: string, { metadata = {} }: Problem): boolean {
  const names = [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  const known = new Set([
    ...Object.keys(metadata),
    'reason',
    'status',
    ...(metadata.limit_bytes ? ['size_limit'] : []),
  ]);
  return names.some((name) => !known.has(name));
}

/** The server's details may begin in lower case and lack a full stop: they are parts of a log line too. */
function sentence(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const first = text[0]?.toUpperCase() ?? '';
  return `${first}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
