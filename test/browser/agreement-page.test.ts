/** A printed agreement, before a real browser: nobody is served it, it is a file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { agreement } from '../agreement/support/agreement-command.ts';
import { noChromium, startChromium } from './chromium.ts';
import { seriousFindings } from './steps.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'sightline-agreement-'));
let browser: Browser;
let page: Page;
const asked: string[] = [];

beforeAll(async () => {
  if (noChromium) return console.warn(`No agreement was read in a browser: ${noChromium}`);
  const file = join(folder, 'agreement.html');
  await agreement(projectRoot(), ['print', 'NS-ISA-021', '--html', file]);
  browser = await startChromium();
  // Its own policy lets nothing run; axe is run from outside it.
  const context = await browser.newContext({ bypassCSP: true });
  page = await context.newPage();
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});
beforeEach(({ skip }) => {
  if (noChromium) skip(noChromium);
});

it('can be read by everybody: axe finds nothing serious', async () => {
  expect(await seriousFindings(page)).toEqual([]);
});

it('fetches nothing besides itself', () => {
  expect(asked.map((url) => new URL(url).pathname.split('/').at(-1))).toEqual(['agreement.html']);
});

it('fits on a phone, and on paper no table is cut off at the edge', async () => {
  const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await width()).toBeLessThanOrEqual(360);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 700, height: 1000 });
  expect(await width()).toBeLessThanOrEqual(700);
  expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
});
