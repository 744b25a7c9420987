// Sends files one after the other and begins their analyses: one of all, or one of each.
import type { Problem } from '../api/types';

export interface Sending {
  file: File;
  /** Bytes that have left this device. */
  sent: number;
  /** Its id, once the server has it. */
  id?: string;
  /** Whether its analysis has begun. */
  begun?: boolean;
  /** Why it was not sent. */
  problem?: Problem;
}

/** What the sender asks of the server. */
export interface Server {
  upload(file: File, sent: (bytes: number) => void): Promise<string>;
  /** Begins an analysis of files and gives its id. */
  begin(fileIds: string[]): Promise<string>;
}

/**
 * What has arrived is not sent again, so that a broken upload can be gone on with. Fails where a call does.
 * The ids of the analyses that were begun now.
 */
export async function sendAll(
  list: readonly Sending[],
  together: boolean,
  server: Server,
  change: (place: number, next: Partial<Sending>) => void,
): Promise<string[]> {
  const ids: string[] = [];
  const begun: string[] = [];
  for (const [place, one] of list.entries()) {
    const id = one.id ?? (await server.upload(one.file, (sent) => change(place, { sent })));
    change(place, { id, sent: one.file.size });
    ids.push(id);
    if (together || one.begun) continue;
    begun.push(await server.begin([id]));
    change(place, { begun: true });
  }
  if (together) begun.push(await server.begin(ids));
  return begun;
}
