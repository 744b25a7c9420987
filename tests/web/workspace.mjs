// Analyses that the server keeps: sent, followed across reloads, answered, listed, compared and deleted.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { keeper, test as testAt } from './harness.mjs';
import { BAKERY, drawn, fact, figuresAre, PRIMER, reported } from './pages.mjs';

const FILE = BAKERY.file;
const events = /\/analyses\/ana_[0-9a-f]+\/events$/;
const ADDRESS = /#\/analyses\/ana_[0-9a-f]{32}$/;

/** Each test begins with an empty workspace. */
function test(name, options, run) {
  testAt(name, { ...options, at: keeper }, async (session) => {
    await emptied(session.page);
    await run({ ...session, dropAll: (names) => dropAll(session.page, names) });
  });
}

const workspaceOf = (page) =>
  page.evaluate(async () => `/v1/workspaces/${(await (await fetch('/v1/server')).json()).workspaceId}`);

async function emptied(page) {
  const workspace = await workspaceOf(page);
  await page.evaluate(async (workspace) => {
    const listed = async (what) => (await (await fetch(`${workspace}/${what}`)).json())[what];
    for (const what of ['analyses', 'files']) {
      for (const { id } of await listed(what)) await fetch(`${workspace}/${what}/${id}`, { method: 'DELETE' });
    }
  }, workspace);
}

const filesOf = async (page) => {
  const workspace = await workspaceOf(page);
  return page.evaluate(async (workspace) => (await (await fetch(`${workspace}/files`)).json()).files, workspace);
};

/** Drops several files at once. */
async function dropAll(page, names) {
  const files = await Promise.all(
    names.map(async (name) => ({
      name,
      text: (await readFile(new URL(`./fixtures/${name}`, import.meta.url))).toString('base64'),
    })),
  );
  const transfer = await page.evaluateHandle((files) => {
    const made = new DataTransfer();
    for (const { name, text } of files) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      made.items.add(new File([bytes], name, { type: 'text/csv' }));
    }
    return made;
  }, files);
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('main', type, { dataTransfer: transfer });
}

/** What the server says of an analysis, as it would stand in the middle of the work. */
function standing(state, more = {}) {
  return async (route) => {
    const id = route.request().url().match(/ana_[0-9a-f]+/)[0];
    const files = [{ fileId: `fil_${id.slice(4)}`, name: FILE }];
    const analysis = { id, title: FILE, state: `ANALYSIS_STATE_${state}`, files, revision: 1, reportRevision: 0, ...more };
    await route.fulfill({ contentType: 'text/event-stream', body: `event: analysis\ndata: ${JSON.stringify(analysis)}\n\n` });
  };
}

const history = (page) => page.getByRole('list', { name: 'History' });
const openHistory = async (page) => {
  await page.getByRole('banner').getByRole('link', { name: 'History' }).click();
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
};

