// A look at what is in progress changes what is listed and loses nothing of it.
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../api/types';
import { fresher } from './useHistory';

const one = (id: string, state: string) => ({ id, state }) as Analysis;

describe('fresher', () => {
  it('takes what is new and keeps what is further down', () => {
    const list = [one('b', 'RUNNING'), one('a', 'DONE')];
    expect(fresher(list, [one('c', 'QUEUED'), one('b', 'DONE')])).toEqual([
      one('c', 'QUEUED'),
      one('b', 'DONE'),
      one('a', 'DONE'),
    ]);
  });
});
