// A statement is dropped, its report is read, the rows behind a figure are opened; whatever goes wrong is said.
import assert from 'node:assert/strict';
import { server, test } from './harness.mjs';
import { BAKERY, cents, drawn, fact, figuresAre, PRIMER, plain, reported } from './pages.mjs';

test('the empty page says what to do and what is read', {}, async ({ page, accessible, fits, shot }) => {
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  const zone = page.getByRole('region', { name: 'Statement file' });
  await zone.getByText(/CSV/).waitFor();
  await zone.getByText(/up to \d+\sMB/).waitFor();
  await page.getByText('the server keeps nothing, no account is needed').waitFor();
  await accessible();
  await fits();
  await shot('empty-light-1440');
});

test('a file is chosen by keyboard alone', {}, async ({ page }) => {
  const chooser = page.waitForEvent('filechooser');
  const button = page.getByRole('button', { name: 'Choose files' });
  for (let step = 0; step < 10; step += 1) {
    await page.keyboard.press('Tab');
    if (await button.evaluate((element) => element === document.activeElement)) break;
  }
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(new URL('./fixtures/sunrise-bakery.csv', import.meta.url).pathname);
  await reported(page, BAKERY.file);
});

test('the report of the bakery holds the figures added up by hand', {}, async (session) => {
  const { page, dropFixture, accessible, fits, shot } = session;
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await figuresAre(page, BAKERY.figures);
  await page.getByText('January 2 – April 30, 2025').waitFor();
  await page.getByText('43 transactions').first().waitFor();
  await page.getByRole('link', { name: 'Reconciled' }).waitFor();

  await page.getByRole('heading', { name: 'In 1 of 4 months more went out than came in' }).waitFor();
  const flow = page.getByRole('region', { name: 'In 1 of 4 months' });
  await flow.getByText('Show as a table').click();
  const rows = await flow.getByRole('row').all();
  const table = await Promise.all(
    rows.slice(1).map(async (row) => (await row.locator('th, td').allInnerTexts()).map(plain)),
  );
  assert.deepEqual(table, BAKERY.months);
  await flow.getByText('Show as a table').click();

  const rent = page.locator('[data-fact="money_out/EUR/category/rent"]').last();
  assert.match(plain(await rent.innerText()), /Rent .*€7,400\.00/);
  await page.getByText('Duplicate', { exact: true }).waitFor();
  await page.getByText('The running balance agrees with every movement.').waitFor();
  await drawn(page);
  await accessible();
  await fits();
  await shot('report-en-light-1440');
});

test('a figure opens its rows and they add up to it', {}, async (session) => {
  const { page, dropFixture, accessible, shotView } = session;
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await fact(page, 'money_out/EUR').click();
  const panel = page.getByRole('dialog', { name: 'Money out' });
  await panel.getByTestId('total').waitFor();
  assert.equal(plain(await panel.getByTestId('count').innerText()), '28 rows');
  assert.equal(plain(await panel.getByTestId('figure').innerText()), '€38,470.25');
  assert.equal(plain(await panel.getByTestId('total').innerText()), '-€38,470.25');

  // Every row is scrolled into view and added up here, not by the page.
  const seen = new Map();
  const table = panel.getByRole('region', { name: 'Rows' });
  await table.focus();
  while (seen.size < 28) {
    const before = seen.size;
    for (const row of await table.locator('[role=row][aria-rowindex]:has([role=cell])').all()) {
      const cells = await row.getByRole('cell').allInnerTexts();
      seen.set(plain(cells.at(-1)), cents(cells.at(-2), '.'));
    }
    const last = Math.max(...[...seen.keys()].map(Number));
    await table.evaluate((element) => element.scrollBy(0, element.clientHeight / 2));
    if (seen.size === before) await table.getByRole('cell', { name: String(last), exact: true }).waitFor();
    const end = await table.evaluate((element) => element.scrollTop + element.clientHeight >= element.scrollHeight - 1);
    if (end && seen.size === before) break;
  }
  assert.equal(seen.size, 28);
  assert.equal([...seen.values()].reduce((sum, value) => sum + value, 0n), -3_847_025n);
  await table.evaluate((element) => element.scrollTo(0, 0));
  await accessible();
  await shotView('rows-en-light-1440');

  await page.keyboard.press('/');
  await page.keyboard.type('market groceries');
  await panel.getByText('3 of 28 rows').waitFor();
  assert.equal(plain(await panel.getByTestId('total').innerText()), '-€355.00');
  await shotView('rows-search-en-light-1440');
  await panel.getByRole('searchbox').fill('nothing like it');
  await panel.getByText('No row holds “nothing like it”.').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
});

