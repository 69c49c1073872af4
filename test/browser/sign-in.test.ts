/** A shared desk: an officer and a nurse sign in one after the other, through a real issuer's own page. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PAGE_CLIENT } from '../support/oidc-provider.ts';
import { noChromium } from './chromium.ts';
import { type Desk, signInAs, startDesk } from './desk.ts';
import { kept, run, shownResult, typeQuery, untilReady } from './steps.ts';

const MAYA =
  '{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { outcome people { person { identity { name } crisisPlan { triggers } } } } }';
const PATH = 'police:26/000123';

// A person at a desk does a lot in each of these, and a machine that checks a change may be a busy one.
vi.setConfig({ testTimeout: 300_000 });

let desk: Desk;
let page: Page;

beforeAll(async () => {
  if (noChromium) return console.warn(`Nobody signed in in a browser: ${noChromium}`);
  desk = await startDesk();
});
afterAll(async () => {
  await desk?.close();
});
beforeEach(async ({ skip }) => {
  if (noChromium) skip(noChromium);
  desk.ahead = 0;
  page = await desk.open();
  return () => page.context().close();
});

const inBar = async () => (await page.locator('.who').textContent()) ?? '';
async function askForMaya(): Promise<void> {
  await untilReady(page);
  await page.getByLabel('Purpose').selectOption('mental-health-crisis');
  await page.getByLabel('Reference').fill(PATH);
  await typeQuery(page, MAYA);
  await run(page);
}
const lastEntry = async () => {
  const [row] = await desk.sightline.store('select entry from register_entry order by seq desc limit 1');
  return JSON.parse(String(row?.entry));
};

describe('one after the other at a shared desk', () => {
  it('each is named in the bar and in the register, and nothing of the first is left for the second', async () => {
    await signInAs(page, 'PC4417');
    await page.locator('.who').waitFor();
    expect(await inBar()).toBe('Sam Okafor Response officer, Northshire Police');
    await askForMaya();
    expect(await shownResult(page)).toContain('Maya Kerr');
    expect(await lastEntry()).toMatchObject({
      name: 'Sam Okafor',
      role: 'response-officer',
      client: PAGE_CLIENT,
      actor: null,
    });

    const away = page.waitForURL(/session\/end/);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await away;
    // The desk's history keeps this address.
    expect(new URL(page.url()).searchParams.get('client_id')).toBe(PAGE_CLIENT);
    expect(page.url()).not.toMatch(/id_token|PC4417/);
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.waitForURL(/\/graphiql$/);
    await nothingOf(['Okafor', 'Maya', 'Kerr', PATH]);

    await signInAs(page, 'RMN2208');
    await page.locator('.who').waitFor();
    expect(await inBar()).toBe('Ade Balogun Triage nurse, Northshire Mental Health NHS Trust');
    expect(await page.getByLabel('Reference').inputValue()).toBe('');
    await nothingOf(['Okafor', 'Maya', 'Kerr', PATH]);
    await askForMaya();
    expect(await shownResult(page)).toContain('being surrounded');
    expect(await lastEntry()).toMatchObject({
      name: 'Ade Balogun',
      role: 'triage-nurse',
      organisation: 'mental-health',
    });

    await page.goBack().catch(() => {});
    await page.goBack().catch(() => {});
    await nothingOf(['Okafor', 'Maya', 'Kerr', PATH]);
  });

  it('whoever has several roles chooses one, and asks in the one chosen', async () => {
    await signInAs(page, 'PC0001');
    const roles = page.getByLabel('Role');
    await roles.waitFor();
    expect(await page.locator('.graphiql-container').count()).toBe(0);
    expect(await roles.locator('option').allTextContents()).toEqual([
      'choose',
      'Response officer',
      'Governance officer',
    ]);
    for (const [role, shown] of [
      ['response-officer', 'Response officer'],
      ['governance-officer', 'Governance officer'],
    ] as const) {
      await roles.selectOption(role);
      await page.locator('.who', { hasText: shown }).waitFor();
      await untilReady(page);
      await typeQuery(page, '{ viewer { role } }');
      expect((await run(page)).answer.data).toEqual({ viewer: { role } });
    }
    expect(await page.getByLabel('Purpose').locator('option').allTextContents()).not.toContain(
      'mental-health-crisis',
    );
  });

  it('is told why the gateway lets somebody in nowhere', async () => {
    await signInAs(page, 'X1');
    await page.getByText('The token gives the role triage-nurse in police, which may not hold it').waitFor();
    expect(await page.locator('.graphiql-container').count()).toBe(0);
  });
});

describe('a sign-in that ends in the midst', () => {
  const endInTheMidst = async () => {
    await signInAs(page, 'PC4417');
    await page.locator('.who').waitFor();
    await askForMaya();
    desk.ahead = 30;
    await page.getByRole('button', { name: 'Execute query' }).click();
    await page.getByText('Your sign-in has ended. The token has expired.').waitFor();
    await nothingOf(['Okafor', 'Maya', 'Kerr', PATH]);
    desk.ahead = 0;
  };

  it('takes the page away, and gives what was typed back to the same person', async () => {
    await endInTheMidst();
    await signInAs(page, 'PC4417', 'Sign in again');
    await page.locator('.who').waitFor();
    await untilReady(page);
    expect(await page.locator('.graphiql-query-editor').textContent()).toContain('Kerr');
    expect(await page.getByLabel('Reference').inputValue()).toBe(PATH);
    expect(await page.locator('.graphiql-response .view-lines').textContent()).toBe('');
  });

  it.each([
    ['who has one role', 'RMN2208'],
    ['who has to choose a role first', 'PC0001'],
  ])('and to nobody else, %s', async (_, staff) => {
    await endInTheMidst();
    await signInAs(page, staff, 'Sign in again');
    if (staff === 'PC0001') {
      await page.getByLabel('Role').waitFor();
      await nothingOf(['Okafor', 'Maya', 'Kerr', PATH]);
      await page.getByLabel('Role').selectOption('response-officer');
    }
    await page.locator('.who').waitFor();
    await untilReady(page);
    await nothingOf(['Okafor', 'Maya', 'Kerr', PATH]);
    expect(await page.getByLabel('Reference').inputValue()).toBe('');
  });
});

it('locks when nobody uses it, and asks at the issuer again', async () => {
  await page.route('**/graphiql/config.json', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), idleLockMinutes: 0.05 } });
  });
  await page.reload();
  await signInAs(page, 'PC4417');
  await page.getByText(/^Locked: nobody used this page/).waitFor();
  await nothingOf(['Okafor']);
  await signInAs(page, 'PC4417', 'Sign in again');
  await page.locator('.who').waitFor();
});

/** None of these words stands anywhere on the page, in its fields, in what the browser keeps, or in the address. */
async function nothingOf(words: readonly string[]): Promise<void> {
  const everything = await page.evaluate<string>(`[
    document.documentElement.outerHTML,
    ...[...document.querySelectorAll('input, textarea, select')].map((field) => field.value),
    location.href,
    JSON.stringify(history.state),
  ].join(' ')`);
  for (const word of words) expect(everything).not.toContain(word);
  expect(await kept(page)).toEqual({ local: [], session: [], databases: [], caches: [], cookies: '' });
}
