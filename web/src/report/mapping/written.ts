// The first rows as the file writes them: its bytes decoded and cut as the server says it cut them.
import type { Source } from '../../api/types';

/** Enough for the first rows below any preamble. */
const HEAD = 256 * 1024;

/** The cells of a line, from 1, by column from 1; undefined where the line is not among those looked at. */
export type Written = (line: number) => string[] | undefined;

/** Undefined where the file is no plain text, such as a workbook, an archive or a kept report without its file. */
export async function writtenOf(file: Blob, source: Source): Promise<Written | undefined> {
  if (source.delimiter === '') return undefined;
  const bytes = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const text = decoded(bytes, source.encoding);
  return text === undefined ? undefined : cutter(text, source.delimiter, bytes.length < file.size);
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  // Compressed text has the encoding of what is inside: ZIP and gzip begin with these bytes.
  const [first, second] = bytes;
  if ((first === 0x50 && second === 0x4b) || (first === 0x1f && second === 0x8b)) return undefined;
  const name = encoding.replace(/ with BOM$/, '');
  try {
    return new TextDecoder(name === 'ascii' ? 'utf-8' : name).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** `cut` says that the text ends before the file does, so that its last line may be half of one. */
export function cutter(text: string, delimiter: string, cut: boolean): Written {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '\n' || (letter === '\r' && text[at + 1] !== '\n')) starts.push(at + 1);
  }
  return (line) => {
    const start = starts[line - 1];
    if (start === undefined || start >= text.length) return undefined;
    const { cells, end } = record(text, start, delimiter);
    return cut && end >= text.length ? undefined : cells;
  };
}

/** One record of RFC 4180: quoted cells may hold delimiters, doubled quotes and line breaks. */
function record(text: string, start: number, delimiter: string): { cells: string[]; end: number } {
  const cells: string[] = [];
  let [cell, quoted, at] = ['', false, start];
  for (; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += letter;
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && cell.trim() === '') {
      [cell, quoted] = ['', true];
    } else if (letter === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (letter === '\n' || letter === '\r') break;
    else cell += letter;
  }
  cells.push(cell);
  return { cells: cells.map((one) => one.trim()), end: at };
}
