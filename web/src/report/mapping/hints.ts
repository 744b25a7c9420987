// What the reader may say of how a file is written, as the hints of the API; and which of it the file did not follow.
import type { Hints, Report, Source } from '../../api/types';

export const HINTS = ['date_order', 'decimal', 'sign', 'currency'] as const;

export type Hint = (typeof HINTS)[number];

/** What the report says instead of a hint that was given. */
const DECIDED: Record<Exclude<Hint, 'currency'>, (source: Source) => string> = {
  date_order: ({ dateOrder }) => dateOrder,
  decimal: ({ decimal }) => decimal,
  sign: ({ sign }) => sign,
};

/** What a file was read as; empty where it does not arise. */
export function decidedOf(hint: Hint, report: Report, source: Source): string {
  return hint === 'currency' ? onlyCurrency(report) : DECIDED[hint](source);
}

/** Hints that a file did not follow: its own values prove otherwise. */
export function unheeded(report: Report, source: Source, hints: Hints): Hint[] {
  return HINTS.filter((hint) => {
    const decided = decidedOf(hint, report, source);
    return hints[hint] && decided !== '' && decided !== hints[hint];
  });
}

/** The currency of a report of one; empty where none is stated or there are several. */
function onlyCurrency({ facts }: Report): string {
  const currencies = new Set(
    facts.filter(({ metric }) => metric === 'transactions').map(({ dimensions }) => dimensions.currency ?? ''),
  );
  return currencies.size === 1 ? ([...currencies][0] ?? '') : '';
}

/** The hints with what the reader chose; a choice that is what the file says anyway is none. */
export function withChoices(hints: Hints, choices: Hints, report: Report, source: Source): Hints {
  const next = { ...hints };
  for (const hint of HINTS) {
    const choice = choices[hint];
    if (choice && choice !== decidedOf(hint, report, source)) next[hint] = choice;
  }
  return next;
}

/** Currencies of the reader's browser; a few that every bank knows where it does not tell. */
export function currencyCodes(): string[] {
  try {
    return Intl.supportedValuesOf('currency');
  } catch {
    return ['EUR', 'GBP', 'KZT', 'RUB', 'USD'];
  }
}
