// Sets of rows: as the report codes them, and as ranges.

/** Rows from `first` to `last`, both included. */
export interface RowRange {
  first: number;
  last: number;
}

/**
 * The rows of a Lineage or a Finding. In base64, for each range: how many rows are skipped since the one before, then
 * how many it has, minus one; both as unsigned LEB128.
 */
export function rangesOf(coded: string): RowRange[] {
  const ranges: RowRange[] = [];
  const bytes = atob(coded);
  let [number, place, last] = [0, 1, 0];
  let first: number | undefined;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes.charCodeAt(at);
    // Not shifted: a number of 32 bits would turn negative.
    number += (byte & 0x7f) * place;
    place *= 0x80;
    if (byte & 0x80) continue;
    if (first === undefined) {
      first = last + 1 + number;
    } else {
      last = first + number;
      ranges.push({ first, last });
      first = undefined;
    }
    [number, place] = [0, 1];
  }
  return ranges;
}

/** What {@link rangesOf} reads back: ascending ranges without overlap, as a Lineage codes them. */
export function coded(ranges: readonly RowRange[]): string {
  let bytes = '';
  let last = 0;
  const put = (number: number) => {
    let rest = number;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += String.fromCharCode((rest % 0x80) | 0x80);
    bytes += String.fromCharCode(rest);
  };
  for (const range of ranges) {
    put(range.first - last - 1);
    put(range.last - range.first);
    last = range.last;
  }
  return btoa(bytes);
}

/** Ascending ranges without overlap that hold the same rows. */
export function merge(ranges: readonly RowRange[]): RowRange[] {
  const sorted = ranges.filter(({ first, last }) => first <= last).sort((a, b) => a.first - b.first);
  const merged: RowRange[] = [];
  for (const { first, last } of sorted) {
    const previous = merged.at(-1);
    if (previous && first <= previous.last + 1) previous.last = Math.max(previous.last, last);
    else merged.push({ first, last });
  }
  return merged;
}

export function countRows(ranges: readonly RowRange[]): number {
  return ranges.reduce((count, { first, last }) => count + last - first + 1, 0);
}
