// One report with its rows as compressed lines: the head first, then batches of rows.
import type { Report } from '../api/types';
import { type Entry, Rows } from '../report/rows';

export interface Opened {
  report: Report;
  rows: Rows;
}

/** Rows of one line. */
const BATCH = 2_000;

export function pack({ report, rows }: Opened): Promise<Uint8Array<ArrayBuffer>> {
  const entries = rows.all();
  let next = 0;
  const lines = new ReadableStream<string>({
    start: (controller) => controller.enqueue(`${JSON.stringify({ report })}\n`),
    pull: async (controller) => {
      if (next >= entries.length) {
        controller.close();
        return;
      }
      await breath();
      controller.enqueue(`${JSON.stringify(entries.slice(next, next + BATCH))}\n`);
      next += BATCH;
    },
  });
  return bytesOf(lines.pipeThrough(new TextEncoderStream()).pipeThrough(new CompressionStream('gzip')));
}

/** Fails where the bytes are not what `pack` made. */
export async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Opened> {
  const text = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'))
    .pipeThrough(new TextDecoderStream());
  const rows = new Rows();
  let report: Report | undefined;
  for await (const line of linesOf(text)) {
    if (report) rows.restore(JSON.parse(line) as Entry[]);
    else report = (JSON.parse(line) as { report: Report }).report;
  }
  if (!report) throw new Error('a kept report is empty');
  return { report, rows };
}

/** Whatever the reader does comes before the next line. */
function breath(): Promise<unknown> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resolve, { timeout: 500 });
    else setTimeout(resolve);
  });
}

async function bytesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function* linesOf(text: ReadableStream<string>): AsyncGenerator<string> {
  const reader = text.getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
