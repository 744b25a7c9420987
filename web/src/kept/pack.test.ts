// A report comes back as it was, with every row.
import { describe, expect, it } from 'vitest';
import type { Report, Row } from '../api/types';
import { Rows } from '../report/rows';
import { pack, unpack } from './pack';

const report = { facts: [], sentences: [], files: [{ source: { fileName: 'кофейня.csv' } }] } as unknown as Report;

function rows(count: number): Rows {
  const made = new Rows();
  made.add(
    Array.from({ length: count }, (_, at) => ({
      number: at + 1,
      line: String(at + 2),
      file: 1,
      date: '2025-01-02',
      amount: { amount: `-${at}.05`, currency: 'EUR' },
      counterparty: `Лавка ${at % 7}\nline`,
      description: 'a "quoted" text',
      category: 'groceries',
      categoryReason: 'rule',
      categoryConfidence: 0,
    })) as unknown as Row[],
  );
  return made;
}

describe('a kept report', () => {
  it('comes back with every row', async () => {
    const before = { report, rows: rows(4_321) };
    const bytes = await pack(before);
    expect(bytes.length).toBeLessThan(200_000);
    const after = await unpack(bytes);
    expect(after.report).toEqual(report);
    expect(after.rows.all()).toEqual(before.rows.all());
  });

  it('may have no rows', async () => {
    expect((await unpack(await pack({ report, rows: new Rows() }))).rows.length).toBe(0);
  });

  it('fails where the bytes are damaged', async () => {
    await expect(unpack(new Uint8Array([1, 2, 3]))).rejects.toThrow();
  });
});
