// The rows of one analysis, kept in the browser and in no other place.
import type { Row } from '../api/types';
import { approximate } from '../format/decimal';
import type { RowRange } from './ranges';

export interface Entry {
  number: number;
  line: number;
  /** By its place in the report, from 1. */
  file: number;
  date: string;
  amount: string;
  currency: string;
  /** The own account, and the balance after the row; empty where the file states none. */
  account: string;
  balance: string;
  counterparty: string;
  description: string;
  category: string;
  categoryReason: string;
  /** From 0 to 1; 0 where the category was not learnt. */
  categoryConfidence: number;
}

/** Grows while the stream runs; rows arrive in file order. */
export class Rows {
  private readonly entries: Entry[] = [];

  add(batch: readonly Row[]): void {
    for (const row of batch) {
      this.entries.push({
        number: row.number,
        line: Number(row.line),
        file: row.file,
        date: row.date,
        amount: row.amount?.amount ?? '0',
        currency: row.amount?.currency ?? '',
        account: row.account,
        balance: row.balance?.amount ?? '',
        counterparty: row.counterparty,
        description: row.description,
        category: row.category,
        categoryReason: row.categoryReason,
        categoryConfidence: row.categoryConfidence,
      });
    }
  }

  /** Every row in file order. */
  all(): readonly Entry[] {
    return this.entries;
  }

  /** Takes back rows that `all` gave, in the same order. */
  restore(entries: readonly Entry[]): void {
    for (const entry of entries) this.entries.push(entry);
  }

  get length(): number {
    return this.entries.length;
  }

  /** The rows within the ranges. A long file sends only its first rows, so some may be missing. */
  within(ranges: readonly RowRange[]): Entry[] {
    const found: Entry[] = [];
    for (const { first, last } of ranges) {
      for (let at = this.position(first); at < this.entries.length; at++) {
        const entry = this.entries[at];
        if (!entry || entry.number > last) break;
        found.push(entry);
      }
    }
    return found;
  }

  /** The place of the first row with this number or a greater one. */
  private position(number: number): number {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries[middle]?.number ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The entries that hold every word of the query, wherever it stands. */
export function search(entries: Entry[], query: string, words: (entry: Entry) => string): Entry[] {
  const parts = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (parts.length === 0) return entries;
  return entries.filter((entry) => {
    const text = words(entry).toLocaleLowerCase();
    return parts.every((part) => text.includes(part));
  });
}

/** What rows can be sorted by; without one they stand as in the file. */
export type SortKey = 'date' | 'who' | 'category' | 'amount' | 'line';

export interface Sort {
  by: SortKey;
  descending: boolean;
}

/** The entries in another order; equal ones stay as in the file. `category` names the key of one. */
export function sorted(
  entries: readonly Entry[],
  { by, descending }: Sort,
  locale: string,
  category: (key: string) => string,
): Entry[] {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const who = (entry: Entry) => entry.counterparty || entry.description;
  const order: Record<SortKey, (a: Entry, b: Entry) => number> = {
    date: (a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0),
    who: (a, b) => compare(who(a), who(b)),
    category: (a, b) => compare(category(a.category), category(b.category)),
    amount: (a, b) => approximate(a.amount) - approximate(b.amount),
    line: (a, b) => a.file - b.file || a.line - b.line,
  };
  const turn = descending ? -1 : 1;
  return [...entries].sort((a, b) => turn * order[by](a, b) || a.number - b.number);
}
