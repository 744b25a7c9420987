// What the page says to the workspace of the server, in the words of the contract.
import { describe, expect, it } from 'vitest';
import { answersOf } from './workspace';

describe('answersOf', () => {
  it('names hints as the contract does, and leaves out what was not answered', () => {
    const correction = { text: 'REWE', category: 'groceries' };
    expect(answersOf({ date_order: 'dmy', decimal: ',', currency: undefined, sign: '' }, [correction])).toEqual({
      languages: ['en', 'ru'],
      hints: { dateOrder: 'dmy', decimal: ',' },
      corrections: [correction],
    });
  });
});
