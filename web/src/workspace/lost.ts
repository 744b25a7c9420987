// An upload that the reader left before it was complete: known in this window, so that the next visit can say it.
export interface Lost {
  /** What was being sent. */
  name: string;
  /** Files that had arrived and belong to no analysis. */
  fileIds: string[];
}

const KEY = 'saldo.sending';

/** Noted while files are sent; undefined when they are. */
export function noteSending(lost: Lost | undefined): void {
  try {
    if (lost) sessionStorage.setItem(KEY, JSON.stringify(lost));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage is closed to this page: what is lost is not told.
  }
}

/** What an earlier visit of this window left, told once. */
export function takeLost(): Lost | undefined {
  try {
    const lost = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Lost | null;
    noteSending(undefined);
    return lost && typeof lost.name === 'string' && Array.isArray(lost.fileIds) ? lost : undefined;
  } catch {
    return undefined;
  }
}
