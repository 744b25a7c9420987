// What a column gave to a row: the first rows show how the file was understood.
import type { Money, Source } from '../../api/types';
import { sign } from '../../format/decimal';
import type { Entry, Rows } from '../rows';

/** How many rows are shown. */
const FIRST = 3;

export type Value = { money: Money } | { balance: Money } | { day: string } | { category: string } | { text: string };

/** Undefined where the column gave nothing to the row, or nothing that a row keeps. */
export function readAs(role: string, entry: Entry): Value | undefined {
  const { amount, currency, balance } = entry;
  const side = sign(amount);
  switch (role) {
    case 'date':
      return { day: entry.date };
    case 'amount':
      return { money: { amount, currency } };
    case 'debit':
      return side < 0 ? { money: { amount, currency } } : undefined;
    case 'credit':
      return side > 0 ? { money: { amount, currency } } : undefined;
    case 'balance':
      return balance === '' ? undefined : { balance: { amount: balance, currency } };
    case 'category':
      return entry.categoryReason === 'file' ? { category: entry.category } : undefined;
    case 'currency':
    case 'counterparty':
    case 'description':
    case 'account':
      return entry[role] === '' ? undefined : { text: entry[role] };
    default:
      return undefined;
  }
}

/** The first rows of a file, by its place in the report from 1. */
export function firstRows(rows: Rows, file: number): Entry[] {
  const found: Entry[] = [];
  for (const entry of rows.all()) {
    if (entry.file === file) found.push(entry);
    if (found.length === FIRST) break;
  }
  return found;
}

/** Columns that are used, and the headers of the others. */
export function divided({ columns }: Source): { used: Source['columns']; ignored: string[] } {
  return {
    used: columns.filter(({ role }) => role !== 'ignored'),
    ignored: columns.filter(({ role }) => role === 'ignored').map(({ header, number }) => header || String(number)),
  };
}