for (const [locale, width, colorScheme] of [
  ['en-GB', 1440, 'light'],
  ['ru-RU', 390, 'dark'],
  ['en-GB', 390, 'light'],
  ['ru-RU', 1440, 'dark'],
]) {
  const at = `${locale.slice(0, 2)}-${colorScheme}-${width}`;
  test(`a kept analysis from the file to the history, ${at}`, { locale, width, colorScheme }, async (session) => {
    const { page, dropFixture, dropAll, accessible, fits, shot } = session;
    const text = (en, ru) => (locale.startsWith('en') ? en : ru);
    const looked = async (name) => {
      await accessible();
      await fits();
      await shot(`workspace-${at}-${name}`);
    };
    await page.getByText(text('kept on this server until you delete it', 'хранится на этом сервере, пока вы не удалите')).waitFor();
    await looked('1-start');

    let go;
    const held = new Promise((resolve) => {
      go = resolve;
    });
    await page.route(/\/files$/, async (route) => {
      await held;
      await route.continue();
    });
    await dropFixture(FILE);
    await reported(page, text(`Sending ${FILE}`, `Отправляем ${FILE}`));
    await looked('2-sending');
    await page.route(events, standing('RUNNING', { progress: { stage: 'STAGE_READING', done: '50', total: '100', ahead: 0 } }));
    go();
    await reported(page, text(`Analysing ${FILE}`, `Разбираем ${FILE}`));
    assert.match(page.url(), ADDRESS);
    await looked('3-working');
    await page.unroute(events);
    await reported(page, FILE);
    await drawn(page);
    if (locale.startsWith('en')) await figuresAre(page, BAKERY.figures);
    await looked('4-report');

    await page.goto(keeper);
    await dropFixture('ambiguous-dates.csv');
    await reported(page, text('In which order are the dates written?', 'В каком порядке записаны даты?'));
    await page.goto(keeper);
    await dropFixture('empty.csv');
    await reported(page, text('empty.csv was not analysed', 'Не удалось разобрать empty.csv'));
    await page.goto(keeper);
    await dropAll([FILE, PRIMER.file]);
    await reported(page, text('2 files', '2 файла'));
    await looked('5-several');
    await page.getByRole('radio', { name: text('One ledger', 'Вместе') }).check();
    await page.getByRole('button', { name: text('Send and analyse', 'Отправить и разобрать') }).click();
    await reported(page, `${FILE} + 1`);

    const title = text('History', 'История');
    await page.getByRole('banner').getByRole('link', { name: title }).click();
    await page.getByRole('list', { name: title }).getByRole('listitem').nth(3).waitFor();
    await page.getByText(text('Asks a question', 'Есть вопрос')).waitFor();
    await page.getByText(text('Not analysed', 'Не разобран')).waitFor();
    await looked('6-history');
    await page.getByRole('button', { name: text(`Delete ${FILE}`, `Удалить ${FILE}`), exact: true }).click();
    await page.getByRole('dialog', { name: text(`Delete ${FILE}?`, `Удалить ${FILE}?`) }).waitFor();
    await looked('7-delete');
  });
}

test('a reload in the middle of the work goes on showing it', {}, async ({ page, dropFixture }) => {
  await page.route(events, standing('RUNNING', { progress: { stage: 'STAGE_READING', done: '1', total: '4', ahead: 0 } }));
  await dropFixture(FILE);
  await reported(page, `Analysing ${FILE}`);
  await page.getByText('25%').waitFor();
  let uploads = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') uploads += 1;
  });
  await page.reload();
  await reported(page, `Analysing ${FILE}`);
  await page.getByText('25%').waitFor();
  await page.unroute(events);
  await page.route(events, standing('QUEUED', { progress: { stage: 'STAGE_QUEUED', done: '0', total: '0', ahead: 2 } }));
  await page.getByText('2 analyses before yours').waitFor();
  await page.reload();
  await page.getByText('2 analyses before yours').waitFor();
  await page.unroute(events);
  await reported(page, FILE);
  await figuresAre(page, BAKERY.figures);
  await page.reload();
  await reported(page, FILE);
  await fact(page, 'money_out/EUR').click();
  await page.getByRole('dialog', { name: 'Money out' }).getByText('28 rows').waitFor();
  assert.equal(uploads, 0);
});

test('a connection that breaks is said and mends itself', {}, async ({ page, dropFixture, accessible, expectComplaint }) => {
  expectComplaint(/ERR_FAILED/);
  await page.route(events, standing('RUNNING'));
  await dropFixture(FILE);
  await reported(page, `Analysing ${FILE}`);
  await page.unroute(events);
  await page.route(events, (route) => route.abort());
  await page.getByText('The server cannot be reached.').waitFor();
  await accessible();
  await page.unroute(events);
  await reported(page, FILE);
  assert.equal(await page.getByText('The server cannot be reached.').count(), 0);
});

