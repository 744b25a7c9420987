// What was answered to the questions of each analysis, in this browser: a new answer goes with those before it.
import type { Hints } from '../api/types';

const KEY = 'saldo.answers';

/** Analyses whose answers are remembered; the oldest give way. */
const MOST = 50;

type All = [id: string, hints: Hints][];

export function answersTo(id: string): Hints {
  return recall().find(([one]) => one === id)?.[1] ?? {};
}

export function rememberAnswers(id: string, hints: Hints): void {
  write([...recall().filter(([one]) => one !== id), [id, hints] as All[number]].slice(-MOST));
}

export function forgetAnswers(id: string): void {
  write(recall().filter(([one]) => one !== id));
}

function recall(): All {
  try {
    const all: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(all) ? (all as All) : [];
  } catch {
    return [];
  }
}

function write(all: All): void {
  try {
    if (all.length > 0) localStorage.setItem(KEY, JSON.stringify(all));
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is closed to this page: a second question may lead back to the first.
  }
}
