// What a reader does with a report: chooses a period, compares, takes rows along, corrects how the file was read, prints.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from './harness.mjs';
import { BAKERY, drawn, fact, figuresAre, PRIMER, plain, reported } from './pages.mjs';

/** Every screen in both languages, light and dark, on a phone and on a wide screen. */
const LOOKS = [
  { locale: 'en-US', colorScheme: 'light', width: 1440 },
  { locale: 'en-US', colorScheme: 'dark', width: 390 },
  { locale: 'ru-RU', colorScheme: 'dark', width: 1440 },
  { locale: 'ru-RU', colorScheme: 'light', width: 390 },
];
const look = ({ locale, colorScheme, width }) => `${locale.slice(0, 2)}-${colorScheme}-${width}`;

const period = (page) => page.getByRole('combobox', { name: /^(Period|Период)$/ });
const bar = (page, key) => page.getByRole('region', { name: 'Categories' }).locator(`[data-fact$="/category/${key}"]`);

test('a period shows its own figures, and they open their own rows', {}, async ({ page, dropFixture }) => {
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await period(page).selectOption({ label: 'Q1 2025' });
  // Added up by hand from the months of the bakery.
  await figuresAre(page, {
    'money_in/EUR/period/2025-01..2025-03': '€37,681.25',
    'money_out/EUR/period/2025-01..2025-03': '€30,168.39',
    'net/EUR/period/2025-01..2025-03': '+€7,512.86',
    'opening_balance/EUR': '€8,420.35',
    'closing_balance/EUR/period/2025-01..2025-03': '€15,933.21',
    'transactions/EUR/period/2025-01..2025-03': '33',
  });
  const said = plain(await page.getByRole('region', { name: 'Summary' }).innerText());
  assert.match(said, /^Q1 2025: €37,681\.25 came in and €30,168\.39 went out, a net of \+€7,512\.86\. The largest/);
  assert.doesNotMatch(said, /The file/, 'what is told of the whole file is not told of the period');
  await page.locator('header').getByText('Whole file').waitFor();
  await fact(page, 'money_out/EUR/period/2025-01..2025-03').click();
  const panel = page.getByRole('dialog', { name: 'Money out, Q1 2025' });
  assert.equal(plain(await panel.getByTestId('total').innerText()), '-€30,168.39');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });

  // The rent of three months, and its share of what went out.
  assert.match(plain(await bar(page, 'rent').innerText()), /Rent €5,550\.00 18\.4%/);
  await bar(page, 'rent').click();
  const rent = page.getByRole('dialog', { name: 'Money out, Rent, Q1 2025' });
  assert.equal(plain(await rent.getByTestId('count').innerText()), '3 rows');
  assert.equal(plain(await rent.getByTestId('total').innerText()), '-€5,550.00');
  await page.keyboard.press('Escape');
  await rent.waitFor({ state: 'hidden' });
  await page.getByText('What follows is about the whole file.').waitFor();
});

test('a period that the file covers in part says so', {}, async ({ page, dropFixture, accessible, shot }) => {
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  const partial = page.getByText(/from end to end/);
  await period(page).selectOption({ label: 'Q1 2025' });
  await fact(page, 'net/EUR/period/2025-01..2025-03').waitFor();
  assert.equal(await partial.count(), 0);
  await period(page).selectOption({ label: 'Q2 2025' });
  const told = '1 of the 3 months of Q2 2025 is in the file from end to end: the file covers January 2 – April 30, 2025.';
  await partial.waitFor();
  assert.equal(plain(await partial.innerText()), told);
  await drawn(page);
  await accessible();
  await shot('period-partial-en-light-1440');
});

test('a period is chosen by keyboard alone, month after month', {}, async ({ page, dropFixture }) => {
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await period(page).focus();
  await page.keyboard.type('March');
  await fact(page, 'net/EUR/period/2025-03..2025-03').waitFor();
  await page.getByRole('heading', { name: 'More came in than went out' }).waitFor();
  await page.getByText('Cash flow by day').waitFor();
  await page.getByRole('button', { name: 'The period before' }).press('Enter');
  await fact(page, 'net/EUR/period/2025-02..2025-02').waitFor();
  await page.getByRole('heading', { name: 'More went out than came in' }).waitFor();
  assert.equal(plain(await fact(page, 'opening_balance/EUR/period/2025-02..2025-02').innerText()), '€14,000.46');
  await page.getByRole('button', { name: 'The period before' }).press('Enter');
  assert.ok(await page.getByRole('button', { name: 'The period before' }).isDisabled());
  await period(page).selectOption({ label: 'Other months…' });
  await page.getByRole('combobox', { name: 'to', exact: true }).selectOption({ label: 'April 2025' });
  await page.getByRole('combobox', { name: 'from', exact: true }).selectOption({ label: 'February 2025' });
  assert.equal(plain(await fact(page, 'money_in/EUR/period/2025-02..2025-04').innerText()), '€41,668.60');
  await period(page).selectOption({ label: 'Whole file' });
  await figuresAre(page, BAKERY.figures);
});

