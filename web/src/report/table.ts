// Rows as text for a spreadsheet: tab-separated for the clipboard, CSV for a file.

/** A text, or an amount as a plain decimal such as `-1284.50`. */
export type Cell = string | { amount: string };

/** What a spreadsheet would take for the start of a formula (OWASP, CSV Injection), also in full width. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** How the reader's spreadsheet writes decimals: with a comma, columns are divided by semicolons. */
export type Decimal = '.' | ',';

/** Cells divided by tabs, one line for each row; what divides cells and rows becomes a space within them. */
export function tabSeparated(rows: readonly (readonly Cell[])[], decimal: Decimal): string {
  return rows
    .map((row) => row.map((cell) => written(cell, decimal).replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\r\n');
}

/** RFC 4180 with a byte order mark, by which spreadsheets know UTF-8. */
export function commaSeparated(rows: readonly (readonly Cell[])[], decimal: Decimal): string {
  const divider = decimal === ',' ? ';' : ',';
  const quoted = (text: string) =>
    text.includes(divider) || /["\r\n\t]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
  return `\uFEFF${rows.map((row) => `${row.map((cell) => quoted(written(cell, decimal))).join(divider)}\r\n`).join('')}`;
}

/** An apostrophe makes a text of what would be a formula; amounts stay numbers. */
function written(cell: Cell, decimal: Decimal): string {
  if (typeof cell !== 'string') return cell.amount.replace('.', decimal);
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** A name that every system takes for a file. */
export function fileName(title: string, ending: string): string {
  const name = title
    .replaceAll(/[\p{Cc}\\/:*?"<>|]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return `${[...(name || 'saldo')].slice(0, 100).join('')}.${ending}`;
}
