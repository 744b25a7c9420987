// Asks the server what it is, what it accepts and which formats it reads.
import type { FileFormat, ServerInfo } from './types';

export interface ServerFacts {
  version: string;
  maxUploadBytes: number | undefined;
  formats: FileFormat[];
}

/** Missing answers leave gaps: the page works without them. */
export async function serverFacts(signal: AbortSignal): Promise<ServerFacts> {
  const [info, formats] = await Promise.all([
    get<ServerInfo>('/v1/server', signal),
    get<{ formats: FileFormat[] }>('/v1/formats', signal),
  ]);
  return {
    version: info?.version ?? '',
    maxUploadBytes: positive(info?.limits?.maxUploadBytes),
    formats: formats?.formats ?? [],
  };
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