test('what needs all rows stays that of the whole file where some are missing', {}, async ({ page, dropFixture }) => {
  // As a long file does: its first rows come, the others do not.
  await page.route('**/analyze?**', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/event: ?rows\ndata: ?([^\n]*)/, (_, data) => {
      const { rows } = JSON.parse(data);
      return `event: rows\ndata: ${JSON.stringify({ rows: rows.slice(0, 30) })}`;
    });
    await route.fulfill({ response: answer, body });
  });
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await period(page).selectOption({ label: 'Q1 2025' });
  await figuresAre(page, { 'money_out/EUR/period/2025-01..2025-03': '€30,168.39' });
  await page.getByText(/below are those of the whole file/).waitFor();
  assert.match(plain(await bar(page, 'rent').innerText()), /Rent €7,400\.00/);
  await fact(page, 'money_out/EUR/period/2025-01..2025-03').click();
  await page.getByText(/the browser holds its first 30 rows/).waitFor();
});

for (const options of LOOKS) {
  test(`a period is readable: ${look(options)}`, options, async ({ page, dropFixture, accessible, fits, shot }) => {
    await dropFixture(PRIMER.file);
    await reported(page, PRIMER.file);
    await period(page).selectOption({ index: 3 });
    await drawn(page);
    await accessible();
    await fits();
    await shot(`period-${look(options)}`);
  });
}

test('rows are sorted, copied and saved as they are shown', {}, async ({ page, dropFixture, accessible, shotView }) => {
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await fact(page, 'money_out/EUR').click();
  const panel = page.getByRole('dialog', { name: 'Money out' });
  const table = panel.getByRole('region', { name: 'Rows' });
  const first = async () => plain(await table.locator('[role=row][aria-rowindex="2"]').innerText());
  const amount = table.getByRole('columnheader', { name: 'Amount' });
  await amount.getByRole('button').click();
  assert.equal(await amount.getAttribute('aria-sort'), 'ascending');
  assert.match(await first(), /Staff account Payroll March.*-€5,120\.00/);
  await amount.getByRole('button').click();
  assert.match(await first(), /Harbour Bank.*-€12\.90/);
  await amount.getByRole('button').click();
  assert.equal(await amount.getAttribute('aria-sort'), 'none');
  await table.getByRole('button', { name: 'Date' }).click();
  await table.getByRole('button', { name: 'Date' }).click();

  await page.keyboard.press('/');
  await page.keyboard.type('mill');
  await panel.getByText('5 of 28 rows').waitFor();
  await accessible();
  await shotView('rows-sorted-en-light-1440');
  await panel.getByRole('button', { name: 'Copy' }).click();
  await panel.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).split(/\r?\n/);
  assert.equal(copied[0], 'Date\tCounterparty\tDescription\tCategory\tAmount\tCurrency\tLine');
  assert.match(copied[1], /^2025-04-08\tMiller & Mill\tFlour and sugar, supplier invoice 2025-078\t.*\t-905\.60\tEUR\t\d+$/);
  assert.equal(copied.length, 6);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'Money out.csv');
  const saved = await readFile(await download.path(), 'utf8');
  assert.ok(saved.startsWith('\uFEFFDate,Counterparty,'));
  assert.match(saved, /\r\n2025-04-08,Miller & Mill,"Flour and sugar, supplier invoice 2025-078",[^\r]*,-905\.60,EUR,/);
  assert.equal(saved.trimEnd().split('\r\n').length, 6);
});