test('a figure made of others opens the rows of both', {}, async ({ page, dropFixture, accessible, shotView }) => {
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await fact(page, 'net/EUR').click();
  const panel = page.getByRole('dialog', { name: 'Net' });
  await panel.getByText('Money in minus money out.').waitFor();
  assert.equal(plain(await panel.getByTestId('count').innerText()), '43 rows');
  assert.equal(plain(await panel.getByTestId('total').innerText()), '+€16,887.35');
  await accessible();
  await shotView('rows-net-en-light-1440');
  await panel.getByRole('button', { name: '€55,357.60' }).click();
  await page.getByRole('dialog', { name: 'Money in' }).getByText('15 rows').waitFor();
});

test('a sentence opens the rows of its figures', {}, async ({ page, dropFixture }) => {
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  const link = page.getByRole('region', { name: 'Summary' }).getByRole('button').first();
  const shown = plain(await link.innerText());
  await link.click();
  const value = plain(await page.getByRole('dialog').getByTestId('figure').innerText());
  assert.equal(value, shown);
});

test('what the user says of a category is kept and holds for the next file', {}, async (session) => {
  const { page, dropFixture, accessible, fits, shot, shotView } = session;
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await fact(page, 'money_out/EUR').click();
  let panel = page.getByRole('dialog', { name: 'Money out' });
  await panel.getByTestId('total').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('market groceries');
  await panel.getByText('3 of 28 rows').waitFor();
  const row = panel.getByRole('button', { name: /Say what .* is/ }).first();
  assert.match(await row.innerText(), /Groceries\s+by its words/);
  await row.click();
  await page.keyboard.type('Haustiere 7');
  await accessible();
  await shotView('correct-en-light-1440');
  await Promise.all([page.waitForRequest(/analyze/), page.keyboard.press('Enter')]);
  await reported(page, BAKERY.file);
  const own = page.locator('[data-fact="money_out/EUR/category/Haustiere 7"]').last();
  assert.match(plain(await own.innerText()), /Haustiere 7/);
  await own.click();
  panel = page.getByRole('dialog', { name: 'Money out, Haustiere 7' });
  await panel.getByText('as you said').first().waitFor();
  await page.keyboard.press('Escape');

  // The next visit knows it; the list takes it back.
  await page.goto(server);
  await page.getByText('1 category of your own').click();
  await page.getByRole('button', { name: 'Erase all' }).waitFor();
  await accessible();
  await fits();
  await shot('empty-corrections-en-light-1440');
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await own.waitFor();
  await page.getByText('1 category of your own').click();
  await page.getByRole('button', { name: /^Remove / }).click();
  await reported(page, BAKERY.file);
  await fact(page, 'money_out/EUR').waitFor();
  assert.equal(await own.count(), 0);
  assert.equal(await page.evaluate(() => localStorage.getItem('saldo.corrections')), null);
});

test('the Russian report is Russian, in words and in numbers', { locale: 'ru-RU' }, async (session) => {
  const { page, dropFixture, accessible, fits, shot } = session;
  await page.getByRole('heading', { name: 'Загрузите выписку и узнайте, что произошло' }).waitFor();
  await accessible();
  await shot('empty-ru-light-1440');
  await dropFixture(PRIMER.file);
  await reported(page, PRIMER.file);
  await figuresAre(page, PRIMER.figures);
  await page.getByText('9 января – 30 апреля 2025').waitFor();
  await page.getByText('41 операция').first().waitFor();
  await page.getByRole('link', { name: 'Остатки сходятся' }).waitFor();
  await page.getByRole('heading', { name: 'В 3 месяцах из 4 списано больше, чем поступило' }).waitFor();
  await page.getByText('windows-1251').waitFor();
  await page.getByText('точка с запятой').waitFor();
  await page.getByText('Повтор', { exact: true }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'ru');
  await drawn(page);
  await accessible();
  await fits();
  await shot('report-ru-light-1440');
});

test('the language is switched without a new upload and is remembered', {}, async (session) => {
  const { page, dropFixture, shotView } = session;
  let uploads = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') uploads += 1;
  });
  await dropFixture(PRIMER.file);
  await reported(page, PRIMER.file);
  assert.equal(plain(await fact(page, 'money_in/RUB').innerText()), 'RUB 1,349,947.20');
  await page.getByRole('button', { name: 'Русский' }).click();
  await page.getByText('Поступило').first().waitFor();
  assert.equal(plain(await fact(page, 'money_in/RUB').innerText()), PRIMER.figures['money_in/RUB']);
  assert.equal(uploads, 1);
  await fact(page, 'money_out/RUB').click();
  const panel = page.getByRole('dialog', { name: 'Списано' });
  assert.equal(plain(await panel.getByTestId('count').innerText()), '33 строки');
  assert.equal(plain(await panel.getByTestId('total').innerText()), '-1 541 312,70 ₽');
  await shotView('rows-ru-light-1440');
  await page.goto(server);
  await page.getByRole('heading', { name: 'Загрузите выписку и узнайте, что произошло' }).waitFor();
});

