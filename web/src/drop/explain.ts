// Says in the reader's language what a problem means and what to do about it.
import type { TFunction } from 'i18next';
import type { Language, Problem } from '../api/types';

export interface Explanation {
  detail: string;
  hint: string;
  /** The server's own sentence where the page has none in this language. */
  original: string | undefined;
}

/** The server writes English. Its sentence is the exact one, so English readers see it; others see ours by the reason. */
export function explain(
  problem: Problem,
  language: Language,
  t: TFunction,
  exists: (key: string) => boolean,
): Explanation {
  const values = { reason: problem.reason, status: problem.status ?? 0, ...problem.metadata };
  const own = (part: 'detail' | 'hint'): string | undefined => {
    const key = `problem.reason.${problem.reason}.${part}`;
    return exists(key) ? String(t(key as never, values as never)) : undefined;
  };
  const fallback = {
    detail: t('problem.fallback.detail', values),
    hint: t('problem.fallback.hint'),
  };
  const said = sentence(problem.detail ?? problem.title);
  if (language === 'en') {
    return {
      detail: said ?? own('detail') ?? fallback.detail,
      hint: problem.hint || own('hint') || fallback.hint,
      original: undefined,
    };
  }
  const detail = own('detail');
  return { detail: detail ?? fallback.detail, hint: own('hint') ?? fallback.hint, original: detail ? undefined : said };
}

/** The server's details begin in lower case and have no full stop: they are parts of a log line too. */
function sentence(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const first = text[0]?.toUpperCase() ?? '';
  return `${first}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