test('texts of a file never become formulas', { locale: 'ru-RU' }, async ({ page, drop }) => {
  const lines = ['Дата;Описание;Сумма;Валюта', '03.01.2025;=2+5;-12,50;RUB', '15.01.2025;+7 999 000;100,00;RUB'];
  await drop('formulas.csv', lines.join('\n'));
  await reported(page, 'formulas.csv');
  await fact(page, 'net/RUB').click();
  const panel = page.getByRole('dialog', { name: 'Разница' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Сохранить CSV' }).click(),
  ]);
  const saved = await readFile(await download.path(), 'utf8');
  assert.match(saved, /2025-01-03;[^\r]*'=2\+5;[^\r]*;-12,50;RUB;2/);
  assert.match(saved, /'\+7 999 000;[^\r]*;100,00;RUB;3/);
});

test('rows are sorted on a phone by a list', { width: 390, locale: 'ru-RU' }, async (session) => {
  const { page, dropFixture, accessible, shotView } = session;
  await dropFixture(PRIMER.file);
  await reported(page, PRIMER.file);
  await fact(page, 'money_out/RUB').click();
  const panel = page.getByRole('dialog', { name: 'Списано' });
  await panel.getByRole('combobox', { name: 'Порядок строк' }).selectOption({ label: 'Сначала новые' });
  assert.match(plain(await panel.locator('[role=row][aria-rowindex="2"]').innerText()), /30 апр/);
  await accessible();
  await shotView('rows-sorted-ru-light-390');
});

/** The texts of a row of a comparison. */
const changed = async (page, table, name) =>
  (await page.getByRole('group', { name: table }).getByRole('row').filter({ hasText: name }).first().locator('th, td').allInnerTexts()).map(plain);

test('two periods are compared, the largest change first', {}, async ({ page, dropFixture, accessible }) => {
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('heading', { name: 'April 2025 compared with March 2025' }).waitFor();
  // The months stand in BAKERY; the rows below were added up by hand from the fixture.
  assert.deepEqual(await changed(page, 'Figures', 'Money in'), ['Money in', '€14,828.80', '€17,676.35', '+€2,847.55', '+19.2%']);
  assert.deepEqual(await changed(page, 'Figures', 'Net'), ['Net', '+€4,539.35', '+€9,374.49', '+€4,835.14', '+106.5%']);
  const paid = page.getByRole('group', { name: 'Who was paid' });
  const first = (await paid.getByRole('row').nth(1).locator('th, td').allInnerTexts()).map(plain);
  assert.deepEqual(first, ['Tax Office', '€2,145.00', '–', '-€2,145.00', 'gone']);
  assert.deepEqual(await changed(page, 'Who was paid', 'Fresh Market'), ['Fresh Market', '–', '€142.06', '+€142.06', 'new']);

  await page.getByRole('group', { name: 'Figures' }).getByRole('button', { name: '+€2,847.55' }).click();
  const change = page.getByRole('dialog', { name: 'Change: Money in' });
  await change.getByText('The later figure minus the earlier one.').waitFor();
  await accessible();
  await change.getByRole('button', { name: '€14,828.80' }).click();
  const rows = page.getByRole('dialog', { name: 'Money in, March 2025' });
  assert.equal(plain(await rows.getByTestId('total').innerText()), '+€14,828.80');
  await page.keyboard.press('Escape');
  await rows.waitFor({ state: 'hidden' });

  await page.getByRole('combobox', { name: 'Before' }).selectOption({ label: 'Q1 2025' });
  await page.getByText('The two differ in length: 3 months before, 1 month after.').waitFor();
  await page.getByRole('button', { name: 'Back to the report' }).click();
  await figuresAre(page, BAKERY.figures);
});

test('a second file that is dropped on a report is compared with it', {}, async (session) => {
  const { page, dropFixture, accessible, expectComplaint } = session;
  expectComplaint(/Failed to load resource/);
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await dropFixture('two-currencies.csv');
  await page.getByRole('heading', { name: 'sunrise-bakery.csv compared with two-currencies.csv' }).waitFor();
  assert.deepEqual(await changed(page, 'Figures', 'Money in'), ['Money in', '€3,100.00', '€55,357.60', '+€52,257.60', '+1,685.7%']);
  await page.getByRole('group', { name: 'Figures' }).getByRole('button', { name: '€3,100.00' }).click();
  const rows = page.getByRole('dialog', { name: 'Money in' });
  assert.equal(plain(await rows.getByTestId('total').innerText()), '+€3,100.00');
  await page.keyboard.press('Escape');
  await rows.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Swap sides' }).click();
  await page.getByRole('heading', { name: 'two-currencies.csv compared with sunrise-bakery.csv' }).waitFor();

  // A question of the second file is asked here, and a file that cannot be read leaves the report alone.
  await page.getByRole('button', { name: 'Compare without two-currencies.csv' }).click();
  await dropFixture('ambiguous-dates.csv');
  await page.getByRole('heading', { name: 'In which order are the dates written?' }).waitFor();
  await accessible();
  await page.getByRole('radio', { name: /Day, month, year/ }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('The two have no currency in common.').waitFor();
  await dropFixture('empty.csv');
  await page.getByRole('alert').getByText('The file is empty.').waitFor();
  await accessible();
  await page.getByRole('button', { name: 'Back to the report' }).click();
  await figuresAre(page, BAKERY.figures);
});

test('a report kept in the browser is compared without its file', {}, async ({ page, dropFixture }) => {
  await dropFixture('two-currencies.csv');
  await reported(page, 'two-currencies.csv');
  await page.getByRole('button', { name: 'New file' }).click();
  await page.getByRole('link', { name: /two-currencies/ }).waitFor();
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('combobox', { name: 'or with a kept report' }).selectOption({ index: 1 });
  await page.getByRole('heading', { name: 'sunrise-bakery.csv compared with two-currencies.csv' }).waitFor();
  await page.getByRole('group', { name: 'Figures' }).getByRole('button', { name: '€3,100.00' }).click();
  await page.getByRole('dialog', { name: 'Money in' }).getByText('2 rows').waitFor();
});

for (const options of LOOKS) {
  test(`a comparison is readable: ${look(options)}`, options, async ({ page, dropFixture, accessible, fits, shot }) => {
    await dropFixture(PRIMER.file);
    await reported(page, PRIMER.file);
    await page.getByRole('button', { name: /^(Compare|Сравнить)$/ }).click();
    await page.getByRole('group', { name: /^(Figures|Показатели)$/ }).waitFor();
    await accessible();
    await fits();
    await shot(`compare-${look(options)}`);
  });
}

test('on a phone no table hides a column', { width: 390 }, async ({ page }) => {
  const hidden = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('[role=group]:has(> table)')]
        .filter((frame) => frame.scrollWidth > frame.clientWidth)
        .map((frame) => frame.getAttribute('aria-label')),
    );
  await page.getByRole('button', { name: 'Try a sample statement' }).click();
  await page.getByRole('group', { name: 'Regular payments' }).waitFor();
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('details')) one.open = true;
  });
  assert.deepEqual(await hidden(), []);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('group', { name: 'Who was paid' }).waitFor();
  assert.deepEqual(await hidden(), []);
});

