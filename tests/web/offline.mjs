// The installed page: it opens without a server, shows the kept reports, and takes a new version when the reader wants it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { server, test } from './harness.mjs';
import { BAKERY, drawn, fact, reported } from './pages.mjs';

const FILE = BAKERY.file;
const allow = { serviceWorkers: 'allow' };
const ready = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

for (const [locale, width, colorScheme] of [
  ['en-GB', 1440, 'light'],
  ['ru-RU', 390, 'dark'],
]) {
  test(`without a network the page opens and so do its reports, ${locale}`, { ...allow, locale, width, colorScheme }, async (session) => {
    const { page, context, dropFixture, accessible, fits, shot, expectComplaint } = session;
    expectComplaint(/ERR_INTERNET_DISCONNECTED/);
    const english = locale.startsWith('en');
    await ready(page);
    await dropFixture(FILE);
    await reported(page, FILE);
    await page.goto(server);
    await page.getByRole('link', { name: FILE }).waitFor();
    await context.setOffline(true);
    await page.reload();
    await page.getByText(english ? /You are offline/ : /Нет подключения к сети/).waitFor();
    // The formats are those that the server named the last time.
    await page.getByText(/MT940/).waitFor();
    await accessible();
    await fits();
    await shot(`offline-${locale}-${colorScheme}-${width}`);
    await page.getByRole('link', { name: FILE }).click();
    await reported(page, FILE);
    await drawn(page);
    await fact(page, 'money_out/EUR').click();
    await page.getByTestId('total').waitFor();
    await page.reload();
    await reported(page, FILE);
    await fits();
  });
}

test('the worker keeps the page and nothing of an analysis', allow, async ({ page, dropFixture }) => {
  await ready(page);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await dropFixture(FILE);
  await reported(page, FILE);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  assert.ok(kept.includes('/index.html'));
  const foreign = kept.filter((path) => !/^\/(index\.html|[\w.-]+\.(js|svg|webmanifest)|(assets|icons|samples)\/.*)$/.test(path));
  assert.deepEqual(foreign, []);
});

test('the page can be installed', {}, async ({ page }) => {
  const { manifest, icons } = await page.evaluate(async () => {
    const link = document.querySelector('link[rel=manifest]').href;
    const manifest = await (await fetch(link)).json();
    const sizes = manifest.icons.map(async ({ src, sizes, purpose }) => {
      const image = await createImageBitmap(await (await fetch(src)).blob()).catch(() => undefined);
      return { purpose, said: sizes, is: image && `${image.width}x${image.height}` };
    });
    return { manifest, icons: await Promise.all(sizes) };
  });
  assert.equal(manifest.display, 'standalone');
  assert.equal(manifest.start_url, '/');
  const drawn = icons.filter(({ said }) => said !== 'any');
  for (const { said, is } of drawn) assert.equal(is, said);
  assert.deepEqual(
    ['192x192', '512x512'].map((size) => drawn.filter(({ said }) => said === size).map(({ purpose }) => purpose ?? 'any').sort()),
    [['any', 'maskable'], ['any', 'maskable']],
  );
});

test('a file opened with the installed page is analysed', {}, async ({ context }) => {
  const page = await context.newPage();
  // What a system hands over, which a browser without a window does not.
  const text = await readFile(new URL(`./fixtures/${FILE}`, import.meta.url), 'utf8');
  await page.addInitScript((text) => {
    const file = new File([text], 'opened.csv');
    const value = { setConsumer: (take) => take({ files: [{ getFile: async () => file }] }) };
    Object.defineProperty(globalThis, 'launchQueue', { value });
  }, text);
  await page.goto(server);
  await page.getByRole('heading', { level: 1, name: 'opened.csv', exact: true }).waitFor();
});

test('a new version waits until the reader wants it', allow, async ({ context }) => {
  // The same server under another address, where the worker's file changes.
  let version = 1;
  const front = createServer((from, to) => {
    const worker = from.url === '/sw.js';
    // Only plain text can be written on.
    const headers = worker ? { ...from.headers, 'accept-encoding': 'identity' } : from.headers;
    const ask = request(new URL(from.url, server), { method: from.method, headers }, (answer) => {
      const { 'content-length': length, ...headers } = answer.headers;
      to.writeHead(answer.statusCode, worker ? headers : answer.headers);
      answer.pipe(to, { end: !worker });
      if (worker) answer.on('end', () => to.end(`\n// version ${version}`));
    });
    from.pipe(ask);
  });
  await new Promise((resolve) => front.listen(0, '127.0.0.1', resolve));
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${front.address().port}/`);
    await ready(page);
    await page.reload();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    assert.equal(await page.getByText('A new version of this page is ready.').count(), 0);
    version = 2;
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await page.getByText('A new version of this page is ready.').waitFor();
    await page.screenshot({ path: new URL('./screenshots/update-en-light-1440.png', import.meta.url).pathname });
    const [reloaded] = await Promise.all([
      page.waitForEvent('load'),
      page.getByRole('button', { name: 'Reload' }).click(),
    ]);
    assert.ok(reloaded);
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    assert.equal(await page.getByText('A new version of this page is ready.').count(), 0);
    await page.close();
  } finally {
    front.close();
    front.closeAllConnections();
  }
});
