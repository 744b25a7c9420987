// Sends one file or several and hears progress, rows and the outcome while the server works.
import type { Correction } from '../corrections/list';
import { cutShort, problemFrom, unreachable } from './problem';
import { EventParser } from './sse';
import type { FirstLook, Hints, Problem, Progress, Question, Report, RowBatch } from './types';

export type Outcome =
  | { kind: 'report'; report: Report }
  | { kind: 'question'; question: Question }
  | { kind: 'error'; problem: Problem }
  | { kind: 'cancelled' };

export interface Listener {
  /** Bytes sent so far. */
  uploaded(done: number, total: number): void;
  progress(progress: Progress): void;
  firstLook(look: FirstLook): void;
  rows(batch: RowBatch): void;
}

/** How often the growing answer is looked at, in milliseconds. */
const READ_EVERY = 200;

/**
 * `fetch` cannot tell how much of a file was sent, so this is an XMLHttpRequest whose answer is parsed as it grows.
 * Each look at the answer copies it, hence the pause between two looks.
 */
export function analyze(
  files: File[],
  hints: Hints,
  corrections: readonly Correction[],
  listener: Listener,
  signal: AbortSignal,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let outcome: Outcome | undefined;
    let read = 0;
    let looked = 0;

    const parser = new EventParser(({ event, data }) => {
      if (outcome) return;
      if (event === 'progress') listener.progress(JSON.parse(data) as Progress);
      else if (event === 'first_look') listener.firstLook(JSON.parse(data) as FirstLook);
      else if (event === 'rows') listener.rows(JSON.parse(data) as RowBatch);
      else if (event === 'report') outcome = { kind: 'report', report: JSON.parse(data) as Report };
      else if (event === 'question') outcome = { kind: 'question', question: JSON.parse(data) as Question };
      else if (event === 'error') outcome = { kind: 'error', problem: problemFrom(data, 0) };
    });

    const streams = () => (request.getResponseHeader('content-type') ?? '').startsWith('text/event-stream');
    const look = () => {
      if (!streams()) return;
      const text = request.responseText;
      parser.push(text.slice(read));
      read = text.length;
    };
    const finish = (value: Outcome) => {
      signal.removeEventListener('abort', abort);
      resolve(value);
    };
    const abort = () => {
      request.abort();
      finish({ kind: 'cancelled' });
    };

    request.upload.onprogress = (event) => listener.uploaded(event.loaded, event.total);
    request.onprogress = (event) => {
      if (event.timeStamp - looked < READ_EVERY) return;
      looked = event.timeStamp;
      look();
    };
    request.onload = () => {
      look();
      if (outcome) finish(outcome);
      else if (streams()) finish({ kind: 'error', problem: cutShort });
      else finish({ kind: 'error', problem: problemFrom(request.responseText, request.status) });
    };
    request.onerror = () => {
      look();
      finish(outcome ?? { kind: 'error', problem: read > 0 ? cutShort : unreachable });
    };

    const query = new URLSearchParams({ rows: 'true', languages: 'en,ru' });
    for (const [name, value] of Object.entries(hints)) if (value) query.set(name, value);
    const body = new FormData();
    if (corrections.length > 0) body.append('corrections', JSON.stringify(corrections));
    for (const file of files) body.append('file', file, file.name);

    if (signal.aborted) {
      resolve({ kind: 'cancelled' });
      return;
    }
    signal.addEventListener('abort', abort);
    request.open('POST', `/analyze?${query}`);
    request.setRequestHeader('Accept', 'text/event-stream');
    request.send(body);
  });
}
