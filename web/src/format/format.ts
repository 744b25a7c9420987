// Writes money, numbers, days and sizes the way the reader's locale does.
import type { Language, Money } from '../api/types';
import { places } from './decimal';

export interface Format {
  locale: string;
  /** What divides decimals from whole units. */
  decimal: '.' | ',';
  /** `whole`: rounded to whole units, for what is only about right. */
  money(money: Money, options?: { sign?: boolean; whole?: boolean }): string;
  /** Shortened, for axes and tips: `1.3M`, `1,3 млн`. */
  compact(value: number): string;
  integer(value: number | string): string;
  percent(ratio: number | string): string;
  /** Without decimals, for what is not that exact. */
  wholePercent(ratio: number | string): string;
  /** With its own decimals: `6.2`. */
  number(value: string): string;
  /** The one way to write a day, in sentences and tables alike: `March 5, 2025`, `5 марта 2025`. */
  day(date: string): string;
  /** Without its year, for axes. */
  shortDay(date: string): string;
  month(month: string): string;
  shortMonth(month: string): string;
  period(from: string, to: string): string;
  /** Months from the first to the last: `January – March 2025`. */
  months(first: string, last: string): string;
  bytes(size: number): string;
  currencyName(currency: string): string;
}

/** The reader's own variant of the language (`en-GB`), if the browser states one. */
export function localeOf(language: Language, preferred: readonly string[]): string {
  const own = preferred.find((tag) => tag.toLowerCase().split('-')[0] === language);
  return own && own.length > 2 ? own : language === 'ru' ? 'ru-RU' : 'en-US';
}

export function createFormat(locale: string): Format {
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  const day = date({ day: 'numeric', month: 'long', year: 'numeric' });
  const shortDay = date({ day: 'numeric', month: 'short' });
  const month = date({ month: 'long', year: 'numeric' });
  const shortMonth = date({ month: 'short', year: 'numeric' });
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const percent = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const wholePercent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const names = new Intl.DisplayNames(locale, { type: 'currency', fallback: 'code' });
  const formatters = new Map<string, Intl.NumberFormat>();

  const moneyFormatter = (currency: string, decimals: number | 'none', signed: boolean): Intl.NumberFormat => {
    const key = `${currency}/${decimals}/${signed}`;
    const known = formatters.get(key);
    if (known) return known;
    const made = moneyFormat(locale, currency, decimals, signed);
    formatters.set(key, made);
    return made;
  };

  return {
    locale,
    decimal: new Intl.NumberFormat(locale)
      .formatToParts(1.5)
      .some(({ type, value }) => type === 'decimal' && value === ',')
      ? ','
      : '.',
    money: ({ amount, currency }, options) =>
      written(moneyFormatter(currency, options?.whole ? 'none' : places(amount), options?.sign ?? false), amount),
    compact: (value) => written(compact, value),
    integer: (value) => written(integer, value),
    percent: (ratio) => written(percent, ratio),
    wholePercent: (ratio) => written(wholePercent, ratio),
    number: (value) => {
      const digits = places(value);
      return written(
        new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
        value,
      );
    },
    day: remembered((iso) => each(iso, (at) => day.format(at))),
    shortDay: (iso) => each(iso, (at) => shortDay.format(at)),
    month: (iso) => each(`${iso}-01`, (at) => month.format(at), iso),
    shortMonth: (iso) => each(`${iso}-01`, (at) => shortMonth.format(at), iso),
    period: (from, to) => {
      const [first, last] = [utc(from), utc(to)];
      return first && last ? plainYear(day.formatRange(first, last)) : `${from} – ${to}`;
    },
    months: (first, last) => {
      const [from, to] = [utc(`${first}-01`), utc(`${last}-01`)];
      return from && to ? plainYear(month.formatRange(from, to)) : `${first} – ${last}`;
    },
    bytes: (size) => {
      const [unit, value] =
        size >= 1_048_576
          ? (['megabyte', size / 1_048_576] as const)
          : size >= 1_024
            ? (['kilobyte', size / 1_024] as const)
            : (['byte', size] as const);
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        maximumFractionDigits: value < 10 && unit !== 'byte' ? 1 : 0,
      })
        .format(value)
        .replaceAll(' ', '\u00a0');
    },
    currencyName: (currency) => {
      try {
        return names.of(currency) ?? currency;
      } catch {
        return currency;
      }
    },
  };
}

function moneyFormat(locale: string, currency: string, decimals: number | 'none', signed: boolean): Intl.NumberFormat {
  const signDisplay = signed ? 'exceptZero' : 'auto';
  if (/^[A-Z]{3}$/.test(currency)) {
    try {
      const base = { style: 'currency', currency, signDisplay } as const;
      const usual = new Intl.NumberFormat(locale, base).resolvedOptions().maximumFractionDigits ?? 2;
      const digits = decimals === 'none' ? 0 : Math.min(Math.max(usual, decimals), 20);
      return new Intl.NumberFormat(locale, { ...base, minimumFractionDigits: digits, maximumFractionDigits: digits });
    } catch {
      // A code that the engine does not take: the number alone.
    }
  }
  const digits = decimals === 'none' ? 0 : Math.min(decimals, 20);
  return new Intl.NumberFormat(locale, { signDisplay, minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Exact for decimal strings, with a real minus instead of a hyphen. */
function written(format: Intl.NumberFormat, value: number | string): string {
  return format
    .formatToParts(value as Intl.StringNumericLiteral)
    .map((part) => (part.type === 'minusSign' ? '\u2212' : part.value))
    .join('');
}

/** Days of some years: more than most files have. */
const DAYS = 8_000;

/** A search writes the day of every row, and many rows share one. */
function remembered(write: (iso: string) => string): (iso: string) => string {
  const known = new Map<string, string>();
  return (iso) => {
    const before = known.get(iso);
    if (before !== undefined) return before;
    const text = write(iso);
    if (known.size >= DAYS) known.clear();
    known.set(iso, text);
    return text;
  };
}

function utc(iso: string): Date | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!match) return undefined;
  return new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
}

function each(iso: string, write: (at: Date) => string, otherwise = iso): string {
  const at = utc(iso);
  return at ? plainYear(write(at)) : otherwise;
}

/** Russian dates end in an abbreviated "year" that a table does not need. */
export function plainYear(text: string): string {
  return text.replaceAll(/[\u00a0\u202f ]г\./g, '');
}
