// What the user said of categories: kept in this browser and in no other place, sent with each file.
export interface Correction {
  text: string;
  category: string;
}

/** The contract takes as many; the oldest give way. */
export const MOST = 1000;

/** The contract's limits, in characters. */
export const TEXT_LENGTH = 500;
export const CATEGORY_LENGTH = 100;

const KEY = 'saldo.corrections';

/** What makes two texts the same: letters and digits, whatever their case. */
const folded = (text: string) =>
  text
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(' ');

/** Whether the server would take it. */
export function isCorrection({ text, category }: Correction): boolean {
  const fits = [...text].length <= TEXT_LENGTH && [...category].length <= CATEGORY_LENGTH;
  return fits && /[\p{L}\p{Nd}]/u.test(text) && /\p{L}/u.test(category);
}

/** The list with one more, the newest last; it replaces what was said of the same text. */
export function corrected(list: readonly Correction[], one: Correction): Correction[] {
  return [...without(list, one.text), one].slice(-MOST);
}

export function without(list: readonly Correction[], text: string): Correction[] {
  const key = folded(text);
  return list.filter((one) => folded(one.text) !== key);
}

/** What was kept; whatever else stands there is left out. */
export function parsed(kept: string | null): Correction[] {
  try {
    const list: unknown = JSON.parse(kept ?? '[]');
    if (!Array.isArray(list)) return [];
    return list
      .filter((one) => typeof one?.text === 'string' && typeof one?.category === 'string')
      .map(({ text, category }: Correction) => ({ text, category }))
      .filter(isCorrection)
      .slice(-MOST);
  } catch {
    return [];
  }
}

let list: Correction[] | undefined;
const listeners = new Set<() => void>();

/** The same list until it changes. */
export function corrections(): Correction[] {
  list ??= read();
  return list;
}

export function keep(next: Correction[]): void {
  list = next;
  try {
    if (next.length > 0) localStorage.setItem(KEY, JSON.stringify(next));
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is closed to this page: the list lasts until it is left.
  }
  for (const listener of listeners) listener();
}

/** Hears of every change, also of one in another window. */
export function subscribe(listener: () => void): () => void {
  const elsewhere = (event: StorageEvent) => {
    if (event.key !== KEY && event.key !== null) return;
    list = undefined;
    listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', elsewhere);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', elsewhere);
  };
}

function read(): Correction[] {
  try {
    return parsed(localStorage.getItem(KEY));
  } catch {
    return [];
  }
}
