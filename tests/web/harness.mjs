// A small runner: one browser, one fresh context for each test, one line for each result.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A server where nobody is known, which keeps nothing. */
export const server = process.env.SALDO_URL ?? 'http://127.0.0.1:8080';
/** A server that keeps the files and analyses of its one user. */
export const keeper = process.env.SALDO_KEEPER_URL ?? 'http://127.0.0.1:8081';
const screenshots = here('./screenshots/');
const tests = [];

/** Registers a test. `options`: locale, colorScheme, width, height; serviceWorkers: 'allow' where the page may have its own; at: another server. */
export function test(name, options, run) {
  tests.push({ name, options, run });
}

/** Runs every test whose name holds the first argument of the program, if there is one; says how many failed. */
export async function runAll() {
  await mkdir(screenshots, { recursive: true });
  const wanted = process.argv[2] ?? '';
  const chosen = tests.filter(({ name }) => name.includes(wanted));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--headless',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  let failed = 0;
  for (const { name, options, run } of chosen) {
    const started = performance.now();
    const session = await open(browser, options);
    try {
      await run(session);
      session.assertQuiet();
      console.log(`ok    ${name} (${Math.round(performance.now() - started)} ms)`);
    } catch (error) {
      failed += 1;
      await session.page.screenshot({ path: `${screenshots}failed-${slug(name)}.png` }).catch(() => {});
      console.log(`FAIL  ${name}\n${error.stack}\n`);
    } finally {
      await session.context.close();
    }
  }
  await browser.close();
  console.log(`${chosen.length} tests ran, ${failed} failed`);
  return chosen.length === 0 || failed > 0;
}

async function open(
  browser,
  { locale = 'en-US', colorScheme = 'light', width = 1440, height, serviceWorkers = 'block', at = server } = {},
) {
  const context = await browser.newContext({
    locale,
    colorScheme,
    viewport: { width, height: height ?? (width < 640 ? 844 : 900) },
    hasTouch: width < 640,
    reducedMotion: 'reduce',
    serviceWorkers,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints = [];
  const expected = [/Service Worker registration blocked by Playwright/];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(at);
  await page.getByRole('heading', { level: 1 }).waitFor();

  return {
    context,
    page,
    /** A message in the console that belongs to the test. */
    expectComplaint: (pattern) => expected.push(pattern),
    /** Nothing in the console: no error, no warning, no violated policy. */
    assertQuiet() {
      const rest = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
      if (rest.length > 0) throw new Error(`the console complains:\n${rest.join('\n')}`);
    },
    /** Drops a file on the page as a pointer would. */
    drop: (name, content) => drop(page, name, content),
    dropFixture: async (name) => drop(page, name, await readFile(here(`./fixtures/${name}`))),
    shot: (name) => shot(page, name),
    shotView: async (name) => writeFile(`${screenshots}${name}.png`, await page.screenshot()),
    accessible: () => accessible(page),
    fits: () => fits(page),
  };
}

/** The whole page at once. The browser's own way lays it out anew for a moment, which charts would follow too late. */
async function shot(page, name) {
  const view = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...view, height: Math.max(height, view.height) });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await writeFile(`${screenshots}${name}.png`, await page.screenshot());
  await page.setViewportSize(view);
}

async function drop(page, name, content) {
  const transfer = await page.evaluateHandle(
    ({ name, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const made = new DataTransfer();
      made.items.add(new File([bytes], name, { type: 'text/csv' }));
      return made;
    },
    { name, base64: Buffer.from(content).toString('base64') },
  );
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('main', type, { dataTransfer: transfer });
  }
}

/** No violation of WCAG 2.2 A and AA or of the best practices that axe knows. */
async function accessible(page) {
  // The policy of the server forbids added script elements; the debugger's evaluation is not one.
  await page.evaluate(`${axe}; undefined`);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  if (violations.length === 0) return;
  const lines = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `    ${node.target} ${node.failureSummary}`).join('\n')}`,
  );
  throw new Error(`not accessible:\n${lines.join('\n')}`);
}

/** The page itself never scrolls sideways. */
async function fits(page) {
  const [content, view] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  if (content > view) throw new Error(`the page is ${content} px wide on a screen of ${view} px`);
}

function slug(name) {
  return name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase();
}
