// Exact decimal arithmetic on amounts written as strings; no number ever passes through a float.

interface Decimal {
  units: bigint;
  places: number;
}

const SHAPE = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/** Reads `-1284530.17`; anything else is undefined. */
function parse(text: string): Decimal | undefined {
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const units = BigInt(whole + fraction);
  return { units: sign === '-' ? -units : units, places: fraction.length };
}

/** Writes back with all decimals kept. */
function write({ units, places }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = places > 0 ? `.${digits.slice(digits.length - places)}` : '';
  return `${units < 0n ? '-' : ''}${whole}${fraction}`;
}

/** The exact sum with as many decimals as the finest summand. Texts that are not amounts count as nothing. */
export function sum(amounts: Iterable<string>): string {
  let total = 0n;
  let places = 0;
  for (const text of amounts) {
    const value = parse(text);
    if (!value) continue;
    if (value.places > places) {
      total *= 10n ** BigInt(value.places - places);
      places = value.places;
    }
    total += value.units * 10n ** BigInt(places - value.places);
  }
  return write({ units: total, places });
}

/** Negative, zero or positive. */
export function sign(amount: string): -1 | 0 | 1 {
  const units = parse(amount)?.units ?? 0n;
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

/** The same amount with the other sign. */
export function negate(amount: string): string {
  const value = parse(amount);
  return value ? write({ units: -value.units, places: value.places }) : amount;
}

/** The same amount without its sign. */
export function absolute(amount: string): string {
  return sign(amount) < 0 ? negate(amount) : amount;
}

/** How many decimals are written. */
export function places(amount: string): number {
  return parse(amount)?.places ?? 0;
}

/** For charts and for sorting only: may lose digits. */
export function approximate(amount: string | undefined): number {
  const number = Number(amount);
  return Number.isFinite(number) ? number : 0;
}
