// Draws the icons of the installed page from web/public/favicon.svg, with the browser of the browser tests.
// Usage: node infra/web-icons.mjs
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { chromium } = createRequire(at('tests/web/package.json'))('playwright-core');
const mark = await readFile(at('web/public/favicon.svg'), 'utf8');
const folder = at('web/public/icons');

/** `scale`: how much of the icon the mark takes. A maskable icon may be cut to a circle of four fifths. */
const ICONS = [
  { name: 'any-192', size: 192, scale: 1, ground: 'transparent' },
  { name: 'any-512', size: 512, scale: 1, ground: 'transparent' },
  { name: 'maskable-192', size: 192, scale: 0.8, ground: '#3450c8' },
  { name: 'maskable-512', size: 512, scale: 0.8, ground: '#3450c8' },
  { name: 'touch-180', size: 180, scale: 0.88, ground: '#3450c8' },
];

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--headless', '--disable-gpu'],
});
const page = await browser.newPage();
for (const { name, size, scale, ground } of ICONS) {
  await page.setViewportSize({ width: size, height: size });
  const side = size * scale;
  await page.setContent(
    `<style>body{margin:0;height:100vh;display:grid;place-items:center;background:${ground}}svg{width:${side}px;height:${side}px}</style>${mark}`,
  );
  await page.screenshot({ path: `${folder}/${name}.png`, omitBackground: true });
}
await browser.close();
