// Several files become one analysis or one each; what has arrived is not sent twice.
import { describe, expect, it } from 'vitest';
import { type Sending, sendAll } from './send';

const files = ['a.csv', 'b.csv', 'c.csv'].map((name) => new File([name], name));

/** A server that refuses some files, once each, and an upload that may be gone on with. */
function desk(refused: string[] = []) {
  let list: Sending[] = files.map((file) => ({ file, sent: 0 }));
  const uploaded: string[] = [];
  const begun: string[][] = [];
  const server = {
    upload: async ({ name }: File) => {
      if (refused.includes(name)) {
        refused.splice(refused.indexOf(name), 1);
        throw new Error(name);
      }
      uploaded.push(name);
      return `fil_${name}`;
    },
    begin: async (fileIds: string[]) => {
      begun.push(fileIds);
      return `ana_${begun.length}`;
    },
  };
  const change = (place: number, next: Partial<Sending>) => {
    list = list.map((one, at) => (at === place ? { ...one, ...next } : one));
  };
  const send = (together: boolean) => sendAll(list, together, server, change);
  return { send, uploaded, begun };
}

const IDS = ['fil_a.csv', 'fil_b.csv', 'fil_c.csv'];

describe('sendAll', () => {
  it('makes one ledger of several files, in their order', async () => {
    const { send, begun } = desk();
    expect(await send(true)).toEqual(['ana_1']);
    expect(begun).toEqual([IDS]);
  });

  it('makes an analysis of each', async () => {
    const { send, begun } = desk();
    expect(await send(false)).toEqual(['ana_1', 'ana_2', 'ana_3']);
    expect(begun).toEqual(IDS.map((id) => [id]));
  });

  it.each([true, false])('goes on after a refusal without sending anything twice (together: %s)', async (together) => {
    const { send, uploaded, begun } = desk(['b.csv']);
    await expect(send(together)).rejects.toThrow('b.csv');
    await send(together);
    expect(uploaded).toEqual(['a.csv', 'b.csv', 'c.csv']);
    expect(begun).toEqual(together ? [IDS] : IDS.map((id) => [id]));
  });
});
