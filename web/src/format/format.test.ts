// Money, days and sizes in both languages, exact to the last digit.
import { describe, expect, it } from 'vitest';
import { createFormat, localeOf } from './format';

const en = createFormat('en-US');
const ru = createFormat('ru-RU');
/** With visible no-break spaces. */
const visible = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, '_');

describe('money', () => {
  it.each([
    ['1284530.17', 'USD', '$1,284,530.17', '1_284_530,17_$'],
    ['-1284.5', 'EUR', '\u2212€1,284.50', '\u22121_284,50_€'],
    ['1284.00', 'RUB', 'RUB_1,284.00', '1_284,00_₽'],
    ['1284', 'JPY', '¥1,284', '1_284_JPY'],
    ['0.12345678', 'EUR', '€0.12345678', '0,12345678_€'],
    ['-0.00', 'EUR', '\u2212€0.00', '\u22120,00_€'],
    ['1000.5', '', '1,000.5', '1_000,5'],
    ['9007199254740993.01', 'EUR', '€9,007,199,254,740,993.01', '9_007_199_254_740_993,01_€'],
  ])('%s %s', (amount, currency, english, russian) => {
    expect(visible(en.money({ amount, currency }))).toBe(english);
    const inRussian = visible(ru.money({ amount, currency }));
    // The yen's sign differs between versions of the locale data.
    expect(inRussian.replace('¥', 'JPY')).toBe(russian);
  });

  it('shows a plus where the sign matters, and none on zero', () => {
    expect(en.money({ amount: '12.50', currency: 'EUR' }, { sign: true })).toBe('+€12.50');
    expect(en.money({ amount: '0.00', currency: 'EUR' }, { sign: true })).toBe('€0.00');
  });

  it('writes a currency that no standard knows', () => {
    expect(visible(en.money({ amount: '5.00', currency: 'XBT' }))).toBe('XBT_5.00');
    expect(en.money({ amount: '5.00', currency: 'not one' })).toBe('5.00');
  });
});

describe('days and months', () => {
  it('are written out', () => {
    expect(en.month('2025-03')).toBe('March 2025');
    expect(ru.month('2025-03')).toBe('март 2025');
    expect(en.day('2025-04-03')).toBe('April 3, 2025');
    expect(visible(ru.day('2025-04-03'))).toBe('3 апреля 2025');
    expect(createFormat('en-GB').day('2025-04-03')).toBe('3 April 2025');
  });

  it('make periods', () => {
    expect(en.period('2025-01-02', '2025-04-30').replaceAll(/\s/g, ' ')).toBe('January 2 – April 30, 2025');
    expect(ru.period('2025-01-09', '2025-04-30').replaceAll(/\s/g, ' ')).toBe('9 января – 30 апреля 2025');
  });

  it('never move by the reader’s time zone', () => {
    expect(en.day('2025-01-01')).toBe('January 1, 2025');
    expect(en.day('2024-12-31')).toBe('December 31, 2024');
  });

  it('name months from the first to the last', () => {
    expect(en.months('2025-01', '2025-03').replaceAll('\u2009', ' ')).toBe('January – March 2025');
    expect(ru.months('2024-11', '2025-01').replaceAll(/[\u2009\u00a0]/g, ' ')).toBe('ноябрь 2024 – январь 2025');
  });

  it('leave alone what is no day', () => {
    expect(en.day('soon')).toBe('soon');
  });
});

describe('other numbers', () => {
  it('are grouped, shortened and shared', () => {
    expect(visible(ru.integer('1204'))).toBe('1_204');
    expect(en.percent('0.1834')).toBe('18.3%');
    expect(visible(ru.percent('0.5'))).toBe('50,0_%');
    expect(en.compact(-1_284_530)).toBe('\u22121.3M');
    expect(visible(ru.compact(1_284_530))).toBe('1,3_млн');
    expect(visible(en.bytes(209_715_200))).toBe('200_MB');
    expect(visible(ru.bytes(209_715_200))).toBe('200_МБ');
    expect(visible(en.bytes(411))).toBe('411_bytes');
  });
});

describe('localeOf', () => {
  it('takes the reader’s own variant of the language', () => {
    expect(localeOf('en', ['ru-RU', 'en-GB', 'en-US'])).toBe('en-GB');
    expect(localeOf('ru', ['en-US'])).toBe('ru-RU');
    expect(localeOf('en', ['de-DE'])).toBe('en-US');
  });
});
