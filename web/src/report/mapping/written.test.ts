// Cells as the file writes them, whatever its quotes, line ends and encoding.
import { describe, expect, it } from 'vitest';
import type { Source } from '../../api/types';
import { cutter, writtenOf } from './written';

describe('cutter', () => {
  it('gives the cells of a line', () => {
    const line = cutter('Date;Sum\r\n02.01.2025; "1 850,00"\r\n', ';', false);
    expect(line(1)).toEqual(['Date', 'Sum']);
    expect(line(2)).toEqual(['02.01.2025', '1 850,00']);
    expect(line(3)).toBeUndefined();
    expect(line(0)).toBeUndefined();
  });

  it('keeps delimiters, quotes and line breaks of quoted cells', () => {
    const line = cutter('a,"b, ""c""\nd",e\nf,g', ',', false);
    expect(line(1)).toEqual(['a', 'b, "c"\nd', 'e']);
    expect(line(3)).toEqual(['f', 'g']);
  });

  it('knows lines that end with a carriage return alone', () => {
    expect(cutter('a\tb\rc\td', '\t', false)(2)).toEqual(['c', 'd']);
  });

  it('leaves out a line that may be half of one', () => {
    const line = cutter('a,b\nc,d', ',', true);
    expect(line(1)).toEqual(['a', 'b']);
    expect(line(2)).toBeUndefined();
  });
});

describe('writtenOf', () => {
  const source = (encoding: string, delimiter = ';') => ({ encoding, delimiter }) as Source;

  it('decodes as the server did', async () => {
    const bytes = new Uint8Array([0xc4, 0xe0, 0xf2, 0xe0, 0x3b, 0x31]);
    const line = await writtenOf(new Blob([bytes]), source('windows-1251'));
    expect(line?.(1)).toEqual(['Дата', '1']);
    const marked = await writtenOf(new Blob(['\uFEFFДата;1']), source('utf-8 with BOM'));
    expect(marked?.(1)).toEqual(['Дата', '1']);
  });

  it('gives up on what is no text of its own', async () => {
    expect(await writtenOf(new Blob(['PK\u0003\u0004']), source('utf-8'))).toBeUndefined();
    expect(await writtenOf(new Blob(['a;b']), source('no such encoding'))).toBeUndefined();
    expect(await writtenOf(new Blob(['a b']), source('utf-8', ''))).toBeUndefined();
  });
});