test('an upload that is left is said to be lost, and nothing of it stays', {}, async ({ page, dropAll, accessible }) => {
  // The first file arrives, the second never does.
  let sent = 0;
  await page.route(/\/files$/, async (route) => {
    if (route.request().method() === 'POST') sent += 1;
    if (sent <= 1 || route.request().method() !== 'POST') await route.continue();
  });
  await dropAll([FILE, PRIMER.file]);
  const arrived = page.waitForResponse(/\/files$/);
  await page.getByRole('button', { name: 'Send and analyse' }).click();
  await arrived;
  await page.getByRole('listitem').filter({ hasText: FILE }).getByText('sent', { exact: true }).waitFor();
  const deleted = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
  await page.reload();
  await page.getByRole('alert').getByText(`The upload of ${FILE} + 1 was broken off`).waitFor();
  await accessible();
  assert.equal((await deleted).status(), 200);
  assert.deepEqual(await filesOf(page), []);
  await page.reload();
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
});

test('an upload that fails goes on where it stopped', {}, async ({ page, dropAll, accessible, expectComplaint, shot }) => {
  expectComplaint(/503/);
  const names = [];
  let down = true;
  await page.route(/\/files$/, async (route) => {
    const name = route.request().postDataBuffer().toString('latin1').match(/filename="([^"]+)"/)[1];
    if (down && name !== FILE) {
      const body = JSON.stringify({ reason: 'TRANSFERS_BUSY', status: 503 });
      await route.fulfill({ status: 503, contentType: 'application/problem+json', body });
      return;
    }
    names.push(name);
    await route.continue();
  });
  await dropAll([FILE, PRIMER.file]);
  await page.getByRole('radio', { name: 'An analysis each' }).check();
  await page.getByRole('button', { name: 'Send and analyse' }).click();
  await page.getByRole('alert').waitFor();
  await accessible();
  await shot('workspace-upload-failed-en-light-1440');
  down = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  await history(page).getByRole('listitem').nth(1).waitFor();
  assert.deepEqual(names, [FILE, PRIMER.file]);
});