test('an empty file is explained in both languages', {}, async ({ page, dropFixture, accessible, shot }) => {
  await dropFixture('empty.csv');
  await page.getByRole('heading', { name: 'empty.csv was not analysed' }).waitFor();
  await page.getByText('The file is empty.').waitFor();
  await page.getByText('Export the statement again and check its size.').waitFor();
  const id = await page.locator('code').last().innerText();
  assert.match(id, /^[0-9a-f]{32}$/);
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByText('Copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), id);
  await accessible();
  await shot('error-en-light-1440');
  await page.getByRole('button', { name: 'Русский' }).click();
  await page.getByText('Файл пуст.').waitFor();
  await accessible();
  // Another file may be dropped right here.
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
});

test('a picture is refused with its reason', { colorScheme: 'dark', width: 390 }, async (session) => {
  const { page, drop, accessible, fits, shot } = session;
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await drop('statement.png', Buffer.from(png, 'base64'));
  await page.getByRole('heading', { name: 'statement.png was not analysed' }).waitFor();
  await page.getByText(/The file is a picture/).waitFor();
  await accessible();
  await fits();
  await shot('error-en-dark-390');
});

test('a server out of reach is said plainly and tried again', {}, async ({ page, context, dropFixture, expectComplaint, accessible }) => {
  expectComplaint(/Failed to load resource|Couldn't load preload assets/);
  await context.setOffline(true);
  await dropFixture(BAKERY.file);
  await page.getByText('The server was not reached.').waitFor();
  await accessible();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await reported(page, BAKERY.file);
});

test('dates with two readings become one question', {}, async ({ page, dropFixture, accessible, fits, shot }) => {
  await dropFixture('ambiguous-dates.csv');
  await page.getByRole('heading', { name: 'In which order are the dates written?' }).waitFor();
  await page.getByText(/column “Date”/).waitFor();
  const dmy = page.getByRole('radio', { name: /Day, month, year/ });
  const mdy = page.getByRole('radio', { name: /Month, day, year/ });
  await dmy.waitFor();
  await page.getByText('February 1, 2025').waitFor();
  await page.getByText('January 2, 2025').waitFor();
  await accessible();
  await fits();
  await shot('question-en-light-1440');
  // Nothing is chosen beforehand, and nothing is sent until something is.
  assert.equal(await page.getByRole('radio', { checked: true }).and(page.locator('[name=choice]')).count(), 0);
  await page.getByRole('button', { name: 'Continue' }).click();
  await mdy.and(page.locator(':invalid')).waitFor({ state: 'attached' });
  await mdy.check();
  const [request] = await Promise.all([page.waitForRequest(/analyze/), page.keyboard.press('Enter')]);
  assert.equal(new URL(request.url()).searchParams.get('date_order'), 'mdy');
  await reported(page, 'ambiguous-dates.csv');
  await page.getByText('January 2 – August 9, 2025').waitFor();
  await figuresAre(page, { 'money_in/XXX': '3,380.00', 'money_out/XXX': '558.65', 'net/XXX': '+2,821.35' });
  await page.getByRole('heading', { name: 'Currency not stated' }).waitFor();
  await page.getByText('Nothing to check against').waitFor();
});

test('rows that cannot be read are listed with line, reason and value', {}, async (session) => {
  const { page, dropFixture, accessible, shot } = session;
  await dropFixture('broken-rows.csv');
  await reported(page, 'broken-rows.csv');
  const quality = page.getByRole('region', { name: 'How far to trust it' });
  const rejected = quality.getByRole('group', { name: 'Rows that were not read' });
  const cells = await Promise.all(
    (await rejected.getByRole('row').all()).slice(1).map((row) => row.getByRole('cell').allInnerTexts()),
  );
  assert.deepEqual(cells, [
    ['8', 'Not a date', 'Date', '31.02.2025'],
    ['10', 'Not an amount', 'Amount', 'n/a'],
  ]);
  await page.getByRole('link', { name: 'Does not reconcile' }).waitFor();
  await quality.getByText('further movements of +€1,951.80 in all. The first gap is at line 9.').waitFor();
  assert.deepEqual((await quality.locator('dl').first().locator('dd').allInnerTexts()).map(plain), ['14', '12', '0', '2']);
  await drawn(page);
  await accessible();
  await shot('report-broken-rows-en-light-1440');
});

test('a sentence about rows that were not read leads to their list', {}, async ({ page, dropFixture }) => {
  await dropFixture('broken-rows.csv');
  await reported(page, 'broken-rows.csv');
  const quality = page.getByRole('region', { name: 'How far to trust it' });
  await page.locator('[data-fact=rejected_rows]').first().click();
  await page.waitForFunction(() => document.activeElement?.id === 'quality');
  assert.ok(await quality.evaluate((element) => element.getBoundingClientRect().top < window.innerHeight));
});

test('currencies are kept apart', {}, async ({ page, dropFixture, accessible, fits, shot }) => {
  await dropFixture('two-currencies.csv');
  await reported(page, 'two-currencies.csv');
  await figuresAre(page, {
    'money_in/EUR': '€3,100.00',
    'money_out/EUR': '€1,531.20',
    'net/EUR': '+€1,568.80',
    'money_in/USD': '$900.00',
    'money_out/USD': '$91.00',
    'net/USD': '+$809.00',
  });
  const rent = page.locator('[data-fact="money_out/EUR/category/rent"]').last();
  await rent.waitFor();
  await drawn(page);
  await accessible();
  await fits();
  await shot('report-currencies-en-light-1440');
  await page.getByRole('radio', { name: 'USD' }).check({ force: true });
  await page.locator('li [data-fact="money_out/USD/category/subscriptions"]').waitFor();
  assert.equal(await page.locator('li [data-fact^="money_out/EUR/category"] .num').count(), 0);
});

test('a part of the page that cannot be fetched is said plainly', {}, async (session) => {
  const { page, dropFixture, expectComplaint, accessible } = session;
  expectComplaint(/Failed to load resource|preload|dynamically imported module/);
  await page.route(/\/assets\/ReportPage.*\.js/, (route) => route.abort());
  await dropFixture(BAKERY.file);
  await page.getByText('A part of the page could not be fetched, or it failed.').waitFor();
  await accessible();
  await page.unroute(/\/assets\/ReportPage.*\.js/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await reported(page, BAKERY.file);
});

test('work is shown stage by stage and can be cancelled', {}, async ({ page, dropFixture, accessible, shot }) => {
  // The answer never comes: the request is held back until it is cancelled.
  let held;
  await page.route('**/analyze?**', (route) => {
    held = route;
  });
  await dropFixture(BAKERY.file);
  await page.getByRole('heading', { name: `Analysing ${BAKERY.file}` }).waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Sending the file' }).waitFor();
  assert.equal(await page.getByRole('listitem').count(), 6);
  assert.equal(await page.getByRole('progressbar').count(), 1);
  await accessible();
  await shot('working-en-light-1440');
  const failed = page.waitForEvent('requestfailed');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await failed;
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  assert.ok(held);
});

test('a new file starts over', {}, async ({ page, dropFixture }) => {
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  await page.getByRole('button', { name: 'New file' }).click();
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  assert.equal(await page.title(), 'Saldo: read your statement');
});

test('the colour scheme is chosen and remembered', {}, async ({ page }) => {
  const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
  assert.equal(await scheme(), 'light');
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
  assert.equal(await scheme(), 'dark');
  await page.reload();
  await page.getByRole('radio', { name: 'Dark', checked: true }).waitFor({ state: 'attached' });
  assert.equal(await scheme(), 'dark');
  // As the system has it now, and when it changes its mind.
  await page.getByRole('radio', { name: 'As the system' }).check({ force: true });
  assert.equal(await scheme(), 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
});

test('two hundred thousand rows open, scroll and are searched without freezing', {}, async ({ page, drop, shotView }) => {
  const count = 200_000;
  const lines = ['Date,Counterparty,Description,Amount,Currency'];
  for (let at = 0; at < count; at += 1) {
    const month = String(1 + Math.floor((at * 12) / count)).padStart(2, '0');
    const day = String(1 + (at % 28)).padStart(2, '0');
    lines.push(`2025-${month}-${day},Shop ${at % 500},Card payment ${at},-1.25,EUR`);
  }
  page.setDefaultTimeout(60_000);
  await drop('long.csv', lines.join('\n'));
  await reported(page, 'long.csv');
  assert.equal(plain(await fact(page, 'money_out/EUR').innerText()), '€250,000.00');
  const started = performance.now();
  await fact(page, 'money_out/EUR').click();
  const panel = page.getByRole('dialog', { name: 'Money out' });
  await panel.getByText('200,000 rows').waitFor();
  assert.equal(plain(await panel.getByTestId('total').innerText()), '-€250,000.00');
  const opened = performance.now() - started;
  await panel.getByRole('region', { name: 'Rows' }).evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await panel.getByText('Card payment 199999').waitFor();
  const searched = performance.now();
  await panel.getByRole('searchbox').fill('499 199999');
  await panel.getByText('1 of 200,000 rows').waitFor();
  assert.ok(opened < 3_000, `the rows took ${opened} ms to open`);
  assert.ok(performance.now() - searched < 3_000, 'the search is slow');
  assert.ok((await page.locator('[role=row]').count()) < 100);
  await shotView('rows-long-en-light-1440');
});