test('English days are written in one way: that of the reader', {}, async ({ page }) => {
  await page.getByRole('button', { name: 'Try a sample statement' }).click();
  await page.getByRole('group', { name: 'Regular payments' }).waitFor();
  await fact(page, 'money_out/EUR').click();
  await page.getByRole('dialog').getByTestId('total').waitFor();
  const text = plain(await page.locator('body').innerText());
  assert.match(text, /from January 2, 2025 to February 27, 2026/);
  const month = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
  assert.equal(text.match(new RegExp(`\\b\\d{1,2} ${month}[a-z]* \\d{4}`))?.[0], undefined);
  assert.equal(text.match(new RegExp(`\\b(?!May)${month} \\d{1,2}, \\d{4}`))?.[0], undefined);
});

for (const options of LOOKS) {
  test(`a file without transactions is calm: ${look(options)}`, options, async ({ page, dropFixture, accessible, fits, shot }) => {
    const file = 'no-transactions.ofx';
    await dropFixture(file);
    await reported(page, file);
    await page.getByRole('heading', { name: /^(The file holds no transactions|В файле нет операций)$/ }).waitFor();
    assert.equal(await page.getByRole('button', { name: /^(Compare|Сравнить)$/ }).count(), 0);
    assert.equal(await page.getByText(/^(Nothing unusual was found|Ничего необычного не нашлось)/).count(), 0);
    await accessible();
    await fits();
    await shot(`no-transactions-${look(options)}`);
    // Another file takes its place, and is not compared with nothing.
    await dropFixture(PRIMER.file);
    await reported(page, PRIMER.file);
  });
}

test('paper shows the whole of every list, and no choice', { width: 680 }, async ({ page, shot }) => {
  await page.getByRole('button', { name: 'Try a sample statement' }).click();
  await page.getByRole('button', { name: /^Show \d+ more$/ }).first().waitFor();
  await page.locator('section[aria-labelledby="forecast"] svg path').first().waitFor({ state: 'attached' });
  // Without the events of a print, as a preview has it.
  await page.emulateMedia({ media: 'print' });
  await page.getByRole('group', { name: 'Counterparties' }).getByRole('row').nth(16).waitFor();
  const buttons = page.getByRole('button', { name: /^Show/ });
  assert.deepEqual(await buttons.allInnerTexts(), []);
  assert.equal(await page.getByRole('combobox').count(), 0);
  assert.equal(await page.getByText('Figure', { exact: true }).filter({ visible: true }).count(), 0);
  await shot('print-en-light-680');
});

