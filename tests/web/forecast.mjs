// What a reader sees of what comes next: the months, their intervals, another figure, or why there is no forecast.
import assert from 'node:assert/strict';
import { test } from './harness.mjs';
import { BAKERY, plain, reported } from './pages.mjs';

const LOOKS = [
  { locale: 'en-US', colorScheme: 'light', width: 1440 },
  { locale: 'en-US', colorScheme: 'dark', width: 390 },
  { locale: 'ru-RU', colorScheme: 'dark', width: 1440 },
  { locale: 'ru-RU', colorScheme: 'light', width: 390 },
];
const SAMPLE = /^(Try a sample statement|Попробуйте на примере)$/;
const outlook = (page) => page.locator('section[aria-labelledby="forecast"]');

for (const options of LOOKS) {
  const look = `${options.locale.slice(0, 2)}-${options.colorScheme}-${options.width}`;
  test(`the sample is forecast, and its figures open: ${look}`, options, async ({ page, accessible, fits, shot }) => {
    await page.getByRole('button', { name: SAMPLE }).click();
    await outlook(page).locator('[role=img] svg path').first().waitFor({ state: 'attached' });
    await outlook(page).getByText(/^(Show as a table|Показать таблицей)$/).click();
    const months = outlook(page).locator('[data-fact^="forecast_net/"]');
    assert.equal(await months.count(), 7, 'half as many months as are known');
    await accessible();
    await fits();
    await shot(`forecast-${look}`);
    const written = plain(await months.first().innerText());
    await months.first().click();
    const panel = page.getByRole('dialog');
    await panel.waitFor();
    assert.ok(plain(await panel.innerText()).includes(written), 'the panel shows the figure');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
    await outlook(page).getByRole('combobox').selectOption('money_out');
    await outlook(page).locator('[data-fact^="forecast_money_out/"]').first().waitFor();
  });
}

test('a file of four months says that a forecast needs eight', {}, async ({ page, dropFixture }) => {
  await dropFixture(BAKERY.file);
  await reported(page, BAKERY.file);
  const told = plain(await outlook(page).innerText());
  assert.match(told, /A forecast needs 8 full months in a row up to the end of the file; there are 4\./);
});
