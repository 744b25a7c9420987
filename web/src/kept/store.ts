// The last reports, kept in this browser and in no other place: listed, opened without a server, erased.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { Facts } from '../report/facts';
import { called, fileNames } from '../report/names';
import { type Kept, MOST_BYTES, newestFirst, overflow } from './bounds';
import { type Opened, pack, unpack } from './pack';

interface Schema extends DBSchema {
  /** What the list shows. */
  reports: { key: string; value: Kept };
  /** The report and its rows, packed, under the same id. */
  contents: { key: string; value: Uint8Array<ArrayBuffer> };
}

export interface State {
  /** The newest first. */
  list: readonly Kept[];
  /** Whether the next report is kept. */
  on: boolean;
  /** Whether this browser lets the page keep anything. */
  possible: boolean;
}

const SWITCH = 'saldo.keep';
/** The list as it was last, to be drawn before the database has answered. */
const LIST = 'saldo.kept';
const elsewhere = 'BroadcastChannel' in globalThis ? new BroadcastChannel('saldo.kept') : undefined;
const listeners = new Set<() => void>();
let state: State = { list: lastList(), on: recall() ?? true, possible: true };
let database: Promise<IDBPDatabase<Schema>> | undefined;

/** The same object until something changes. */
export function kept(): State {
  return state;
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reads the list. Never fails: where nothing can be kept, the page works without. */
export async function loadKept(): Promise<void> {
  try {
    const db = await open();
    const list = newestFirst(await db.getAll('reports'));
    change({ list, on: recall() ?? state.on, possible: true });
    rememberList(list);
  } catch {
    change({ list: [], possible: false });
  }
}

/** What makes two reports the same: the content of their files. */
export function keyOf({ report }: Opened): string {
  return report.files.map(({ source }) => source?.sha256 ?? '').join(' ');
}

/** The id that a report has or will have: that of the same files, if they were analysed before. */
export function idFor(opened: Opened): string {
  const key = keyOf(opened);
  return state.list.find((one) => one.key === key)?.id ?? fresh();
}

/** Keeps a report, if the reader wants it and there is room; the oldest give way. */
export async function keep(id: string, opened: Opened): Promise<void> {
  if (!state.on) return;
  try {
    const content = await pack(opened);
    if (!state.on || content.length > MOST_BYTES) return;
    const one = summary(id, opened, content.length);
    const db = await open();
    const write = db.transaction(['reports', 'contents'], 'readwrite');
    const [reports, contents] = [write.objectStore('reports'), write.objectStore('contents')];
    await Promise.all([reports.put(one), contents.put(content, id)]);
    const all = await reports.getAll();
    // Another window may have analysed the same files meanwhile.
    const twins = all.filter((other) => other.key === one.key && other.id !== id).map((other) => other.id);
    const gone = [...twins, ...overflow(all.filter((other) => !twins.includes(other.id)))];
    await Promise.all([...gone.flatMap((old) => [reports.delete(old), contents.delete(old)]), write.done]);
    await tell();
  } catch {
    // The device is full or closed to this page: the report lasts until the page is left.
  }
}

/** A kept report; undefined where it is not here any more. Fails where it cannot be read. */
export async function reopen(id: string): Promise<Opened | undefined> {
  const db = await open();
  const content = await db.get('contents', id);
  return content && unpack(content);
}

/** What could not be erased stays in the list. */
export async function erase(ids: readonly string[]): Promise<void> {
  try {
    const db = await open();
    const write = db.transaction(['reports', 'contents'], 'readwrite');
    const [reports, contents] = [write.objectStore('reports'), write.objectStore('contents')];
    await Promise.all([...ids.flatMap((id) => [reports.delete(id), contents.delete(id)]), write.done]);
  } catch {
    // The database does not answer: the list below says what is there.
  }
  await tell();
}

/** Switched off, nothing is kept, also not what was. */
export async function keepReports(on: boolean): Promise<void> {
  try {
    if (on) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, 'off');
  } catch {
    // Storage is closed to this page: the choice lasts until it is left.
  }
  change({ on });
  if (!on) await erase(state.list.map(({ id }) => id));
}

if (elsewhere) elsewhere.onmessage = () => void loadKept();

/** Shows the change here and in the other windows. */
async function tell(): Promise<void> {
  await loadKept();
  elsewhere?.postMessage('changed');
}

function change(next: Partial<State>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

function open(): Promise<IDBPDatabase<Schema>> {
  database ??= openDB<Schema>('saldo', 1, {
    upgrade: (db) => {
      db.createObjectStore('reports', { keyPath: 'id' });
      db.createObjectStore('contents');
    },
    // A newer version of the page, in another window, needs the database for itself.
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget,
  });
  database.catch(forget);
  return database;
}

/** The next call opens the database anew. */
function forget(): void {
  database = undefined;
}

function summary(id: string, opened: Opened, bytes: number): Kept {
  const { report } = opened;
  const period = new Facts(report).period();
  return {
    id,
    key: keyOf(opened),
    name: called(fileNames(report)),
    at: Date.now(),
    from: period?.from ?? '',
    to: period?.to ?? '',
    transactions: Number(report.quality?.transactions ?? 0),
    bytes,
  };
}

function fresh(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function rememberList(list: readonly Kept[]): void {
  try {
    if (list.length > 0) localStorage.setItem(LIST, JSON.stringify(list));
    else localStorage.removeItem(LIST);
  } catch {
    // Storage is closed to this page: the list comes a moment later.
  }
}

function lastList(): Kept[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(LIST) ?? '[]');
    return Array.isArray(list) ? (list as Kept[]) : [];
  } catch {
    return [];
  }
}

function recall(): boolean | undefined {
  try {
    return localStorage.getItem(SWITCH) !== 'off';
  } catch {
    return undefined;
  }
}