test('paper shows every currency', {}, async ({ page, dropFixture }) => {
  await dropFixture('two-currencies.csv');
  await reported(page, 'two-currencies.csv');
  await drawn(page);
  assert.equal(await page.getByRole('heading', { name: 'Where the money went' }).count(), 1);
  await page.emulateMedia({ media: 'print' });
  await page.getByRole('heading', { name: 'USD', exact: true }).waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Where the money went' }).count(), 2);
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('heading', { name: 'USD', exact: true }).waitFor({ state: 'detached' });
});

test('paper shows everything in light colours and nothing to click', { colorScheme: 'dark' }, async (session) => {
  const { page, dropFixture } = session;
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await drawn(page);
  const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
  // Printing begins and ends with these events; what is in between is what the paper shows.
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  assert.equal(await scheme(), 'light');
  assert.equal(await page.locator('details:not([open])').count(), 0);
  assert.equal(await page.getByRole('combobox').count(), 0);
  assert.equal(await page.getByRole('button', { name: /New file|Print|Compare|Read again|Show the rows$/ }).count(), 0);
  await page.getByRole('cell', { name: '€7,400.00' }).first().waitFor();
  const [drawing, text] = await page.evaluate(() => [
    document.querySelector('[role=img] svg').getBoundingClientRect().width,
    getComputedStyle(document.body).color,
  ]);
  assert.equal(drawing, 680);
  assert.equal(text, 'rgb(23, 24, 29)');
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  assert.equal(await scheme(), 'dark');
  assert.equal(await page.locator('details[open]').count(), 0);
  assert.ok((await page.pdf({ preferCSSPageSize: true })).length > 10_000);
});

const mapping = (page) => page.getByRole('group', { name: /^(Columns|Столбцы)$/ });

test('every column says what it is, why, and what it made of the first rows', {}, async ({ page, dropFixture }) => {
  await dropFixture(PRIMER.file);
  await reported(page, PRIMER.file);
  const amount = mapping(page).getByRole('row').filter({ hasText: 'its header says so' }).filter({ hasText: /185\D000,00/ });
  await amount.first().waitFor();
  assert.match(plain(await mapping(page).getByRole('row').nth(1).innerText()), /booking date.*09\.01\.2025.*January 9, 2025/);
});

test('a wrong reading is corrected, and the file is read again', {}, async (session) => {
  const { page, dropFixture, accessible, fits, shot } = session;
  await dropFixture('ambiguous-dates.csv');
  await page.getByRole('radio', { name: /Day, month, year/ }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await reported(page, 'ambiguous-dates.csv');
  await page.getByText('February 1 – September 8, 2025').waitFor();
  const form = page.getByRole('form', { name: 'Is something read wrongly?' });
  assert.ok(await form.getByRole('button', { name: 'Read again' }).isDisabled());
  await form.getByRole('combobox', { name: 'Dates' }).selectOption({ label: 'Month, day, year' });
  await form.getByRole('combobox', { name: 'Currency' }).selectOption('USD');
  await form.getByRole('button', { name: 'Read again' }).click();
  await page.getByText('January 2 – August 9, 2025').waitFor();
  assert.equal(plain(await fact(page, 'money_in/USD').innerText()), '$3,380.00');
  assert.equal(await form.getByRole('combobox', { name: 'Dates' }).inputValue(), 'mdy');
  await drawn(page);
  await accessible();
  await fits();
  await shot('mapping-en-light-1440');
});

test('a correction that the file disproves is refused with words', {}, async ({ page, dropFixture, accessible }) => {
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  const form = page.getByRole('form', { name: 'Is something read wrongly?' });
  await form.getByRole('combobox', { name: 'Dates' }).selectOption({ label: 'Month, day, year' });
  await form.getByRole('button', { name: 'Read again' }).click();
  await page.getByText('The dates were read as before').waitFor();
  await figuresAre(page, BAKERY.figures);
  await accessible();
});

for (const options of LOOKS) {
  test(`how a file was read is readable: ${look(options)}`, options, async ({ page, dropFixture, accessible, fits, shotView }) => {
    await dropFixture(PRIMER.file);
    await reported(page, PRIMER.file);
    await page.getByRole('button', { name: /Read again|Прочитать ещё раз/ }).scrollIntoViewIfNeeded();
    await accessible();
    await fits();
    await shotView(`mapping-${look(options)}`);
  });
}
