// What the first screen may cost: bytes of script, and time to the first paint.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { server, test } from './harness.mjs';

const SCRIPT_KB = 450;
const PAINT_MS = 1_000;

/** Other work on the machine only ever makes a page slower: the best of some loads is what the page needs. */
const LOADS = 3;

test('the first screen stays within its budget', {}, async ({ context }) => {
  const browser = context.browser();
  const paints = [];
  for (let load = 1; load < LOADS; load += 1) paints.push((await firstLoad(browser)).paint);
  const { paint, kilobytes, names, shift } = await firstLoad(browser);
  const best = Math.min(paint, ...paints);
  console.log(
    `      first screen: ${kilobytes.toFixed(1)} kB of script in ${names.length} files, ` +
      `first contentful paint ${best} ms (best of ${LOADS}), layout shift ${shift.toFixed(3)}`,
  );
  assert.ok(kilobytes <= SCRIPT_KB, `${kilobytes} kB of script`);
  assert.ok(best <= PAINT_MS, `painted after ${best} ms`);
  assert.ok(shift < 0.01, `the layout shifted by ${shift}`);
  // Charts are fetched with the first report, not with the page.
  assert.ok(!names.some((name) => /chart/i.test(name)), 'charts are fetched too early');
});

/** With nothing in any cache. */
async function firstLoad(browser) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const scripts = new Map();
  page.on('response', async (response) => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body());
  });
  await page.addInitScript(() => {
    globalThis.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shifted += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(server);
  await page.getByText(/MT940/).waitFor();
  await page.waitForLoadState('networkidle');
  const [paint, shift] = await page.evaluate(() => [
    Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime),
    globalThis.shifted,
  ]);
  const sizes = await Promise.all([...scripts.values()].map(async (body) => gzipSync(await body).length));
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1_000;
  await context.close();
  return { paint, kilobytes, names: [...scripts.keys()], shift };
}
