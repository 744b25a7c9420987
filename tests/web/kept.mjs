// Reports kept in the browser: reopened, found by the back button, erased, or not kept at all.
import assert from 'node:assert/strict';
import { server, test } from './harness.mjs';
import { BAKERY, fact, reported } from './pages.mjs';

const FILE = BAKERY.file;
const recent = (page) => page.getByRole('region', { name: 'Recent reports on this device' });
const start = (page) => page.getByRole('button', { name: 'Choose files' }).waitFor();
/** Writing to the browser's storage ends some time after the report is shown: so many are kept, the newest of this file. */
const kept = (page, count, newest) =>
  page.evaluate(
    async ([count, newest]) => {
      const all = () =>
        new Promise((resolve) => {
          const asked = indexedDB.open('saldo');
          asked.onsuccess = () => {
            const db = asked.result;
            const read = db.transaction('reports').objectStore('reports').getAll();
            read.onsuccess = () => {
              db.close();
              resolve(read.result.sort((one, other) => other.at - one.at));
            };
          };
        });
      const start = performance.now();
      for (;;) {
        const found = await all();
        if (found.length === count && (!newest || found[0].name === newest)) return;
        if (performance.now() - start > 15_000) throw new Error(`${found.length} reports are kept, not ${count}`);
        await new Promise(requestAnimationFrame);
      }
    },
    [count, newest],
  );

test('a reload keeps the report open, with its rows and without an upload', {}, async ({ page, dropFixture, accessible }) => {
  await dropFixture(FILE);
  await reported(page, FILE);
  await kept(page, 1);
  let uploads = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') uploads += 1;
  });
  await page.reload();
  await reported(page, FILE);
  await fact(page, 'money_out/EUR').click();
  const panel = page.getByRole('dialog', { name: 'Money out' });
  await panel.getByText('28 rows').waitFor();
  // Without the file nothing can be analysed anew, so no category can be corrected here.
  assert.equal(await panel.getByRole('button', { name: /Say what .* is/ }).count(), 0);
  assert.equal(uploads, 0);
  await accessible();
});

test('while a kept report is opened, its shape is shown', { width: 390 }, async ({ page, dropFixture, accessible, fits, shot }) => {
  await dropFixture(FILE);
  await reported(page, FILE);
  await kept(page, 1);
  let go;
  const held = new Promise((resolve) => {
    go = resolve;
  });
  await page.route(/\/assets\/ReportPage.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Opening the report' }).waitFor();
  await accessible();
  await fits();
  await shot('opening-en-light-390');
  go();
  await reported(page, FILE);
  await page.getByText(/This report was made .* and is kept in this browser/).waitFor();
});

test('the back button leads through start, report and back again', {}, async ({ page, dropFixture }) => {
  await dropFixture(FILE);
  await reported(page, FILE);
  await page.goBack();
  await start(page);
  await page.goForward();
  await reported(page, FILE);
  // A place within the report is no other screen.
  await page.getByRole('link', { name: 'Reconciled' }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'quality');
  assert.match(page.url(), /#\/report\//);
  await page.goBack();
  await start(page);
});

test('the same file analysed again replaces its report', {}, async ({ page, dropFixture }) => {
  for (const [name, count] of [
    [FILE, 1],
    ['two-currencies.csv', 2],
    [FILE, 2],
  ]) {
    await page.goto(server);
    await dropFixture(name);
    await reported(page, name);
    await kept(page, count, name);
  }
  await page.goto(server);
  const names = await recent(page).getByRole('link').allInnerTexts();
  assert.equal(names.length, 2);
  assert.match(names[0], /sunrise-bakery\.csv[^]*January 2 – April 30, 2025[^]*43 transactions/);
});

test('reports are erased one by one or all at once', {}, async ({ page, dropFixture, accessible, fits, shot }) => {
  for (const [place, name] of [FILE, 'two-currencies.csv', 'broken-rows.csv'].entries()) {
    await page.goto(server);
    await dropFixture(name);
    await reported(page, name);
    await kept(page, place + 1, name);
  }
  await page.goto(server);
  await recent(page).getByRole('button', { name: `Erase the report of ${FILE}` }).click();
  await kept(page, 2);
  assert.equal(await recent(page).getByRole('link').count(), 2);
  await recent(page).getByRole('button', { name: 'Erase all' }).click();
  await recent(page).getByText('Erase 2 reports?').waitFor();
  await accessible();
  await fits();
  await shot('kept-erase-en-light-1440');
  await recent(page).getByRole('button', { name: 'Erase', exact: true }).click();
  await kept(page, 0);
  assert.equal(await recent(page).getByRole('link').count(), 0);
  assert.equal(
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const asked = indexedDB.open('saldo');
          asked.onsuccess = () => {
            const counted = asked.result.transaction('contents').objectStore('contents').count();
            counted.onsuccess = () => resolve(counted.result);
          };
        }),
    ),
    0,
  );
});

test('switched off, nothing is kept and what was is erased', {}, async ({ page, dropFixture, accessible, shot }) => {
  await dropFixture(FILE);
  await reported(page, FILE);
  await kept(page, 1);
  await page.goBack();
  await recent(page).getByRole('checkbox', { name: 'Keep reports on this device' }).uncheck();
  await recent(page).getByText('Nothing is kept on this device.').waitFor();
  await kept(page, 0);
  await accessible();
  await shot('kept-off-en-light-1440');
  await dropFixture(FILE);
  await reported(page, FILE);
  // The back button still finds it during the visit; a reload does not.
  await page.goBack();
  await page.goForward();
  await reported(page, FILE);
  await page.reload();
  await page.getByRole('heading', { name: 'This report is not on this device any more' }).waitFor();
  await dropFixture(FILE);
  await reported(page, FILE);
});

test('a kept report that cannot be read is said plainly', {}, async ({ page, dropFixture, accessible, shot }) => {
  await dropFixture(FILE);
  await reported(page, FILE);
  await kept(page, 1);
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const asked = indexedDB.open('saldo');
        asked.onsuccess = () => {
          const write = asked.result.transaction('contents', 'readwrite');
          const contents = write.objectStore('contents');
          contents.getAllKeys().onsuccess = ({ target }) => contents.put(new Uint8Array([1, 2, 3]), target.result[0]);
          write.oncomplete = resolve;
        };
      }),
  );
  await page.reload();
  await page.getByRole('heading', { name: 'This report cannot be opened any more' }).waitFor();
  await accessible();
  await shot('unreadable-en-light-1440');
  await dropFixture(FILE);
  await reported(page, FILE);
  await page.reload();
  await reported(page, FILE);
});

test('another window hears of a report and of its end', {}, async ({ page, context, dropFixture }) => {
  const other = await context.newPage();
  await other.goto(server);
  await start(other);
  await dropFixture(FILE);
  await recent(other).getByRole('link', { name: FILE }).waitFor();
  await other.getByRole('button', { name: `Erase the report of ${FILE}` }).click();
  await page.goBack();
  await start(page);
  assert.equal(await recent(page).getByRole('link').count(), 0);
});
