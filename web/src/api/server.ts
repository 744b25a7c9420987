// Asks the server what it is, what it accepts and which formats it reads.
import type { FileFormat, ServerInfo } from './types';

export interface ServerFacts {
  version: string;
  maxUploadBytes: number | undefined;
  formats: FileFormat[];
  /** Where the server keeps what the reader sends; empty where it keeps nothing. */
  workspace: string;
}

const KEY = 'saldo.server';

/** Missing answers leave gaps: the page works without them. Undefined where the server is out of reach. */
export async function serverFacts(signal: AbortSignal): Promise<ServerFacts | undefined> {
  const [info, formats] = await Promise.all([
    get<ServerInfo>('/v1/server', signal),
    get<{ formats: FileFormat[] }>('/v1/formats', signal),
  ]);
  if (!info && !formats) return undefined;
  const facts = {
    version: info?.version ?? '',
    maxUploadBytes: positive(info?.limits?.maxUploadBytes),
    formats: formats?.formats ?? [],
    workspace: info?.workspaceId ?? '',
  };
  remember(facts);
  return facts;
}

/** What the server said the last time, so that the first screen is whole at once and offline. */
export function rememberedFacts(): ServerFacts | undefined {
  try {
    const facts = JSON.parse(localStorage.getItem(KEY) ?? 'null') as ServerFacts | null;
    return facts && Array.isArray(facts.formats) ? facts : undefined;
  } catch {
    return undefined;
  }
}

function remember(facts: ServerFacts): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(facts));
  } catch {
    // Storage is closed to this page: it asks anew each time.
  }
}

async function get<T>(path: string, signal: AbortSignal): Promise<T | undefined> {
  try {
    const response = await fetch(path, { signal, headers: { Accept: 'application/json' } });
    return response.ok ? ((await response.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}

function positive(value: string | undefined): number | undefined {
  const number = Number(value);
  return number > 0 ? number : undefined;
}
