// What the journeys share: the two statements with the figures added up by hand, and where a page shows them.
import assert from 'node:assert/strict';

/** Every kind of space, and every way to write a minus, as one. */
export const plain = (text) => text.replaceAll(/[\u00a0\u202f\u2009\s]+/g, ' ').replaceAll('\u2212', '-').trim();

/** The exact value in cents of what a page writes in either language. */
export function cents(text, decimal) {
  const kept = plain(text).replaceAll(/[^\d.,-]/g, '').replaceAll(decimal === ',' ? '.' : ',', '');
  const [whole, fraction = ''] = kept.replace('-', '').split(decimal);
  const value = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return kept.includes('-') ? -value : value;
}

export const fact = (page, id) => page.locator(`dl [data-fact="${id}"]`);
export const reported = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
/** The figures of the chart are drawn, whatever its library needs for that. */
export const drawn = (page) => page.locator('[role=img] svg path').first().waitFor({ state: 'attached' });

// Added up by hand from fixtures/sunrise-bakery.csv.
export const BAKERY = {
  file: 'sunrise-bakery.csv',
  figures: {
    'money_in/EUR': '€55,357.60',
    'money_out/EUR': '€38,470.25',
    'net/EUR': '+€16,887.35',
    'opening_balance/EUR': '€8,420.35',
    'closing_balance/EUR': '€25,307.70',
    'transactions/EUR': '43',
  },
  months: [
    ['January 2025', '€13,689.00', '€8,108.89', '+€5,580.11'],
    ['February 2025', '€9,163.45', '€11,770.05', '-€2,606.60'],
    ['March 2025', '€14,828.80', '€10,289.45', '+€4,539.35'],
    ['April 2025', '€17,676.35', '€8,301.86', '+€9,374.49'],
  ],
};

// Added up by hand from fixtures/primer-vypiska.csv.
export const PRIMER = {
  file: 'primer-vypiska.csv',
  figures: {
    'money_in/RUB': '1 349 947,20 ₽',
    'money_out/RUB': '1 541 312,70 ₽',
    'net/RUB': '-191 365,50 ₽',
    'opening_balance/RUB': '412 600,00 ₽',
    'closing_balance/RUB': '221 234,50 ₽',
    'transactions/RUB': '41',
  },
};

export async function figuresAre(page, figures) {
  for (const [id, expected] of Object.entries(figures)) {
    assert.equal(plain(await fact(page, id).innerText()), expected, id);
  }
}
