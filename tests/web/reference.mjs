// The reference of the API: a page of the server's own, under the same policy as the rest.
import assert from 'node:assert/strict';
import { server, test } from './harness.mjs';

for (const options of [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 390 },
]) {
  const look = `${options.colorScheme}-${options.width}`;
  test(`the reference of the API is readable: ${look}`, options, async ({ page, accessible, fits, shotView }) => {
    await page.getByRole('link', { name: 'API reference' }).click();
    await page.getByRole('heading', { level: 1, name: 'Reference of the API' }).waitFor();
    assert.equal(page.url(), `${server}/reference`);
    // In the typeface of the page, from this server.
    await page.evaluate(() => document.fonts.ready);
    assert.ok(await page.evaluate(() => document.fonts.check('16px "Inter Variable"') && document.fonts.size > 0));
    // A command is seen from end to end.
    const cut = await page.evaluate(() => [...document.querySelectorAll('pre')].filter((one) => one.scrollWidth > one.clientWidth).length);
    assert.equal(cut, 0);
    await accessible();
    await fits();
    await shotView(`reference-${look}`);
    await page.getByRole('link', { name: 'Errors' }).click();
    await shotView(`reference-errors-${look}`);
  });
}