test('a question is answered, also after a reload', {}, async ({ page, dropFixture }) => {
  await dropFixture('ambiguous-dates.csv');
  await reported(page, 'In which order are the dates written?');
  await page.reload();
  await reported(page, 'In which order are the dates written?');
  await page.getByRole('radio', { name: 'Day, month, year' }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await reported(page, 'ambiguous-dates.csv');
  assert.match(page.url(), ADDRESS);
});

test('a category is corrected by a new revision', {}, async ({ page, dropFixture }) => {
  await dropFixture(FILE);
  await reported(page, FILE);
  await fact(page, 'money_out/EUR').click();
  const panel = page.getByRole('dialog', { name: 'Money out' });
  await panel.getByRole('button', { name: 'Say what City Properties is' }).first().click();
  await panel.getByRole('combobox').last().fill('Premises');
  await panel.getByText('It is kept in this browser and with the analysis.').waitFor();
  await panel.getByRole('button', { name: 'Save and analyse again' }).click();
  await page.getByText('1 category of your own').waitFor();
  const address = page.url();
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await reported(page, FILE);
  await page.getByText('Premises').first().waitFor();
  assert.equal(page.url(), address);
});

test('a cancelled analysis can be taken up again', {}, async ({ page, dropFixture, accessible, shot }) => {
  await page.route(events, standing('RUNNING'));
  await dropFixture(FILE);
  await reported(page, `Analysing ${FILE}`);
  await page.route(/\/cancellation$/, (route) => route.fulfill({ json: {} }));
  await page.unroute(events);
  await page.route(events, standing('CANCELLED'));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await reported(page, `${FILE} was cancelled`);
  await accessible();
  await shot('workspace-cancelled-en-light-1440');
  await page.unroute(events);
  await page.getByRole('button', { name: 'Analyse again' }).click();
  await reported(page, FILE);
});

test('the history finds, pages, compares and deletes', {}, async ({ page, dropAll, accessible, fits, shot }) => {
  await dropAll([FILE, 'two-currencies.csv', 'broken-rows.csv']);
  await page.getByRole('radio', { name: 'An analysis each' }).check();
  await page.getByRole('button', { name: 'Send and analyse' }).click();
  const lines = history(page).getByRole('listitem');
  await history(page).getByRole('checkbox', { disabled: false }).nth(2).waitFor();
  assert.deepEqual(await lines.getByRole('link').evaluateAll((all) => all.map((one) => one.firstChild.textContent.trim())), [
    'broken-rows.csv',
    'two-currencies.csv',
    FILE,
  ]);

  await page.keyboard.press('/');
  await page.keyboard.type('SUNRISE');
  await lines.nth(1).waitFor({ state: 'detached' });
  await lines.getByText('January 2 – April 30, 2025').waitFor();
  await lines.getByText('€55,357.60').waitFor();
  await page.getByRole('searchbox').fill('nothing of this name');
  await page.getByText('No analysis holds “nothing of this name”').waitFor();
  await accessible();
  await page.getByRole('searchbox').fill('');
  await lines.nth(2).waitFor();

  await page.route(/\/analyses\?/, (route) => route.continue({ url: `${route.request().url()}&pageSize=2` }));
  await page.reload();
  await lines.nth(1).waitFor();
  assert.equal(await lines.count(), 2);
  await page.getByRole('button', { name: 'Show more' }).click();
  await lines.nth(2).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Show more' }).count(), 0);
  await page.unrouteAll({ behavior: 'ignoreErrors' });

  const compare = page.getByRole('button', { name: 'Compare' });
  assert.ok(await compare.isDisabled());
  await page.getByRole('checkbox', { name: `Choose ${FILE} to compare` }).check();
  await page.getByRole('checkbox', { name: 'Choose two-currencies.csv to compare' }).check();
  await compare.click();
  await page.getByRole('heading', { level: 2, name: /compared with/ }).waitFor();
  await accessible();
  await fits();
  await shot('workspace-compare-en-light-1440');
  await page.reload();
  await page.getByRole('heading', { level: 2, name: /compared with/ }).waitFor();
  await page.goBack();

  const remove = async (name, files) => {
    await page.getByRole('button', { name: `Delete ${name}` }).click();
    const dialog = page.getByRole('dialog', { name: `Delete ${name}?` });
    await dialog.getByRole('checkbox').setChecked(files);
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await lines.filter({ hasText: name }).waitFor({ state: 'detached' });
  };
  await remove(FILE, true);
  await remove('two-currencies.csv', false);
  assert.deepEqual((await filesOf(page)).map(({ name }) => name).sort(), ['broken-rows.csv', 'two-currencies.csv']);
  await page.getByRole('button', { name: 'Delete broken-rows.csv' }).click();
  await page.keyboard.press('Escape');
  assert.equal(await lines.count(), 1);
});

test('an empty history says what will be there, and an analysis that is gone says so', {}, async (session) => {
  const { page, accessible, fits, shot, expectComplaint } = session;
  expectComplaint(/404/);
  await openHistory(page);
  await page.getByText('No analyses yet.').waitFor();
  await accessible();
  await fits();
  await shot('workspace-empty-en-light-1440');
  await page.goto(`${keeper}/#/analyses/ana_${'0'.repeat(32)}`);
  await reported(page, 'This analysis is not here any more');
  await accessible();
});

test('a history out of reach says so and is tried again', {}, async ({ page, accessible, expectComplaint, shot }) => {
  expectComplaint(/ERR_FAILED/);
  await page.route(/\/analyses\?/, (route) => route.abort());
  await openHistory(page);
  await page.getByRole('alert').waitFor();
  await accessible();
  await shot('workspace-out-of-reach-en-light-1440');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('No analyses yet.').waitFor();
});

test('the browser keeps no report of what the server keeps', {}, async ({ page, dropFixture }) => {
  await dropFixture(FILE);
  await reported(page, FILE);
  await page.goto(keeper);
  await page.getByRole('link', { name: 'Open the history' }).waitFor();
  assert.equal(await page.getByText('Recent reports on this device').count(), 0);
  const kept = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const asked = indexedDB.open('saldo');
        asked.onsuccess = () => {
          const counted = asked.result.transaction('reports').objectStore('reports').count();
          counted.onsuccess = () => resolve(counted.result);
        };
      }),
  );
  assert.equal(kept, 0);
});
