// How much of this device the kept reports may take.
/** A report of the list: which, when, how large. */
export interface Kept {
  id: string;
  /** The content of its files: the same files analysed again replace their report. */
  key: string;
  name: string;
  /** When it was made, in milliseconds since 1970. */
  at: number;
  /** First and last day, ISO 8601; empty where the report has none. */
  from: string;
  to: string;
  transactions: number;
  /** Compressed, with all its rows. */
  bytes: number;
}

export const MOST = 12;
export const MOST_BYTES = 64 * 1_048_576;

/** The newest first. */
export function newestFirst(list: readonly Kept[]): Kept[] {
  return [...list].sort((a, b) => b.at - a.at);
}

/** The ids that give way, so that the newest fit both limits. */
export function overflow(list: readonly Kept[], most = MOST, mostBytes = MOST_BYTES): string[] {
  let bytes = 0;
  let full = false;
  const out: string[] = [];
  newestFirst(list).forEach((kept, index) => {
    bytes += kept.bytes;
    full ||= index >= most || bytes > mostBytes;
    if (full) out.push(kept.id);
  });
  return out;
}
