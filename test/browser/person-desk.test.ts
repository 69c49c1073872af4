/** The practitioner's page outside the demo: sign-in with a real issuer, agencies that do not answer, answers that grow old. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { noChromium } from './chromium.ts';
import { type Desk, signInAs, startDesk } from './desk.ts';
import { card, MAYA, nothingOf, openPerson, openSection, outcome, search } from './person-steps.ts';
import { seriousFindings } from './steps.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });

const OF_MAYA = ['Okafor', 'Maya', 'Kerr', 'blades', 'Ellen', '26/000123'];

let desk: Desk;
let trust: TcpProxy;
let page: Page;

beforeAll(async () => {
  if (noChromium) return console.warn(`Nobody signed in in a browser: ${noChromium}`);
  desk = await startDesk({
    lifetimeSeconds: 8 * 3_600,
    agencyTimeoutMs: 10_000,
    async agencyUrls(urls) {
      const url = new URL(urls['mental-health'] as string);
      trust = await startProxy(url.hostname, Number(url.port));
      url.port = String(trust.port);
      return { ...urls, 'mental-health': url.href };
    },
  });
});
afterAll(async () => {
  await desk?.close();
  await trust?.close();
});
beforeEach(async ({ skip }) => {
  if (noChromium) skip(noChromium);
  trust.restore();
  page = await desk.open('/');
  return () => page.context().close();
});

async function atWork() {
  await signInAs(page, 'PC4417');
  await page.locator('.who').waitFor();
  await page.getByText('Choose above for which purpose you ask, and type your case or incident.').waitFor();
  await page.getByLabel('Purpose').selectOption('mental-health-crisis');
  await page.getByLabel('Reference').fill('police:26/000123');
}

describe('a system that does not answer', () => {
  it('is told as that, with whom to call, and never as none', async () => {
    await atWork();
    await openPerson(page, MAYA);
    await card(page, 'Crisis plan').getByText('holding her keys', { exact: false }).waitFor();
    trust.cut();
    await page.getByRole('button', { name: 'Ask again' }).last().click();
    const plan = card(page, 'Crisis plan');
    await plan.getByText('It could not be asked now. There may be something: call.').waitFor();
    expect(await plan.textContent()).not.toMatch(/holding her keys|None|Nothing found/);
    await plan.getByRole('link', { name: /^Call Mental health crisis line/ }).waitFor();
    // The others answer as before, and say that it is not the whole.
    await card(page, 'Warnings').getByText('Ask before you search.').waitFor();
    expect(await card(page, 'Warnings').locator('.mark').first().textContent()).toBe('Shown in part');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('holds nobody up: what is asked is said, can be given up, and is asked again by hand', async () => {
    await atWork();
    await search(page, MAYA);
    trust.stall();
    await page.getByRole('button', { name: 'Open Maya Kerr' }).click();
    await page.getByText('Asking who is involved, what to watch for and what helps …').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Give up' }).click();
    await page.getByText('You gave up asking. Nothing was answered.').waitFor();
    trust.restore();
    await page.getByRole('alert').getByRole('button', { name: 'Ask again' }).click();
    await card(page, 'Crisis plan').getByText('holding her keys', { exact: false }).waitFor();
  });
});

it('without a connection says so, keeps what was answered and how old it is, and asks again by hand', async () => {
  await atWork();
  await openPerson(page, MAYA);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Ask again' }).last().click();
  await page.getByText('No connection to Sightline', { exact: false }).first().waitFor();
  await page.getByText('What stands here was asked', { exact: false }).first().waitFor();
  await page.context().setOffline(false);
  await page.getByRole('alert').getByRole('button', { name: 'Ask again' }).first().click();
  await page.getByText('No connection to Sightline', { exact: false }).first().waitFor({ state: 'detached' });
});

it('says when an answer is old, also after the device slept', async () => {
  await page.clock.install();
  await page.reload();
  await atWork();
  await openPerson(page, MAYA);
  await page.getByText('asked just now').first().waitFor();
  await openSection(page, 'Mental health');
  // As when a lid is closed and opened: timers are late, and the clock is not.
  await page.clock.fastForward('12:00');
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await page.getByText('This answer is old: asked 12 minutes ago').first().waitFor();
  expect(await page.getByText('This answer is old').count()).toBe(2);
  await page.getByRole('button', { name: 'Ask again' }).last().click();
  await expect.poll(() => page.getByText('This answer is old').count()).toBe(0);
});

it('locks while the device sleeps: nothing is shown when it wakes, and what was typed is for the same login', async () => {
  await page.clock.install();
  await page.reload();
  await atWork();
  await openPerson(page, MAYA);
  await page.clock.fastForward('30:00');
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await page.getByText(/^Locked: nobody used this page/).waitFor();
  await nothingOf(page, OF_MAYA);
  await page.goBack().catch(() => {});
  await nothingOf(page, OF_MAYA);
});

it('what was typed before a lock comes back to the same login, and to nobody else', async () => {
  await page.clock.install();
  await page.reload();
  await atWork();
  await search(page, MAYA);
  const lock = async () => {
    await page.clock.fastForward('30:00');
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await page.getByText(/^Locked: nobody used this page/).waitFor();
  };
  await lock();
  await signInAs(page, 'PC4417', 'Sign in again');
  await page.locator('.who').waitFor();
  expect(await page.getByLabel('Family name').inputValue()).toBe('Kerr');
  expect(await outcome(page).count()).toBe(0);
  await lock();
  await signInAs(page, 'RMN2208', 'Sign in again');
  await page.locator('.who').getByText('Ade Balogun').waitFor();
  await nothingOf(page, OF_MAYA);
});

it('after signing out nothing is left, whichever way one goes back', async () => {
  await atWork();
  await openPerson(page, MAYA);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await page.waitForURL(/\/graphiql$/);
  for (let times = 0; times < 2; times++) {
    await page.goBack().catch(() => {});
    await nothingOf(page, OF_MAYA);
  }
});

it('shows side by side what agencies do not agree on, with whose word it is and how old', async () => {
  const { sightline } = desk;
  await sightline.sql('housing', `update tenant set dob = '15/03/2002' where tenant_no = '50018'`);
  await signInAs(page, 'SW1031');
  await page.locator('.who').waitFor();
  await page.getByLabel('Purpose').selectOption('child-protection');
  await page.getByLabel('Reference').fill('childrens-services:26018');
  await openPerson(page, MAYA);
  const differs = card(page, 'Agencies do not agree');
  await differs.getByText('On the date of birth.', { exact: false }).waitFor();
  const rows = await differs.getByRole('listitem').allTextContents();
  expect(rows.filter((row) => row.includes('born 15 Mar 2002'))).toEqual([
    expect.stringMatching(/Northshire Borough Council housing, as of /),
  ]);
  expect(rows.filter((row) => row.includes('born 14 Mar 2002')).length).toBeGreaterThan(1);
});

it('is told of a record that may be hers that nothing of it is shown, and whom to call', async () => {
  const { sightline } = desk;
  // As matching leaves a record of probation that is too unlike to be hers for certain.
  await sightline.store(
    `insert into index_candidate (agency, record, person)
     select 'probation', other.record, her.person from index_record her, index_record other
     where her.agency = 'police' and her.record = '100018' and other.agency = 'probation' and other.person <> her.person
     order by other.record limit 1`,
  );
  await atWork();
  await openPerson(page, MAYA);
  const section = await openSection(page, 'Public protection');
  expect(await section.locator('.standing').textContent()).toBe(
    'Possible match onlyThere may be a record, too weakly linked to show. Call to find out.',
  );
  expect(await section.locator('.mark[data-state="POSSIBLE_MATCH_ONLY"] svg path').count()).toBeGreaterThan(
    0,
  );
  const gap = section
    .getByRole('listitem')
    .filter({ hasText: 'the link is too weak to disclose on' })
    .first();
  expect(await gap.textContent()).toMatch(/Northshire Probation/);
  const call = gap.getByRole('link', { name: /^Call Probation duty desk/ });
  expect(await call.getAttribute('href')).toMatch(/^tel:/);
  // Nothing that a section would say, and never that there is none.
  expect(await section.locator('.facts, .items').count()).toBe(0);
  expect(await section.textContent()).not.toMatch(/Nothing found|None|Level \d/);
  expect(await seriousFindings(page)).toEqual([]);
});
