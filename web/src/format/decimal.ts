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

/** Adds up exactly, one amount after the other. Texts that are not amounts count as nothing. */
export class Total {
  private units = 0n;
  private places = 0;

  add(text: string): void {
    const value = parse(text);
    if (!value) return;
    if (value.places > this.places) {
      this.units *= 10n ** BigInt(value.places - this.places);
      this.places = value.places;
    }
    this.units += value.units * 10n ** BigInt(this.places - value.places);
  }

  /** With as many decimals as the finest summand. */
  toString(): string {
    return write({ units: this.units, places: this.places });
  }
}

/** The exact sum, see {@link Total}. */
export function sum(amounts: Iterable<string>): string {
  const total = new Total();
  for (const text of amounts) total.add(text);
  return total.toString();
}

/** The exact difference of two amounts. */
export function difference(later: string, earlier: string): string {
  return sum([later, negate(earlier)]);
}

/** `part / whole` with four decimals, half to even, as the server rounds. Undefined where the whole is zero or no amount. */
export function ratio(part: string, whole: string): string | undefined {
  const [above, below] = [parse(part), parse(whole)];
  if (!above || !below || below.units === 0n) return undefined;
  const turned = below.units < 0n ? -1n : 1n;
  const dividend = above.units * 10n ** BigInt(below.places + 4) * turned;
  const divisor = below.units * 10n ** BigInt(above.places) * turned;
  let units = dividend / divisor;
  const rest = dividend - units * divisor;
  const twice = 2n * (rest < 0n ? -rest : rest);
  if (twice > divisor || (twice === divisor && units % 2n !== 0n)) units += dividend < 0n ? -1n : 1n;
  return write({ units, places: 4 });
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
