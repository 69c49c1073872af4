/** The issuer is away while somebody sits before the page. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { noChromium } from './chromium.ts';
import { type Desk, signInAs, startDesk } from './desk.ts';
import { run, typeQuery, untilReady } from './steps.ts';

// Somebody signs in, and the issuer ends and starts: a machine that checks a change may be a busy one.
vi.setConfig({ testTimeout: 300_000 });

let desk: Desk;
let page: Page;

beforeAll(async () => {
  if (noChromium) return console.warn(`Nobody signed in in a browser: ${noChromium}`);
  desk = await startDesk({ lifetimeSeconds: 8 * 3_600 });
});
afterAll(async () => {
  await desk?.close();
});
beforeEach(async ({ skip }) => {
  if (noChromium) skip(noChromium);
  page = await desk.open();
  return () => page.context().close();
});

it('from the start: says so to who would sign in, and lets them in once it is back', async () => {
  await desk.provider.kill();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page
    .getByRole('alert')
    .getByText('Your organisation’s sign-in service does not answer this page. Try again in a few minutes.')
    .waitFor();
  await expect.poll(() => page.context().pages().length, { timeout: 30_000 }).toBe(1);

  await desk.provider.restart();
  await signInAs(page, 'PC4417');
  await page.locator('.who').waitFor();
  const said = page.getByRole('group', { name: 'Who is asking' }).getByRole('alert');
  await expect.poll(() => said.textContent()).toBe('');
});

it('for eleven minutes: work goes on; for five hours: says so and whom to call, and goes on once it is back', async () => {
  await signInAs(page, 'PC4417');
  await page.locator('.who').waitFor();
  await untilReady(page);
  await typeQuery(page, '{ viewer { name } }');
  await desk.provider.kill();
  const missing = page.getByRole('region', { name: 'What is missing from this answer' });

  desk.ahead = 11;
  expect((await run(page)).answer.data).toEqual({ viewer: { name: 'Sam Okafor' } });

  desk.ahead = 5 * 60;
  expect((await run(page)).status).toBe(503);
  await missing.getByText('Who you are cannot be checked now: the sign-in service does not answer').waitFor();
  await missing.getByText(/^Northshire Police.* Call .* 01632 \d+/).waitFor();
  expect(await page.getByText('sign-in has ended').count()).toBe(0);
  expect(await page.locator('.graphiql-query-editor').textContent()).toContain('viewer');

  await desk.provider.restart();
  desk.ahead += 1;
  expect((await run(page)).answer.data).toEqual({ viewer: { name: 'Sam Okafor' } });
  await missing.getByText('No gaps named in this answer').waitFor();
});
