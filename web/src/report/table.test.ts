// What a spreadsheet gets: numbers as numbers, texts as texts, and never a formula.
import { describe, expect, it } from 'vitest';
import { commaSeparated, fileName, tabSeparated } from './table';

const rows = [
  ['Date', 'Who', 'Amount'],
  ['2025-01-02', 'Miller; "Mill", Ltd', { amount: '-1850.00' }],
  ['2025-01-03', '=HYPERLINK("http://example.org")', { amount: '12' }],
];

describe('commaSeparated', () => {
  it('divides by commas where decimals have points', () => {
    expect(commaSeparated(rows, '.')).toBe(
      '\uFEFFDate,Who,Amount\r\n2025-01-02,"Miller; ""Mill"", Ltd",-1850.00\r\n2025-01-03,"\'=HYPERLINK(""http://example.org"")",12\r\n',
    );
  });

  it('divides by semicolons where decimals have commas', () => {
    expect(commaSeparated(rows, ',').split('\r\n')[1]).toBe('2025-01-02;"Miller; ""Mill"", Ltd";-1850,00');
  });

  it.each(['=1+1', '+7 999 123', '-cmd', '@SUM(A1)', '\tx', '\r=x', '＝1'])('makes a text of %j', (text) => {
    expect(commaSeparated([[text]], '.')).toMatch(/^\uFEFF"?'/);
  });

  it('leaves amounts and other texts alone', () => {
    expect(commaSeparated([[{ amount: '-0.05' }, 'a=b', '']], '.')).toBe('\uFEFF-0.05,a=b,\r\n');
  });
});

describe('tabSeparated', () => {
  it('keeps every row on one line', () => {
    expect(tabSeparated([['a\tb', 'c\r\nd', { amount: '-1.5' }], ['=1']], ',')).toBe("a b\tc d\t-1,5\r\n'=1");
  });
});

describe('fileName', () => {
  it('keeps letters of every script and drops what systems refuse', () => {
    expect(fileName('Списано, март 2025', 'csv')).toBe('Списано, март 2025.csv');
    expect(fileName('a/b\\c:d*"e"\n..', 'csv')).toBe('a b c d e.csv');
    expect(fileName(' . ', 'csv')).toBe('saldo.csv');
  });
});
