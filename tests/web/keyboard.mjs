// Everything by keyboard, at twice the size, and with fingers.
import assert from 'node:assert/strict';
import { test } from './harness.mjs';
import { BAKERY, drawn, fact, reported } from './pages.mjs';

const FILE = BAKERY.file;
const start = (page) => page.getByRole('button', { name: 'Choose files' }).waitFor();

test('a question mark shows the keys, and they do what it says', {}, async ({ page, dropFixture, accessible, shotView }) => {
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await list.getByText('Search, where rows are shown').waitFor();
  await accessible();
  await shotView('keys-en-light-1440');
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  await dropFixture(FILE);
  await reported(page, FILE);
  // A key that opens rows, then one that must not act below them.
  await fact(page, 'money_out/EUR').focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Money out' });
  await panel.getByTestId('total').waitFor();
  await page.keyboard.press('n');
  await page.keyboard.press('/');
  await page.keyboard.type('north n?');
  assert.equal(await panel.getByRole('searchbox').inputValue(), 'north n?');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  await page.keyboard.press('n');
  await start(page);
});

test('single keys are switched off for those who type them unmeant', {}, async ({ page, dropFixture }) => {
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await list.getByRole('checkbox', { name: 'Use single keys' }).uncheck();
  await list.getByRole('button', { name: 'Close' }).click();
  await dropFixture(FILE);
  await reported(page, FILE);
  await page.keyboard.press('n');
  await page.keyboard.press('?');
  assert.equal(await list.count(), 0);
  await reported(page, FILE);
});

test('the first key press leads past the header', {}, async ({ page }) => {
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  assert.ok(await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().top >= 0));
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'content');
  assert.doesNotMatch(page.url(), /#content/);
});

test('whatever has the focus shows it', {}, async ({ page, dropFixture }) => {
  await dropFixture(FILE);
  await reported(page, FILE);
  const hidden = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    const unseen = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return '';
      // A radio button shows it on its label.
      const seen = [at, at.closest('label')].filter(Boolean).some((one) => getComputedStyle(one).outlineStyle !== 'none');
      return seen ? '' : at.outerHTML.slice(0, 120);
    });
    if (unseen) hidden.push(unseen);
  }
  assert.deepEqual(hidden, []);
});

/** Twice the size on a desk is half the room. */
test('at 200 % nothing is lost', { width: 720, height: 450 }, async ({ page, dropFixture, accessible, fits, shot }) => {
  await fits();
  await shot('zoom-start-en-light-720');
  await dropFixture(FILE);
  await reported(page, FILE);
  await drawn(page);
  await accessible();
  await fits();
  await shot('zoom-report-en-light-720');
});

test('fingers find every control', { width: 390, locale: 'ru-RU' }, async ({ page, dropFixture }) => {
  const small = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('button, summary, input:not([type=radio], [hidden]), header:not(article header) a, footer a, label:has(input)')]
        .filter((one) => one.checkVisibility() && !one.classList.contains('open'))
        .map((one) => (one.closest('label') ?? one).getBoundingClientRect().height >= 43.5 ? '' : one.outerHTML.slice(0, 160))
        .filter(Boolean),
    );
  assert.deepEqual(await small(), []);
  await dropFixture(FILE);
  await reported(page, FILE);
  assert.deepEqual(await small(), []);
});
