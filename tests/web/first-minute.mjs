// The first minute with Saldo, for every reader: both languages, light and dark, phone and desk, each screen accessible.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from './harness.mjs';
import { drawn, fact, reported } from './pages.mjs';

const TEXTS = {
  en: {
    locale: 'en-GB',
    heading: 'Drop a statement. Read what happened.',
    formats: /MT940/,
    sample: 'Try a sample statement',
    file: 'harbour-street-cafe.csv',
    working: 'Analysing harbour-street-cafe.csv',
    cancel: 'Cancel',
    reconciled: 'Reconciled',
    figure: 'money_out/EUR',
    rows: 'Money out',
    close: 'Close',
    newFile: 'New file',
    recent: 'Recent reports on this device',
    question: 'In which order are the dates written?',
    another: 'Another file',
    refused: 'empty.csv was not analysed',
    gone: 'This report is not on this device any more',
  },
  ru: {
    locale: 'ru-RU',
    heading: 'Загрузите выписку и узнайте, что произошло',
    formats: /MT940/,
    sample: 'Попробуйте на примере',
    file: 'кофейня-на-пристани.csv',
    working: 'Разбираем кофейня-на-пристани.csv',
    cancel: 'Отменить',
    reconciled: 'Остатки сходятся',
    figure: 'money_out/RUB',
    rows: 'Списано',
    close: 'Закрыть',
    newFile: 'Новый файл',
    recent: 'Недавние отчёты на этом устройстве',
    question: 'В каком порядке записаны даты?',
    another: 'Другой файл',
    refused: 'Не удалось разобрать empty.csv',
    gone: 'Этого отчёта на устройстве больше нет',
  },
};

for (const language of ['en', 'ru']) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [390, 1440]) {
      const at = `${language}-${colorScheme}-${width}`;
      const { locale } = TEXTS[language];
      test(`the first minute, ${at}`, { locale, colorScheme, width }, (session) => minute(session, TEXTS[language], at));
    }
  }
}

async function minute({ page, dropFixture, accessible, fits, shot, shotView }, text, at) {
  const looked = async (name, take = shot) => {
    await accessible();
    await fits();
    await take(`${at}-${name}`);
  };
  const heading = (name) => reported(page, name);

  await heading(text.heading);
  await page.getByText(text.formats).waitFor();
  await looked('1-start');

  // The answer is held back, so that the work is seen.
  let go;
  const held = new Promise((resolve) => {
    go = resolve;
  });
  await page.route('**/analyze?**', async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole('button', { name: text.sample }).click();
  await heading(text.working);
  await looked('2-working');
  go();
  await heading(text.file);
  await page.getByRole('link', { name: text.reconciled }).waitFor();
  await drawn(page);
  await looked('3-report');

  await fact(page, text.figure).click();
  const panel = page.getByRole('dialog', { name: text.rows });
  await panel.getByTestId('total').waitFor();
  await looked('4-rows', shotView);
  await panel.getByRole('button', { name: text.close, exact: true }).click();
  await panel.waitFor({ state: 'hidden' });

  await page.getByRole('button', { name: text.newFile }).click();
  await page.getByRole('region', { name: text.recent }).getByRole('link', { name: text.file }).waitFor();
  await looked('5-start-again');

  await dropFixture('ambiguous-dates.csv');
  await heading(text.question);
  await looked('6-question');
  await page.getByRole('button', { name: text.another }).click();
  await dropFixture('empty.csv');
  await heading(text.refused);
  await looked('7-error');
  await page.goto(`${new URL(page.url()).origin}/#/report/00`);
  await heading(text.gone);
  await looked('8-gone');
}

test('the samples hold together: each balance follows from the one before', {}, async () => {
  const cents = (text) => BigInt(text.replace(/[.,]/, ''));
  const lines = async (language) => {
    const path = new URL(`../../web/public/samples/${language}.csv`, import.meta.url);
    return (await readFile(path, 'utf8')).trim().split('\n').slice(1);
  };
  const movements = {
    en: (await lines('en')).map((line) => line.split(',').slice(-3)).map(([amount, , balance]) => [amount, balance]),
    ru: (await lines('ru'))
      .map((line) => line.split(';'))
      .map((cells) => [cells[3] || `-${cells[4]}`, cells[6]]),
  };
  for (const rows of Object.values(movements)) {
    assert.ok(rows.length > 200);
    for (let at = 1; at < rows.length; at += 1) {
      assert.equal(cents(rows[at - 1][1]) + cents(rows[at][0]), cents(rows[at][1]), `row ${at + 1}`);
    }
  }
});
